//! Market access: distance, infrastructure and local protection cut markets apart.

use crate::parameters::parameters;

parameters! {
    /// Market access: distance, infrastructure and local protection cut markets apart.
    pub struct MarketAccess = "market_access" {
        /// Multiplies the distance cost of every industry.
        distance_cost: f64 = 1.0, "multiple of each industry's cost per 100 km", 0.0..=20.0, Assumed("1 leaves the industries' own costs as they are");
        /// Multiplies the border wedge (local protectionism) of every industry.
        protection: f64 = 1.0, "multiple of each industry's border wedge", 0.0..=20.0, Assumed("1 leaves the industries' own wedges as they are");
        /// What reaches or leaves the countryside melts by this factor more.
        last_mile: f64 = 1.32, "iceberg cost factor", 1.0..=5.0, Assumed("value of docs/reference/mean_field.py");
    }
}
