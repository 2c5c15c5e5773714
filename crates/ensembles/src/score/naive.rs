//! Naive forecasts: what one would have said without a model, out of figures of the base year and before.

use economics::maths::power;

use super::regression::Regression;
use super::{Compared, People, Quantity};

/// A forecast of where people live.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Name.
    pub name: &'static str,
    /// People of each place; only proportions matter.
    pub people: Vec<People>,
    /// What it says anything about.
    pub of: &'static [Quantity],
}

/// What the naive forecasts assume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assumptions {
    /// What a growing capital multiplies its people with in ten years.
    pub capital_factor: f64,
    /// What the urban share of every place gains in ten years.
    pub national_gain: f64,
}

impl Default for Assumptions {
    /// A quarter more in the capital; urban shares as the nation's from 2000 to 2010: from 36.2 to 49.7 % (national
    /// censuses, recalled).
    fn default() -> Self {
        Self { capital_factor: 1.25, national_gain: 0.135 }
    }
}

/// Name of the forecast that has seen what happened in other provinces.
pub const REFERENCE: &str = "regression_elsewhere";

/// What a naive forecast may know.
pub(super) struct Given<'a> {
    pub(super) places: &'a [&'a Compared<'a>],
    pub(super) base: u32,
    pub(super) year: u32,
    pub(super) assumptions: Assumptions,
    /// Fitted to other provinces, where there are enough.
    pub(super) elsewhere: Option<Regression>,
}

/// Every naive forecast for which the table has figures.
pub(super) fn forecasts(given: &Given<'_>) -> Vec<Forecast> {
    let all = [
        no_change(given),
        in_migrants(given),
        capital(given),
        trend(given),
        national_gain(given),
        regression_elsewhere(given),
    ];
    all.into_iter().flatten().collect()
}

impl Given<'_> {
    fn base(&self) -> Vec<People> {
        self.places.iter().map(|place| place.censuses[&self.base].into()).collect()
    }

    fn decades(&self) -> f64 {
        f64::from(self.year - self.base) / 10.0
    }
}

/// Everything stays as it is.
fn no_change(given: &Given<'_>) -> Option<Forecast> {
    Some(Forecast { name: "no_change", people: given.base(), of: &Quantity::ALL })
}

/// Cities grow in proportion to their in-migrants: in ten years as many arrive as are there in the base year.
fn in_migrants(given: &Given<'_>) -> Option<Forecast> {
    let arriving: Option<Vec<f64>> = given.places.iter().map(|place| place.censuses[&given.base].in_migrants).collect();
    let grow = |(people, migrants): (People, f64)| {
        let more = migrants * given.decades();
        People { all: people.all + more, urban: people.urban + more }
    };
    let people = given.base().into_iter().zip(arriving?).map(grow).collect();
    Some(Forecast { name: "in_migrants", people, of: &Quantity::ALL })
}

/// The capital grows by a fixed factor in ten years, its newcomers all in the city; nothing else changes. Without a
/// place that is marked as capital there is no such forecast.
fn capital(given: &Given<'_>) -> Option<Forecast> {
    let capital = given.places.iter().position(|place| place.centre)?;
    let mut people = given.base();
    let more = people[capital].all * (power(given.assumptions.capital_factor, given.decades()) - 1.0);
    people[capital].all += more;
    people[capital].urban = (people[capital].urban + more).max(0.0);
    Some(Forecast { name: "capital_grows", people, of: &Quantity::ALL })
}

/// Shares and urban shares go on as between the census before and the base year, in a straight line.
fn trend(given: &Given<'_>) -> Option<Forecast> {
    let earlier = |year: &u32| given.places.iter().all(|place| place.censuses.contains_key(year));
    let before = given.places.first()?.censuses.range(..given.base).rev().map(|(year, _)| *year).find(earlier)?;
    let ahead = f64::from(given.year - given.base) / f64::from(given.base - before);
    let of = |year: u32| -> Vec<People> { given.places.iter().map(|place| place.censuses[&year].into()).collect() };
    let (then, now) = (of(before), given.base());
    let sum = |people: &[People]| people.iter().map(|place| place.all).sum::<f64>();
    let (then_all, now_all) = (sum(&then), sum(&now));
    let on = |(then, now): (&People, &People)| {
        let line = |then: f64, now: f64| (now + (now - then) * ahead).max(0.0);
        let all = line(then.all / then_all, now.all / now_all);
        let share = |people: &People| if people.all > 0.0 { people.urban / people.all } else { 0.0 };
        People { all, urban: all * line(share(then), share(now)).min(1.0) }
    };
    Some(Forecast { name: "trend", people: then.iter().zip(&now).map(on).collect(), of: &Quantity::ALL })
}

/// People stay, and the urban share of every place gains what the nation's gained in the ten years before.
fn national_gain(given: &Given<'_>) -> Option<Forecast> {
    let gain = given.assumptions.national_gain * given.decades();
    let grow = |people: People| People { urban: (people.urban + gain * people.all).clamp(0.0, people.all), ..people };
    let people = given.base().into_iter().map(grow).collect();
    Some(Forecast { name: "national_gain", people, of: &[Quantity::UrbanPopulationShare, Quantity::UrbanShare] })
}

/// Places grow by their in-migrants and as capitals do, as fitted to what happened in other provinces.
fn regression_elsewhere(given: &Given<'_>) -> Option<Forecast> {
    let regression = given.elsewhere?;
    let grown = |place: &&Compared<'_>| {
        let census = place.censuses[&given.base];
        let factor = regression.growth(census.in_migrants? / census.population, place.centre);
        Some(People { all: census.population * factor, urban: census.urban_population * factor })
    };
    let people: Option<Vec<People>> = given.places.iter().map(grown).collect();
    Some(Forecast { name: REFERENCE, people: people?, of: &[Quantity::PopulationShare] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenario::Census;
    use std::collections::BTreeMap;

    fn census(population: f64, urban_population: f64, in_migrants: f64) -> Census {
        Census { population, urban_population, in_migrants: Some(in_migrants) }
    }

    fn names(censuses: &[BTreeMap<u32, Census>], centre: Option<usize>) -> Vec<Forecast> {
        let places: Vec<Compared<'_>> = censuses
            .iter()
            .enumerate()
            .map(|(at, censuses)| Compared { key: "place", at, centre: centre == Some(at), censuses })
            .collect();
        let places: Vec<&Compared<'_>> = places.iter().collect();
        let assumptions = Assumptions { capital_factor: 1.25, national_gain: 0.1 };
        let elsewhere = Some(Regression { in_migrants: 1.0, capital: 0.5 });
        forecasts(&Given { places: &places, base: 2010, year: 2020, assumptions, elsewhere })
    }

    #[test]
    fn forecasts_are_those_of_hand_arithmetic() {
        let place = |earlier: Census, base: Census| BTreeMap::from([(2000, earlier), (2010, base)]);
        let censuses = [
            place(census(40.0, 10.0, 0.0), census(50.0, 20.0, 10.0)),
            place(census(60.0, 30.0, 0.0), census(50.0, 30.0, 0.0)),
        ];
        let found = names(&censuses, Some(0));
        let people = |name: &str| found.iter().find(|forecast| forecast.name == name).expect(name).people.clone();
        assert_eq!(people("no_change"), [People { all: 50.0, urban: 20.0 }, People { all: 50.0, urban: 30.0 }]);
        assert_eq!(people("in_migrants")[0], People { all: 60.0, urban: 30.0 });
        assert_eq!(people("capital_grows")[0], People { all: 62.5, urban: 32.5 });
        // Shares .4 → .5 → .6 and urban shares .25 → .4 → .55.
        let trend = people("trend")[0];
        assert!((trend.all - 0.6).abs() < 1e-12 && (trend.urban / trend.all - 0.55).abs() < 1e-12, "{trend:?}");
        assert_eq!(people("national_gain"), [People { all: 50.0, urban: 25.0 }, People { all: 50.0, urban: 35.0 }]);
        // A fifth are in-migrants, and it is the capital: e^(.2 + .5).
        let grown = people(REFERENCE);
        assert!((grown[0].all - 50.0 * economics::maths::exp(0.7)).abs() < 1e-9 && grown[1].all == 50.0, "{grown:?}");
    }

    #[test]
    fn what_a_table_lacks_is_not_forecast() {
        let bare = |people: f64| {
            BTreeMap::from([(2010, Census { population: people, urban_population: 1.0, in_migrants: None })])
        };
        let found: Vec<&str> = names(&[bare(5.0), bare(7.0)], None).iter().map(|forecast| forecast.name).collect();
        assert_eq!(found, ["no_change", "national_gain"]);
    }
}
