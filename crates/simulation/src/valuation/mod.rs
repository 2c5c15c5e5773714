//! Valuation: what each place is worth to each kind of person, and what moving there costs.
//!
//! - **Reads** pay, incomes, prices, rents, services, emissions. **Writes** costs of living in [`Prices`], returns to
//!   entrepreneurs in [`Markets`](crate::places::Markets) where firms are run by mobile skill, and
//!   [`Utilities`]: values by type and place, never chances, so that a better place repels nobody.
//! - **Phase** [`Phase::Utilities`]. **Chance** none. **Equations** [`economics::utility`].
//! - Every model has it. Without migrant location its numbers are that block's defaults.

mod entrepreneurs;
mod outside;

use bevy_ecs::prelude::*;
use economics::goods_market::rural_scale;
use economics::maths::ln;
use economics::utility::{
    Living, citizen_income, migrant_utility_at_destination, moving_cost, resident_utility, services_for_migrants,
};
use rayon::prelude::*;
use scenario::industry::Role;
use scenario::mechanisms::migrant_location::MigrantLocation;
use scenario::scenario::Scenario;

use crate::economy::{LastMile, RemittanceShares, Step, Tastes};
use crate::mechanisms::fiscal::FiscalRates;
use crate::mechanisms::outside::{OutsideRule, OutsideTerms};
use crate::mechanisms::public_services::ServiceRules;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{
    Emissions, Geography, Incomes, IndustryTable, Labour, MoneyUnit, PlaceTable, Population, Prices, Rents, Services,
    SettlementPolicy, TradePolicy, Utilities,
};
use crate::plugin::Plugin;

/// Valuation of places.
pub struct ValuationPlugin(MigrantLocation);

impl ValuationPlugin {
    /// From a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self(scenario.mechanisms.migrant_location.clone().unwrap_or_default())
    }
}

/// Costs of moving, and what the countryside is worth to its people.
#[derive(Resource, Clone, Copy, Debug)]
struct Attachment {
    moving_cost: f64,
    distance_cost: f64,
    rural_attachment: f64,
}

/// Values of cities to migrants, by skill and city, before prices at their homes count.
#[derive(Resource, Clone, Debug, Default)]
struct Destinations([Vec<f64>; 2]);

/// What money buys in the quarter, whoever has it.
#[derive(Resource, Clone, Copy, Debug, Default)]
struct ValuationInputs {
    /// Cost of subsistence food, yuan.
    subsistence_cost: f64,
    /// Log of the food price times its share in cities.
    food_log: f64,
    /// Log of the food price times its share in the countryside, also of what is sent there.
    rural_food_log: f64,
    /// Tax and levy on pay.
    tax_rate: f64,
    /// Share of rents that governments take; `None` without public finance.
    rent_share: Option<f64>,
    /// Weight of services.
    services_weight: f64,
    /// Loss of a migrant whom no service reaches.
    exclusion_penalty: f64,
}

impl Plugin for ValuationPlugin {
    fn build(&self, model: &mut Model) {
        model.world.insert_resource(Attachment {
            moving_cost: self.0.moving_cost,
            distance_cost: self.0.distance_cost,
            rural_attachment: self.0.rural_attachment,
        });
        model.world.insert_resource(Destinations::default());
        model.world.insert_resource(ValuationInputs::default());
        model.add_systems(
            Phase::Utilities,
            (
                set_cost_of_living,
                entrepreneurs::value_sites_for_entrepreneurs,
                take_stock,
                value_home_for_citizens,
                value_countryside,
                value_cities_for_others,
                value_cities_for_migrants.run_if(someone_chooses),
                outside::value_outside,
                set_moving_costs,
            )
                .chain()
                .in_set(Step::Valuation),
        );
    }
}

/// Whether prices settle in burn-in, with quarters to come before anybody chooses. Values by pairs of places then wait.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub(crate) struct Settling(pub(crate) bool);

/// Whether values of this quarter are looked at.
pub(crate) fn someone_chooses(settling: Option<Res<Settling>>) -> bool {
    settling.is_none_or(|settling| !settling.0)
}

fn set_cost_of_living(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    last_mile: Res<LastMile>,
    rents: Res<Rents>,
    mut prices: ResMut<Prices>,
) {
    let (prices, shares) = (&mut *prices, &tastes.shares);
    let scale = rural_scale(shares);
    let last_mile_log = ln(last_mile.0);
    for place in 0..rents.rent.len() {
        let (mut city, mut rural) = (0.0, 0.0);
        for industry in 0..industries.firms() {
            let share = industries.parameters[industry].expenditure_share;
            if industries.roles[industry] == Role::Goods && share > 0.0 {
                let index_log = ln(prices.index[industry][place]);
                city += share * index_log;
                rural += share * (index_log + last_mile_log);
            }
        }
        city += shares.consumer_services * prices.consumer_services_log[place];
        if shares.housing > 0.0 {
            city += shares.housing * ln(rents.rent[place]);
        }
        prices.living_log[place] = city;
        prices.rural_living_log[place] = scale * rural;
    }
}

#[expect(clippy::too_many_arguments, reason = "it gathers what the others share")]
fn take_stock(
    tastes: Res<Tastes>,
    fiscal: Option<Res<FiscalRates>>,
    services: Option<Res<ServiceRules>>,
    prices: Res<Prices>,
    rents: Res<Rents>,
    population: Res<Population>,
    mut incomes: ResMut<Incomes>,
    mut inputs: ResMut<ValuationInputs>,
) {
    let rent_share = fiscal.as_ref().map(|rates| rates.rent_share);
    let columns = rents.spending.iter().zip(&population.citizens);
    for (each, (spending, citizens)) in incomes.rent_per_head.iter_mut().zip(columns) {
        *each = (1.0 - rent_share.unwrap_or(0.0)) * spending / citizens.max(1e-9);
    }
    *inputs = ValuationInputs {
        subsistence_cost: prices.food * tastes.shares.subsistence,
        food_log: tastes.shares.food * ln(prices.food),
        rural_food_log: rural_scale(&tastes.shares) * (tastes.shares.food * ln(prices.food)),
        tax_rate: fiscal.map_or(0.0, |rates| rates.tax_rate) + incomes.levy_rate,
        rent_share,
        services_weight: services.as_ref().map_or(0.0, |rules| rules.amenity_weight()),
        exclusion_penalty: services.map_or(0.0, |rules| rules.exclusion_penalty()),
    };
}

#[expect(clippy::too_many_arguments, reason = "all that a city offers")]
fn value_home_for_citizens(
    inputs: Res<ValuationInputs>,
    table: Res<PlaceTable>,
    population: Res<Population>,
    labour: Res<Labour>,
    rents: Res<Rents>,
    incomes: Res<Incomes>,
    prices: Res<Prices>,
    services: Res<Services>,
    emissions: Res<Emissions>,
    mut utilities: ResMut<Utilities>,
) {
    let utilities = &mut *utilities;
    for (skill, column) in utilities.citizen.iter_mut().enumerate() {
        for (place, utility) in column.iter_mut().enumerate() {
            let pay = labour.pay[place] * table.efficiency[skill];
            let income = match inputs.rent_share {
                Some(rent_share) => citizen_income(
                    pay,
                    inputs.tax_rate,
                    rents.spending[place],
                    rent_share,
                    population.citizens[place],
                    incomes.capital_per_head,
                ),
                None => pay * (1.0 - inputs.tax_rate) + incomes.rent_per_head[place] + incomes.capital_per_head,
            };
            *utility = resident_utility(&Living {
                income,
                subsistence_cost: inputs.subsistence_cost,
                ln_food: inputs.food_log,
                ln_price_level: prices.living_log[place],
                services: services.output[place],
                services_weight: inputs.services_weight,
                amenity: utilities.amenity[place] - emissions.amenity_loss[place],
            });
        }
    }
}

fn value_countryside(
    inputs: Res<ValuationInputs>,
    attachment: Res<Attachment>,
    incomes: Res<Incomes>,
    prices: Res<Prices>,
    services: Res<Services>,
    mut utilities: ResMut<Utilities>,
) {
    for (place, utility) in utilities.rural.iter_mut().enumerate() {
        *utility = resident_utility(&Living {
            income: incomes.rural_per_head[place],
            subsistence_cost: inputs.subsistence_cost,
            ln_food: inputs.rural_food_log,
            ln_price_level: prices.rural_living_log[place],
            services: services.rural_output[place],
            services_weight: inputs.services_weight,
            amenity: attachment.rural_attachment,
        });
    }
}

/// Citizens of other places keep their share of capital income, have no part in local rents, and send nothing home.
#[expect(clippy::too_many_arguments, reason = "all that a city offers")]
fn value_cities_for_others(
    inputs: Res<ValuationInputs>,
    table: Res<PlaceTable>,
    shares: Res<RemittanceShares>,
    labour: Res<Labour>,
    incomes: Res<Incomes>,
    prices: Res<Prices>,
    services: Res<Services>,
    emissions: Res<Emissions>,
    mut destinations: ResMut<Destinations>,
    mut utilities: ResMut<Utilities>,
) {
    let utilities = &mut *utilities;
    for skill in 0..2 {
        let others = utilities.citizen_elsewhere[skill].iter_mut();
        let migrants = &mut destinations.0[skill];
        migrants.resize(labour.pay.len(), 0.0);
        for (place, (other, migrant)) in others.zip(migrants).enumerate() {
            let access = services.migrant_access[place];
            let pay = labour.pay[place] * table.efficiency[skill] * (1.0 - inputs.tax_rate);
            let living = |income: f64, remitted: f64| Living {
                income,
                subsistence_cost: inputs.subsistence_cost,
                ln_food: (1.0 - remitted) * inputs.food_log,
                ln_price_level: prices.living_log[place],
                services: services_for_migrants(services.output[place], services.rural_output[place], access),
                services_weight: inputs.services_weight,
                amenity: utilities.amenity[place] - emissions.amenity_loss[place],
            };
            let value = |income: f64, remitted: f64| {
                migrant_utility_at_destination(&living(income, remitted), remitted, inputs.exclusion_penalty, access)
            };
            *other = value(pay + incomes.capital_per_head, 0.0);
            *migrant = value(pay, shares.0[place]);
        }
    }
}

/// What is sent home is spent at the prices of home, food included; for people from outside, at those of the outside.
#[expect(clippy::too_many_arguments, reason = "prices here, at home and outside")]
fn value_cities_for_migrants(
    unit: Res<MoneyUnit>,
    inputs: Res<ValuationInputs>,
    tastes: Res<Tastes>,
    shares: Res<RemittanceShares>,
    terms: Option<Res<OutsideTerms>>,
    prices: Res<Prices>,
    destinations: Res<Destinations>,
    mut utilities: ResMut<Utilities>,
) {
    let places = shares.0.len();
    let outside = terms
        .map_or(0.0, |terms| outside::living_log(&terms, &tastes, unit.0) + outside::food_log(&terms, &tastes, unit.0));
    for (table, destinations) in utilities.migrant.iter_mut().zip(&destinations.0) {
        table.par_chunks_mut(places.max(1)).enumerate().for_each(|(origin, row)| {
            let at_home = prices.rural_living_log.get(origin).map_or(outside, |living| living + inputs.rural_food_log);
            for ((utility, there), share) in row.iter_mut().zip(destinations).zip(&shares.0) {
                *utility = there - share * at_home;
            }
        });
    }
}

/// What the costs of moving were last computed from: they change only with measures and rules.
#[derive(Default)]
struct CostsOf {
    revision: Option<u32>,
    entry_cost: Vec<f64>,
}

fn set_moving_costs(
    attachment: Res<Attachment>,
    outside: Option<Res<OutsideRule>>,
    geography: Res<Geography>,
    trade: Res<TradePolicy>,
    settlement: Res<SettlementPolicy>,
    mut utilities: ResMut<Utilities>,
    mut costs_of: Local<CostsOf>,
) {
    if costs_of.revision == Some(trade.revision) && costs_of.entry_cost == settlement.entry_cost {
        return;
    }
    costs_of.revision = Some(trade.revision);
    costs_of.entry_cost.clone_from(&settlement.entry_cost);
    let places = geography.places;
    let cost =
        |distance: f64, entry: f64| moving_cost(distance, attachment.moving_cost, attachment.distance_cost, entry);
    let far = outside.map_or(0.0, |outside| outside.block.distance);
    utilities.cost.par_chunks_mut(places.max(1)).enumerate().for_each(|(origin, row)| {
        let pairs = origin * places..(origin + 1) * places;
        for (place, (out, &entry)) in row.iter_mut().zip(&settlement.entry_cost).enumerate() {
            let pair = pairs.start + place;
            let distance = if origin < places { geography.distance[pair] * trade.travel_cost[pair] } else { far };
            *out = cost(distance, entry);
        }
    });
    utilities.outside_cost.fill(cost(far, 0.0));
}
