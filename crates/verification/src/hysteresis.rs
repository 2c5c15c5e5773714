//! Hysteresis: trade costs fall and rise again, and the path back differs from the path there.

use economics::maths::exp;
use simulation::agents::city::WorldColumns;
use simulation::mechanisms::population::UrbanPeople;

use crate::chart::{Chart, Series};
use crate::error::VerificationError;
use crate::quantity::Quantity;
use crate::trial::{Effort, Setting, State, follow};

/// Quarters at each trade cost.
const HOLD: u32 = 60;
/// First year: the calendar of a scenario ends in 2300.
const START: f64 = 1900.0;
/// Trade costs on either side of the one in the middle between break and sustain point.
const EITHER_SIDE: usize = 6;
/// The highest trade cost lies so far above the sustain point, and the lowest so far below the break point, in ln T.
const BEYOND: (f64, f64) = (1.15, 0.7);
/// Largest error of the share on the way down (from one half) and on the way back (from all).
const TOLERANCE: f64 = 0.1;
/// People and firms move for real, and not too sharply to overshoot.
const MOVING: [(&str, &str); 8] = [
    ("workers_per_agent", "1000"),
    ("migrant_location.precision", "20"),
    ("migrant_location.revision_citizen", "0.2"),
    ("firm_turnover.exit_rate", "0.05"),
    ("firm_location.precision", "5"),
    ("firm_location.imitation", "0.95"),
    ("firm_location.exploration", "0.001"),
    ("firm_location.relocation_rate", "0.3"),
];

/// Sweeps the log of the trade cost of a setting down and up again around a break and a sustain point (logs, as measured),
/// and gives the shares in between, with a chart.
///
/// # Errors
/// A run that failed.
pub(crate) fn sweep(
    setting: &Setting,
    (broken, sustained): (f64, f64),
    hundreds_of_km: f64,
    effort: &Effort,
) -> Result<(Vec<Quantity>, Chart), VerificationError> {
    let middle = (broken + sustained) / 2.0;
    let (high, low) = (BEYOND.0 * sustained, BEYOND.1 * broken);
    let part = |step: usize| step as f64 / EITHER_SIDE as f64;
    let down = (0..EITHER_SIDE)
        .map(|step| high + part(step) * (middle - high))
        .chain((0..=EITHER_SIDE).map(|step| middle + part(step) * (low - middle)));
    let down: Vec<f64> = down.collect();
    let logs: Vec<f64> = down.iter().chain(down.iter().rev()).copied().collect();
    let year = |step: usize| START + step as f64 * f64::from(HOLD) / 4.0;
    let measures = logs.iter().enumerate().map(|(step, log)| {
        format!("(at: {:?}, until: {:?}, goods_cost: {:?})", year(step), year(step + 1), log / high)
    });
    let mut setting = setting
        .clone()
        .with("industries.manufacturing.distance_cost", high / hundreds_of_km)
        .with("start", START)
        .with("transport", format!("[{}]", measures.collect::<Vec<_>>().join(", ")))
        .with("ticks", HOLD * logs.len() as u32);
    for (path, value) in MOVING {
        setting = setting.with(path, value);
    }
    let shares = follow(&setting, effort, |world, quarter| {
        let share = State::share(world.by_city::<UrbanPeople>(), 0);
        quarter.is_multiple_of(HOLD).then_some(share.max(1.0 - share))
    })?;
    let (there, back) = shares.split_at(down.len());
    let points = |logs: &[f64], shares: &[f64]| {
        logs.iter().zip(shares).map(|(&log, &share)| (exp(log), share)).collect::<Vec<_>>()
    };
    let chart = Chart {
        name: "core-periphery-hysteresis".to_owned(),
        title: "Share of the larger place as trade becomes cheaper and more expensive again".to_owned(),
        x: "trade cost T".to_owned(),
        y: "share of workers".to_owned(),
        series: vec![
            Series { name: "on the way down".to_owned(), points: points(&logs[..down.len()], there) },
            Series { name: "on the way back".to_owned(), points: points(&logs[down.len()..], back) },
        ],
    };
    let compare = |name: &str, theory: f64, share: f64| Quantity::compare(name, theory, share, 0.0, TOLERANCE);
    let quantities = vec![
        compare("share_between_on_the_way_down", 0.5, there[EITHER_SIDE]),
        compare("share_between_on_the_way_back", 1.0, back[EITHER_SIDE]),
    ];
    Ok((quantities, chart))
}
