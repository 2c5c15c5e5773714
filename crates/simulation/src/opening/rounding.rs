//! Whole numbers that add up: the method of largest remainders.

/// Whole numbers near `quotas` whose sum is `total`: each is its quota rounded down, and the units still missing go to
/// the largest remainders; among equal ones, to the first. Where more units are missing than quotas have remainders
/// (a total far above their sum), they go round again; where `total` is below the sum of the floors, the smallest
/// remainders give way first.
pub(super) fn largest_remainders(quotas: &[f64], total: u64) -> Vec<u64> {
    let mut shares: Vec<u64> = quotas.iter().map(|quota| quota.max(0.0).floor() as u64).collect();
    if quotas.is_empty() {
        return shares;
    }
    let mut order: Vec<usize> = (0..quotas.len()).collect();
    let remainder = |at: usize| quotas[at].max(0.0) - quotas[at].max(0.0).floor();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b)));
    let given: u64 = shares.iter().sum();
    if total >= given {
        let missing = total - given;
        let rounds = missing / quotas.len() as u64;
        let rest = (missing % quotas.len() as u64) as usize;
        for (rank, &at) in order.iter().enumerate() {
            shares[at] += rounds + u64::from(rank < rest);
        }
    } else {
        let mut excess = given - total;
        for &at in order.iter().rev() {
            let less = excess.min(shares[at]);
            shares[at] -= less;
            excess -= less;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_add_up_and_are_within_one_of_their_quota() {
        let quotas = [1.4, 2.4, 0.2, 3.0];
        assert_eq!(largest_remainders(&quotas, 7), vec![2, 2, 0, 3]);
        assert_eq!(largest_remainders(&quotas, 6), vec![1, 2, 0, 3]);
        assert_eq!(largest_remainders(&[], 0), Vec::<u64>::new());
    }

    #[test]
    fn a_total_off_the_sum_is_still_met() {
        assert_eq!(largest_remainders(&[0.5, 0.5], 4).iter().sum::<u64>(), 4);
        assert_eq!(largest_remainders(&[3.5, 2.5], 1).iter().sum::<u64>(), 1);
    }
}
