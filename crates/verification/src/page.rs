//! The page of verification: reports as Markdown, with a picture for every chart.

use std::fmt::Write as _;

use crate::case::Report;
use crate::facts::{Arm, Fact, Prior};
use crate::text::status;

/// What the page opens with.
const OPENING: &str = "\
# Verification

The engine is tested against known theory, which it contains as exact limits, and against stylised facts of the \
literature, which must emerge from choices and prices. The program writes this page from what it measured \
(`hinterland verify --page docs`); a test makes it again from the stored figures and repeats some of the measurements.

```text
hinterland verify                                  everything, some minutes
hinterland verify --quick                          the same with fewer agents and seeds
hinterland verify core-periphery --set sigma=6 --set mu=0.35
hinterland verify SF2 --set congestion.crowding_cost=0.1
hinterland verify prior                            how far facts hold away from the shipped parameters
hinterland verify search                           the shipped parameters beside others, on seeds from 1
hinterland verify --list
```
";

const THEORY: &str = "
## Known theory

A case is a scenario of the engine, in `configs/theory`, with mechanisms switched off until it *is* the theory. \
Theory is computed by functions that share only logarithms with the engine, so an error in the engine changes the \
simulated figure alone. Break and sustain points of the simulation are estimated: agents are put near the state in \
question, choose once at its prices, and the trade cost at which their drift changes sign is the zero of a \
regression over many replicates, no two of which share a seed. A figure agrees within 1 % of ln T (of 1 − φ for \
entrepreneurs) or three standard errors, whichever is larger; prices agree to 1e-6. Near the black hole of core and \
periphery (μ above nine tenths of ρ) there is almost no trade at the sustain point, and the estimate from a nearly \
empty periphery is too low; the table then says that it differs.
";

const FACTS: &str = "
## Stylised facts

On `configs/central-plains.ron`, with seeds from 3,000,000 up, which were not used to choose parameters or tests. A \
fact holds if its pass rate exceeds that of the best ablation by the margin needed: a test that also passes without \
the cause is no evidence.

Some tests were chosen after trials on other seeds (1,000,000 to 1,000,019): SF8 looks at whether there is an \
establishment, because a step fitted to the share itself lies near 305,000 people, outside the 150,000 to 250,000 \
that the fact states; SF4 assumes that input is plentiful; some worlds of SF5 were moved from ablations to \
conditions, its test unchanged. They did not change after that for the seeds reported here. Thresholds set by this \
program, not by the literature: the averages over nine quarters, the lag of four and the rise of .10 in SF3, the 5 % \
of land in SF6, the .02 in SF7, the rule for one seed in SF10.

The shipped parameters are a rounded neighbour of what a mean-field pilot and trials on seeds 1 to 6 and 101 to 106 \
suggested, not a draw of `hinterland verify search`, which compares them with draws from the same ranges. With the \
prototype's own values SF2 holds as well, and SF1 does not.
";

const PRIOR: &str = "
## Away from the shipped parameters

A fact that holds only at the default parameters is no general fact. Parameters are drawn from their plausible \
ranges by a Latin hypercube, and a fact holds in a draw if more than half of its seeds pass. SF4, SF9 and SF10 are \
left out because they take long.
";

/// The page, of all reports in order.
#[must_use]
pub fn page(reports: &[Report]) -> String {
    let mut text = OPENING.to_owned();
    text.push_str(THEORY);
    for report in reports.iter().filter(|report| report.facts.is_empty() && report.prior.is_none()) {
        theory(&mut text, report);
    }
    for report in reports.iter().filter(|report| !report.facts.is_empty()) {
        text.push_str(FACTS);
        facts(&mut text, &report.facts);
        charts(&mut text, report);
    }
    for sweep in reports.iter().filter_map(|report| report.prior.as_ref()) {
        text.push_str(PRIOR);
        prior(&mut text, sweep);
    }
    text
}

fn theory(text: &mut String, report: &Report) {
    let mut line = |line: &str| writeln!(text, "{line}").expect("text can be written to memory");
    line(&format!("\n### {}\n", report.case));
    if let Some(case) = crate::cases().iter().find(|case| case.name() == report.case) {
        line(&format!("{} Source: {}. Here with {}.\n", case.about(), case.source(), report.parameters.text()));
    }
    line("| quantity | theory | simulation | standard error | tolerance | verdict |");
    line("|---|---|---|---|---|---|");
    let shown = |number: Option<f64>| number.map_or_else(|| "none".to_owned(), |number| format!("{number:.6}"));
    for quantity in &report.quantities {
        line(&format!(
            "| `{}` | {} | {} | {:.6} | {:.6} | {} |",
            quantity.name,
            shown(quantity.theory),
            shown(quantity.simulated),
            quantity.standard_error,
            quantity.tolerance,
            if quantity.ok { "agrees" } else { "**differs**" }
        ));
    }
    if let Some(plot) = &report.plot {
        line(&format!("\n```text\n{}\n```", plot.trim_end()));
    }
    charts(text, report);
}

fn charts(text: &mut String, report: &Report) {
    for chart in &report.charts {
        writeln!(text, "\n![{}](verification/{}.svg)", chart.title, chart.name).expect("text can be written to memory");
    }
}

fn facts(text: &mut String, facts: &[Fact]) {
    let mut line = |line: &str| writeln!(text, "{line}").expect("text can be written to memory");
    line("\n| fact | status | pass rate (95 % interval) | best ablation | margin | needed | verdict |");
    line("|---|---|---|---|---|---|---|");
    for fact in facts {
        let best = fact.ablations.iter().max_by(|one, other| one.pass_rate.total_cmp(&other.pass_rate));
        line(&format!(
            "| {} {} | {} | {:.2} ({:.2} to {:.2}), {} seeds | {} | {:.2} | {:.2} | {} |",
            fact.id,
            fact.title,
            status(fact.status),
            fact.pass_rate,
            fact.wilson_low,
            fact.wilson_high,
            fact.seeds,
            best.map_or_else(|| "none".to_owned(), |arm| format!("{:.2}: {}", arm.pass_rate, arm.name)),
            fact.margin,
            fact.required_margin,
            if fact.holds { "holds" } else { "**does not hold**" }
        ));
    }
    for fact in facts {
        line(&format!("\n### {}: {}\n", fact.id, fact.title));
        line(&format!("{} Source: {}.\n", fact.statement, fact.source.trim_end_matches('.')));
        line(&format!("Test: {}. Effect: {}.\n", fact.threshold.trim_end_matches('.'), fact.effect_name));
        line("| world | seeds | pass rate (95 % interval) | effect ± standard error |");
        line("|---|---|---|---|");
        line(&format!(
            "| as it is | {} | {:.2} ({:.2} to {:.2}) | {:.4} ± {:.4} |",
            fact.seeds, fact.pass_rate, fact.wilson_low, fact.wilson_high, fact.effect, fact.effect_standard_error
        ));
        fact.ablations.iter().for_each(|other| line(&arm("without", other)));
        fact.variants.iter().for_each(|other| line(&arm("where", other)));
        let measures: Vec<String> = fact
            .measures
            .iter()
            .filter(|measure| measure.mean.is_finite())
            .map(|measure| format!("{} {:.4} ± {:.4}", measure.name, measure.mean, measure.standard_error))
            .collect();
        line(&format!("\nLooked at: {}.\n", measures.join("; ")));
        line(&fact.conditions);
    }
}

fn arm(lead: &str, arm: &Arm) -> String {
    let set: Vec<String> = arm.overrides.iter().map(|text| format!("`{text}`")).collect();
    format!(
        "| {lead}: {} ({}) | {} | {:.2} ({:.2} to {:.2}) | {:.4} ± {:.4} |",
        arm.name,
        set.join(", "),
        arm.seeds,
        arm.pass_rate,
        arm.wilson_low,
        arm.wilson_high,
        arm.effect,
        arm.effect_standard_error
    )
}

fn prior(text: &mut String, prior: &Prior) {
    let mut line = |line: &str| writeln!(text, "{line}").expect("text can be written to memory");
    line(&format!(
        "\n{} draws, {} seeds each; {} ended early and count as failures of every fact.\n",
        prior.draws, prior.seeds_per_draw, prior.ended_early
    ));
    line("| fact | holds in (95 % interval) | goes with |");
    line("|---|---|---|");
    for fact in &prior.facts {
        let goes: Vec<String> =
            fact.correlates.iter().map(|(path, correlation)| format!("`{path}` {correlation:+.2}")).collect();
        line(&format!(
            "| {} | {:.0} % ({:.0} to {:.0}) | {} |",
            fact.id,
            100.0 * fact.holds,
            100.0 * fact.wilson_low,
            100.0 * fact.wilson_high,
            goes.join(", ")
        ));
    }
    line("");
    for (part, share) in &prior.parts {
        line(&format!("- part of SF2, {part}: {:.0} %", 100.0 * share));
    }
    line("\n| drawn | from | to |");
    line("|---|---|---|");
    for (paths, low, high) in &prior.ranges {
        line(&format!("| {paths} | {low} | {high} |"));
    }
}
