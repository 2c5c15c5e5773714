//! The table of reference values, one case and quarter at a time.

use economics::congestion::Congestion;
use economics::consumer_services::ConsumerServices;
use economics::cost::CostShares;
use economics::goods_market::Tastes;
use economics::productivity::Externalities;
use std::collections::BTreeMap;

/// Quantities of one quarter of one case, by name.
pub(crate) struct Table {
    /// Name of the case.
    pub(crate) case: String,
    values: BTreeMap<String, Vec<f64>>,
    /// Number of places.
    pub(crate) places: usize,
}

impl Table {
    pub(crate) fn read(case: &str, quarter: u32) -> Self {
        let mut values = BTreeMap::<String, Vec<f64>>::new();
        for line in include_str!("../reference_values.csv").lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split(',').collect();
            if cells[0] == case && cells[1] == quarter.to_string() {
                let numbers = cells[3].split(';').map(|number| number.parse().expect("a number"));
                values.insert(cells[2].to_owned(), numbers.collect());
            }
        }
        let places = values["before.C"].len();
        Self { case: case.to_owned(), values, places }
    }

    pub(crate) fn slice(&self, name: &str) -> &[f64] {
        self.values.get(name).unwrap_or_else(|| panic!("the table has no {name}"))
    }

    /// The state before the quarter.
    pub(crate) fn before(&self, name: &str) -> &[f64] {
        self.slice(&format!("before.{name}"))
    }

    /// Row `industry` of a quantity by industry and place.
    pub(crate) fn by_industry(&self, name: &str, industry: usize) -> &[f64] {
        &self.before(name)[industry * self.places..][..self.places]
    }

    pub(crate) fn parameter(&self, name: &str) -> f64 {
        self.parameters(name)[0]
    }

    pub(crate) fn parameters(&self, name: &str) -> &[f64] {
        self.slice(&format!("parameter.{name}"))
    }

    pub(crate) fn tastes(&self) -> Tastes {
        Tastes {
            subsistence: self.parameter("abar"),
            food: self.parameter("muA"),
            consumer_services: self.parameter("muC"),
            housing: self.parameter("muH"),
        }
    }

    pub(crate) fn externalities(&self, industry: usize) -> Externalities {
        Externalities {
            marshall: self.parameters("m")[industry],
            jacobs: self.parameters("j")[industry],
            services: self.parameters("g")[industry],
            jobs_base: self.parameter("E0"),
            residents_base: self.parameter("N0"),
        }
    }

    pub(crate) fn cost_shares(&self, industry: usize) -> CostShares {
        let row = &self.parameters("a")[industry * 4..][..4];
        CostShares { labour: row[0], land: row[1], capital: row[2], producer_services: row[3] }
    }

    pub(crate) fn congestion(&self) -> Congestion {
        Congestion {
            crowding: self.parameter("k1"),
            crowding_elasticity: self.parameter("g1"),
            commuting: self.parameter("k2"),
            density_base: self.parameter("d0"),
            land_base: self.parameter("H0"),
        }
    }

    pub(crate) fn consumer_services(&self) -> ConsumerServices {
        ConsumerServices {
            substitution: self.parameter("sigC"),
            fixed_units: self.parameter("fC"),
            informal_weight: self.parameter("hhC"),
            informal_labour: self.parameter("zC"),
        }
    }
}
