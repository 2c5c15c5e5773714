//! Productivity: what an industry gains from its own jobs nearby, from the size of the city and
//! from public services.

use crate::maths::power;

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

impl Externalities {
    /// The externalities that firms of one size class enjoy.
    ///
    /// Small firms gain relatively more from a diverse city, large ones from their own industry. A
    /// gradient of nought is neutral.
    ///
    /// # Formula
    ///
    /// `marshall · (1 + gradient · class)` and `jacobs · (1 − gradient · class)`
    ///
    /// # Units
    ///
    /// `class` runs from −1 (the smallest firms) to 1 (the largest); the gradient from 0 to 1.
    ///
    /// # Source
    ///
    /// The direction after Henderson (2003) and Rosenthal and Strange (2010); the linear form is ours.
    pub fn for_size_class(&self, class: f64, gradient: f64) -> Self {
        let tilt = gradient * class;
        Self { marshall: self.marshall * (1.0 + tilt), jacobs: self.jacobs * (1.0 - tilt), ..*self }
    }
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
    fn an_empty_place_is_not_barren() {
        assert_eq!(productivity(0.0, 0.0, 1.0, 1.0, &SOME), 1.0);
    }

    #[test]
    fn a_gradient_of_nought_is_neutral_and_otherwise_tilts() {
        assert_eq!(SOME.for_size_class(1.0, 0.0), SOME);
        let large = SOME.for_size_class(1.0, 0.5);
        let small = SOME.for_size_class(-1.0, 0.5);
        assert!(large.marshall > SOME.marshall && large.jacobs < SOME.jacobs);
        assert!(small.marshall < SOME.marshall && small.jacobs > SOME.jacobs);
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
