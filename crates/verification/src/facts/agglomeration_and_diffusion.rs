//! SF2: labour-intensive industry gathers in the centre and later leaves it, while the rest keeps gathering.

use super::ablations::{HOMOGENEOUS, NO_CONGESTION, NO_EXTERNALITIES, NO_MARSHALL, NO_TRADE_COST};
use super::fact::{Case, FactError, Status, Trial};
use super::tables::city_jobs;
use super::world::{CAPITAL_INTENSIVE, CENTRE, LABOUR_INTENSIVE, PRODUCER_SERVICES, World};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF2",
    title: "agglomeration and diffusion side by side",
    statement: "The centre's share of labour-intensive industry rises, peaks and falls, while its shares of \
                capital-intensive industry and producer services keep rising. The same growth that draws industry in \
                makes land and labour expensive there, and who uses most of them leaves first.",
    source: "Puga 1999; Desmet and Rossi-Hansberg 2009; for China Bai, Du, Tao and Tong 2004, Lu and Tao 2009",
    status: Status::EmergesWithin,
    threshold: "centre's share of city jobs over 240 quarters: labour-intensive peak above start by .02 and above end by \
                .05, peak between quarters 13 and 179; capital-intensive industry and producer services up by .05",
    effect: "rise of the centre's share of labour-intensive jobs to its peak",
    conditions: "The first rise needs strong Marshall effects in labour-intensive industry, rural people who move \
                 readily and slow entry elsewhere; the later fall is robust. See the prior sweep.",
    ablations: &[
        ("no congestion", NO_CONGESTION),
        ("homogeneous industries", HOMOGENEOUS),
        ("no trade cost", NO_TRADE_COST),
    ],
    variants: &[("no externalities", NO_EXTERNALITIES), ("no Marshall externalities", NO_MARSHALL)],
    seeds: (20, 8),
    arm_seeds: (20, 4),
    full_resolution: true,
    trial,
};

/// A rise to a peak and what follows.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hump {
    rise: f64,
    fall: f64,
    peak: usize,
}

impl Hump {
    fn of(series: &[f64]) -> Option<Self> {
        let (start, end) = (*series.first()?, *series.last()?);
        let (peak, top) = series.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        Some(Self { rise: top - start, fall: top - end, peak })
    }

    fn shows(&self) -> bool {
        self.rise > 0.02 && self.fall > 0.05 && self.peak > 12 && self.peak < 180
    }
}

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let tables = world.run(seed, None, &[], &[])?;
    let share = |industry: &str| city_jobs(&tables, industry).share(CENTRE);
    let labour = share(LABOUR_INTENSIVE);
    let gain = |industry: &str| {
        let share = share(industry);
        share.last().zip(share.first()).map_or(f64::NAN, |(end, start)| end - start)
    };
    let (capital, services) = (gain(CAPITAL_INTENSIVE), gain(PRODUCER_SERVICES));
    let hump = Hump::of(&labour).unwrap_or(Hump { rise: f64::NAN, fall: f64::NAN, peak: 0 });
    Ok(Trial {
        passed: hump.shows() && capital > 0.05 && services > 0.05,
        effect: hump.rise,
        measures: vec![
            ("labour_intensive_start", labour.first().copied().unwrap_or(f64::NAN)),
            ("labour_intensive_rise", hump.rise),
            ("labour_intensive_fall", hump.fall),
            ("peak_quarter", hump.peak as f64),
            ("capital_intensive_gain", capital),
            ("producer_services_gain", services),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tent(quarters: usize, peak: usize, height: f64, end: f64) -> Vec<f64> {
        let up = |t: usize| 0.3 + height * t as f64 / peak as f64;
        let down = |t: usize| 0.3 + height - (height + 0.3 - end) * (t - peak) as f64 / (quarters - peak) as f64;
        (0..=quarters).map(|t| if t <= peak { up(t) } else { down(t) }).collect()
    }

    #[test]
    fn a_hump_is_found() {
        let hump = Hump::of(&tent(240, 60, 0.04, 0.25)).expect("a series");
        assert_eq!(hump.peak, 60);
        assert!((hump.rise - 0.04).abs() < 1e-12 && (hump.fall - 0.09).abs() < 1e-12 && hump.shows());
    }

    #[test]
    fn what_only_rises_or_only_falls_is_no_hump() {
        assert!(!Hump::of(&tent(240, 240, 0.1, 0.4)).expect("a series").shows());
        let falling: Vec<f64> = (0..=240).map(|t| 0.4 - 0.001 * f64::from(t)).collect();
        assert!(!Hump::of(&falling).expect("a series").shows());
        assert!(!Hump::of(&[0.3; 241]).expect("a series").shows());
        assert_eq!(Hump::of(&[]), None);
    }

    #[test]
    fn a_peak_at_the_very_start_or_too_late_is_no_hump() {
        assert!(!Hump::of(&tent(240, 10, 0.04, 0.25)).expect("a series").shows());
        assert!(!Hump::of(&tent(240, 200, 0.04, 0.25)).expect("a series").shows());
    }
}
