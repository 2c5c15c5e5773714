//! Sales: demand finds varieties, and firms earn.

use bevy_ecs::prelude::*;
use economics::cost::{FixedInput, producer_cost};
use economics::firms::{mean_over_firms, profit_rate, relative_return};
use economics::market_access::{real_demand, revenue};
use economics::maths::total;
use scenario::industry::IndustryParameters;

use super::prices::fill_access;
use super::{
    Expenditure, IndexPower, MarketAccess, MillPrice, OutsideTrade, ProductionCost, ProfitRate, Revenue, Tastes,
    UnitCost, VarietySupply,
};
use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{BySector, BySectorMut};
use crate::mechanisms::firms::{EffectiveFirms, Firms};
use crate::mechanisms::market_access::Freeness;
use crate::mechanisms::outside::{OutsideDemand, OutsideSupply};
use crate::mechanisms::subsidies::SubsidyRate;
use crate::region::IndustryTable;

/// The firms of an industry in one place, before they sell.
pub(crate) struct Sellers {
    /// Firms, for what is fixed in each.
    pub(crate) firms: f64,
    /// Their varieties, weighted by productivity.
    pub(crate) varieties: f64,
    /// Unit cost at productivity one.
    pub(crate) unit_cost: f64,
    /// What buyers pay.
    pub(crate) price: f64,
    /// Part of revenue that a subsidy pays.
    pub(crate) subsidy: f64,
}

/// What a quarter of sales comes to.
pub(crate) struct Sold {
    /// What a firm of productivity one receives, the subsidy included.
    pub(crate) revenue: f64,
    /// What all firms spend on inputs.
    pub(crate) cost: f64,
    /// Profit rate of a firm of productivity one.
    pub(crate) profit_rate: f64,
}

impl Sellers {
    pub(crate) fn sell(&self, access: f64, numbers: &IndustryParameters, fixed_input: FixedInput) -> Sold {
        let (fixed, substitution) = (numbers.fixed_cost, numbers.substitution);
        let revenue = revenue(self.price, access, substitution) / (1.0 - self.subsidy);
        let sales = self.varieties * revenue;
        Sold {
            revenue,
            cost: producer_cost(sales, self.firms, self.unit_cost, fixed, substitution, fixed_input),
            profit_rate: profit_rate(revenue, self.unit_cost, fixed, substitution),
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "firms, prices and demand meet in a sale")]
pub(super) fn sell_goods(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    (firms, effective): (BySector<Firms>, BySector<EffectiveFirms>),
    subsidy: BySector<SubsidyRate>,
    freeness: Res<Freeness>,
    (expenditure, power): (BySector<Expenditure>, BySector<IndexPower>),
    (offered, imported, wanted): (BySector<VarietySupply>, BySector<OutsideSupply>, BySector<OutsideDemand>),
    (unit_cost, mill_price): (BySector<UnitCost>, BySector<MillPrice>),
    mut demand: Local<Vec<f64>>,
    mut trade: ResMut<OutsideTrade>,
    mut access: BySectorMut<MarketAccess>,
    (mut earned, mut cost, mut rate): (BySectorMut<Revenue>, BySectorMut<ProductionCost>, BySectorMut<ProfitRate>),
) {
    for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
        let numbers = &industries.parameters[industry];
        // Demand that a variety meets, E/P, by place of the buyer.
        demand.clear();
        let buyers = expenditure[industry].iter().zip(&power[industry]);
        demand.extend(buyers.map(|(&spent, &power)| real_demand(spent, power)));
        let access = &mut access[industry];
        fill_access(&freeness.0[industry], &demand, access);
        let imports = imported[industry].iter().zip(demand.iter());
        trade.imports[industry] = imports.map(|(supply, demand)| supply * demand).sum();
        let exports = wanted[industry].iter().zip(&offered[industry]);
        trade.exports[industry] = exports.map(|(demand, supply)| supply * demand).sum();
        for (access, wanted) in access.iter_mut().zip(&wanted[industry]) {
            *access += wanted;
        }
        for place in 0..demand.len() {
            let sellers = Sellers {
                firms: firms[industry][place],
                varieties: effective[industry][place],
                unit_cost: unit_cost[industry][place],
                price: mill_price[industry][place],
                subsidy: subsidy[industry][place],
            };
            let sold = sellers.sell(access[place], numbers, tastes.fixed_input);
            earned[industry][place] = sold.revenue;
            cost[industry][place] = sold.cost;
            rate[industry][place] = sold.profit_rate;
        }
        if tastes.fixed_input != FixedInput::Composite {
            let mean = mean_over_firms(&earned[industry], &firms[industry]);
            for (rate, revenue) in rate[industry].iter_mut().zip(&earned[industry]) {
                *rate = relative_return(*revenue, mean);
            }
        }
    }
}

/// Sellers of cities receive what buyers paid; subsidies come later.
pub(super) fn settle_sales(
    industries: Res<IndustryTable>,
    firms: BySector<EffectiveFirms>,
    subsidy: BySector<SubsidyRate>,
    trade: Res<OutsideTrade>,
    revenue: BySector<Revenue>,
    mut ledger: ResMut<Ledger>,
) {
    for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
        for (place, revenue) in revenue[industry].iter().enumerate() {
            let sales = firms[industry][place] * (revenue * (1.0 - subsidy[industry][place]));
            ledger.pay(Holder::Transit, Holder::Producers(place as u16), sales, Payment::Goods);
        }
    }
    ledger.pay(Holder::Transit, Holder::Outside, total(&trade.imports), Payment::Import);
    ledger.pay(Holder::Outside, Holder::Transit, total(&trade.exports), Payment::Export);
}
