//! Services, productivity, costs and prices.

use super::{CAPITAL_INTENSIVE, LABOUR_INTENSIVE, Replay, SERVICES, each, freeness};
use crate::table::Table;
use economics::cost::{self, FactorPrices};
use economics::maths::total;
use economics::public_service::{self, ServiceTechnology};
use economics::{congestion, market_access, producer_services, productivity};

impl Replay {
    /// Equations (1) to (3): services, productivity, effective labour, costs and prices.
    pub(super) fn supply_side(&mut self, t: &Table) {
        let places = t.places;
        let migrants: Vec<f64> = (0..places)
            .map(|d| total(&(0..places).map(|o| t.before("M")[o * places + d]).collect::<Vec<_>>()))
            .collect();
        let residents: Vec<f64> = (0..places).map(|r| t.before("C")[r] + migrants[r]).collect();
        let technology = ServiceTechnology {
            rivalry: t.parameter("chi"),
            input_base: t.parameter("I0"),
            complementarity: t.parameter("nuG"),
        };
        let input = each(places, |r| {
            public_service::service_input(t.before("spend")[r], t.before("spend_mult")[r], residents[r], &technology)
        });
        let output =
            each(places, |r| public_service::service_output(input[r], t.before("Q")[r], technology.complementarity));
        let congestion = t.congestion();
        let effective = each(places, |r| congestion::effective_labour(residents[r], t.before("Hc")[r], &congestion));
        let mean_wage = cost::mean_wage(t.before("w"), &residents);
        let rental = cost::capital_rental(t.parameter("rK"), mean_wage, t.before("wbar0")[0], t.parameter("rK_index"));
        let mut productivities = Vec::new();
        for industry in 0..3 {
            productivities.extend(each(places, |r| {
                let jobs = t.by_industry("Ek", industry)[r];
                productivity::productivity(jobs, residents[r], output[r], 1.0, &t.externalities(industry))
            }));
        }
        let unit_cost = |industry: usize, services: &[f64]| {
            let shares = t.cost_shares(industry);
            each(places, |r| {
                let prices = FactorPrices {
                    wage: t.before("w")[r],
                    rent: t.before("q")[r],
                    capital_rental: rental,
                    producer_services: services[r],
                };
                cost::unit_cost(&prices, productivities[industry * places + r], &shares)
            })
        };
        let sigma = t.parameters("sigma");
        let service_cost = unit_cost(SERVICES, &vec![1.0; places]);
        let service_price = each(places, |r| cost::mill_price(service_cost[r], sigma[SERVICES]));
        let supply =
            each(places, |r| market_access::supply(t.by_industry("n", SERVICES)[r], service_price[r], sigma[SERVICES]));
        let mut service_power = vec![0.0; places];
        market_access::fill_price_index_powers(&freeness(t, SERVICES), &supply, &[], &mut service_power);
        let service_index = each(places, |r| market_access::price_index(service_power[r], sigma[SERVICES]));
        let mut costs = unit_cost(LABOUR_INTENSIVE, &service_index);
        costs.extend(unit_cost(CAPITAL_INTENSIVE, &service_index));
        costs.extend(service_cost);
        let prices: Vec<f64> = costs.iter().enumerate().map(|(i, c)| cost::mill_price(*c, sigma[i / places])).collect();
        let town_cost = self.town_cost(t, &service_index, rental);
        let town_price = each(places, |r| cost::mill_price(town_cost[r], sigma[LABOUR_INTENSIVE]));
        for (name, values) in [
            ("within.N", &residents),
            ("after.I", &input),
            ("after.G", &output),
            ("after.ell", &effective),
            ("within.ell", &effective),
            ("after.A", &productivities),
            ("within.wbar", &vec![mean_wage]),
            ("within.rK", &vec![rental]),
            ("within.GSs", &service_power),
            ("within.GS", &service_index),
            ("within.c", &costs),
            ("within.pr", &prices),
            ("within.cT", &town_cost),
            ("within.pT", &town_price),
        ] {
            self.put(name, values);
        }
    }

    /// Town firms have the same technology; they are smaller, rural, and further from services.
    fn town_cost(&self, t: &Table, service_index: &[f64], rental: f64) -> Vec<f64> {
        let shares = t.cost_shares(LABOUR_INTENSIVE);
        each(t.places, |r| {
            let jobs = t.before("ET")[r] / t.parameter("nv");
            let rural = t.parameter("G_rural");
            let productivity = productivity::productivity(jobs, jobs, rural, 1.0, &t.externalities(LABOUR_INTENSIVE));
            let prices = FactorPrices {
                wage: t.before("wT")[r],
                rent: t.parameter("q_T"),
                capital_rental: rental,
                producer_services: producer_services::town_price_index(service_index[r], t.parameter("tau_h")),
            };
            cost::unit_cost(&prices, productivity, &shares)
        })
    }
}
