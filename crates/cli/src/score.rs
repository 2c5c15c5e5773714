//! `hinterland score`: simulated against observed.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use ensembles::score::{
    Against, Assumptions, Quantity, REFERENCE, Score, ScoreError, Scores, Spread, elsewhere, score, simulated,
};

use crate::Outcome;
use crate::console::Console;
use crate::failure::Failure;

/// Arguments of the command.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  hinterland run configs/henan.ron --out runs/henan
  hinterland score runs/henan --against configs/data/henan.csv
  hinterland score results/settlement --against configs/data/henan.csv --json

Exit codes: 0 done, 1 a file cannot be read, 2 the input or the usage is wrong.")]
pub(crate) struct ScoreCommand {
    /// The folder of a run, or of a batch.
    run: PathBuf,
    /// A region table with figures of the year the run starts in and of later censuses.
    #[arg(long, value_name = "TABLE.csv")]
    against: PathBuf,
    /// What the naive forecast of a growing capital multiplies its people with in ten years.
    #[arg(long, value_name = "FACTOR", default_value_t = Assumptions::default().capital_factor, value_parser = factor)]
    capital_factor: f64,
    /// What the urban share of every place gains in ten years in the naive forecast of a national gain.
    #[arg(long, value_name = "SHARE", default_value_t = Assumptions::default().national_gain, value_parser = gain)]
    national_gain: f64,
    /// Of a batch, only the runs of this cell (see column `cell` of runs.parquet).
    #[arg(long, value_name = "N")]
    cell: Option<u64>,
    /// Also list every place.
    #[arg(long)]
    places: bool,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

/// A factor of growth in ten years.
pub(crate) fn factor(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(factor) if factor > 0.0 && factor <= 100.0 => Ok(factor),
        _ => Err(format!("`{text}` is no factor; write a number above 0, such as 1.25")),
    }
}

/// A gain in shares of people, in ten years.
pub(crate) fn gain(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(gain) if (-1.0..=1.0).contains(&gain) => Ok(gain),
        _ => Err(format!("`{text}` is no gain of a share; write a number from -1 to 1, such as 0.135")),
    }
}

impl From<ScoreError> for Failure {
    fn from(error: ScoreError) -> Self {
        Self::wrong(format!("error: {error}"))
    }
}

impl ScoreCommand {
    pub(crate) fn execute(&self, console: &Console) -> Outcome {
        let observed = scenario::observed(&self.against)?;
        let runs = simulated(&self.run, self.cell)?;
        let assumptions = Assumptions { capital_factor: self.capital_factor, national_gain: self.national_gain };
        let scores = score(&runs, &observed, &elsewhere(&runs, &observed), assumptions)?;
        if self.json {
            let mut json = serde_json::to_value(&scores).unwrap_or_default();
            json["scenario"] = runs.scenario.into();
            json["against"] = self.against.to_string_lossy().into();
            json["capital_factor"] = self.capital_factor.into();
            json["national_gain"] = self.national_gain.into();
            console.print(&format!("{json:#}"));
        } else {
            console.print(&self.text(&runs.scenario, &scores));
        }
        Ok(())
    }

    fn text(&self, scenario: &str, scores: &Scores) -> String {
        let mut text = String::new();
        let mut line = |line: String| writeln!(text, "{line}").expect("text can be written to memory");
        let runs = match scores.runs {
            1 => "one run".to_owned(),
            runs => format!("{runs} runs, mean ± standard deviation"),
        };
        line(format!("{scenario} from {} against {}: {runs}", scores.base_year, self.against.display()));
        let mut cells: Vec<_> = scores.by_run.iter().map(|run| run.cell).collect();
        cells.sort_unstable();
        cells.dedup();
        if cells.len() > 1 {
            line(format!("  {} cells are taken together; --cell N scores one of them", cells.len()));
        }
        if scores.failed > 0 {
            line(format!("  {} runs failed and are left out", scores.failed));
        }
        if !scores.not_observed.is_empty() {
            line(format!("  without people in the table, left out: {}", scores.not_observed.join(", ")));
        }
        if !scores.not_simulated.is_empty() {
            line(format!("  only in the table, left out: {}", scores.not_simulated.join(", ")));
        }
        for region in &scores.region {
            let (base, observed) = (100.0 * region.base, 100.0 * region.observed);
            let simulated = percent(region.simulated);
            let (from, year) = (scores.base_year, region.year);
            line(format!(
                "  urban share of all places: {base:.2} % in {from}, {observed:.2} % observed in {year}, {simulated} simulated"
            ));
        }
        for year in &scores.years {
            for quantity in Quantity::ALL {
                let of = |score: &&Score| score.year == *year && score.quantity == quantity;
                let found: Vec<&Score> = scores.scores.iter().filter(of).collect();
                table(&found, *year, quantity, &mut line);
                if self.places {
                    places(scores, *year, quantity, &mut line);
                }
            }
        }
        text
    }
}

/// One quantity in one year: a row for each measure, a column with all places and one without the largest.
fn table(scores: &[&Score], year: u32, quantity: Quantity, line: &mut dyn FnMut(String)) {
    let Some(first) = scores.first() else { return };
    line(String::new());
    let heads = scores.iter().map(|score| match &score.without {
        None => format!("all {} places", score.places),
        Some(place) => format!("without {place}"),
    });
    let head: String = heads.map(|head| format!("{head:>22}")).collect();
    line(format!("{:<46}{head}", format!("{} in {year}", quantity.title())));
    let mut row = |name: &str, value: &dyn Fn(&Score) -> String| {
        let cells: String = scores.iter().map(|score| format!("{:>22}", value(score))).collect();
        line(format!("  {name:<44}{cells}"));
    };
    row("weighted absolute error", &|score| percent(score.error));
    row("rank correlation", &|score| plain(score.rank_correlation));
    row("rank correlation of changes", &|score| plain(score.rank_correlation_of_change));
    for against in &first.naive {
        let name = against.forecast.replace('_', " ");
        // Without the capital there is no forecast of its growth.
        let of = |score: &Score, show: &dyn Fn(&Against) -> String| {
            score.naive.iter().find(|other| other.forecast == against.forecast).map_or("–".to_owned(), show)
        };
        let kind = if against.forecast == REFERENCE { "reference" } else { "naive forecast" };
        row(&format!("error of {kind}: {name}"), &|score| of(score, &|naive| format!("{:.2} %", 100.0 * naive.error)));
        row(&format!("skill relative to: {name}"), &|score| of(score, &|naive| plain(naive.skill)));
    }
}

fn places(scores: &Scores, year: u32, quantity: Quantity, line: &mut dyn FnMut(String)) {
    line(format!("  {:<28}{:>14}{:>14}{:>22}", "place", scores.base_year, format!("{year} observed"), "simulated"));
    for place in scores.places.iter().filter(|place| place.year == year && place.quantity == quantity) {
        let share = |value: f64| format!("{:.2} %", 100.0 * value);
        line(format!(
            "  {:<28}{:>14}{:>14}{:>22}",
            place.place,
            share(place.base),
            share(place.observed),
            percent(place.simulated)
        ));
    }
}

fn percent(spread: Spread) -> String {
    show(spread, |value| format!("{:.2}", 100.0 * value), " %")
}

fn plain(spread: Spread) -> String {
    show(spread, |value| format!("{value:.2}"), "")
}

fn show(spread: Spread, figure: impl Fn(f64) -> String, unit: &str) -> String {
    match (spread.mean, spread.standard_deviation) {
        (None, _) => "none".to_owned(),
        (Some(mean), None) => format!("{}{unit}", figure(mean)),
        (Some(mean), Some(deviation)) => format!("{} ± {}{unit}", figure(mean), figure(deviation)),
    }
}
