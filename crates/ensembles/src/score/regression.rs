//! A reference, not a naive forecast: a regression that has seen what happened in other provinces.

use std::collections::BTreeMap;

use economics::maths::{exp, ln, total};
use scenario::ObservedPlace;
use scenario::place::Level;

/// Fewest places of a province that is fitted to, and fewest provinces.
pub const PROVINCE_PLACES_MIN: usize = 8;
const PROVINCES_MIN: usize = 3;

/// Growth of a place beyond that of its province, out of figures of the base year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regression {
    /// Added log growth for each in-migrant a resident.
    pub in_migrants: f64,
    /// Added log growth of a capital.
    pub capital: f64,
}

/// What is regressed: log growth on the other two.
#[derive(Clone, Copy)]
struct Row {
    growth: f64,
    in_migrants: f64,
    capital: f64,
}

impl Regression {
    /// Fits by least squares over places of provinces with figures in both years; `None` where too few provinces have
    /// enough places, or the two causes cannot be separated.
    ///
    /// # Formula
    /// `ln(N'/N) = a_p + b₁ M/N + b₂ [capital]`, with a constant for each province p: all three are taken less their
    /// means in the province. N residents, M in-migrants from other counties and provinces.
    #[must_use]
    pub fn fit(places: &[&ObservedPlace], base: u32, year: u32) -> Option<Self> {
        let mut by_province: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        for place in places {
            if let Some(row) = row(place, base, year) {
                by_province.entry(&place.province).or_default().push(row);
            }
        }
        by_province.retain(|_, rows| rows.len() >= PROVINCE_PLACES_MIN);
        if by_province.len() < PROVINCES_MIN {
            return None;
        }
        let rows: Vec<Row> = by_province.values().flat_map(|rows| less_mean(rows)).collect();
        let sum = |of: &dyn Fn(&Row) -> f64| total(&rows.iter().map(of).collect::<Vec<_>>());
        let (one, both, other) = (
            sum(&|row| row.in_migrants * row.in_migrants),
            sum(&|row| row.in_migrants * row.capital),
            sum(&|row| row.capital * row.capital),
        );
        let (first, second) = (sum(&|row| row.in_migrants * row.growth), sum(&|row| row.capital * row.growth));
        let determinant = one * other - both * both;
        if determinant <= 1e-12 * one * other {
            return None;
        }
        let in_migrants = (other * first - both * second) / determinant;
        Some(Self { in_migrants, capital: (one * second - both * first) / determinant })
    }

    /// The factor by which a place grows, up to one that its province has in common.
    #[must_use]
    pub fn growth(&self, in_migrants_a_head: f64, capital: bool) -> f64 {
        exp(self.in_migrants * in_migrants_a_head + if capital { self.capital } else { 0.0 })
    }
}

fn row(place: &ObservedPlace, base: u32, year: u32) -> Option<Row> {
    let (before, after) = (place.censuses.get(&base)?, place.censuses.get(&year)?);
    let lived_in = before.population > 0.0 && after.population > 0.0;
    let in_migrants = before.in_migrants.filter(|_| lived_in)? / before.population;
    let capital = f64::from(u8::from(place.level == Level::Centre));
    Some(Row { growth: ln(after.population / before.population), in_migrants, capital })
}

fn less_mean(rows: &[Row]) -> Vec<Row> {
    let mean = |of: fn(&Row) -> f64| total(&rows.iter().map(of).collect::<Vec<_>>()) / rows.len() as f64;
    let (growth, in_migrants, capital) = (mean(|row| row.growth), mean(|row| row.in_migrants), mean(|row| row.capital));
    let less = |row: &Row| Row {
        growth: row.growth - growth,
        in_migrants: row.in_migrants - in_migrants,
        capital: row.capital - capital,
    };
    rows.iter().map(less).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scenario::Census;

    /// Eight places of a province that grow by an exact rule, whatever the province has in common.
    fn province(name: &str, common: f64) -> Vec<ObservedPlace> {
        (0..8)
            .map(|at| {
                let (migrants, capital) = (0.02 * f64::from(at * at % 7), at == 3);
                let growth = exp(common + 0.9 * migrants + if capital { 0.1 } else { 0.0 });
                let people = 100.0 + f64::from(at);
                let census = |population: f64, in_migrants| Census { population, urban_population: 1.0, in_migrants };
                ObservedPlace {
                    key: format!("{name}{at}"),
                    province: name.to_owned(),
                    level: if capital { Level::Centre } else { Level::Municipal },
                    censuses: BTreeMap::from([
                        (2010, census(people, Some(migrants * people))),
                        (2020, census(people * growth, None)),
                    ]),
                }
            })
            .collect()
    }

    #[test]
    fn an_exact_rule_is_found_whatever_provinces_have_in_common() {
        let places: Vec<ObservedPlace> =
            [("a", 0.0), ("b", 0.3), ("c", -0.2)].iter().flat_map(|(name, common)| province(name, *common)).collect();
        let all: Vec<&ObservedPlace> = places.iter().collect();
        let found = Regression::fit(&all, 2010, 2020).unwrap();
        assert!((found.in_migrants - 0.9).abs() < 1e-9 && (found.capital - 0.1).abs() < 1e-9, "{found:?}");
        assert!((found.growth(0.2, true) - exp(0.28)).abs() < 1e-9);
        assert_eq!(Regression::fit(&all[..23], 2010, 2020), None, "two provinces of eight places are too few");
        assert_eq!(Regression::fit(&all, 2000, 2020), None);
    }
}
