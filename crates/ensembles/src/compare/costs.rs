//! Public cost and revenue by item, added up from the first quarter in which a policy changes anything.

use serde::Serialize;
use simulation::accounts::{Ledger, Payment};
use simulation::agents::city::WorldColumns;
use simulation::mechanisms::programmes::{GovernmentDebt, Outlay, ProgrammeCost};
use simulation::model::Model;

use super::effects::Numbers;
use super::quantities::QUARTERS;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Money that comes in.
    Revenue,
    /// Money that goes out.
    Spending,
    /// Revenue less spending.
    Balance,
    /// Money that changes hands and is no public cost.
    Transfer,
    /// What is owed at the end.
    Debt,
}

impl Side {
    /// Name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Spending => "spending",
            Self::Balance => "balance",
            Self::Transfer => "transfer",
            Self::Debt => "debt",
        }
    }
}

/// Items in their order, with their side and a sentence.
pub const ITEMS: [(&str, Side, &str); 15] = [
    ("taxes", Side::Revenue, "Tax on pay."),
    ("land_finance", Side::Revenue, "Part of land rents that governments take."),
    ("levy", Side::Revenue, "Levy on pay that finances programmes."),
    ("borrowing", Side::Revenue, "Lent to governments by owners of capital."),
    ("public_services", Side::Spending, "Public services out of revenue: wages and purchases."),
    ("settlers_services", Side::Spending, "Services of people who settled under a changed rule."),
    ("service_reform", Side::Spending, "Added spending on public services."),
    ("transport", Side::Spending, "Outlay on roads and railways."),
    ("village_consolidation", Side::Spending, "Flats for merged villages."),
    ("subsidies", Side::Spending, "Subsidies of firms, parks included."),
    ("debt_service", Side::Spending, "Interest and repayment."),
    ("revenue", Side::Revenue, "All revenue."),
    ("spending", Side::Spending, "All spending."),
    ("balance", Side::Balance, "All revenue less all spending: what governments hold more at the end."),
    ("land_quota", Side::Transfer, "Paid by city people to countrysides for land quotas."),
];
/// Position of the first total.
const TOTALS: usize = 11;
/// What governments owe.
pub const DEBT: (&str, Side, &str) = ("debt", Side::Debt, "Owed by governments at the end.");

/// Unit of flows, and of the debt.
pub(super) const UNITS: [&str; 2] = ["constant yuan per year", "constant yuan"];

/// Sums of items since the first change.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Costs {
    /// Thousand constant yuan.
    sums: [f64; ITEMS.len()],
    debt: f64,
    quarters: u32,
}

impl Costs {
    /// Adds the quarter that has just ended. Money of the quarter is divided by its price level.
    pub(super) fn add(&mut self, model: &Model, price_level: f64) {
        let world = &model.world;
        let (ledger, cost) = (world.resource::<Ledger>(), world.resource::<ProgrammeCost>());
        let received = |purpose: Payment| ledger.paid_for(purpose).to_government;
        let spent = |purpose: Payment| ledger.paid_for(purpose).by_government;
        let outlay = |of: Outlay| cost.by_purpose[of as usize];
        let items = [
            received(Payment::Tax),
            received(Payment::LandFinance),
            ledger.paid_for(Payment::Levy).all,
            received(Payment::Loan),
            spent(Payment::PublicWages) + spent(Payment::PublicPurchases),
            outlay(Outlay::SettlersServices),
            outlay(Outlay::ServiceReform),
            outlay(Outlay::Transport),
            outlay(Outlay::VillageConsolidation),
            outlay(Outlay::Subsidies),
            spent(Payment::Repayment),
        ];
        let total = |side: Side| -> f64 {
            let of_side = items.iter().zip(&ITEMS[..TOTALS]).filter(|(_, (_, at, _))| *at == side);
            of_side.map(|(amount, _)| amount).sum()
        };
        let (revenue, spending) = (total(Side::Revenue), total(Side::Spending));
        // A quota is paid for in two steps, from the city and to the countryside.
        let quota = ledger.paid_for(Payment::QuotaPrice).all / 2.0;
        let totals = [revenue, spending, revenue - spending, quota];
        for (sum, amount) in self.sums.iter_mut().zip(items.into_iter().chain(totals)) {
            *sum += amount / price_level;
        }
        self.debt = world.by_city::<GovernmentDebt>().iter().sum::<f64>() / price_level;
        self.quarters += 1;
    }

    /// Yearly means in constant yuan, then the debt; zero where no quarter was run.
    pub(super) fn yearly(&self) -> Vec<f64> {
        let quarters = f64::from(self.quarters.max(1));
        let mean = |sum: &f64| 1000.0 * QUARTERS * sum / quarters;
        self.sums.iter().map(mean).chain([1000.0 * self.debt]).collect()
    }
}

/// What a policy costs or brings in under one item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cost {
    /// The policy.
    pub policy: String,
    /// The item.
    pub item: &'static str,
    /// What it is.
    pub side: Side,
    /// Unit of the figures.
    pub unit: &'static str,
    /// Figures.
    #[serde(flatten)]
    pub numbers: Numbers,
}

/// Costs of one policy. Items that are zero in every run of both worlds are left out.
pub(super) fn costs(policy: &str, base: &[&[f64]], with: &[&[f64]]) -> Vec<Cost> {
    let items = ITEMS.iter().chain([&DEBT]).enumerate();
    let each = items.map(|(at, (item, side, _))| {
        let column = |runs: &[&[f64]]| runs.iter().map(|run| run[at]).collect::<Vec<_>>();
        let (before, after) = (column(base), column(with));
        let empty = before.iter().chain(&after).all(|amount| *amount == 0.0);
        let unit = UNITS[usize::from(*side == Side::Debt)];
        (!empty).then(|| Cost {
            policy: policy.to_owned(),
            item,
            side: *side,
            unit,
            numbers: Numbers::of(&before, &after),
        })
    });
    each.flatten().collect()
}
