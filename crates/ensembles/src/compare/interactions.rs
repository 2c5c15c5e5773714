//! What policies do together beyond what each does alone.

use serde::Serialize;

use super::effects::COVERAGE;
use super::published::Published;
use super::quantities::Quantity;
use crate::statistics::Estimate;

/// A main effect, or an interaction of two or more policies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interaction {
    /// The policies, joined by `×`.
    pub term: String,
    /// How many they are: 1 is a main effect.
    pub order: usize,
    /// The quantity.
    pub quantity: String,
    /// Its unit.
    pub unit: &'static str,
    /// Whether it belongs on the first page.
    pub headline: bool,
    /// The term: of one policy its effect alone; of several, what they do together beyond the sum of all smaller terms.
    pub effect: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Standard error over seeds.
    pub standard_error: f64,
    /// The effect of all of the term's policies together.
    pub together: f64,
    /// The sum of all smaller terms: of two policies, of their effects alone.
    pub sum_of_parts: f64,
    /// What has been published about it.
    pub published: Vec<Published>,
}

/// The term of a set of policies in one seed.
///
/// # Formula
/// `Σ over subsets T of S of (−1)^(|S| − |T|) y(T)`, in treatment coding: the base is the world without any policy.
///
/// # Source
/// Möbius inversion over subsets; for two policies the difference in differences of a 2 × 2 factorial design (Yates 1937).
fn term(set: usize, value: impl Fn(usize) -> f64 + Copy) -> f64 {
    // As nested differences, policy by policy: what a policy leaves as it was then cancels to exactly nothing.
    fn nested(left: usize, held: usize, value: impl Fn(usize) -> f64 + Copy) -> f64 {
        if left == 0 {
            return value(held);
        }
        let policy = 1 << left.ilog2();
        nested(left & !policy, held | policy, value) - nested(left & !policy, held, value)
    }
    nested(set, 0, value)
}

/// All terms of one quantity. `values[world][seed]`, worlds in the order of `sets` with the base (no bits) first.
pub(super) fn terms(quantity: &Quantity, policies: &[String], sets: &[usize], values: &[Vec<f64>]) -> Vec<Interaction> {
    let world = |set: usize| sets.iter().position(|known| *known == set).unwrap_or(0);
    let seeds = values.first().map_or(0, Vec::len);
    let of = |&set: &usize| {
        let by_seed: Vec<f64> = (0..seeds)
            .map(|seed| term(set, |subset| values[world(subset)][seed]))
            .filter(|value| value.is_finite())
            .collect();
        let estimate = Estimate::of(&by_seed);
        let [low, high] = if by_seed.is_empty() { [f64::NAN; 2] } else { estimate.interval(COVERAGE) };
        let together = Estimate::of_pairs(&values[world(set)], &values[world(0)]).mean;
        let members: Vec<usize> = (0..policies.len()).filter(|at| set >> at & 1 == 1).collect();
        let names: Vec<&str> = members.iter().map(|&at| policies[at].as_str()).collect();
        Interaction {
            term: names.join(" × "),
            order: members.len(),
            quantity: quantity.name.clone(),
            unit: quantity.unit,
            headline: quantity.headline,
            effect: estimate.mean,
            low,
            high,
            standard_error: estimate.standard_error,
            together,
            // A main effect has no smaller terms.
            sum_of_parts: if members.len() > 1 { together - estimate.mean } else { together },
            published: Vec::new(),
        }
    };
    sets.iter().filter(|&&set| set != 0).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_two_and_three_policies_are_those_of_hand_arithmetic() {
        // y = 1 + 2a + 3b + 5c + 7ab + 11abc
        let bit = |set: usize, at: usize| (set >> at & 1) as f64;
        let y = |set: usize| {
            let (a, b, c) = (bit(set, 0), bit(set, 1), bit(set, 2));
            1.0 + 2.0 * a + 3.0 * b + 5.0 * c + 7.0 * a * b + 11.0 * a * b * c
        };
        let found: Vec<f64> = [0b001, 0b010, 0b100, 0b011, 0b101, 0b110, 0b111].map(|set| term(set, y)).to_vec();
        assert_eq!(found, [2.0, 3.0, 5.0, 7.0, 0.0, 0.0, 11.0]);
    }

    #[test]
    fn a_policy_that_changes_nothing_has_terms_of_exactly_nothing() {
        // Figures whose sums round differently in another order.
        let y = |set: usize| [0.1, 1e9 + 0.3, 0.7, 1e9 / 3.0][set & 3];
        for set in [0b100, 0b101, 0b110, 0b111] {
            assert_eq!(term(set, y), 0.0, "{set:b}");
        }
        let lowest = |set: usize| y(set >> 1);
        assert!([0b001, 0b011, 0b101, 0b111].iter().all(|&set| term(set, lowest) == 0.0));
    }

    #[test]
    fn together_is_the_parts_and_the_interaction() {
        let quantity = Quantity { name: "output".to_owned(), unit: "yuan", about: String::new(), headline: true };
        let policies = ["a".to_owned(), "b".to_owned()];
        // Two seeds; base, a, b, both.
        let values = [vec![10.0, 20.0], vec![11.0, 22.0], vec![13.0, 23.0], vec![19.0, 30.0]];
        let terms = terms(&quantity, &policies, &[0, 1, 2, 3], &values);
        assert_eq!(terms.iter().map(|one| one.term.as_str()).collect::<Vec<_>>(), ["a", "b", "a × b"]);
        let both = &terms[2];
        assert_eq!((both.together, both.sum_of_parts, both.effect), (9.5, 4.5, 5.0));
        assert_eq!(both.standard_error, 0.0);
    }
}
