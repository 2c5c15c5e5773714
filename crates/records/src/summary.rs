//! What happened, in a screenful.

use serde::Serialize;
use simulation::table::{NotRecorded, Rows, Tables};

/// A run in figures: opening state and end.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Calendar year of the opening state and of the end.
    pub years: [f64; 2],
    /// Quarters done.
    pub quarters: u32,
    /// Residents of cities over all residents.
    pub urbanisation: [f64; 2],
    /// Urban residents with local registration over all residents.
    pub registered_share: [f64; 2],
    /// Name of the centre.
    pub centre: String,
    /// The centre's share in the region's jobs, by industry.
    pub centre_share: Vec<CentreShare>,
    /// The centre's wage over the mean of the other cities, by people in work.
    pub wage_gap: [f64; 2],
    /// The centre's rent over the mean of the other cities, by construction land.
    pub rent_gap: [f64; 2],
    /// Largest wage of a city over the smallest.
    pub wage_range: [f64; 2],
    /// Largest rent of a city over the smallest.
    pub rent_range: [f64; 2],
    /// Largest city at the end.
    pub largest_city: CitySize,
    /// Smallest city at the end.
    pub smallest_city: CitySize,
    /// Income of people at their rural home, constant yuan per person and year.
    pub farmer_income: [f64; 2],
    /// Income of migrants, constant yuan per person and year.
    pub migrant_income: [f64; 2],
    /// Output at base prices, constant yuan a year.
    pub gdp: [f64; 2],
    /// Land quota that cities bought, km².
    pub land_quota_moved: f64,
    /// Arable land, km².
    pub arable_land: [f64; 2],
    /// People who settled.
    pub settled: f64,
    /// Workers and firms at the end.
    pub agents: u64,
    /// Seconds from start to end.
    pub wall_seconds: f64,
    /// Agents times quarters over the seconds that quarters took.
    pub agents_per_second: f64,
    /// Dates of the states.
    #[serde(skip)]
    pub dates: Vec<f64>,
    /// Shares in every state, in the order in which they are listed above: of all cities, registered, by industry.
    #[serde(skip)]
    pub paths: Vec<Vec<f64>>,
}

/// A centre's share in an industry.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CentreShare {
    /// Industry.
    pub industry: String,
    /// Opening state and end.
    pub share: [f64; 2],
}

/// A city and its residents.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CitySize {
    /// Key.
    pub city: String,
    /// Urban residents.
    pub urban_population: f64,
}

/// How a run was carried out: what tables do not know.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Workers and firms at the end.
    pub agents: u64,
    /// Seconds from start to end.
    pub wall_seconds: f64,
    /// Seconds that the quarters took, building and burn-in left out.
    pub tick_seconds: f64,
    /// Quarters that they were.
    pub ticks: u32,
}

/// Sums a run up.
///
/// # Errors
/// If the tables hold no opening state, or nobody lives in a city at the end.
pub fn summarise(tables: &Tables, pace: &Pace) -> Result<Summary, NotRecorded> {
    let region = tables.get("region")?;
    let ends = region.ends()?;
    let of_region = |name: &str| Ok([ends[0].reals(name)?[0], ends[1].reals(name)?[0]]);
    let yearly = |name: &str| of_region(name).map(|pair| pair.map(|quarter| 4.0 * quarter));
    let total = |name: &str| region.all().reals(name).map(|column| column.iter().sum::<f64>());
    let [opening, end] = tables.get("cities")?.ends()?;
    let states = [Cities::of(opening)?, Cities::of(end)?];
    let centre = centre(opening)?;
    let pair = |of: &dyn Fn(&Cities) -> f64| [of(&states[0]), of(&states[1])];
    let nobody = || NotRecorded::Rows { table: "cities", of: "a city with people".to_owned() };
    let (largest, smallest) = states[1].extremes().ok_or_else(nobody)?;
    let size = |at: usize| CitySize { city: states[1].keys[at].to_owned(), urban_population: states[1].urban[at] };
    let work = pace.agents as f64 * f64::from(pace.ticks);
    Ok(Summary {
        years: of_region("year")?,
        quarters: ends[1].integers("tick")?[0] as u32,
        urbanisation: of_region("urbanisation")?,
        registered_share: of_region("registered_urbanisation")?,
        centre: states[0].keys[centre].to_owned(),
        centre_share: centre_shares(tables.get("sectors")?.ends()?, centre)?,
        wage_gap: pair(&|state| centre_gap(state.wage, state.employed, centre)),
        rent_gap: pair(&|state| centre_gap(state.rent, state.land, centre)),
        wage_range: pair(&|state| state.range(state.wage)),
        rent_range: pair(&|state| state.range(state.rent)),
        largest_city: size(largest),
        smallest_city: size(smallest),
        farmer_income: yearly("farmer_income")?,
        migrant_income: yearly("migrant_income")?,
        gdp: yearly("gdp")?,
        land_quota_moved: total("land_quota_traded")?,
        arable_land: of_region("arable_land")?,
        settled: total("conversions")?,
        agents: pace.agents,
        wall_seconds: pace.wall_seconds,
        agents_per_second: if pace.tick_seconds > 0.0 { work / pace.tick_seconds } else { 0.0 },
        dates: region.all().reals("year")?.to_vec(),
        paths: share_paths(tables, centre)?,
    })
}

/// The largest of the central cities, or of all cities where none is central, out of a state of table `cities`.
///
/// # Errors
/// If a column is missing.
pub fn centre(state: Rows) -> Result<usize, NotRecorded> {
    let (level, urban) = (state.names("level")?, state.reals("urban_population")?);
    let central = |at: &usize| level[*at] == "centre";
    let largest = |a: &usize, b: &usize| urban[*a].total_cmp(&urban[*b]).then(b.cmp(a));
    let all = 0..urban.len();
    Ok(all.clone().filter(central).max_by(largest).or_else(|| all.max_by(largest)).unwrap_or(0))
}

/// The centre's value over the weighted mean of the others; NaN where there are none.
#[must_use]
pub fn centre_gap(column: &[f64], weights: &[f64], centre: usize) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for at in (0..column.len()).filter(|&at| at != centre && column[at].is_finite() && weights[at] > 0.0) {
        sum += column[at] * weights[at];
        weight += weights[at];
    }
    if weight > 0.0 { column[centre] / (sum / weight) } else { f64::NAN }
}

/// Industries with their jobs by place, out of a state of table `sectors`.
///
/// # Errors
/// If a column is missing.
pub fn jobs(state: Rows<'_>) -> Result<Vec<(&str, Vec<f64>)>, NotRecorded> {
    let mut found: Vec<(&str, Vec<f64>)> = Vec::new();
    for (industry, jobs) in state.names("industry")?.into_iter().zip(state.reals("employment")?) {
        match found.iter_mut().find(|(known, _)| *known == industry) {
            Some((_, places)) => places.push(*jobs),
            None => found.push((industry, vec![*jobs])),
        }
    }
    Ok(found)
}

/// The centre's share in the jobs of every industry, opening state and end.
fn centre_shares([opening, end]: [Rows; 2], centre: usize) -> Result<Vec<CentreShare>, NotRecorded> {
    let share = |jobs: &[f64]| {
        let all = jobs.iter().sum::<f64>();
        if all > 0.0 { jobs[centre] / all } else { f64::NAN }
    };
    let both = jobs(opening)?.into_iter().zip(jobs(end)?);
    let shares = both.map(|((industry, opening), (_, end))| CentreShare {
        industry: industry.to_owned(),
        share: [share(&opening), share(&end)],
    });
    Ok(shares.collect())
}

/// Headline shares in every state.
fn share_paths(tables: &Tables, centre: usize) -> Result<Vec<Vec<f64>>, NotRecorded> {
    let region = tables.get("region")?.all();
    let mut paths = vec![region.reals("urbanisation")?.to_vec(), region.reals("registered_urbanisation")?.to_vec()];
    for state in tables.get("sectors")?.states()? {
        for (industry, (_, jobs)) in self::jobs(state)?.into_iter().enumerate() {
            if paths.len() < industry + 3 {
                paths.push(Vec::new());
            }
            paths[industry + 2].push(jobs[centre] / jobs.iter().sum::<f64>());
        }
    }
    Ok(paths)
}

/// The cities in one quarter.
struct Cities<'a> {
    keys: Vec<&'a str>,
    urban: &'a [f64],
    wage: &'a [f64],
    rent: &'a [f64],
    employed: &'a [f64],
    land: &'a [f64],
}

impl<'a> Cities<'a> {
    fn of(state: Rows<'a>) -> Result<Self, NotRecorded> {
        Ok(Self {
            keys: state.names("city")?,
            urban: state.reals("urban_population")?,
            wage: state.reals("wage")?,
            rent: state.reals("rent")?,
            employed: state.reals("urban_employment")?,
            land: state.reals("urban_land")?,
        })
    }

    /// Largest and smallest city that people live in.
    fn extremes(&self) -> Option<(usize, usize)> {
        let lived_in = || (0..self.urban.len()).filter(|&at| self.urban[at] > 0.0);
        let by_size = |a: &usize, b: &usize| self.urban[*a].total_cmp(&self.urban[*b]);
        Some((lived_in().max_by(by_size)?, lived_in().min_by(by_size)?))
    }

    fn range(&self, column: &[f64]) -> f64 {
        let present = || (0..self.urban.len()).filter(|&at| self.urban[at] > 0.0).map(|at| column[at]);
        let (high, low) = (present().fold(f64::NAN, f64::max), present().fold(f64::NAN, f64::min));
        high / low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_opening_state_there_is_nothing_to_say() {
        let missing = summarise(&Tables::default(), &Pace::default()).unwrap_err();
        assert_eq!(missing.to_string(), "there is no table `region`");
    }
}
