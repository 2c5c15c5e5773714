//! Who works where: workers, people in work, and jobs by industry and place.

use super::reading::{Reading, SectorKind};

/// People of working age and their work, by place.
pub(super) struct Work {
    /// People of working age in the city.
    pub(super) urban: Vec<f64>,
    /// Of them, in work.
    pub(super) urban_employed: Vec<f64>,
    /// People of working age in the countryside: all work.
    pub(super) rural: Vec<f64>,
    /// Of them, in towns.
    pub(super) towns: Vec<f64>,
    /// Jobs by row of `sectors` and place, towns included.
    pub(super) jobs: Vec<Vec<f64>>,
}

impl Work {
    pub(super) fn of(reading: &Reading) -> Self {
        let places = reading.places();
        let each = reading.table.workers_per_agent;
        let (population, labour) = (&reading.population, &reading.labour);
        let counts = &population.counts;
        let urban: Vec<f64> = population.totals.in_cities.iter().map(|&agents| agents as f64 * each).collect();
        let rural: Vec<f64> = (0..places)
            .map(|place| (f64::from(counts.rural[0][place]) + f64::from(counts.rural[1][place])) * each)
            .collect();
        let urban_employed: Vec<f64> =
            (0..places).map(|place| urban[place] * labour.employment_rate[place].clamp(0.0, 1.0)).collect();
        let towns: Vec<f64> = (0..places)
            .map(|place| {
                let people = population.rural[place];
                if people > 0.0 { rural[place] * (labour.town_jobs[place] / people).min(1.0) } else { 0.0 }
            })
            .collect();
        let in_city = |demand: &[f64]| -> Vec<f64> {
            (0..places)
                .map(|place| {
                    let all = labour.demand_total[place];
                    if all > 0.0 { urban_employed[place] * demand[place] / all } else { 0.0 }
                })
                .collect()
        };
        let jobs = reading.constants.sectors.iter().map(|(sector, _)| match sector {
            SectorKind::Firms(industry) => {
                let mut jobs = in_city(&labour.demand[*industry]);
                if reading.industries.in_towns == Some(*industry) {
                    jobs.iter_mut().zip(&towns).for_each(|(jobs, towns)| *jobs += towns);
                }
                jobs
            }
            SectorKind::Consumer => in_city(&labour.demand_consumer),
            SectorKind::Government => in_city(&labour.demand_public),
            SectorKind::Farms => rural.iter().zip(&towns).map(|(all, towns)| all - towns).collect(),
        });
        let jobs = jobs.collect();
        Self { urban, urban_employed, rural, towns, jobs }
    }

    /// Everyone in work in a place.
    pub(super) fn employed(&self, place: usize) -> f64 {
        self.urban_employed[place] + self.rural[place]
    }
}
