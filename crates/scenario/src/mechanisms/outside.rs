//! The outside: what the region trades with, and where many of its people work.

use crate::parameters::parameters;

parameters! {
    /// The outside: what the region trades with, and where many of its people work.
    pub struct Outside = "outside" {
        /// Distance of people's moves to the outside.
        distance: f64 = 700.0, "km", 0.0..=5000.0, Assumed("from central Henan to the coastal cores");
        /// Distance of goods to the outside.
        trade_distance: f64 = 400.0, "km", 0.0..=5000.0, Assumed("nearer than people's destinations: neighbouring provinces trade too");
        /// City size of the outside in the chance that it is looked at.
        size: f64 = 100000.0, "thousand persons", 1.0..=10000000.0, Assumed("urban residents of the coastal provinces of the order of 300 million, within reach of one province's networks about a third");
        /// Real pay outside.
        wage_ratio: f64 = 1.15, "multiple of the region's mean urban wage at the start", 0.1..=10.0, Assumed("out-migrants earn 1.2-1.4 times local migrants (NBS 2021: 1.29), net of a higher cost of living");
        /// Growth of pay outside.
        wage_growth: f64 = 0.0, "log per quarter", -0.05..=0.05, Assumed("0: money is in constant yuan and the region's cities have no trend of their own either");
        /// Cost of living outside.
        price_ratio: f64 = 1.0, "multiple of the region's price index at the start", 0.1..=10.0, Assumed("already in wage_ratio");
        /// Share of the region's spending on goods that goes outside at the start.
        import_share: f64 = 0.2, "share of goods expenditure", 0.0..=0.8, Assumed("open inland province");
        /// Service output that reaches migrants outside.
        services: f64 = 0.4, "index", 0.01..=5.0, Assumed("as at home: outside, migrants get what reaches them");
        /// Tax that leavers pay outside.
        tax_rate: f64 = 0.10, "share of pay", 0.0..=0.9, Assumed("as inside");
    }
}
