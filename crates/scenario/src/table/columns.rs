//! The columns of a census table.

/// A column that gives one number of a place.
pub(super) struct Column {
    /// Name before the year.
    pub(super) stem: &'static str,
    /// Whether the year follows.
    pub(super) dated: bool,
    /// Number of the place that it gives.
    pub(super) gives: &'static str,
    /// What to multiply with.
    pub(super) factor: f64,
    pub(super) need: Need,
}

/// What a table without the column, or a row without the cell, is.
#[derive(PartialEq)]
pub(super) enum Need {
    /// A fault.
    Cell,
    /// A fault without the column; an empty cell falls to a rule.
    Column,
    /// Both fall to a rule.
    Nothing,
}

const fn column(stem: &'static str, gives: &'static str, need: Need) -> Column {
    Column { stem, dated: true, gives, factor: 1.0, need }
}

const fn undated(stem: &'static str, gives: &'static str, need: Need) -> Column {
    Column { stem, dated: false, gives, factor: 1.0, need }
}

/// The columns that give one number each.
pub(super) const COLUMNS: [Column; 15] = [
    undated("area_km2_computed", "area", Need::Column),
    column("pop", "population", Need::Cell),
    column("urban_pop", "urban_population", Need::Cell),
    column("hukou_pop", "hukou_population", Need::Column),
    column("nonag_hukou_share", "urban_hukou_share", Need::Column),
    column("migrants_other_county_same_prov", "migrants_other_county", Need::Column),
    column("migrants_other_prov", "migrants_other_province", Need::Column),
    Column { stem: "age15_64_pct", dated: true, gives: "working_age_share", factor: 0.01, need: Need::Nothing },
    column("schooling_years", "schooling_years", Need::Nothing),
    undated("service_quality", "service_quality", Need::Nothing),
    undated("urban_land", "urban_land", Need::Nothing),
    undated("service_spending", "service_spending", Need::Nothing),
    undated("amenity", "amenity", Need::Nothing),
    undated("district_share", "district_share", Need::Nothing),
    undated("added_workers", "added_workers", Need::Nothing),
];

/// Shares of employment in agriculture, industry and services.
pub(super) const EMPLOYMENT: [&str; 3] = ["emp_share_primary", "emp_share_secondary", "emp_share_tertiary"];

/// The column that gives a number of a place, for faults.
pub(super) fn column_name(gives: &str, year: u32) -> String {
    match COLUMNS.iter().find(|column| column.gives == gives) {
        Some(column) if column.dated => format!("{}_{year}", column.stem),
        Some(column) => column.stem.to_owned(),
        None if gives == "employment_shares" => format!("{}_{year}", EMPLOYMENT[0]),
        None => gives.to_owned(),
    }
}
