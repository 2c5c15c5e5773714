//! People: whole agents by standing, and persons by place.

use crate::worlds::{Ended, PLAINS, one_thread, run, scenario};
use crate::{Accounts, by_quarter, close};

const STANDINGS: [&str; 5] =
    ["agents_rural", "agents_migrants", "agents_registered", "agents_registered_elsewhere", "agents_outside"];

/// Checks people in the tables of a run.
pub(crate) fn check(name: &str, ended: &Ended, accounts: &Accounts) {
    for (account, quarters) in accounts.starting_with("agents") {
        for (quarter, figures) in quarters.iter().enumerate() {
            assert!(figures.iter().all(|figure| figure.fract() == 0.0), "{name}: {account} of quarter {quarter}");
            let [opening, came, went, closing] = *figures;
            assert!(opening + came - went == closing, "{name}: {account} of quarter {quarter} is off");
        }
    }
    let agents = accounts.get("agents");
    for (quarter, [.., closing]) in agents.iter().enumerate() {
        let standing: f64 = STANDINGS.iter().map(|standing| accounts.get(standing)[quarter][3]).sum();
        assert!(standing == *closing, "{name}: quarter {quarter}: {standing} agents by standing, {closing} in all");
    }
    let cities = ended.table("cities");
    let (all, urban, rural) = (
        by_quarter(&cities, "population"),
        by_quarter(&cities, "urban_population"),
        by_quarter(&cities, "rural_population"),
    );
    let (registered, migrants) = (by_quarter(&cities, "registered"), by_quarter(&cities, "migrants"));
    // The table counts every resident; people who are outside are an account of their own.
    for (quarter, [.., closing]) in accounts.get("people").iter().enumerate() {
        let at = quarter + 1;
        let outside = accounts.get("outside")[quarter][3];
        assert!(
            close(all[at], *closing, all[at]) || close(all[at] + outside, *closing, all[at]),
            "{name}: quarter {quarter}: {} residents, {outside} outside, {closing} in the account",
            all[at]
        );
        assert!(close(urban[at] + rural[at], all[at], all[at]), "{name}: quarter {quarter}");
        assert!(close(registered[at] + migrants[at], urban[at], all[at]), "{name}: quarter {quarter}");
    }
}

#[test]
fn without_demography_people_of_a_place_change_by_who_moved_in_and_out_and_by_nobody_else() {
    let ticks = 24;
    let ended = run(&scenario(PLAINS, &[&format!("ticks={ticks}")], &[]), &one_thread(false));
    let cities = ended.table("cities");
    let (tick, city, people) = (cities.integers("tick"), cities.texts("city"), cities.numbers("population"));
    let accounts = Accounts::of(&ended);
    // Every place of this scenario has the same persons to a worker: dependants over workers of 1,000 agents each.
    let persons = accounts.get("people")[0][3] / (accounts.get("agents")[0][3] * 1000.0);
    let flows = ended.table("flows");
    let (from, to, workers, year) =
        (flows.texts("from"), flows.texts("to"), flows.numbers("workers"), flows.integers("year"));
    for years in 1..=ticks / 4 {
        let of = |at: i64| {
            let row = (0..tick.len()).filter(move |&row| tick[row] == at);
            row.map(|row| (city[row], people[row])).collect::<Vec<_>>()
        };
        for ((place, before), (_, after)) in of(4 * years - 4).into_iter().zip(of(4 * years)) {
            let moved = |ends: &[&str]| -> f64 {
                let rows = (0..year.len()).filter(|&row| year[row] == 2009 + years && ends[row] == place);
                rows.map(|row| workers[row]).sum()
            };
            let expected = before + persons * (moved(&to) - moved(&from));
            assert!(close(expected, after, before), "{place}, year {years}: {expected} expected, {after} found");
        }
    }
}

#[test]
fn recorded_agents_are_those_of_the_accounts_and_everyone_is_there_once() {
    let ended = run(&scenario(crate::HENAN, &["ticks=6", "demography.replacement=0.9"], &[]), &one_thread(true));
    let (accounts, agents) = (Accounts::of(&ended), ended.table("agents"));
    let (tick, status, keys) = (agents.integers("tick"), agents.texts("status"), agents.integers("key"));
    let names = ["rural", "migrant", "citizen", "citizen_elsewhere", "outside_region"];
    for quarter in 1..=6 {
        let rows: Vec<usize> = (0..tick.len()).filter(|&row| tick[row] == quarter).collect();
        for (name, account) in names.iter().zip(STANDINGS) {
            let found = rows.iter().filter(|&&row| status[row] == *name).count();
            let closing = accounts.get(account)[usize::try_from(quarter).expect("small") - 1][3];
            assert_eq!(found as f64, closing, "{name} of quarter {quarter}");
        }
        let mut slots: Vec<i64> = rows.iter().map(|&row| keys[row]).collect();
        slots.sort_unstable();
        slots.dedup();
        assert_eq!(slots.len(), rows.len(), "an agent is there twice in quarter {quarter}");
    }
}
