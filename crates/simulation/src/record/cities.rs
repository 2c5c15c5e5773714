//! Table `cities`: every place in every quarter, and figures that mechanisms add to it.

use bevy_ecs::prelude::*;
use economics::maths::exp;
use scenario::industry::Role;
use scenario::place::Level;

use super::columns::{Columns, TableRow, unit};
use super::memory::Memory;
use super::people::{TIERS, tier};
use super::quarter::{OfQuarter, Quarter, by_quarter, per};
use super::reading::{Constants, Reading};
use crate::accounts::Holder;
use crate::model::Model;
use crate::table::{Field, Kind, Table, Tables, Values};

const LEVELS: [&str; 3] = ["centre", "municipal", "county"];

/// A place at the end of a quarter.
pub(super) struct CityRow<'a> {
    pub(super) now: &'a Reading<'a>,
    pub(super) memory: &'a Memory,
    pub(super) quarter: &'a Quarter,
    pub(super) place: usize,
}

impl TableRow for CityRow<'_> {
    type At<'a> = CityRow<'a>;
}

impl OfQuarter for CityRow<'_> {
    fn quarter(&self) -> &Quarter {
        self.quarter
    }
}

pub(super) fn columns(places: &[String]) -> Columns<CityRow<'static>> {
    use unit::{INDEX, KM2, PERSONS, SHARE, WORKERS, YUAN, YUAN_PERSON, YUAN_WORKER};
    by_quarter::<CityRow>("cities")
        .name("city", "Place.", places, |row| row.place)
        .real("population", PERSONS, "All residents of the place, urban and rural, with their dependants.", |row| {
            1000.0 * (row.now.population.urban[row.place] + row.now.population.rural[row.place])
        })
        .real("urban_population", PERSONS, "Residents of the city.", |row| {
            1000.0 * row.now.population.urban[row.place]
        })
        .real("rural_population", PERSONS, "Residents of the countryside.", |row| {
            1000.0 * row.now.population.rural[row.place]
        })
        .real("registered", PERSONS, "Urban residents with local registration.", |row| {
            1000.0 * row.now.population.citizens[row.place]
        })
        .real("migrants", PERSONS, "Urban residents without local registration.", |row| {
            1000.0 * row.now.population.migrants[row.place]
        })
        .real("employment", WORKERS, "People in work in the city, in towns and on farms.", |row| {
            row.quarter.work.employed(row.place)
        })
        .real("unemployment", SHARE, "Share of the city's people of working age who are without work.", |row| {
            let all = row.quarter.work.urban[row.place];
            per(all - row.quarter.work.urban_employed[row.place], all)
        })
        .real("wage", YUAN_WORKER, "Mean pay of a person in work in the city, before tax.", |row| {
            let pay = row.now.labour.pay[row.place] * row.now.population.labour[row.place];
            per(row.quarter.constant_yuan(pay), row.quarter.work.urban_employed[row.place])
        })
        .real("rent", "constant yuan per km2 and quarter", "Going rent of construction land.", |row| {
            row.quarter.constant_yuan(row.now.land.rent[row.place])
        })
        .real("price_index", INDEX, "Cost of living in the city, food included, against the region's cities at the start.", |row| {
            let cost_of_living = row.now.utility.cost_of_living[row.place];
            exp(cost_of_living - row.memory.base.cost_of_living + row.memory.base.food_log(row.now))
        })
        .real("market_access", INDEX, "Real market access of goods industries, weighted by their shares in spending, against the mean of places at the start.", market_access)
        .real("congestion", SHARE, "Share of work lost to crowding and commuting.", |row| {
            1.0 - row.now.labour.effective[row.place]
        })
        .real("service_input", INDEX, "Public-service input per head.", |row| row.now.services.input[row.place])
        .real("service_quality", INDEX, "Quality of public services.", |row| row.now.services.quality[row.place])
        .real("service_output", INDEX, "Output of public services.", |row| row.now.services.output[row.place])
        .real("urban_land", KM2, "Construction land of the city.", |row| row.now.land.construction[row.place])
        .real("arable_land", KM2, "Arable land.", |row| row.now.land.arable[row.place])
        .real("land_quota_bought", KM2, "Land quota that the city bought in the quarter.", |row| {
            row.now.land.quota_bought[row.place]
        })
        .real("land_quota_sold", KM2, "Land quota that the countryside sold in the quarter.", |row| {
            row.now.land.quota_sold[row.place]
        })
        .real("budget_balance", YUAN, "What the place's government received less what it paid in the quarter.", |row| {
            let government = row.now.ledger.account(Holder::Government(row.place as u16));
            row.quarter.constant_yuan(government.received - government.paid)
        })
        .name("level", "Level of the place among cities.", LEVELS, |row| match row.now.table.places[row.place].level {
            Level::Centre => 0,
            Level::Municipal => 1,
            Level::County => 2,
        })
        .name("tier", "Class of size of the city by residents of the city proper.", &TIERS[..5], |row| {
            tier(row.now, row.place)
        })
        .real("urban_workers", WORKERS, "People of working age in the city.", |row| row.quarter.work.urban[row.place])
        .real("urban_employment", WORKERS, "People in work in the city.", |row| {
            row.quarter.work.urban_employed[row.place]
        })
        .real("town_employment", WORKERS, "People in work in towns.", |row| row.quarter.work.towns[row.place])
        .real("hours", "multiple of normal", "Hours worked in the city.", |row| row.now.labour.hours[row.place])
        .real("wage_rate", "constant yuan per efficiency unit and quarter", "Wage of an efficiency unit of labour.", |row| {
            row.quarter.deflated(row.now.labour.wage[row.place])
        })
        .real("rural_income", YUAN_PERSON, "Income per rural person.", |row| {
            let anyone = row.now.population.rural[row.place] > 0.0;
            if anyone { row.quarter.deflated(row.now.incomes.rural_per_head[row.place]) } else { f64::NAN }
        })
        .real("rural_price_index", INDEX, "Cost of living in the countryside against the region's countrysides at the start.", |row| {
            let cost_of_living = row.now.utility.rural_cost_of_living[row.place];
            let food_log = row.now.constants.rural_scale * row.memory.base.food_log(row.now);
            exp(cost_of_living - row.memory.base.rural_cost_of_living + food_log)
        })
        .real("value_added", YUAN, "Value added in the place.", |row| {
            row.quarter.constant_yuan(row.now.incomes.value_added[row.place])
        })
        .real("homestead_land", KM2, "Homesteads.", |row| row.now.land.homestead[row.place])
        .real("idle_homestead", KM2, "Homesteads of people who are away.", |row| row.now.land.idle[row.place])
        .real("town_land", KM2, "Land of town firms.", |row| row.now.land.town[row.place])
        .real("reserve_land", KM2, "Reserve land.", |row| row.now.land.reserve[row.place])
        .real("released_land", KM2, "Homestead land released and not re-cultivated.", |row| {
            row.now.land.released[row.place]
        })
        .real("remittances", YUAN, "Remittances that the countryside received.", |row| {
            row.quarter.constant_yuan(row.now.incomes.remittances[row.place])
        })
        .real("grain_output", YUAN, "Farm output at base prices.", |row| {
            1000.0 * row.now.market.food_output[row.place] * row.memory.base.food
        })
        .real("emissions", "emission units per quarter", "Emissions.", |row| row.now.emissions[row.place])
        .real("establishments", "establishments", "Modern consumer-service establishments.", |row| {
            f64::from(row.now.firms.establishments[row.place])
        })
        .real("modern_services", SHARE, "Share of consumer services that establishments sell; the informal fringe sells the rest.", |row| {
            row.now.market.modern_share[row.place]
        })
        .real("census_urban_population", PERSONS, "Residents who are urban by the census: those of the city, and rural people who became urban on the spot.", |row| {
            1000.0 * (row.now.population.urban[row.place] + row.now.urban_on_the_spot(row.place))
        })
}

/// Market access of goods industries against the mean of places at the start.
fn market_access(row: &CityRow) -> f64 {
    let industries = &row.now.industries;
    let (mut access, mut weight) = (0.0, 0.0);
    for (industry, parameters) in industries.parameters.iter().enumerate() {
        let base = row.memory.base.market_access[industry];
        if industries.roles[industry] == Role::Goods && base > 0.0 {
            access += parameters.expenditure_share * row.now.market.access[industry][row.place] / base;
            weight += parameters.expenditure_share;
        }
    }
    per(access, weight)
}

/// A column of table `cities` that a mechanism adds.
struct AddedColumn {
    field: Field,
    values: fn(&World) -> Vec<f64>,
}

/// The columns that mechanisms add, after those of every run.
#[derive(Resource, Default)]
pub(super) struct AddedColumns(Vec<AddedColumn>);

impl Model {
    /// Adds a column to table `cities`: its name, unit, a sentence on it, and its value in every city at the end of a
    /// quarter.
    ///
    /// # Panics
    /// After [`super::add`], which makes the tables.
    pub fn record_city(&mut self, name: &str, unit: &str, about: &str, values: fn(&World) -> Vec<f64>) -> &mut Self {
        assert!(!self.world.contains_resource::<Constants>(), "columns are added before the tables are made");
        let (name, unit, about) = (name.to_owned(), unit.to_owned(), about.to_owned());
        let mut added = self.world.get_resource_or_init::<AddedColumns>();
        added.0.push(AddedColumn { field: Field { name, unit, about, kind: Kind::Real }, values });
        self
    }
}

impl AddedColumns {
    /// Gives the table the columns.
    pub(super) fn describe(&self, table: &mut Table) {
        for added in &self.0 {
            assert!(table.column(&added.field.name).is_none(), "cities has one column {}", added.field.name);
            table.fields.push(added.field.clone());
            table.values.push(Values::none(added.field.kind));
        }
    }
}

/// Fills the columns that mechanisms added, once the row of every city is there.
pub(super) fn record_added(world: &mut World) {
    world.resource_scope(|world, mut tables: Mut<Tables>| {
        let (Some(added), Ok(table)) = (world.get_resource::<AddedColumns>(), tables.get_mut("cities")) else {
            return;
        };
        let rows = table.rows();
        let first = table.values.len() - added.0.len();
        for (added, column) in added.0.iter().zip(&mut table.values[first..]) {
            let Values::Real(column) = column else { unreachable!("added columns hold numbers") };
            column.extend((added.values)(world));
            assert_eq!(column.len(), rows, "{} has a value for every city", added.field.name);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mechanism_adds_a_column_of_its_own() {
        let mut model = Model::of_places(2010, 2, &crate::run::Options::default()).expect("two places are few");
        model.record_city("shops", "shops", "Shops.", |_| vec![3.0, 4.0]);
        let mut table = Columns::<CityRow>::new("cities").real("one", "", "One.", |_| 1.0).table();
        model.world.resource::<AddedColumns>().describe(&mut table);
        table.values[0] = Values::Real(vec![1.0; 2]);
        model.world.insert_resource(Tables(vec![table]));
        record_added(&mut model.world);
        let table = &model.tables_mut().0[0];
        assert_eq!(table.column("shops"), Some(&Values::Real(vec![3.0, 4.0])));
        assert_eq!(table.fields[1].unit, "shops");
    }
}
