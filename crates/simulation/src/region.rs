//! What never changes in a run: places, distances, industries, and the unit of money.
//!
//! Units everywhere: people in thousand persons (workers with their dependants), land in km², money in yuan (sums in
//! thousand yuan), distance in km, time in quarters. Pairs of places are row-major: `[from * places + to]`. Figures by
//! industry are `[industry][place]`, with the industries that have firms in the scenario's order.

use bevy_ecs::prelude::*;
use economics::cost::CostShares;
use scenario::industry::{Industry, IndustryParameters, Role};
use scenario::place::Place;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

/// Least share of residents who work that a place is taken to have, so that nobody has endless dependants.
const WORKING_SHARE_MIN: f64 = 0.02;

/// Where people live or look, as seen from the place they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveClass {
    /// The city of their own prefecture.
    OwnPrefecture,
    /// Another place of their province.
    SameProvince,
    /// A place of another province, or the outside. To people from outside every place is one.
    OtherProvince,
}

impl MoveClass {
    /// All classes, in the order of tables by class.
    pub const ALL: [Self; 3] = [Self::OwnPrefecture, Self::SameProvince, Self::OtherProvince];
}

/// The places and what the scenario says of each.
#[derive(Resource, Clone, Debug)]
pub struct PlaceTable {
    /// In the order of the region table.
    pub places: Vec<Place>,
    /// Number of each place's province, in the order in which provinces first appear: all 0 where the table names none.
    pub provinces: Vec<usize>,
    /// Residents per worker of each origin; a person's dependants are those of the place that the person comes from,
    /// so that a move never makes people appear or vanish. The last entry is for people from outside.
    pub dependants: Vec<f64>,
    /// Persons of working age per worker agent.
    pub workers_per_agent: f64,
    /// Efficiency of unskilled and skilled workers.
    pub efficiency: [f64; 2],
}

/// Distances.
#[derive(Resource, Clone, Debug)]
pub struct Geography {
    /// Number of places.
    pub places: usize,
    /// Kilometres, row-major.
    pub distance: Vec<f64>,
}

/// Industries in dense form. Those with firms (goods and producer services) come first as `0..firms`.
#[derive(Resource, Clone, Debug)]
pub struct IndustryTable {
    /// Names of the industries with firms.
    pub names: Vec<String>,
    /// Roles of the industries with firms: `Goods` or `ProducerServices`.
    pub roles: Vec<Role>,
    /// Numbers of the industries with firms.
    pub parameters: Vec<IndustryParameters>,
    /// Index of producer services among them, if any.
    pub producer_services: Option<usize>,
    /// Index of the industry whose firms may be in towns, if any (and if towns are on).
    pub in_towns: Option<usize>,
    /// Name of consumer services.
    pub consumer_services: String,
    /// Name of agriculture.
    pub agriculture: String,
}

/// One initial farm income, in yuan per person and quarter. Every nominal constant of a scenario that is given in farm
/// incomes is a multiple of it: the scenario's `money.farm_income` at first, and that times the factor by which the
/// calibration by inversion scales money.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MoneyUnit(pub f64);

impl PlaceTable {
    /// Places of a scenario.
    ///
    /// # Formula
    ///
    /// `dependants = 1 / (share of working age × participation)`, residents per worker, by origin. People from outside
    /// are as the region's people are on average.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let working = |share: f64| (share * scenario.initial.participation).max(WORKING_SHARE_MIN);
        let mut dependants: Vec<f64> =
            scenario.places.iter().map(|place| 1.0 / working(place.working_age_share)).collect();
        let people: f64 = scenario.places.iter().map(|place| place.population).sum();
        let mean = if people > 0.0 {
            let weighted: f64 =
                scenario.places.iter().zip(&dependants).map(|(place, each)| place.population * each).sum();
            weighted / people
        } else {
            1.0 / working(1.0)
        };
        dependants.push(mean);
        Self {
            places: scenario.places.clone(),
            provinces: provinces(&scenario.places),
            dependants,
            workers_per_agent: scenario.workers_per_agent,
            efficiency: [1.0, scenario.initial.skill_premium],
        }
    }

    /// The class of a place (the number of places is the outside) for people of an origin (or from outside).
    #[must_use]
    pub fn class(&self, origin: usize, site: usize) -> MoveClass {
        let places = self.places.len();
        if origin == places || site == places {
            MoveClass::OtherProvince
        } else if origin == site {
            MoveClass::OwnPrefecture
        } else if self.provinces[origin] == self.provinces[site] {
            MoveClass::SameProvince
        } else {
            MoveClass::OtherProvince
        }
    }

    /// Thousand persons that one agent of an origin stands for.
    #[must_use]
    pub fn mass_per_agent(&self, origin: usize) -> f64 {
        self.workers_per_agent * self.dependants[origin] / 1000.0
    }
}

fn provinces(places: &[Place]) -> Vec<usize> {
    let mut names: Vec<&str> = Vec::new();
    let mut numbers = Vec::with_capacity(places.len());
    for place in places {
        let known = names.iter().position(|name| *name == place.province);
        numbers.push(known.unwrap_or(names.len()));
        if known.is_none() {
            names.push(&place.province);
        }
    }
    numbers
}

impl Geography {
    /// Distances of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self { places: scenario.places.len(), distance: scenario.distances.clone() }
    }
}

impl IndustryTable {
    /// Industries of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let with_firms: Vec<&Industry> = with_firms(scenario).map(|(_, industry)| industry).collect();
        let name_of = |role: Role, otherwise: &str| {
            let found = scenario.industries.iter().find(|industry| industry.role == role);
            found.map_or_else(|| otherwise.to_owned(), |industry| industry.name.clone())
        };
        let services_on = scenario.mechanisms.producer_services.is_some();
        let towns_on = scenario.mechanisms.towns.is_some();
        Self {
            names: with_firms.iter().map(|industry| industry.name.clone()).collect(),
            roles: with_firms.iter().map(|industry| industry.role).collect(),
            parameters: with_firms.iter().map(|industry| industry.parameters.clone()).collect(),
            producer_services: with_firms
                .iter()
                .position(|industry| services_on && industry.role == Role::ProducerServices),
            in_towns: with_firms
                .iter()
                .position(|industry| towns_on && industry.role == Role::Goods && industry.parameters.in_towns),
            consumer_services: name_of(Role::ConsumerServices, "consumer_services"),
            agriculture: name_of(Role::Agriculture, "agriculture"),
        }
    }

    /// Number of industries with firms.
    #[must_use]
    pub fn firms(&self) -> usize {
        self.names.len()
    }

    /// Whether an industry makes goods.
    #[must_use]
    pub fn makes_goods(&self, industry: usize) -> bool {
        self.roles[industry] == Role::Goods
    }
}

/// Industries with firms, with their numbers in the scenario.
pub(crate) fn with_firms(scenario: &Scenario) -> impl Iterator<Item = (usize, &Industry)> {
    let industries = scenario.industries.iter().enumerate();
    industries.filter(|(_, industry)| matches!(industry.role, Role::Goods | Role::ProducerServices))
}

/// What the scenario says of an industry (by its number there) in a place: a multiple of productivity.
pub(crate) fn stated_endowment(scenario: &Scenario, industry: usize, place: usize) -> f64 {
    scenario.places[place].endowment.get(industry).copied().unwrap_or(1.0)
}

/// Cost shares of an industry with firms. Where producer services are off, labour does their work.
#[must_use]
pub fn cost_shares(industries: &IndustryTable, industry: usize) -> CostShares {
    let numbers = &industries.parameters[industry];
    let (labour, services) = match industries.producer_services {
        Some(_) => (numbers.labour_share, numbers.producer_service_share),
        None => (numbers.labour_share + numbers.producer_service_share, 0.0),
    };
    CostShares { labour, land: numbers.land_share, capital: numbers.capital_share, producer_services: services }
}
