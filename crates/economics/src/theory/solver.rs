//! Roots, rest points and linear systems, for models without an explicit solution.

use super::TheoryError;
use crate::maths::exp;

/// Rounds of Newton's method, or of plain repetition where Newton does not help.
const ROUNDS: usize = 400;
/// A residual at which a rest point is taken at once.
const RESIDUAL_GOAL: f64 = 1e-15;
/// The largest residual that is taken when no step makes it smaller.
const RESIDUAL_MAX: f64 = 1e-12;
/// Step of the finite differences.
const DIFFERENCE: f64 = 1e-6;
/// A Newton step is halved at most so often.
const HALVINGS: usize = 20;
/// The golden section.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The root of `f` between two arguments at which its signs differ, to the last bit, by bisection.
///
/// `low` and `high` only name the sides: `f(low)` is taken to be negative or zero, `f(high)` positive.
pub(super) fn root<F>(mut f: F, mut low: f64, mut high: f64) -> Result<f64, TheoryError>
where
    F: FnMut(f64) -> Result<f64, TheoryError>,
{
    loop {
        let middle = low + (high - low) / 2.0;
        if middle == low || middle == high || !middle.is_finite() {
            return Ok(low);
        }
        if f(middle)? > 0.0 { high = middle } else { low = middle }
    }
}

/// Every root of `f` over a rising `grid`, in rising order.
///
/// Besides changes of sign between neighbours of the grid, it follows each hump that stays short of zero on the grid to
/// its top, so that two roots between neighbours are not missed.
pub(super) fn roots<F>(mut f: F, grid: &[f64]) -> Result<Vec<f64>, TheoryError>
where
    F: FnMut(f64) -> Result<f64, TheoryError>,
{
    let mut points = Vec::with_capacity(grid.len());
    for &x in grid {
        points.push((x, f(x)?));
    }
    let mut tops = Vec::new();
    for window in points.windows(3) {
        let sign = if window[1].1 > 0.0 { -1.0 } else { 1.0 };
        let height = |i: usize| sign * window[i].1;
        if height(1) >= height(0) && height(1) >= height(2) && height(0) < 0.0 && height(2) < 0.0 {
            let top = summit(|x| Ok(sign * f(x)?), window[0].0, window[2].0)?;
            tops.push((top, f(top)?));
        }
    }
    points.extend(tops);
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    for pair in points.windows(2) {
        let [(left, at_left), (right, at_right)] = [pair[0], pair[1]];
        if (at_left > 0.0) != (at_right > 0.0) {
            let (low, high) = if at_right > 0.0 { (left, right) } else { (right, left) };
            found.push(root(&mut f, low, high)?);
        }
    }
    Ok(found)
}

/// Where `f` is highest between two arguments, by the golden section.
fn summit<F>(mut f: F, mut low: f64, mut high: f64) -> Result<f64, TheoryError>
where
    F: FnMut(f64) -> Result<f64, TheoryError>,
{
    let mut left = high - GOLDEN * (high - low);
    let mut right = low + GOLDEN * (high - low);
    let (mut at_left, mut at_right) = (f(left)?, f(right)?);
    for _ in 0..80 {
        if at_left < at_right {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = f(right)?;
        } else {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = f(left)?;
        }
    }
    Ok(if at_left > at_right { left } else { right })
}

/// A grid that rises by equal ratios from e to the power `low` to e to the power `high`.
pub(super) fn ratios(low: f64, high: f64, steps: u32) -> Vec<f64> {
    (0..=steps).map(|i| exp(low + (high - low) * f64::from(i) / f64::from(steps))).collect()
}

/// The point that `map` leaves where it is, by Newton's method with halved steps, and by repetition where those fail.
pub(super) fn rest_point<F>(map: F, start: Vec<f64>, sought: &'static str) -> Result<Vec<f64>, TheoryError>
where
    F: Fn(&[f64]) -> Vec<f64>,
{
    let mut point = start;
    let mut image = map(&point);
    for _ in 0..ROUNDS {
        let residual = distance(&point, &image);
        if !residual.is_finite() {
            break;
        }
        if residual <= RESIDUAL_GOAL {
            return Ok(point);
        }
        match newton_step(&map, &point, &image, residual) {
            Some(better) => point = better,
            None if residual <= RESIDUAL_MAX => return Ok(point),
            None => point = point.iter().zip(&image).map(|(x, y)| f64::midpoint(*x, *y)).collect(),
        }
        image = map(&point);
    }
    let residual = distance(&point, &image);
    if residual <= RESIDUAL_MAX { Ok(point) } else { Err(TheoryError::NoRoot { sought }) }
}

/// The point after one Newton step, halved until the residual falls; none where it never does.
fn newton_step<F>(map: &F, point: &[f64], image: &[f64], residual: f64) -> Option<Vec<f64>>
where
    F: Fn(&[f64]) -> Vec<f64>,
{
    let n = point.len();
    let mut matrix = vec![0.0; n * n];
    for column in 0..n {
        let mut shifted = point.to_vec();
        shifted[column] += DIFFERENCE;
        let moved = map(&shifted);
        for row in 0..n {
            let own = if row == column { 1.0 } else { 0.0 };
            matrix[row * n + column] = own - (moved[row] - image[row]) / DIFFERENCE;
        }
    }
    let gaps = point.iter().zip(image).map(|(x, y)| y - x).collect();
    let step = linear_solution(matrix, gaps)?;
    let mut length = 1.0;
    // Near the end a step fails by rounding only, and a shorter one would fail as well.
    let halvings = if residual > RESIDUAL_MAX { HALVINGS } else { 1 };
    for _ in 0..halvings {
        let candidate: Vec<f64> = point.iter().zip(&step).map(|(x, s)| x + length * s).collect();
        let left = distance(&candidate, &map(&candidate));
        if left < residual {
            return Some(candidate);
        }
        length /= 2.0;
    }
    None
}

/// The largest distance between two points in one dimension; not a number where one of them is not.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, |most, gap| if gap <= most { most } else { gap })
}

/// The solution of a system of linear equations, by elimination with partial pivoting; none where it is singular.
pub(super) fn linear_solution(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for column in 0..n {
        let size = |row: usize| matrix[row * n + column].abs();
        let pivot = (column..n).max_by(|a, b| size(*a).total_cmp(&size(*b)))?;
        if !(size(pivot) > 0.0 && size(pivot).is_finite()) {
            return None;
        }
        if pivot != column {
            for k in 0..n {
                matrix.swap(pivot * n + k, column * n + k);
            }
            right.swap(pivot, column);
        }
        for row in column + 1..n {
            let factor = matrix[row * n + column] / matrix[column * n + column];
            for k in column..n {
                matrix[row * n + k] -= factor * matrix[column * n + k];
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| matrix[row * n + k] * right[k]).sum();
        right[row] = (right[row] - known) / matrix[row * n + row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_roots_between_neighbours_of_the_grid_are_found() {
        let f = |x: f64| Ok(1e-4 - (x - 0.55) * (x - 0.55));
        let grid: Vec<f64> = (0..=10).map(|i| f64::from(i) / 10.0).collect();
        let found = roots(f, &grid).unwrap();
        assert_eq!(found.len(), 2);
        assert!((found[0] - 0.54).abs() < 1e-12 && (found[1] - 0.56).abs() < 1e-12);
    }

    #[test]
    fn a_linear_system_is_solved_and_a_singular_one_refused() {
        let solution = linear_solution(vec![0.0, 2.0, 3.0, 1.0], vec![4.0, 5.0]).unwrap();
        assert_eq!(solution, [1.0, 2.0]);
        assert_eq!(linear_solution(vec![1.0, 1.0, 1.0, 1.0], vec![1.0, 2.0]), None);
        assert_eq!(linear_solution(vec![f64::NAN], vec![1.0]), None);
    }

    #[test]
    fn a_rest_point_is_found_where_repetition_diverges() {
        let map = |x: &[f64]| vec![3.0 - 2.0 * x[0]];
        assert!((rest_point(map, vec![5.0], "point").unwrap()[0] - 1.0).abs() < 1e-14);
        let flees = |x: &[f64]| vec![x[0] + 1.0];
        assert!(rest_point(flees, vec![0.0], "point").is_err());
    }
}
