//! Who gains, what it costs, where it happens, and what policies do together.

use ensembles::compare::{Comparison, DIMENSIONS, Numbers, Winner, YearEffect};

use super::table::{MarkdownTable, Scale, percent, plain};

/// Rows of places that are printed; the rest is in the files.
const PLACES_SHOWN: usize = 20;

/// On which side of zero an interval puts a figure.
fn direction(low: f64, high: f64) -> &'static str {
    if low > 0.0 {
        "gains"
    } else if high < 0.0 {
        "loses"
    } else if low == 0.0 && high == 0.0 {
        "as before"
    } else {
        "unclear"
    }
}

/// What happens to a group, by the majority of its members: a mean can be a gain where most lose.
pub(super) fn verdict(winner: &Winner) -> &'static str {
    let (better, worse) = (winner.better_share, winner.worse_share);
    if better == 0.0 && worse == 0.0 {
        "as before"
    } else if better > 0.5 {
        "most gain"
    } else if worse > 0.5 {
        "most lose"
    } else if better.is_finite() {
        "mixed"
    } else {
        "unclear"
    }
}

pub(super) fn winners(comparison: &Comparison, policy: &str) -> String {
    let mut text = String::from(
        "### Who gains and who loses\n\nThe same persons in both worlds, grouped as they are without the policy; yuan per person and year.\n\n",
    );
    let head = [
        "by",
        "group",
        "verdict",
        "people",
        "real income",
        "change",
        "95 % interval",
        "of base",
        "worth",
        "95 % interval",
        "better off",
        "worse off",
    ];
    let mut table = MarkdownTable::new(3, &head);
    let mut left_out = false;
    for (dimension, _) in DIMENSIONS {
        let of_dimension =
            |winner: &&Winner| winner.policy == policy && winner.dimension == dimension && winner.people > 0.0;
        let rows: Vec<&Winner> = comparison.winners.iter().filter(of_dimension).collect();
        if dimension == "origin" && rows.len() > PLACES_SHOWN {
            left_out = true;
            continue;
        }
        for winner in rows {
            let income = &winner.real_income;
            let scale = Scale::of("", &[income.base, income.with_policy]);
            let (low, high) = (winner.equivalent_variation_low, winner.equivalent_variation_high);
            table.row(vec![
                dimension.to_owned(),
                winner.group.clone(),
                verdict(winner).to_owned(),
                plain(winner.people, 0),
                scale.level(income.base),
                scale.change(income.effect),
                scale.interval(income.low, income.high),
                percent(income.effect / income.base),
                scale.change(winner.equivalent_variation),
                scale.interval(low, high),
                share(winner.better_share),
                share(winner.worse_share),
            ]);
        }
    }
    text.push_str(&table.text());
    text.push_str("\n`worth` is the equivalent variation: the gift without the policy that would be worth as much, on average; `verdict` follows the majority of the group, not its mean.\n");
    for winner in comparison.winners.iter().filter(|winner| winner.policy == policy) {
        for one in &winner.published {
            let met = match one.verdict {
                "within" => "so it is here".to_owned(),
                "none" => "nothing changes here".to_owned(),
                _ => format!("here it is unclear, or otherwise. {}", one.reason),
            };
            text.push_str(&format!("Published about {} people: {}: {met}.\n", winner.group, one.source));
        }
    }
    if left_out {
        text.push_str("Groups by origin are in --json and in winners.parquet.\n");
    }
    text
}

fn share(share: f64) -> String {
    if share.is_finite() { format!("{} %", plain(100.0 * share, 1)) } else { "–".to_owned() }
}

pub(super) fn costs(comparison: &Comparison, policy: &str) -> String {
    let mut table = MarkdownTable::new(3, &["item", "side", "unit", "base", "policy", "effect", "95 % interval"]);
    for cost in comparison.costs.iter().filter(|cost| cost.policy == policy) {
        let numbers = &cost.numbers;
        let scale = Scale::of(cost.unit, &[numbers.base, numbers.with_policy]);
        let mut row = vec![cost.item.to_owned(), cost.side.name().to_owned(), scale.unit.clone()];
        row.extend(figures(&scale, numbers));
        table.row(row);
    }
    if table.is_empty() {
        return String::new();
    }
    let (from, until) = (comparison.costs_from, comparison.until);
    format!("### Public cost and revenue\n\nMeans by the year from {from} to {until}.\n\n{}", table.text())
}

fn figures(scale: &Scale, numbers: &Numbers) -> [String; 4] {
    [
        scale.level(numbers.base),
        scale.level(numbers.with_policy),
        scale.change(numbers.effect),
        scale.interval(numbers.low, numbers.high),
    ]
}

/// Quantities that are printed year by year.
const OVER_TIME: [&str; 6] =
    ["urbanisation", "registered_urbanisation", "centre_population_share", "gdp", "real_income", "levy"];
/// Years that are printed at most.
const YEARS_SHOWN: usize = 12;

pub(super) fn paths(comparison: &Comparison, policy: &str) -> String {
    let find = |quantity: &str| -> Vec<_> {
        let of = |one: &&YearEffect| one.policy == policy && one.quantity == quantity;
        comparison.paths.iter().filter(of).collect()
    };
    let columns: Vec<Vec<&YearEffect>> = OVER_TIME.map(find).into_iter().filter(|column| !column.is_empty()).collect();
    let Some(years) = columns.iter().map(Vec::len).min().filter(|years| *years > 1) else { return String::new() };
    let scale = |column: &[&YearEffect]| {
        let levels: Vec<f64> = column.iter().flat_map(|one| [one.numbers.base, one.numbers.with_policy]).collect();
        Scale::of(column[0].unit, &levels)
    };
    let scales: Vec<Scale> = columns.iter().map(|column| scale(column)).collect();
    let mut head = vec!["end of year".to_owned()];
    for (column, scale) in columns.iter().zip(&scales) {
        let unit = if column[0].unit == "share" { "points" } else { &scale.unit };
        head.push(format!("{}, {unit}", column[0].quantity));
    }
    let mut table = MarkdownTable::new(1, &head.iter().map(String::as_str).collect::<Vec<_>>());
    for year in (0..years).rev().step_by(years.div_ceil(YEARS_SHOWN)).collect::<Vec<_>>().into_iter().rev() {
        let mut row = vec![format!("{}", columns[0][year].year - 1.0)];
        for (column, scale) in columns.iter().zip(&scales) {
            let numbers = &column[year].numbers;
            let text = scale.change(numbers.effect);
            row.push(if numbers.sign() == 0 && numbers.effect != 0.0 { format!("({text})") } else { text });
        }
        table.row(row);
    }
    format!(
        "### Year by year\n\nEffects at the end of each year; in brackets where the 95 % interval holds zero.\n\n{}",
        table.text()
    )
}

/// Quantities of cities that are printed, as changes relative to the base.
const OF_CITIES: [(&str, &str); 6] = [
    ("urban_population", "city people"),
    ("registered", "registered"),
    ("wage", "wage"),
    ("rent", "rent"),
    ("value_added", "value added"),
    ("service_output", "services"),
];

pub(super) fn cities(comparison: &Comparison, policy: &str) -> String {
    let find = |city: &str, quantity: &str| {
        let found =
            comparison.cities.iter().find(|one| one.policy == policy && one.city == city && one.quantity == quantity);
        found.map(|one| one.numbers)
    };
    let mut keys: Vec<&str> = Vec::new();
    for one in comparison.cities.iter().filter(|one| one.policy == policy && one.quantity == OF_CITIES[0].0) {
        keys.push(&one.city);
    }
    let all = keys.len();
    if all > PLACES_SHOWN {
        let size = |city: &&str| find(city, OF_CITIES[0].0).map_or(0.0, |numbers| numbers.effect.abs());
        keys.sort_by(|one, other| size(other).total_cmp(&size(one)));
        keys.truncate(PLACES_SHOWN);
    }
    let mut head = vec!["city", "city people, base"];
    head.extend(OF_CITIES.map(|(_, name)| name));
    let mut table = MarkdownTable::new(1, &head);
    for city in keys {
        let people = find(city, OF_CITIES[0].0).map_or(f64::NAN, |numbers| numbers.base);
        let mut row = vec![city.to_owned(), plain(people, 0)];
        row.extend(
            OF_CITIES
                .map(|(quantity, _)| find(city, quantity).map_or_else(|| "–".to_owned(), |numbers| relative(&numbers))),
        );
        table.row(row);
    }
    let mut text = format!(
        "### Cities\n\nChange against the base in the last quarter; in brackets where the 95 % interval holds zero.\n\n{}",
        table.text()
    );
    if all > PLACES_SHOWN {
        text.push_str(&format!(
            "\nThe {PLACES_SHOWN} cities of {all} that change most; all are in --json and in cities.parquet.\n"
        ));
    }
    text
}

fn relative(numbers: &Numbers) -> String {
    let text = percent(numbers.effect / numbers.base);
    if numbers.sign() == 0 && numbers.effect != 0.0 { format!("({text})") } else { text }
}

pub(super) fn interactions(comparison: &Comparison) -> String {
    let head = ["quantity", "term", "unit", "effect", "95 % interval", "together", "smaller terms", "verdict"];
    let mut table = MarkdownTable::new(3, &head);
    let mut notes = String::new();
    for term in comparison.interactions.iter().filter(|term| term.headline) {
        let of_quantity = comparison.interactions.iter().filter(|one| one.quantity == term.quantity);
        let levels: Vec<f64> = of_quantity.flat_map(|one| [one.together, one.sum_of_parts]).collect();
        let scale = Scale::of(term.unit, &levels);
        let verdict = match (term.order, direction(term.low, term.high)) {
            (1, _) => "",
            (_, "gains") => "above the sum",
            (_, "loses") => "below the sum",
            (_, "as before") => "is the sum",
            _ => "unclear",
        };
        let unit = if term.unit == "share" { "points".to_owned() } else { scale.unit.clone() };
        table.row(vec![
            term.quantity.clone(),
            term.term.clone(),
            unit,
            scale.change(term.effect),
            scale.interval(term.low, term.high),
            scale.change(term.together),
            scale.change(term.sum_of_parts),
            verdict.to_owned(),
        ]);
        for one in &term.published {
            let hand = if one.second_hand { " (read in a note about it)" } else { "" };
            let gap = if one.verdict == "below" { format!(": here it is not. {}", one.reason) } else { String::new() };
            notes.push_str(&format!(
                "{} is published as more than the sum: {}{hand}{gap}.\n",
                term.quantity, one.source
            ));
        }
    }
    let mut text = format!(
        "## Together\n\nA single policy's term is its effect alone; that of several is what they do together beyond all smaller terms.\n\n{}",
        table.text()
    );
    if !notes.is_empty() {
        text.push_str(&format!("\n{notes}"));
    }
    text
}
