//! SF10: what a park leaves behind when its subsidy ends.

use super::fact::{Case, FactError, Status, Trial};
use super::tables::city_jobs;
use super::world::{CAPITAL_INTENSIVE, World};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF10",
    title: "history matters for long",
    statement: "Industry that a programme of fifteen years planted in a city is still there decades after its end. Firms \
                that are there make the place good for firms.",
    source: "Krugman 1991, increasing returns and history; Kline and Moretti 2014 for a programme",
    status: Status::Conditional,
    threshold: "a park of 15 years with a subsidy of 30 % for capital-intensive industry in one general city: its share of \
                the region's jobs 540 quarters after the end is above that without the park by .02 and by a quarter of \
                the gap at the end",
    effect: "gap in the share 540 quarters after the end",
    conditions: "Does not hold at the length claimed. The park leaves a trace for some decades (gap_100_quarters_later, \
                 25 years after its end), longer where firms follow firms, but after 540 quarters it is gone: the centre \
                 has drawn capital-intensive industry in from every general city. Strict multiplicity is there only in \
                 the core-periphery limit, which the theory cases test.",
    ablations: &[("firms do not follow firms", &["firm_location.imitation=0", "firm_location.precision=1.75"])],
    variants: &[(
        "the prototype's elasticities",
        &[
            "industries.labour_intensive.marshall=0.072",
            "industries.capital_intensive.marshall=0.03",
            "industries.producer_services.marshall=0.03",
            "firm_location.precision=0.3",
            "migrant_location.revision_rural=0.025",
        ],
    )],
    seeds: (8, 2),
    arm_seeds: (4, 1),
    full_resolution: false,
    trial,
};

/// Place of the city in the file: a general city of middling size.
const CITY: usize = 9;
const PARK: &str = r#"(name: "park", changes: [(at: 2010, until: 2025, change: Park(
    places: Places(["poplar"]), industries: ["capital_intensive"], rate: 0.3, financed_by: Wages))])"#;
const QUARTERS: u32 = 600;
const PARK_ENDS: usize = 60;

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let share = |policies: &[(&str, &str)]| {
        let tables = world.run(seed, Some(QUARTERS), &[], policies)?;
        Ok(city_jobs(&tables, CAPITAL_INTENSIVE).share(CITY))
    };
    let (with, without): (Vec<f64>, Vec<f64>) = (share(&[("park", PARK)])?, share(&[])?);
    let gap = |quarter: usize| with[quarter] - without[quarter];
    let last = with.len().min(without.len()) - 1;
    let (then, later) = (gap(PARK_ENDS.min(last)), gap(last));
    Ok(Trial {
        passed: later > 0.02 && later > then / 4.0,
        effect: later,
        measures: vec![
            ("gap_at_the_end", then),
            ("gap_100_quarters_later", gap(160.min(last))),
            ("gap_540_quarters_later", later),
            ("share_without", without[last]),
        ],
    })
}
