use scenario::place::Where;
use scenario::{Faults, Loaded, load_str};

use crate::{fixtures, loaded, table_scenario};

fn with(fields: &str, policies: &[&str]) -> Result<Loaded, Faults> {
    let labels = ["one.ron", "two.ron", "three.ron"];
    let policies: Vec<(&str, &str)> = labels.into_iter().zip(policies.iter().copied()).collect();
    load_str(&table_scenario(fields), &fixtures(), &[], &policies)
}

fn fault(policies: &[&str], part: &str) {
    let faults = with("", policies).expect_err("a fault");
    assert_eq!(faults.count(), 1, "{faults}");
    assert!(faults.to_string().contains(part), "`{part}` is not in: {faults}");
}

#[test]
fn a_policy_that_does_nothing_leaves_an_equal_scenario() {
    let with = with("", &["(name: \"nothing\", changes: [])"]).unwrap();
    assert_eq!(with.scenario, loaded(&table_scenario("")).scenario);
    assert_eq!(with.policies, ["nothing"]);
}

#[test]
fn every_change_reaches_its_lever() {
    let policy = "(
        name: \"all\", description: \"one of each\",
        changes: [
            (at: 2014.5, change: Settlement(rules: [(places: Level(Centre), rule: Open)], homestead: Keep, entry_cost: 0.5, financed_by: CityDebt)),
            (at: 2015, change: LandQuota(scope: Province, plan_growth: 0.003)),
            (at: 2011, until: 2019, change: ServiceReform(places: Places([\"410100\"]), quality: 1.5)),
            (at: 2011, change: Barrier(wedge: 0.5)),
            (at: 2011, change: Transport(between: Level(Centre), and: All, goods_cost: 0.8)),
            (at: 2011, change: Communications(services_cost: 0.5)),
            (at: 2011, change: Subsidy(industries: [\"labour_intensive\"], towns: true, rate: 0.1)),
            (at: 2011, change: Park(places: Tier(from: 500000, below: 1000000), industries: [\"capital_intensive\"], rate: 0.1)),
            (at: 2011, change: VillageConsolidation(share_per_year: 0.05, cost_per_household: 50000)),
            (at: 2011, change: FarmPolicy(growth: 0.001)),
        ],
    )";
    let scenario = with("", &[policy]).unwrap_or_else(|faults| panic!("{faults}")).scenario;
    let levers = scenario.levers;
    assert_eq!(levers.settlement[0].from, 2014.5);
    assert_eq!(levers.settlement[0].entry_cost, Some(0.5));
    assert_eq!(levers.land_quota[0].plan_growth, Some(0.003));
    let reform = &levers.service_reform.unwrap()[0];
    assert_eq!((reform.quality, reform.period.from, reform.period.until), (1.5, 2011.0, Some(2019.0)));
    assert_eq!(reform.places, Where::Places(vec!["zhengzhou".into()]));
    let counts = [
        levers.barriers.unwrap().len(),
        levers.transport.unwrap().len(),
        levers.communications.unwrap().len(),
        levers.subsidies.unwrap().len(),
        levers.parks.unwrap().len(),
        levers.village_consolidation.unwrap().len(),
        levers.farm_policy.unwrap().len(),
    ];
    assert_eq!(counts, [1; 7]);
}

#[test]
fn several_policies_stack() {
    let one = "(name: \"one\", changes: [(at: 2012, change: Barrier(wedge: 0.5))])";
    let two = "(name: \"two\", changes: [(at: 2012, change: Barrier(wedge: 0.8))])";
    let loaded = with("barriers: [(at: 2011, wedge: 0.9)],", &[one, two]).unwrap();
    let wedges: Vec<f64> = loaded.scenario.levers.barriers.unwrap().iter().map(|barrier| barrier.wedge).collect();
    assert_eq!(wedges, [0.9, 0.5, 0.8]);
    assert_eq!(loaded.policies, ["one", "two"]);
}

#[test]
fn changes_that_set_the_same_at_one_date_are_a_fault_naming_both() {
    let open = "(name: \"open\", changes: [(at: 2014, change: Settlement(rules: [(places: All, rule: Open)]))])";
    let shut = "(name: \"shut\", changes: [(at: 2014, change: Settlement(rules: [(places: Places([\"kaifeng\"]), rule: Closed)]))])";
    fault(&[open, shut], "one.ron:1:45 and two.ron:1:45 both set settlement rules of the same places at 2014");
    let tier = |from: u32, below: u32| {
        format!(
            "(name: \"tier\", changes: [(at: 2014, change: Settlement(rules: [(places: Tier(from: {from}, below: {below}), rule: Open)]))])"
        )
    };
    assert!(with("", &[&tier(0, 500_000), &tier(500_000, 1_000_000)]).is_ok());
    fault(&[&tier(0, 500_001), &tier(500_000, 1_000_000)], "settlement rules of the same places");
    let scope = "(name: \"scope\", changes: [(at: 2015, change: LandQuota(scope: National))])";
    let growth = "(name: \"growth\", changes: [(at: 2015, change: LandQuota(plan_growth: 0.001))])";
    assert!(with("", &[scope, growth]).is_ok());
    fault(&[scope, scope], "the scope of land quotas");
}

#[test]
fn changes_outside_the_calendar_are_noted() {
    let policy = "(name: \"late\", changes: [(at: 2031, change: Barrier(wedge: 0.5)), (at: 2001, until: 2002, change: Barrier(wedge: 0.5))])";
    let notes = with("", &[policy]).unwrap().notes.join("\n");
    assert!(notes.contains("after the run ends (2020), so it never happens"), "{notes}");
    assert!(notes.contains("ends before the run starts"), "{notes}");
}

#[test]
fn measures_of_an_off_lever_are_ignored_and_noted() {
    let policy = "(name: \"late\", changes: [(at: 2012, change: Barrier(wedge: 0.5)), (at: 2012, change: LandQuota(scope: Local))])";
    let loaded = with("barriers: Off, land_quota: Off,", &[policy]).unwrap();
    assert_eq!(loaded.scenario.levers.barriers, None);
    assert!(loaded.scenario.levers.land_quota.is_empty());
    let notes = loaded.notes.join("\n");
    assert!(notes.contains("barriers is Off") && notes.contains("land_quota is Off"), "{notes}");
}

#[test]
fn faults_of_policies_carry_their_place() {
    fault(
        &["(name: \"a\", changes: [(at: 2012, change: Bariers(wedge: 0.5))])"],
        "no change `Bariers`; did you mean `Barrier`?",
    );
    fault(
        &["(name: \"a\", changes: [(at: 2012, change: Barrier(wedge: 50))])"],
        "one.ron:1:57: changes.0.Barrier.wedge is 50, but must be from 0 to 10",
    );
    fault(&["(name: \"a\", changes: [(at: 2012, until: 2012, change: Barrier(wedge: 0.5))])"], "not after it begins");
    fault(&["(name: \"a\", changes: [(change: Barrier(wedge: 0.5))])"], "`at` is missing");
    fault(&["(name: \"a\", changes: [(at: 2012, change: Barrier)])"], "this sets nothing");
    fault(&["(name: \"a\", changes: [(at: 2012, change: Settlement())])"], "this sets nothing");
    fault(&["(name: \"a\", changes: [(at: 2012, until: 2013, change: LandQuota(scope: Local))])"], "has no `until`");
    fault(&["(name: \"a\")"], "`changes` is missing");
    fault(&["(name: \"a\", changes: [], when: 5)"], "no field `when`");
}
