//! The engine's economy equals the mean-field statement, changed where `make_reference.py` says so.

use bevy_ecs::prelude::*;
use simulation::clock::Clock;
use simulation::places::{
    Establishments, Incomes, Labour, Markets, Prices, Productivities, Rents, Services, Utilities,
};

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
    let flat = |columns: &[Vec<f64>]| columns.concat();
    let prices = world.resource::<Prices>();
    let markets = world.resource::<Markets>();
    let labour = world.resource::<Labour>();
    let services = world.resource::<Services>();
    let productivities = world.resource::<Productivities>();
    check("I", &services.input);
    check("G", &services.output);
    check("ell", &productivities.effective_labour);
    check("A", &flat(&productivities.city));
    check("pA", &[prices.food]);
    check("YA", &markets.food_output);
    check("Gx", &flat(&[prices.index[0].clone(), prices.index[1].clone(), vec![1.0; PLACES]]));
    check("prof", &flat(&markets.profit_rate));
    check("Ek", &flat(&productivities.jobs));
    check("h", &labour.tightness);
    check("y", &labour.pay);
    check("w", &labour.wage);
    check("q", &world.resource::<Rents>().rent);
    check("wT", &labour.town_wage);
    check("ET", &labour.town_jobs);
    check("modern", &markets.modern_share);
    let establishments = &world.resource::<Establishments>().0;
    check("nC", &establishments.iter().map(|&count| f64::from(count)).collect::<Vec<_>>());
    let incomes = world.resource::<Incomes>();
    check("Yc", &incomes.city);
    check("Yf", &incomes.rural);
    check("yF", &incomes.rural_per_head);
    check("spend", &services.spending);
    check("lnP", &prices.living_log);
    check("lnPF", &prices.rural_living_log);
    let utilities = world.resource::<Utilities>();
    check("vC", &utilities.citizen[0]);
    check("vF", &utilities.rural);
    check("vM", &utilities.migrant[0][..PLACES * PLACES]);
}

#[test]
fn forty_quarters_equal_the_mean_field_statement() {
    let table = table();
    let mut model = model(&scenario(&table), &table);
    for quarter in 0..5 {
        model.run_schedule().unwrap();
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
