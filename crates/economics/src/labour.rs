//! Labour: who finds work, how long they work, and how wages answer.

use crate::maths::{exp, ln};

/// Hours can exceed the normal working week by this factor, and no more.
pub const HOURS_MAX: f64 = 1.1;
/// Tightness below this moves wages as this does.
const TIGHTNESS_MIN: f64 = 1e-6;

/// How wages are set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WageSetting {
    /// Wages jump to where demand equals supply.
    Clearing,
    /// Wages move towards it.
    Sluggish {
        /// Elasticity of the quarter's wage change with respect to tightness.
        response: f64,
        /// The largest change of the log wage in a quarter.
        change_max: f64,
    },
    /// Wages do not move: an outside good fixes them.
    Pinned,
}

/// Jobs of one industry in one place, in efficiency units.
///
/// # Formula
///
/// `aw · cost / w`
///
/// # Units
///
/// Thousand persons at full efficiency, when cost is in thousand yuan and the wage in yuan; divided
/// by effective labour per worker it is persons.
///
/// # Source
///
/// Model equation (5): Shephard's lemma for Cobb–Douglas cost.
pub fn labour_demand(labour_share: f64, cost: f64, wage: f64) -> f64 {
    labour_share * cost / wage
}

/// Tightness of a labour market: demand for labour over its supply; one in an empty place.
///
/// # Formula
///
/// `h = LD / (N · ell)`
///
/// # Source
///
/// Model equation (5).
pub fn tightness(demand: f64, supply: f64) -> f64 {
    if supply > 0.0 { demand / supply } else { 1.0 }
}

/// The share of the labour force that has work.
///
/// # Formula
///
/// `min(1, h)`
pub fn employment_rate(tightness: f64) -> f64 {
    tightness.min(1.0)
}

/// Hours of those who have work, in normal working weeks.
///
/// # Formula
///
/// `clamp(h, 1, 1.1)`; employment rate times hours is `min(h, 1.1)`
pub fn hours(tightness: f64) -> f64 {
    tightness.clamp(1.0, HOURS_MAX)
}

/// The factor by which output falls short where labour demand exceeds even long hours.
///
/// # Formula
///
/// `min(1, 1.1 / h)`
pub fn ration(tightness: f64) -> f64 {
    if tightness > HOURS_MAX { HOURS_MAX / tightness } else { 1.0 }
}

/// Next quarter's wage per efficiency unit.
///
/// # Formula
///
/// Clearing: `w · h`, the wage at which the same wage bill hires exactly the supply. Sluggish:
/// `w · exp(clamp(η ln max(h, 1e-6), −cap, cap))`. Pinned: `w`.
///
/// # Units
///
/// Yuan a quarter; tightness is not cut off at the longest hours, so excess demand raises wages only.
///
/// # Source
///
/// Model equation (5).
pub fn next_wage(wage: f64, tightness: f64, setting: WageSetting) -> f64 {
    match setting {
        WageSetting::Clearing => clearing_wage(wage * tightness, 1.0),
        WageSetting::Sluggish { response, change_max } => {
            wage * exp((response * ln(tightness.max(TIGHTNESS_MIN))).clamp(-change_max, change_max))
        }
        WageSetting::Pinned => wage,
    }
}

/// The wage at which a wage bill hires exactly the labour on offer.
///
/// # Formula
///
/// `w = bill / LS`
///
/// # Units
///
/// Yuan, when the bill is in thousand yuan and labour in thousand efficiency units.
///
/// # Panics
///
/// When nobody offers labour.
pub fn clearing_wage(wage_bill: f64, supply: f64) -> f64 {
    assert!(supply > 0.0, "no wage clears a market without labour");
    wage_bill / supply
}

/// Expected earnings of a worker with one efficiency unit.
///
/// # Formula
///
/// `y = w · ell · min(h, 1.1)`: pay times the chance of work times hours
///
/// # Units
///
/// Yuan a quarter.
///
/// # Source
///
/// Model equation (5), with the employment rate and hours of the model's decision on work and pay.
pub fn expected_earnings(wage: f64, effective_labour: f64, tightness: f64) -> f64 {
    wage * effective_labour * tightness.min(HOURS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clearing_sets_the_wage_at_which_the_bill_hires_everyone() {
        let (bill, supply) = (30.0, 10.0);
        let wage = 2.0;
        let tight = tightness(labour_demand(1.0, bill, wage), supply);
        assert!((next_wage(wage, tight, WageSetting::Clearing) - clearing_wage(bill, supply)).abs() < 1e-14);
        assert_eq!(next_wage(wage, tight, WageSetting::Pinned), wage);
    }

    #[test]
    fn a_sluggish_wage_moves_by_its_cap_at_most() {
        let setting = WageSetting::Sluggish { response: 0.15, change_max: 0.04 };
        assert_eq!(next_wage(2.0, 100.0, setting), 2.0 * exp(0.04));
        assert_eq!(next_wage(2.0, 0.0, setting), 2.0 * exp(-0.04));
        assert_eq!(next_wage(2.0, 1.0, setting), 2.0);
        assert!((next_wage(2.0, 1.1, setting) - 2.0 * exp(0.15 * ln(1.1))).abs() < 1e-15);
    }

    #[test]
    fn an_empty_place_is_neither_tight_nor_slack() {
        assert_eq!(tightness(0.0, 0.0), 1.0);
    }

    proptest! {
        #[test]
        fn work_is_done_by_people_in_hours_or_rationed(h in 0.0..5.0f64) {
            prop_assert!((employment_rate(h) * hours(h) - h * ration(h)).abs() < 1e-12);
            prop_assert!((expected_earnings(1.0, 1.0, h) - h.min(HOURS_MAX)).abs() < 1e-15);
        }
    }
}
