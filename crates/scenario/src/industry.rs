//! Industries: what they make, what they need, and how they answer to place.

use crate::choice::choices;
use crate::parameters::parameters;

choices! {
    /// What an industry is to the rest of the economy.
    pub enum Role {
        /// Goods, traded between places; firms are agents.
        Goods,
        /// Services that goods industries buy; firms are agents. At most one industry.
        ProducerServices,
        /// Services to residents, not traded. At most one industry.
        ConsumerServices,
        /// Farming. Exactly one industry.
        Agriculture,
    }
}

parameters! {
    /// Numbers of an industry. Those of consumer services and agriculture are in their mechanisms' blocks.
    pub struct IndustryParameters = "industry" {
        /// Share in what is spent above subsistence (goods only; zero for producer services).
        expenditure_share: f64 = 0.0, "share of supernumerary income", 0.0..=0.95, Assumed("value of docs/reference/mean_field.py");
        /// Elasticity of substitution between varieties.
        substitution: f64 = 5.0, "elasticity", 1.01..=50.0, Published("3-8: Head and Mayer 2014");
        /// Share of labour in cost.
        labour_share: f64 = 1.0, "share of cost", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of land in cost.
        land_share: f64 = 0.0, "share of cost", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of capital in cost.
        capital_share: f64 = 0.0, "share of cost", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of producer services in cost.
        producer_service_share: f64 = 0.0, "share of cost", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Distance cost: log of the iceberg factor per 100 km.
        distance_cost: f64 = 0.15, "log cost per 100 km", 0.0..=5.0, Assumed("value of docs/reference/mean_field.py");
        /// Border wedge: added iceberg cost between any two places.
        border_wedge: f64 = 0.13, "share of value", 0.0..=5.0, Assumed("value of docs/reference/mean_field.py; provincial wedges are larger (Young 2000, Poncet 2003)");
        /// Elasticity of productivity to own-industry jobs (Marshall).
        marshall: f64 = 0.03, "elasticity", -0.5..=0.5, Published("0.03-0.08: Rosenthal and Strange 2004");
        /// Elasticity of productivity to city size (Jacobs).
        jacobs: f64 = 0.03, "elasticity", -0.5..=0.5, Published("0.03-0.08: Rosenthal and Strange 2004");
        /// Elasticity of productivity to public-service output.
        service_elasticity: f64 = 0.05, "elasticity", -1.0..=1.0, Assumed("value of docs/reference/mean_field.py; published values for productive spending are smaller (Zhou and Gong 2024: 0.006)");
        /// Pace of entry and exit against the standard rates.
        pace: f64 = 1.0, "multiple", 0.0..=20.0, Assumed("value of docs/reference/mean_field.py");
        /// Fixed cost of a firm unit.
        fixed_cost: f64 = 1.0, "unit costs, in thousands", 0.000001..=1000.0, Assumed("a scale: one firm unit has about 3,000 jobs");
        /// Whether its firms can also be in towns. At most one industry.
        in_towns: bool = false, "", Assumed("labour-intensive industry only");
        /// Emissions per unit of real output, before abatement.
        emission_intensity: f64 = 0.0, "emission units per thousand initial farm incomes", 0.0..=1000.0, Assumed("relative between industries; the level is a scale");
    }
}

/// An industry.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Industry {
    /// Name, as in tables and policies.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Its numbers.
    pub parameters: IndustryParameters,
}

/// Names of the standard industries, in their order.
pub const STANDARD: [&str; 5] =
    ["labour_intensive", "capital_intensive", "producer_services", "consumer_services", "agriculture"];

/// Most industries that a scenario may have.
pub const INDUSTRIES_MAX: usize = 16;

impl Industry {
    /// The standard industry of that name, with the numbers of the standard model.
    pub fn standard(name: &str) -> Option<Industry> {
        let other = IndustryParameters::default();
        let (role, parameters) = match name {
            "labour_intensive" => (Role::Goods, labour_intensive()),
            "capital_intensive" => (Role::Goods, capital_intensive()),
            "producer_services" => (Role::ProducerServices, producer_services()),
            "consumer_services" => (Role::ConsumerServices, other),
            "agriculture" => (Role::Agriculture, other),
            _ => return None,
        };
        Some(Industry { name: name.to_owned(), role, parameters })
    }

    /// The five standard industries.
    pub fn standard_list() -> Vec<Industry> {
        STANDARD.iter().filter_map(|name| Industry::standard(name)).collect()
    }
}

fn labour_intensive() -> IndustryParameters {
    IndustryParameters {
        expenditure_share: 0.28,
        substitution: 6.0,
        labour_share: 0.65,
        land_share: 0.13,
        capital_share: 0.12,
        producer_service_share: 0.10,
        distance_cost: 0.25,
        marshall: 0.072,
        jacobs: 0.005,
        service_elasticity: 0.04,
        in_towns: true,
        emission_intensity: 0.5,
        ..IndustryParameters::default()
    }
}

fn capital_intensive() -> IndustryParameters {
    IndustryParameters {
        expenditure_share: 0.30,
        substitution: 5.0,
        labour_share: 0.33,
        land_share: 0.03,
        capital_share: 0.46,
        producer_service_share: 0.18,
        distance_cost: 0.13,
        marshall: 0.03,
        jacobs: 0.045,
        service_elasticity: 0.10,
        pace: 0.3,
        emission_intensity: 1.0,
        ..IndustryParameters::default()
    }
}

fn producer_services() -> IndustryParameters {
    IndustryParameters {
        substitution: 4.0,
        labour_share: 0.60,
        land_share: 0.05,
        capital_share: 0.35,
        distance_cost: 0.18,
        marshall: 0.03,
        jacobs: 0.05,
        service_elasticity: 0.08,
        pace: 0.3,
        ..IndustryParameters::default()
    }
}
