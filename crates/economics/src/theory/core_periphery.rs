//! Core and periphery: when two equal regions become unstable, and when a centre holds.

use super::TheoryError;
use super::error::{check_length, check_masses, check_precision, check_tastes, check_trade_cost, found, within};
use super::solver::{ratios, rest_point, root, roots};
use crate::maths::{exp, exp_m1, ln, power, total};

/// Natural logarithm of the smallest `−ln φ` at which a zero of drift is looked for.
const SEARCH_LOW: f64 = -14.0;
/// The largest `−ln φ` and `ln T` at which a zero of drift is looked for; beyond, nothing is traded.
const SEARCH_MAX: f64 = 600.0;
/// Steps of the search between the two.
const SEARCH_STEPS: u32 = 280;

/// The trade cost at which two equal regions become unstable as trade becomes cheaper.
///
/// # Formula
///
/// `T_B^(σ−1) = (ρ + μ)(1 + μ) / ((ρ − μ)(1 − μ))`, `ρ = (σ − 1)/σ`. Equal regions are unstable below `T_B`.
///
/// # Source
///
/// Fujita, Krugman and Venables (1999), chapter 5: the break point; Krugman (1991) for the question.
///
/// # Errors
///
/// [`TheoryError::BlackHole`] when `ρ ≤ μ`; [`TheoryError::OutOfRange`] for parameters without meaning.
pub fn break_point(substitution: f64, goods_share: f64) -> Result<f64, TheoryError> {
    check_no_black_hole(substitution, goods_share)?;
    let (rho, mu) = (1.0 - 1.0 / substitution, goods_share);
    let ratio = (rho + mu) * (1.0 + mu) / ((rho - mu) * (1.0 - mu));
    found("break point", power(ratio, 1.0 / (substitution - 1.0)))
}

/// The trade cost below which a centre with all the industry holds.
///
/// # Formula
///
/// The root above one of `1 = (1 + μ)/2 · T^(1−σ−μσ) + (1 − μ)/2 · T^(σ−1−μσ)`. The right side is convex in `ln T`, one
/// at `T = 1`, lowest at the square root of the break point, and has exactly one such root.
///
/// # Source
///
/// Fujita, Krugman and Venables (1999), chapter 5: the sustain point.
///
/// # Errors
///
/// [`TheoryError::BlackHole`] when `ρ ≤ μ`; [`TheoryError::OutOfRange`] for parameters without meaning.
pub fn sustain_point(substitution: f64, goods_share: f64) -> Result<f64, TheoryError> {
    let lowest = ln(break_point(substitution, goods_share)?) / 2.0;
    let (sigma, mu) = (substitution, goods_share);
    let temptation = |log_cost: f64| {
        let near = (1.0 + mu) / 2.0 * exp_m1((1.0 - sigma - mu * sigma) * log_cost);
        let far = (1.0 - mu) / 2.0 * exp_m1((sigma - 1.0 - mu * sigma) * log_cost);
        near + far
    };
    if lowest <= 0.0 {
        // The goods share cannot be distinguished from zero in floating point.
        return Ok(1.0);
    }
    let mut high = 2.0 * lowest;
    while temptation(high) <= 0.0 {
        high *= 2.0;
        found("sustain point", high)?;
    }
    let log_cost = root(|x| Ok(temptation(x)), lowest, high)?;
    found("sustain point", exp(log_cost))
}

/// The trade costs at which a move brings no gain when a given share of people lives in one of two like regions.
///
/// At a share near one half this is near the break point, near one it is near the sustain point; in between it corrects
/// a measurement that was taken at that share.
///
/// # Formula
///
/// The roots, rising, of `ln ω_1 = ln ω_2` in the trade cost, at `N_1 = λ`.
///
/// # Source
///
/// Fujita, Krugman and Venables (1999), chapter 5: the curve of equilibria.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters without meaning or a share that is not above one half and below one.
pub fn zero_at(substitution: f64, goods_share: f64, share: f64) -> Result<Vec<f64>, TheoryError> {
    zeros(substitution, goods_share, share, 0.0)
}

/// The trade costs at which people who choose by a logit rest at a given share.
///
/// # Formula
///
/// The roots, rising, of `β(ln ω_1 − ln ω_2) = ln(λ/(1 − λ))` in the trade cost, at `N_1 = λ`. Between two of them
/// the share would grow.
///
/// # Source
///
/// As [`logit_break_points`].
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] for parameters without meaning or a share that is not above one half and below one.
pub fn logit_zero_at(substitution: f64, goods_share: f64, precision: f64, share: f64) -> Result<Vec<f64>, TheoryError> {
    check_precision(precision)?;
    zeros(substitution, goods_share, share, 1.0 / precision)
}

/// Roots of `ln ω_1 − ln ω_2 = noise · ln(λ/(1 − λ))`.
fn zeros(substitution: f64, goods_share: f64, share: f64, noise: f64) -> Result<Vec<f64>, TheoryError> {
    check_tastes(substitution, goods_share)?;
    within("share", share, share > 0.5 && share < 1.0, "above one half and below 1")?;
    let cost = |log_closeness: f64| exp(log_closeness / (substitution - 1.0));
    let drift = |log_closeness: f64| {
        let trade_costs = [1.0, cost(log_closeness), cost(log_closeness), 1.0];
        let state = short_run_free_entry(&[share, 1.0 - share], &[0.5, 0.5], &trade_costs, substitution, goods_share)?;
        let [first, second] = [state.real_wages[0], state.real_wages[1]];
        Ok(ln(first / second) - noise * ln(share / (1.0 - share)))
    };
    let high = ln(SEARCH_MAX * (substitution - 1.0).min(1.0));
    let found = roots(drift, &ratios(SEARCH_LOW, high, SEARCH_STEPS))?;
    Ok(found.into_iter().map(cost).collect())
}

/// Refuses parameters without meaning, and the black hole.
pub(super) fn check_no_black_hole(substitution: f64, goods_share: f64) -> Result<(), TheoryError> {
    check_tastes(substitution, goods_share)?;
    let goods_share_max = 1.0 - 1.0 / substitution;
    if goods_share >= goods_share_max {
        return Err(TheoryError::BlackHole { substitution, goods_share, goods_share_max });
    }
    Ok(())
}

/// Places of workers, firms and farmers, and trade costs between the places.
#[derive(Clone, Copy, Debug)]
pub struct Economy<'a> {
    /// Workers of each place, in any unit.
    pub workers: &'a [f64],
    /// Firms, or varieties, of each place, in any unit.
    pub firms: &'a [f64],
    /// Farmers of each place, in any unit: they are paid by food, whose price is the same everywhere.
    pub farmers: &'a [f64],
    /// Iceberg costs, `[from * places + to]`.
    pub trade_costs: &'a [f64],
}

/// Prices and incomes of each place with people and firms where they are. Income of all places is one.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortRun {
    /// Wage of a worker. Without workers and firms, the wage that a first firm could pay.
    pub wages: Vec<f64>,
    /// Price index of goods, for as many varieties as there are firms and one worker for each further unit.
    pub price_indices: Vec<f64>,
    /// Wage over `G^μ`; the price of food, the same everywhere, is left out.
    pub real_wages: Vec<f64>,
    /// Pure profit in units of normal operating profit, `R/(σ f w) − 1`.
    pub profit_rates: Vec<f64>,
    /// Profit that each worker receives, wherever the worker lives.
    pub profit_per_worker: f64,
    /// Wage and profit of a worker over `G^μ`.
    pub real_incomes: Vec<f64>,
}

/// Wages that clear each place's labour market, with prices and profits, for any masses of workers and firms.
///
/// # Formula
///
/// - Price `p_r = w_r σ/(σ − 1)`; index `G_s^(1−σ) = Σ_r n_r (p_r T_rs)^(1−σ)`.
/// - Income `Y_s = (1 − μ) F_s/ΣF + w_s L_s + (L_s/ΣL) Π`, where `Π = μ − Σ w L` are the profits of all firms. They may be
///   negative. Total income is one.
/// - Sales of a firm `R_r = p_r^(1−σ) Σ_s T_rs^(1−σ) μ Y_s G_s^(σ−1)`; its costs `R_r (σ − 1)/σ + f w_r`.
/// - Labour: `w_r L_r = n_r (R_r (σ − 1)/σ + f w_r)`, with `f = ΣL/(σ Σn)`, so that profits are zero where `n ∝ L`.
///
/// # Source
///
/// Krugman (1991); Fujita, Krugman and Venables (1999), chapter 5, where `n ∝ L`. Wages at other numbers
/// of firms are Chamberlin's short run: firms stay even if they make profits or losses.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] or [`TheoryError::Length`] for numbers without meaning; [`TheoryError::NoClearingWage`]
/// where a place has workers and no firms, or firms whose fixed work `n_r f` takes all its workers.
pub fn short_run(economy: &Economy<'_>, substitution: f64, goods_share: f64) -> Result<ShortRun, TheoryError> {
    let market = Market::new(economy, substitution, goods_share)?;
    let start = vec![ln(goods_share / total(economy.workers)); economy.workers.len()];
    let log_wages = rest_point(|log_wages| market.next_log_wages(log_wages), start, "wages")?;
    Ok(market.state(log_wages.iter().map(|x| exp(*x)).collect()))
}

/// The short run of the textbook, with free entry until profits are zero: `n_r = L_r`, `f = 1/σ`.
///
/// # Formula
///
/// As [`short_run`], with firms in proportion to workers.
///
/// # Source
///
/// Fujita, Krugman and Venables (1999), chapter 5: instantaneous equilibrium.
///
/// # Errors
///
/// [`TheoryError::OutOfRange`] or [`TheoryError::Length`] for numbers without meaning.
pub fn short_run_free_entry(
    workers: &[f64],
    farmers: &[f64],
    trade_costs: &[f64],
    substitution: f64,
    goods_share: f64,
) -> Result<ShortRun, TheoryError> {
    short_run(&Economy { workers, firms: workers, farmers, trade_costs }, substitution, goods_share)
}

/// An economy with freeness in place of trade costs, and constants of its labour markets.
struct Market<'a> {
    economy: &'a Economy<'a>,
    substitution: f64,
    goods_share: f64,
    freeness: Vec<f64>,
    /// Workers of the fixed input of a firm.
    fixed_work: f64,
    /// Firms per worker who is not in fixed work.
    firms_per_free_worker: Vec<f64>,
}

impl<'a> Market<'a> {
    fn new(economy: &'a Economy<'a>, substitution: f64, goods_share: f64) -> Result<Self, TheoryError> {
        check_tastes(substitution, goods_share)?;
        let places = economy.workers.len();
        check_masses("workers", economy.workers, places)?;
        check_masses("firms", economy.firms, places)?;
        check_masses("farmers", economy.farmers, places)?;
        check_length("trade_costs", economy.trade_costs, places * places)?;
        let mut freeness = Vec::with_capacity(places * places);
        for &cost in economy.trade_costs {
            check_trade_cost(cost)?;
            freeness.push(power(cost, 1.0 - substitution));
        }
        let fixed_work = total(economy.workers) / (substitution * total(economy.firms));
        let mut firms_per_free_worker = Vec::with_capacity(places);
        for (place, (&workers, &firms)) in economy.workers.iter().zip(economy.firms).enumerate() {
            let free = workers - firms * fixed_work;
            let ratio =
                if workers == 0.0 && firms == 0.0 { 1.0 / (fixed_work * (substitution - 1.0)) } else { firms / free };
            if !(ratio > 0.0 && ratio.is_finite()) {
                return Err(TheoryError::NoClearingWage { place, workers, firms });
            }
            firms_per_free_worker.push(ratio);
        }
        Ok(Self { economy, substitution, goods_share, freeness, fixed_work, firms_per_free_worker })
    }

    fn places(&self) -> usize {
        self.economy.workers.len()
    }

    /// `p^(1−σ)` of a firm that pays `wage`.
    fn price_factor(&self, wage: f64) -> f64 {
        power(wage * self.substitution / (self.substitution - 1.0), 1.0 - self.substitution)
    }

    /// `G_s^(1−σ)` of each place.
    fn supplies(&self, wages: &[f64]) -> Vec<f64> {
        let places = self.places();
        let mut supplies = vec![0.0; places];
        for (from, (&wage, &firms)) in wages.iter().zip(self.economy.firms).enumerate() {
            if firms > 0.0 {
                let supply = firms * self.price_factor(wage);
                for (to, sum) in supplies.iter_mut().enumerate() {
                    *sum += supply * self.freeness[from * places + to];
                }
            }
        }
        supplies
    }

    /// Profits of all firms, per worker.
    fn profit_per_worker(&self, wages: &[f64]) -> f64 {
        let paid: Vec<f64> = wages.iter().zip(self.economy.workers).map(|(wage, workers)| wage * workers).collect();
        (self.goods_share - total(&paid)) / total(self.economy.workers)
    }

    /// `Σ_s φ_rs μ Y_s G_s^(σ−1)` of each place.
    fn demands(&self, wages: &[f64]) -> Vec<f64> {
        let (places, economy) = (self.places(), self.economy);
        let farmers = total(economy.farmers);
        let profit = self.profit_per_worker(wages);
        let supplies = self.supplies(wages);
        let spending: Vec<f64> = (0..places)
            .map(|to| {
                let farm_income = (1.0 - self.goods_share) * economy.farmers[to] / farmers;
                let income = farm_income + (wages[to] + profit) * economy.workers[to];
                self.goods_share * income / supplies[to]
            })
            .collect();
        (0..places)
            .map(|from| {
                let row = &self.freeness[from * places..][..places];
                row.iter().zip(&spending).map(|(free, spent)| free * spent).sum()
            })
            .collect()
    }

    /// Logarithms of the wages that would clear labour markets given demand at these; scaled so that costs add up.
    fn next_log_wages(&self, log_wages: &[f64]) -> Vec<f64> {
        let sigma = self.substitution;
        let wages: Vec<f64> = log_wages.iter().map(|x| exp(*x)).collect();
        let demands = self.demands(&wages);
        let unit_price = power(sigma / (sigma - 1.0), -sigma);
        let next: Vec<f64> = demands
            .iter()
            .zip(&self.firms_per_free_worker)
            .map(|(demand, ratio)| ln(ratio * unit_price * demand) / sigma)
            .collect();
        let variable_costs: Vec<f64> = next
            .iter()
            .zip(self.economy.workers.iter().zip(self.economy.firms))
            .map(|(log_wage, (workers, firms))| exp(*log_wage) * (workers - firms * self.fixed_work))
            .collect();
        let scale = ln(self.goods_share * (sigma - 1.0) / sigma / total(&variable_costs));
        next.iter().map(|log_wage| log_wage + scale).collect()
    }

    /// Everything at given wages.
    fn state(&self, wages: Vec<f64>) -> ShortRun {
        let (sigma, mu) = (self.substitution, self.goods_share);
        let price_indices: Vec<f64> = self.supplies(&wages).iter().map(|s| power(*s, 1.0 / (1.0 - sigma))).collect();
        let profit_per_worker = self.profit_per_worker(&wages);
        let real = |income: f64, index: f64| income * power(index, -mu);
        let real_wages = wages.iter().zip(&price_indices).map(|(wage, index)| real(*wage, *index)).collect();
        let real_incomes =
            wages.iter().zip(&price_indices).map(|(wage, index)| real(wage + profit_per_worker, *index)).collect();
        let profit_rates = wages
            .iter()
            .zip(self.demands(&wages))
            .map(|(wage, demand)| self.price_factor(*wage) * demand / (sigma * self.fixed_work * wage) - 1.0)
            .collect();
        ShortRun { wages, price_indices, real_wages, profit_rates, profit_per_worker, real_incomes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_black_hole_is_refused_by_name() {
        let refused = break_point(2.0, 0.6).unwrap_err();
        assert_eq!(refused, TheoryError::BlackHole { substitution: 2.0, goods_share: 0.6, goods_share_max: 0.5 });
        assert!(refused.to_string().contains("goods_share must be below 0.5"));
        assert!(sustain_point(2.0, 0.5).is_err());
    }

    #[test]
    fn workers_without_firms_have_no_wage() {
        let economy = Economy {
            workers: &[0.5, 0.5],
            firms: &[1.0, 0.0],
            farmers: &[0.5, 0.5],
            trade_costs: &[1.0, 2.0, 2.0, 1.0],
        };
        let refused = short_run(&economy, 5.0, 0.4).unwrap_err();
        assert_eq!(refused, TheoryError::NoClearingWage { place: 1, workers: 0.5, firms: 0.0 });
    }
}
