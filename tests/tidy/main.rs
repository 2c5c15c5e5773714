//! Rules of style that a test can hold: arrows between crates, length of files, matching rooms, banned words, and prose
//! that says what the code says.
//!
//! Tables of parameters and of columns in `docs/` are made from the source. After a change there, write them anew with
//! `UPDATE_PROSE=1 cargo test --test tidy`; that run fails, so that a rewrite cannot pass unnoticed.

mod arrows;
mod callers;
mod columns;
mod equations;
mod language;
mod parameters;
mod prose;
mod rooms;
mod source;
mod steps;
mod words;

/// The mechanisms, in the order of a scenario's blocks.
const MECHANISMS: [&str; 23] = [
    "market_access",
    "goods_market",
    "productivity",
    "public_services",
    "wage_setting",
    "job_matching",
    "rent_pressure",
    "congestion",
    "agriculture",
    "towns",
    "producer_services",
    "consumer_services",
    "firm_turnover",
    "firm_location",
    "migrant_location",
    "networks",
    "settlement_rules",
    "land_quota",
    "remittances",
    "outside",
    "demography",
    "fiscal",
    "pollution",
];

/// The levers.
const LEVERS: [&str; 8] = [
    "barriers",
    "transport",
    "communications",
    "subsidies",
    "parks",
    "village_consolidation",
    "service_reform",
    "farm_policy",
];

/// Fails with every complaint in one go.
fn report(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
