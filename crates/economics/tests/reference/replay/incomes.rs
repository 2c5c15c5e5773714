//! Who earns what, and what farms grow.

use super::{LABOUR_INTENSIVE, Replay, each};
use crate::table::Table;
use economics::maths::total;
use economics::{agriculture, fiscal};

impl Replay {
    /// Equation (6): who earns what, and what farms grow.
    pub(super) fn incomes(&mut self, t: &Table) {
        let places = t.places;
        let labour_intensive = t.cost_shares(LABOUR_INTENSIVE);
        let wage = each(places, |r| t.before("w")[r] * self.get("within.LS")[r] * self.get("within.h")[r]);
        let (costs, revenue) = (self.get("within.cost").to_vec(), self.get("within.rev").to_vec());
        let (town_costs, town_revenue) = (self.get("within.costT").to_vec(), self.get("within.revT").to_vec());
        let mut capital = 0.0;
        for industry in 0..3 {
            for r in 0..places {
                let (cost, sales) = (costs[industry * places + r], t.by_industry("n", industry)[r]);
                capital += t.cost_shares(industry).capital * cost + sales * revenue[industry * places + r] - cost;
            }
        }
        for r in 0..places {
            let services = t.parameter("muC") * self.get("within.Scu")[r] * self.get("within.modern")[r];
            capital += services - self.get("within.costC")[r];
            capital += labour_intensive.capital * town_costs[r] + t.before("nT")[r] * town_revenue[r] - town_costs[r];
        }
        let remittance =
            |o: usize, d: usize| t.parameter("remit") * t.before("M")[o * places + d] * self.get("within.y")[d];
        let citizens = total(t.before("C"));
        let city = each(places, |r| {
            let sent: f64 = (0..places).map(|o| remittance(o, r)).sum();
            wage[r] + self.get("within.landexp")[r] + t.before("C")[r] / citizens * capital
                - sent
                - t.before("quota_pay")[r]
        });
        let received = each(places, |o| (0..places).map(|d| remittance(o, d)).sum());
        let spending = each(places, |r| {
            let rents = self.get("within.landexp")[r];
            fiscal::government_income(wage[r], rents, 0.0, t.parameter("ty"), t.parameter("th_l"))
        });
        let jobs = each(places, |r| {
            agriculture::town_jobs(labour_intensive.labour, town_costs[r], t.before("wT")[r], t.before("F")[r])
        });
        let farmers = each(places, |r| agriculture::farmers(t.before("F")[r], jobs[r]));
        let farming = agriculture::Farming {
            land: t.parameter("bT"),
            labour: t.parameter("bL"),
            consolidation: t.parameter("cons"),
        };
        let harvest = each(places, |r| {
            let base = agriculture::FarmBase { people: t.before("Fbase")[r], arable: t.before("Ar0")[r] };
            let arable = t.before("Ar")[r];
            agriculture::farm_output(t.before("F")[r], farmers[r], arable, t.before("Atfp")[0], &base, &farming)
        });
        let price = self.get("after.pA")[0];
        let town_income = each(places, |r| (labour_intensive.labour + labour_intensive.land) * town_costs[r]);
        let rural = each(places, |r| price * harvest[r] + town_income[r] + received[r] + t.before("quota_rev")[r]);
        let town_wage = each(places, |r| agriculture::town_wage(t.parameter("prem"), price * harvest[r], farmers[r]));
        for (name, values) in [
            ("within.wage", wage),
            ("within.capinc", vec![capital]),
            ("within.remit", received),
            ("within.TVE", town_income),
            ("within.Fl", farmers),
            ("after.Yc", city),
            ("after.Yf", rural),
            ("after.YA", harvest),
            ("after.ET", jobs),
            ("after.spend", spending),
            ("after.wT", town_wage),
        ] {
            self.put(name, &values);
        }
    }
}
