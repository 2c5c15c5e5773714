//! Land quota: re-cultivated homesteads become urban land; arable land never shrinks.

use crate::signs::{changes_the_plain, higher, same_to_the_bit};
use crate::worlds::{BASELINE, CENTRAL_PLAINS, Run};

const MARKET: &str = "land_quota.scope=Province";

fn construction_land(run: &Run) -> f64 {
    run.cities("urban_land").iter().sum()
}

fn mean_rent(run: &Run) -> f64 {
    let (rents, land) = (run.cities("rent"), run.cities("urban_land"));
    rents.iter().zip(&land).map(|(rent, land)| rent * land).sum::<f64>() / land.iter().sum::<f64>()
}

#[test]
fn switched_off_it_changes_the_outcome() {
    changes_the_plain(&["land_quota=Off"]);
}

#[test]
fn switched_off_construction_land_never_changes() {
    let without = CENTRAL_PLAINS.run(&["land_quota=Off"]);
    let land = without.column("cities", "urban_land");
    assert!(land.chunks(10).all(|places| places == &land[..10]));
}

#[test]
fn a_market_for_quotas_gives_cities_land_lowers_rents_and_pays_the_countryside() {
    let market = CENTRAL_PLAINS.seeds(&[MARKET]);
    higher("construction land with a market", &market, &BASELINE, construction_land);
    higher("mean rent without a market", &BASELINE, &market, mean_rent);
    higher("farmers' income with a market", &market, &BASELINE, |run| run.region("farmer_income"));
    for run in &market {
        let arable = run.column("region", "arable_land");
        assert!(arable.iter().all(|&land| land >= arable[0] * (1.0 - 1e-12)), "arable land shrank");
    }
}

#[test]
fn without_recultivation_a_market_has_nothing_to_sell() {
    same_to_the_bit(CENTRAL_PLAINS, &["land_quota.recultivation=0"], &[MARKET, "land_quota.recultivation=0"]);
}
