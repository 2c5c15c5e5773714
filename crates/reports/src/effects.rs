//! Effects of a policy: over time with fans, by place, on public money, and as a table.

use ensembles::statistics::student_quantile;
use figures::{Across, Bar, Bars, Cell, Change, DataTable, Fan, Field, Figure, Line, Lines, Map, Marks, Measure, Rule};
use simulation::table::NotRecorded;

use crate::comparison::Of;
use crate::series::{numbers, of_policy, table};
use crate::words::quantity;

/// Quantities that are drawn over time.
const OVER_TIME: [&str; 6] =
    ["urbanisation", "registered_urbanisation", "gdp", "real_income", "centre_population_share", "levy"];
/// Per cent of the fans of an effect.
const FANS: [u8; 3] = [95, 80, 50];

/// Both worlds over time, and the difference with its fans, for each quantity.
pub(crate) fn over_time(of: &Of) -> Result<Vec<Figure>, NotRecorded> {
    let Some(paths) = table(of.tables, "paths") else { return Ok(Vec::new()) };
    let rows = paths.all();
    let (quantities, units) = (rows.names("quantity")?, rows.names("unit")?);
    let [years, base, with] = ["year", "base", "with_policy"].map(|name| numbers(paths, name));
    let (years, base, with) = (years?, base?, with?);
    let [effect, error, pairs] = ["effect", "standard_error", "pairs"].map(|name| numbers(paths, name));
    let (effect, error, pairs) = (effect?, error?, pairs?);
    let [low, high] = ["low", "high"].map(|name| numbers(paths, name));
    let (low, high) = (low?, high?);
    let of_rows = of_policy(paths, of.policy)?;
    let mut found = Vec::new();
    for key in OVER_TIME {
        let rows: Vec<usize> = of_rows.iter().copied().filter(|row| quantities[*row] == key).collect();
        let Some(&last) = rows.last() else { continue };
        if rows.len() < 2 {
            continue;
        }
        let name = quantity(of.messages, key);
        let line = |letter: &str, label: String, colour: usize, values: &[f64]| Line {
            key: letter.to_owned(),
            name: label,
            colour,
            points: rows.iter().map(|row| (years[*row], values[*row])).collect(),
            fans: Vec::new(),
        };
        let rules =
            of.reforms.iter().map(|&at| Rule { at, name: of.messages.text("page.reform").to_owned() }).collect();
        let change = Change {
            policy: of.messages.text("page.the_policy").to_owned(),
            effect: effect[last],
            low: low[last],
            high: high[last],
        };
        let both = Lines {
            head: of.head(&format!("path-{}", key.replace('_', "-")), &name, &name),
            unit: units[last].to_owned(),
            across: Across::Years,
            lines: vec![
                line("A", of.messages.text("page.base").to_owned(), 0, &base),
                line("B", of.messages.text("page.with_policy").to_owned(), 1, &with),
            ],
            rules,
            span: None,
            limits: None,
            change: Some(change),
            differences: false,
        };
        found.push(both.figure(of.messages));
        let mut difference = line("difference", of.messages.text("page.difference").to_owned(), 0, &effect);
        let fan = |coverage: u8| {
            let tail = 0.5 - f64::from(coverage) / 200.0;
            let ends = |row: &usize| {
                let reach =
                    if error[*row] > 0.0 { student_quantile(tail, pairs[*row] - 1.0) * error[*row] } else { 0.0 };
                (years[*row], effect[*row] - reach, effect[*row] + reach)
            };
            Fan { coverage, points: rows.iter().filter(|row| pairs[**row] > 1.0).map(ends).collect() }
        };
        difference.fans = FANS.map(fan).to_vec();
        let what = of.messages.with("page.effect_on", &[("name", &name)]);
        let about = of.messages.text("page.difference_bands");
        let lines = Lines {
            head: of.head(&format!("difference-{}", key.replace('_', "-")), &what, &format!("{what}; {about}")),
            differences: true,
            lines: vec![difference],
            change: None,
            ..both
        };
        found.push(lines.figure(of.messages));
    }
    Ok(found)
}

/// Quantities of places that are mapped, as changes relative to the base.
const MAPPED: [&str; 3] = ["urban_population", "wage", "rent"];

/// Difference maps.
pub(crate) fn maps(of: &Of) -> Result<Vec<Figure>, NotRecorded> {
    let Some(cities) = table(of.tables, "cities") else { return Ok(Vec::new()) };
    let rows = cities.all();
    let (keys, quantities) = (rows.names("city")?, rows.names("quantity")?);
    let (base, effect) = (numbers(cities, "base")?, numbers(cities, "effect")?);
    let of_rows = of_policy(cities, of.policy)?;
    let values = |quantity: &str| -> Vec<[f64; 2]> {
        let of_place = |place: &scenario::place::Place| {
            let found = of_rows.iter().find(|row| keys[**row] == place.key && quantities[**row] == quantity);
            found.map_or([f64::NAN; 2], |row| [base[*row], effect[*row]])
        };
        of.scenario.places.iter().map(of_place).collect()
    };
    let people: Vec<f64> = values(MAPPED[0]).iter().map(|pair| pair[0]).collect();
    let map = |key: &str| {
        let name = quantity(of.messages, key);
        let what = of.messages.with("page.change_of", &[("name", &name)]);
        let map = Map {
            head: of.head(&format!("map-{}", key.replace('_', "-")), &what, &what),
            unit: "relative".to_owned(),
            places: of.places.clone(),
            marks: Marks::Circles {
                what: of.messages.text("page.city_people").to_owned(),
                unit: "persons".to_owned(),
                counts: people.clone(),
            },
            rates: values(key).iter().map(|[base, effect]| effect / base).collect(),
            changes: true,
        };
        map.figure(of.messages)
    };
    Ok(MAPPED.map(map).to_vec())
}

/// Public money by item.
pub(crate) fn costs(of: &Of) -> Result<Option<Figure>, NotRecorded> {
    let Some(costs) = table(of.tables, "costs") else { return Ok(None) };
    let rows = costs.all();
    let (items, units) = (rows.names("item")?, rows.names("unit")?);
    let [effect, low, high] = ["effect", "low", "high"].map(|name| numbers(costs, name));
    let (effect, low, high) = (effect?, low?, high?);
    let flows: Vec<usize> =
        of_policy(costs, of.policy)?.into_iter().filter(|row| units[*row].ends_with("per year")).collect();
    let bar = |&row: &usize| Bar {
        name: of.messages.name("item", items[row]),
        value: effect[row],
        interval: low[row].is_finite().then_some((low[row], high[row])),
    };
    let bars = Bars {
        head: of.head("cost", of.messages.text("page.cost"), of.messages.text("page.cost_about")),
        unit: "constant yuan per year".to_owned(),
        changes: true,
        bars: flows.iter().map(bar).collect(),
    };
    Ok((!bars.bars.is_empty()).then(|| bars.figure(of.messages)))
}

/// Headline effects with their intervals.
pub(crate) fn effects(of: &Of) -> Result<DataTable, NotRecorded> {
    let Some(effects) = table(of.tables, "effects") else { return Ok(DataTable::default()) };
    let rows = effects.all();
    let (quantities, units) = (rows.names("quantity")?, rows.names("unit")?);
    let columns = ["base", "with_policy", "effect", "low", "high"];
    let values: Vec<Vec<f64>> = columns.iter().map(|name| numbers(effects, name)).collect::<Result<_, _>>()?;
    let headline = effects.column("headline");
    let is_headline = |row: usize| match headline {
        Some(simulation::table::Values::Flag(flags)) => flags[row],
        _ => true,
    };
    let text = |key: &str| of.messages.text(key).to_owned();
    let mut fields = vec![Field::new(&text("page.quantity")), Field::new(&text("page.unit"))];
    for key in ["page.base", "page.with_policy", "figure.change", "page.low", "page.high"] {
        fields.push(Field::new(&text(key)));
    }
    let row = |row: usize| {
        let unit = units[row];
        let measure = Measure::of(of.messages, unit, [values[0][row], values[1][row]]).for_changes([values[2][row]]);
        let mut cells = vec![Cell::Text(quantity(of.messages, quantities[row])), Cell::Text(measure.unit.clone())];
        cells.extend(values[..2].iter().map(|column| Cell::Number(column[row], measure.level(column[row]))));
        cells.extend(values[2..].iter().map(|column| Cell::Number(column[row], measure.change(column[row]))));
        cells
    };
    let of_rows = of_policy(effects, of.policy)?;
    Ok(DataTable { fields, rows: of_rows.into_iter().filter(|at| is_headline(*at)).map(row).collect() })
}
