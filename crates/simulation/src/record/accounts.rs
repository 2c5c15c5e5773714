//! Table `accounts`: what was there, what came, what went, what is left.

use super::columns::{Columns, TableRow, unit};
use super::memory::{Memory, Stocks};
use super::quarter::{OfQuarter, Quarter, by_quarter};
use super::reading::Reading;
use crate::accounts::{Account, Holder};
use crate::agents::worker::Status;
use crate::mechanisms::relocation::Transitions;

const AGENTS: &str = "agents";
const YUAN: &str = "yuan, nominal";
const FOOD: &str = "thousand initial farm outputs per rural person";

/// How the figures of an account are drawn up.
type DrawUp = fn(&Books) -> Figures;

/// Every account: its name, its unit, and its figures.
const ACCOUNTS: [(&str, &str, DrawUp); 24] = [
    ("people", unit::PERSONS, |books| books.stock(|stocks| &stocks.people)),
    ("outside", unit::PERSONS, |books| books.stock(|stocks| &stocks.outside)),
    ("agents", AGENTS, |books| books.all_agents()),
    ("agents_rural", AGENTS, |books| books.agents(Status::Rural)),
    ("agents_migrants", AGENTS, |books| books.agents(Status::Migrant)),
    ("agents_registered", AGENTS, |books| books.agents(Status::Citizen)),
    ("agents_registered_elsewhere", AGENTS, |books| books.agents(Status::CitizenElsewhere)),
    ("agents_outside", AGENTS, |books| books.agents(Status::Outside)),
    ("land", unit::KM2, |books| books.all_land()),
    ("land_construction", unit::KM2, |books| books.stock(|stocks| &stocks.construction)),
    ("land_town", unit::KM2, |books| books.stock(|stocks| &stocks.town)),
    ("land_arable", unit::KM2, |books| books.stock(|stocks| &stocks.arable)),
    ("land_homestead", unit::KM2, |books| books.stock(|stocks| &stocks.homestead)),
    ("land_reserve", unit::KM2, |books| books.stock(|stocks| &stocks.reserve)),
    ("land_released", unit::KM2, |books| books.stock(|stocks| &stocks.released)),
    ("land_quota_pool", unit::KM2, |books| books.stock(|stocks| &stocks.pool)),
    ("money_city_households", YUAN, |books| books.money_by_place(Holder::CityHouseholds)),
    ("money_rural_households", YUAN, |books| books.money_by_place(Holder::RuralHouseholds)),
    ("money_government", YUAN, |books| books.money_by_place(Holder::Government)),
    ("money_producers", YUAN, |books| books.money_by_place(Holder::Producers)),
    ("money_capital", YUAN, |books| books.money(Holder::Capital)),
    ("money_leavers", YUAN, |books| books.money(Holder::Leavers)),
    ("money_outside", YUAN, |books| books.money(Holder::Outside)),
    ("food", FOOD, |books| books.food()),
];

/// All statuses, those out of working life included.
const STATUSES: [Status; 6] =
    [Status::Absent, Status::Rural, Status::Migrant, Status::Citizen, Status::CitizenElsewhere, Status::Outside];

/// An account in a quarter.
pub(super) struct AccountRow<'a> {
    quarter: &'a Quarter,
    /// Number in [`ACCOUNTS`].
    account: usize,
    figures: Figures,
}

/// An account's four figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Figures {
    opening: f64,
    came: f64,
    went: f64,
    closing: f64,
}

/// What accounts are drawn up from.
struct Books<'a> {
    reading: &'a Reading<'a>,
    transitions: &'a Transitions,
    before: &'a Stocks,
    now: Stocks,
}

impl TableRow for AccountRow<'_> {
    type At<'a> = AccountRow<'a>;
}

impl OfQuarter for AccountRow<'_> {
    fn quarter(&self) -> &Quarter {
        self.quarter
    }
}

pub(super) fn columns() -> Columns<AccountRow<'static>> {
    let unit = "as in column unit";
    by_quarter::<AccountRow>("accounts")
        .name("account", "People, worker agents by status, land by use, money by sector, food. `outside` counts people who are outside, `money_outside` its money.", ACCOUNTS.map(|(name, ..)| name), |row| row.account)
        .real("opening", unit, "Balance when the quarter began.", |row| row.figures.opening)
        .real("in", unit, "Came in. Of people by origin, and of land by place: sum of the gains of those that gained.", |row| row.figures.came)
        .real("out", unit, "Went out. Of people by origin, and of land by place: sum of the losses of those that lost.", |row| row.figures.went)
        .real("closing", unit, "Balance when the quarter ended.", |row| row.figures.closing)
        .name("unit", "Unit of the account. Money is in yuan of the quarter, so that a closing balance is the next opening one.", ACCOUNTS.map(|(_, unit, _)| unit), |row| row.account)
}

/// The rows of a quarter.
pub(super) fn rows<'a>(
    reading: &'a Reading<'a>,
    memory: &'a Memory,
    transitions: &'a Transitions,
    quarter: &'a Quarter,
) -> impl Iterator<Item = AccountRow<'a>> {
    let books = Books { reading, transitions, before: &memory.stocks, now: Stocks::of(reading) };
    let accounts = ACCOUNTS.iter().enumerate();
    accounts.map(move |(account, (_, _, figures))| AccountRow { quarter, account, figures: figures(&books) })
}

impl Figures {
    fn and(self, other: Self) -> Self {
        Self {
            opening: self.opening + other.opening,
            came: self.came + other.came,
            went: self.went + other.went,
            closing: self.closing + other.closing,
        }
    }
}

impl Books<'_> {
    /// A stock by place, of which only the two states are known.
    fn stock(&self, of: fn(&Stocks) -> &Vec<f64>) -> Figures {
        let (before, now) = (of(self.before), of(&self.now));
        // A sum of zeros can be -0, which plus 0 is 0.
        let change =
            |sign: f64| before.iter().zip(now).map(|(before, now)| (sign * (now - before)).max(0.0)).sum::<f64>() + 0.0;
        Figures { opening: before.iter().sum(), came: change(1.0), went: change(-1.0), closing: now.iter().sum() }
    }

    fn all_land(&self) -> Figures {
        let uses: [fn(&Stocks) -> &Vec<f64>; 6] = [
            |stocks| &stocks.construction,
            |stocks| &stocks.town,
            |stocks| &stocks.arable,
            |stocks| &stocks.homestead,
            |stocks| &stocks.reserve,
            |stocks| &stocks.released,
        ];
        uses.into_iter().fold(Figures::default(), |all, of| all.and(self.stock(of)))
    }

    fn all_agents(&self) -> Figures {
        Figures {
            opening: self.transitions.opening[1..].iter().sum::<u64>() as f64,
            came: of_all(|status| self.transitions.between(Status::Absent, status)),
            went: of_all(|status| self.transitions.between(status, Status::Absent)),
            closing: self.reading.population.totals.by_status[1..].iter().sum::<u64>() as f64,
        }
    }

    fn agents(&self, status: Status) -> Figures {
        Figures {
            opening: self.transitions.opening[status as usize] as f64,
            came: of_all(|other| self.transitions.between(other, status)),
            went: of_all(|other| self.transitions.between(status, other)),
            closing: self.reading.population.totals.by_status[status as usize] as f64,
        }
    }

    fn money(&self, holder: Holder) -> Figures {
        yuan(self.reading.ledger.account(holder))
    }

    fn money_by_place(&self, holder: fn(u16) -> Holder) -> Figures {
        let mut sum = Account::default();
        for place in 0..self.reading.places() {
            let account = self.reading.ledger.account(holder(place as u16));
            sum.opening += account.opening;
            sum.received += account.received;
            sum.paid += account.paid;
            sum.balance += account.balance;
        }
        yuan(sum)
    }

    /// Food eaten is the subsistence of those who were there when the market was held, and the food share of what they
    /// had above it.
    fn food(&self) -> Figures {
        let (constants, market) = (&self.reading.constants, &self.reading.market);
        let grown: f64 = market.food_output.iter().sum();
        let people: f64 = self.before.residents.iter().sum::<f64>() / 1000.0;
        let city: f64 = market.city_supernumerary.iter().sum();
        let rural: f64 = market.rural_supernumerary.iter().sum();
        let bought = constants.food_share * (city + constants.rural_scale * rural) / market.food_price.0.max(1e-12);
        let eaten = constants.subsistence * people + bought;
        Figures { opening: 0.0, came: grown, went: eaten, closing: grown - eaten }
    }
}

/// An account of money, which is kept in thousand yuan.
fn yuan(account: Account) -> Figures {
    Figures {
        opening: 1000.0 * account.opening,
        came: 1000.0 * account.received,
        went: 1000.0 * account.paid,
        closing: 1000.0 * account.balance,
    }
}

/// Agents who went to or from every status.
fn of_all(agents: impl Fn(Status) -> u64) -> f64 {
    STATUSES.into_iter().map(agents).sum::<u64>() as f64
}
