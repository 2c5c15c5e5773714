//! Towns: labour-intensive firms in the countryside, paid for out of farm wages.

use crate::parameters::parameters;

parameters! {
    /// Towns: labour-intensive firms in the countryside, paid for out of farm wages.
    pub struct Towns = "towns" {
        /// Town firms at the start.
        initial_density: f64 = 0.005, "firm units per thousand rural persons", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// How many sites a rural person counts for, against a person in a city.
        site_weight: f64 = 0.05, "city persons per rural person", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Town wage above the average product of farming.
        wage_premium: f64 = 0.40, "share of farm income", 0.0..=3.0, Assumed("value of docs/reference/mean_field.py");
        /// Price of land for town firms, in initial farm incomes.
        land_price: f64 = 0.6, "initial farm incomes per thousand persons' land unit", 0.01..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Largest share of rural people in town jobs.
        labour_share_max: f64 = 0.6, "share of rural people", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Land that a firm unit in a town takes from the reserve.
        land_per_firm: f64 = 0.6, "km2 per firm unit", 0.0..=50.0, Assumed("about 200 m2 a job at 3,000 jobs a firm unit: scattered industry takes more land than urban industry");
    }
}
