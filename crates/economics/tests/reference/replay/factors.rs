//! Consumer services, labour and land.

use super::{Replay, each};
use crate::table::Table;
use economics::consumer_services::{self, ServiceMarket};
use economics::cost::CostShares;
use economics::maths::power;
use economics::rent;
use economics::wage::{self, WageSetting};

impl Replay {
    /// Consumer services, and equation (5): labour and land markets.
    pub(super) fn factors(&mut self, t: &Table) {
        let places = t.places;
        let services = t.consumer_services();
        let (labour_share, land_share) = (t.parameters("aC")[0], t.parameters("aC")[1]);
        let markets: Vec<ServiceMarket> = (0..places)
            .map(|r| {
                let (wage, rent) = (t.before("w")[r], t.before("q")[r]);
                let unit_cost = power(wage, labour_share) * power(rent, land_share);
                let spending = t.parameter("muC") * self.get("within.Scu")[r];
                consumer_services::service_market(spending, wage, unit_cost, t.before("nC")[r] as u32, &services)
            })
            .collect();
        let costs = self.get("within.cost").to_vec();
        let shares: Vec<CostShares> = (0..3).map(|industry| t.cost_shares(industry)).collect();
        let service_jobs =
            each(places, |r| (labour_share * markets[r].modern_cost + markets[r].informal_sales) / t.before("w")[r]);
        let jobs = |k: usize, r: usize| wage::labour_demand(shares[k].labour, costs[k * places + r], t.before("w")[r]);
        let demand = each(places, |r| jobs(0, r) + jobs(1, r) + jobs(2, r) + service_jobs[r]);
        let supply = each(places, |r| self.get("within.N")[r] * self.get("within.ell")[r]);
        let tight = each(places, |r| wage::tightness(demand[r], supply[r]));
        let setting = WageSetting::Sluggish { response: t.parameter("eta_w"), change_max: t.parameter("wcap") };
        let wages = each(places, |r| wage::next_wage(t.before("w")[r], tight[r], setting));
        let mut spending = self.get("within.spH").to_vec();
        for (share, costs) in shares.iter().zip(costs.chunks_exact(places)) {
            rent::add_land_spending(share.land, costs, &mut spending);
        }
        rent::add_land_spending(land_share, &each(places, |r| markets[r].modern_cost), &mut spending);
        let rents = each(places, |r| {
            rent::next_rent(t.before("q")[r], spending[r], t.before("Hc")[r], t.parameter("eta_q"), 0.1)
        });
        // The reference cuts pay at the longest hours, a tenth above normal; the engine pays what firms owe.
        let earnings =
            each(places, |r| wage::expected_pay(t.before("w")[r], self.get("within.ell")[r], tight[r].min(1.1)));
        let establishments = each(places, |r| {
            let tolerated = 0.02 * services.fixed_units;
            f64::from(consumer_services::next_establishments(t.before("nC")[r] as u32, &markets[r], tolerated))
        });
        let mut workers = Vec::new();
        for industry in 0..3 {
            workers.extend(each(places, |r| jobs(industry, r) / self.get("within.ell")[r]));
        }
        for (name, values) in [
            ("within.modern", each(places, |r| markets[r].modern_share)),
            ("within.Einf", each(places, |r| markets[r].informal_sales)),
            ("within.costC", each(places, |r| markets[r].modern_cost)),
            ("within.lnGC", each(places, |r| markets[r].ln_price_index)),
            ("within.prC_now", each(places, |r| markets[r].profit_now)),
            ("within.prC_next", each(places, |r| markets[r].profit_next)),
            ("after.nC", establishments),
            ("within.LC", service_jobs),
            ("within.LD", demand),
            ("within.LS", supply),
            ("within.h", tight),
            ("within.y", earnings),
            ("after.w", wages),
            ("within.landexp", spending),
            ("after.q", rents),
            ("after.Ek", workers),
        ] {
            self.put(name, &values);
        }
    }
}
