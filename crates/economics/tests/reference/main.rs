//! One quarter of the mean-field reference, replayed with the equations of this crate.
//!
//! The table `tests/reference_values.csv` holds the state before a quarter and what the reference
//! made of it; its first lines say how it was made. Two meanings differ, and the cases are chosen
//! so that they do not show, except in the last test, which documents the first of them:
//!
//! - What migrants do not spend on housing goes to goods and consumer services here. The reference
//!   divides it over food as well, without letting that raise the food price, so a little is never
//!   spent. With `hM = 1` nothing is unspent and both agree.
//! - Destination weights are `(N + 1)^ϑ` of a count here and `N^ϑ` of thousands there. The replay
//!   passes `N − 1`.

mod movement;
mod replay;
mod table;

use economics::goods_market;
use replay::Replay;
use table::Table;

/// Largest relative error at which two numbers are the same.
const TOLERANCE: f64 = 1e-9;

#[test]
fn a_quarter_of_the_reference_is_reproduced() {
    let mut compared = 0;
    for (case, quarter) in [("four", 0), ("four", 40), ("ten", 0), ("ten", 40), ("transfer", 12)] {
        let table = Table::read(case, quarter);
        let replay = Replay::of(&table);
        let mut faults = Vec::new();
        for (name, ours) in replay.values.iter().chain(&movement::replay(&table, &replay)) {
            compared += ours.len();
            faults.extend(differences(name, ours, table.slice(name)));
        }
        assert!(faults.is_empty(), "{case}, quarter {quarter}:\n{}", faults.join("\n"));
    }
    assert!(compared > 2000, "only {compared} numbers were compared");
}

fn differences(name: &str, ours: &[f64], theirs: &[f64]) -> Vec<String> {
    if ours.len() != theirs.len() {
        return vec![format!("{name}: {} numbers, the reference has {}", ours.len(), theirs.len())];
    }
    // Profit rates and profits are differences of larger numbers: near zero they have no relative
    // precision of their own, so an absolute error of the same size is allowed.
    let same = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * b.abs().max(1e-3);
    let pairs = ours.iter().zip(theirs).enumerate();
    pairs.filter(|(_, (a, b))| !same(**a, **b)).map(|(i, (a, b))| format!("{name}[{i}]: {a} against {b}")).collect()
}

#[test]
fn the_reference_leaves_a_little_unspent_where_migrants_save_on_housing() {
    let table = Table::read("respending", 40);
    let replay = Replay::of(&table);
    let tastes = table.tastes();
    // Prices, and incomes above subsistence, agree all the same.
    for name in ["after.pA", "within.Sc", "within.Sf", "within.ell", "within.c", "within.spH"] {
        assert!(differences(name, &replay.values[name], table.slice(name)).is_empty(), "{name}");
    }
    let ours = &replay.values["within.Scu"];
    for ((&ours, &theirs), &before) in ours.iter().zip(table.slice("within.Scu")).zip(table.slice("within.Sc")) {
        let ratio = (ours - before) / (theirs - before);
        let expected = (1.0 - tastes.housing) / (1.0 - tastes.food - tastes.housing);
        assert!((ratio - expected).abs() < 1e-9, "{ratio} against {expected}");
        // Of what was unspent the reference loses the share that food would have had.
        let goods = 1.0 - tastes.food - tastes.housing;
        let lost = goods * (ours - theirs);
        let unspent = goods * (ours - before);
        assert!((lost / unspent - tastes.food / (1.0 - tastes.housing)).abs() < 1e-9);
    }
    assert_eq!(goods_market::goods_income(1.0, 0.5, 1.0, &tastes), 1.0);
}
