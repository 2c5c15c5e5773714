//! Where those come from whom the table finds in another county than their own: gravity, capped by who is absent.

use economics::geography::gravity_weight;

use super::rounding::largest_remainders;
use crate::places::Geography;

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

/// Shares the persons wanted by each destination out among the absent of the other places.
///
/// # Formula
///
/// In each round a destination takes from the origins in proportion to `absent left × distance^−γ`; an origin that is
/// asked for more than it has left gives to all in the same proportion.
///
/// # Source
///
/// Gravity (Ravenstein 1885) under a margin, by repeated proportional sharing.
pub(super) fn share_out(absent: &[u64], wanted: &[u64], geography: &Geography, decay: f64) -> Flows {
    let places = absent.len();
    let mut flows = Flows { persons: vec![0; places * places], unmet: wanted.to_vec() };
    let mut left = absent.to_vec();
    for _ in 0..ROUNDS_MAX {
        if flows.unmet.iter().all(|&more| more == 0) || left.iter().all(|&people| people == 0) {
            break;
        }
        let claims = claims(&left, &flows.unmet, geography, decay);
        let mut moved = 0;
        for origin in 0..places {
            let row = &claims[origin * places..(origin + 1) * places];
            let asked: u64 = row.iter().sum();
            let given = if asked <= left[origin] {
                row.to_vec()
            } else {
                let scale = left[origin] as f64 / asked as f64;
                let quotas: Vec<f64> = row.iter().map(|&claim| claim as f64 * scale).collect();
                let mut given = largest_remainders(&quotas, left[origin]);
                for (part, &claim) in given.iter_mut().zip(row) {
                    *part = (*part).min(claim);
                }
                given
            };
            for (destination, &people) in given.iter().enumerate() {
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

/// What each destination asks of each origin in one round; its claims add up to what it still wants.
fn claims(left: &[u64], wanted: &[u64], geography: &Geography, decay: f64) -> Vec<u64> {
    let places = left.len();
    let mut claims = vec![0; places * places];
    let mut weights = vec![0.0; places];
    for (destination, &more) in wanted.iter().enumerate() {
        if more == 0 {
            continue;
        }
        for (origin, weight) in weights.iter_mut().enumerate() {
            let distance = geography.distance[origin * places + destination];
            *weight = if origin == destination {
                0.0
            } else {
                gravity_weight(left[origin] as f64, distance, decay, DISTANCE_MIN)
            };
        }
        let sum: f64 = weights.iter().sum();
        if sum <= 0.0 {
            continue;
        }
        let others: Vec<usize> = (0..places).filter(|&origin| weights[origin] > 0.0).collect();
        let quotas: Vec<f64> = others.iter().map(|&origin| more as f64 * weights[origin] / sum).collect();
        for (&origin, part) in others.iter().zip(largest_remainders(&quotas, more)) {
            claims[origin * places + destination] = part;
        }
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(places: usize) -> Geography {
        let distance =
            (0..places * places).map(|pair| 100.0 * (pair / places).abs_diff(pair % places) as f64).collect();
        Geography { places, distance }
    }

    #[test]
    fn the_near_send_more_and_nobody_sends_more_than_are_absent() {
        let flows = share_out(&[0, 1000, 1000, 10], &[600, 0, 0, 0], &line(4), 1.0);
        assert_eq!(flows.unmet, vec![0; 4]);
        assert!(flows.persons[4] > flows.persons[8] && flows.persons[8] > flows.persons[12]);
        let scarce = share_out(&[0, 50, 1000, 10], &[600, 0, 0, 0], &line(4), 1.0);
        assert_eq!(scarce.persons[4], 50, "the near place is emptied of its absent, and no more");
        assert_eq!(scarce.unmet[0], 0);
    }

    #[test]
    fn what_nobody_can_supply_stays_unmet() {
        let flows = share_out(&[500, 20, 0], &[100, 0, 5], &line(3), 1.0);
        assert_eq!(flows.persons.iter().sum::<u64>() + flows.unmet.iter().sum::<u64>(), 105);
        assert_eq!(flows.persons[0], 0, "nobody comes from where they are");
    }
}
