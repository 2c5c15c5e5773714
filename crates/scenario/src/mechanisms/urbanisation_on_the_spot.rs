//! Urbanisation on the spot: rural people become urban without moving.

use crate::parameters::parameters;

parameters! {
    /// Urbanisation on the spot: rural people become urban without moving.
    pub struct UrbanisationOnTheSpot = "urbanisation_on_the_spot" {
        /// Rural people who become urban in a year without moving, at the opening.
        rate: f64 = 0.009, "share of rural people per year", 0.0..=0.2, Published("census 2000 to 2010: urban residents grew by 207.1 million, rural ones fell by 133.2 to 674.1 million (National Bureau of Statistics, April 2011); less 112.0 million more floating people (Wang Guixin 2022) and 28 million of natural increase (5.05 per thousand a year, communique of 2009) leaves 67 million, over ten years and a mean of 740.8 million rural people. People who float between cities are taken off as well, so this is a low estimate; a share of 42 % of urban growth (World Bank and Development Research Center 2014, recalled) would be 0.0117");
        /// How strongly the rate of a place answers to town jobs per rural person.
        town_jobs: f64 = 0.5, "elasticity", 0.0..=3.0, Assumed("villages with four times the town jobs become urban twice as fast");
        /// How strongly it answers to built-up land of the place's city and towns, against the opening.
        built_up_land: f64 = 0.5, "elasticity", 0.0..=3.0, Assumed("as strongly as to town jobs");
    }
}
