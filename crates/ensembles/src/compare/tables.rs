//! A comparison as tables for files: one row for each effect, group, item, city, run and term.

use simulation::record::table::{Cell, Field, Kind, Table};

use super::{Comparison, Numbers};

/// Names of the tables, in the order of the files.
pub const TABLES: [&str; 7] = ["effects", "winners", "costs", "cities", "paths", "runs", "interactions"];

const UNIT: &str = "as in column unit";
const YUAN_PERSON: &str = "constant yuan per person and year";

/// A table in the making; texts are numbered as they come.
struct TableBuilder(Table);

/// What a row holds.
enum Value<'a> {
    Text(&'a str),
    Real(f64),
    Integer(i64),
    Flag(bool),
}

use Value::{Flag, Integer, Real, Text};

impl TableBuilder {
    fn new(name: &'static str, fields: Vec<Field>) -> Self {
        Self(Table::new(name, fields, Vec::new()))
    }

    fn push(&mut self, row: &[Value]) {
        let table = &mut self.0;
        let mut number = |text: &str| {
            let known = table.names.iter().position(|name| name == text);
            known.unwrap_or_else(|| {
                table.names.push(text.to_owned());
                table.names.len() - 1
            })
        };
        let cells: Vec<Cell> = row
            .iter()
            .map(|value| match value {
                Text(text) => Cell::Name(number(text) as u32),
                Real(real) => Cell::Real(if real.is_finite() { *real } else { f64::NAN }),
                Integer(integer) => Cell::Integer(*integer),
                Flag(flag) => Cell::Flag(*flag),
            })
            .collect();
        table.push(&cells);
    }
}

fn field(name: &str, kind: Kind, unit: &str, about: &str) -> Field {
    Field { name: name.to_owned(), unit: unit.to_owned(), about: about.to_owned(), kind }
}

fn name(name: &str, about: &str) -> Field {
    field(name, Kind::Name, "", about)
}

fn real(name: &str, unit: &str, about: &str) -> Field {
    field(name, Kind::Real, unit, about)
}

/// Columns of [`Numbers`].
fn numbers(unit: &str) -> Vec<Field> {
    vec![
        real("base", unit, "Mean over seeds without the policy."),
        real("with_policy", unit, "Mean over seeds with the policy."),
        real("effect", unit, "Mean of the paired differences."),
        real("low", unit, "Lower end of its 95 % interval, Student's t over the pairs."),
        real("high", unit, "Upper end of the interval."),
        real("standard_error", unit, "Standard error of the mean difference."),
        field("pairs", Kind::Integer, "pairs of runs", "Pairs in which the quantity is defined."),
    ]
}

fn cells(numbers: &Numbers) -> [Value<'static>; 7] {
    let Numbers { base, with_policy, effect, low, high, standard_error, pairs } = *numbers;
    [Real(base), Real(with_policy), Real(effect), Real(low), Real(high), Real(standard_error), Integer(pairs as i64)]
}

/// The tables of a comparison; that of interactions only where every combination was run.
#[must_use]
pub fn tables(comparison: &Comparison) -> Vec<Table> {
    let mut tables = vec![
        effects(comparison),
        winners(comparison),
        costs(comparison),
        cities(comparison),
        paths(comparison),
        runs(comparison),
    ];
    if !comparison.interactions.is_empty() {
        tables.push(interactions(comparison));
    }
    tables
}

const POLICY: &str = "The policy, or the policies that act together.";

fn effects(comparison: &Comparison) -> Table {
    let mut fields = vec![name("policy", POLICY), name("quantity", "The quantity."), name("unit", "Its unit.")];
    fields.push(field("headline", Kind::Flag, "", "Whether it belongs on the first page."));
    fields.extend(numbers(UNIT));
    fields.extend([
        real("relative", "share of the base", "Mean over seeds of the difference as a share of the base; of an equivalent variation, of mean real income."),
        real("relative_low", "share of the base", "Lower end of its 95 % interval."),
        real("relative_high", "share of the base", "Upper end of the interval."),
        real("unpaired_standard_error", UNIT, "Standard error that as many runs with luck of their own in each world would have."),
        real("standard_error_ratio", "ratio", "Unpaired over paired standard error; null where pairs do not vary."),
        real("variance_ratio", "ratio", "Its square: how many times fewer runs pairing needs for the same precision."),
        name("published", "Published bands, as shares of the base, with their sources; empty where none is known."),
    ]);
    let mut making = TableBuilder::new("effects", fields);
    for effect in &comparison.effects {
        let published: Vec<String> = effect
            .published
            .iter()
            .map(|one| {
                let upper = if one.high.is_finite() { one.high.to_string() } else { "any".to_owned() };
                format!("{} to {upper} ({}): {}", one.low, one.source, one.verdict)
            })
            .collect();
        let published = published.join("; ");
        let mut row = vec![Text(&effect.policy), Text(&effect.quantity), Text(effect.unit), Flag(effect.headline)];
        row.extend(cells(&effect.numbers));
        row.extend([
            Real(effect.relative),
            Real(effect.relative_low),
            Real(effect.relative_high),
            Real(effect.unpaired_standard_error),
            Real(effect.standard_error_ratio),
            Real(effect.variance_ratio),
            Text(&published),
        ]);
        making.push(&row);
    }
    making.0
}

fn winners(comparison: &Comparison) -> Table {
    let mut fields = vec![
        name("policy", POLICY),
        name("dimension", "By what people are grouped."),
        name("group", "The group, as people are without the policy."),
        real("people", "persons", "Persons of the group who are in both worlds, with their dependants."),
    ];
    fields.extend(numbers(YUAN_PERSON).into_iter().map(|field| match field.name.as_str() {
        "base" => real("base", YUAN_PERSON, "Mean real income of these persons without the policy."),
        "with_policy" => real("with_policy", YUAN_PERSON, "Mean real income of the same persons with the policy."),
        _ => field,
    }));
    fields.extend([
        real("equivalent_variation", YUAN_PERSON, "What the policy is worth to them, see docs/outcomes.md."),
        real("equivalent_variation_low", YUAN_PERSON, "Lower end of its 95 % interval."),
        real("equivalent_variation_high", YUAN_PERSON, "Upper end of the interval."),
        real("better_share", "share", "Share of them who are better off by equivalent variation."),
        real(
            "worse_share",
            "share",
            "Share of them who are worse off; the rest are where they were to the last digit.",
        ),
        real(
            "members_base",
            "persons",
            "Members of the group in the world without the policy; null for groups that two worlds define.",
        ),
        real(
            "members_with_policy",
            "persons",
            "Members of the group in the world with the policy: other persons in part.",
        ),
        real(
            "members_real_income_base",
            YUAN_PERSON,
            "Mean real income of the members without the policy, as in table `groups` of a run.",
        ),
        real("members_real_income_with_policy", YUAN_PERSON, "The same with the policy."),
        real("members_effect", YUAN_PERSON, "Their difference, which shows also who joined and who left the group."),
        real("members_low", YUAN_PERSON, "Lower end of its 95 % interval."),
        real("members_high", YUAN_PERSON, "Upper end of the interval."),
    ]);
    let mut making = TableBuilder::new("winners", fields);
    for winner in &comparison.winners {
        let mut row = vec![Text(&winner.policy), Text(winner.dimension), Text(&winner.group), Real(winner.people)];
        row.extend(cells(&winner.real_income));
        row.extend(
            [
                winner.equivalent_variation,
                winner.equivalent_variation_low,
                winner.equivalent_variation_high,
                winner.better_share,
                winner.worse_share,
                winner.members_base,
                winner.members_with_policy,
                winner.members_real_income_base,
                winner.members_real_income_with_policy,
                winner.members_effect,
                winner.members_low,
                winner.members_high,
            ]
            .map(Real),
        );
        making.push(&row);
    }
    making.0
}

fn costs(comparison: &Comparison) -> Table {
    let mut fields = vec![
        name("policy", POLICY),
        name("item", "The item; `revenue`, `spending` and `balance` are totals."),
        name("side", "`revenue`, `spending`, `balance`, `transfer` between households, `debt` at the end."),
        name("unit", "Its unit. Flows are means from the first date at which a policy changes anything to the end."),
    ];
    fields.extend(numbers(UNIT));
    let mut making = TableBuilder::new("costs", fields);
    for cost in &comparison.costs {
        let mut row = vec![Text(&cost.policy), Text(cost.item), Text(cost.side.name()), Text(cost.unit)];
        row.extend(cells(&cost.numbers));
        making.push(&row);
    }
    making.0
}

fn cities(comparison: &Comparison) -> Table {
    let mut fields = vec![
        name("policy", POLICY),
        name("city", "Place."),
        name("quantity", "Column of table `cities` of a run, in the last quarter."),
        name("unit", "Its unit."),
    ];
    fields.extend(numbers(UNIT));
    let mut making = TableBuilder::new("cities", fields);
    for city in &comparison.cities {
        let mut row = vec![Text(&city.policy), Text(&city.city), Text(city.quantity), Text(&city.unit)];
        row.extend(cells(&city.numbers));
        making.push(&row);
    }
    making.0
}

fn paths(comparison: &Comparison) -> Table {
    let mut fields = vec![
        name("policy", POLICY),
        name("quantity", "The quantity; those that need single persons are stated for the end alone."),
        name("unit", "Its unit."),
        real("year", "years", "Date of the state: 2015 is that in which the year 2015 begins."),
    ];
    fields.extend(numbers(UNIT));
    let mut making = TableBuilder::new("paths", fields);
    for one in &comparison.paths {
        let mut row = vec![Text(&one.policy), Text(&one.quantity), Text(one.unit), Real(one.year)];
        row.extend(cells(&one.numbers));
        making.push(&row);
    }
    making.0
}

fn runs(comparison: &Comparison) -> Table {
    let mut fields = vec![
        field("run", Kind::Integer, "", "Number of the run, from 0."),
        name("policy", "`base`, or the policies of the run."),
        field("seed", Kind::Integer, "", "Seed of every draw."),
        name("state_hash", "Hash of the whole final state, as the manifest of the same `hinterland run` has it."),
    ];
    fields.extend(comparison.quantities.iter().map(|quantity| real(&quantity.name, quantity.unit, &quantity.about)));
    let mut making = TableBuilder::new("runs", fields);
    for (at, run) in comparison.runs.iter().enumerate() {
        let seed = Integer(i64::try_from(run.seed).expect("a plan holds no larger seed"));
        let mut row = vec![Integer(at as i64), Text(&run.policy), seed, Text(&run.state_hash)];
        row.extend(run.values.iter().copied().map(Real));
        making.push(&row);
    }
    making.0
}

fn interactions(comparison: &Comparison) -> Table {
    let fields = vec![
        name("term", "The policies, joined by ×."),
        field("order", Kind::Integer, "policies", "How many: 1 is a main effect."),
        name("quantity", "The quantity."),
        name("unit", "Its unit."),
        real(
            "effect",
            UNIT,
            "Of one policy its effect alone; of several, what they do together beyond all smaller terms.",
        ),
        real("low", UNIT, "Lower end of its 95 % interval, Student's t over seeds."),
        real("high", UNIT, "Upper end of the interval."),
        real("standard_error", UNIT, "Standard error over seeds."),
        real("together", UNIT, "Effect of all policies of the term together, against the base."),
        real("sum_of_parts", UNIT, "Sum of all smaller terms: of two policies, of their effects alone."),
    ];
    let mut making = TableBuilder::new("interactions", fields);
    for term in &comparison.interactions {
        making.push(&[
            Text(&term.term),
            Integer(term.order as i64),
            Text(&term.quantity),
            Text(term.unit),
            Real(term.effect),
            Real(term.low),
            Real(term.high),
            Real(term.standard_error),
            Real(term.together),
            Real(term.sum_of_parts),
        ]);
    }
    making.0
}
