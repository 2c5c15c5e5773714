//! Table `groups`: who gains and who loses.

use super::columns::{Columns, unit};
use super::people::{SKILLS, STANDINGS, TIERS};
use super::quarter::Quarter;
use crate::table::{Cell, Table};

pub(super) fn table(places: &[String]) -> Table {
    let fields = Columns::by_quarter()
        .name("origin", "Place that people come from, or `outside`.")
        .name("hukou", "`registered` and `migrant` live in a city with or without local registration, `rural` at their rural home, `outside` out of the region.")
        .name("skill", "Skill.")
        .name("city_tier", "Class of size of the city they live in, or `countryside`, or `outside`.")
        .real("people", unit::PERSONS, "People with their dependants. Groups without any have no row.")
        .real("income", unit::YUAN_PERSON, "Mean income after tax and before remittances, over the region's price level.")
        .real("real_income", unit::YUAN_PERSON, "Mean of the income that would be worth as much at base prices and the region's mean base cost of living: local prices count.")
        .real("utility", unit::UTILITY, "Mean utility.")
        .done();
    let mut names = places.to_vec();
    names.push("outside".to_owned());
    names.extend(STANDINGS[..3].iter().chain(&SKILLS).chain(&TIERS[..6]).map(|name| (*name).to_owned()));
    Table::new("groups", fields, names)
}

pub(super) fn record(places: usize, quarter: &Quarter, table: &mut Table) {
    let outside = places;
    let standing_names = places + 1;
    let skill_names = standing_names + STANDINGS.len() - 1;
    let tier_names = skill_names + SKILLS.len();
    let name =
        |first: usize, at: usize, last: usize| Cell::Name((if at == last { outside } else { first + at }) as u32);
    for (origin, standing, skill, tier, sums) in quarter.people.each() {
        let [tick, year] = quarter.head();
        table.push(&[
            tick,
            year,
            Cell::Name(origin as u32),
            name(standing_names, standing, STANDINGS.len() - 1),
            Cell::Name((skill_names + skill) as u32),
            name(tier_names, tier, TIERS.len() - 1),
            Cell::Real(1000.0 * sums.people),
            Cell::Real(quarter.each(sums.mean(|sums| sums.income))),
            Cell::Real(sums.mean(|sums| sums.real_income)),
            Cell::Real(sums.mean(|sums| sums.utility)),
        ]);
    }
}
