//! Small lines and strips of block characters, for terminals.

/// Blocks from the lowest to the highest.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A line of at most so many blocks: each is the mean of its part of the values, from the least to the greatest. What is
/// not finite is a space; values that are all the same are a line in the middle.
#[must_use]
pub fn line(values: &[f64], columns: usize) -> String {
    let columns = columns.min(values.len());
    let part = |at: usize| &values[at * values.len() / columns..(at + 1) * values.len() / columns];
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let means: Vec<f64> = (0..columns).map(|at| mean(part(at))).collect();
    let finite = || means.iter().copied().filter(|value| value.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let block = |value: f64| {
        if !value.is_finite() {
            return ' ';
        }
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        BLOCKS[((share * BLOCKS.len() as f64) as usize).min(BLOCKS.len() - 1)]
    };
    means.iter().map(|&value| block(value)).collect()
}

/// A strip that shows where something holds.
#[must_use]
pub fn strip(columns: usize, holds: impl Fn(usize) -> bool) -> String {
    (0..columns).map(|at| if holds(at) { '━' } else { '·' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_a_rise_and_a_fall() {
        assert_eq!(line(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], 8), "▁▂▃▄▅▆▇█");
        assert_eq!(line(&[0.26, 0.32, 0.18], 20), "▅█▁");
        assert_eq!(line(&[1.0, 1.0, 3.0, 3.0], 2), "▁█");
        assert_eq!(
            (line(&[2.0, 2.0], 9), line(&[], 9), line(&[1.0, f64::NAN, 2.0], 3)),
            ("▅▅".into(), String::new(), "▁ █".into())
        );
    }
}
