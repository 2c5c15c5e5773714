//! Table `accounts`: what was there, what came, what went, what is left.

use super::columns::Columns;
use super::memory::{Memory, Stocks};
use super::quarter::Quarter;
use super::reading::Reading;
use crate::accounts::{Account, Holder};
use crate::agents::worker::Status;
use crate::mechanisms::relocation::Transitions;
use crate::table::{Cell, Table};

const PERSONS: usize = 0;
const AGENTS: usize = 1;
const KM2: usize = 2;
const YUAN: usize = 3;
const FOOD: usize = 4;
const UNITS: [&str; 5] =
    ["persons", "agents", "km2", "yuan, nominal", "thousand initial farm outputs per rural person"];

const ACCOUNTS: [&str; 24] = [
    "people",
    "outside",
    "agents",
    "agents_rural",
    "agents_migrants",
    "agents_registered",
    "agents_registered_elsewhere",
    "agents_outside",
    "land",
    "land_construction",
    "land_town",
    "land_arable",
    "land_homestead",
    "land_reserve",
    "land_released",
    "land_quota_pool",
    "money_city_households",
    "money_rural_households",
    "money_government",
    "money_producers",
    "money_capital",
    "money_leavers",
    "money_outside",
    "food",
];

/// Statuses of workers by the name of their account.
const BY_STATUS: [(&str, Status); 5] = [
    ("agents_rural", Status::Rural),
    ("agents_migrants", Status::Migrant),
    ("agents_registered", Status::Citizen),
    ("agents_registered_elsewhere", Status::CitizenElsewhere),
    ("agents_outside", Status::Outside),
];
/// All statuses, those out of working life included.
const STATUSES: [Status; 6] =
    [Status::Absent, Status::Rural, Status::Migrant, Status::Citizen, Status::CitizenElsewhere, Status::Outside];

pub(super) fn table() -> Table {
    let unit = "as in column unit";
    let fields = Columns::by_quarter()
        .name("account", "People, worker agents by status, land by use, money by sector, food. `outside` counts people who are outside, `money_outside` its money.")
        .real("opening", unit, "Held when the quarter began.")
        .real("in", unit, "Came in. Of people by origin, and of land by place: sum of the gains of those that gained.")
        .real("out", unit, "Went out. Of people by origin, and of land by place: sum of the losses of those that lost.")
        .real("closing", unit, "Held when the quarter ended.")
        .name("unit", "Unit of the account. Money is in yuan of the quarter, so that a closing balance is the next opening one.")
        .done();
    let names = ACCOUNTS.iter().chain(&UNITS).map(|name| (*name).to_owned()).collect();
    Table::new("accounts", fields, names)
}

/// An account's four figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Row {
    opening: f64,
    came: f64,
    went: f64,
    closing: f64,
}

impl Row {
    /// A stock by place, of which only the two states are known.
    fn stock(before: &[f64], now: &[f64]) -> Self {
        // A sum of noughts can be -0, which plus 0 is 0.
        let change =
            |sign: f64| before.iter().zip(now).map(|(before, now)| (sign * (now - before)).max(0.0)).sum::<f64>() + 0.0;
        Self { opening: before.iter().sum(), came: change(1.0), went: change(-1.0), closing: now.iter().sum() }
    }

    fn and(self, other: Self) -> Self {
        Self {
            opening: self.opening + other.opening,
            came: self.came + other.came,
            went: self.went + other.went,
            closing: self.closing + other.closing,
        }
    }
}

pub(super) fn record(
    reading: &Reading,
    memory: &Memory,
    transitions: &Transitions,
    quarter: &Quarter,
    table: &mut Table,
) {
    let (before, now) = (&memory.stocks, &Stocks::of(reading));
    let mut push = |account: &str, unit: usize, row: Row| {
        let at = ACCOUNTS.iter().position(|name| *name == account).expect("the account is in the list");
        let [tick, year] = quarter.head();
        table.push(&[
            tick,
            year,
            Cell::Name(at as u32),
            Cell::Real(row.opening),
            Cell::Real(row.came),
            Cell::Real(row.went),
            Cell::Real(row.closing),
            Cell::Name((ACCOUNTS.len() + unit) as u32),
        ]);
    };
    push("people", PERSONS, Row::stock(&before.people, &now.people));
    push("outside", PERSONS, Row::stock(&before.outside, &now.outside));
    let closing = reading.totals.by_status;
    push(
        "agents",
        AGENTS,
        Row {
            opening: transitions.opening[1..].iter().sum::<u64>() as f64,
            came: sum_of(|status| transitions.between(Status::Absent, status)),
            went: sum_of(|status| transitions.between(status, Status::Absent)),
            closing: closing[1..].iter().sum::<u64>() as f64,
        },
    );
    for (account, status) in BY_STATUS {
        push(
            account,
            AGENTS,
            Row {
                opening: transitions.opening[status as usize] as f64,
                came: sum_of(|other| transitions.between(other, status)),
                went: sum_of(|other| transitions.between(status, other)),
                closing: closing[status as usize] as f64,
            },
        );
    }
    let mut land = Row::default();
    let mut uses = Vec::new();
    for (account, before, now) in [
        ("land_construction", &before.construction, &now.construction),
        ("land_town", &before.town, &now.town),
        ("land_arable", &before.arable, &now.arable),
        ("land_homestead", &before.homestead, &now.homestead),
        ("land_reserve", &before.reserve, &now.reserve),
        ("land_released", &before.released, &now.released),
    ] {
        let row = Row::stock(before, now);
        land = land.and(row);
        uses.push((account, row));
    }
    push("land", KM2, land);
    for (account, row) in uses {
        push(account, KM2, row);
    }
    push("land_quota_pool", KM2, Row::stock(&before.pool, &now.pool));
    money(reading, &mut push);
    let grown: f64 = reading.markets.food_output.iter().sum();
    push(
        "food",
        FOOD,
        Row { opening: 0.0, came: grown, went: eaten(reading, before), closing: grown - eaten(reading, before) },
    );
}

/// Agents who went to or from every status.
fn sum_of(agents: impl Fn(Status) -> u64) -> f64 {
    STATUSES.into_iter().map(agents).sum::<u64>() as f64
}

fn money(reading: &Reading, push: &mut impl FnMut(&str, usize, Row)) {
    let sector = |holder: fn(u16) -> Holder| {
        let mut sum = Account::default();
        for place in 0..reading.places() {
            let account = reading.ledger.account(holder(place as u16));
            sum.opening += account.opening;
            sum.received += account.received;
            sum.paid += account.paid;
            sum.balance += account.balance;
        }
        sum
    };
    for (name, account) in [
        ("money_city_households", sector(Holder::CityHouseholds)),
        ("money_rural_households", sector(Holder::RuralHouseholds)),
        ("money_government", sector(Holder::Government)),
        ("money_producers", sector(Holder::Producers)),
        ("money_capital", reading.ledger.account(Holder::Capital)),
        ("money_leavers", reading.ledger.account(Holder::Leavers)),
        ("money_outside", reading.ledger.account(Holder::Outside)),
    ] {
        push(
            name,
            YUAN,
            Row {
                opening: 1000.0 * account.opening,
                came: 1000.0 * account.received,
                went: 1000.0 * account.paid,
                closing: 1000.0 * account.balance,
            },
        );
    }
}

/// Food eaten: subsistence of those who were there when the market was held, and the food share of what they had above.
fn eaten(reading: &Reading, before: &Stocks) -> f64 {
    let constants = &reading.constants;
    let people: f64 = before.residents.iter().sum::<f64>() / 1000.0;
    let city: f64 = reading.markets.supernumerary_city.iter().sum();
    let rural: f64 = reading.markets.supernumerary_rural.iter().sum();
    let bought = constants.food_share * (city + constants.rural_scale * rural) / reading.prices.food.max(1e-12);
    constants.subsistence * people + bought
}
