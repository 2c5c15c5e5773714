//! Food, and the markets of the traded industries.

use super::{CAPITAL_INTENSIVE, LABOUR_INTENSIVE, Replay, SERVICES, each, freeness};
use crate::table::Table;
use economics::cost::{self, FixedInput};
use economics::maths::total;
use economics::{firms, goods_market, market_access, producer_services};
use std::collections::BTreeMap;

/// One industry: what its market needs and what comes of it.
struct Market {
    index_power: Vec<f64>,
    index: Vec<f64>,
    access: Vec<f64>,
}

impl Replay {
    /// Equation (4), first half: food, and what is left for everything else.
    pub(super) fn demand_side(&mut self, t: &Table) {
        let tastes = t.tastes();
        let residents = self.get("within.N").to_vec();
        let accounts = goods_market::Accounts {
            city_income: t.before("Yc"),
            city_people: &residents,
            rural_income: t.before("Yf"),
            rural_people: t.before("F"),
        };
        let price = goods_market::food_price(&accounts, total(t.before("YA")), &tastes).expect("food suffices");
        let scale = goods_market::rural_scale(&tastes);
        let above = |incomes: &[f64], people: &[f64]| {
            each(t.places, |r| goods_market::supernumerary_income(incomes[r], people[r], price, tastes.subsistence))
        };
        let city = above(t.before("Yc"), &residents);
        let rural = above(t.before("Yf"), t.before("F"));
        let migrants = each(t.places, |r| residents[r] - t.before("C")[r]);
        let hm = t.parameter("hM");
        let goods = each(t.places, |r| goods_market::goods_income(city[r], migrants[r] / residents[r], hm, &tastes));
        let housing =
            each(t.places, |r| goods_market::housing_expenditure(city[r], t.before("C")[r], migrants[r], hm, &tastes));
        for (name, share) in [("within.EL", t.parameter("muL")), ("within.EK", t.parameter("muK"))] {
            let spent = each(t.places, |r| goods_market::expenditure(share, goods[r], rural[r], scale));
            self.put(name, &spent);
        }
        self.put("after.pA", &[price]);
        self.put("within.pab", &[price * tastes.subsistence]);
        self.put("within.ren", &[scale]);
        self.put("within.Sc", &city);
        self.put("within.Sf", &rural);
        self.put("within.Scu", &goods);
        self.put("within.spH", &housing);
    }

    /// Equation (4), second half: price indices, revenue, cost and profit of each industry.
    pub(super) fn goods(&mut self, t: &Table) {
        let (places, sigma, last_mile) = (t.places, t.parameters("sigma"), t.parameter("tau_h"));
        let mut rows: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        let mut service_demand = vec![0.0; places];
        for industry in [LABOUR_INTENSIVE, CAPITAL_INTENSIVE, SERVICES] {
            let s = sigma[industry];
            let prices = &self.get("within.pr")[industry * places..][..places];
            let unit_costs = &self.get("within.c")[industry * places..][..places];
            let firms = t.by_industry("n", industry);
            let towns = industry == LABOUR_INTENSIVE;
            let supply = each(places, |r| {
                let town = market_access::supply(t.before("nT")[r], self.get("within.pT")[r] * last_mile, s);
                market_access::supply(firms[r], prices[r], s) + if towns { town } else { 0.0 }
            });
            let spending = match industry {
                LABOUR_INTENSIVE => self.get("within.EL"),
                CAPITAL_INTENSIVE => self.get("within.EK"),
                _ => &service_demand,
            };
            let market = market(&freeness(t, industry), &supply, spending, s);
            let revenue = each(places, |r| market_access::revenue(prices[r], market.access[r], s));
            let cost_of = |revenue: f64, firms: f64, unit_cost: f64| {
                let fixed = t.parameters("f")[industry];
                cost::producer_cost(firms * revenue, firms, unit_cost, fixed, s, FixedInput::Composite)
            };
            let costs = each(places, |r| cost_of(revenue[r], firms[r], unit_costs[r]));
            let fixed = t.parameters("f")[industry];
            rows.entry("within.prof")
                .or_default()
                .extend(each(places, |r| firms::profit_rate(revenue[r], unit_costs[r], fixed, s)));
            let share = t.cost_shares(industry).producer_services;
            if industry == SERVICES {
                rows.insert("within.ES", service_demand.clone());
            } else {
                producer_services::add_demand(share, &costs, industry == 0, &mut service_demand);
                rows.entry("after.Gx").or_default().extend(&market.index);
            }
            if towns {
                let town_cost = self.get("within.cT").to_vec();
                let town_revenue =
                    each(places, |r| market_access::revenue(self.get("within.pT")[r] * last_mile, market.access[r], s));
                let town_costs = each(places, |r| cost_of(town_revenue[r], t.before("nT")[r], town_cost[r]));
                producer_services::add_demand(share, &town_costs, false, &mut service_demand);
                rows.insert(
                    "within.profT",
                    each(places, |r| firms::profit_rate(town_revenue[r], town_cost[r], fixed, s)),
                );
                rows.insert("within.revT", town_revenue);
                rows.insert("within.costT", town_costs);
            }
            assert!(market.index_power.iter().all(|power| *power > 0.0));
            rows.entry("within.rev").or_default().extend(revenue);
            rows.entry("within.cost").or_default().extend(costs);
        }
        // The reference keeps a row of ones for producer services in its table of indices.
        rows.entry("after.Gx").or_default().extend(vec![1.0; places]);
        for (name, values) in rows {
            self.put(name, &values);
        }
    }
}

fn market(freeness: &[f64], supply: &[f64], spending: &[f64], sigma: f64) -> Market {
    let places = supply.len();
    let (mut index_power, mut access) = (vec![0.0; places], vec![0.0; places]);
    market_access::fill_price_index_powers(freeness, supply, &[], &mut index_power);
    let demand = each(places, |r| market_access::real_demand(spending[r], index_power[r]));
    market_access::fill_market_access(freeness, &demand, &mut access);
    let index = each(places, |r| market_access::price_index(index_power[r], sigma));
    Market { index_power, index, access }
}
