//! SF9: bringing farmers to the city against bringing industry to the countryside, at equal outlay.

use economics::maths::power;
use simulation::table::Tables;

use super::ablations::{NO_EXTERNALITIES, STRONG_CONGESTION};
use super::fact::{Case, FactError, Status, Trial};
use super::settlement::OPEN;
use super::tables::region;
use super::world::World;

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF9",
    title: "farmers to the city or industry to the countryside",
    statement: "At equal outlay, settling farmers in cities raises output by more than subsidising industry in towns. \
                Agglomeration economies are in cities, and towns are far from markets.",
    source: "the claim of the model's seed paper; Au and Henderson 2006 for forgone agglomeration",
    status: Status::Conditional,
    threshold: "140 quarters from the start, discounted at 1 % a quarter: gain in output at base prices per yuan of outlay \
                larger with open settlement than with a subsidy of town industry whose rate makes its outlay the same",
    effect: "gain per yuan of settlement less that of the subsidy",
    conditions: "Conditional on agglomeration economies, on congestion and above all on land for those who come; grants in \
                 cash per arrival are not tested, as the program has no such lever. Outlay counts services that newly \
                 settled people receive, gross of what they would have cost anyway.",
    ablations: &[("no externalities", NO_EXTERNALITIES), ("strong congestion", STRONG_CONGESTION)],
    variants: &[
        ("land quota travels province-wide", &["land_quota.scope=Province"]),
        ("cheap access to the countryside", &["market_access.last_mile=1.15"]),
    ],
    seeds: (10, 3),
    arm_seeds: (6, 2),
    full_resolution: false,
    trial,
};

const QUARTERS: u32 = 140;
const DISCOUNT: f64 = 0.01;
/// Rates of subsidy tried to meet the outlay; each step is a secant.
const STEPS: usize = 4;
/// Relative difference of outlays at which they are equal.
const EQUAL: f64 = 0.01;

/// Value at the start of what comes in the quarters after it.
fn present_value(series: &[f64]) -> f64 {
    let quarters = series.iter().enumerate().skip(1);
    quarters
        .map(|(quarter, value)| if value.is_nan() { 0.0 } else { value * power(1.0 + DISCOUNT, -(quarter as f64)) })
        .sum()
}

fn subsidy(rate: f64) -> String {
    format!(
        "(name: \"town subsidy\", changes: [(at: 2010, change: Subsidy(places: All, \
         industries: [\"labour_intensive\"], towns: true, rate: {rate}, financed_by: Wages))])"
    )
}

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let value = |tables: &Tables, name: &str| present_value(&region(tables, name));
    let before = world.run(seed, Some(QUARTERS), &[], &[])?;
    let settled = world.run(seed, Some(QUARTERS), &[], &[("open settlement", OPEN)])?;
    let output = value(&before, "gdp");
    let outlay = value(&settled, "fiscal_cost") - value(&before, "fiscal_cost");
    let settlement = (value(&settled, "gdp") - output) / outlay;

    // The outlay of a subsidy grows faster than its rate: secants in the rate from nought.
    let (mut last, mut rate) = ((0.0, 0.0), 0.05);
    let mut town = (f64::NAN, f64::NAN);
    for _ in 0..STEPS {
        let tables = world.run(seed, Some(QUARTERS), &[], &[("town subsidy", &subsidy(rate))])?;
        let spent = value(&tables, "fiscal_cost") - value(&before, "fiscal_cost");
        town = ((value(&tables, "gdp") - output) / spent, spent / outlay);
        if (town.1 - 1.0).abs() <= EQUAL || spent <= last.1 {
            break;
        }
        let next = rate + (outlay - spent) * (rate - last.0) / (spent - last.1);
        last = (rate, spent);
        rate = next.clamp(0.001, 0.6);
    }
    Ok(Trial {
        passed: settlement > town.0 && (town.1 - 1.0).abs() <= 0.1,
        effect: settlement - town.0,
        measures: vec![
            ("settlement_gain_per_yuan", settlement),
            ("town_subsidy_gain_per_yuan", town.0),
            ("outlay_share_of_output", outlay / output),
            ("town_subsidy_outlay_ratio", town.1),
            ("town_subsidy_rate", rate),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yuan_next_quarter_is_worth_less_and_the_opening_state_nothing() {
        assert!((present_value(&[5.0, 1.01, f64::NAN, 1.030301]) - 2.0).abs() < 1e-12);
    }
}
