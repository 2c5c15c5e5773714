//! Base-year inversion, second part, where people consider near places first: amenities, what each origin offers its
//! people, and looks by class of a move together meet the base year's migration.

use bevy_ecs::prelude::*;
use economics::maths::ln;
use scenario::scenario::Scenario;

use super::amenity::{AMENITY_MAX, STEP_MAX, quarterly_growth, stuck};
use super::flows::{Choosers, ExpectedFlows, Looks, looks};
use super::inversion::{InversionReport, TOLERANCE};
use crate::agents::city::WorldColumns;
use crate::mechanisms::consideration::{self, Affinity, ConsiderationRule, OUTSIDE};
use crate::mechanisms::population::{Counts, RuralPeople};
use crate::mechanisms::utility::{Amenity, HomeAmenity, OutsideUtility};
use crate::region::{MoveClass, PlaceTable};

/// Corrections tried before giving up.
const ROUNDS_MAX: u32 = 200;
/// Corrections without a smaller error before giving up: some place is then near a bound that it will not reach.
const ROUNDS_WITHOUT_GAIN: u32 = 40;
/// Part of a Newton step that is taken: destinations, origins and classes move at once, and each answers to the others.
const DAMPING: f64 = 0.5;
/// Rounds in which affinity alone makes looks as the people away are: a start from which the rest is near.
const FIRST_ROUNDS: u32 = 30;
/// Largest log odds of looks found here.
const AFFINITY_MAX: f64 = 15.0;

/// A net flow with what it is made of.
#[derive(Clone, Copy, Debug, Default)]
struct Net {
    arrivals: f64,
    departures: f64,
    /// How it answers to what is fitted to it.
    response: f64,
}

impl Net {
    fn add(&mut self, flows: &ExpectedFlows, site: usize) {
        self.arrivals += flows.arrivals[site];
        self.departures += flows.departures[site];
    }

    fn net(self) -> f64 {
        self.arrivals - self.departures
    }

    fn error(self, wanted: f64) -> f64 {
        let gross = self.arrivals + self.departures;
        if gross > 0.0 { (self.net() - wanted).abs() / gross } else { 0.0 }
    }

    /// The damped Newton step towards what is wanted.
    fn step(self, wanted: f64) -> f64 {
        let step = DAMPING * (wanted - self.net()) / self.response;
        if step.is_finite() { step.clamp(-STEP_MAX, STEP_MAX) } else { 0.0 }
    }
}

const OWN: usize = MoveClass::OwnPrefecture as usize;
const WITHIN: usize = MoveClass::SameProvince as usize;
const BETWEEN: usize = MoveClass::OtherProvince as usize;

/// People away from the countrysides and cities they are registered in, thousand persons: what their net flows are
/// proportional to in the base year.
struct Stocks {
    /// By place where they are, the outside last: those of other origins.
    into: Vec<f64>,
    /// By place that they come from.
    out_of: Vec<f64>,
    /// The region's people by where they are, in the order of an [`Affinity`].
    by_kind: Affinity,
}

impl Stocks {
    fn of(counts: &Counts, table: &PlaceTable) -> Self {
        let places = counts.places;
        let mut stocks = Self { into: vec![0.0; places + 1], out_of: vec![0.0; places], by_kind: Affinity::default() };
        for origin in 0..=places {
            let mass = table.mass_per_agent(origin);
            for site in 0..=places {
                let at = origin * places + site;
                let agents = |skill: usize| match site {
                    site if site < places => counts.migrants[skill][at] + counts.elsewhere[skill][at],
                    _ if origin < places => counts.outside[skill][origin],
                    _ => 0,
                };
                let people = mass * f64::from(agents(0) + agents(1));
                if origin != site {
                    stocks.into[site] += people;
                }
                if origin < places {
                    stocks.out_of[origin] += people;
                    stocks.by_kind[ConsiderationRule::kind(table, origin, site)] += people;
                }
            }
        }
        stocks
    }
}

/// Expected flows of a quarter, added up as they are fitted.
struct Flows {
    into: Vec<Net>,
    out_of: Vec<Net>,
    /// Of the region's people, in the order of an [`Affinity`]; they answer to its log odds.
    by_kind: [Net; 4],
    /// Net flow of people from outside into all cities.
    from_outside: f64,
}

impl Flows {
    fn of(parts: &[ExpectedFlows], looks: &Looks, table: &PlaceTable) -> Self {
        let places = table.places.len();
        let none = |count: usize| vec![Net::default(); count];
        let mut flows =
            Self { into: none(places + 1), out_of: none(places), by_kind: Default::default(), from_outside: 0.0 };
        for (origin, part) in parts.iter().enumerate() {
            let (mut arrivals, mut looked) = ([0.0; 4], [0.0; 4]);
            for (site, look) in looks.of(origin).iter().enumerate() {
                if origin != site {
                    flows.into[site].add(part, site);
                    flows.into[site].response += part.response[site];
                }
                if origin == places {
                    flows.from_outside += part.net(site);
                    continue;
                }
                let kind = ConsiderationRule::kind(table, origin, site);
                looked[kind] += look;
                arrivals[kind] += part.arrivals[site];
                flows.out_of[origin].add(part, site);
                flows.by_kind[kind].add(part, site);
            }
            if origin < places {
                flows.out_of[origin].response = -part.home_response;
            }
            // A look more of one kind is a look less of the others.
            for (kind, arrivals) in arrivals.into_iter().enumerate() {
                flows.by_kind[kind].response += arrivals * (1.0 - looked[kind]);
            }
        }
        flows
    }
}

/// What is fitted.
struct Found {
    /// What each city, and last the outside, is worth beside all else.
    better: Vec<f64>,
    /// The same of each countryside to its people.
    home: Vec<f64>,
    affinity: Affinity,
}

/// What is fitted to which figures.
struct Fit {
    stocks: Stocks,
    /// Expected net flow of a quarter over the people there.
    growth: f64,
    /// Whether each city has migrants from elsewhere.
    cities: Vec<bool>,
    /// Whether people of each origin are away.
    origins: Vec<bool>,
    /// Whether log odds of looks are fitted.
    kinds: [bool; 4],
}

/// Net flows that are wanted, given what cannot be fitted.
struct Wanted {
    into: Vec<f64>,
    out_of: Vec<f64>,
    by_kind: [f64; 4],
}

impl Fit {
    fn of(counts: &Counts, table: &PlaceTable, growth: f64, outside: bool) -> Self {
        let stocks = Stocks::of(counts, table);
        let [own, within, between, away] = stocks.by_kind.map(|people| people > 0.0);
        let mut kinds = [false; 4];
        let others = within || between;
        (kinds[OWN], kinds[WITHIN], kinds[OUTSIDE]) = (own && others, within && between, away && outside && others);
        let positive = |people: &f64| *people > 0.0;
        Self {
            cities: stocks.into[..counts.places].iter().map(positive).collect(),
            origins: stocks.out_of.iter().map(positive).collect(),
            stocks,
            growth,
            kinds,
        }
    }

    /// # Formula
    ///
    /// Into each city from elsewhere, within all prefectures together, and to the outside, `g × people there`. Out of
    /// each origin `s g × its people away`, with one `s` by which those who leave are as many as those who come. Moves
    /// within and between provinces are as their stocks are to each other.
    fn wanted(&self, flows: &Flows) -> Wanted {
        let Self { stocks, growth, .. } = self;
        let into: Vec<f64> = stocks.into.iter().map(|people| growth * people).collect();
        let coming = |city: usize| if self.cities[city] { into[city] } else { flows.into[city].net() };
        let or_as_it_is = |kind: usize| {
            if self.kinds[kind] { growth * stocks.by_kind[kind] } else { flows.by_kind[kind].net() }
        };
        let cities: f64 = (0..self.cities.len()).map(coming).sum();
        let all = cities - flows.from_outside + or_as_it_is(OWN) + or_as_it_is(OUTSIDE);
        let away: f64 = stocks.out_of.iter().sum();
        let scale = if away > 0.0 { all / away } else { 0.0 };
        let mut by_kind = stocks.by_kind.map(|people| growth * people);
        let share = stocks.by_kind[WITHIN] / (stocks.by_kind[WITHIN] + stocks.by_kind[BETWEEN]);
        by_kind[WITHIN] = share * (flows.by_kind[WITHIN].net() + flows.by_kind[BETWEEN].net());
        Wanted { out_of: stocks.out_of.iter().map(|people| scale * people).collect(), by_kind, into }
    }

    /// Largest error of a net flow over what is not at a bound, relative to all who come and go.
    fn error(&self, found: &Found, flows: &Flows, wanted: &Wanted) -> f64 {
        let cities = self.fitted_cities().filter(|&city| !stuck(found.better[city]));
        let origins = self.fitted_origins().filter(|&origin| !stuck(found.home[origin]));
        let kinds = self.fitted_kinds().filter(|&kind| found.affinity[kind].abs() < AFFINITY_MAX);
        cities
            .map(|city| flows.into[city].error(wanted.into[city]))
            .chain(origins.map(|origin| flows.out_of[origin].error(wanted.out_of[origin])))
            .chain(kinds.map(|kind| flows.by_kind[kind].error(wanted.by_kind[kind])))
            .fold(0.0, f64::max)
    }

    fn fitted_cities(&self) -> impl Iterator<Item = usize> {
        (0..self.cities.len()).filter(|&city| self.cities[city])
    }

    fn fitted_origins(&self) -> impl Iterator<Item = usize> {
        (0..self.origins.len()).filter(|&origin| self.origins[origin])
    }

    fn fitted_kinds(&self) -> impl Iterator<Item = usize> {
        (0..4).filter(|&kind| self.kinds[kind])
    }

    /// Affinity by which looks of rural people are of each kind as the region's people away are.
    fn first_affinity(&self, rural: &[f64], table: &PlaceTable, looks: impl Fn(&Affinity) -> Looks) -> Affinity {
        let mut affinity = Affinity::default();
        let reference = if self.stocks.by_kind[BETWEEN] > 0.0 { BETWEEN } else { WITHIN };
        for _ in 0..FIRST_ROUNDS {
            let (looks, mut looked) = (looks(&affinity), Affinity::default());
            for (origin, people) in rural.iter().enumerate() {
                for (site, look) in looks.of(origin).iter().enumerate() {
                    looked[ConsiderationRule::kind(table, origin, site)] += people * look;
                }
            }
            let gap = |kind: usize| ln(self.stocks.by_kind[kind] / looked[kind]);
            for kind in self.fitted_kinds() {
                let step = gap(kind) - gap(reference);
                if step.is_finite() {
                    affinity[kind] = (affinity[kind] + step).clamp(-AFFINITY_MAX, AFFINITY_MAX);
                }
            }
        }
        affinity
    }

    /// A damped Newton step of everything that is fitted on its own equation.
    ///
    /// Countrysides that all are better by what all cities are better by change nothing, so what is found for them is
    /// zero in the mean over people away. The outside is worth what the cities are in the mean: its looks are fitted.
    fn correct(&self, found: &mut Found, flows: &Flows, wanted: &Wanted) {
        let bounded = |value: f64, step: f64, bound: f64| (value + step).clamp(-bound, bound);
        for kind in self.fitted_kinds() {
            let step = flows.by_kind[kind].step(wanted.by_kind[kind]);
            found.affinity[kind] = bounded(found.affinity[kind], step, AFFINITY_MAX);
        }
        let mean = |values: &[f64], weights: &[f64]| {
            let sum = |of: &dyn Fn(usize) -> f64| (0..values.len()).map(|at| weights[at] * of(at)).sum::<f64>();
            let weight = sum(&|_| 1.0);
            if weight > 0.0 { sum(&|at| values[at]) / weight } else { 0.0 }
        };
        for origin in self.fitted_origins() {
            found.home[origin] += flows.out_of[origin].step(wanted.out_of[origin]);
        }
        let shift = mean(&found.home, &self.stocks.out_of);
        for origin in self.fitted_origins() {
            found.home[origin] = bounded(found.home[origin], -shift, AMENITY_MAX);
        }
        for city in self.fitted_cities() {
            let step = flows.into[city].step(wanted.into[city]);
            found.better[city] = bounded(found.better[city], step - shift, AMENITY_MAX);
        }
        let places = self.cities.len();
        found.better[places] = mean(&found.better[..places], &self.stocks.into[..places]);
    }
}

/// Sets the amenity of each city, what each countryside is worth to its people, and the log odds of looks, so that in the
/// first quarter migrants from elsewhere in each city, the people away of each origin, and migrants within prefectures,
/// within provinces, between them and outside are expected to grow at one rate.
///
/// What cannot be met is in the report: places at the bounds of an amenity, and the largest error of the others.
pub(super) fn meet_flows(world: &mut World, scenario: &Scenario, report: &mut InversionReport) {
    let Some(rule) = &scenario.mechanisms.migrant_location else {
        return;
    };
    let outside = scenario.mechanisms.outside.as_ref().map_or(0.0, |outside| outside.size);
    let table = world.resource::<PlaceTable>();
    let places = table.places.len();
    let fit = Fit::of(world.resource::<Counts>(), table, quarterly_growth(scenario), outside > 0.0);
    // The scenario's own amenities and affinity come on top of what is found: to change one is a change, not a thing to
    // explain away.
    let stated = world.resource::<ConsiderationRule>().stated;
    let looks_with = |affinity: &Affinity| {
        let on_top: Affinity = std::array::from_fn(|kind| affinity[kind] - stated[kind]);
        looks(world, outside, rule, &on_top)
    };
    let own: Vec<f64> = table.places.iter().map(|place| place.amenity).chain([0.0]).collect();
    let affinity = fit.first_affinity(world.by_city::<RuralPeople>(), table, looks_with);
    let mut found = Found { better: vec![0.0; places + 1], home: vec![0.0; places], affinity };
    let mut least = (1, f64::INFINITY);
    for round in 1.. {
        let looks = looks_with(&found.affinity);
        let choosers = Choosers::of(world, rule, &looks);
        let on_top: Vec<f64> = found.better.iter().zip(&own).map(|(found, own)| found - own).collect();
        let flows = Flows::of(&choosers.by_origin(&on_top, &found.home), &looks, table);
        let wanted = fit.wanted(&flows);
        (report.flow_rounds, report.flow_error) = (round, fit.error(&found, &flows, &wanted));
        if report.flow_error < least.1 {
            least = (round, report.flow_error);
        }
        if report.flow_error < TOLERANCE / 10.0 || round > ROUNDS_MAX || round > least.0 + ROUNDS_WITHOUT_GAIN {
            break;
        }
        fit.correct(&mut found, &flows, &wanted);
    }
    let cities = fit.fitted_cities().filter(|&city| stuck(found.better[city]));
    let cities = cities.map(|city| table.places[city].key.clone());
    let homes = fit.fitted_origins().filter(|&origin| stuck(found.home[origin]));
    let homes = homes.map(|origin| format!("countryside of {}", table.places[origin].key));
    report.flow_unreachable = cities.chain(homes).collect();
    put(world, found, report);
}

/// Puts what was found into the world and the report.
fn put(world: &mut World, mut found: Found, report: &mut InversionReport) {
    report.amenity_outside = found.better.pop().unwrap_or(0.0);
    world.resource_mut::<OutsideUtility>().amenity += report.amenity_outside;
    for (amenity, found) in world.by_city_mut::<Amenity>().iter_mut().zip(&found.better) {
        *amenity += found;
    }
    world.by_city_mut::<HomeAmenity>().copy_from_slice(&found.home);
    world.resource_mut::<ConsiderationRule>().found = found.affinity;
    consideration::propose(world);
    (report.amenity, report.amenity_home, report.affinity) = (found.better, found.home, found.affinity);
}
