//! Firms at the start: planned locations, by the jobs of the base year where the table has them.

use scenario::industry::Role;
use scenario::scenario::Scenario;

use crate::base_year::{Margin, OpeningFirms};
use crate::region::{IndustryTable, PlaceTable};

/// Firms by industry and place, all of productivity one.
///
/// # Formula
///
/// An industry has `firms_per_head × urban people` firm units in all (in producer services `producer_service_firms`
/// times as many), spread in proportion to `urban people × share of industry (or services) in non-farm jobs`: to people
/// alone where places do not differ in it. Towns have `initial_density × rural people`. Burn-in moves the totals and leaves the pattern.
pub(super) fn firms(
    scenario: &Scenario,
    table: &PlaceTable,
    industries: &IndustryTable,
    margins: &[Margin],
) -> OpeningFirms {
    let places = margins.len();
    let urban: Vec<f64> = margins.iter().map(|margin| margin.urban() as f64 / 1000.0).collect();
    let everyone: f64 = urban.iter().sum();
    let mut count = Vec::with_capacity(industries.firms());
    for (role, parameters) in industries.roles.iter().zip(&industries.parameters) {
        let (sector, weight, wanted) = match role {
            Role::ProducerServices => {
                (2, scenario.initial.producer_service_firms, industries.producer_services.is_some())
            }
            _ => (1, 1.0, parameters.expenditure_share > 0.0),
        };
        let jobs: Vec<f64> = urban
            .iter()
            .zip(&table.places)
            .map(|(people, place)| people * share_of_non_farm(&place.employment_shares, sector))
            .collect();
        let all_jobs: f64 = jobs.iter().sum();
        let total = if wanted && all_jobs > 0.0 { weight * scenario.initial.firms_per_head * everyone } else { 0.0 };
        count.push(jobs.iter().map(|jobs| if total > 0.0 { total * jobs / all_jobs } else { 0.0 }).collect());
    }
    let density = match (&scenario.mechanisms.towns, industries.in_towns) {
        (Some(towns), Some(_)) => towns.initial_density,
        _ => 0.0,
    };
    let town_count: Vec<f64> = (0..places).map(|place| density * margins[place].rural as f64 / 1000.0).collect();
    OpeningFirms { count, town_count }
}

fn share_of_non_farm(shares: &[f64; 3], sector: usize) -> f64 {
    let non_farm = shares[1] + shares[2];
    if non_farm > 0.0 { shares[sector] / non_farm } else { 0.5 }
}
