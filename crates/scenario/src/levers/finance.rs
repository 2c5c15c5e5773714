//! Who pays for a measure.

use crate::choice::choices;

choices! {
    /// Who pays for a measure.
    pub enum Finance {
        /// A levy on pay in the whole region.
        Wages,
        /// Debt of the cities, repaid with interest out of later revenue.
        CityDebt,
    }
}
