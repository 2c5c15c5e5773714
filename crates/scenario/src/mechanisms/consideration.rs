//! Consideration: people think first of places that are near, of their own city, and of their own province.

use crate::parameters::parameters;

parameters! {
    /// Consideration: people think first of places that are near, of their own city, and of their own province.
    pub struct Consideration = "consideration" {
        /// How fast looks fall with the distance from the place of origin.
        distance_decay: f64 = 1.0, "exponent", 0.0..=10.0, Assumed("as initial.gravity_distance, by which the origins of the base year's migrants are found");
        /// How much more often people look at the city of their own prefecture than at one of another province that is as large and near.
        own_prefecture: f64 = 0.0, "log odds of a look", -20.0..=20.0, Assumed("0: what the base year says is found by the inversion, and this comes on top");
        /// How much more often people look at another city of their own province than at one of another province that is as large and near.
        same_province: f64 = 0.0, "log odds of a look", -20.0..=20.0, Assumed("0: what the base year says is found by the inversion, and this comes on top");
        /// Whether the inversion fits looks by class, and what each origin offers its people, to the base year.
        by_class: bool = true, "", Assumed("off, amenities alone are fitted, to all migrants of a city");
    }
}
