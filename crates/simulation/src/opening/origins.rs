//! Imputes the origin of each migrant in the census by a gravity model in which an origin cannot supply more people than
//! are registered there but absent.

use economics::geography::gravity_weight;
use rayon::prelude::*;

use super::rounding::largest_remainders;
use crate::region::Geography;

/// Rounds of sharing out; each meets the demand of all places but for origins that run out in it.
const ROUNDS_MAX: usize = 64;
/// Distance in km below which nearness pulls no more.
const DISTANCE_MIN: f64 = 1.0;

/// Persons by origin and destination, and what no origin could supply.
pub(super) struct Flows {
    /// Row-major `[origin * places + destination]`.
    pub(super) persons: Vec<u64>,
    /// Demand that was not met, by destination.
    pub(super) unmet: Vec<u64>,
}

/// Which pairs of places people of a kind may have moved between.
pub(super) struct Reach<'a> {
    /// Number of the province of each place.
    pub(super) provinces: &'a [usize],
    /// Whether they crossed the border of a province, or stayed within one.
    pub(super) across: bool,
}

impl Reach<'_> {
    fn joins(&self, origin: usize, destination: usize) -> bool {
        origin != destination && (self.provinces[origin] != self.provinces[destination]) == self.across
    }
}

/// Shares the persons wanted by each destination out among the absent of the other places within reach.
///
/// # Formula
///
/// In each round a destination takes from the origins in proportion to `absent left × distance^−γ`; an origin that is
/// asked for more than it has left gives to all in the same proportion.
///
/// # Source
///
/// Gravity (Ravenstein 1885) under a margin, by repeated proportional sharing.
pub(super) fn share_out(absent: &[u64], wanted: &[u64], geography: &Geography, decay: f64, reach: &Reach) -> Flows {
    let places = absent.len();
    let mut flows = Flows { persons: vec![0; places * places], unmet: wanted.to_vec() };
    let mut left = absent.to_vec();
    for _ in 0..ROUNDS_MAX {
        if flows.unmet.iter().all(|&more| more == 0) || left.iter().all(|&people| people == 0) {
            break;
        }
        let claims = claims(&left, &flows.unmet, geography, decay, reach);
        let mut by_origin: Vec<Vec<(usize, u64)>> = vec![Vec::new(); places];
        for (destination, claims) in claims.into_iter().enumerate() {
            for (origin, people) in claims {
                by_origin[origin].push((destination, people));
            }
        }
        let mut moved = 0;
        for (origin, claims) in by_origin.iter().enumerate() {
            for (destination, people) in given(claims, left[origin]) {
                flows.persons[origin * places + destination] += people;
                flows.unmet[destination] -= people;
                left[origin] -= people;
                moved += people;
            }
        }
        if moved == 0 {
            break;
        }
    }
    flows
}

/// What an origin gives to each that claims from it: all that is claimed if it has so many left.
fn given(claims: &[(usize, u64)], left: u64) -> Vec<(usize, u64)> {
    let asked: u64 = claims.iter().map(|(_, people)| people).sum();
    if asked <= left {
        return claims.to_vec();
    }
    let scale = left as f64 / asked as f64;
    let quotas: Vec<f64> = claims.iter().map(|&(_, claim)| claim as f64 * scale).collect();
    let whole = largest_remainders(&quotas, left);
    claims.iter().zip(whole).map(|(&(destination, claim), people)| (destination, people.min(claim))).collect()
}

/// What each destination asks of each origin in one round: its claims add up to what it still wants, and are in the
/// order of origins.
fn claims(left: &[u64], wanted: &[u64], geography: &Geography, decay: f64, reach: &Reach) -> Vec<Vec<(usize, u64)>> {
    let places = left.len();
    wanted
        .par_iter()
        .enumerate()
        .map(|(destination, &more)| {
            if more == 0 {
                return Vec::new();
            }
            let weight = |origin: usize| {
                if left[origin] == 0 || !reach.joins(origin, destination) {
                    return 0.0;
                }
                let distance = geography.distance[origin * places + destination];
                gravity_weight(left[origin] as f64, distance, decay, DISTANCE_MIN)
            };
            let weights: Vec<f64> = (0..places).map(weight).collect();
            let sum: f64 = weights.iter().sum();
            if sum <= 0.0 {
                return Vec::new();
            }
            let others: Vec<usize> = (0..places).filter(|&origin| weights[origin] > 0.0).collect();
            let quotas: Vec<f64> = others.iter().map(|&origin| more as f64 * weights[origin] / sum).collect();
            let whole = largest_remainders(&quotas, more);
            others.into_iter().zip(whole).filter(|(_, people)| *people > 0).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All places in one province.
    const WITHIN: Reach = Reach { provinces: &[0; 4], across: false };

    fn line(places: usize) -> Geography {
        let distance =
            (0..places * places).map(|pair| 100.0 * (pair / places).abs_diff(pair % places) as f64).collect();
        Geography { places, distance }
    }

    #[test]
    fn the_near_send_more_and_nobody_sends_more_than_are_absent() {
        let flows = share_out(&[0, 1000, 1000, 10], &[600, 0, 0, 0], &line(4), 1.0, &WITHIN);
        assert_eq!(flows.unmet, vec![0; 4]);
        assert!(flows.persons[4] > flows.persons[8] && flows.persons[8] > flows.persons[12]);
        let scarce = share_out(&[0, 50, 1000, 10], &[600, 0, 0, 0], &line(4), 1.0, &WITHIN);
        assert_eq!(scarce.persons[4], 50, "the near place is emptied of its absent, and no more");
        assert_eq!(scarce.unmet[0], 0);
    }

    #[test]
    fn what_nobody_can_supply_stays_unmet() {
        let flows = share_out(&[500, 20, 0], &[100, 0, 5], &line(3), 1.0, &WITHIN);
        assert_eq!(flows.persons.iter().sum::<u64>() + flows.unmet.iter().sum::<u64>(), 105);
        assert_eq!(flows.persons[0], 0, "nobody comes from where they are");
    }
    #[test]
    fn who_crossed_a_border_comes_from_another_province_and_who_did_not_from_the_same() {
        let provinces = [0, 0, 1, 1];
        let shared = |across| {
            let reach = Reach { provinces: &provinces, across };
            share_out(&[0, 1000, 1000, 1000], &[600, 0, 0, 0], &line(4), 1.0, &reach).persons
        };
        let (within, across) = (shared(false), shared(true));
        assert_eq!((within[4], within[8], within[12]), (600, 0, 0));
        assert_eq!((across[4], across[8] + across[12]), (0, 600));
    }
}
