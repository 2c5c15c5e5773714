//! Table `cities`: every place in every quarter.

use economics::maths::{exp, ln};
use scenario::industry::Role;
use scenario::place::Level;

use super::columns::{Columns, unit};
use super::memory::Memory;
use super::people::{TIERS, tier};
use super::quarter::{Quarter, per};
use super::reading::Reading;
use crate::accounts::Holder;
use crate::table::{Cell, Table};

const LEVELS: [&str; 3] = ["centre", "municipal", "county"];

pub(super) fn table(places: &[String]) -> Table {
    use unit::{INDEX, KM2, PERSONS, SHARE, WORKERS, YUAN, YUAN_WORKER};
    let fields = Columns::by_quarter()
        .name("city", "Place.")
        .real("population", PERSONS, "All residents of the place, urban and rural, with their dependants.")
        .real("urban_population", PERSONS, "Residents of the city.")
        .real("rural_population", PERSONS, "Residents of the countryside.")
        .real("registered", PERSONS, "Urban residents with local registration.")
        .real("migrants", PERSONS, "Urban residents without local registration.")
        .real("employment", WORKERS, "People in work in the city, in towns and on farms.")
        .real("unemployment", SHARE, "Share of the city's people of working age who are without work.")
        .real("wage", YUAN_WORKER, "Mean pay of a person in work in the city, before tax.")
        .real("rent", "constant yuan per km2 and quarter", "Going rent of construction land.")
        .real("price_index", INDEX, "Cost of living in the city, food included, against the region's cities at the start.")
        .real("market_access", INDEX, "Real market access of goods industries, weighted by their shares in spending, against the mean of places at the start.")
        .real("congestion", SHARE, "Share of work lost to crowding and commuting.")
        .real("service_input", INDEX, "Public-service input per head.")
        .real("service_quality", INDEX, "Quality of public services.")
        .real("service_output", INDEX, "Output of public services.")
        .real("urban_land", KM2, "Construction land of the city.")
        .real("arable_land", KM2, "Arable land.")
        .real("land_quota_bought", KM2, "Land quota that the city bought in the quarter.")
        .real("land_quota_sold", KM2, "Land quota that the countryside sold in the quarter.")
        .real("budget_balance", YUAN, "What the place's government received less what it paid in the quarter.")
        .name("level", "Level of the place among cities.")
        .name("tier", "Class of size of the city by residents of the city proper.")
        .real("urban_workers", WORKERS, "People of working age in the city.")
        .real("urban_employment", WORKERS, "People in work in the city.")
        .real("town_employment", WORKERS, "People in work in towns.")
        .real("hours", "multiple of normal", "Hours worked in the city.")
        .real("wage_rate", "constant yuan per efficiency unit and quarter", "Wage of an efficiency unit of labour.")
        .real("rural_income", unit::YUAN_PERSON, "Income per rural person.")
        .real("rural_price_index", INDEX, "Cost of living in the countryside against the region's countrysides at the start.")
        .real("value_added", YUAN, "Value added in the place.")
        .real("homestead_land", KM2, "Homesteads.")
        .real("idle_homestead", KM2, "Homesteads of people who are away.")
        .real("town_land", KM2, "Land of town firms.")
        .real("reserve_land", KM2, "Reserve land.")
        .real("released_land", KM2, "Homestead land released and not re-cultivated.")
        .real("remittances", YUAN, "Remittances that the countryside received.")
        .real("grain_output", YUAN, "Farm output at base prices.")
        .real("emissions", "emission units per quarter", "Emissions.")
        .real("establishments", "establishments", "Modern consumer-service establishments.")
        .real("modern_services", SHARE, "Share of consumer services that establishments sell; the informal fringe sells the rest.")
        .done();
    let mut names = places.to_vec();
    names.extend(LEVELS.iter().chain(&TIERS[..5]).map(|name| (*name).to_owned()));
    Table::new("cities", fields, names)
}

pub(super) fn record(reading: &Reading, memory: &Memory, quarter: &Quarter, table: &mut Table) {
    let places = reading.places();
    let (population, labour, land) = (&reading.population, &reading.labour, &reading.land);
    let (services, incomes, work) = (&reading.services, &reading.incomes, &quarter.work);
    let persons = |thousand: f64| Cell::Real(1000.0 * thousand);
    let food_log = reading.constants.food_share * ln(reading.prices.food / memory.base.food);
    for place in 0..places {
        let name = place as u16;
        let pay = labour.pay[place] * population.labour[place];
        let level = match reading.table.places[place].level {
            Level::Centre => 0,
            Level::Municipal => 1,
            Level::County => 2,
        };
        let [tick, year] = quarter.head();
        let government = reading.ledger.account(Holder::Government(name));
        table.push(&[
            tick,
            year,
            Cell::Name(place as u32),
            persons(population.urban[place] + population.rural[place]),
            persons(population.urban[place]),
            persons(population.rural[place]),
            persons(population.citizens[place]),
            persons(population.migrants_total[place]),
            Cell::Real(work.employed(place)),
            Cell::Real(per(work.urban[place] - work.urban_employed[place], work.urban[place])),
            Cell::Real(per(quarter.money(pay), work.urban_employed[place])),
            Cell::Real(quarter.money(reading.rents.rent[place])),
            Cell::Real(exp(reading.prices.living_log[place] - memory.base.living_log + food_log)),
            Cell::Real(market_access(reading, memory, place)),
            Cell::Real(1.0 - reading.productivities.effective_labour[place]),
            Cell::Real(services.input[place]),
            Cell::Real(services.quality[place]),
            Cell::Real(services.output[place]),
            Cell::Real(land.construction[place]),
            Cell::Real(land.arable[place]),
            Cell::Real(land.quota_bought[place]),
            Cell::Real(land.quota_sold[place]),
            Cell::Real(quarter.money(government.received - government.paid)),
            Cell::Name((places + level) as u32),
            Cell::Name((places + LEVELS.len() + tier(reading, place)) as u32),
            Cell::Real(work.urban[place]),
            Cell::Real(work.urban_employed[place]),
            Cell::Real(work.towns[place]),
            Cell::Real(labour.hours[place]),
            Cell::Real(quarter.each(labour.wage[place])),
            Cell::Real(if population.rural[place] > 0.0 {
                quarter.each(incomes.rural_per_head[place])
            } else {
                f64::NAN
            }),
            Cell::Real(exp(reading.prices.rural_living_log[place] - memory.base.rural_living_log
                + reading.constants.rural_scale * food_log)),
            Cell::Real(quarter.money(incomes.value_added[place])),
            Cell::Real(land.homestead[place]),
            Cell::Real(land.idle[place]),
            Cell::Real(land.town[place]),
            Cell::Real(land.reserve[place]),
            Cell::Real(land.released[place]),
            Cell::Real(quarter.money(incomes.remittances[place])),
            Cell::Real(1000.0 * reading.markets.food_output[place] * memory.base.food),
            Cell::Real(reading.emissions.total[place]),
            Cell::Real(f64::from(reading.establishments.0[place])),
            Cell::Real(reading.markets.modern_share[place]),
        ]);
    }
}

/// Market access of goods industries against the mean of places at the start.
fn market_access(reading: &Reading, memory: &Memory, place: usize) -> f64 {
    let (mut access, mut weight) = (0.0, 0.0);
    for (industry, parameters) in reading.industries.parameters.iter().enumerate() {
        let base = memory.base.market_access[industry];
        if reading.industries.roles[industry] == Role::Goods && base > 0.0 {
            access += parameters.expenditure_share * reading.markets.market_access[industry][place] / base;
            weight += parameters.expenditure_share;
        }
    }
    per(access, weight)
}
