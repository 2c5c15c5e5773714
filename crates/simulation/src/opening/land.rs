//! Land by use at the start.

use scenario::scenario::Scenario;

use crate::base_year::{Margin, OpeningLand};
use crate::region::PlaceTable;

/// Least construction land of a place in km², so that density is defined where nobody lives yet.
const CONSTRUCTION_MIN: f64 = 0.01;
/// Largest share of a place's area that is built up at the start; beyond it, the built-up land is as large as it is.
const BUILT_SHARE_MAX: f64 = 0.9;

/// Land of every place.
///
/// # Formula
///
/// `construction = urban / density`, or what the table says; `arable = a·F`, `reserve = share · arable`, `homestead = h · (everyone registered
/// in the countryside, also who is away)`; the three are cut in the same proportion to the area left beside construction.
/// Land of town firms comes out of the reserve. `urban` and `F` are thousand persons.
pub(super) fn land(
    scenario: &Scenario,
    table: &PlaceTable,
    margins: &[Margin],
    town_firms: &[f64],
    notes: &mut Vec<String>,
) -> OpeningLand {
    let initial = &scenario.initial;
    let mut land = OpeningLand::default();
    for (place, margin) in margins.iter().enumerate() {
        let thousand = |persons: u64| persons as f64 / 1000.0;
        let area = table.places[place].area;
        let by_density = thousand(margin.urban()) / initial.urban_density;
        let construction = built(table.places[place].urban_land.unwrap_or(by_density), area);
        let arable = initial.arable_per_head * thousand(margin.rural);
        let reserve = initial.reserve_share * arable;
        let away = thousand(margin.own_hinterland + margin.absent);
        let homestead = initial.homestead_per_head * (thousand(margin.rural) + away);
        let wanted = arable + reserve + homestead;
        let left = (area - construction).max(0.0);
        let cut = if area > 0.0 && wanted > left { left / wanted } else { 1.0 };
        if cut < 1.0 {
            notes.push(format!(
                "{}: arable, homestead and reserve land cut to {:.1} % of the figures per head: {left:.0} km2 are left beside construction land",
                table.places[place].key,
                100.0 * cut
            ));
        }
        let per_firm = scenario.mechanisms.towns.as_ref().map_or(0.0, |towns| towns.land_per_firm);
        let town = (per_firm * town_firms[place]).min(cut * reserve);
        land.construction.push(construction);
        land.town.push(town);
        land.arable.push(cut * arable);
        land.reserve.push(cut * reserve - town);
        land.homestead.push(cut * homestead);
        land.homestead_per_head.push(cut * initial.homestead_per_head);
        land.idle.push(cut * initial.homestead_per_head * away);
        land.total.push(construction + cut * wanted);
    }
    land
}

fn built(wanted: f64, area: f64) -> f64 {
    let limit = if area > 0.0 { BUILT_SHARE_MAX * area } else { f64::INFINITY };
    wanted.min(limit).max(CONSTRUCTION_MIN)
}
