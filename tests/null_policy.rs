//! A policy that changes nothing changes exactly nothing: not a bit of the state, not a byte of a table.

mod program;
mod worlds;

use program::{assert_same_tables, config, state_hash, succeed};
use simulation::table::Values;
use worlds::{Ended, HENAN, PLAINS, one_thread, run, scenario};

/// A year after the end of every run here.
const LATE: &str = "2030";

/// Changes of no strength: multiples of 1, additions of 0, and rules that restate those of the block.
const NEUTRAL: [&str; 13] = [
    "ServiceReform(quality: 1, spending: 1)",
    "ServiceReform(migrant_schooling: 0, migrant_health: 0, migrant_housing: 0, rural_output: 0)",
    "Barrier(places: All, wedge: 1)",
    "Transport(between: All, and: All, goods_cost: 1, travel_cost: 1, outlay_per_km: 0, financed_by: CityDebt)",
    "Communications(services_cost: 1, network_reach: 1)",
    "Subsidy(rate: 0, towns: true, financed_by: CityDebt)",
    "Subsidy(rate: 0, financed_by: Wages)",
    "Park(industries: [\"capital_intensive\"], rate: 0)",
    // People may move to flats at no cost, and none does; and no place may build flats.
    "VillageConsolidation(non_farm_share_min: 0, share_per_year: 0, rural_services: 0)",
    "FarmPolicy(growth: 0, consolidation_gain: 0)",
    "Settlement(entry_cost: 1, rules: [])",
    "Settlement(homestead: Keep)",
    "LandQuota(scope: Local)",
];

/// Changes that are anything but neutral.
const STRONG: [&str; 10] = [
    "ServiceReform(quality: 2, spending: 2)",
    "Barrier(wedge: 0)",
    "Transport(goods_cost: 0.5, travel_cost: 0.5, outlay_per_km: 10000)",
    "Communications(services_cost: 0.5, network_reach: 2)",
    "Subsidy(rate: 0.3)",
    "Park(industries: [\"capital_intensive\"], rate: 0.3)",
    "VillageConsolidation(share_per_year: 0.2, cost_per_household: 1000, non_farm_share_min: 0)",
    "FarmPolicy(growth: 0.02)",
    "Settlement(rules: [(places: All, rule: Open)], homestead: Sell, entry_cost: 0)",
    "LandQuota(scope: National, plan_growth: 0.05)",
];

fn policy_of(at: &str, changes: &[&str]) -> String {
    let changes: String = changes.iter().map(|change| format!("(at: {at}, change: {change}),")).collect();
    format!("(name: \"test\", changes: [{changes}])")
}

fn with(world: (&str, &[&str]), policy: &str) -> Ended {
    run(&scenario(world, &["ticks=10", "workers_per_agent=4000", "initial.burn_in=30"], &[policy]), &one_thread(true))
}

/// Whether columns are the same to the sign of a zero; what is not defined is the same as itself.
fn same_bits(one: &Values, two: &Values) -> bool {
    match (one, two) {
        (Values::Real(one), Values::Real(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.to_bits() == two.to_bits())
        }
        _ => one == two,
    }
}

fn assert_same(base: &Ended, other: &Ended, policy: &str) {
    for (one, two) in base.tables.iter().zip(&other.tables) {
        let same = one.values.iter().zip(&two.values).all(|(one, two)| same_bits(one, two));
        assert!(same, "{policy} changed table {}", one.name);
    }
    assert_eq!(base.state_hash, other.state_hash, "{policy} changed the state and no table");
}

#[test]
fn the_do_nothing_policy_leaves_every_byte_of_a_run() {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    for name in ["henan.ron", "central-plains.ron", "two-regions.ron"] {
        let (base, nothing) = (format!("{name}-base"), format!("{name}-nothing"));
        let (path, policy) = (config(name), config("policies/do-nothing.ron"));
        let small = ["run", &path, "--quiet", "--ticks", "9", "--set", "workers_per_agent=2000", "--record", "agents"];
        succeed(folder.path(), &[&small[..], &["--out", &base]].concat());
        succeed(folder.path(), &[&small[..], &["--out", &nothing, "--policy", &policy]].concat());
        let (base, nothing) = (folder.path().join(base), folder.path().join(nothing));
        assert_eq!(state_hash(&base), state_hash(&nothing));
        assert_same_tables(&base, &nothing);
    }
}

#[test]
fn neutral_changes_are_no_changes() {
    let base = with(HENAN, &policy_of("2011", &[]));
    for change in NEUTRAL {
        assert_same(&base, &with(HENAN, &policy_of("2011", &[change])), change);
    }
    let all = NEUTRAL.iter().filter(|change| !change.starts_with("Settlement(entry") && !change.contains("Wages"));
    let all: Vec<&str> = all.copied().collect();
    assert_same(&base, &with(HENAN, &policy_of("2010.5", &all)), "all neutral changes together");
}

#[test]
fn rules_that_restate_the_rules_in_force_are_no_change() {
    let base = with(HENAN, &policy_of("2011", &[]));
    let restated = "Settlement(rules: [
        (places: Level(Municipal), rule: Residence(residence: 3, insured: 3, quota: 0.008)),
        (places: Level(County), rule: Residence(residence: 1, insured: 0)),
        (places: Level(Centre), rule: Residence(residence: 8, insured: 8, quota: 0.004)),
    ])";
    assert_same(&base, &with(HENAN, &policy_of("2010.75", &[restated])), restated);
}

#[test]
fn changes_dated_after_the_end_never_happen() {
    for world in [HENAN, PLAINS] {
        let base = with(world, &policy_of(LATE, &[]));
        assert_same(&base, &with(world, &policy_of(LATE, &STRONG)), "changes after the end");
    }
}

#[test]
fn the_same_changes_within_the_run_do_happen() {
    // Guards the tests above: what is compared must be able to differ.
    let base = with(HENAN, &policy_of("2011", &[]));
    for change in STRONG {
        let changed = with(HENAN, &policy_of("2011", &[change]));
        assert_ne!(base.state_hash, changed.state_hash, "{change} did nothing");
    }
}

#[test]
fn a_measure_that_has_ended_before_the_run_begins_never_happens() {
    let base = with(HENAN, &policy_of("2011", &[]));
    let over = "(name: \"over\", changes: [
        (at: 2000, until: 2010, change: Barrier(wedge: 0)),
        (at: 2001, until: 2009.75, change: Subsidy(rate: 0.3)),
        (at: 1990, until: 2010, change: ServiceReform(quality: 2)),
    ])";
    assert_same(&base, &with(HENAN, over), "measures of the past");
}

#[test]
fn until_a_change_comes_into_force_the_run_is_the_baseline() {
    let base = with(HENAN, &policy_of("2011", &[]));
    let changed = with(HENAN, &policy_of("2011.5", &STRONG));
    let (before, after) = (base.table("region"), changed.table("region"));
    let ticks = before.integers("tick");
    for field in before.fields() {
        let (a, b) = (before.numbers(&field.name), after.numbers(&field.name));
        // The change acts in the seventh quarter, whose end is tick 7.
        for row in (0..ticks.len()).filter(|&row| ticks[row] < 7) {
            assert!(
                a[row].to_bits() == b[row].to_bits(),
                "{} of tick {} knew of a later change",
                field.name,
                ticks[row]
            );
        }
    }
    assert_ne!(before.numbers("real_income").last(), after.numbers("real_income").last());
}
