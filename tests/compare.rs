//! Comparing policies: differences are the policy's doing and nothing else's, and what is printed is what runs hold.

mod program;
mod worlds;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use program::{assert_same_tables, below, config, entries, error_text, output, state_hash, succeed};
use serde_json::Value;
use worlds::{HENAN, Rows, build, one_thread, scenario};

/// Few agents and years: a run takes a tenth of a second.
const SMALL: [&str; 6] = ["--set", "workers_per_agent=4000", "--set", "initial.burn_in=60", "--quiet", "--until"];

fn small<'a>(base: &'a str, policies: &[&'a str], until: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["compare", base], policies, &SMALL[..], &[until], more].concat()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let text = succeed(folder, &[arguments, &["--json"]].concat());
    serde_json::from_str(&text).expect("--json prints JSON")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("there is room for temporary files")
}

fn policy(folder: &Path, name: &str, changes: &str) -> String {
    let path = folder.join(format!("{name}.ron"));
    std::fs::write(&path, format!("(name: \"{name}\", changes: [{changes}])")).expect("a policy can be written");
    program::text(&path)
}

fn list<'a>(found: &'a Value, key: &str) -> &'a [Value] {
    found[key].as_array().unwrap_or_else(|| panic!("no list {key}"))
}

fn number(entry: &Value, key: &str) -> f64 {
    entry[key].as_f64().unwrap_or_else(|| panic!("{key} of {entry} is no number"))
}

fn effect<'a>(found: &'a Value, policy: &str, quantity: &str) -> &'a Value {
    let is = |entry: &&Value| entry["policy"] == policy && entry["quantity"] == quantity;
    list(found, "effects").iter().find(is).unwrap_or_else(|| panic!("no effect of {policy} on {quantity}"))
}

#[test]
fn a_policy_that_does_nothing_has_effects_of_exactly_nothing() {
    let place = folder();
    let (henan, nothing) = (config("henan.ron"), config("policies/do-nothing.ron"));
    let found = json(place.path(), &small(&henan, &[&nothing], "2012", &["--seeds", "4"]));
    for part in ["effects", "winners", "costs", "cities", "paths"] {
        assert!(!list(&found, part).is_empty(), "{part} is empty");
        for entry in list(&found, part).iter().filter(|entry| !entry["effect"].is_null()) {
            for key in ["effect", "low", "high", "standard_error"] {
                assert_eq!(number(entry, key), 0.0, "{part}: {key} of {entry}");
            }
        }
    }
    for entry in list(&found, "winners").iter().filter(|entry| !entry["equivalent_variation"].is_null()) {
        let shares = ["better_share", "worse_share", "equivalent_variation", "equivalent_variation_high"];
        assert!(shares.iter().all(|key| number(entry, key) == 0.0), "{entry}");
        assert_ne!(entry["group"], "mover");
    }
}

#[test]
fn the_tables_are_the_same_bytes_for_any_threads_and_with_a_common_past_run_once() {
    let place = folder();
    let henan = config("henan.ron");
    let changes = "(at: 2011, change: Settlement(rules: [(places: All, rule: Open)], financed_by: CityDebt)),
        (at: 2011.5, change: VillageConsolidation(share_per_year: 0.1, cost_per_household: 9000, non_farm_share_min: 0)),
        (at: 2011, change: Transport(goods_cost: 0.5, travel_cost: 0.5, outlay_per_km: 10000))";
    let one = policy(place.path(), "much", changes);
    let other = policy(place.path(), "little", "(at: 2011.25, change: LandQuota(scope: Province, plan_growth: 0.01))");
    let run = |out: &str, more: &[&str]| {
        let more = [&["--seeds", "3", "--first-seed", "7", "--interactions", "--out", out], more].concat();
        succeed(place.path(), &small(&henan, &[&one, &other], "2012", &more));
    };
    run("one", &["--threads", "1"]);
    run("many", &["--threads", "5"]);
    run("forked", &["--from", "2011", "--threads", "2"]);
    let at = |name: &str| place.path().join(name);
    assert_same_tables(&at("one"), &at("many"));
    assert_same_tables(&at("one"), &at("forked"));
    assert_eq!(program::manifest(&at("forked"))["from"], 2011.0);
    // A run of the comparison is the run that `run` makes of the resolved world.
    let runs = Rows::read(&at("one/runs.parquet"));
    let (policies, seeds, hashes) = (runs.texts("policy"), runs.integers("seed"), runs.texts("state_hash"));
    let row = (0..policies.len()).find(|&row| policies[row] == "much" && seeds[row] == 8).expect("the run is there");
    let world = below(&at("one"), "world-1.ron");
    succeed(place.path(), &["run", &world, "--seed", "8", "--out", "again", "--quiet"]);
    assert_eq!(state_hash(&at("again")), hashes[row]);
}

#[test]
fn effects_are_differences_between_the_runs_that_run_makes() {
    let place = folder();
    let (henan, open) = (config("henan.ron"), config("policies/open-settlement.ron"));
    let found = json(place.path(), &small(&henan, &[&open], "2015", &["--seeds", "2", "--first-seed", "3"]));
    let [mut urban, mut income, mut cost] = [[0.0; 2]; 3];
    let mut groups = [[0.0; 2]; 2];
    for (at, seed) in ["3", "4"].into_iter().enumerate() {
        for (world, with) in [&[][..], &["--policy", open.as_str()][..]].into_iter().enumerate() {
            let out = format!("run-{seed}-{world}");
            let mut arguments = vec!["run", &henan, "--seed", seed, "--out", &out];
            arguments.extend(SMALL);
            arguments.push("2015");
            succeed(place.path(), &[&arguments[..], with].concat());
            let region = Rows::read(&place.path().join(&out).join("region.parquet"));
            let last = |name: &str| *region.numbers(name).last().expect("the run has quarters");
            let sign = if world == 0 { -1.0 } else { 1.0 };
            urban[at] += sign * last("urbanisation");
            income[at] += sign * 4.0 * last("real_income");
            cost[at] += sign * 4.0 * last("fiscal_cost");
            groups[at][world] = real_income_of_migrants(&place.path().join(&out));
        }
    }
    for (quantity, difference) in [("urbanisation", urban), ("real_income", income), ("fiscal_cost", cost)] {
        let entry = effect(&found, "open-settlement", quantity);
        let mean = (difference[0] + difference[1]) / 2.0;
        let error = (difference[0] - difference[1]).abs() / 2.0;
        let near = |key: &str, expected: f64| {
            let gap = (number(entry, key) - expected).abs();
            assert!(gap <= 1e-9 * (mean.abs() + 1e-9), "{quantity}: {key} of {entry} instead of {expected}");
        };
        near("effect", mean);
        near("standard_error", error);
        // Student's t of one degree, two-sided 95 %.
        near("high", mean + 12.706_204_736_174_7 * error);
    }
    let migrants = |entry: &&Value| entry["dimension"] == "hukou" && entry["group"] == "migrant";
    let winner = list(&found, "winners").iter().find(migrants).expect("migrants are a group");
    let mean = (groups[0][0] + groups[1][0]) / 2.0;
    assert!((number(winner, "members_real_income_base") / mean - 1.0).abs() < 1e-9);
    let change = (groups[0][1] + groups[1][1]) / 2.0 - mean;
    assert!((number(winner, "members_effect") - change).abs() < 1e-6 * mean);
    // The same persons: many of them are citizens with the policy, and gain by it.
    assert!(number(winner, "people") < number(winner, "members_base") * 1.000_001);
    assert!(number(winner, "better_share") > 0.5);
}

/// Mean real income by the year of city people without registration, out of table `groups`.
fn real_income_of_migrants(run: &Path) -> f64 {
    let groups = Rows::read(&run.join("groups.parquet"));
    let (ticks, hukou) = (groups.integers("tick"), groups.texts("hukou"));
    let (people, income) = (groups.numbers("people"), groups.numbers("real_income"));
    let last = *ticks.last().expect("there are groups");
    let rows = || (0..ticks.len()).filter(|&row| ticks[row] == last && hukou[row] == "migrant");
    4.0 * rows().map(|row| people[row] * income[row]).sum::<f64>() / rows().map(|row| people[row]).sum::<f64>()
}

#[test]
fn programmes_are_paid_for_and_their_items_add_up() {
    let place = folder();
    let henan = config("henan.ron");
    let changes = "(at: 2010, change: ServiceReform(spending: 1.2)),
        (at: 2010, change: Transport(goods_cost: 0.9, outlay_per_km: 100000, financed_by: CityDebt)),
        (at: 2010, change: Settlement(rules: [(places: All, rule: Open)])),
        (at: 2010, change: VillageConsolidation(share_per_year: 0.1, cost_per_household: 9000, non_farm_share_min: 0)),
        (at: 2010, change: Subsidy(rate: 0.05))";
    let everything = policy(place.path(), "everything", changes);
    let found = json(place.path(), &small(&henan, &[&everything], "2012", &["--seeds", "2"]));
    let costs: BTreeMap<&str, f64> = list(&found, "costs")
        .iter()
        .map(|cost| (cost["item"].as_str().expect("items have names"), number(cost, "with_policy")))
        .collect();
    let programmes = ["settlers_services", "service_reform", "transport", "village_consolidation", "subsidies"];
    let outlays: f64 = programmes.iter().map(|item| costs[item]).sum();
    assert!(programmes.iter().all(|item| costs[item] > 0.0), "{costs:?}");
    let close = |one: f64, other: f64, what: &str| assert!((one / other - 1.0).abs() < 1e-9, "{what}: {one}, {other}");
    close(costs["levy"] + costs["borrowing"], outlays, "what is raised is what is spent");
    close(costs["borrowing"], costs["transport"], "transport alone is borrowed for");
    let revenue = costs["taxes"] + costs["land_finance"] + costs["levy"] + costs["borrowing"];
    close(costs["revenue"], revenue, "revenue is its items");
    let spending = outlays + costs["public_services"] + costs["debt_service"];
    close(costs["spending"], spending, "spending is its items");
    assert!(costs["debt"] > 0.0);
}

#[test]
fn what_policies_do_together_is_the_sum_of_their_terms() {
    let place = folder();
    let henan = config("henan.ron");
    let [open, land] = ["open-settlement", "land-quota-transfer"].map(|name| config(&format!("policies/{name}.ron")));
    let found = json(place.path(), &small(&henan, &[&open, &land], "2016", &["--seeds", "3", "--interactions"]));
    assert_eq!(found["policies"], serde_json::json!(["open-settlement", "land-quota-transfer"]));
    let both = "open-settlement + land-quota-transfer";
    for quantity in ["gdp", "urban_land", "equivalent_variation", "urbanisation"] {
        let terms: BTreeMap<&str, &Value> = list(&found, "interactions")
            .iter()
            .filter(|term| term["quantity"] == quantity)
            .map(|term| (term["term"].as_str().expect("terms have names"), term))
            .collect();
        assert_eq!(terms.len(), 3);
        let sum: f64 = terms.values().map(|term| number(term, "effect")).sum();
        let together = number(effect(&found, both, quantity), "effect");
        assert!((sum - together).abs() <= 1e-9 * together.abs(), "{quantity}: {sum} and {together}");
        let term = terms["open-settlement × land-quota-transfer"];
        assert!((number(term, "together") - together).abs() <= 1e-9 * together.abs());
    }
    // Quotas need settlers who sell their homesteads, and settlers need land: known to be more than the sum.
    let land = list(&found, "interactions").iter();
    let land = land.filter(|term| term["quantity"] == "urban_land" && term["order"] == 2).collect::<Vec<_>>();
    assert!(number(land[0], "low") > 0.0, "{}", land[0]);
}

#[test]
fn pairing_needs_many_times_fewer_runs_for_five_years_of_open_settlement() {
    let place = folder();
    let (henan, open) = (config("henan.ron"), config("policies/open-settlement.ron"));
    let arguments = ["compare", &henan, &open, "--seeds", "12", "--from", "2014", "--until", "2015", "--quiet"];
    let found = json(place.path(), &[&arguments[..], &["--set", "workers_per_agent=250"]].concat());
    for quantity in ["urbanisation", "centre_population_share"] {
        let entry = effect(&found, "open-settlement", quantity);
        let [paired, unpaired] = ["standard_error", "unpaired_standard_error"].map(|key| number(entry, key));
        let ratio = number(entry, "variance_ratio");
        assert!((ratio * paired * paired / (unpaired * unpaired) - 1.0).abs() < 1e-9);
        assert!(ratio >= 5.0, "{quantity}: {ratio}");
    }
}

#[test]
fn a_lever_on_one_city_leaves_everyone_else_s_first_choice_alone() {
    // Entering Zhengzhou becomes free at the start. Prices are those of the base in the first quarter, so whoever does
    // not choose Zhengzhou now makes the same choice as before, and nobody is moved between two other places.
    let policy = "(name: \"one\", changes: [(at: 2010, change: Settlement(rules: [
        (places: Places([\"zhengzhou\"]), rule: Closed)], entry_cost: 0))])";
    let chosen = |policies: &[&str]| {
        let mut model = build(&scenario(HENAN, &["workers_per_agent=500"], policies), &one_thread(true));
        model.tick().expect("accounts close");
        let tables = model.tables_mut().0.clone();
        let agents = worlds::Ended { state_hash: String::new(), tables }.table("agents");
        let ticks = agents.integers("tick").to_vec();
        let (keys, choices) = (agents.integers("key").to_vec(), agents.texts("chosen"));
        let rows = (0..ticks.len()).filter(|&row| ticks[row] == 1);
        rows.map(|row| (keys[row], choices[row].to_owned())).collect::<Vec<_>>()
    };
    let (base, with) = (chosen(&[]), chosen(&[policy]));
    assert_eq!(base.len(), with.len());
    let mut drawn = 0;
    for ((key, before), (same, after)) in base.iter().zip(&with) {
        assert_eq!(key, same, "the same persons in the same order");
        if before != after {
            // Those who are registered elsewhere, or would have settled there, lose the choice of settling.
            let of_the_city = after == "zhengzhou" || before == "settle";
            assert!(of_the_city, "{key} chose {after} instead of {before}");
            drawn += usize::from(after == "zhengzhou");
        }
    }
    assert!(drawn > 10, "the lever draws {drawn} people: too few to test anything");
}

#[test]
fn wrong_input_is_refused_before_anything_runs() {
    let place = folder();
    let (henan, open) = (config("henan.ron"), config("policies/open-settlement.ron"));
    let at = |name: &str, changes: &str| policy(place.path(), name, changes);
    let unknown = at("unknown", "(at: 2012, change: ServiceReform(places: Places([\"zhengzou\"]), quality: 2))");
    let sell = at("sell", "(at: 2012, change: Settlement(homestead: Sell))");
    let keep = at("keep", "(at: 2012, change: Settlement(homestead: Keep))");
    let base = at("base", "");
    let cases: [(&[&str], &[&str]); 14] = [
        (&[&henan, "nowhere.ron"], &["nowhere.ron", "no such file"]),
        (&["nowhere.ron", &open], &["nowhere.ron"]),
        (&[&henan, &unknown], &["unknown.ron:1:", "zhengzou", "did you mean `zhengzhou`"]),
        (&[&henan, &unknown, "nowhere.ron"], &["zhengzou", "nowhere.ron"]),
        (&[&henan, &sell, &keep, "--interactions"], &["sell.ron:1:", "keep.ron:1:", "both set", "2012"]),
        (&[&henan, &open, &open], &["two policies are named `open-settlement`"]),
        (&[&henan, &base], &["named `base`"]),
        (&[&henan, &open, "--interactions"], &["two policies or more"]),
        (&[&henan, &open, "--seeds", "0"], &["--seeds"]),
        (&[&henan, &open, "--from", "2009"], &["2010 to 2020"]),
        (&[&henan, &open, "--from", "2020"], &["outside the run"]),
        (&[&henan, &open, "--from", "2015.5"], &["open-settlement changes Settlement in 2014", "2015.5"]),
        (&[&henan, &open, "--from", "2013.4"], &["beginning of a quarter"]),
        (&[&henan, &open, "--set", "congestion.crowdin=1"], &["crowdin"]),
    ];
    for (arguments, said) in cases {
        let start = Instant::now();
        let output = output(place.path(), &[&["compare"], arguments, &["--out", "never"]].concat());
        let message = error_text(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(said.iter().all(|words| message.contains(words)), "{arguments:?} says {message}");
        assert!(output.stdout.is_empty() && start.elapsed().as_secs() < 10);
    }
    assert!(!place.path().join("never").exists(), "nothing is written for wrong input");
}

#[test]
fn policies_that_set_the_same_thing_can_be_compared_one_by_one() {
    let place = folder();
    let regions = config("two-regions.ron");
    let changes = |wedge: f64| {
        format!("(at: 2010, change: Barrier(wedge: {wedge})), (at: 2012, change: Settlement(homestead: Keep))")
    };
    let [none, half] = [("none", 0.0), ("half", 0.5)].map(|(name, wedge)| policy(place.path(), name, &changes(wedge)));
    let arguments = ["compare", &regions, &none, &half, "--ticks", "4", "--seeds", "2", "--quiet"];
    let found = json(place.path(), &[&arguments[..], &["--set", "workers_per_agent=1000"]].concat());
    assert_eq!(found["policies"], serde_json::json!(["none", "half"]));
    assert!(list(&found, "interactions").is_empty());
    assert_eq!(number(effect(&found, "none", "urbanisation"), "pairs"), 2.0);
}

#[test]
fn a_folder_of_results_is_known_again_replaced_by_force_and_no_other_is_touched() {
    let place = folder();
    let (regions, nothing) = (config("two-regions.ron"), config("policies/do-nothing.ron"));
    let arguments = |seeds: &'static str, more: &[&'static str]| {
        let all = ["compare", &regions, &nothing, "--ticks", "2", "--seeds", seeds, "--out", "found"];
        [&all[..], &["--set", "workers_per_agent=1000"], more].concat().iter().map(|one| (*one).to_owned()).collect()
    };
    let run = |arguments: Vec<String>| output(place.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(run(arguments("2", &[])).status.success());
    let files = ["base.ron", "cities.parquet", "costs.parquet", "effects.parquet", "manifest.json", "paths.parquet"];
    let found = entries(&place.path().join("found"));
    assert!(files.iter().all(|file| found.contains(&(*file).to_owned())), "{found:?}");
    let again = run(arguments("2", &[]));
    assert!(again.status.success() && error_text(&again).contains("already holds this comparison"));
    let other = run(arguments("3", &[]));
    assert_eq!(other.status.code(), Some(2));
    assert!(error_text(&other).contains("--force"), "{}", error_text(&other));
    assert!(run(arguments("3", &["--force"])).status.success());
    assert_eq!(entries(&place.path().join("found")), found);
    // A comparison is no run, and a run no comparison.
    let refused = output(place.path(), &["run", &regions, "--ticks", "1", "--out", "found"]);
    assert_eq!(refused.status.code(), Some(2));
    succeed(place.path(), &["run", &regions, "--ticks", "1", "--out", "run", "--quiet"]);
    let refused =
        output(place.path(), &["compare", &regions, &nothing, "--ticks", "1", "--seeds", "1", "--out", "run"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn one_pair_of_runs_gives_effects_and_no_intervals() {
    let place = folder();
    let (regions, nothing) = (config("two-regions.ron"), config("policies/do-nothing.ron"));
    let arguments = ["compare", &regions, &nothing, "--ticks", "4", "--seeds", "1"];
    let small = ["--set", "workers_per_agent=1000"];
    let text = succeed(place.path(), &[&arguments[..], &small, &["--full"]].concat());
    assert!(text.contains("one pair of runs") && text.contains("| urbanisation"), "{text}");
    let found = json(place.path(), &[&arguments[..], &small, &["--quiet"]].concat());
    let entry = effect(&found, "do-nothing", "urbanisation");
    assert!(number(entry, "effect") == 0.0 && entry["low"].is_null() && entry["variance_ratio"].is_null());
}

#[test]
fn the_pages_name_every_quantity_and_every_column() {
    let place = folder();
    let henan = config("henan.ron");
    let one = policy(place.path(), "one", "(at: 2010, change: Barrier(wedge: 0.5))");
    let two = policy(place.path(), "two", "(at: 2010, change: ServiceReform(quality: 1.1))");
    let more = ["--seeds", "2", "--ticks", "4", "--interactions", "--out", "found"];
    let arguments = ["compare", &henan, &one, &two, "--quiet", "--set", "workers_per_agent=8000"];
    succeed(place.path(), &[&arguments[..], &more].concat());
    let page = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        std::fs::read_to_string(path).expect("the page is in the repository")
    };
    let (files, outcomes) = (page("files.md"), page("outcomes.md"));
    let read = |table: &str| Rows::read(&place.path().join(format!("found/{table}.parquet")));
    for table in ["effects", "winners", "costs", "cities", "paths", "interactions"] {
        let part = files.split(&format!("### {table} of a comparison\n")).nth(1).unwrap_or_default();
        let part = part.split("\n### ").next().unwrap_or_default();
        for field in read(table).fields() {
            let unit = if field.unit.is_empty() { "–" } else { &field.unit };
            let row = format!("| `{}` | {unit} | {} |\n", field.name, field.about);
            assert!(part.contains(&row), "docs/files.md, {table} of a comparison, lacks\n{row}");
        }
    }
    let names: Vec<String> = read("effects").texts("quantity").iter().map(|&name| name.to_owned()).collect();
    for name in names.iter().filter(|name| !name.starts_with("centre_share_")) {
        assert!(outcomes.contains(&format!("`{name}`")), "docs/outcomes.md does not say what {name} is");
    }
    assert!(outcomes.contains("`centre_share_<industry>`"));
}
