//! What happened, in a screenful.

use std::fmt::Write as _;

use serde::Serialize;
use simulation::table::{Table, Tables, Values};

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

/// Sums a run up. `None` if the tables hold no opening state.
#[must_use]
pub fn summarise(tables: &Tables, pace: &Pace) -> Option<Summary> {
    let find = |name: &str| tables.0.iter().find(|table| table.name == name);
    let (region, cities, sectors) = (find("region")?, find("cities")?, find("sectors")?);
    let ticks = integers(region, "tick")?;
    let ends = [0, ticks.len().checked_sub(1)?];
    let of_region = |name: &str| reals(region, name).map(|column| ends.map(|row| column[row]));
    let yearly = |name: &str| of_region(name).map(|pair| pair.map(|quarter| 4.0 * quarter));
    let total = |name: &str| reals(region, name).map(|column| column.iter().sum::<f64>());
    let states = Cities::both_ends(cities)?;
    let centre = states[0].centre();
    let pair = |of: &dyn Fn(&Cities) -> f64| [of(&states[0]), of(&states[1])];
    let (largest, smallest) = states[1].extremes()?;
    let size = |at: usize| CitySize {
        city: cities.names[states[1].city[at] as usize].clone(),
        urban_population: states[1].urban[at],
    };
    let work = pace.agents as f64 * f64::from(pace.ticks);
    Some(Summary {
        years: of_region("year")?,
        quarters: u32::try_from(ticks[ends[1]]).ok()?,
        urbanisation: of_region("urbanisation")?,
        registered_share: of_region("registered_urbanisation")?,
        centre: cities.names[states[0].city[centre] as usize].clone(),
        centre_share: centre_shares(sectors, states[0].city[centre], states[0].city.len())?,
        wage_gap: pair(&|state| state.gap(centre, state.wage, state.employed)),
        rent_gap: pair(&|state| state.gap(centre, state.rent, state.land)),
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
    })
}

/// The cities in one quarter.
struct Cities<'a> {
    city: &'a [u32],
    level: &'a [u32],
    names: &'a [String],
    urban: &'a [f64],
    wage: &'a [f64],
    rent: &'a [f64],
    employed: &'a [f64],
    land: &'a [f64],
}

impl<'a> Cities<'a> {
    fn both_ends(table: &'a Table) -> Option<[Self; 2]> {
        let ticks = integers(table, "tick")?;
        let first = ticks.iter().take_while(|tick| **tick == ticks[0]).count();
        if first == 0 {
            return None;
        }
        let rows = [0..first, ticks.len() - first..ticks.len()];
        let [opening, end] = rows.map(|rows| {
            Some(Self {
                city: &names(table, "city")?[rows.clone()],
                level: &names(table, "level")?[rows.clone()],
                names: &table.names,
                urban: &reals(table, "urban_population")?[rows.clone()],
                wage: &reals(table, "wage")?[rows.clone()],
                rent: &reals(table, "rent")?[rows.clone()],
                employed: &reals(table, "urban_employment")?[rows.clone()],
                land: &reals(table, "urban_land")?[rows],
            })
        });
        Some([opening?, end?])
    }

    /// The largest of the central cities, or of all cities where none is central.
    fn centre(&self) -> usize {
        let central = |at: &usize| self.names[self.level[*at] as usize] == "centre";
        let largest = |a: &usize, b: &usize| self.urban[*a].total_cmp(&self.urban[*b]).then(b.cmp(a));
        let all = 0..self.city.len();
        all.clone().filter(central).max_by(largest).or_else(|| all.max_by(largest)).unwrap_or(0)
    }

    /// Largest and smallest city that people live in.
    fn extremes(&self) -> Option<(usize, usize)> {
        let lived_in = || (0..self.city.len()).filter(|&at| self.urban[at] > 0.0);
        let by_size = |a: &usize, b: &usize| self.urban[*a].total_cmp(&self.urban[*b]);
        Some((lived_in().max_by(by_size)?, lived_in().min_by(by_size)?))
    }

    fn gap(&self, centre: usize, column: &[f64], weights: &[f64]) -> f64 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for at in (0..self.city.len()).filter(|&at| at != centre && column[at].is_finite() && weights[at] > 0.0) {
            sum += column[at] * weights[at];
            weight += weights[at];
        }
        if weight > 0.0 { column[centre] / (sum / weight) } else { f64::NAN }
    }

    fn range(&self, column: &[f64]) -> f64 {
        let present = || (0..self.city.len()).filter(|&at| self.urban[at] > 0.0).map(|at| column[at]);
        let (high, low) = (present().fold(f64::NAN, f64::max), present().fold(f64::NAN, f64::min));
        high / low
    }
}

/// The centre's share in the jobs of every industry, opening state and end.
fn centre_shares(sectors: &Table, centre: u32, places: usize) -> Option<Vec<CentreShare>> {
    let (cities, industries) = (names(sectors, "city")?, names(sectors, "industry")?);
    let jobs = reals(sectors, "employment")?;
    let rows = cities.len();
    let each = cities.iter().take_while(|city| **city == cities[0]).count();
    let state = each * places;
    if state == 0 || rows < state {
        return None;
    }
    let share = |industry: u32, from: usize| {
        let (mut here, mut all) = (0.0, 0.0);
        for row in (from..from + state).filter(|&row| industries[row] == industry) {
            all += jobs[row];
            here += if cities[row] == centre { jobs[row] } else { 0.0 };
        }
        if all > 0.0 { here / all } else { f64::NAN }
    };
    let shares = industries[..each].iter().map(|&industry| CentreShare {
        industry: sectors.names[industry as usize].clone(),
        share: [share(industry, 0), share(industry, rows - state)],
    });
    Some(shares.collect())
}

fn column<'a>(table: &'a Table, name: &str) -> Option<&'a Values> {
    table.values.get(table.fields.iter().position(|field| field.name == name)?)
}

fn reals<'a>(table: &'a Table, name: &str) -> Option<&'a [f64]> {
    match column(table, name)? {
        Values::Real(values) => Some(values),
        _ => None,
    }
}

fn integers<'a>(table: &'a Table, name: &str) -> Option<&'a [i64]> {
    match column(table, name)? {
        Values::Integer(values) => Some(values),
        _ => None,
    }
}

fn names<'a>(table: &'a Table, name: &str) -> Option<&'a [u32]> {
    match column(table, name)? {
        Values::Name(values) => Some(values),
        _ => None,
    }
}

impl Summary {
    /// The summary as lines for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |name: &str, value: String| {
            writeln!(text, "  {name:<30} {value}").expect("text can be written to memory");
        };
        let percent = |pair: [f64; 2]| change(pair, |share| format!("{:.1} %", 100.0 * share));
        let ratio = |pair: [f64; 2]| change(pair, |ratio| format!("{ratio:.2}"));
        let money = |pair: [f64; 2]| change(pair, |yuan| format!("{} yuan a year", grouped(yuan)));
        line("years", format!("{} to {} ({} quarters)", self.years[0], self.years[1], self.quarters));
        line("urban share", percent(self.urbanisation));
        line("registered urban share", percent(self.registered_share));
        for row in &self.centre_share {
            line(&format!("{} in {}", row.industry.replace('_', " "), self.centre), percent(row.share));
        }
        line("wage, centre / others", ratio(self.wage_gap));
        line("rent, centre / others", ratio(self.rent_gap));
        line("wage, largest / smallest", ratio(self.wage_range));
        line("rent, largest / smallest", ratio(self.rent_range));
        for (name, size) in [("largest city", &self.largest_city), ("smallest city", &self.smallest_city)] {
            line(name, format!("{}, {} people", size.city, grouped(size.urban_population)));
        }
        line("income of a rural person", money(self.farmer_income));
        line("income of a migrant", money(self.migrant_income));
        line("output at base prices", change(self.gdp, |yuan| format!("{:.1} billion yuan a year", yuan / 1e9)));
        line("people who settled", grouped(self.settled));
        line("land quota moved", format!("{:.1} km2", self.land_quota_moved));
        line("arable land", change(self.arable_land, |km2| format!("{} km2", grouped(km2))));
        let pace =
            format!("{} agents, {} agent-quarters a second", whole(self.agents as f64), whole(self.agents_per_second));
        line("done in", format!("{:.2} s: {pace}", self.wall_seconds));
        text
    }
}

fn change(pair: [f64; 2], show: impl Fn(f64) -> String) -> String {
    let show = |value: f64| if value.is_finite() { show(value) } else { "none".to_owned() };
    format!("{} -> {}", show(pair[0]), show(pair[1]))
}

/// A number with its thousands apart, to four figures or to the unit.
fn grouped(value: f64) -> String {
    if value.is_finite() { whole(value) } else { "none".to_owned() }
}

fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(whole(1_234_567.4), "1,234,567");
        assert_eq!(
            (whole(999.0), whole(-1_000.0), whole(-0.2)),
            ("999".to_owned(), "-1,000".to_owned(), "0".to_owned())
        );
        assert_eq!(grouped(f64::NAN), "none");
    }

    #[test]
    fn without_an_opening_state_there_is_nothing_to_say() {
        assert_eq!(summarise(&Tables::default(), &Pace::default()), None);
    }
}
