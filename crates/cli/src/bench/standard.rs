//! The standard model at any size: cities by the rank-size rule, on a grid, with every mechanism on.

use std::path::Path;

use scenario::Scenario;

use crate::failure::Failure;
use crate::machine::Size;

/// Kilometres between neighbours on the grid.
const APART: f64 = 80.0;
/// People of the largest city, and of each countryside.
const LARGEST: f64 = 4_000_000.0;
const COUNTRYSIDE: f64 = 1_500_000.0;
/// Workers in cities, of the model's cities as they are at the start, to a job in an industry with firms, and worker
/// agents to a firm agent.
const WORKERS_PER_JOB: f64 = 1.6;
const WORKERS_PER_FIRM: f64 = 6.0;

/// A scenario with about so many worker agents in so many cities.
pub(super) fn scenario(agents: u64, cities: u16, ticks: u32) -> Result<Scenario, Failure> {
    // How many workers one agent stands for follows from how many there are.
    let coarse = load(cities, ticks, 1000.0)?;
    let workers = Size::of(&coarse, false)?.workers as f64 * 1000.0;
    let scenario = load(cities, ticks, workers / agents as f64)?;
    let size = Size::of(&scenario, false)?;
    size.check(Path::new("bench"), scenario.workers_per_agent)?;
    Ok(scenario)
}

fn load(cities: u16, ticks: u32, workers_per_agent: f64) -> Result<Scenario, Failure> {
    let row = f64::from(cities).sqrt().ceil() as u16;
    let place = |city: u16| {
        let urban = (LARGEST / f64::from(city + 1)).max(50_000.0).round();
        let level = if city == 0 { "Centre" } else { "Municipal" };
        let (x, y) = (f64::from(city % row) * APART, f64::from(city / row) * APART);
        let everyone = urban + COUNTRYSIDE;
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
