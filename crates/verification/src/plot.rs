//! Plots in letters.

use economics::maths::exp;
use figures::spark::strip;

use crate::drift::Zero;

/// Columns of a plot.
const WIDTH: usize = 60;

/// Where equal regions hold and where a centre holds, over the trade cost, as measured.
#[must_use]
pub(crate) fn bifurcation(sigma: f64, broken: &Zero, sustained: &Zero) -> String {
    let cost = |zero: &Zero| exp(zero.at / (sigma - 1.0));
    let (broken, sustained) = (cost(broken), cost(sustained));
    let highest = 1.0 + 1.25 * (sustained.max(broken) - 1.0);
    let column = |cost: f64| ((cost - 1.0) / (highest - 1.0) * WIDTH as f64) as usize;
    let centre = strip(WIDTH, |at| at <= column(sustained));
    let equal = strip(WIDTH, |at| at >= column(broken));
    format!(
        "share in the west (━ holds, · does not)\n  1.0 {centre}\n  0.5 {equal}\n  0.0 {centre}\n      T = 1{:>width$}\n",
        format!("{highest:.3}; parts below {broken:.4}, a centre holds below {sustained:.4}"),
        width = WIDTH - 5
    )
}
