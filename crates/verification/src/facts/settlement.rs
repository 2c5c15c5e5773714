//! SF5: what freer settlement does, with the same random numbers before and after.

use super::ablations::STRONG_CONGESTION;
use super::fact::{Case, FactError, Status, Trial};
use super::tables::{cities, region};
use super::world::{CENTRE, World};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF5",
    title: "freer settlement urbanises",
    statement: "Letting everyone settle where they live raises urbanisation, registration and output, and the centre \
                grows. More people reach the services and wages of cities, and cities have room for them.",
    source: "Bosker, Deichmann and Roberts 2018; Tombe and Zhu 2019; Au and Henderson 2006",
    status: Status::Conditional,
    threshold: "paired with the rules of the file, after 160 quarters: urban share up by .05, registered share up by \
                .10, output at base prices above, people in the centre more",
    effect: "gain in the urban share",
    conditions: "Does not hold as a whole on the file as it is. Urbanisation and registration rise in every world tried \
                 (urban_and_registered_pass); output rises unless congestion is strong. Whether the centre ends larger or \
                 smaller depends on where there is room, because other cities open too: slightly smaller on the file, \
                 larger where land quota travels, where cities do not spread at all, and under strong congestion. Its \
                 share of urban people falls in all of them. Opening entry alone, with no one settling, does little.",
    ablations: &[("entry opened, nobody may settle", &["settlement_rules.application_rate=0"])],
    variants: &[
        ("land quota travels province-wide", &["land_quota.scope=Province"]),
        ("strong congestion", STRONG_CONGESTION),
        ("no growth of urban land", &["land_quota.plan_growth=0"]),
    ],
    seeds: (16, 5),
    arm_seeds: (8, 3),
    full_resolution: false,
    trial,
};

/// Everyone may settle where they live, from the start on. The homestead is sold, as in the file.
pub(super) const OPEN: &str = r#"(name: "open settlement", changes: [(at: 2010, change: Settlement(
    rules: [(places: All, rule: Open)], homestead: Sell, entry_cost: 0, financed_by: Wages))])"#;

const QUARTERS: u32 = 160;

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let before = world.run(seed, Some(QUARTERS), &[], &[])?;
    let after = world.run(seed, Some(QUARTERS), &[], &[("open settlement", OPEN)])?;
    let end = |tables, name| region(tables, name).last().copied().unwrap_or(f64::NAN);
    let gain = |name| end(&after, name) - end(&before, name);
    let people = |tables| {
        let people = cities(tables, "urban_population");
        let centre = people.of(CENTRE).last().copied().unwrap_or(f64::NAN);
        (centre, centre / people.sum().last().copied().unwrap_or(f64::NAN))
    };
    let ((centre_before, share_before), (centre_after, share_after)) = (people(&before), people(&after));
    let (urban, registered) = (gain("urbanisation"), gain("registered_urbanisation"));
    let output = end(&after, "gdp") / end(&before, "gdp");
    let centre = centre_after / centre_before;
    Ok(Trial {
        passed: urban >= 0.05 && registered >= 0.10 && output > 1.0 && centre > 1.0,
        effect: urban,
        measures: vec![
            ("urban_share_gain", urban),
            ("registered_share_gain", registered),
            ("output_ratio", output),
            ("centre_population_ratio", centre),
            ("centre_share_gain", share_after - share_before),
            ("urban_and_registered_pass", f64::from(u8::from(urban >= 0.05 && registered >= 0.10))),
        ],
    })
}
