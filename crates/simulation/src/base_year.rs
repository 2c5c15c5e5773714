//! What the first values of all columns are made from: the scenario, and who and what is where in the base year.

use scenario::scenario::Scenario;

use crate::region::{IndustryTable, PlaceTable};

/// People of a place in whole persons. The parts add up: `urban = registered + own_hinterland + other_places +
/// from_outside`, and `registered + own_hinterland + rural + absent` is everyone registered in the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    /// Urban residents with local registration.
    pub registered: u64,
    /// Urban residents from the place's own countryside.
    pub own_hinterland: u64,
    /// Urban residents from other places of the region.
    pub other_places: u64,
    /// Urban residents from outside the region.
    pub from_outside: u64,
    /// Residents of the countryside.
    pub rural: u64,
    /// People registered here who live elsewhere.
    pub absent: u64,
    /// Of them, those who are outside the region.
    pub outside: u64,
}

impl Margin {
    /// Urban residents.
    #[must_use]
    pub fn urban(&self) -> u64 {
        self.registered + self.own_hinterland + self.other_places + self.from_outside
    }
}

/// Firms at the start, in firm units, all of productivity one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpeningFirms {
    /// By industry and city.
    pub count: Vec<Vec<f64>>,
    /// In towns, by place.
    pub town_count: Vec<f64>,
}

/// Land at the start, km² by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpeningLand {
    /// Urban construction land.
    pub construction: Vec<f64>,
    /// Land of town firms.
    pub town: Vec<f64>,
    /// Arable land.
    pub arable: Vec<f64>,
    /// Homesteads.
    pub homestead: Vec<f64>,
    /// Homesteads of absent people: part of `homestead`.
    pub idle: Vec<f64>,
    /// Reserve that can be reclaimed.
    pub reserve: Vec<f64>,
    /// Sum of the uses.
    pub total: Vec<f64>,
    /// Homestead land of one thousand persons of each origin.
    pub homestead_per_head: Vec<f64>,
}

/// Everything that first values are made from. Amounts of money are in units of the scenario's farm income: multiplying
/// that figure by any factor multiplies every sum of money by it and changes nothing else.
pub struct Opening<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Places.
    pub table: &'a PlaceTable,
    /// Industries with firms.
    pub industries: &'a IndustryTable,
    /// People by place.
    pub margins: &'a [Margin],
    /// Firms.
    pub firms: OpeningFirms,
    /// Land.
    pub land: OpeningLand,
}

impl Opening<'_> {
    /// Farm income per person and quarter, yuan: the unit of every opening figure of money.
    #[must_use]
    pub fn unit(&self) -> f64 {
        self.scenario.money.farm_income
    }

    /// Urban residents, thousand persons.
    #[must_use]
    pub fn urban(&self, place: usize) -> f64 {
        self.margins[place].urban() as f64 / 1000.0
    }

    /// Rural residents, thousand persons.
    #[must_use]
    pub fn rural(&self, place: usize) -> f64 {
        self.margins[place].rural as f64 / 1000.0
    }
}
