//! Utilities of places, and output at base prices.

use super::{Replay, each};
use crate::table::Table;
use economics::maths::{exp, ln, total};
use economics::utility::{self, Living};
use economics::welfare;

impl Replay {
    /// Equation (8), utilities, and output at base prices.
    pub(super) fn utilities(&mut self, t: &Table) {
        let (places, tastes) = (t.places, t.tastes());
        let (price, scale) = (self.get("after.pA")[0], self.get("within.ren")[0]);
        let (index_l, index_k) = self.get("after.Gx").split_at(places);
        let shares = [t.parameter("muL"), t.parameter("muK")];
        let goods = |r: usize| [(shares[0], index_l[r]), (shares[1], index_k[r])];
        let level = each(places, |r| {
            utility::ln_city_prices(goods(r), self.get("within.lnGC")[r], self.get("after.q")[r], &tastes)
        });
        let last_mile = t.parameter("tau_h");
        let rural_level = each(places, |r| utility::ln_rural_prices(goods(r), last_mile, &tastes));
        let tax = t.parameter("ty");
        let earnings = self.get("within.y");
        let capital = self.get("within.capinc")[0] / total(t.before("C"));
        let income = each(places, |r| {
            let rents = self.get("within.landexp")[r];
            utility::citizen_income(earnings[r], tax, rents, t.parameter("th_l"), t.before("C")[r], capital)
        });
        let living = |income: f64, ln_price_level: f64, services: f64, food: f64, amenity: f64| Living {
            income,
            subsistence_cost: price * tastes.subsistence,
            ln_food: food * ln(price),
            ln_price_level,
            services,
            services_weight: t.parameter("b_amen"),
            amenity,
        };
        let output = self.get("after.G");
        let citizen =
            each(places, |r| utility::resident_utility(&living(income[r], level[r], output[r], tastes.food, 0.0)));
        let rural_services = t.parameter("G_rural");
        let farmer = each(places, |r| {
            let each_income = self.get("after.Yf")[r] / t.before("F")[r];
            let food = scale * tastes.food;
            utility::resident_utility(&living(
                each_income,
                rural_level[r],
                rural_services,
                food,
                t.parameter("v_rural"),
            ))
        });
        let remitted = t.parameter("remit");
        let there = each(places, |r| {
            let access = t.before("zv")[r];
            let reached = utility::services_for_migrants(output[r], rural_services, access);
            let migrant = living(earnings[r] * (1.0 - tax), level[r], reached, tastes.food, 0.0);
            utility::migrant_utility_at_destination(&migrant, remitted, t.parameter("pen"), access)
        });
        let migrant = each(places * places, |pair| {
            utility::migrant_utility(there[pair % places], remitted, rural_level[pair / places])
        });
        let consumed = |share: f64, index: &[f64]| {
            total(&each(places, |r| {
                let (city, rural) = (self.get("within.Scu")[r], self.get("within.Sf")[r]);
                welfare::goods_consumed(share, city, rural, scale, last_mile, index[r])
            }))
        };
        let services = total(&each(places, |r| {
            let spending = tastes.consumer_services * self.get("within.Scu")[r];
            spending * exp(-self.get("within.lnGC")[r])
        }));
        let housing = total(&each(places, |r| self.get("within.spH")[r] / self.get("after.q")[r]));
        let quantities = [
            total(self.get("after.YA")),
            consumed(shares[0], index_l),
            consumed(shares[1], &index_k[..places]),
            services,
            housing,
        ];
        let base = t.before("base");
        let real = welfare::output_at_base_prices(&quantities, &[1.0, base[0], base[1], base[2], base[3]]);
        for (name, values) in [
            ("within.lnP", level),
            ("within.lnPF", rural_level),
            ("within.cap_pc", vec![capital]),
            ("within.ycit", income),
            ("within.vC", citizen),
            ("within.vF", farmer),
            ("within.vM", migrant),
            ("after.gdp", vec![real]),
        ] {
            self.put(name, &values);
        }
    }
}
