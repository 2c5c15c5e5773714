//! Money: the [`Ledger`] holds all of it, by holder, and every payment goes through it.
//!
//! [`Audit`] notes the first account, of money, land or people, that does not close; the run stops on it.

use bevy_ecs::prelude::*;
use economics::maths::total;
use serde::{Deserialize, Serialize};

use crate::region::PlaceTable;

/// Relative error of floating-point sums that counts as none.
pub(crate) const TOLERANCE: f64 = 1e-9;

/// An account that holds money. Every payment names two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holder {
    /// Households in a city.
    CityHouseholds(u16),
    /// Households in the countryside of a place.
    RuralHouseholds(u16),
    /// The government of a place.
    Government(u16),
    /// Firms, farms and establishments of a place; what they earn in a quarter they pay out in it.
    Producers(u16),
    /// What producers of all places pay to the owners of capital, before it is shared among them.
    Capital,
    /// People of the region who work outside.
    Leavers,
    /// The rest of the world.
    Outside,
    /// Money on its way within a quarter: from buyers to sellers, from taxpayers to programmes. Empty at its end.
    Transit,
}

impl Holder {
    /// Name of the holder's account, as in `producers of zhengzhou`.
    #[must_use]
    pub fn account(self, table: &PlaceTable) -> String {
        let of = |kind: &str, place: u16| format!("{kind} of {}", table.places[usize::from(place)].key);
        match self {
            Self::CityHouseholds(place) => of("city households", place),
            Self::RuralHouseholds(place) => of("rural households", place),
            Self::Government(place) => of("government", place),
            Self::Producers(place) => of("producers", place),
            Self::Capital => "capital".to_owned(),
            Self::Leavers => "leavers".to_owned(),
            Self::Outside => "outside".to_owned(),
            Self::Transit => "transit".to_owned(),
        }
    }
}

/// What a payment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Payment {
    Food,
    Goods,
    Services,
    Wages,
    Rents,
    CapitalIncome,
    OperatingProfit,
    Tax,
    LandFinance,
    PublicWages,
    PublicPurchases,
    ProgrammeOutlay,
    Remittance,
    QuotaPrice,
    Subsidy,
    Levy,
    Loan,
    Repayment,
    Import,
    Export,
    Grant,
}

/// Number of purposes of payments.
const PURPOSES: usize = Payment::Grant as usize + 1;

/// What was paid in a quarter for one purpose, thousand yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Turnover {
    /// By anyone to anyone, every step of the way counted.
    pub all: f64,
    /// To governments.
    pub to_government: f64,
    /// By governments.
    pub by_government: f64,
}

/// What a holder of money had, received, paid and has, thousand yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Account {
    /// When the quarter began.
    pub opening: f64,
    /// In the quarter.
    pub received: f64,
    /// In the quarter.
    pub paid: f64,
    /// Now.
    pub balance: f64,
}

/// The ledger: balances by holder, and what came in and went out in this quarter.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    places: usize,
    /// Balances at the start of the quarter, thousand yuan.
    opening: Vec<f64>,
    /// Received in the quarter.
    received: Vec<f64>,
    /// Paid in the quarter.
    paid: Vec<f64>,
    /// Balances now.
    balance: Vec<f64>,
    /// Whether holders hold twice what they spend in a quarter, see [`Ledger::start_quarter`].
    float: bool,
    /// All money there is, once the run proper has begun.
    stock: Option<f64>,
    /// What was paid in the quarter, by purpose. No quarter reads that of another, so it is not part of the state.
    #[serde(skip)]
    purposes: [Turnover; PURPOSES],
}

impl Ledger {
    /// A ledger for so many places, all balances zero.
    #[must_use]
    pub fn new(places: usize) -> Self {
        let holders = 4 * places + 4;
        Self {
            places,
            opening: vec![0.0; holders],
            received: vec![0.0; holders],
            paid: vec![0.0; holders],
            balance: vec![0.0; holders],
            float: false,
            stock: None,
            purposes: [Turnover::default(); PURPOSES],
        }
    }

    fn slot(&self, holder: Holder) -> usize {
        match holder {
            Holder::CityHouseholds(r) => usize::from(r),
            Holder::RuralHouseholds(r) => self.places + usize::from(r),
            Holder::Government(r) => 2 * self.places + usize::from(r),
            Holder::Producers(r) => 3 * self.places + usize::from(r),
            Holder::Capital => 4 * self.places,
            Holder::Leavers => 4 * self.places + 1,
            Holder::Outside => 4 * self.places + 2,
            Holder::Transit => 4 * self.places + 3,
        }
    }

    /// Moves `amount` (thousand yuan; negative moves it back) from one holder to another.
    pub fn pay(&mut self, from: Holder, to: Holder, amount: f64, for_what: Payment) {
        let (payer, payee) = (self.slot(from), self.slot(to));
        let turnover = &mut self.purposes[for_what as usize];
        turnover.all += amount;
        turnover.to_government += if matches!(to, Holder::Government(_)) { amount } else { 0.0 };
        turnover.by_government += if matches!(from, Holder::Government(_)) { amount } else { 0.0 };
        self.paid[payer] += amount;
        self.balance[payer] -= amount;
        self.received[payee] += amount;
        self.balance[payee] += amount;
    }

    /// What was paid in the quarter for a purpose.
    #[must_use]
    pub fn paid_for(&self, purpose: Payment) -> Turnover {
        self.purposes[purpose as usize]
    }

    /// What a holder has now, thousand yuan.
    #[must_use]
    pub fn balance(&self, holder: Holder) -> f64 {
        self.balance[self.slot(holder)]
    }

    /// A holder's account for the quarter, thousand yuan.
    #[must_use]
    pub fn account(&self, holder: Holder) -> Account {
        let slot = self.slot(holder);
        Account {
            opening: self.opening[slot],
            received: self.received[slot],
            paid: self.paid[slot],
            balance: self.balance[slot],
        }
    }

    /// Sets an opening balance. Only for the initial state.
    pub fn endow(&mut self, holder: Holder, amount: f64) {
        let slot = self.slot(holder);
        self.balance[slot] = amount;
        self.opening[slot] = amount;
    }

    /// Multiplies every balance: a change of the unit in which money is counted.
    pub fn rescale(&mut self, factor: f64) {
        for column in [&mut self.opening, &mut self.received, &mut self.paid, &mut self.balance] {
            column.iter_mut().for_each(|amount| *amount *= factor);
        }
        self.stock = self.stock.map(|stock| stock * factor);
    }

    /// Begins a quarter: what is held now is the opening balance.
    ///
    /// In burn-in, expenditure is the mean of the last quarter's income and expenditure. That is what follows when
    /// everyone holds two quarters' expenditure and spends half of it, so the first quarter of burn-in doubles all
    /// balances and the first quarter of the run proper halves them again and notes the money stock.
    pub fn start_quarter(&mut self, burning_in: bool) {
        if burning_in != self.float {
            self.rescale(if burning_in { 2.0 } else { 0.5 });
            self.float = burning_in;
        }
        if burning_in {
            self.stock = None;
        } else if self.stock.is_none() {
            self.stock = Some(total(&self.balance));
        }
        self.open();
    }

    /// The share of its balance that a holder spends in a quarter.
    #[must_use]
    pub fn spending_share(&self) -> f64 {
        if self.float { 0.5 } else { 1.0 }
    }

    /// Begins a quarter without any change of balances: what is held now is the opening balance.
    pub fn open(&mut self) {
        self.opening.copy_from_slice(&self.balance);
        self.received.fill(0.0);
        self.paid.fill(0.0);
        self.purposes.fill(Turnover::default());
    }

    /// Every holder, in the order of the accounts.
    pub fn holders(&self) -> impl Iterator<Item = Holder> + use<> {
        let each = move |holder: fn(u16) -> Holder, places: usize| (0..places as u16).map(holder);
        each(Holder::CityHouseholds, self.places)
            .chain(each(Holder::RuralHouseholds, self.places))
            .chain(each(Holder::Government, self.places))
            .chain(each(Holder::Producers, self.places))
            .chain([Holder::Capital, Holder::Leavers, Holder::Outside, Holder::Transit])
    }

    /// All money that should exist: the stock at the start of the run; in burn-in that at the start of the quarter.
    #[must_use]
    pub fn stock(&self) -> f64 {
        self.stock.unwrap_or_else(|| total(&self.opening))
    }

    /// All money that does exist.
    #[must_use]
    pub fn money(&self) -> f64 {
        total(&self.balance)
    }

    /// Money that changed hands in the quarter.
    #[must_use]
    pub fn turnover(&self) -> f64 {
        total(&self.received)
    }
}

/// An account that did not close.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// Quarter.
    pub tick: u32,
    /// Name of the account.
    pub account: String,
    /// What it should hold.
    pub expected: f64,
    /// What it holds.
    pub found: f64,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "quarter {}: account `{}` should hold {} but holds {}",
            self.tick, self.account, self.expected, self.found
        )
    }
}

impl std::error::Error for Breach {}

/// First breach of the quarter, if any; the model stops on it.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Audit(pub Option<Breach>);

impl Audit {
    /// Notes a breach, unless one was found before.
    pub fn report(&mut self, breach: Breach) {
        self.0.get_or_insert(breach);
    }

    /// Notes a breach if what is found differs from what is expected by more than rounding of sums of `scale`.
    pub fn expect(&mut self, tick: u32, account: impl FnOnce() -> String, expected: f64, found: f64, scale: f64) {
        let allowed = TOLERANCE * scale.abs().max(f64::MIN_POSITIVE);
        if (found - expected).abs() <= allowed {
            return;
        }
        self.report(Breach { tick, account: account(), expected, found });
    }
}
