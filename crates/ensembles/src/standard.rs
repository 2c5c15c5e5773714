//! The standard model at any size: cities by the rank-size rule, on a grid, with every mechanism on.

use std::path::Path;

use scenario::{Faults, Scenario};
use simulation::opening;
use simulation::region::{Geography, PlaceTable};

/// Kilometres between neighbours on the grid.
const APART: f64 = 80.0;
/// People of the largest city, and of the smallest.
const LARGEST: f64 = 4_000_000.0;
const SMALLEST: f64 = 50_000.0;
/// Rural people to a person in a city, so that there are fields and hands enough to feed all.
const RURAL_PER_URBAN: f64 = 2.5;
/// Most worker agents that a scenario may have.
const AGENTS_MAX: u64 = 2_000_000_000;
/// Workers in cities, of the model's cities as they are at the start, to a job in an industry with firms, and worker
/// agents to a firm agent.
const WORKERS_PER_JOB: f64 = 1.6;
const WORKERS_PER_FIRM: f64 = 6.0;
/// Workers that an agent stands for while they are only counted.
const COARSE: f64 = 1000.0;

/// A scenario with about so many worker agents in so many cities; nothing that grows with the agents is allocated.
///
/// # Errors
/// [`StandardError::TooMany`] for more agents than a scenario may have; [`StandardError::Scenario`] for a number of
/// places or quarters that no scenario has.
pub fn scenario(agents: u64, cities: u16, ticks: u32) -> Result<Scenario, StandardError> {
    if agents > AGENTS_MAX {
        return Err(StandardError::TooMany(agents));
    }
    // How many workers one agent stands for follows from how many there are.
    let coarse = load(cities, ticks, COARSE)?;
    let people = opening::people(&coarse, &PlaceTable::of(&coarse), &Geography::of(&coarse))
        .map_err(|error| StandardError::People(error.to_string()))?;
    let workers: f64 = people.cohorts.iter().map(|cohort| f64::from(cohort.agents)).sum();
    load(cities, ticks, workers * COARSE / agents.max(1) as f64)
}

/// Why there is no such scenario.
#[derive(Debug, thiserror::Error)]
pub enum StandardError {
    /// So many worker agents.
    #[error("a scenario has at most {AGENTS_MAX} worker agents, not {0}; {AGENTS_MAX} is the most that would fit")]
    TooMany(u64),
    /// Faults of the scenario.
    #[error("{0}")]
    Scenario(Faults),
    /// People that cannot be placed.
    #[error("{0}")]
    People(String),
}

fn load(cities: u16, ticks: u32, workers_per_agent: f64) -> Result<Scenario, StandardError> {
    let row = f64::from(cities).sqrt().ceil() as u16;
    let size = |city: u16| (LARGEST / f64::from(city + 1)).max(SMALLEST).round();
    let countryside = (RURAL_PER_URBAN * (0..cities).map(size).sum::<f64>() / f64::from(cities)).round();
    let place = |city: u16| {
        let urban = size(city);
        let level = if city == 0 { "Centre" } else { "Municipal" };
        let (x, y) = (f64::from(city % row) * APART, f64::from(city / row) * APART);
        let everyone = urban + countryside;
        format!("(key:\"c{city}\",level:{level},x:{x},y:{y},area:6400,population:{everyone},urban_population:{urban})")
    };
    let places: Vec<String> = (0..cities).map(place).collect();
    let jobs_per_firm = (workers_per_agent * WORKERS_PER_FIRM / WORKERS_PER_JOB).clamp(0.5, 1e6);
    let text = format!(
        "(name:\"bench\",start:2010,tick:Quarter,ticks:{ticks},seed:1,workers_per_agent:{workers_per_agent},\
         coordinates:Kilometres,region:Places([{}]),firm_location:(jobs_per_firm:{jobs_per_firm}))",
        places.join(",")
    );
    let loaded = scenario::load_str(&text, Path::new("."), &[], &[]);
    loaded.map(|loaded| loaded.scenario).map_err(StandardError::Scenario)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_agents_as_asked_for() {
        for (agents, cities) in [(5_000, 2), (20_000, 18), (100_000, 361)] {
            let scenario = scenario(agents, cities, 4).expect("the sizes are within bounds");
            let people = opening::people(&scenario, &PlaceTable::of(&scenario), &Geography::of(&scenario))
                .expect("everyone has a place");
            let found: f64 = people.cohorts.iter().map(|cohort| f64::from(cohort.agents)).sum();
            assert!((found / agents as f64 - 1.0).abs() < 0.02, "{agents}: {found}");
        }
        assert!(matches!(scenario(AGENTS_MAX + 1, 18, 4), Err(StandardError::TooMany(_))));
    }
}
