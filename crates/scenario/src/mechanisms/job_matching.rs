//! Job matching: contraction ends jobs, the unemployed fill vacancies, jobs carry insurance or do not.

use crate::parameters::parameters;

parameters! {
    /// Job matching: contraction ends jobs, the unemployed fill vacancies, jobs carry insurance or do not.
    pub struct JobMatching = "job_matching" {
        /// Jobs that end each quarter beside those lost to contraction.
        turnover: f64 = 0.02, "share of jobs per quarter", 0.0..=0.5, Assumed("about 8 % of stable jobs end in a year");
        /// Share of migrants' new jobs that carry social insurance.
        insured_share_migrant: f64 = 0.3, "share of new jobs", 0.0..=1.0, Assumed("national migrant surveys of about 2012-16 put pension cover of migrants at 14-22 % and work-injury cover near 26 %");
        /// Share of registered citizens' new jobs that carry social insurance.
        insured_share_citizen: f64 = 0.8, "share of new jobs", 0.0..=1.0, Assumed("most registered urban workers are covered");
        /// Longest working time, as a multiple of the normal one.
        hours_max: f64 = 1.1, "multiple of normal hours", 1.0..=2.0, Assumed("overtime of a tenth");
    }
}
