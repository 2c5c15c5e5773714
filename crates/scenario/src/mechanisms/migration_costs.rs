//! Migration costs: what a move costs falls with the years, by how far it leads.

use crate::parameters::parameters;

parameters! {
    /// Migration costs: what a move costs falls with the years, by how far it leads.
    pub struct MigrationCosts = "migration_costs" {
        /// Fall of the cost of moving to the city of one's own prefecture.
        decline_own_prefecture: f64 = 0.04, "utility per year", -1.0..=1.0, Published("migration costs fell by 18 % between 2000 and 2005 (Tombe and Zhu 2019, recalled): -ln 0.82 / 5; that they go on falling is assumed");
        /// Fall of the cost of moving to another city of one's province.
        decline_same_province: f64 = 0.04, "utility per year", -1.0..=1.0, Published("as for the own prefecture; one figure for all moves");
        /// Fall of the cost of moving to another province or to the outside.
        decline_other_province: f64 = 0.04, "utility per year", -1.0..=1.0, Published("as for the own prefecture; one figure for all moves");
        /// Date at which costs stop falling.
        until: f64 = 2020.0, "calendar year", 1900.0..=2300.0, Assumed("a decade after the base year");
    }
}
