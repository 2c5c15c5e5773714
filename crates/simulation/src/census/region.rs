//! Table `region`: the whole region in every quarter.

use economics::welfare::{dissimilarity, gini, herfindahl};
use scenario::industry::Role;

use super::columns::{Columns, unit};
use super::memory::Memory;
use super::people::{AWAY, MIGRANT, REGISTERED, RURAL};
use super::quarter::{Quarter, per};
use super::reading::{Reading, Sector};
use crate::table::{Cell, Table};

pub(super) fn table(sectors: &[(Sector, String)]) -> Table {
    use unit::{INDEX, KM2, PERSONS, SHARE, YUAN, YUAN_PERSON};
    let mut columns = Columns::by_quarter()
        .real("urbanisation", SHARE, "Residents of cities over all residents.")
        .real("registered_urbanisation", SHARE, "Urban residents with local registration over all residents.");
    for (_, name) in sectors {
        let about = format!("Herfindahl index of the places' jobs in {name}.");
        columns = columns.real(&format!("hhi_{name}"), INDEX, &about);
    }
    let fields = columns
        .real("gini_population", INDEX, "Gini coefficient of the cities' populations.")
        .real("theil_income", INDEX, "Theil index of real income over residents, by groups.")
        .real("gdp", YUAN, "Final output at base prices: food, goods, consumer services, housing.")
        .real("real_income", YUAN_PERSON, "Mean real income of residents, see table `groups`.")
        .real("farmer_income", YUAN_PERSON, "Mean income of people at their rural home, remittances included.")
        .real("migrant_income", YUAN_PERSON, "Mean income after tax of urban residents without local registration.")
        .real("fiscal_cost", YUAN, "Cost of all programmes.")
        .real("land_quota_traded", KM2, "Land quota that cities bought in the quarter.")
        .real("arable_land", KM2, "Arable land.")
        .real("idle_homestead", KM2, "Homesteads of people who are away.")
        .real("grain_output", YUAN, "Farm output at base prices.")
        .real("functional_specialisation", INDEX, "How far producer services and goods industries are in different places: 0 spread alike, 1 nowhere together.")
        .real("emissions", "emission units per quarter", "Emissions.")
        .real("remittances", YUAN, "Remittances that countrysides received.")
        .real("conversions", PERSONS, "People who settled in the quarter, with their dependants.")
        .real("price_level", INDEX, "Price level of final output against the opening state; constant yuan are yuan over this.")
        .real("gdp_nominal", "yuan per quarter", "Final output at prices of the quarter.")
        .real("citizen_income", YUAN_PERSON, "Mean income after tax of registered citizens.")
        .real("population", PERSONS, "Residents.")
        .real("outside_population", PERSONS, "People who are outside.")
        .real("unemployment", SHARE, "Share of the cities' people of working age who are without work.")
        .real("food_price", INDEX, "Price of food against the opening state.")
        .real("levy", SHARE, "Levy on pay that finances programmes.")
        .done();
    Table::new("region", fields, Vec::new())
}

pub(super) fn record(reading: &Reading, memory: &Memory, quarter: &Quarter, settled: &[u64], table: &mut Table) {
    let (population, work, land) = (&reading.population, &quarter.work, &reading.land);
    let sum = |column: &[f64]| column.iter().sum::<f64>();
    let (urban, rural) = (sum(&population.urban), sum(&population.rural));
    let mut cities = population.urban.clone();
    cities.sort_by(f64::total_cmp);
    let residents = quarter.people.all(&[REGISTERED, MIGRANT, RURAL]);
    let income = |standing: usize| quarter.each(quarter.people.all(&[standing]).mean(|sums| sums.income));
    let conversions =
        settled.iter().enumerate().map(|(origin, &agents)| agents as f64 * reading.table.mass_per_agent(origin));
    let conversions: f64 = conversions.sum();
    let grain = sum(&reading.markets.food_output) * memory.base.food;
    let mut row = quarter.head().to_vec();
    row.extend([Cell::Real(per(urban, urban + rural)), Cell::Real(per(sum(&population.citizens), urban + rural))]);
    row.extend(work.jobs.iter().map(|jobs| Cell::Real(herfindahl(jobs))));
    row.extend(
        [
            gini(&cities, &vec![1.0; cities.len()]),
            residents.theil(),
            1000.0 * quarter.output,
            residents.mean(|sums| sums.real_income),
            income(RURAL),
            income(MIGRANT),
            quarter.money(reading.programme.cost),
            sum(&land.quota_bought),
            sum(&land.arable),
            sum(&land.idle),
            1000.0 * grain,
            functional_division(reading, quarter),
            sum(&reading.emissions.total),
            quarter.money(sum(&reading.incomes.remittances)),
            1000.0 * conversions,
            quarter.price_level,
            1000.0 * quarter.output_nominal,
            income(REGISTERED),
            1000.0 * (urban + rural),
            1000.0 * quarter.people.all(&[AWAY]).people,
            per(sum(&work.urban) - sum(&work.urban_employed), sum(&work.urban)),
            reading.prices.food / memory.base.food,
            reading.incomes.levy_rate,
        ]
        .map(Cell::Real),
    );
    table.push(&row);
}

/// Dissimilarity of jobs in producer services and in goods industries between places.
fn functional_division(reading: &Reading, quarter: &Quarter) -> f64 {
    let places = reading.places();
    let (mut services, mut goods) = (vec![0.0; places], vec![0.0; places]);
    for ((sector, _), jobs) in reading.constants.sectors.iter().zip(&quarter.work.jobs) {
        let Sector::Firms(industry) = sector else { continue };
        let to = match reading.industries.roles[*industry] {
            Role::ProducerServices => &mut services,
            _ => &mut goods,
        };
        to.iter_mut().zip(jobs).for_each(|(to, jobs)| *to += jobs);
    }
    dissimilarity(&services, &goods)
}
