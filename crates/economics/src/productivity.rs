//! Productivity: gains from own jobs nearby (localisation), city size (urbanisation) and public services.

use crate::maths::{exp, ln_1p, normal_below, power};

/// External economies of one industry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Externalities {
    /// Elasticity with respect to jobs of the same industry in the place (Marshall).
    pub marshall: f64,
    /// Elasticity with respect to the residents of the place (Jacobs).
    pub jacobs: f64,
    /// Elasticity with respect to public-service output.
    pub services: f64,
    /// Jobs of the industry, in thousand persons, at which Marshall economies set in.
    pub jobs_base: f64,
    /// Residents, in thousand persons, at which Jacobs economies set in.
    pub residents_base: f64,
}

/// Productivity of one industry in one place.
///
/// # Formula
///
/// `A = factor · (1 + E/E0)^m · (1 + N/N0)^j · G^g`
///
/// # Units
///
/// Own jobs `E` and residents `N` in thousand persons, service output `G` an index; the place factor
/// and the result are pure numbers.
///
/// # Source
///
/// Model equation (2): bounded below and log-linear above, with elasticities in the range surveyed by
/// Rosenthal and Strange (2004) and Combes and Gobillon (2015).
pub fn productivity(
    own_jobs: f64,
    residents: f64,
    service_output: f64,
    place_factor: f64,
    externalities: &Externalities,
) -> f64 {
    let own_industry = power(1.0 + own_jobs / externalities.jobs_base, externalities.marshall);
    let city_size = power(1.0 + residents / externalities.residents_base, externalities.jacobs);
    place_factor * (own_industry * city_size * power(service_output, externalities.services))
}

/// Size classes of firms: small, middle and large.
pub const SIZE_CLASSES: usize = 3;

/// The bounds of classes are this many standard deviations of log size from its mean: each then holds a third of an industry's firms.
const CLASS_BOUND: f64 = 0.43072729929545733;
/// Mean of a standard normal number beyond that bound.
const CLASS_MEAN: f64 = 1.0907993240259533;

/// The size classes of an industry, small to large. A firm's size is `a^(σ−1)`, to which its sales are proportional.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizeClasses {
    /// Bounds between the classes, as sizes.
    pub bounds: [f64; SIZE_CLASSES - 1],
    /// Mean log size of a class, less that of all firms.
    pub log_size: [f64; SIZE_CLASSES],
    /// Share of a class in all sizes, as expected of firms drawn at random.
    pub share: [f64; SIZE_CLASSES],
}

/// The size classes of an industry; none where all firms are equal.
///
/// # Formula
///
/// With `d = s (σ − 1)`, log size is normal with mean `−d²/2` and standard deviation `d`, and mean size is one. Classes
/// part at the thirds of firms, `exp(±.431 d − d²/2)`; mean log size of a class is `∓1.091 d` or zero from the mean;
/// the share of sizes below `.431 d` from the mean is `Φ(.431 − d)`.
///
/// # Units
///
/// `spread` is the standard deviation of `ln a`, as for [`crate::firms::firm_productivity`].
#[must_use]
pub fn size_classes(spread: f64, substitution: f64) -> Option<SizeClasses> {
    let deviation = spread * (substitution - 1.0);
    let centre = deviation * deviation / 2.0;
    let small = normal_below(-CLASS_BOUND - deviation);
    let large = normal_below(deviation - CLASS_BOUND);
    (deviation > 0.0).then(|| SizeClasses {
        bounds: [exp(-CLASS_BOUND * deviation - centre), exp(CLASS_BOUND * deviation - centre)],
        log_size: [-CLASS_MEAN * deviation, 0.0, CLASS_MEAN * deviation],
        share: [small, 1.0 - small - large, large],
    })
}

/// Weight and revenue of firms of each size class in a place, relative to firms of the same own productivity under the
/// industry's common externalities.
///
/// # Formula
///
/// `m_c^(σ−1) / Σ_c share_c m_c^(σ−1)` with `m_c = (1 + E/E0)^(g s_c) · (1 + N/N0)^(−g s_c)`: the elasticity to own jobs is
/// larger by `g` per log of firm size, that to city size smaller by as much.
///
/// The mean over firms drawn at random, weighted by size, is normalised: in every place their total weight is
/// that without the gradient. So the industry keeps its elasticities, and the gradient decides which firms gain.
///
/// # Units
///
/// As [`productivity`]; the result multiplies `a^(σ−1)`. A gradient of zero gives one for every class.
///
/// # Source
///
/// City size and diversity after Jacobs (1969), who writes of new and small firms; own industry after Marshall.
/// That the gains differ with the size of firms is in the findings of Henderson (2003) and Rosenthal and Strange (2003)
/// on establishments; log-linear form, three classes and normalisation are ours, and the size of the gradient is assumed.
#[must_use]
pub fn size_class_weights(
    own_jobs: f64,
    residents: f64,
    gradient: f64,
    substitution: f64,
    externalities: &Externalities,
    classes: &SizeClasses,
) -> [f64; SIZE_CLASSES] {
    let own_industry = ln_1p(own_jobs / externalities.jobs_base);
    let city_size = ln_1p(residents / externalities.residents_base);
    let slope = (substitution - 1.0) * gradient * (own_industry - city_size);
    let logs = classes.log_size.map(|log_size| slope * log_size);
    // The largest is taken out first, so that nothing overflows.
    let largest = logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let weights = logs.map(|log| exp(log - largest));
    let mean: f64 = weights.iter().zip(&classes.share).map(|(weight, share)| weight * share).sum();
    weights.map(|weight| weight / mean.max(f64::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SOME: Externalities =
        Externalities { marshall: 0.5, jacobs: 2.0, services: 1.0, jobs_base: 20.0, residents_base: 200.0 };

    #[test]
    fn productivity_by_hand() {
        // (1 + 60/20)^½ · (1 + 200/200)² · 1.5 = 2 · 4 · 1.5
        assert!((productivity(60.0, 200.0, 1.5, 1.0, &SOME) - 12.0).abs() < 1e-12);
        assert!((productivity(60.0, 200.0, 1.5, 0.5, &SOME) - 6.0).abs() < 1e-12);
    }

    #[test]
    fn an_empty_place_has_productivity_one() {
        assert_eq!(productivity(0.0, 0.0, 1.0, 1.0, &SOME), 1.0);
    }

    #[test]
    fn classes_of_size_are_thirds_of_firms_and_share_out_all_sales() {
        let classes = size_classes(0.2, 6.0).unwrap();
        // Log size has standard deviation 1 and mean −½.
        assert!((classes.bounds[0] - exp(-0.5 - CLASS_BOUND)).abs() < 1e-15);
        assert!((normal_below(CLASS_BOUND) - 2.0 / 3.0).abs() < 1e-12);
        let density = exp(-CLASS_BOUND * CLASS_BOUND / 2.0) / (2.0 * core::f64::consts::PI).sqrt();
        assert!((CLASS_MEAN - 3.0 * density).abs() < 1e-12);
        assert!((classes.share.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        // The mean size within a third of firms is three times its share: by the trapezium rule up to the lower bound.
        let step = 1e-4;
        let sizes: f64 = (-90_000..-4307)
            .map(|i| f64::from(i) * step)
            .map(|z| step * exp(-z * z / 2.0) / (2.0 * core::f64::consts::PI).sqrt() * exp(z - 0.5))
            .sum();
        assert!((sizes - classes.share[0]).abs() < 1e-5, "{sizes} {}", classes.share[0]);
        assert_eq!(size_classes(0.0, 6.0), None);
    }

    #[test]
    fn small_firms_gain_from_city_size_and_large_ones_from_their_own_industry() {
        let classes = size_classes(0.2, 6.0).unwrap();
        let weights = |jobs: f64, residents: f64, gradient: f64| {
            size_class_weights(jobs, residents, gradient, 6.0, &SOME, &classes)
        };
        assert_eq!(weights(60.0, 4000.0, 0.0), [1.0; 3]);
        let ratio = |of: [f64; 3]| of[0] / of[2];
        // Small over large: (21 / 4)^(5 · 0.02 · 2 · 1.0908)
        assert!((ratio(weights(60.0, 4000.0, 0.02)) - power(5.25, 0.2 * CLASS_MEAN)).abs() < 1e-12);
        assert!(ratio(weights(60.0, 8000.0, 0.02)) > ratio(weights(60.0, 4000.0, 0.02)));
        assert!(ratio(weights(120.0, 4000.0, 0.02)) < ratio(weights(60.0, 4000.0, 0.02)));
        let mean: f64 = weights(60.0, 4000.0, 0.5).iter().zip(&classes.share).map(|(w, share)| w * share).sum();
        assert!((mean - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn more_jobs_people_and_services_never_hurt(
            jobs in 0.0..1e4f64, residents in 0.0..1e5f64, services in 0.01..5.0f64, more in 1.0..2.0f64
        ) {
            let here = productivity(jobs, residents, services, 1.0, &SOME);
            prop_assert!(productivity(jobs * more, residents, services, 1.0, &SOME) >= here);
            prop_assert!(productivity(jobs, residents * more, services, 1.0, &SOME) >= here);
            prop_assert!(productivity(jobs, residents, services * more, 1.0, &SOME) >= here);
        }
    }
}
