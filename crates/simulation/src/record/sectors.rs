//! Table `sectors`: every industry in every place and quarter.

use economics::welfare::location_quotient;

use super::columns::{Columns, TableRow, unit};
use super::quarter::{OfQuarter, Quarter, by_quarter, per};
use super::reading::{Reading, SectorKind};

/// An industry in a place in a quarter.
pub(super) struct SectorRow<'a> {
    quarter: &'a Quarter,
    place: usize,
    /// Number among the rows of a place.
    sector: usize,
    jobs: f64,
    town_jobs: f64,
    location_quotient: f64,
    trade: Trade,
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

impl TableRow for SectorRow<'_> {
    type At<'a> = SectorRow<'a>;
}

impl OfQuarter for SectorRow<'_> {
    fn quarter(&self) -> &Quarter {
        self.quarter
    }
}

pub(super) fn columns(places: &[String], sectors: &[(SectorKind, String)]) -> Columns<SectorRow<'static>> {
    use unit::{WORKERS, YUAN, YUAN_WORKER};
    let industries = sectors.iter().map(|(_, name)| name);
    by_quarter::<SectorRow>("sectors")
        .name("city", "Place.", places, |row| row.place)
        .name("industry", "Industry; `government` where the scenario has public wages.", industries, |row| row.sector)
        .real(
            "firms",
            "firms",
            "Firms in the city and in towns; establishments of consumer services; undefined for farms.",
            |row| row.trade.firms,
        )
        .real("employment", WORKERS, "People in work in the industry, towns included.", |row| row.jobs)
        .real("wage", YUAN_WORKER, "Mean pay of a person in work, before tax; of a farmer, farm income.", |row| {
            row.quarter.constant_yuan(per(row.trade.wages, row.jobs))
        })
        .real("output", YUAN, "Sales, subsidies included.", |row| row.quarter.constant_yuan(row.trade.sales))
        .real("profit", YUAN, "Sales less costs.", |row| row.quarter.constant_yuan(row.trade.profit))
        .real(
            "location_quotient",
            "ratio",
            "Share of the industry in the place's jobs over its share in the region's.",
            |row| row.location_quotient,
        )
        .real("profit_rate", "ratio", "Revenue of a representative city firm over break-even, less one.", |row| {
            row.trade.profit_rate
        })
        .real("town_firms", "firms", "Of the firms, those in towns.", |row| row.trade.town_firms)
        .real("town_employment", WORKERS, "Of the people, those in towns.", |row| row.town_jobs)
}

/// The rows of a quarter, place by place.
pub(super) fn rows<'a>(reading: &'a Reading<'a>, quarter: &'a Quarter) -> impl Iterator<Item = SectorRow<'a>> {
    let work = &quarter.work;
    let places = reading.places();
    let jobs_here: Vec<f64> = (0..places).map(|place| work.jobs.iter().map(|row| row[place]).sum()).collect();
    let jobs_industry: Vec<f64> = work.jobs.iter().map(|row| row.iter().sum()).collect();
    let jobs_all: f64 = jobs_here.iter().sum();
    let sectors = &reading.constants.sectors;
    (0..places * sectors.len()).map(move |at| {
        let (place, sector) = (at / sectors.len(), at % sectors.len());
        let kind = sectors[sector].0;
        let city_wage = per(reading.labour.pay[place] * reading.population.labour[place], work.urban_employed[place]);
        let jobs = work.jobs[sector][place];
        let town_jobs = match kind {
            SectorKind::Firms(industry) if reading.industries.in_towns == Some(industry) => work.towns[place],
            _ => 0.0,
        };
        SectorRow {
            quarter,
            place,
            sector,
            jobs,
            town_jobs,
            location_quotient: location_quotient(jobs, jobs_here[place], jobs_industry[sector], jobs_all),
            trade: trade(reading, kind, place, city_wage, jobs - town_jobs, town_jobs),
        }
    })
}

fn trade(reading: &Reading, sector: SectorKind, place: usize, city_wage: f64, city_jobs: f64, town_jobs: f64) -> Trade {
    let (firms, market) = (&reading.firms, &reading.market);
    let city_wages = if city_jobs > 0.0 { city_wage * city_jobs } else { 0.0 };
    let none =
        Trade { firms: f64::NAN, town_firms: 0.0, wages: city_wages, sales: 0.0, profit: 0.0, profit_rate: f64::NAN };
    match sector {
        SectorKind::Firms(industry) => {
            let each = firms.variety.0.get(industry).copied().unwrap_or(1.0);
            let towns = reading.industries.in_towns == Some(industry);
            let (town_count, town_sales, town_cost) = if towns {
                let sales = firms.town_effective[place] * firms.town_revenue[place];
                (firms.town_count[place], sales, firms.town_cost[place])
            } else {
                (0.0, 0.0, 0.0)
            };
            let count = firms.count[industry][place];
            let sales = firms.effective[industry][place] * firms.revenue[industry][place];
            // A town wage is per thousand residents of the countryside; a worker's has the dependants' share in it.
            let residents_a_worker = per(reading.population.rural[place], rural_workers(reading, place));
            let town_wages =
                if town_jobs > 0.0 { reading.labour.town_wage[place] * residents_a_worker * town_jobs } else { 0.0 };
            Trade {
                firms: (count + town_count) / each,
                town_firms: town_count / each,
                wages: city_wages + town_wages,
                sales: sales + town_sales,
                profit: sales - firms.cost[industry][place] + town_sales - town_cost,
                profit_rate: if count > 0.0 { firms.profit_rate[industry][place] } else { f64::NAN },
            }
        }
        SectorKind::Consumer => {
            let establishments = f64::from(firms.establishments[place]);
            Trade {
                firms: establishments,
                sales: market.consumer_spending[place],
                profit: establishments * firms.establishment_profit[place],
                ..none
            }
        }
        SectorKind::Farms => {
            let sales = market.food_output[place] * market.food_price.0;
            Trade { wages: sales, sales, ..none }
        }
        SectorKind::Government => Trade { sales: city_wages, ..none },
    }
}

/// People of working age in the countryside.
fn rural_workers(reading: &Reading, place: usize) -> f64 {
    let rural = &reading.population.counts.rural;
    let agents = f64::from(rural[0][place]) + f64::from(rural[1][place]);
    agents * reading.table.workers_per_agent
}
