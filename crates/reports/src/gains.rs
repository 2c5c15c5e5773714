//! Who gains and who loses, with the share of people unchanged; what a policy is worth by fifth of incomes; and what
//! the worth is made of.

use figures::{Column, Columns, Figure, Messages, Part, Parts, Row, Step, Waterfall};
use simulation::table::{NotRecorded, Tables};

use crate::comparison::Of;
use crate::series::{numbers, of_policy, table};

/// Dimensions that the figure of gains shows.
const SHOWN: [&str; 6] = ["all", "hukou", "skill", "income_fifth", "mobility", "settlement"];

/// Groups of a policy: shares of those who are better off, as they were, and worse off.
pub(crate) fn gains(of: &Of) -> Result<Option<Figure>, NotRecorded> {
    let Some(winners) = table(of.tables, "winners") else { return Ok(None) };
    let rows = winners.all();
    let (dimensions, groups) = (rows.names("dimension")?, rows.names("group")?);
    let (better, worse) = (rows.reals("better_share")?, rows.reals("worse_share")?);
    let people = rows.reals("people")?;
    let of_rows = of_policy(winners, of.policy)?;
    let shown = |row: &&usize| SHOWN.contains(&dimensions[**row]) && people[**row] > 0.0 && better[**row].is_finite();
    let row = |&row: &usize| Row {
        name: of.messages.name("group", groups[row]),
        shares: vec![better[row], (1.0 - better[row] - worse[row]).max(0.0), worse[row]],
    };
    let parts = Parts {
        head: of.head("gains", of.messages.text("page.gains"), of.messages.text("page.gains_about")),
        parts: vec![
            Part::Colour(of.messages.text("page.better").to_owned(), 0),
            Part::Neutral(of.messages.text("page.unchanged").to_owned()),
            Part::Colour(of.messages.text("page.worse").to_owned(), 1),
        ],
        rows: of_rows.iter().filter(shown).map(row).collect(),
        gains: true,
    };
    Ok((!parts.rows.is_empty()).then(|| parts.figure(of.messages)))
}

/// What the policy is worth by fifth of incomes.
pub(crate) fn fifths(of: &Of) -> Result<Option<Figure>, NotRecorded> {
    let Some(winners) = table(of.tables, "winners") else { return Ok(None) };
    let rows = winners.all();
    let (dimensions, groups) = (rows.names("dimension")?, rows.names("group")?);
    let worth = rows.reals("equivalent_variation")?;
    let (low, high) = (rows.reals("equivalent_variation_low")?, rows.reals("equivalent_variation_high")?);
    let of_rows = of_policy(winners, of.policy)?;
    let column = |&row: &usize| Column {
        name: of.messages.name("group", groups[row]),
        value: worth[row],
        interval: (low[row], high[row]),
    };
    let columns = Columns {
        head: of.head("worth-by-income", of.messages.text("page.worth"), of.messages.text("page.worth_about")),
        unit: "constant yuan per person and year".to_owned(),
        columns: of_rows.iter().filter(|row| dimensions[**row] == "income_fifth").map(column).collect(),
    };
    Ok((!columns.columns.is_empty()).then(|| columns.figure(of.messages)))
}

/// The parts of a group's equivalent variation, where the comparison holds them; the first group is everyone.
pub(crate) fn reconciliation(of: &Of) -> Result<Option<Figure>, NotRecorded> {
    let Some(parts) = table(of.tables, "reconciliation") else { return Ok(None) };
    let rows = parts.all();
    let (groups, items, values) = (rows.names("group")?, rows.names("item")?, numbers(parts, "value")?);
    let units = rows.names("unit")?;
    let of_rows = of_policy(parts, of.policy)?;
    let Some(&first) = of_rows.first() else { return Ok(None) };
    let group: Vec<usize> = of_rows.into_iter().filter(|row| groups[*row] == groups[first]).collect();
    let worth = |row: &usize| items[*row] == "equivalent_variation";
    let step = |&row: &usize| Step { name: item(of.messages, items[row]), value: values[row] };
    let steps: Vec<Step> = group.iter().filter(|row| !worth(row)).map(step).collect();
    let end = group
        .iter()
        .find(|row| worth(row))
        .map_or_else(|| mean_worth(of.tables, of.policy, groups[first]).unwrap_or(f64::NAN), |row| values[*row]);
    let unit = units[first].to_owned();
    let whole = if end.is_finite() { end } else { steps.iter().map(|step| step.value).sum() };
    let waterfall = Waterfall {
        head: of.head("reconciliation", of.messages.text("page.worth"), of.messages.text("page.reconciliation")),
        unit,
        from: None,
        steps,
        to: Step { name: of.messages.text("page.worth").to_owned(), value: whole },
    };
    Ok(Some(waterfall.figure(of.messages)))
}

fn item(messages: &Messages, key: &str) -> String {
    messages.name("item", key)
}

/// The equivalent variation of a group in table `winners`.
fn mean_worth(tables: &Tables, policy: &str, group: &str) -> Option<f64> {
    let winners = table(tables, "winners")?;
    let rows = winners.all();
    let (groups, worth) = (rows.names("group").ok()?, rows.reals("equivalent_variation").ok()?);
    of_policy(winners, policy).ok()?.into_iter().find(|row| groups[*row] == group).map(|row| worth[row])
}
