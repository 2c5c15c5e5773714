//! SF3: general cities follow later, and labour-intensive industry leads.

use super::ablations::{HOMOGENEOUS, NO_CONGESTION, NO_TRADE_COST};
use super::fact::{Case, FactError, Status, Trial};
use super::tables::{Panel, city_jobs, smooth};
use super::world::{CAPITAL_INTENSIVE, CENTRE, LABOUR_INTENSIVE, PRODUCER_SERVICES, World};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF3",
    title: "general cities lag behind, led by labour-intensive industry",
    statement: "General cities gain shares years after the centre's fastest growth, and what they then gain is \
                labour-intensive. They come to specialise in what the centre gives up.",
    source: "Henderson 1997; Desmet and Rossi-Hansberg 2009; Duranton and Puga 2005",
    status: Status::EmergesWithin,
    threshold: "eight or more quarters of falling centre share of labour-intensive city jobs set in at least four \
                quarters after the quarter of the centre's fastest gain (averages over nine quarters); from then on \
                labour-intensive jobs are at least half of what general cities gain; their location quotient in them \
                rises by .10",
    effect: "rise of the general cities' location quotient in labour-intensive industry",
    conditions: "The lag and the composition hold for shares only: the number of labour-intensive jobs in general \
                 cities grows from the first quarter. The onset mirrors the centre's peak of SF2, so SF3 adds the lag \
                 and the composition, not a second event.",
    ablations: &[
        ("no congestion", NO_CONGESTION),
        ("homogeneous industries", HOMOGENEOUS),
        ("no trade cost", NO_TRADE_COST),
    ],
    variants: &[],
    seeds: (20, 6),
    arm_seeds: (12, 4),
    full_resolution: false,
    trial,
};

/// Quarters to either side over which shares are averaged: the change in one quarter is mostly noise.
const REACH: usize = 4;
/// Quarters of uninterrupted fall that count as an onset.
const FALLING: usize = 8;

/// The quarter of the fastest gain, and the first quarter after it from which the series falls for [`FALLING`] quarters.
fn lag(share: &[f64]) -> Option<(usize, usize)> {
    let changes: Vec<f64> = share.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let fastest = (0..changes.len()).max_by(|&a, &b| changes[a].total_cmp(&changes[b]).then(b.cmp(&a)))?;
    let falls = |from: &usize| changes[*from..*from + FALLING].iter().all(|&change| change < 0.0);
    let onset = (fastest + 1..(changes.len() + 1).saturating_sub(FALLING)).find(falls)?;
    Some((fastest, onset))
}

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let tables = world.run(seed, None, &[], &[])?;
    let industries = [LABOUR_INTENSIVE, CAPITAL_INTENSIVE, PRODUCER_SERVICES].map(|name| city_jobs(&tables, name));
    let outside_centre =
        |panel: &Panel, quarter: usize| panel.0[quarter].iter().sum::<f64>() - panel.0[quarter][CENTRE];
    let last = industries[0].last();
    let found = lag(&smooth(&industries[0].share(CENTRE), REACH));
    let composition = found.map_or(f64::NAN, |(_, onset)| {
        let gains = industries.each_ref().map(|jobs| outside_centre(jobs, last) - outside_centre(jobs, onset));
        let all = gains.iter().sum::<f64>();
        if all > 0.0 { gains[0] / all } else { f64::NAN }
    });
    let quotient = |quarter: usize| {
        let here = industries.each_ref().map(|jobs| outside_centre(jobs, quarter));
        let all = industries.each_ref().map(|jobs| jobs.0[quarter].iter().sum::<f64>());
        economics::welfare::location_quotient(here[0], here.iter().sum(), all[0], all.iter().sum())
    };
    let rise = quotient(last) - quotient(0);
    let wait = found.map_or(f64::NAN, |(fastest, onset)| (onset - fastest) as f64);
    Ok(Trial {
        passed: wait >= 4.0 && composition >= 0.5 && rise >= 0.10,
        effect: rise,
        measures: vec![
            ("fastest_gain_quarter", found.map_or(f64::NAN, |(fastest, _)| fastest as f64)),
            ("lag_quarters", wait),
            ("labour_intensive_part_of_gains", composition),
            ("location_quotient_start", quotient(0)),
            ("location_quotient_end", quotient(last)),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lag_runs_from_the_fastest_gain_to_the_onset_of_the_fall() {
        // Changes of +1, +3, +1, +1, then ten of −1.
        let mut share = vec![0.0, 1.0, 4.0, 5.0, 6.0];
        share.extend((1..=10).map(|step| 6.0 - f64::from(step)));
        assert_eq!(lag(&share), Some((1, 4)));
    }

    #[test]
    fn a_short_dip_is_no_onset() {
        let mut share = vec![0.0, 5.0];
        share.extend((1..=7).map(|step| 5.0 - f64::from(step)));
        share.extend([9.0, 9.5, 10.0]);
        assert_eq!(lag(&share), None);
        assert_eq!(lag(&[1.0]), None);
    }
}
