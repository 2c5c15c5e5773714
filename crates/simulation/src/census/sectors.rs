//! Table `sectors`: every industry in every place and quarter.

use economics::welfare::location_quotient;

use super::columns::{Columns, unit};
use super::quarter::{Quarter, per};
use super::reading::{Reading, Sector};
use crate::table::{Cell, Table};

pub(super) fn table(places: &[String], sectors: &[(Sector, String)]) -> Table {
    let fields = Columns::by_quarter()
        .name("city", "Place.")
        .name("industry", "Industry; `government` where the scenario has public wages.")
        .real(
            "firms",
            "firms",
            "Firms in the city and in towns; establishments of consumer services; undefined for farms.",
        )
        .real("employment", unit::WORKERS, "People in work in the industry, towns included.")
        .real("wage", unit::YUAN_WORKER, "Mean pay of a person in work, before tax; of a farmer, farm income.")
        .real("output", unit::YUAN, "Sales, subsidies included.")
        .real("profit", unit::YUAN, "Sales less costs.")
        .real("location_quotient", "ratio", "Share of the industry in the place's jobs over its share in the region's.")
        .real("profit_rate", "ratio", "Revenue of a representative city firm over break-even, less one.")
        .real("town_firms", "firms", "Of the firms, those in towns.")
        .real("town_employment", unit::WORKERS, "Of the people, those in towns.")
        .done();
    let names = places.iter().cloned().chain(sectors.iter().map(|(_, name)| name.clone())).collect();
    Table::new("sectors", fields, names)
}

/// What an industry sells and earns in a place, thousand yuan.
struct Trade {
    firms: f64,
    town_firms: f64,
    wages: f64,
    sales: f64,
    profit: f64,
    profit_rate: f64,
}

pub(super) fn record(reading: &Reading, quarter: &Quarter, table: &mut Table) {
    let places = reading.places();
    let work = &quarter.work;
    let jobs_here: Vec<f64> = (0..places).map(|place| work.jobs.iter().map(|row| row[place]).sum()).collect();
    let jobs_industry: Vec<f64> = work.jobs.iter().map(|row| row.iter().sum()).collect();
    let jobs_all: f64 = jobs_here.iter().sum();
    for (place, &jobs_of_place) in jobs_here.iter().enumerate() {
        let city_wage = per(reading.labour.pay[place] * reading.population.labour[place], work.urban_employed[place]);
        for (row, (sector, _)) in reading.constants.sectors.iter().enumerate() {
            let jobs = work.jobs[row][place];
            let town_jobs = match sector {
                Sector::Firms(industry) if reading.industries.in_towns == Some(*industry) => work.towns[place],
                _ => 0.0,
            };
            let trade = trade(reading, *sector, place, city_wage, jobs - town_jobs, town_jobs);
            let [tick, year] = quarter.head();
            table.push(&[
                tick,
                year,
                Cell::Name(place as u32),
                Cell::Name((places + row) as u32),
                Cell::Real(trade.firms),
                Cell::Real(jobs),
                Cell::Real(quarter.money(per(trade.wages, jobs))),
                Cell::Real(quarter.money(trade.sales)),
                Cell::Real(quarter.money(trade.profit)),
                Cell::Real(location_quotient(jobs, jobs_of_place, jobs_industry[row], jobs_all)),
                Cell::Real(trade.profit_rate),
                Cell::Real(trade.town_firms),
                Cell::Real(town_jobs),
            ]);
        }
    }
}

fn trade(reading: &Reading, sector: Sector, place: usize, city_wage: f64, city_jobs: f64, town_jobs: f64) -> Trade {
    let markets = &reading.markets;
    let city_wages = if city_jobs > 0.0 { city_wage * city_jobs } else { 0.0 };
    let none =
        Trade { firms: f64::NAN, town_firms: 0.0, wages: city_wages, sales: 0.0, profit: 0.0, profit_rate: f64::NAN };
    match sector {
        Sector::Firms(industry) => {
            let each = reading.variety.as_ref().and_then(|mass| mass.0.get(industry)).copied().unwrap_or(1.0);
            let towns = reading.industries.in_towns == Some(industry);
            let (town_count, town_sales, town_cost) = if towns {
                let sales = reading.firms.town_effective[place] * markets.town_revenue[place];
                (reading.firms.town_count[place], sales, markets.town_cost[place])
            } else {
                (0.0, 0.0, 0.0)
            };
            let count = reading.firms.count[industry][place];
            let sales = reading.firms.effective[industry][place] * markets.revenue[industry][place];
            // A town wage is per thousand residents of the countryside; a worker's has the dependants' share in it.
            let residents_a_worker = per(reading.population.rural[place], rural_workers(reading, place));
            let town_wages =
                if town_jobs > 0.0 { reading.labour.town_wage[place] * residents_a_worker * town_jobs } else { 0.0 };
            Trade {
                firms: (count + town_count) / each,
                town_firms: town_count / each,
                wages: city_wages + town_wages,
                sales: sales + town_sales,
                profit: sales - markets.cost[industry][place] + town_sales - town_cost,
                profit_rate: if count > 0.0 { markets.profit_rate[industry][place] } else { f64::NAN },
            }
        }
        Sector::Consumer => {
            let establishments = f64::from(reading.establishments.0[place]);
            Trade {
                firms: establishments,
                sales: markets.consumer_spending[place],
                profit: establishments * markets.establishment_profit[place],
                ..none
            }
        }
        Sector::Farms => {
            let sales = markets.food_output[place] * reading.prices.food;
            Trade { wages: sales, sales, ..none }
        }
        Sector::Government => Trade { sales: city_wages, ..none },
    }
}

/// People of working age in the countryside.
fn rural_workers(reading: &Reading, place: usize) -> f64 {
    let agents = f64::from(reading.counts.rural[0][place]) + f64::from(reading.counts.rural[1][place]);
    agents * reading.table.workers_per_agent
}
