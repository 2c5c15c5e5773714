//! Places: a city with its countryside, and how rules name sets of them.

use crate::choice::choices;

/// A set of places. In RON: `All`, `Places(["zhengzhou", "410200"])`, `Level(Centre)`,
/// `Tier(from: 500000, below: 1000000)` (city size in persons, judged when the rule is applied).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Where {
    /// Every place.
    All,
    /// Places by key.
    Places(Vec<String>),
    /// Places of a level.
    Level(Level),
    /// Places whose city proper has at least `from` and fewer than `below` residents.
    Tier {
        /// Least number of residents.
        from: f64,
        /// First number of residents that is too large, if any.
        below: Option<f64>,
    },
}

impl Where {
    /// Whether this set names a place whose city proper now has so many residents (persons).
    pub fn names(&self, place: &Place, city_proper_residents: f64) -> bool {
        match self {
            Where::All => true,
            Where::Places(keys) => keys.contains(&place.key),
            Where::Level(level) => place.level == *level,
            Where::Tier { from, below } => {
                city_proper_residents >= *from && below.is_none_or(|below| city_proper_residents < below)
            }
        }
    }
}

choices! {
    /// Level of a place in the order of cities.
    pub enum Level {
        /// Central city (of a province or larger).
        Centre,
        /// Municipal (prefecture) city.
        Municipal,
        /// County seat.
        County,
    }
}

choices! {
    /// What the coordinates of places are.
    pub enum Coordinates {
        /// Degrees east and north.
        Degrees,
        /// Kilometres on a plane.
        Kilometres,
    }
}

/// A place as the model needs it, after the table's gaps were filled by the documented rules.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Key in rules and overrides: `name_pinyin` in lower case, or the key given inline.
    pub key: String,
    /// Administrative code, if the table has one.
    pub adcode: Option<u32>,
    /// Name in Chinese or the name given inline.
    pub name: String,
    /// Province, by which land quotas are limited.
    pub province: String,
    /// Level.
    pub level: Level,
    /// Longitude in degrees east (or x in km where the scenario gives `coordinates: Kilometres`).
    pub longitude: f64,
    /// Latitude in degrees north (or y in km).
    pub latitude: f64,
    /// Area in km².
    pub area: f64,
    /// Construction land of the city in km²; `None`: by the scenario's `urban_density`.
    pub urban_land: Option<f64>,
    /// Residents (persons).
    pub population: f64,
    /// Urban residents (persons).
    pub urban_population: f64,
    /// Share of urban residents who live in the city proper (districts), by which tiers are judged.
    pub district_share: f64,
    /// People registered in the place, wherever they are (persons).
    pub hukou_population: f64,
    /// Share of them with urban (non-agricultural) registration.
    pub urban_hukou_share: f64,
    /// Residents registered in another county of the province (persons).
    pub migrants_other_county: f64,
    /// Residents registered in another province (persons).
    pub migrants_other_province: f64,
    /// Employment shares of agriculture, industry, services; sum to one.
    pub employment_shares: [f64; 3],
    /// Share of residents of working age (15-64).
    pub working_age_share: f64,
    /// Mean years of schooling.
    pub schooling_years: f64,
    /// Gross domestic product of the base year in 100 million yuan, if known.
    pub gdp: Option<f64>,
    /// Quality of public services; `None`: 1 with the scenario's keyed spread.
    pub service_quality: Option<f64>,
    /// Multiple of public spending.
    pub service_spending: f64,
    /// Utility of living in the city beside all else.
    pub amenity: f64,
    /// Multiple of the city's productivity in each industry of the scenario, in their order.
    pub endowment: Vec<f64>,
    /// Worker agents added to the rural people of the place beyond the table.
    pub added_workers: u32,
}
