//! Logit choice.

use crate::near;
use economics::theory::logit::shares;
use proptest::prelude::*;

proptest! {
    #[test]
    fn shares_add_up_and_ignore_what_all_have(
        utilities in prop::collection::vec(-50.0..50.0f64, 1..20), precision in 0.01..50.0f64, all in -1e3..1e3f64,
    ) {
        let ours = shares(&utilities, precision)?;
        near(ours.iter().sum::<f64>(), 1.0, 1e-12);
        let lifted: Vec<f64> = utilities.iter().map(|utility| utility + all).collect();
        for (a, b) in ours.iter().zip(shares(&lifted, precision)?) {
            prop_assert!((a - b).abs() < 1e-9);
        }
    }
}
