//! Results are of the region and not of the number of its agents: half as many people to an agent, or twice as many
//! firms of half the size, change headline figures by no more than chance does.

mod worlds;

use worlds::{Ended, Rows, one_thread, run, scenario};

const SEEDS: u64 = 8;
/// Differences of means of so many standard errors are still chance.
const ERRORS: f64 = 3.0;
const PLAIN: (&str, &[&str]) = ("central-plains", &["ticks=40", "initial.burn_in=100"]);

/// The mean of a column over the places of the last quarter, weighted by another.
fn weighted(rows: &Rows, column: &str, weight: &str) -> f64 {
    let (ticks, values, weights) = (rows.integers("tick"), rows.numbers(column), rows.numbers(weight));
    let last = ticks[ticks.len() - 1];
    let of_last = (0..ticks.len()).filter(|&row| ticks[row] == last);
    let (sum, weight) =
        of_last.fold((0.0, 0.0), |(sum, all), row| (sum + values[row] * weights[row], all + weights[row]));
    sum / weight
}

/// Headline figures at the end of a run, by name.
fn headline(ended: &Ended) -> Vec<(String, f64)> {
    let (region, cities, sectors) = (ended.table("region"), ended.table("cities"), ended.table("sectors"));
    let at_end = |column: &str| *region.numbers(column).last().expect("a run has an end");
    let (urban, registered) = (at_end("urbanisation"), at_end("registered_urbanisation"));
    let mut figures = vec![
        ("urbanisation".to_owned(), urban),
        ("registered share".to_owned(), registered / urban),
        ("gdp".to_owned(), at_end("gdp")),
        ("real income".to_owned(), at_end("real_income")),
        ("mean wage".to_owned(), weighted(&cities, "wage", "urban_employment")),
        ("mean rent".to_owned(), weighted(&cities, "rent", "urban_land")),
    ];
    let (ticks, city, industry, jobs) =
        (sectors.integers("tick"), sectors.texts("city"), sectors.texts("industry"), sectors.numbers("employment"));
    let last = ticks[ticks.len() - 1];
    for name in ["labour_intensive", "capital_intensive", "producer_services", "consumer_services"] {
        let of = |row: &usize| ticks[*row] == last && industry[*row] == name;
        let all: f64 = (0..ticks.len()).filter(of).map(|row| jobs[row]).sum();
        let centre: f64 = (0..ticks.len()).filter(of).filter(|&row| city[row] == "centre").map(|row| jobs[row]).sum();
        figures.push((format!("{name} in the centre"), centre / all));
    }
    figures
}

/// Headline figures of every seed.
fn over_seeds(changes: &[&str]) -> Vec<Vec<(String, f64)>> {
    let run_of = |seed: u64| {
        let seed = format!("seed={seed}");
        headline(&run(&scenario(PLAIN, &[changes, &[&seed]].concat(), &[]), &one_thread(false)))
    };
    (1..=SEEDS).map(run_of).collect()
}

/// Mean, and the variance of the mean.
fn mean_and_variance(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let square = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0);
    (mean, square / count)
}

fn assert_same_but_for_chance(what: &str, one: &[Vec<(String, f64)>], other: &[Vec<(String, f64)>]) {
    let mut complaints = Vec::new();
    for at in 0..one[0].len() {
        let column = |runs: &[Vec<(String, f64)>]| runs.iter().map(|run| run[at].1).collect::<Vec<f64>>();
        let ((a, a_variance), (b, b_variance)) = (mean_and_variance(&column(one)), mean_and_variance(&column(other)));
        let error = (a_variance + b_variance).sqrt();
        let errors = (a - b).abs() / error;
        eprintln!("{what}: {}: {a:.6} and {b:.6}, {errors:.2} standard errors apart", one[0][at].0);
        if errors >= ERRORS {
            complaints.push(format!("{what}: {}: {a} and {b}, {errors:.1} standard errors apart", one[0][at].0));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn half_as_many_people_to_an_agent_change_nothing_but_chance() {
    let coarse = over_seeds(&["workers_per_agent=1000"]);
    assert_same_but_for_chance("people", &coarse, &over_seeds(&["workers_per_agent=500"]));
}

#[test]
fn twice_the_firms_of_half_the_size_change_nothing_but_chance() {
    let jobs = scenario(PLAIN, &[], &[]).mechanisms.firm_location.expect("it is on").jobs_per_firm;
    let half = format!("firm_location.jobs_per_firm={}", jobs / 2.0);
    let coarse = over_seeds(&["workers_per_agent=1000"]);
    assert_same_but_for_chance("firms", &coarse, &over_seeds(&["workers_per_agent=1000", &half]));
}
