//! Public finance: taxes and land pay for services.

use crate::parameters::parameters;

parameters! {
    /// Public finance: taxes and land pay for services.
    pub struct Fiscal = "fiscal" {
        /// Tax on pay.
        tax_rate: f64 = 0.10, "share of pay", 0.0..=0.9, Assumed("value of docs/reference/mean_field.py");
        /// Share of land rents that governments take.
        rent_share: f64 = 0.4, "share of land rents", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of public spending that is paid as wages; the rest buys what residents buy.
        public_wage_share: f64 = 0.0, "share of public spending", 0.0..=0.9, Assumed("value of docs/reference/mean_field.py");
        /// Interest on what governments borrow for programmes.
        debt_interest: f64 = 0.01, "share of debt per quarter", 0.0..=0.2, Assumed("about 4 % a year, as city bonds paid");
        /// Share of that debt that is repaid in a quarter.
        debt_repayment: f64 = 0.02, "share of debt per quarter", 0.0..=1.0, Assumed("half of it within nine years");
    }
}
