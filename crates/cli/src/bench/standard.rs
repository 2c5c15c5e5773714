//! The standard model at any size: cities by the rank-size rule, on a grid, with every mechanism on.

use std::path::Path;

use scenario::Scenario;

use crate::failure::Failure;
use crate::machine;
use crate::size::{Size, Uses};

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

/// A scenario with about so many worker agents in so many cities.
pub(super) fn scenario(agents: u64, cities: u16, ticks: u32) -> Result<Scenario, Failure> {
    if agents > AGENTS_MAX {
        return Err(Failure::wrong(format!(
            "error: a scenario has at most {AGENTS_MAX} worker agents, not {agents}; --agents {AGENTS_MAX} is the most \
             that would fit"
        )));
    }
    // How many workers one agent stands for follows from how many there are.
    let uses = Uses { threads: machine::threads(0), ..Uses::default() };
    let coarse = load(cities, ticks, 1000.0)?;
    let workers = Size::of(&coarse, uses)?.workers as f64 * 1000.0;
    let scenario = load(cities, ticks, workers / agents as f64)?;
    let size = Size::of(&scenario, uses)?;
    size.check(Path::new("bench"))?;
    Ok(scenario)
}

fn load(cities: u16, ticks: u32, workers_per_agent: f64) -> Result<Scenario, Failure> {
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
    Ok(scenario::load_str(&text, Path::new("."), &[], &[])?.scenario)
}
