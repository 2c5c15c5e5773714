//! A run's summary as lines for people.

use std::fmt::Write as _;

use figures::spark;
use records::summary::{CentreShare, Summary};

/// Most blocks of a small line.
const LINE: usize = 20;
/// By how much a peak is above both ends before it is worth a word: what one digit after the point can show.
const SHOWN: f64 = 0.001;

/// The summary as lines for people.
pub(crate) fn text(summary: &Summary) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        writeln!(text, "  {name:<30} {value}").expect("text can be written to memory");
    };
    let percent = |pair: [f64; 2]| change(pair, |share| format!("{:.1} %", 100.0 * share));
    let ratio = |pair: [f64; 2]| change(pair, |ratio| format!("{ratio:.2}"));
    let money = |pair: [f64; 2]| change(pair, |yuan| format!("{} yuan a year", grouped(yuan)));
    line("years", format!("{} to {} ({} quarters)", summary.years[0], summary.years[1], summary.quarters));
    let shares = [
        ("urban share".to_owned(), summary.urbanisation),
        ("registered urban share".to_owned(), summary.registered_share),
    ];
    let of_industry =
        |row: &CentreShare| (format!("{} in {}", row.industry.replace('_', " "), summary.centre), row.share);
    for ((name, pair), path) in
        shares.into_iter().chain(summary.centre_share.iter().map(of_industry)).zip(&summary.paths)
    {
        line(&name, format!("{:<18} {}", percent(pair), path_of(path, &summary.dates)));
    }
    line("wage, centre / others", ratio(summary.wage_gap));
    line("rent, centre / others", ratio(summary.rent_gap));
    line("wage, largest / smallest", ratio(summary.wage_range));
    line("rent, largest / smallest", ratio(summary.rent_range));
    for (name, size) in [("largest city", &summary.largest_city), ("smallest city", &summary.smallest_city)] {
        line(name, format!("{}, {} people", size.city, grouped(size.urban_population)));
    }
    line("income of a rural person", money(summary.farmer_income));
    line("income of a migrant", money(summary.migrant_income));
    line("output at base prices", change(summary.gdp, |yuan| format!("{:.1} billion yuan a year", yuan / 1e9)));
    line("people who settled", grouped(summary.settled));
    line("land quota moved", format!("{:.1} km2", summary.land_quota_moved));
    line("arable land", change(summary.arable_land, |km2| format!("{} km2", grouped(km2))));
    let pace = format!(
        "{} agents, {} agent-quarters a second",
        whole(summary.agents as f64),
        whole(summary.agents_per_second)
    );
    line("done in", format!("{:.2} s: {pace}", summary.wall_seconds));
    text
}

fn change(pair: [f64; 2], show: impl Fn(f64) -> String) -> String {
    let show = |value: f64| if value.is_finite() { show(value) } else { "none".to_owned() };
    format!("{} -> {}", show(pair[0]), show(pair[1]))
}

/// A number with its thousands apart, to four figures or to the unit.
fn grouped(value: f64) -> String {
    if value.is_finite() { whole(value) } else { "none".to_owned() }
}

fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 { format!("-{text}") } else { text }
}

/// A small line of a share over time, and its peak where that is neither at the start nor at the end.
fn path_of(path: &[f64], dates: &[f64]) -> String {
    let line = spark::line(path, LINE);
    let (Some(first), Some(last)) = (path.first(), path.last()) else { return line };
    let highest = path.iter().copied().zip(dates).filter(|(share, _)| share.is_finite());
    let peak = highest
        .fold((f64::NEG_INFINITY, 0.0), |best, (share, date)| if share > best.0 { (share, *date) } else { best });
    if peak.0 - first.max(*last) > SHOWN {
        format!("{line}  peak {:.1} % in {:.0}", 100.0 * peak.0, peak.1.floor())
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(whole(1_234_567.4), "1,234,567");
        assert_eq!(
            (whole(999.0), whole(-1_000.0), whole(-0.2)),
            ("999".to_owned(), "-1,000".to_owned(), "0".to_owned())
        );
        assert_eq!(grouped(f64::NAN), "none");
    }

    #[test]
    fn a_share_that_rises_and_falls_shows_its_peak_and_the_year() {
        let dates = [2010.0, 2010.25, 2011.75];
        assert_eq!(path_of(&[0.265, 0.32, 0.18], &dates), "▅█▁  peak 32.0 % in 2010");
        assert_eq!(path_of(&[0.2, 0.31, 0.4], &dates), "▁▅█");
        assert_eq!(path_of(&[], &[]), "");
    }
}
