//! Choices and rules, read from the records of single agents alone.

mod program;
mod worlds;

use std::collections::BTreeMap;

use program::{below, config, succeed};
use worlds::Rows;

const EVERYTHING: [&str; 4] =
    ["workers_per_agent=800", "initial.burn_in=40", "settlement_rules.application_rate=1", "seed=11"];

/// A run of a scenario that records agents in every quarter, and its table of agents.
fn recorded(scenario: &str, ticks: u32, changes: &[&str]) -> Rows {
    recorded_with(scenario, ticks, changes, None)
}

fn recorded_with(scenario: &str, ticks: u32, changes: &[&str], policy: Option<&str>) -> Rows {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let (scenario, ticks) = (config(scenario), ticks.to_string());
    let mut arguments = vec!["run", &scenario, "--ticks", &ticks, "--record", "agents", "--out", "run", "--quiet"];
    arguments.extend(changes.iter().flat_map(|change| ["--set", change]));
    let policy = policy.map(|text| {
        let path = below(folder.path(), "policy.ron");
        std::fs::write(&path, text).expect("a file can be written");
        path
    });
    if let Some(policy) = &policy {
        arguments.extend(["--policy", policy]);
    }
    succeed(folder.path(), &arguments);
    Rows::read(&folder.path().join("run/agents.parquet"))
}

/// What is recorded of an agent at the end of a quarter.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Agent<'a> {
    origin: &'a str,
    registered_at: &'a str,
    place: &'a str,
    status: &'a str,
    skilled: bool,
    quarters_here: i64,
    stable_quarters: i64,
    insured_quarters: i64,
    chosen: &'a str,
}

/// Agents by quarter and identity.
fn by_quarter(rows: &Rows) -> Vec<BTreeMap<i64, Agent<'_>>> {
    let (ticks, keys) = (rows.integers("tick"), rows.integers("key"));
    let [origin, registered_at, place, status, skill, chosen] =
        ["origin", "registered_at", "place", "status", "skill", "chosen"].map(|name| rows.texts(name));
    let [here, stable, insured] =
        ["quarters_here", "stable_quarters", "insured_quarters"].map(|name| rows.integers(name));
    let mut quarters = Vec::new();
    for row in 0..ticks.len() {
        let tick = usize::try_from(ticks[row]).expect("quarters are counted from zero");
        quarters.resize_with(quarters.len().max(tick + 1), BTreeMap::new);
        let agent = Agent {
            origin: origin[row],
            registered_at: registered_at[row],
            place: place[row],
            status: status[row],
            skilled: skill[row] == "skilled",
            quarters_here: here[row],
            stable_quarters: stable[row],
            insured_quarters: insured[row],
            chosen: chosen[row],
        };
        assert!(quarters[tick].insert(keys[row], agent).is_none(), "an identity is there twice");
    }
    quarters
}

/// Rules of the test: one of each kind, with the part of the places that has it.
const RULES: &str = r#"(name: "every rule", changes: [(at: 2010, change: Settlement(homestead: Keep, rules: [
    (places: All, rule: Open),
    (places: Places(["zhengzhou", "kaifeng"]), rule: Closed),
    (places: Places(["luoyang", "xinxiang"]), rule: Quota(share: 0.006)),
    (places: Places(["anyang", "pingdingshan"]), rule: Residence(residence: 2.5, insured: 1.5)),
    (places: Places(["jiaozuo"]), rule: Residence(residence: 1, insured: 0, quota: 0.01)),
    (places: Places(["nanyang", "shangqiu"]), rule: Points(skill: 30, insured: 7, residence: 5, housing: 8, threshold: 40)),
    (places: Places(["xinyang"]), rule: Points(skill: 3, insured: 1, residence: 2, housing: 1, quota: 0.008)),
]))])"#;

/// Whether the rule of a place lets somebody with this record apply, by the words of the manual.
fn may_apply(agent: &Agent) -> bool {
    let years = |quarters: i64| quarters / 4;
    match agent.place {
        "zhengzhou" | "kaifeng" => false,
        "anyang" | "pingdingshan" => agent.quarters_here >= 10 && agent.insured_quarters >= 6,
        "jiaozuo" => agent.quarters_here >= 4,
        "nanyang" | "shangqiu" => {
            let skill = if agent.skilled { 30 } else { 0 };
            let housing = if agent.stable_quarters >= 4 { 8 } else { 0 };
            skill + housing + 7 * years(agent.insured_quarters) + 5 * years(agent.quarters_here) >= 40
        }
        _ => true,
    }
}

fn quota(place: &str) -> Option<f64> {
    match place {
        "luoyang" | "xinxiang" => Some(0.006),
        "jiaozuo" => Some(0.01),
        "xinyang" => Some(0.008),
        _ => None,
    }
}

/// Score by which `xinyang` ranks applicants.
fn score(agent: &Agent) -> i64 {
    let housing = i64::from(agent.stable_quarters >= 4);
    3 * i64::from(agent.skilled) + agent.insured_quarters / 4 + 2 * (agent.quarters_here / 4) + housing
}

#[test]
fn those_who_settle_were_eligible_and_those_refused_stay_as_they_were() {
    let rows = recorded_with("henan.ron", 13, &EVERYTHING, Some(RULES));
    let quarters = by_quarter(&rows);
    let (mut settled, mut refused, mut by_place) = (0, 0, BTreeMap::new());
    for pair in quarters.windows(2) {
        for (key, now) in &pair[1] {
            let Some(before) = pair[0].get(key) else {
                assert_eq!(now.chosen, "stay", "a newcomer has not chosen yet");
                continue;
            };
            let admitted = before.status != "citizen" && now.status == "citizen" && now.place == before.place;
            if now.chosen != "settle" {
                let came_home = now.chosen == "home" || now.chosen == now.registered_at;
                assert!(!admitted || came_home, "{key} settled without asking: {before:?}, {now:?}");
                continue;
            }
            assert!(["migrant", "citizen_elsewhere"].contains(&before.status), "{before:?} applied");
            assert!(may_apply(before), "{before:?} applied against the rule");
            if now.status == "citizen" {
                assert_eq!((now.place, now.registered_at), (before.place, before.place), "{now:?}");
                settled += 1;
                *by_place.entry(before.place).or_insert(0) += 1;
            } else {
                assert!(quota(before.place).is_some(), "{before:?} was refused where no quota rations");
                refused += 1;
                assert_eq!(
                    (now.place, now.status, now.registered_at, now.quarters_here),
                    (before.place, before.status, before.registered_at, (before.quarters_here + 1).min(255)),
                    "who is refused stays"
                );
            }
        }
    }
    assert!(settled > 300 && refused > 300, "{settled} settled, {refused} refused: too few to show anything");
    for place in ["luoyang", "anyang", "jiaozuo", "nanyang", "xinyang", "puyang"] {
        assert!(by_place.get(place).is_some_and(|count| *count > 0), "nobody settled in {place}: {by_place:?}");
    }
}

#[test]
fn under_a_ranking_nobody_is_passed_over_for_a_lower_score() {
    let rows = recorded_with("henan.ron", 6, &EVERYTHING, Some(RULES));
    let quarters = by_quarter(&rows);
    let mut compared = 0;
    for pair in quarters.windows(2) {
        let applied = pair[1].iter().filter(|(_, now)| now.chosen == "settle");
        let ranked: Vec<(i64, bool)> = applied
            .filter_map(|(key, now)| pair[0].get(key).map(|before| (before, now)))
            .filter(|(before, _)| before.place == "xinyang")
            .map(|(before, now)| (score(before), now.status == "citizen"))
            .collect();
        let lowest_in = ranked.iter().filter(|(_, is_in)| *is_in).map(|(score, _)| *score).min();
        let highest_out = ranked.iter().filter(|(_, is_in)| !*is_in).map(|(score, _)| *score).max();
        if let (Some(lowest_in), Some(highest_out)) = (lowest_in, highest_out) {
            assert!(lowest_in >= highest_out, "{lowest_in} points were enough and {highest_out} were not");
            compared += 1;
        }
    }
    assert!(compared > 0, "no quarter in which anyone was refused");
}

#[test]
fn quotas_hold_in_every_place_and_year() {
    let years = 6;
    let rows = recorded_with("henan.ron", 4 * years as u32, &EVERYTHING, Some(RULES));
    let quarters = by_quarter(&rows);
    for place in ["luoyang", "xinxiang", "jiaozuo", "xinyang"] {
        let share = quota(place).expect("these places have one");
        for year in 0..years {
            let mut settled = 0_usize;
            let mut citizens = 0;
            for quarter in 4 * year..4 * year + 4 {
                let (before, now) = (&quarters[quarter], &quarters[quarter + 1]);
                let is_in = |agent: &&Agent| agent.place == place && agent.status == "citizen";
                citizens = citizens.max(before.values().filter(is_in).count());
                settled += now
                    .iter()
                    .filter(|(key, agent)| {
                        is_in(agent)
                            && agent.chosen == "settle"
                            && before.get(key).is_some_and(|agent| agent.status != "citizen")
                    })
                    .count();
            }
            // Agents are lumps of persons, more of them by a sixth where people have more dependants: one lump of slack,
            // and the difference in dependants.
            let allowed = share * citizens as f64 * 1.25 + 1.0;
            assert!(settled as f64 <= allowed, "{settled} settled in {place} in year {year}, {allowed:.1} may");
            assert!(settled > 0, "nobody settled in {place} in year {year}: the quota is not tested");
        }
    }
}

#[test]
fn one_agent_more_changes_nobody_else_s_first_choice() {
    let base = recorded("henan.ron", 1, &EVERYTHING);
    for place in ["zhengzhou", "jiyuan"] {
        let more = format!("places.{place}.added_workers=1");
        let added = recorded("henan.ron", 1, &[&EVERYTHING[..], &[&more]].concat());
        let (one, two) = (by_quarter(&base), by_quarter(&added));
        let others: Vec<&i64> = two[1].keys().filter(|key| !one[1].contains_key(key)).collect();
        assert_eq!(two[0].len(), one[0].len() + 1, "one agent more");
        assert_eq!(others.len(), 1, "and its identity is new: {others:?}");
        assert_eq!(two[1][others[0]].origin, place);
        let changed = one[1].iter().filter(|(key, agent)| two[1][key].chosen != agent.chosen).count();
        assert_eq!(changed, 0, "choices changed by one more agent in {place}");
    }
}

#[test]
fn a_better_city_draws_people_to_itself_and_moves_nobody_elsewhere() {
    // Amenities enter no price, and those that the base year is fitted with stay as they are.
    for (scenario, city, workers, changes) in [
        ("henan.ron", "kaifeng", 150, &[][..]),
        ("henan.ron", "zhengzhou", 300, &[]),
        ("henan.ron", "zhengzhou", 300, &["consideration.distance_decay=1"]),
        ("central-plains.ron", "oak", 150, &[]),
    ] {
        let workers = format!("workers_per_agent={workers}");
        let common = [&[workers.as_str(), "initial.burn_in=40", "seed=4"], changes].concat();
        let base = recorded(scenario, 1, &common);
        let better = format!("places.{city}.amenity=0.5");
        let better = recorded(scenario, 1, &[&common[..], &[&better]].concat());
        let (before, after) = (by_quarter(&base), by_quarter(&better));
        let mut drawn = 0;
        for (key, one) in &before[1] {
            // Newcomers have chosen nothing yet.
            let Some(was) = before[0].get(key) else { continue };
            let two = &after[1][key];
            let there = |agent: &Agent| {
                let home = if was.status == "citizen_elsewhere" { was.registered_at } else { was.origin };
                match agent.chosen {
                    "stay" | "settle" => was.place.to_owned(),
                    // Home is the countryside, but for citizens.
                    "home" if was.status != "citizen_elsewhere" => format!("countryside of {home}"),
                    "home" => home.to_owned(),
                    place => place.to_owned(),
                }
            };
            let lives_in_countryside = was.status == "rural";
            let place = |agent: &Agent| match agent.chosen {
                "stay" if lives_in_countryside => format!("countryside of {}", was.place),
                _ => there(agent),
            };
            let (then, now) = (place(one), place(two));
            if then != now {
                assert_eq!(now, city, "{was:?} chose {} and now {}", one.chosen, two.chosen);
                drawn += 1;
            }
        }
        assert!(drawn > 20, "{drawn} people drawn to {city} show little");
    }
}

/// With `migrant_location` off nobody chose places, so an application once made was never removed: those admitted settled
/// again in every quarter, and a newcomer in the slot of one who had settled became a citizen at birth.
#[test]
fn with_moving_off_nobody_settles_twice() {
    let rows = recorded_with(
        "henan.ron",
        6,
        &[&EVERYTHING[..3], &["migrant_location=Off", "demography.working_life=40"]].concat(),
        Some(RULES),
    );
    let quarters = by_quarter(&rows);
    let mut settled = 0;
    for pair in quarters.windows(2) {
        for (key, now) in pair[1].iter().filter(|(_, now)| now.chosen == "settle") {
            let before = pair[0].get(key).unwrap_or_else(|| panic!("{key} settled at birth: {now:?}"));
            assert!(["migrant", "citizen_elsewhere"].contains(&before.status), "{before:?} settled again");
            assert!(may_apply(before), "{before:?}");
            settled += usize::from(now.status == "citizen");
        }
    }
    assert!(settled > 0);
}
