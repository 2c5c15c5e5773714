//! What `runs.parquet` holds about a run: the headline figures of its summary.

use records::batch::RunRecord;
use records::summary::Summary;

/// A figure of an outcome: its column, unit and meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Name of the column.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// What it is, in a sentence.
    pub about: String,
}

/// Ending of the columns that hold the opening state.
const START: &str = "_start";
/// Start of the columns of the centre's shares.
const CENTRE_SHARE: &str = "centre_share_";

/// A figure of a summary: column, unit, meaning, value.
type Figure<T> = (&'static str, &'static str, &'static str, fn(&Summary) -> T);

/// Figures of which a summary has the opening state and the end.
const PAIRS: [Figure<[f64; 2]>; 9] = [
    ("urbanisation", "share", "Residents of cities over all residents.", |s| s.urbanisation),
    ("registered_share", "share", "Urban residents with local registration over all residents.", |s| {
        s.registered_share
    }),
    ("wage_gap", "ratio", "The centre's wage over the mean of the other cities, by people in work.", |s| s.wage_gap),
    ("rent_gap", "ratio", "The centre's rent over the mean of the other cities, by construction land.", |s| s.rent_gap),
    ("wage_range", "ratio", "Largest wage of a city over the smallest.", |s| s.wage_range),
    ("rent_range", "ratio", "Largest rent of a city over the smallest.", |s| s.rent_range),
    ("farmer_income", YUAN_PERSON, "Income of people at their rural home.", |s| s.farmer_income),
    ("migrant_income", YUAN_PERSON, "Income of migrants.", |s| s.migrant_income),
    ("gdp", "constant yuan per year", "Output at base prices.", |s| s.gdp),
];
/// Also a pair, which comes after the others.
const ARABLE: Figure<[f64; 2]> = ("arable_land", "km2", "Arable land.", |s| s.arable_land);
/// Figures of the whole run or its end.
const SINGLE: [Figure<f64>; 5] = [
    ("largest_city_population", "persons", "Residents of the largest city at the end.", |s| {
        s.largest_city.urban_population
    }),
    ("smallest_city_population", "persons", "Residents of the smallest city at the end.", |s| {
        s.smallest_city.urban_population
    }),
    ("settled", "persons", "People who settled.", |s| s.settled),
    ("land_quota_moved", "km2", "Land quota that cities bought.", |s| s.land_quota_moved),
    ("agents", "agents", "Workers and firms at the end.", |s| s.agents as f64),
];
const YUAN_PERSON: &str = "constant yuan per person and year";
/// Takes a name out of a summary.
type NameOf = fn(&Summary) -> &String;
/// Names of places.
const NAMES: [(&str, &str, NameOf); 3] = [
    ("centre", "Name of the centre.", |s| &s.centre),
    ("largest_city", "Largest city at the end.", |s| &s.largest_city.city),
    ("smallest_city", "Smallest city at the end.", |s| &s.smallest_city.city),
];

/// The figures of a summary by column: the end under the plain name, the opening state with `_start`.
#[must_use]
pub fn figures(summary: &Summary) -> Vec<(String, f64)> {
    let both = |name: &str, [start, end]: [f64; 2]| [(name.to_owned(), end), (format!("{name}{START}"), start)];
    let pairs = PAIRS.iter().chain([&ARABLE]);
    let mut figures: Vec<_> = pairs.flat_map(|(name, _, _, value)| both(name, value(summary))).collect();
    for row in &summary.centre_share {
        figures.extend(both(&format!("{CENTRE_SHARE}{}", row.industry), row.share));
    }
    figures.extend(SINGLE.iter().map(|(name, _, _, value)| ((*name).to_owned(), value(summary))));
    figures
}

/// Puts a summary into the record of a run. A figure that is not finite is left out.
pub(super) fn put(record: &mut RunRecord, summary: &Summary) {
    let defined = |(name, value): (String, f64)| (name, value.is_finite().then_some(value));
    record.figures = figures(summary).into_iter().map(defined).collect();
    record.names = NAMES.iter().map(|(name, _, place)| ((*name).to_owned(), place(summary).clone())).collect();
}

/// Describes a column of figures.
pub(super) fn describe(column: &str) -> Outcome {
    let (name, opening) = column.strip_suffix(START).map_or((column, false), |name| (name, true));
    let pairs = PAIRS.iter().chain([&ARABLE]).map(|&(known, unit, about, _)| (known, unit, about));
    let known =
        pairs.chain(SINGLE.map(|(known, unit, about, _)| (known, unit, about))).find(|(known, ..)| *known == name);
    let (unit, about) = match (known, name.strip_prefix(CENTRE_SHARE)) {
        (Some((_, unit, about)), _) => (unit, about.to_owned()),
        (None, Some(industry)) => ("share", format!("The centre's share in the region's jobs in {industry}.")),
        (None, None) => ("", String::new()),
    };
    let about = if opening { format!("{} In the opening state.", about.trim()) } else { about };
    Outcome { name: column.to_owned(), unit, about }
}

/// Describes a column of names.
pub(super) fn describe_name(column: &str) -> &'static str {
    NAMES.iter().find(|(name, ..)| *name == column).map_or("", |(_, about, _)| *about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use records::summary::CentreShare;

    #[test]
    fn every_figure_has_a_meaning() {
        let centre_share = vec![CentreShare { industry: "mining".to_owned(), share: [0.1, 0.2] }];
        let summary = Summary { urbanisation: [0.3, 0.4], centre_share, ..Summary::default() };
        let figures = figures(&summary);
        for (column, _) in &figures {
            assert!(!describe(column).about.is_empty() && !describe(column).unit.is_empty(), "{column}");
        }
        let value = |name: &str| figures.iter().find(|(column, _)| column == name).map(|(_, value)| *value);
        assert_eq!((value("urbanisation"), value("urbanisation_start")), (Some(0.4), Some(0.3)));
        assert_eq!(value("centre_share_mining"), Some(0.2));
    }
}
