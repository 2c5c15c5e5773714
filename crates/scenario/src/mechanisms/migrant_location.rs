//! Migrant location: people compare places and choose.

use crate::faults::Problem;
use crate::mechanisms::More;
use crate::parameters::parameters;
use crate::reading::{Fields, Names, Reading};

parameters! {
    /// Migrant location: people compare places and choose.
    pub struct MigrantLocation = "migrant_location" {
        /// How sharply people tell places apart.
        precision: f64 = 3.2, "log odds per utility", 0.0..=100.0, Assumed("value of docs/reference/mean_field.py; with size_exponent an effective 8.4; migration elasticities of 1.5-3 to income are published (Tombe and Zhu 2019)");
        /// Exponent of city size in the chance that a place is looked at.
        size_exponent: f64 = 0.62, "exponent", 0.0..=0.999, Assumed("value of docs/reference/mean_field.py");
        /// Rural people who look at a place in a quarter.
        revision_rural: f64 = 0.025, "share per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Migrants who look at a place in a quarter, half of them at home.
        revision_migrant: f64 = 0.06, "share per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Registered citizens who look at a place in a quarter.
        revision_citizen: f64 = 0.01, "share per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Cost of any move away from home.
        moving_cost: f64 = 0.14, "utility", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Cost of distance from home.
        distance_cost: f64 = 0.10, "utility per 100 km", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Cost of distance from home by its logarithm; with it, `distance_cost` must be 0.
        log_distance_cost: f64 = 0.0, "utility per log of distance", 0.0..=20.0, Assumed("0: the cost of distance is distance_cost alone");
        /// Distance at which logarithms of distance set in.
        distance_scale: f64 = 50.0, "km", 1.0..=5000.0, Assumed("about the radius of a prefecture: nearer places are all near");
        /// Cost of a citizen's move to another city.
        citizen_cost: f64 = 0.20, "utility", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Cost of going home.
        return_cost: f64 = 0.05, "utility", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// What living in the countryside is worth beside income and services.
        rural_attachment: f64 = -0.35, "utility", -5.0..=5.0, Assumed("value of docs/reference/mean_field.py");
    }
}

/// Two costs of one distance would add up unseen.
impl More for MigrantLocation {
    fn decode_more(&mut self, reading: &mut Reading, fields: &mut Fields<'_>, _: &Names) {
        if self.log_distance_cost > 0.0 && self.distance_cost > 0.0 {
            let rule = "log_distance_cost takes the place of the linear distance_cost, and both are above 0; set distance_cost to 0 (a utility of 0.10 per 100 km costs at 700 km what a log_distance_cost of 0.26 does)";
            reading.fault(fields.at, &fields.path, Problem::InvalidCombination { rule });
        }
    }
}
