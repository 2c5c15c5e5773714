//! Reports in words, for a terminal.

use std::fmt::Write as _;

use crate::case::{Case, Report};
use crate::facts::{Arm, Fact, Prior, Status};
use crate::quantity::Quantity;

/// Width of a page of text.
const WIDTH: usize = 100;

/// A report as a heading, a table, and a plot if there is one.
#[must_use]
pub fn report(report: &Report) -> String {
    let mut text = String::new();
    let numbers = report.parameters.text();
    let heading = if numbers.is_empty() { report.case.clone() } else { format!("{} ({numbers})", report.case) };
    writeln!(text, "{heading}").expect("text can be written to memory");
    if report.facts.is_empty() && report.prior.is_none() {
        text.push_str(&quantities(&report.quantities));
    }
    text.push_str(&facts(&report.facts));
    if let Some(sweep) = &report.prior {
        text.push_str(&prior(sweep));
    }
    if let Some(plot) = &report.plot {
        for line in plot.lines() {
            writeln!(text, "  {line}").expect("text can be written to memory");
        }
    }
    text
}

/// What each case is, for `--list`.
#[must_use]
pub fn list(cases: &[&dyn Case], others: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut line = |line: String| writeln!(text, "{line}").expect("text can be written to memory");
    for case in cases {
        line(case.name().to_owned());
        for piece in wrapped(case.about(), WIDTH - 4) {
            line(format!("    {piece}"));
        }
        line(format!("    Source: {}.", case.source()));
        for parameter in case.parameters() {
            let default = match &parameter.default {
                crate::parameters::Value::Number(number) => number.to_string(),
                crate::parameters::Value::List(numbers) => format!("{numbers:?}"),
            };
            line(format!("    --set {}={default}: {}; {}", parameter.name, parameter.about, parameter.range.text()));
        }
        line(String::new());
    }
    for (name, about) in others {
        line((*name).to_owned());
        for piece in wrapped(about, WIDTH - 4) {
            line(format!("    {piece}"));
        }
        line(String::new());
    }
    text
}

fn quantities(quantities: &[Quantity]) -> String {
    let mut text = format!(
        "  {:<32} {:>12} {:>12} {:>12} {:>12}  {}\n",
        "quantity", "theory", "simulation", "difference", "std. error", "verdict"
    );
    let shown = |number: Option<f64>| number.map_or_else(|| "none".to_owned(), |number| format!("{number:.6}"));
    for quantity in quantities {
        let difference = quantity.difference().map_or_else(|| "–".to_owned(), |gap| format!("{gap:+.6}"));
        let theory = match (quantity.theory, quantity.simulated) {
            // Where only the simulation speaks, theory says how likely it should at least be.
            (None, Some(_)) => format!("> {}", quantity.tolerance),
            (theory, _) => shown(theory),
        };
        writeln!(
            text,
            "  {:<32} {theory:>12} {:>12} {difference:>12} {:>12.6}  {}",
            quantity.name,
            shown(quantity.simulated),
            quantity.standard_error,
            if quantity.ok { "agrees" } else { "DIFFERS" }
        )
        .expect("text can be written to memory");
    }
    text
}

/// A status in words.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Emerges => "emerges",
        Status::EmergesWithin => "emerges within limits",
        Status::Conditional => "conditional",
        Status::ByConstruction => "by construction",
    }
}

fn facts(facts: &[Fact]) -> String {
    let mut text = String::new();
    for fact in facts {
        let mut line = |line: String| writeln!(text, "{line}").expect("text can be written to memory");
        line(String::new());
        line(format!("{} {} ({})", fact.id, fact.title, status(fact.status)));
        for piece in wrapped(&fact.statement, WIDTH - 2) {
            line(format!("  {piece}"));
        }
        line(format!("  Test: {}.", fact.threshold.trim_end_matches('.')));
        line(format!("  Effect: {}.", fact.effect_name));
        line(format!("  {:<44} {:>9} {:>15} {:>22}", "", "pass rate", "95 % interval", "effect"));
        let own = Arm {
            name: "as it is".to_owned(),
            overrides: Vec::new(),
            seeds: fact.seeds,
            pass_rate: fact.pass_rate,
            wilson_low: fact.wilson_low,
            wilson_high: fact.wilson_high,
            effect: fact.effect,
            effect_standard_error: fact.effect_standard_error,
            measures: Vec::new(),
        };
        line(arm("", &own));
        fact.ablations.iter().for_each(|other| line(arm("without: ", other)));
        fact.variants.iter().for_each(|other| line(arm("where: ", other)));
        let verdict = if fact.holds { "holds" } else { "DOES NOT HOLD" };
        line(format!(
            "  pass rate less the best ablation's: {:.2}, needed {:.2}: {verdict}",
            fact.margin, fact.required_margin
        ));
        for piece in wrapped(&fact.conditions, WIDTH - 2) {
            line(format!("  {piece}"));
        }
    }
    text
}

fn arm(lead: &str, arm: &Arm) -> String {
    format!(
        "  {:<44} {:>9.2} {:>15} {:>22}",
        format!("{lead}{} ({} seeds)", arm.name, arm.seeds),
        arm.pass_rate,
        format!("{:.2} to {:.2}", arm.wilson_low, arm.wilson_high),
        format!("{:.4} ± {:.4}", arm.effect, arm.effect_standard_error)
    )
}

fn prior(prior: &Prior) -> String {
    let mut text = format!(
        "  {} draws of plausible parameters, {} seeds each; {} ended early and count as failures\n  {:<6} {:>8} {:>15}  {}\n",
        prior.draws, prior.seeds_per_draw, prior.ended_early, "fact", "holds in", "95 % interval", "goes with"
    );
    for fact in &prior.facts {
        let goes: Vec<String> =
            fact.correlates.iter().map(|(path, correlation)| format!("{path} {correlation:+.2}")).collect();
        writeln!(
            text,
            "  {:<6} {:>7.0}% {:>15}  {}",
            fact.id,
            100.0 * fact.holds,
            format!("{:.2} to {:.2}", fact.wilson_low, fact.wilson_high),
            goes.join(", ")
        )
        .expect("text can be written to memory");
    }
    for (part, share) in &prior.parts {
        writeln!(text, "  part of SF2: {part}: {:.0}%", 100.0 * share).expect("text can be written to memory");
    }
    text
}

/// A text in lines of at most so many letters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
