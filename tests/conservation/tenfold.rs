//! Money is a veil: ten times every nominal number is ten times every price, and nobody is better off or chooses
//! otherwise.

use scenario::Scenario;

use crate::worlds::{Ended, HENAN, PLAINS, one_thread, run, scenario};

const OUTLAYS: &str = "(name: \"outlays\", changes: [
    (at: 2010, change: Transport(goods_cost: 0.9, outlay_per_km: 1000, financed_by: CityDebt)),
    (at: 2010, change: VillageConsolidation(non_farm_share_min: 0, share_per_year: 0.1, cost_per_household: 5000)),
])";

/// Multiplies every number of a scenario whose unit is money.
fn nominal_times(scenario: &mut Scenario, factor: f64) {
    scenario.money.farm_income *= factor;
    for place in &mut scenario.places {
        place.gdp = place.gdp.map(|gdp| gdp * factor);
    }
    for link in scenario.levers.transport.iter_mut().flatten() {
        link.outlay_per_km *= factor;
    }
    for villages in scenario.levers.village_consolidation.iter_mut().flatten() {
        villages.cost_per_household *= factor;
    }
}

fn pair(world: (&str, &[&str]), overrides: &[&str]) -> [Ended; 2] {
    [1.0, 10.0].map(|factor| {
        let mut scenario = scenario(world, overrides, &[OUTLAYS]);
        nominal_times(&mut scenario, factor);
        run(&scenario, &one_thread(true))
    })
}

#[test]
fn no_nominal_number_is_forgotten_by_this_test() {
    let yuan =
        scenario::scenario::all_parameters().into_iter().filter(|(_, parameter)| parameter.unit.starts_with("yuan"));
    let mut names: Vec<&str> = yuan.map(|(_, parameter)| parameter.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["cost_per_household", "farm_income", "outlay_per_km"]);
}

#[test]
fn ten_times_the_money_is_ten_times_the_prices_and_the_same_utilities() {
    for (world, overrides) in [(HENAN, &["ticks=1"]), (PLAINS, &["ticks=1"])] {
        let [one, ten] = pair(world, overrides);
        for (table, column, factor) in [
            ("cities", "wage", 10.0),
            ("cities", "rent", 10.0),
            ("cities", "wage_rate", 10.0),
            ("cities", "price_index", 1.0),
            ("cities", "service_output", 1.0),
            ("cities", "rural_income", 10.0),
            ("cities", "value_added", 10.0),
            ("cities", "remittances", 10.0),
            ("cities", "urban_land", 1.0),
            ("groups", "income", 10.0),
            ("groups", "utility", 1.0),
            ("groups", "people", 1.0),
            ("region", "gdp_nominal", 10.0),
            ("region", "food_price", 1.0),
            ("region", "levy", 1.0),
        ] {
            let (one, ten) = (one.table(table).numbers(column), ten.table(table).numbers(column));
            assert_eq!(one.len(), ten.len(), "{table}");
            for (row, (one, ten)) in one.iter().zip(&ten).enumerate() {
                let expected = factor * one;
                let same = (expected - ten).abs() <= 1e-9 * expected.abs().max(1.0) || one.is_nan() && ten.is_nan();
                assert!(same, "{}: {table}.{column} of row {row}: {expected} expected, {ten} found", world.0);
            }
        }
    }
}

#[test]
fn ten_times_the_money_makes_nobody_choose_otherwise() {
    let mut agents = 0;
    let mut others = 0;
    for world in [("henan", &["workers_per_agent=60"][..]), ("central-plains", &["workers_per_agent=30"])] {
        let [one, ten] = pair(world, &["ticks=1", "initial.burn_in=80"]);
        let (one, ten) = (one.table("agents"), ten.table("agents"));
        let ticks = one.integers("tick");
        let first = |row: &usize| ticks[*row] == 1;
        let (chosen, otherwise) = (one.texts("chosen"), ten.texts("chosen"));
        agents += (0..ticks.len()).filter(first).count();
        others += (0..ticks.len()).filter(first).filter(|&row| chosen[row] != otherwise[row]).count();
        let movers = (0..ticks.len()).filter(first).filter(|&row| chosen[row] != "stay").count();
        assert!(movers > 1000, "{movers} choices test little");
    }
    assert!(agents > 1_000_000, "{agents}");
    assert!(others * 1_000_000 <= agents, "{others} of {agents} agents chose otherwise");
}
