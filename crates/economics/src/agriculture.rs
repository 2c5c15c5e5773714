//! Agriculture: output of farms from land and labour, and jobs in town firms.

use crate::maths::power;

/// Farmers below this count as this.
const FARMERS_MIN: f64 = 1e-9;
/// At most this share of rural people works in town firms.
const TOWN_JOBS_SHARE_MAX: f64 = 0.6;

/// How land and labour make food.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Farming {
    /// Elasticity of output with respect to arable land.
    pub land: f64,
    /// Elasticity with respect to farm labour; zero for a farm sector with given output.
    pub labour: f64,
    /// Elasticity with respect to land per farmer: what consolidation of plots gains.
    pub consolidation: f64,
}

/// The hinterland of one place at the start, to which output is relative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FarmBase {
    /// Rural people, in thousand persons; also output at the start, in units of a farmer's output.
    pub people: f64,
    /// Arable land, in km².
    pub arable: f64,
}

/// Output of farms.
///
/// # Formula
///
/// `X = F0 · A · (Ar/Ar0)^bT · (Fl/F0)^bL · [(Ar/Fl) / (Ar0/F0)]^cons`; `F0` when `bL` is zero; zero
/// where no rural people live.
///
/// # Units
///
/// Units of a farmer's quarterly output at the start, times thousand. Farmers `Fl` are rural people
/// less those in town firms.
///
/// # Source
///
/// Model equation (6).
pub fn farm_output(
    rural_people: f64,
    farmers: f64,
    arable: f64,
    productivity: f64,
    base: &FarmBase,
    farming: &Farming,
) -> f64 {
    if rural_people <= 0.0 || base.people <= 0.0 {
        return 0.0;
    }
    if farming.labour <= 0.0 {
        return base.people;
    }
    let farmers = farmers.max(FARMERS_MIN);
    // A place without fields at the start (courtyards, greenhouses) keeps its output per farmer.
    let (arable, arable_start) = if base.arable > 0.0 { (arable, base.arable) } else { (1.0, 1.0) };
    let land_each = (arable / farmers) / (arable_start / base.people);
    base.people
        * productivity
        * power(arable / arable_start, farming.land)
        * power(farmers / base.people, farming.labour)
        * power(land_each, farming.consolidation)
}

/// Farmers: rural people who do not work in town firms.
///
/// # Formula
///
/// `max(F − E_T, 1e-9)`
pub fn farmers(rural_people: f64, town_jobs: f64) -> f64 {
    (rural_people - town_jobs).max(FARMERS_MIN)
}

/// The wage of town firms: the income of a farmer plus a premium.
///
/// # Formula
///
/// `wT = (1 + prem) · p_A X / Fl`
///
/// # Units
///
/// Yuan a quarter.
///
/// # Source
///
/// Model equation (5); Lewis (1954).
pub fn town_wage(premium: f64, farm_income: f64, farmers: f64) -> f64 {
    (1.0 + premium) * (farm_income / farmers)
}

/// Jobs in the town firms of a hinterland.
///
/// # Formula
///
/// `min(aw · cost / wT, .6 F)`
///
/// # Units
///
/// Thousand persons.
///
/// # Source
///
/// Model equation (5).
pub fn town_jobs(labour_share: f64, cost: f64, town_wage: f64, rural_people: f64) -> f64 {
    (labour_share * cost / town_wage).min(TOWN_JOBS_SHARE_MAX * rural_people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FARMING: Farming = Farming { land: 0.55, labour: 0.45, consolidation: 0.10 };
    const BASE: FarmBase = FarmBase { people: 100.0, arable: 270.0 };

    #[test]
    fn output_at_the_start_is_one_unit_per_head() {
        assert!((farm_output(100.0, 100.0, 270.0, 1.0, &BASE, &FARMING) - 100.0).abs() < 1e-12);
        assert!((farm_output(100.0, 100.0, 270.0, 1.5, &BASE, &FARMING) - 150.0).abs() < 1e-12);
    }

    #[test]
    fn output_by_hand() {
        let farming = Farming { land: 0.5, labour: 0.5, consolidation: 1.0 };
        // √4 · √¼ · 16: four times the land, a quarter of the farmers
        let output = farm_output(30.0, 25.0, 1080.0, 1.0, &BASE, &farming);
        assert!((output - 1600.0).abs() < 1e-9);
        assert_eq!(farm_output(0.0, 0.0, 270.0, 1.0, &BASE, &FARMING), 0.0);
        // Without any fields at the start, land plays no part: √¼ · (100/25)
        let bare = FarmBase { arable: 0.0, ..BASE };
        assert!((farm_output(30.0, 25.0, 0.0, 1.0, &bare, &farming) - 200.0).abs() < 1e-9);
        assert_eq!(farm_output(30.0, 9.0, 1.0, 2.0, &BASE, &Farming { labour: 0.0, ..FARMING }), 100.0);
    }

    #[test]
    fn towns_employ_at_most_the_cap() {
        assert_eq!(town_jobs(0.5, 20.0, 2.0, 100.0), 5.0);
        assert_eq!(town_jobs(0.5, 2000.0, 2.0, 100.0), 60.0);
        assert_eq!(town_wage(0.4, 50.0, 100.0), 0.7);
        assert_eq!(farmers(10.0, 10.0), 1e-9);
    }

    proptest! {
        #[test]
        fn output_falls_by_less_than_the_share_of_farmers_who_leave(left in 0.01..0.9f64) {
            let output = farm_output(100.0, 100.0 * (1.0 - left), 270.0, 1.0, &BASE, &FARMING);
            prop_assert!(output < 100.0);
            prop_assert!(output > 100.0 * (1.0 - left));
        }
    }
}
