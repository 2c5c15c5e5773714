//! Firm location: firms compare what a place earns and move or settle there.

use crate::parameters::parameters;

parameters! {
    /// Firm location: firms compare what a place earns and move or settle there.
    pub struct FirmLocation = "firm_location" {
        /// How sharply firms tell places apart by profit.
        precision: f64 = 0.3, "log odds per profit rate", 0.0..=50.0, Assumed("value of docs/reference/mean_field.py");
        /// Weight of present firms against city size among the places that a firm looks at; precision/(1-imitation) is the long-run precision.
        imitation: f64 = 0.8, "exponent", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Looks that go by size alone, so that an empty place can be entered.
        exploration: f64 = 0.005, "share of looks", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Firms that look at another place in a quarter.
        relocation_rate: f64 = 0.02, "share per quarter", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// What moving costs, as a profit rate.
        relocation_cost: f64 = 0.03, "profit rate", 0.0..=5.0, Assumed("value of docs/reference/mean_field.py");
        /// Typical jobs of one firm agent at zero profit.
        jobs_per_firm: f64 = 600.0, "jobs", 0.5..=1000000.0, Assumed("one firm agent stands for a group of establishments at the default weight of workers");
        /// Whether the jobs of a firm agent are counted in worker agents, so that firms grow as coarse as workers do.
        jobs_in_agents: bool = false, "", Assumed("firms keep their weight while that of workers is varied");
        /// Spread of firms' own productivity.
        productivity_spread: f64 = 0.5, "standard deviation of the log", 0.0..=1.5, Assumed("choice of docs/reference/mean_field.py; between the dispersions reported for Chinese industry");
    }
}
