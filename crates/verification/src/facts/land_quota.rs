//! SF6: quotas from re-cultivated homesteads, with the same random numbers before and after.

use super::fact::{Case, FactError, Status, Trial};
use super::tables::{cities, region};
use super::world::World;

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF6",
    title: "land quotas build cities without taking fields",
    statement: "Where quota from re-cultivated homesteads may travel, urban rents fall, cities spread, farmers earn more \
                and arable land is no less than before. Land moves to where rent is high, and its price to where it \
                came from.",
    source: "Yep and Forrest 2016 on Chongqing's land ticket",
    status: Status::Emerges,
    threshold: "paired with no transfer, after 160 quarters: mean rent below, construction land above by 5 %, income of \
                people at home above, arable land in no quarter below its start",
    effect: "construction land with transfer over that without, less one",
    conditions: "That arable land never shrinks is an identity: by construction. Rent, land and income emerge. With the \
                 few settlers that the standard rules admit the effects are small; with open settlement they are large.",
    ablations: &[("nothing re-cultivated", &["land_quota.recultivation=0"])],
    variants: &[(
        "everyone may settle",
        &[
            "settlement_rules.rules=[(places:All,rule:Open)]",
            "settlement_rules.entry_cost=0",
            "settlement_rules.entry_cost_centre=0",
        ],
    )],
    seeds: (20, 6),
    arm_seeds: (10, 4),
    full_resolution: false,
    trial,
};

const TRANSFER: &str = r#"(name: "transfer", changes: [(at: 2010, change: LandQuota(scope: Province))])"#;
const QUARTERS: u32 = 160;

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let before = world.run(seed, Some(QUARTERS), &[], &[])?;
    let after = world.run(seed, Some(QUARTERS), &[], &[("transfer", TRANSFER)])?;
    let mean_rent = |tables| {
        let (rents, people) = (cities(tables, "rent"), cities(tables, "urban_population"));
        let last = rents.last();
        economics::maths::dot(&rents.0[last], &people.0[last]) / people.0[last].iter().sum::<f64>()
    };
    let land = |tables| cities(tables, "urban_land").sum().last().copied().unwrap_or(f64::NAN);
    let ratio = |name| {
        let end = |tables| region(tables, name).last().copied().unwrap_or(f64::NAN);
        end(&after) / end(&before)
    };
    let arable = region(&after, "arable_land");
    let least = arable.iter().copied().fold(f64::INFINITY, f64::min) / arable[0];
    let (rent, built, income) =
        (mean_rent(&after) / mean_rent(&before), land(&after) / land(&before), ratio("farmer_income"));
    Ok(Trial {
        // Areas are sums of many small steps: a part in 10⁹ is rounding.
        passed: rent < 1.0 && built > 1.05 && income > 1.0 && least >= 1.0 - 1e-9,
        effect: built - 1.0,
        measures: vec![
            ("rent_ratio", rent),
            ("urban_land_ratio", built),
            ("arable_least", least),
            ("farmer_income_ratio", income),
            ("output_ratio", ratio("gdp")),
        ],
    })
}
