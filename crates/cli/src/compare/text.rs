//! A comparison in words and tables.

use ensembles::compare::{Comparison, EQUIVALENT_VARIATION, Effect};

use super::screen::screen;
use super::sections::{cities, costs, interactions, paths, winners};
use super::table::{MarkdownTable, Scale, percent, plain, signed};

/// Quantities whose gain from pairing is stated in a sentence.
const STATED: [&str; 4] = ["urbanisation", "centre_population_share", "gdp", "real_income"];

/// Quantities of the summary.
const IN_SHORT: [&str; 6] =
    ["urbanisation", "registered_urbanisation", "centre_population_share", "gdp", "real_income", EQUIVALENT_VARIATION];

/// What a comparison found, for people: a screen for each policy, then every table if they are asked for.
pub(super) fn text(comparison: &Comparison, full: bool) -> String {
    let mut parts = vec![head(comparison)];
    let mut policies: Vec<&str> = comparison.effects.iter().map(|effect| effect.policy.as_str()).collect();
    policies.dedup();
    parts.extend(policies.iter().map(|policy| screen(comparison, policy)));
    if !full {
        parts.push("All tables: --full; as files: --out DIR; as a page: hinterland report DIR.\n".to_owned());
        return parts.join("\n");
    }
    for policy in policies {
        parts.push(format!("## {policy}\n"));
        parts.push(in_short(comparison, policy));
        parts.push(effects(comparison, policy));
        parts.push(paths(comparison, policy));
        parts.push(winners(comparison, policy));
        parts.push(costs(comparison, policy));
        parts.push(cities(comparison, policy));
    }
    if !comparison.interactions.is_empty() {
        parts.push(interactions(comparison));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn head(comparison: &Comparison) -> String {
    let seeds = &comparison.seeds;
    let seeds = match (seeds.first(), seeds.last()) {
        (Some(first), Some(last)) if first != last => format!("{} pairs of runs, seeds {first} to {last}", seeds.len()),
        _ => "one pair of runs, which gives no interval: name more --seeds".to_owned(),
    };
    let mut text = format!("# {}, {} to {}: {seeds}\n", comparison.scenario, comparison.start, comparison.until);
    if comparison.from > comparison.start {
        text.push_str(&format!("\nThe past up to {} is common to all worlds.\n", comparison.from));
    }
    text.push_str(
        "\nEffects are means of paired differences in the last quarter (flows by the year), with 95 %\nintervals (Student's t). Money is constant yuan of the opening state.\n",
    );
    text
}

/// The policy in three lines.
fn in_short(comparison: &Comparison, policy: &str) -> String {
    let of_quantity =
        |name: &&str| comparison.effects.iter().find(|effect| effect.policy == policy && effect.quantity == **name);
    let changes: Vec<String> = IN_SHORT
        .iter()
        .filter_map(of_quantity)
        .filter(|effect| effect.numbers.effect.is_finite())
        .map(|effect| {
            let change = match effect.unit {
                "share" => format!("{} points", signed(100.0 * effect.numbers.effect, 2)),
                _ => percent(effect.relative),
            };
            let unclear = if effect.numbers.sign() == 0 && effect.numbers.effect != 0.0 { " (unclear)" } else { "" };
            format!("{} {change}{unclear}", effect.quantity.replace('_', " "))
        })
        .collect();
    let everyone = comparison.winners.iter().find(|one| one.policy == policy && one.dimension == "all");
    let heads = everyone.filter(|one| one.better_share.is_finite()).map(|one| {
        let [better, worse] = [one.better_share, one.worse_share].map(|share| plain(100.0 * share, 1));
        format!(" {better} % of people are better off, {worse} % worse off.")
    });
    format!("{}.{}\n", changes.join("; "), heads.unwrap_or_default())
}

fn effects(comparison: &Comparison, policy: &str) -> String {
    let of_policy = || comparison.effects.iter().filter(|effect| effect.policy == policy);
    let mut notes = Vec::new();
    let head = [
        "quantity",
        "unit",
        "base",
        "policy",
        "effect",
        "95 % interval",
        "of base",
        "fewer runs",
        "published, of base",
    ];
    let mut table = MarkdownTable::new(2, &head);
    for effect in of_policy().filter(|effect| effect.headline) {
        let numbers = &effect.numbers;
        let scale = Scale::of(effect.unit, &[numbers.base, numbers.with_policy]);
        let of_base = if effect.unit == "share" { "–".to_owned() } else { percent(effect.relative) };
        table.row(vec![
            effect.quantity.clone(),
            if effect.unit == "share" { "%, effect in points".to_owned() } else { scale.unit.clone() },
            scale.level(numbers.base),
            scale.level(numbers.with_policy),
            scale.change(numbers.effect),
            scale.interval(numbers.low, numbers.high),
            of_base,
            fewer(effect),
            published(effect, &mut notes),
        ]);
    }
    let rest = of_policy().filter(|effect| !effect.headline).count();
    let mut text = table.text();
    text.push_str(&format!("\n{rest} more quantities are in --json and in effects.parquet. {}\n", saving(of_policy())));
    for (at, note) in notes.iter().enumerate() {
        text.push_str(&format!("[{}] {note}\n", at + 1));
    }
    text
}

/// How many times fewer runs pairing needs.
fn fewer(effect: &Effect) -> String {
    let ratio = effect.variance_ratio;
    if ratio.is_infinite() {
        "exact".to_owned()
    } else if ratio >= 100.0 {
        format!("{}×", plain(ratio, 0))
    } else if ratio.is_finite() {
        format!("{}×", plain(ratio, 1))
    } else {
        "–".to_owned()
    }
}

/// What pairing saves for the most important quantities.
fn saving<'a>(effects: impl Iterator<Item = &'a Effect>) -> String {
    let ratios: Vec<String> = effects
        .filter(|effect| STATED.contains(&effect.quantity.as_str()) && effect.variance_ratio.is_finite())
        .map(|effect| format!("{} {} ({})", effect.quantity, plain(effect.standard_error_ratio, 1), fewer(effect)))
        .collect();
    if ratios.is_empty() {
        return String::new();
    }
    format!(
        "Standard errors of unpaired runs over those of pairs (squared: so many times fewer runs for the same precision): {}.",
        ratios.join(", ")
    )
}

/// A published band as per cent, without zeros at the end.
fn band(low: f64, high: f64) -> String {
    let number = |share: f64| {
        let text = plain(100.0 * share, 2);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    format!("{} to {} %", number(low), number(high))
}

/// Published bands in a cell; what there is to say about them goes to the notes.
fn published(effect: &Effect, notes: &mut Vec<String>) -> String {
    let mut cells = Vec::new();
    for one in &effect.published {
        let band = if one.high.is_infinite() { "rises or stays".to_owned() } else { band(one.low, one.high) };
        let hand = if one.second_hand { " (read in a note about it)" } else { "" };
        let of = if effect.quantity == EQUIVALENT_VARIATION { " of real income" } else { "" };
        let gap = match one.verdict {
            "within" => "the interval meets it".to_owned(),
            "none" => "nothing changes here".to_owned(),
            "unclear" => "one pair of runs gives no interval".to_owned(),
            side => format!("the effect lies {side}. {}", one.reason),
        };
        notes.push(format!("{}: {band}{of}, {}{hand}: {gap}.", effect.quantity, one.source));
        cells.push(format!("{band} [{}]", notes.len()));
    }
    cells.join(", ")
}
