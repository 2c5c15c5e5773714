//! Nothing comes from nowhere and nothing is lost: people, land and money, read from the tables alone; the audit names
//! whoever breaks that; and ten times the money changes prices and nothing else.

mod broken;
mod land;
mod money;
mod people;
mod tenfold;
#[path = "../worlds/mod.rs"]
mod worlds;

use worlds::{Ended, HENAN, PLAINS, Rows, one_thread, policy, run, scenario};

/// Money may be off by rounding, relative to what an account holds or passes on.
const TOLERANCE: f64 = 1e-9;

/// The accounts table of a run by account: opening, in, out, closing in the order of quarters.
struct Accounts(Vec<(String, Vec<[f64; 4]>)>);

impl Accounts {
    fn of(ended: &Ended) -> Self {
        let rows = ended.table("accounts");
        let names = rows.texts("account");
        let columns = ["opening", "in", "out", "closing"].map(|name| rows.numbers(name));
        let mut accounts: Vec<(String, Vec<[f64; 4]>)> = Vec::new();
        for (row, name) in names.iter().enumerate() {
            let figures = [0, 1, 2, 3].map(|column| columns[column][row]);
            match accounts.iter_mut().find(|(known, _)| known == name) {
                Some((_, quarters)) => quarters.push(figures),
                None => accounts.push(((*name).to_owned(), vec![figures])),
            }
        }
        Self(accounts)
    }

    fn get(&self, name: &str) -> &[[f64; 4]] {
        let found = self.0.iter().find(|(known, _)| known == name);
        &found.unwrap_or_else(|| panic!("no account {name}")).1
    }

    fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a (String, Vec<[f64; 4]>)> {
        self.0.iter().filter(move |(name, _)| name.starts_with(prefix))
    }
}

/// A column summed over the places of each quarter, the opening state first.
fn by_quarter(cities: &Rows, column: &str) -> Vec<f64> {
    let (ticks, values) = (cities.integers("tick"), cities.numbers(column));
    let last = usize::try_from(*ticks.last().expect("a run has states")).expect("quarters are counted from zero");
    let mut sums = vec![0.0; last + 1];
    for (tick, value) in ticks.iter().zip(values) {
        sums[usize::try_from(*tick).expect("quarters are counted from zero")] += value;
    }
    sums
}

fn close(one: f64, other: f64, scale: f64) -> bool {
    (one - other).abs() <= TOLERANCE * scale.abs().max(one.abs()).max(other.abs())
}

/// Six years of worlds and policies that move people, land and money in every way there is.
fn every_run() -> Vec<(String, Ended)> {
    let policies = [
        "do-nothing",
        "land-quota-transfer",
        "village-consolidation",
        "open-settlement",
        "tiered-settlement-2014",
        "industrial-park",
        "township-subsidy",
        "transport",
    ];
    let mut runs = Vec::new();
    for name in policies {
        let ended = run(&scenario(HENAN, &["ticks=28", "seed=2"], &[&policy(name)]), &one_thread(false));
        runs.push((format!("henan with {name}"), ended));
    }
    for name in ["land-quota-transfer", "village-consolidation", "service-quality"] {
        let ended = run(&scenario(PLAINS, &["ticks=28"], &[&policy(name)]), &one_thread(false));
        runs.push((format!("central-plains with {name}"), ended));
    }
    // People who die childless, so that their number falls; leavers who find it hard to come back; a national market.
    let fewer =
        ["ticks=28", "demography.replacement=0.6", "land_quota.scope=National", "settlement_rules.homestead=Sell"];
    runs.push(("henan with fewer young".to_owned(), run(&scenario(HENAN, &fewer, &[]), &one_thread(false))));
    runs
}

#[test]
fn every_account_is_named_in_the_manual() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/files.md");
    let manual = std::fs::read_to_string(path).expect("the manual is in the repository");
    let ended = run(&scenario(PLAINS, &["ticks=1", "workers_per_agent=5000"], &[]), &one_thread(false));
    for (account, _) in &Accounts::of(&ended).0 {
        assert!(manual.contains(&format!("`{account}`")), "docs/files.md does not name {account}");
    }
}

#[test]
fn every_account_closes_and_opens_again_as_it_closed() {
    for (name, ended) in every_run() {
        let accounts = Accounts::of(&ended);
        assert_eq!(accounts.0.len(), 24, "{name}");
        for (account, quarters) in &accounts.0 {
            assert_eq!(quarters.len(), 28, "{name}: {account}");
            for (quarter, [opening, came, went, closing]) in quarters.iter().enumerate() {
                let found = opening + came - went;
                let scale = opening.abs() + came.abs() + went.abs();
                assert!(close(found, *closing, scale), "{name}: {account} of quarter {quarter}: {found} and {closing}");
                // Food is eaten or lost in its quarter: none is carried over.
                let carried = if account == "food" { 0.0 } else { *closing };
                if let Some([next, ..]) = quarters.get(quarter + 1) {
                    assert!(close(carried, *next, scale), "{name}: {account} after quarter {quarter}");
                }
            }
        }
        people::check(&name, &ended, &accounts);
        land::check(&name, &ended, &accounts);
        money::check(&name, &ended, &accounts);
    }
}
