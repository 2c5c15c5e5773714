//! Moves of firms, people and land in one quarter, as expected flows.

use crate::replay::Replay;
use crate::table::Table;
use economics::land::{self, QuotaTrade};
use economics::maths::total;
use economics::{firms, migration, utility};
use std::collections::BTreeMap;

/// State after the quarter, from utilities and profit rates that the replay has found.
pub(crate) fn replay(t: &Table, found: &Replay) -> BTreeMap<String, Vec<f64>> {
    let mut after = BTreeMap::new();
    move_firms(t, found, &mut after);
    let settled = move_people(t, found, &mut after);
    move_land(t, found, &settled, &mut after);
    after
}

fn move_firms(t: &Table, found: &Replay, after: &mut BTreeMap<String, Vec<f64>>) {
    let places = t.places;
    let mut city_firms = Vec::new();
    for industry in 0..3 {
        let mut count = t.by_industry("n", industry).to_vec();
        let mut profit = found.values["within.prof"][industry * places..][..places].to_vec();
        let mut sizes = found.values["within.N"].clone();
        if industry == 0 {
            count.extend(t.before("nT"));
            profit.extend(&found.values["within.profT"]);
            sizes.extend(t.before("F").iter().map(|people| t.parameter("site_T") * people));
        }
        let sites = count.len();
        let mean = firms::mean_over_firms(&profit, &count);
        let pulls: Vec<f64> = profit.iter().map(|rate| firms::pull(*rate)).collect();
        let (mut weights, mut shares) = (vec![0.0; sites], vec![0.0; sites]);
        firms::fill_site_weights(&count, &sizes, t.parameter("theta_f"), t.parameter("mut"), &mut weights);
        firms::fill_entry_shares(&weights, &pulls, mean, t.parameter("beta_f"), &mut shares);
        let turnover = t.parameter("delta") * t.parameters("spd")[industry];
        let entrants = firms::entrants(total(&count), turnover, t.parameter("eps_e"), mean);
        let move_from_to = |from: usize, to: usize| {
            let accepted =
                firms::relocation_acceptance(t.parameter("beta_f"), pulls[to], pulls[from], t.parameter("c_rel"));
            t.parameter("rel") * count[from] * weights[to] * accepted
        };
        let next: Vec<f64> = (0..sites)
            .map(|s| {
                let stay = count[s] * (1.0 - firms::exit_rate(turnover, t.parameter("eps_x"), pulls[s], 0.25));
                let others = (0..sites).filter(|other| *other != s);
                stay + entrants * shares[s] + others.map(|o| move_from_to(o, s) - move_from_to(s, o)).sum::<f64>()
            })
            .collect();
        city_firms.extend(&next[..places]);
        if industry == 0 {
            after.insert("after.nT".to_owned(), next[places..].to_vec());
        }
    }
    after.insert("after.n".to_owned(), city_firms);
}

fn move_people(t: &Table, found: &Replay, after: &mut BTreeMap<String, Vec<f64>>) -> Vec<f64> {
    let places = t.places;
    let values = |name: &str| found.values[name].as_slice();
    let (citizen, farmer, migrant) = (values("within.vC"), values("within.vF"), values("within.vM"));
    let beta = t.parameter("beta");
    let mut weights: Vec<f64> = values("within.N")
        .iter()
        .map(|people| migration::destination_weight(people - 1.0, t.parameter("vth")))
        .collect();
    let sum = total(&weights);
    weights.iter_mut().for_each(|weight| *weight /= sum);
    let [fixed, per_100_km] = [t.parameter("m0"), t.parameter("m1")];
    let moving =
        |pair: usize| utility::moving_cost(t.before("d")[pair], fixed, per_100_km, t.before("khv")[pair % places]);
    let mut migrants = t.before("M").to_vec();
    let mut rural = t.before("F").to_vec();
    let mut citizens = t.before("C").to_vec();
    let mut wanted = vec![0.0; places * places];
    for o in 0..places {
        let pair = |d: usize| o * places + d;
        let before = |d: usize| t.before("M")[pair(d)];
        let network = |d: usize| utility::network_gain(before(d), t.parameter("nu"), t.parameter("M0"));
        let there = |d: usize| migrant[pair(d)] + network(d);
        for d in 0..places {
            let gain = there(d) - moving(pair(d)) - farmer[o];
            let leave = t.parameter("dF") * t.before("F")[o] * weights[d] * migration::acceptance(beta, gain);
            let half = 0.5 * t.parameter("dM") * before(d);
            let home = half * migration::acceptance(beta, farmer[o] - t.parameter("c_ret") - there(d));
            migrants[pair(d)] += leave - home;
            rural[o] += home - leave;
            for other in (0..places).filter(|other| *other != d) {
                let gain = there(other) - moving(pair(other)) - there(d);
                let switch = half * weights[other] * migration::acceptance(beta, gain);
                migrants[pair(d)] -= switch;
                migrants[pair(other)] += switch;
            }
            let years = if d == 0 { t.parameter("Tc") } else { t.parameter("Tg") };
            let better = citizen[d] - migrant[pair(d)] - t.parameter("c_land");
            wanted[pair(d)] = before(d) / (4.0 * years) * migration::acceptance(beta, better);
        }
    }
    let mut settled = vec![0.0; places];
    for d in 0..places {
        let quota = if d == 0 { t.parameter("quota_c") } else { t.parameter("quota_g") };
        let want: f64 = (0..places).map(|o| wanted[o * places + d]).sum();
        let admitted = (quota * t.before("C")[d] / 4.0 / want.max(1e-12)).min(1.0);
        for o in 0..places {
            let settle = wanted[o * places + d] * admitted;
            migrants[o * places + d] -= settle;
            citizens[d] += settle;
            settled[o] += settle;
        }
    }
    let here = citizens.clone();
    for from in 0..places {
        for to in (0..places).filter(|to| *to != from) {
            let gain = citizen[to] - citizen[from] - t.parameter("cU");
            let leave = t.parameter("dC") * here[from] * weights[to] * migration::acceptance(beta, gain);
            citizens[from] -= leave;
            citizens[to] += leave;
        }
    }
    after.insert("after.M".to_owned(), migrants);
    after.insert("after.F".to_owned(), rural);
    after.insert("after.C".to_owned(), citizens);
    after.insert("after.conv".to_owned(), settled.clone());
    settled
}

fn move_land(t: &Table, found: &Replay, settled: &[f64], after: &mut BTreeMap<String, Vec<f64>>) {
    let places = t.places;
    let state = |name: &str| t.before(name).to_vec();
    let (mut urban, mut arable, mut homestead) = (state("Hc"), state("Ar"), state("home"));
    let (mut reserve, mut waste, mut pool) = (state("reserve"), state("waste"), state("pool_o"));
    let (mut revenue, mut payment) = (vec![0.0; places], vec![0.0; places]);
    // Only the case `transfer` has quota, and only there land is released.
    if t.case == "transfer" {
        for r in 0..places {
            let released = (t.parameter("hs") * settled[r] * t.parameter("exit_home")).min(homestead[r]);
            let tilled = land::recultivated(released, t.parameter("rec"));
            homestead[r] -= released;
            arable[r] += tilled;
            waste[r] += released - tilled;
            pool[r] += tilled;
        }
        let trade = QuotaTrade {
            offered: 0.25,
            rent_elasticity: 2.0,
            growth_max: 0.01,
            arable_max: 0.02,
            price_quarters: t.parameter("pq"),
        };
        let rents = &found.values["after.q"];
        let mut draws = vec![0.0; places];
        let on_offer = total(&pool);
        land::fill_quota_draws(on_offer, rents, &urban, &arable, &trade, &mut draws);
        let price = land::quota_price(rents, &draws, trade.price_quarters);
        let drawn = total(&draws);
        for r in 0..places {
            urban[r] += draws[r];
            arable[r] -= draws[r];
            let sold = land::quota_sold(pool[r], on_offer, drawn);
            pool[r] -= sold;
            revenue[r] = price * sold;
            payment[r] = price * draws[r];
        }
    }
    for r in 0..places {
        let planned = land::plan_quota(urban[r], t.parameter("g_plan"), reserve[r], 0.02);
        urban[r] += planned;
        reserve[r] -= planned;
    }
    for (name, values) in [
        ("after.Hc", urban),
        ("after.Ar", arable),
        ("after.home", homestead),
        ("after.reserve", reserve),
        ("after.waste", waste),
        ("after.pool_o", pool),
        ("after.quota_rev", revenue),
        ("after.quota_pay", payment),
    ] {
        after.insert(name.to_owned(), values);
    }
}
