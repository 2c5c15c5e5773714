//! A comparison as tables for files: one row for each effect, group, item, city, run and term.

use simulation::record::columns::{Columns, TableRow};
use simulation::table::{Table, Values};

use super::{CityEffect, Comparison, Cost, Effect, Interaction, Numbers, Published, Run, Winner, YearEffect};

/// Names of the tables, in the order of the files.
pub const TABLES: [&str; 7] = ["effects", "winners", "costs", "cities", "paths", "runs", "interactions"];

const UNIT: &str = "as in column unit";
const BASE_SHARE: &str = "share of the base";
const YUAN_PERSON: &str = "constant yuan per person and year";
const POLICY: &str = "The policy, or the policies that act together.";
const BASE: &str = "Mean over seeds without the policy.";
const WITH_POLICY: &str = "Mean over seeds with the policy.";

/// A run and its number, from 0.
struct Numbered;

impl TableRow for Numbered {
    type At<'a> = (usize, &'a Run);
}

macro_rules! rows {
    ($($row:ty),+) => {
        $(impl TableRow for $row {
            type At<'a> = &'a Self;
        })+
    };
}

rows!(Effect, Winner, Cost, CityEffect, YearEffect, Interaction);

/// Adds the columns of [`Numbers`], of which `base` and `with_policy` are described by the caller.
fn numbers<R: TableRow, F>(columns: Columns<R>, unit: &str, [base, with_policy]: [&str; 2], of: F) -> Columns<R>
where
    F: for<'a> Fn(&R::At<'a>) -> Numbers + Copy + Send + Sync + 'static,
{
    columns
        .real("base", unit, base, move |row| of(row).base)
        .real("with_policy", unit, with_policy, move |row| of(row).with_policy)
        .real("effect", unit, "Mean of the paired differences.", move |row| of(row).effect)
        .real("low", unit, "Lower end of its 95 % interval, Student's t over the pairs.", move |row| of(row).low)
        .real("high", unit, "Upper end of the interval.", move |row| of(row).high)
        .real("standard_error", unit, "Standard error of the mean difference.", move |row| of(row).standard_error)
        .integer("pairs", "pairs of runs", "Pairs in which the quantity is defined.", move |row| of(row).pairs as i64)
}

/// A table with these rows. What is infinite is not defined.
fn filled<'a, R: TableRow>(columns: &Columns<R>, rows: impl IntoIterator<Item = R::At<'a>>) -> Table {
    let mut table = columns.with_rows(rows);
    for values in &mut table.values {
        if let Values::Real(values) = values {
            values.iter_mut().filter(|value| !value.is_finite()).for_each(|value| *value = f64::NAN);
        }
    }
    table
}

/// The tables of a comparison; that of interactions only where every combination was run.
#[must_use]
pub fn tables(comparison: &Comparison) -> Vec<Table> {
    let mut tables = vec![
        filled(&effects(), comparison.effects.iter()),
        filled(&winners(), comparison.winners.iter()),
        filled(&costs(), comparison.costs.iter()),
        filled(&cities(), comparison.cities.iter()),
        filled(&paths(), comparison.paths.iter()),
        runs(comparison),
    ];
    if !comparison.interactions.is_empty() {
        tables.push(filled(&interactions(), comparison.interactions.iter()));
    }
    tables
}

fn effects() -> Columns<Effect> {
    let columns = Columns::<Effect>::new("effects")
        .text("policy", POLICY, |row| row.policy.clone())
        .text("quantity", "The quantity.", |row| row.quantity.clone())
        .text("unit", "Its unit.", |row| row.unit.to_owned())
        .flag("headline", "Whether it belongs on the first page.", |row| row.headline);
    numbers(columns, UNIT, [BASE, WITH_POLICY], |row| row.numbers)
        .real("relative", BASE_SHARE, "Mean over seeds of the difference as a share of the base; of an equivalent variation, of mean real income.", |row| row.relative)
        .real("relative_low", BASE_SHARE, "Lower end of its 95 % interval.", |row| row.relative_low)
        .real("relative_high", BASE_SHARE, "Upper end of the interval.", |row| row.relative_high)
        .real("unpaired_standard_error", UNIT, "Standard error of as many runs with independent random numbers in each world.", |row| row.unpaired_standard_error)
        .real("standard_error_ratio", "ratio", "Unpaired over paired standard error; null where pairs do not vary.", |row| row.standard_error_ratio)
        .real("variance_ratio", "ratio", "Its square: how many times fewer runs pairing needs for the same precision.", |row| row.variance_ratio)
        .text("published", "Published bands, as shares of the base, with their sources; empty where none is known.", |row| {
            row.published.iter().map(band).collect::<Vec<_>>().join("; ")
        })
}

fn band(one: &Published) -> String {
    let upper = if one.high.is_finite() { one.high.to_string() } else { "any".to_owned() };
    format!("{} to {upper} ({}): {}", one.low, one.source, one.verdict)
}

fn winners() -> Columns<Winner> {
    let columns = Columns::<Winner>::new("winners")
        .text("policy", POLICY, |row| row.policy.clone())
        .text("dimension", "By what people are grouped.", |row| row.dimension.to_owned())
        .text("group", "The group, as people are without the policy.", |row| row.group.clone())
        .real("people", "persons", "Persons of the group who are in both worlds, with their dependants.", |row| {
            row.people
        });
    let abouts = [
        "Mean real income of these persons without the policy.",
        "Mean real income of the same persons with the policy.",
    ];
    numbers(columns, YUAN_PERSON, abouts, |row| row.real_income)
        .real("equivalent_variation", YUAN_PERSON, "What the policy is worth to them, see docs/outcomes.md.", |row| {
            row.equivalent_variation
        })
        .real("equivalent_variation_low", YUAN_PERSON, "Lower end of its 95 % interval.", |row| {
            row.equivalent_variation_low
        })
        .real("equivalent_variation_high", YUAN_PERSON, "Upper end of the interval.", |row| {
            row.equivalent_variation_high
        })
        .real("better_share", "share", "Share of them who are better off by equivalent variation.", |row| {
            row.better_share
        })
        .real(
            "worse_share",
            "share",
            "Share of them who are worse off; the rest are where they were to the last digit.",
            |row| row.worse_share,
        )
        .real(
            "members_base",
            "persons",
            "Members of the group in the world without the policy; null for groups that two worlds define.",
            |row| row.members_base,
        )
        .real(
            "members_with_policy",
            "persons",
            "Members of the group in the world with the policy: other persons in part.",
            |row| row.members_with_policy,
        )
        .real(
            "members_real_income_base",
            YUAN_PERSON,
            "Mean real income of the members without the policy, as in table `groups` of a run.",
            |row| row.members_real_income_base,
        )
        .real("members_real_income_with_policy", YUAN_PERSON, "The same with the policy.", |row| {
            row.members_real_income_with_policy
        })
        .real(
            "members_effect",
            YUAN_PERSON,
            "Their difference, which shows also who joined and who left the group.",
            |row| row.members_effect,
        )
        .real("members_low", YUAN_PERSON, "Lower end of its 95 % interval.", |row| row.members_low)
        .real("members_high", YUAN_PERSON, "Upper end of the interval.", |row| row.members_high)
}

fn costs() -> Columns<Cost> {
    let columns = Columns::<Cost>::new("costs")
        .text("policy", POLICY, |row| row.policy.clone())
        .text("item", "The item; `revenue`, `spending` and `balance` are totals.", |row| row.item.to_owned())
        .text("side", "`revenue`, `spending`, `balance`, `transfer` between households, `debt` at the end.", |row| {
            row.side.name().to_owned()
        })
        .text(
            "unit",
            "Its unit. Flows are means from the first date at which a policy changes anything to the end.",
            |row| row.unit.to_owned(),
        );
    numbers(columns, UNIT, [BASE, WITH_POLICY], |row| row.numbers)
}

fn cities() -> Columns<CityEffect> {
    let columns = Columns::<CityEffect>::new("cities")
        .text("policy", POLICY, |row| row.policy.clone())
        .text("city", "Place.", |row| row.city.clone())
        .text("quantity", "Column of table `cities` of a run, in the last quarter.", |row| row.quantity.to_owned())
        .text("unit", "Its unit.", |row| row.unit.clone());
    numbers(columns, UNIT, [BASE, WITH_POLICY], |row| row.numbers)
}

fn paths() -> Columns<YearEffect> {
    let columns = Columns::<YearEffect>::new("paths")
        .text("policy", POLICY, |row| row.policy.clone())
        .text("quantity", "The quantity; those that need single persons are stated for the end alone.", |row| {
            row.quantity.clone()
        })
        .text("unit", "Its unit.", |row| row.unit.to_owned())
        .real("year", "years", "Date of the state: 2015 is that in which the year 2015 begins.", |row| row.year);
    numbers(columns, UNIT, [BASE, WITH_POLICY], |row| row.numbers)
}

fn runs(comparison: &Comparison) -> Table {
    let mut columns = Columns::<Numbered>::new("runs")
        .integer("run", "", "Number of the run, from 0.", |(number, _)| *number as i64)
        .text("policy", "`base`, or the policies of the run.", |(_, run)| run.policy.clone())
        .integer("seed", "", "Seed of every draw.", |(_, run)| {
            i64::try_from(run.seed).expect("a plan holds no larger seed")
        })
        .text(
            "state_hash",
            "Hash of the whole final state, as the manifest of the same `hinterland run` has it.",
            |(_, run)| run.state_hash.clone(),
        );
    for (at, quantity) in comparison.quantities.iter().enumerate() {
        columns = columns.real(&quantity.name, quantity.unit, &quantity.about, move |(_, run)| run.values[at]);
    }
    filled(&columns, comparison.runs.iter().enumerate())
}

fn interactions() -> Columns<Interaction> {
    Columns::<Interaction>::new("interactions")
        .text("term", "The policies, joined by ×.", |row| row.term.clone())
        .integer("order", "policies", "How many: 1 is a main effect.", |row| row.order as i64)
        .text("quantity", "The quantity.", |row| row.quantity.clone())
        .text("unit", "Its unit.", |row| row.unit.to_owned())
        .real(
            "effect",
            UNIT,
            "Of one policy its effect alone; of several, what they do together beyond all smaller terms.",
            |row| row.effect,
        )
        .real("low", UNIT, "Lower end of its 95 % interval, Student's t over seeds.", |row| row.low)
        .real("high", UNIT, "Upper end of the interval.", |row| row.high)
        .real("standard_error", UNIT, "Standard error over seeds.", |row| row.standard_error)
        .real("together", UNIT, "Effect of all policies of the term together, against the base.", |row| row.together)
        .real("sum_of_parts", UNIT, "Sum of all smaller terms: of two policies, of their effects alone.", |row| {
            row.sum_of_parts
        })
}
