//! Table `groups`: who gains and who loses.

use super::columns::{Columns, TableRow, unit};
use super::people::{Group, SKILLS, STANDINGS, TIERS};
use super::quarter::{OfQuarter, Quarter, by_quarter};

/// A group of people in a quarter.
pub(super) struct GroupRow<'a> {
    quarter: &'a Quarter,
    group: Group<'a>,
}

impl TableRow for GroupRow<'_> {
    type At<'a> = GroupRow<'a>;
}

impl OfQuarter for GroupRow<'_> {
    fn quarter(&self) -> &Quarter {
        self.quarter
    }
}

pub(super) fn columns(places: &[String]) -> Columns<GroupRow<'static>> {
    let origins = places.iter().cloned().chain(["outside".to_owned()]);
    by_quarter::<GroupRow>("groups")
        .name("origin", "Place that people come from, or `outside`.", origins, |row| row.group.origin)
        .name("hukou", "`registered` and `migrant` live in a city with or without local registration, `rural` at their rural home, `outside` out of the region.", STANDINGS, |row| row.group.standing)
        .name("skill", "Skill.", SKILLS, |row| row.group.skill)
        .name("city_tier", "Class of size of the city they live in, or `countryside`, or `outside`.", TIERS, |row| row.group.tier)
        .real("people", unit::PERSONS, "People with their dependants. Groups without any have no row.", |row| 1000.0 * row.group.sums.people)
        .real("income", unit::YUAN_PERSON, "Mean income after tax and before remittances, over the region's price level.", |row| {
            row.quarter.deflated(row.group.sums.mean(|sums| sums.income))
        })
        .real("real_income", unit::YUAN_PERSON, "Mean of the income that would be worth as much at base prices and the region's mean base cost of living: local prices count.", |row| {
            row.group.sums.mean(|sums| sums.real_income)
        })
        .real("utility", unit::UTILITY, "Mean utility.", |row| row.group.sums.mean(|sums| sums.utility))
}

/// The rows of a quarter.
pub(super) fn rows(quarter: &Quarter) -> impl Iterator<Item = GroupRow<'_>> {
    quarter.groups.each().map(move |group| GroupRow { quarter, group })
}
