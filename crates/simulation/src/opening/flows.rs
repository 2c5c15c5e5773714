//! Expected moves of a quarter, by the rule by which people choose, from tables alone.

use bevy_ecs::prelude::*;
use economics::maths::exp;
use economics::migration::{acceptance, destination_weight};
use rayon::prelude::*;
use scenario::mechanisms::migrant_location::MigrantLocation;

use crate::agents::city::WorldColumns;
use crate::mechanisms::consideration::{Affinity, ConsiderationRule};
use crate::mechanisms::population::{Counts, Migrants, OutsideStocks, UrbanPeople};
use crate::mechanisms::utility::{CitizenUtility, ElsewhereUtility, MigrantUtility, OutsideUtility, RuralUtility};
use crate::region::{Geography, PlaceTable};

/// Smallest exponent of a utility difference in [`exp`]; below it a place is as good as never chosen.
const EXPONENT_MIN: f64 = -300.0;

/// Flows into the migrant stock of each city (entry `places`: of the outside), thousand persons a quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedFlows {
    /// People who come.
    pub arrivals: Vec<f64>,
    /// People who go.
    pub departures: Vec<f64>,
    /// How the difference answers to the place's own amenity, thousand persons per unit of utility.
    pub response: Vec<f64>,
    /// How much fewer leave their countrysides for all places together if home is better, thousand persons per unit of
    /// utility.
    pub home_response: f64,
}

impl ExpectedFlows {
    fn none(sites: usize) -> Self {
        Self {
            arrivals: vec![0.0; sites],
            departures: vec![0.0; sites],
            response: vec![0.0; sites],
            home_response: 0.0,
        }
    }

    fn add(&mut self, part: &Self) {
        let columns = [
            (&mut self.arrivals, &part.arrivals),
            (&mut self.departures, &part.departures),
            (&mut self.response, &part.response),
        ];
        for (column, part) in columns {
            column.iter_mut().zip(part).for_each(|(sum, term)| *sum += term);
        }
        self.home_response += part.home_response;
    }

    /// Arrivals less departures.
    #[must_use]
    pub fn net(&self, site: usize) -> f64 {
        self.arrivals[site] - self.departures[site]
    }
}

/// Chances that each city, and last the outside, is the one place that a person of an origin looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Looks {
    sites: usize,
    /// One row for everybody, or one for each origin.
    rows: Vec<f64>,
}

impl Looks {
    /// The chances of people of an origin.
    #[must_use]
    pub fn of(&self, origin: usize) -> &[f64] {
        let row = if self.rows.len() == self.sites { 0 } else { origin };
        &self.rows[row * self.sites..(row + 1) * self.sites]
    }
}

/// Where people look in a world as it is, `found` being the affinity that consideration adds to its own.
///
/// # Formula
///
/// `(N + 1)^ϑ`, times nearness with consideration, normalised; `N` in thousand persons, of the outside its stated size
/// (zero: there is no outside).
#[must_use]
pub fn looks(world: &World, outside_size: f64, rule: &MigrantLocation, found: &Affinity) -> Looks {
    let urban = world.by_city::<UrbanPeople>();
    let mut weights: Vec<f64> = urban.iter().map(|people| destination_weight(*people, rule.size_exponent)).collect();
    weights.push(if outside_size > 0.0 { destination_weight(outside_size, rule.size_exponent) } else { 0.0 });
    let sites = weights.len();
    let normalised = |weights: Vec<f64>| {
        let total: f64 = weights.iter().sum();
        weights.into_iter().map(move |weight| weight / total)
    };
    let rows = match world.get_resource::<ConsiderationRule>() {
        None => normalised(weights).collect(),
        Some(consideration) => {
            let (table, geography) = (world.resource::<PlaceTable>(), world.resource::<Geography>());
            let of_origin = |origin: usize| {
                let factors = consideration.nearness(table, geography, origin, found);
                normalised(weights.iter().zip(factors).map(|(weight, factor)| weight * factor).collect())
            };
            (0..sites).flat_map(of_origin).collect()
        }
    };
    Looks { sites, rows }
}

/// What expected flows are made from.
pub struct Choosers<'a> {
    /// How people choose.
    rule: &'a MigrantLocation,
    /// Which places and what agents stand for.
    table: &'a PlaceTable,
    /// Who is where.
    counts: &'a Counts,
    /// What places are worth to citizens at home, by city and skill.
    citizen: &'a [[f64; 2]],
    /// What places are worth to citizens of others, by city and skill.
    elsewhere: &'a [[f64; 2]],
    /// What the countryside is worth to its people.
    rural: &'a [f64],
    /// What cities are worth to migrants.
    migrant: &'a MigrantUtility,
    /// What the outside is worth.
    outside: &'a OutsideUtility,
    /// Chances of being looked at, from [`looks`].
    looks: &'a Looks,
}

impl<'a> Choosers<'a> {
    /// The people of a world, and what places are worth to them now.
    #[must_use]
    pub fn of(world: &'a World, rule: &'a MigrantLocation, looks: &'a Looks) -> Self {
        Self {
            rule,
            table: world.resource::<PlaceTable>(),
            counts: world.resource::<Counts>(),
            citizen: world.by_city::<CitizenUtility>(),
            elsewhere: world.by_city::<ElsewhereUtility>(),
            rural: world.by_city::<RuralUtility>(),
            migrant: world.resource::<MigrantUtility>(),
            outside: world.resource::<OutsideUtility>(),
            looks,
        }
    }

    /// Number of places.
    #[must_use]
    pub fn places(&self) -> usize {
        self.table.places.len()
    }
}

impl Choosers<'_> {
    /// Expected flows if each city (last: the outside) were better by `better`.
    ///
    /// # Formula
    ///
    /// Of a group `M` the share `d · q_j · Λ(β (V_j − cost − V_stay))` moves to `j`; half of what migrants and people
    /// outside look at is home. Citizens of another city who leave it count as migrants where they arrive.
    #[must_use]
    pub fn expected_flows(&self, better: &[f64]) -> ExpectedFlows {
        let sites = self.table.places.len() + 1;
        let mut flows = ExpectedFlows::none(sites);
        let origins: Vec<ExpectedFlows> = (0..2 * sites)
            .into_par_iter()
            .map(|group| {
                let mut part = ExpectedFlows::none(sites);
                self.of_origin(group / sites, group % sites, better, 0.0, &mut part);
                part
            })
            .collect();
        for part in &origins {
            flows.add(part);
        }
        for skill in 0..2 {
            let abroad = self.abroad(skill, better);
            for origin in 0..self.table.places.len() {
                self.of_citizens(skill, origin, &abroad, better, &mut flows);
            }
        }
        flows
    }

    /// Expected flows of the people of each origin, and last of people from outside, if each city (last: the outside)
    /// and the countryside of each origin were better by so much.
    pub(super) fn by_origin(&self, better: &[f64], better_home: &[f64]) -> Vec<ExpectedFlows> {
        let places = self.table.places.len();
        let abroad = [0, 1].map(|skill| self.abroad(skill, better));
        (0..=places)
            .into_par_iter()
            .map(|origin| {
                let mut flows = ExpectedFlows::none(places + 1);
                let better_home = better_home.get(origin).copied().unwrap_or(0.0);
                for (skill, abroad) in abroad.iter().enumerate() {
                    self.of_origin(skill, origin, better, better_home, &mut flows);
                    if origin < places {
                        self.of_citizens(skill, origin, abroad, better, &mut flows);
                    }
                }
                flows
            })
            .collect()
    }

    /// What each city is worth to citizens of others.
    fn abroad(&self, skill: usize, better: &[f64]) -> Vec<f64> {
        self.elsewhere.iter().zip(better).map(|(elsewhere, better)| elsewhere[skill] + better).collect()
    }

    /// Rural-registered people of an origin: at home, in cities, outside.
    fn of_origin(&self, skill: usize, origin: usize, better: &[f64], better_home: f64, flows: &mut ExpectedFlows) {
        let places = self.table.places.len();
        let mass = self.table.mass_per_agent(origin);
        let (outside, migrant, rule) = (self.outside, self.migrant, self.rule);
        let stranger = origin == places;
        let home =
            if stranger { outside.value[skill][origin] + better[places] } else { self.rural[origin] + better_home };
        let mut stay: Vec<f64> =
            (0..places).map(|to| migrant.value[skill][origin * places + to] + better[to]).collect();
        stay.push(outside.value[skill][origin] + better[places]);
        let enter: Vec<f64> = (0..=places)
            .map(|to| {
                let cost = if to < places { migrant.cost[origin * places + to] } else { outside.cost[origin] };
                stay[to] - cost
            })
            .collect();
        let top = stay.iter().chain(&enter).fold(home, |top, value| top.max(*value));
        let odds = |value: f64| exp((rule.precision * (value - top)).max(EXPONENT_MIN));
        let stay: Vec<f64> = stay.into_iter().map(odds).collect();
        let enter: Vec<f64> = enter.into_iter().map(odds).collect();
        let from_home =
            if stranger { 0.0 } else { rule.revision_rural * mass * f64::from(self.counts.rural[skill][origin]) };
        if from_home > 0.0 {
            let home = odds(home);
            for (to, look) in self.looks.of(origin).iter().enumerate() {
                let yes = enter[to] / (enter[to] + home);
                let leaving = from_home * look * yes;
                self.arrive(to, leaving, yes, flows);
                flows.home_response += rule.precision * leaving * (1.0 - yes);
            }
        }
        let back = odds(home - rule.return_cost);
        for (from, stay) in stay.iter().enumerate() {
            if stranger && from == places {
                continue;
            }
            let agents = if from < places {
                self.counts.migrants[skill][origin * places + from]
            } else {
                self.counts.outside[skill][origin]
            };
            if agents == 0 {
                continue;
            }
            let half = 0.5 * rule.revision_migrant * mass * f64::from(agents);
            let yes = back / (back + stay);
            self.depart(from, half * yes, yes, flows);
            if !stranger {
                flows.home_response += rule.precision * half * yes * (1.0 - yes);
            }
            for (to, look) in self.looks.of(origin).iter().enumerate() {
                if to == from || (stranger && to == places) {
                    continue;
                }
                let yes = enter[to] / (enter[to] + stay);
                let moving = half * look * yes;
                self.arrive(to, moving, yes, flows);
                self.depart(from, moving, yes, flows);
            }
        }
    }

    /// Citizens of an origin who leave for another city; those in other cities look at home or at a third one. `abroad` is
    /// what each city is worth to them.
    fn of_citizens(&self, skill: usize, origin: usize, abroad: &[f64], better: &[f64], flows: &mut ExpectedFlows) {
        let rule = self.rule;
        let mass = self.table.mass_per_agent(origin);
        let home = self.citizen[origin][skill] + better[origin];
        for (from, &here) in abroad.iter().enumerate() {
            let at = origin * abroad.len() + from;
            let at_home = from == origin;
            let (agents, stay, looking) = if at_home {
                (self.counts.citizens[skill][at], home, rule.revision_citizen)
            } else {
                (self.counts.elsewhere[skill][at], here, 0.5 * rule.revision_migrant)
            };
            if agents == 0 {
                continue;
            }
            let people = looking * mass * f64::from(agents);
            if !at_home {
                let yes = acceptance(rule.precision, home - rule.return_cost - stay);
                self.depart(from, people * yes, yes, flows);
            }
            for (to, (there, look)) in abroad.iter().zip(self.looks.of(origin)).enumerate() {
                if to == from || to == origin {
                    continue;
                }
                let yes = acceptance(rule.precision, there - rule.citizen_cost - stay);
                let moving = people * look * yes;
                self.arrive(to, moving, yes, flows);
                if !at_home {
                    self.depart(from, moving, yes, flows);
                }
            }
        }
    }

    fn arrive(&self, site: usize, people: f64, yes: f64, flows: &mut ExpectedFlows) {
        flows.arrivals[site] += people;
        flows.response[site] += self.rule.precision * people * (1.0 - yes);
    }

    fn depart(&self, site: usize, people: f64, yes: f64, flows: &mut ExpectedFlows) {
        flows.departures[site] += people;
        flows.response[site] += self.rule.precision * people * (1.0 - yes);
    }
}

/// Migrants of each city, and last the region's people outside, thousand persons.
pub(super) fn stocks(world: &World) -> Vec<f64> {
    let mut stocks = world.by_city::<Migrants>().to_vec();
    let outside = &world.resource::<OutsideStocks>().people;
    stocks.push(outside[..stocks.len()].iter().sum());
    stocks
}
