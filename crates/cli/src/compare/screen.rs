//! The first screen of a comparison, which can be read aloud: finding, who gains and who loses, cost, one caveat.

use ensembles::compare::{Comparison, EQUIVALENT_VARIATION, Effect, Winner};

use super::sections::verdict;
use super::table::{Scale, plain, signed};

/// Quantities of the finding, with their names.
const FINDING: [(&str, &str); 5] = [
    ("urbanisation", "urban share"),
    ("registered_urbanisation", "registered urban share"),
    ("centre_population_share", "centre's share of city people"),
    ("gdp", "output"),
    ("real_income", "mean real income"),
];
/// Groups that are named, with their names.
const GROUPS: [(&str, &str, &str); 8] = [
    ("hukou", "registered", "registered citizens"),
    ("hukou", "migrant", "migrants"),
    ("hukou", "rural", "rural people"),
    ("skill", "unskilled", "unskilled"),
    ("skill", "skilled", "skilled"),
    ("income_fifth", "poorest", "poorest fifth"),
    ("income_fifth", "richest", "richest fifth"),
    ("settlement", "with_policy_alone", "settled by the policy"),
];
/// Items of cost that are named.
const COST: [(&str, &str); 3] =
    [("spending", "public spending"), ("levy", "levy on pay"), ("balance", "public balance")];

/// Columns that nothing on the screen exceeds.
const COLUMNS: usize = 100;

/// One policy on a screen.
pub(super) fn screen(comparison: &Comparison, policy: &str) -> String {
    let mut lines = vec![format!("## {policy}, in short"), String::new()];
    for (quantity, name) in FINDING {
        let of = |effect: &&Effect| effect.policy == policy && effect.quantity == quantity;
        if let Some(effect) = comparison.effects.iter().find(of).filter(|effect| effect.numbers.effect.is_finite()) {
            lines.push(format!("  {name:<30} {}", change(effect)));
        }
    }
    let of_group = |dimension: &str, group: &str| {
        let found = |one: &&Winner| one.policy == policy && one.dimension == dimension && one.group == group;
        comparison.winners.iter().find(found).filter(|one| one.people > 0.0)
    };
    lines.push(String::new());
    let everyone = of_group("all", "everyone").map(|one| group("everyone", one));
    let groups = GROUPS.iter().filter_map(|(dimension, key, name)| Some(group(name, of_group(dimension, key)?)));
    let groups: Vec<String> = everyone.into_iter().chain(groups).collect();
    if !groups.is_empty() {
        lines.push(format!(
            "  {:<24} {:<10} {:>8} {:>10} {:>8}   {}",
            "who", "", "gain", "unchanged", "lose", "mean, yuan a year"
        ));
        lines.extend(groups);
        lines.push(String::new());
    }
    let costs = COST.iter().filter_map(|(item, name)| {
        let cost = comparison.costs.iter().find(|cost| cost.policy == policy && cost.item == *item)?;
        let numbers = &cost.numbers;
        let scale = Scale::of(cost.unit, &[numbers.effect]).rounded();
        let interval = interval(&scale, numbers.low, numbers.high);
        Some(format!("  {name:<30} {} {}{interval}", scale.change(numbers.effect), scale.unit))
    });
    lines.extend(costs);
    lines.push(String::new());
    lines.extend(wrapped(&format!("Caveat: {}", caveat(comparison, policy))));
    lines.join("\n") + "\n"
}

fn interval(scale: &Scale, low: f64, high: f64) -> String {
    if low.is_finite() { format!(" ({} to {})", scale.change(low), scale.change(high)) } else { String::new() }
}

/// An effect with its interval, in points or per cent of the base.
fn change(effect: &Effect) -> String {
    let numbers = &effect.numbers;
    let unclear = if numbers.effect != 0.0 && numbers.sign() == 0 { ", unclear" } else { "" };
    let share = effect.unit == "share";
    let [mean, low, high] = if share {
        [numbers.effect, numbers.low, numbers.high]
    } else {
        [effect.relative, effect.relative_low, effect.relative_high]
    };
    let unit = if share { "points" } else { "%" };
    let of = |value: f64| signed(100.0 * value, 2);
    let interval = if low.is_finite() { format!(" ({} to {})", of(low), of(high)) } else { String::new() };
    let scale = Scale::of(effect.unit, &[numbers.base, numbers.with_policy]);
    let level = |value: f64| if share { plain(100.0 * value, 1) } else { scale.level(value) };
    // Whose year and whose income is meant, the name of the quantity says.
    let short = scale.unit.replace("per person and year", "a year").replace("per year", "a year");
    format!(
        "{} {unit}{interval}{unclear}; {} -> {} {}",
        of(mean),
        level(numbers.base),
        level(numbers.with_policy),
        short
    )
}

/// A group: the word follows the majority, the mean stands beside it.
fn group(name: &str, winner: &Winner) -> String {
    let share =
        |share: f64| if share.is_finite() { format!("{} %", plain(100.0 * share, 1)) } else { "–".to_owned() };
    let (better, worse) = (winner.better_share, winner.worse_share);
    format!(
        "  {name:<24} {:<10} {:>8} {:>10} {:>8}   {}",
        verdict(winner),
        share(better),
        share((1.0 - better - worse).max(0.0)),
        share(worse),
        signed(winner.equivalent_variation, 0)
    )
}

/// The first thing to keep in mind: too few runs, a figure outside what is published, or what intervals leave out.
fn caveat(comparison: &Comparison, policy: &str) -> String {
    if comparison.seeds.len() < 2 {
        return "one pair of runs gives no interval; name more --seeds.".to_owned();
    }
    let outside =
        comparison.effects.iter().filter(|effect| effect.policy == policy && effect.quantity != EQUIVALENT_VARIATION);
    let outside = outside.flat_map(|effect| effect.published.iter().map(move |one| (effect, one)));
    if let Some((effect, one)) = outside.into_iter().find(|(_, one)| matches!(one.verdict, "above" | "below")) {
        return format!(
            "the effect on {} lies {} what is published. {}.",
            effect.quantity.replace('_', " "),
            one.verdict,
            one.reason
        );
    }
    "intervals cover random numbers, not assumptions: other parameters can change the answer.".to_owned()
}

/// A text in lines that fit the screen.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::from(" ")];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is a line");
        if last.chars().count() + word.chars().count() + 1 > COLUMNS {
            lines.push(format!("  {word}"));
        } else {
            last.push(' ');
            last.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_caveat_is_broken_into_lines_that_fit() {
        let lines = wrapped(&"several words of a long caveat ".repeat(12));
        assert!(lines.len() > 3 && lines.iter().all(|line| line.chars().count() <= COLUMNS), "{lines:?}");
    }
}
