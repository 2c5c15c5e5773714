//! SF1: from places that are nearly alike, a centre and a periphery.

use super::ablations::{NO_EXTERNALITIES, NO_TRADE_COST};
use super::fact::{Case, FactError, Status, Trial};
use super::tables::{cities, city_jobs, gini};
use super::world::{CAPITAL_INTENSIVE, LABOUR_INTENSIVE, PRODUCER_SERVICES, World};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF1",
    title: "centre and periphery",
    statement: "Cities that start nearly alike grow apart: capital-intensive industry and producer services gather in a \
                few of them. Increasing returns and the pull of markets and suppliers do it, not any advantage given.",
    source: "Krugman 1991; Fujita, Krugman and Venables 1999",
    status: Status::EmergesWithin,
    threshold: "ten cities of 550,000 with 5 % noise, none marked as centre: Gini of city jobs in capital-intensive \
                industry and in producer services each up by .09 after 200 quarters and by .20 after 400",
    effect: "least of the two rises of the Gini coefficient after 400 quarters",
    conditions: "Industry gathers, people hardly do (see population_400): housing, crowding and tastes spread them. \
                 With the prototype's smaller Marshall elasticities and with food cleared at a price the rise of \
                 producer services stays below .20.",
    ablations: &[("no externalities", NO_EXTERNALITIES), ("no trade cost", NO_TRADE_COST)],
    variants: &[],
    seeds: (20, 6),
    arm_seeds: (12, 4),
    full_resolution: false,
    trial,
};

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let tables = world.run(seed, Some(400), &world.near_symmetric(seed)?, &[])?;
    let rise = |industry: &str, quarter: usize| {
        let jobs = city_jobs(&tables, industry);
        let at = |quarter: usize| gini(&jobs.0[quarter.min(jobs.last())]);
        at(quarter) - at(0)
    };
    let capital = (rise(CAPITAL_INTENSIVE, 200), rise(CAPITAL_INTENSIVE, 400));
    let services = (rise(PRODUCER_SERVICES, 200), rise(PRODUCER_SERVICES, 400));
    let people = cities(&tables, "urban_population");
    Ok(Trial {
        passed: grew_apart(capital) && grew_apart(services),
        effect: capital.1.min(services.1),
        measures: vec![
            ("capital_intensive_200", capital.0),
            ("capital_intensive_400", capital.1),
            ("producer_services_200", services.0),
            ("producer_services_400", services.1),
            ("labour_intensive_400", rise(LABOUR_INTENSIVE, 400)),
            ("population_400", gini(&people.0[people.last()]) - gini(&people.0[0])),
        ],
    })
}

/// Rises of the Gini coefficient after 200 and 400 quarters that counting noise cannot make.
fn grew_apart((after_200, after_400): (f64, f64)) -> bool {
    after_200 >= 0.09 && after_400 >= 0.20
}
