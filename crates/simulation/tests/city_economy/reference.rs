//! The engine's economy equals the mean-field statement, changed where `make_reference.py` says so.

use bevy_ecs::prelude::*;
use simulation::agents::city::WorldColumns;
use simulation::clock::Clock;
use simulation::mechanisms::agriculture::FoodOutput;
use simulation::mechanisms::congestion::EffectiveLabour;
use simulation::mechanisms::consumer_services::{Establishments, ModernShare};
use simulation::mechanisms::goods_market::{FoodPrice, PriceIndex, ProfitRate};
use simulation::mechanisms::incomes::{CityIncome, RuralIncome, RuralIncomePerHead};
use simulation::mechanisms::productivity::{IndustryJobs, Productivity};
use simulation::mechanisms::public_services::{PublicSpending, ServiceInput, ServiceOutput};
use simulation::mechanisms::rent_pressure::GoingRent;
use simulation::mechanisms::towns::{TownJobs, TownWage};
use simulation::mechanisms::utility::{CitizenUtility, CostOfLiving, MigrantUtility, RuralCostOfLiving, RuralUtility};
use simulation::mechanisms::wage_setting::{Pay, Tightness, Wage};

use super::world::{PLACES, Table, model, scenario, table};

fn same(table: &Table, quarter: &str, name: &str, found: &[f64]) {
    let expected = &table[&(quarter.to_owned(), name.to_owned())];
    assert_eq!(expected.len(), found.len(), "{quarter} {name}");
    for (at, (expected, found)) in expected.iter().zip(found).enumerate() {
        let error = (expected - found).abs() / expected.abs().max(1.0);
        assert!(error < 1e-9, "{quarter} {name}[{at}]: {expected} expected, {found} found");
    }
}

fn compare(world: &World, table: &Table, quarter: &str) {
    let check = |name: &str, found: &[f64]| same(table, quarter, name, found);
    check("I", world.by_city::<ServiceInput>());
    check("G", world.by_city::<ServiceOutput>());
    check("ell", world.by_city::<EffectiveLabour>());
    check("A", &world.by_sector::<Productivity>().rows().collect::<Vec<_>>().concat());
    check("pA", &[world.resource::<FoodPrice>().0]);
    check("YA", world.by_city::<FoodOutput>());
    let index = world.by_sector::<PriceIndex>();
    check("Gx", &[&index[0], &index[1], &[1.0; PLACES]].concat());
    check("prof", &world.by_sector::<ProfitRate>().rows().collect::<Vec<_>>().concat());
    check("Ek", &world.by_sector::<IndustryJobs>().rows().collect::<Vec<_>>().concat());
    check("h", world.by_city::<Tightness>());
    check("y", world.by_city::<Pay>());
    check("w", world.by_city::<Wage>());
    check("q", world.by_city::<GoingRent>());
    check("wT", world.by_city::<TownWage>());
    check("ET", world.by_city::<TownJobs>());
    check("modern", world.by_city::<ModernShare>());
    let establishments = world.by_city::<Establishments>();
    check("nC", &establishments.iter().map(|&count| f64::from(count)).collect::<Vec<_>>());
    check("Yc", world.by_city::<CityIncome>());
    check("Yf", world.by_city::<RuralIncome>());
    check("yF", world.by_city::<RuralIncomePerHead>());
    check("spend", world.by_city::<PublicSpending>());
    check("lnP", world.by_city::<CostOfLiving>());
    check("lnPF", world.by_city::<RuralCostOfLiving>());
    check("vC", &world.by_city::<CitizenUtility>().iter().map(|by_skill| by_skill[0]).collect::<Vec<_>>());
    check("vF", world.by_city::<RuralUtility>());
    check("vM", &world.resource::<MigrantUtility>().value[0][..PLACES * PLACES]);
}

#[test]
fn forty_quarters_equal_the_mean_field_statement() {
    let table = table();
    let mut model = model(&scenario(&table), &table);
    for quarter in 0..5 {
        model.run_phases().unwrap();
        if quarter == 0 || quarter == 4 {
            compare(&model.world, &table, &format!("burn{quarter}"));
        }
    }
    model.world.resource_mut::<Clock>().burning_in = false;
    for quarter in 0..40 {
        model.tick().unwrap();
        if quarter == 0 || quarter == 39 {
            compare(&model.world, &table, &format!("run{quarter}"));
        }
    }
}
