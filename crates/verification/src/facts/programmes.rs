//! SF9: bringing farmers to the city against bringing industry to the countryside, at equal outlay.

use economics::maths::{exp, ln, power};
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
        ("cheap access to the countryside", &["market_access.last_mile=1.25"]),
    ],
    seeds: (8, 3),
    arm_seeds: (4, 1),
    full_resolution: false,
    trial,
};

const QUARTERS: u32 = 140;
const DISCOUNT: f64 = 0.01;
/// Rates of subsidy that are tried first, and how many at most until its outlay is met.
const FIRST_RATES: [f64; 2] = [0.2, 0.28];
/// Most rates tried.
const STEPS: usize = 6;
/// Least and largest rate.
const RATES: (f64, f64) = (0.01, 0.35);
/// Relative difference of outlays at which they are equal.
const EQUAL: f64 = 0.02;

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

    let mut tried: Vec<Subsidised> = Vec::new();
    while tried.len() < STEPS {
        let rate = next_rate(&tried);
        let tables = world.run(seed, Some(QUARTERS), &[], &[("town subsidy", &subsidy(rate))])?;
        let spent = value(&tables, "fiscal_cost") - value(&before, "fiscal_cost");
        let gain = (value(&tables, "gdp") - output) / spent;
        tried.push(Subsidised { rate, gain, excess_log: ln(spent / outlay) });
        if (spent / outlay - 1.0).abs() <= EQUAL {
            break;
        }
    }
    let town = closest(&tried);
    let met = town.excess_log.abs() <= 0.1;
    Ok(Trial {
        passed: met && settlement > town.gain,
        effect: settlement - town.gain,
        measures: vec![
            ("settlement_gain_per_yuan", settlement),
            ("town_subsidy_gain_per_yuan", town.gain),
            ("outlay_share_of_output", outlay / output),
            ("town_subsidy_outlay_ratio", exp(town.excess_log)),
            ("town_subsidy_rate", town.rate),
        ],
    })
}

/// What a rate of subsidy came to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Subsidised {
    rate: f64,
    /// Output gained per yuan.
    gain: f64,
    /// Log of its outlay over that wanted.
    excess_log: f64,
}

/// The rate whose outlay is closest to that wanted.
fn closest(tried: &[Subsidised]) -> Subsidised {
    let none = Subsidised { rate: f64::NAN, gain: f64::NAN, excess_log: f64::NAN };
    tried.iter().copied().min_by(|a, b| a.excess_log.abs().total_cmp(&b.excess_log.abs())).unwrap_or(none)
}

/// The next rate to try: outlay grows with the rate like an exponential, so the log of it is followed along the line
/// through the two closest.
fn next_rate(tried: &[Subsidised]) -> f64 {
    if let Some(&first) = FIRST_RATES.get(tried.len()) {
        return first;
    }
    let best = closest(tried);
    let others: Vec<Subsidised> = tried.iter().copied().filter(|one| one.rate != best.rate).collect();
    let other = closest(&others);
    let next = best.rate - best.excess_log * (best.rate - other.rate) / (best.excess_log - other.excess_log);
    if next.is_finite() { next.clamp(RATES.0, RATES.1) } else { best.rate / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yuan_next_quarter_is_worth_less_and_the_opening_state_nothing() {
        assert!((present_value(&[5.0, 1.01, f64::NAN, 1.030301]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_rate_with_a_given_outlay_is_found() {
        // Outlay e^(30 rate − 6.9) of that wanted: the rate is .23.
        let mut tried = Vec::new();
        while tried.len() < 3 {
            let rate = next_rate(&tried);
            tried.push(Subsidised { rate, gain: 1.0, excess_log: 30.0 * rate - 6.9 });
        }
        assert!((closest(&tried).rate - 0.23).abs() < 1e-12);
        assert!(closest(&[]).rate.is_nan());
    }
}
