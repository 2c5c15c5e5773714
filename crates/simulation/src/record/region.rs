//! Table `region`: the whole region in every quarter.

use economics::welfare::{dissimilarity, gini, herfindahl};
use scenario::industry::Role;

use super::columns::{Columns, TableRow, unit};
use super::memory::Memory;
use super::people::{AWAY, MIGRANT, REGISTERED, RURAL};
use super::quarter::{OfQuarter, Quarter, by_quarter, per};
use super::reading::{Reading, SectorKind};
use crate::region::MoveClass;

/// The region at the end of a quarter.
pub(super) struct RegionRow<'a> {
    pub(super) now: &'a Reading<'a>,
    pub(super) memory: &'a Memory,
    pub(super) quarter: &'a Quarter,
    /// Agents who settled in the quarter, by origin.
    pub(super) settled: &'a [u64],
}

impl TableRow for RegionRow<'_> {
    type At<'a> = RegionRow<'a>;
}

impl OfQuarter for RegionRow<'_> {
    fn quarter(&self) -> &Quarter {
        self.quarter
    }
}

/// Who lives in the region.
const RESIDENTS: [usize; 3] = [REGISTERED, MIGRANT, RURAL];

pub(super) fn columns(sectors: &[(SectorKind, String)]) -> Columns<RegionRow<'static>> {
    use unit::{INDEX, KM2, PERSONS, SHARE, YUAN, YUAN_PERSON};
    let mut columns = by_quarter::<RegionRow>("region")
        .real("urbanisation", SHARE, "Residents of cities over all residents.", |row| {
            per(sum(&row.now.population.urban), row.residents())
        })
        .real("registered_urbanisation", SHARE, "Urban residents with local registration over all residents.", |row| {
            per(sum(&row.now.population.citizens), row.residents())
        });
    for (at, (_, name)) in sectors.iter().enumerate() {
        let about = format!("Herfindahl index of the places' jobs in {name}.");
        columns =
            columns.real(&format!("hhi_{name}"), INDEX, &about, move |row| herfindahl(&row.quarter.work.jobs[at]));
    }
    columns
        .real("gini_population", INDEX, "Gini coefficient of the cities' populations.", |row| {
            let mut cities = row.now.population.urban.to_vec();
            cities.sort_by(f64::total_cmp);
            gini(&cities, &vec![1.0; cities.len()])
        })
        .real("theil_income", INDEX, "Theil index of real income over residents, by groups.", |row| {
            row.quarter.groups.all(&RESIDENTS).theil()
        })
        .real("gdp", YUAN, "Final output at base prices: food, goods, consumer services, housing.", |row| {
            1000.0 * row.quarter.output
        })
        .real("real_income", YUAN_PERSON, "Mean real income of residents, see table `groups`.", |row| {
            row.quarter.groups.all(&RESIDENTS).mean(|sums| sums.real_income)
        })
        .real("farmer_income", YUAN_PERSON, "Mean income of people at their rural home, remittances included.", |row| {
            row.income(RURAL)
        })
        .real("migrant_income", YUAN_PERSON, "Mean income after tax of urban residents without local registration.", |row| {
            row.income(MIGRANT)
        })
        .real("fiscal_cost", YUAN, "Cost of all programmes.", |row| {
            row.quarter.constant_yuan(row.now.incomes.programmes.total)
        })
        .real("land_quota_traded", KM2, "Land quota that cities bought in the quarter.", |row| {
            sum(&row.now.land.quota_bought)
        })
        .real("arable_land", KM2, "Arable land.", |row| sum(&row.now.land.arable))
        .real("idle_homestead", KM2, "Homesteads of people who are away.", |row| sum(&row.now.land.idle))
        .real("grain_output", YUAN, "Farm output at base prices.", |row| {
            let grain = sum(&row.now.market.food_output) * row.memory.base.food;
            1000.0 * grain
        })
        .real("functional_specialisation", INDEX, "How far producer services and goods industries are in different places: 0 spread alike, 1 nowhere together.", functional_division)
        .real("emissions", "emission units per quarter", "Emissions.", |row| sum(&row.now.emissions))
        .real("remittances", YUAN, "Remittances that countrysides received.", |row| {
            row.quarter.constant_yuan(sum(&row.now.incomes.remittances))
        })
        .real("conversions", PERSONS, "People who settled in the quarter, with their dependants.", |row| {
            let people = |(origin, &agents): (usize, &u64)| agents as f64 * row.now.table.mass_per_agent(origin);
            1000.0 * row.settled.iter().enumerate().map(people).sum::<f64>()
        })
        .real("price_level", INDEX, "Price level of final output against the opening state; constant yuan are yuan over this.", |row| {
            row.quarter.price_level
        })
        .real("gdp_nominal", "yuan per quarter", "Final output at prices of the quarter.", |row| {
            1000.0 * row.quarter.output_nominal
        })
        .real("citizen_income", YUAN_PERSON, "Mean income after tax of registered citizens.", |row| {
            row.income(REGISTERED)
        })
        .real("population", PERSONS, "Residents.", |row| 1000.0 * row.residents())
        .real("outside_population", PERSONS, "People who are outside.", |row| {
            1000.0 * row.quarter.groups.all(&[AWAY]).people
        })
        .real("unemployment", SHARE, "Share of the cities' people of working age who are without work.", |row| {
            let (all, employed) = (sum(&row.quarter.work.urban), sum(&row.quarter.work.urban_employed));
            per(all - employed, all)
        })
        .real("food_price", INDEX, "Price of food against the opening state.", |row| {
            row.now.market.food_price.0 / row.memory.base.food
        })
        .real("levy", SHARE, "Levy on pay that finances programmes.", |row| row.now.incomes.levy_rate.0)
        .real("migrants_own_prefecture", PERSONS, "Residents of cities without local registration who come from the same prefecture.", |row| {
            row.migrants(MoveClass::OwnPrefecture)
        })
        .real("migrants_same_province", PERSONS, "Residents of cities without local registration who come from another prefecture of the province.", |row| {
            row.migrants(MoveClass::SameProvince)
        })
        .real("migrants_other_province", PERSONS, "Residents of cities without local registration who come from another province or from outside the region.", |row| {
            row.migrants(MoveClass::OtherProvince)
        })
        .real("census_urbanisation", SHARE, "Residents who are urban by the census over all residents, see `census_urban_population` of `cities`.", |row| {
            let on_the_spot: f64 = (0..row.now.places()).map(|place| row.now.urban_on_the_spot(place)).sum();
            per(sum(&row.now.population.urban) + on_the_spot, row.residents())
        })
}

fn sum(column: &[f64]) -> f64 {
    column.iter().sum()
}

impl RegionRow<'_> {
    /// Everyone in cities and countrysides, thousand persons.
    fn residents(&self) -> f64 {
        sum(&self.now.population.urban) + sum(&self.now.population.rural)
    }

    /// Residents of cities without local registration from so far away, persons.
    fn migrants(&self, class: MoveClass) -> f64 {
        1000.0 * self.quarter.migrants[class as usize]
    }

    /// Mean income of people of a standing, constant yuan.
    fn income(&self, standing: usize) -> f64 {
        self.quarter.deflated(self.quarter.groups.all(&[standing]).mean(|sums| sums.income))
    }
}

/// Dissimilarity of jobs in producer services and in goods industries between places.
fn functional_division(row: &RegionRow) -> f64 {
    let places = row.now.places();
    let (mut services, mut goods) = (vec![0.0; places], vec![0.0; places]);
    for ((sector, _), jobs) in row.now.constants.sectors.iter().zip(&row.quarter.work.jobs) {
        let SectorKind::Firms(industry) = sector else { continue };
        let to = match row.now.industries.roles[*industry] {
            Role::ProducerServices => &mut services,
            _ => &mut goods,
        };
        to.iter_mut().zip(jobs).for_each(|(to, jobs)| *to += jobs);
    }
    dissimilarity(&services, &goods)
}
