//! Demography: people reach the end of working life, and the young take their places.

use crate::parameters::parameters;

parameters! {
    /// Demography: people reach the end of working life, and the young take their places.
    pub struct Demography = "demography" {
        /// Length of a working life.
        working_life: f64 = 44.0, "years", 5.0..=63.0, Assumed("from 16 to 60");
        /// Young people who start work for each person who stops.
        replacement: f64 = 1.0, "newcomers per leaver", 0.0..=1.0, Assumed("Henan's working-age population hardly changed between the censuses of 2010 and 2020");
        /// How much larger the share of skilled people is among newcomers.
        skill_gain: f64 = 0.0, "share", 0.0..=1.0, Assumed("0: newcomers are as skilled as their place was");
    }
}
