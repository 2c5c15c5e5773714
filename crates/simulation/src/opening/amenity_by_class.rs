//! Base-year inversion, second part, where people consider near places first: amenities, what each origin offers its
//! people, and looks by class of a move together meet the base year's migration.

use bevy_ecs::prelude::*;
use scenario::mechanisms::migrant_location::MigrantLocation;
use scenario::scenario::Scenario;

use super::amenity::{AMENITY_MAX, STEP_MAX, quarterly_growth, stuck};
use super::flows::{Choosers, ExpectedFlows, looks};
use super::inversion::{InversionReport, TOLERANCE};
use crate::agents::city::WorldColumns;
use crate::mechanisms::consideration::{self, ConsiderationRule};
use crate::mechanisms::population::Counts;
use crate::mechanisms::utility::{Amenity, HomeAmenity, OutsideUtility};
use crate::region::PlaceTable;

/// Corrections tried before giving up.
const ROUNDS_MAX: u32 = 600;
/// Part of a Newton step that is taken: destinations, origins and classes move at once, and each answers to the others.
const DAMPING: f64 = 0.5;
/// Largest log odds of a class found here.
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

/// People away from the countrysides and cities they are registered in, thousand persons: what their net flows are
/// proportional to in the base year.
struct Stocks {
    /// By place where they are, the outside last: those of other origins.
    into: Vec<f64>,
    /// By place that they come from.
    out_of: Vec<f64>,
    /// In their own prefecture; then, between places of the region, within provinces and between them.
    by_class: [f64; 3],
}

impl Stocks {
    fn of(counts: &Counts, table: &PlaceTable) -> Self {
        let places = counts.places;
        let mut stocks = Self { into: vec![0.0; places + 1], out_of: vec![0.0; places], by_class: [0.0; 3] };
        for origin in 0..=places {
            let mass = table.mass_per_agent(origin);
            for site in 0..=places {
                let agents: u32 = (0..2)
                    .map(|skill| match site {
                        site if site < places => {
                            let at = origin * places + site;
                            counts.migrants[skill][at] + counts.elsewhere[skill][at]
                        }
                        _ if origin < places => counts.outside[skill][origin],
                        _ => 0,
                    })
                    .sum();
                let people = mass * f64::from(agents);
                if origin != site {
                    stocks.into[site] += people;
                }
                if origin < places {
                    stocks.out_of[origin] += people;
                    if site < places {
                        stocks.by_class[table.class(origin, site) as usize] += people;
                    }
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
    by_class: [Net; 3],
    /// Net flow of people from outside into all cities.
    from_outside: f64,
}

impl Flows {
    fn of(parts: &[ExpectedFlows], looks: &super::flows::Looks, table: &PlaceTable) -> Self {
        let places = table.places.len();
        let none = |count: usize| vec![Net::default(); count];
        let mut flows =
            Self { into: none(places + 1), out_of: none(places), by_class: Default::default(), from_outside: 0.0 };
        for (origin, part) in parts.iter().enumerate() {
            let chances = looks.of(origin);
            let (mut arrivals, mut looked) = ([0.0; 3], [0.0; 3]);
            for site in 0..=places {
                let class = table.class(origin, site) as usize;
                looked[class] += chances[site];
                if origin != site {
                    flows.into[site].add(part, site);
                    flows.into[site].response += part.response[site];
                }
                if origin == places {
                    flows.from_outside += part.net(site);
                    continue;
                }
                flows.out_of[origin].add(part, site);
                if site < places {
                    flows.by_class[class].add(part, site);
                    arrivals[class] += part.arrivals[site];
                }
            }
            if origin < places {
                flows.out_of[origin].response = -part.home_response;
            }
            // A look more at one class is a look less at the others.
            for (class, arrivals) in arrivals.into_iter().enumerate() {
                flows.by_class[class].response += arrivals * (1.0 - looked[class]);
            }
        }
        flows
    }
}

/// What is fitted.
#[derive(Clone)]
struct Found {
    /// What each city, and last the outside, is worth beside all else.
    better: Vec<f64>,
    /// The same of each countryside to its people.
    home: Vec<f64>,
    /// Log odds of a look by class, against other provinces.
    affinity: [f64; 3],
}

/// Net flows that are wanted, given what cannot be fitted.
struct Wanted {
    into: Vec<f64>,
    out_of: Vec<f64>,
    by_class: [f64; 3],
}

impl Wanted {
    /// # Formula
    ///
    /// Into each place from elsewhere, and within all prefectures together, `g × people there`. Out of each origin
    /// `s g × its people away`, with one `s` by which those who leave are as many as those who come. Moves within and
    /// between provinces are as their stocks are to each other.
    fn of(stocks: &Stocks, flows: &Flows, fitted: &[bool], growth: f64) -> Self {
        let into: Vec<f64> = stocks.into.iter().map(|people| growth * people).collect();
        let [own, within, between] = stocks.by_class;
        let coming = |site: usize| if fitted[site] { into[site] } else { flows.into[site].net() };
        let all = (0..into.len()).map(coming).sum::<f64>() + growth * own - flows.from_outside;
        let away: f64 = stocks.out_of.iter().sum();
        let scale = if away > 0.0 { all / away } else { 0.0 };
        let [_, net_within, net_between] = flows.by_class.map(Net::net);
        let share = if within + between > 0.0 { within / (within + between) } else { 0.0 };
        Self {
            out_of: stocks.out_of.iter().map(|people| scale * people).collect(),
            by_class: [growth * own, share * (net_within + net_between), 0.0],
            into,
        }
    }
}

/// Sets the amenity of each city and of the outside, what each countryside is worth to its people, and the log odds of
/// looks by class, so that in the first quarter migrants from elsewhere in each city, the people away of each origin,
/// and migrants within prefectures, within provinces and between them are expected to grow at one rate.
///
/// # Errors
/// What cannot be met is in the report: places at the bounds of an amenity, and the largest error of the others.
pub(super) fn meet_flows(world: &mut World, scenario: &Scenario, rule: &MigrantLocation, report: &mut InversionReport) {
    let outside = scenario.mechanisms.outside.as_ref().map_or(0.0, |outside| outside.size);
    let table = world.resource::<PlaceTable>();
    let places = table.places.len();
    let stocks = Stocks::of(world.resource::<Counts>(), table);
    let growth = quarterly_growth(scenario);
    let fitted: Vec<bool> =
        (0..=places).map(|site| stocks.into[site] > 0.0 && (site < places || outside > 0.0)).collect();
    let by_class = [stocks.by_class[0] > 0.0, stocks.by_class[1] > 0.0 && stocks.by_class[2] > 0.0, false];
    // The scenario's own amenities come on top of what is found: to change one is a change, not a thing to explain away.
    let own: Vec<f64> = table.places.iter().map(|place| place.amenity).chain([0.0]).collect();
    let mut found = Found { better: vec![0.0; places + 1], home: vec![0.0; places], affinity: [0.0; 3] };
    let mut error = f64::INFINITY;
    for round in 1..=ROUNDS_MAX + 1 {
        let looks = looks(world, outside, rule, &found.affinity);
        let choosers = Choosers::of(world, rule, &looks);
        let on_top: Vec<f64> = found.better.iter().zip(&own).map(|(found, own)| found - own).collect();
        let flows = Flows::of(&choosers.by_origin(&on_top, &found.home), &looks, table);
        let wanted = Wanted::of(&stocks, &flows, &fitted, growth);
        let into = (0..=places).filter(|&site| fitted[site] && !stuck(found.better[site]));
        let out_of = (0..places).filter(|&origin| stocks.out_of[origin] > 0.0 && !stuck(found.home[origin]));
        let classes = (0..3).filter(|&class| by_class[class] && found.affinity[class].abs() < AFFINITY_MAX);
        error = into
            .map(|site| flows.into[site].error(wanted.into[site]))
            .chain(out_of.map(|origin| flows.out_of[origin].error(wanted.out_of[origin])))
            .chain(classes.map(|class| flows.by_class[class].error(wanted.by_class[class])))
            .fold(0.0, f64::max);
        report.flow_rounds = round;
        if error < TOLERANCE / 10.0 || round > ROUNDS_MAX {
            break;
        }
        let bounded = |value: f64, step: f64, bound: f64| (value + step).clamp(-bound, bound);
        for site in (0..=places).filter(|&site| fitted[site]) {
            let step = flows.into[site].step(wanted.into[site]);
            found.better[site] = bounded(found.better[site], step, AMENITY_MAX);
        }
        for origin in (0..places).filter(|&origin| stocks.out_of[origin] > 0.0) {
            let step = flows.out_of[origin].step(wanted.out_of[origin]);
            found.home[origin] = bounded(found.home[origin], step, AMENITY_MAX);
        }
        for class in (0..3).filter(|&class| by_class[class]) {
            let step = flows.by_class[class].step(wanted.by_class[class]);
            found.affinity[class] = bounded(found.affinity[class], step, AFFINITY_MAX);
        }
    }
    report.flow_error = error;
    let key = |site: usize| table.places.get(site).map_or_else(|| "outside".to_owned(), |place| place.key.clone());
    let cities = (0..=places).filter(|&site| fitted[site] && stuck(found.better[site])).map(key);
    let homes = (0..places).filter(|&origin| stuck(found.home[origin]));
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
