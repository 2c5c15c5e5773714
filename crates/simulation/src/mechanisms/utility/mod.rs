//! Utility: what each place is worth to each kind of person, and what moving there costs.
//!
//! - **Reads** [`PriceIndex`], [`ConsumerServicesPrice`], [`FoodPrice`], [`GoingRent`], [`LandSpending`], [`Pay`],
//!   [`CapitalIncome`], [`RuralIncomePerHead`], [`RemittanceShare`], [`FiscalRates`], [`LevyRate`], [`ServiceRules`],
//!   [`ServiceOutput`], [`RuralServiceOutput`], [`MigrantAccess`], [`Amenity`], [`HomeAmenity`], [`AmenityLoss`], [`EntryCost`], [`FallenCosts`],
//!   [`Citizens`], [`Tastes`], [`LastMile`], [`TradePolicy`], [`PlaceTable`], [`IndustryTable`], [`MoneyUnit`],
//!   [`OutsideRule`], [`OutsideTerms`]. **Writes** [`CostOfLiving`], [`RuralCostOfLiving`], [`RentPerCitizen`],
//!   [`ValuationInputs`], [`CitizenUtility`], [`ElsewhereUtility`], [`RuralUtility`], [`MigrantUtility`],
//!   [`OutsideUtility`]: values by kind and place, never probabilities, so that a better place repels nobody.
//! - **Phase** [`Phase::Utilities`](crate::step::Phase::Utilities). **Random numbers** none. **Equations**
//!   [`economics::utility`].
//! - Every model has it. Without migrant location its numbers are that block's defaults.

mod entrepreneurs;
mod moving_costs;
mod outside;

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use economics::goods_market::rural_scale;
use economics::maths::ln;
use economics::utility::{
    Living, citizen_income, ln_city_prices, ln_rural_prices, migrant_utility, migrant_utility_at_destination,
    rent_per_citizen, resident_utility, services_for_migrants,
};
use rayon::prelude::*;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::agents::city::{ByCity, ByCityMut, BySector, columns};
use crate::mechanisms::capital::CapitalIncome;
use crate::mechanisms::consumer_services::ConsumerServicesPrice;
use crate::mechanisms::fiscal::FiscalRates;
use crate::mechanisms::goods_market::{FoodPrice, PriceIndex, Tastes};
use crate::mechanisms::incomes::RuralIncomePerHead;
use crate::mechanisms::market_access::LastMile;
use crate::mechanisms::outside::OutsideTerms;
use crate::mechanisms::pollution::AmenityLoss;
use crate::mechanisms::population::Citizens;
use crate::mechanisms::programmes::LevyRate;
use crate::mechanisms::public_services::{MigrantAccess, RuralServiceOutput, ServiceOutput, ServiceRules};
use crate::mechanisms::remittances::RemittanceShare;
use crate::mechanisms::rent_pressure::{GoingRent, LandSpending};
use crate::mechanisms::wage_setting::Pay;
use crate::model::Model;
use crate::region::{IndustryTable, MoneyUnit, PlaceTable};
use crate::step::Step;

#[cfg(doc)]
use crate::mechanisms::{
    goods_market::ProfitRate, migration_costs::FallenCosts, outside::OutsideRule, settlement_rules::EntryCost,
    towns::TownProfitRate, trade_policy::TradePolicy,
};

columns! {
    /// Log cost of living in the city, without food.
    city CostOfLiving(f64);
    /// Log cost of living in the countryside, without food.
    city RuralCostOfLiving(f64);
    /// Land rents per registered citizen, yuan a quarter.
    nominal city RentPerCitizen(f64);
    /// Utility of a registered citizen at home, by skill.
    city CitizenUtility([f64; 2]);
    /// Utility of a citizen of another place, by skill.
    city ElsewhereUtility([f64; 2]);
    /// Utility of a rural person at home.
    city RuralUtility(f64);
    /// Amenity beside all else, utility: from the scenario and the calibration by inversion.
    city Amenity(f64) = |opening, place| opening.table.places[place].amenity;
    /// What the countryside is worth to its people beside all else, utility: from the calibration by inversion.
    city HomeAmenity(f64);
}

/// What cities are worth to rural-registered people of each origin, by pair `[origin * places + city]`, with one more row
/// for people from outside.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MigrantUtility {
    /// Utility by skill, networks included, cost of moving not.
    pub value: [Vec<f64>; 2],
    /// The part of it that friends from home make.
    pub network: Vec<f64>,
    /// Cost of moving to the city (moving, distance, entry), utility.
    pub cost: Vec<f64>,
}

/// What the outside is worth, by origin; the last entry is for people from outside.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OutsideUtility {
    /// Utility by skill.
    pub value: [Vec<f64>; 2],
    /// Cost of leaving for the outside, utility.
    pub cost: Vec<f64>,
    /// Amenity of the outside that the calibration by inversion found.
    pub amenity: f64,
}

/// All utilities, for whoever chooses or records.
#[derive(SystemParam)]
pub struct UtilitiesOfPlaces<'w> {
    /// Of citizens at home, by city and skill.
    pub citizen: ByCity<'w, CitizenUtility>,
    /// Of citizens of other places, by city and skill.
    pub elsewhere: ByCity<'w, ElsewhereUtility>,
    /// Of rural people at home.
    pub rural: ByCity<'w, RuralUtility>,
    /// Of migrants, by pair.
    pub migrant: Res<'w, MigrantUtility>,
    /// Of people outside, by origin.
    pub outside: Res<'w, OutsideUtility>,
}

/// What the countryside is worth to its people.
#[derive(Resource, Clone, Copy, Debug)]
struct Attachment(f64);

/// Values of cities to migrants, by skill and city, before prices at their homes count.
#[derive(Resource, Clone, Debug, Default)]
struct ValueBeforeRemittances([Vec<f64>; 2]);

/// What money buys in the quarter, whoever has it.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct ValuationInputs {
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
    /// Loss of a migrant who receives no service.
    exclusion_penalty: f64,
}

/// Inserts the utilities of pairs and of the outside, all zero.
pub(crate) fn insert_empty(world: &mut World, places: usize) {
    let pairs = || vec![0.0; (places + 1) * places];
    let origins = || vec![0.0; places + 1];
    world.insert_resource(MigrantUtility { value: [pairs(), pairs()], network: pairs(), cost: pairs() });
    world.insert_resource(OutsideUtility { value: [origins(), origins()], cost: origins(), amenity: 0.0 });
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let block = scenario.mechanisms.migrant_location.clone().unwrap_or_default();
    model.world.insert_resource(Attachment(block.rural_attachment));
    moving_costs::add(model, &block);
    model.world.insert_resource(ValueBeforeRemittances::default());
    model.world.insert_resource(ValuationInputs::default());
    model
        .add(Step::SetCostOfLiving, set_cost_of_living)
        .add(Step::ValueSites, entrepreneurs::value_sites_for_entrepreneurs)
        .add(Step::GatherInputs, gather_inputs)
        .add(Step::ValueHome, value_home_for_citizens)
        .add(Step::ValueCountryside, value_countryside)
        .add(Step::ValueForOthers, value_cities_for_others)
        .add(Step::ValueForMigrants, value_cities_for_migrants.run_if(someone_chooses))
        .add(Step::ValueOutside, outside::value_outside);
}

/// Whether prices settle in burn-in, with quarters to come before anybody chooses. Values by pairs of places then wait.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub(crate) struct Settling(pub(crate) bool);

/// Whether values of this quarter are looked at.
pub(crate) fn someone_chooses(settling: Option<Res<Settling>>) -> bool {
    settling.is_none_or(|settling| !settling.0)
}

#[expect(clippy::too_many_arguments, reason = "a cost of living has all prices in it")]
fn set_cost_of_living(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    last_mile: Res<LastMile>,
    going_rent: ByCity<GoingRent>,
    price_index: BySector<PriceIndex>,
    services_price: ByCity<ConsumerServicesPrice>,
    mut cost_of_living: ByCityMut<CostOfLiving>,
    mut rural_cost_of_living: ByCityMut<RuralCostOfLiving>,
) {
    let (industries, indices) = (&industries, &price_index);
    let bought = |place: usize| {
        let goods = (0..industries.firms()).filter(|&industry| industries.makes_goods(industry));
        goods.map(move |industry| (industries.parameters[industry].expenditure_share, indices[industry][place]))
    };
    for (place, &rent) in going_rent.iter().enumerate() {
        cost_of_living[place] = ln_city_prices(bought(place), services_price[place], rent, &tastes.shares);
        rural_cost_of_living[place] = ln_rural_prices(bought(place), last_mile.0, &tastes.shares);
    }
}

#[expect(clippy::too_many_arguments, reason = "it gathers what the others share")]
fn gather_inputs(
    tastes: Res<Tastes>,
    fiscal: Option<Res<FiscalRates>>,
    services: Option<Res<ServiceRules>>,
    food_price: Res<FoodPrice>,
    levy: Res<LevyRate>,
    land_spending: ByCity<LandSpending>,
    citizens: ByCity<Citizens>,
    mut rents: ByCityMut<RentPerCitizen>,
    mut inputs: ResMut<ValuationInputs>,
) {
    let rent_share = fiscal.as_ref().map(|rates| rates.rent_share);
    let columns = land_spending.iter().zip(citizens.iter());
    for (rent, (spending, citizens)) in rents.iter_mut().zip(columns) {
        *rent = rent_per_citizen(*spending, rent_share.unwrap_or(0.0), *citizens);
    }
    let food_log = tastes.shares.food * ln(food_price.0);
    *inputs = ValuationInputs {
        subsistence_cost: food_price.0 * tastes.shares.subsistence,
        food_log,
        rural_food_log: rural_scale(&tastes.shares) * food_log,
        tax_rate: fiscal.map_or(0.0, |rates| rates.tax_rate) + levy.0,
        rent_share,
        services_weight: services.as_ref().map_or(0.0, |rules| rules.amenity_weight()),
        exclusion_penalty: services.map_or(0.0, |rules| rules.exclusion_penalty()),
    };
}

/// What a city offers to whoever lives in it.
#[derive(SystemParam)]
struct CityOffers<'w> {
    table: Res<'w, PlaceTable>,
    pay: ByCity<'w, Pay>,
    capital_income: Res<'w, CapitalIncome>,
    cost_of_living: ByCity<'w, CostOfLiving>,
    service_output: ByCity<'w, ServiceOutput>,
    amenity: ByCity<'w, Amenity>,
    amenity_loss: ByCity<'w, AmenityLoss>,
}

fn value_home_for_citizens(
    inputs: Res<ValuationInputs>,
    offers: CityOffers,
    citizens: ByCity<Citizens>,
    land_spending: ByCity<LandSpending>,
    rent_per_citizen: ByCity<RentPerCitizen>,
    mut utility: ByCityMut<CitizenUtility>,
) {
    let capital_income = offers.capital_income.0;
    for (place, by_skill) in utility.iter_mut().enumerate() {
        for (skill, utility) in by_skill.iter_mut().enumerate() {
            let pay = offers.pay[place] * offers.table.efficiency[skill];
            let income = match inputs.rent_share {
                Some(rent_share) => citizen_income(
                    pay,
                    inputs.tax_rate,
                    land_spending[place],
                    rent_share,
                    citizens[place],
                    capital_income,
                ),
                None => pay * (1.0 - inputs.tax_rate) + rent_per_citizen[place] + capital_income,
            };
            *utility = resident_utility(&Living {
                income,
                subsistence_cost: inputs.subsistence_cost,
                ln_food: inputs.food_log,
                ln_price_level: offers.cost_of_living[place],
                services: offers.service_output[place],
                services_weight: inputs.services_weight,
                amenity: offers.amenity[place] - offers.amenity_loss[place],
            });
        }
    }
}

fn value_countryside(
    inputs: Res<ValuationInputs>,
    attachment: Res<Attachment>,
    mut places: Query<(&RuralIncomePerHead, &RuralCostOfLiving, &RuralServiceOutput, &HomeAmenity, &mut RuralUtility)>,
) {
    for (income, cost_of_living, services, home, mut utility) in &mut places {
        utility.0 = resident_utility(&Living {
            income: income.0,
            subsistence_cost: inputs.subsistence_cost,
            ln_food: inputs.rural_food_log,
            ln_price_level: cost_of_living.0,
            services: services.0,
            services_weight: inputs.services_weight,
            amenity: attachment.0 + home.0,
        });
    }
}

/// Citizens of other places keep their share of capital income, have no part in local rents, and send nothing home.
fn value_cities_for_others(
    inputs: Res<ValuationInputs>,
    offers: CityOffers,
    remittance_share: ByCity<RemittanceShare>,
    rural_output: ByCity<RuralServiceOutput>,
    migrant_access: ByCity<MigrantAccess>,
    mut before_remittances: ResMut<ValueBeforeRemittances>,
    mut utility: ByCityMut<ElsewhereUtility>,
) {
    for skill in 0..2 {
        let migrants = &mut before_remittances.0[skill];
        migrants.resize(utility.len(), 0.0);
        for (place, (other, migrant)) in utility.iter_mut().zip(migrants).enumerate() {
            let access = migrant_access[place];
            let pay = offers.pay[place] * offers.table.efficiency[skill] * (1.0 - inputs.tax_rate);
            let living = |income: f64, remitted: f64| Living {
                income,
                subsistence_cost: inputs.subsistence_cost,
                ln_food: (1.0 - remitted) * inputs.food_log,
                ln_price_level: offers.cost_of_living[place],
                services: services_for_migrants(offers.service_output[place], rural_output[place], access),
                services_weight: inputs.services_weight,
                amenity: offers.amenity[place] - offers.amenity_loss[place],
            };
            let value = |income: f64, remitted: f64| {
                migrant_utility_at_destination(&living(income, remitted), remitted, inputs.exclusion_penalty, access)
            };
            other[skill] = value(pay + offers.capital_income.0, 0.0);
            *migrant = value(pay, remittance_share[place]);
        }
    }
}

/// What is sent home is spent at the prices of home, food included; for people from outside, at those of the outside.
#[expect(clippy::too_many_arguments, reason = "prices here, at home and outside")]
fn value_cities_for_migrants(
    unit: Res<MoneyUnit>,
    inputs: Res<ValuationInputs>,
    tastes: Res<Tastes>,
    remittance_share: ByCity<RemittanceShare>,
    terms: Option<Res<OutsideTerms>>,
    rural_cost_of_living: ByCity<RuralCostOfLiving>,
    before_remittances: Res<ValueBeforeRemittances>,
    mut utility: ResMut<MigrantUtility>,
) {
    let (shares, rural_living) = (&*remittance_share, &*rural_cost_of_living);
    let outside = terms
        .map_or(0.0, |terms| outside::living_log(&terms, &tastes, unit.0) + outside::food_log(&terms, &tastes, unit.0));
    for (table, destinations) in utility.value.iter_mut().zip(&before_remittances.0) {
        table.par_chunks_mut(shares.len().max(1)).enumerate().for_each(|(origin, row)| {
            let at_home = rural_living.get(origin).map_or(outside, |living| living + inputs.rural_food_log);
            for ((utility, there), share) in row.iter_mut().zip(destinations).zip(shares) {
                *utility = migrant_utility(*there, *share, at_home);
            }
        });
    }
}
