//! Round numbers along an axis.

/// Most ticks of an axis.
const MOST: usize = 6;

/// The first of steps of 1, 2, 2.5 and 5 times powers of ten with few enough ticks. Since no step is more than twice the
/// one before, there are at least three.
fn spaced_by(steps: &[f64], low: f64, high: f64) -> Vec<f64> {
    let width = high - low;
    if !width.is_finite() || width <= 0.0 {
        return vec![low];
    }
    let mut power = 1.0;
    while power > (high - low) / 100.0 {
        power /= 10.0;
    }
    while power * 1000.0 < high - low {
        power *= 10.0;
    }
    loop {
        for step in steps {
            let found = spaced(low, high, step * power);
            if found.len() <= MOST {
                return found;
            }
        }
        power *= 10.0;
    }
}

/// Least and greatest of numbers; around them if they are the same, 0 to 1 if there are none.
pub(crate) fn range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let finite = values.into_iter().filter(|value| value.is_finite());
    let (low, high) =
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        (0.0, 1.0)
    } else if high > low {
        (low, high)
    } else {
        let around = if low == 0.0 { 1.0 } else { 0.1 * low.abs() };
        (low - around, high + around)
    }
}

/// A range with air around it; a range near zero begins at zero, so that half of nothing is not drawn as a cliff.
pub(crate) fn padded((low, high): (f64, f64)) -> (f64, f64) {
    let air = 0.06 * (high - low);
    let near_zero = |end: f64, other: f64| end.abs() < 0.35 * other.abs() && end * other >= 0.0;
    let lower = if near_zero(low, high) && high > 0.0 { 0.0 } else { low - air };
    let upper = if near_zero(high, low) && low < 0.0 { 0.0 } else { high + air };
    (lower, upper)
}

/// Round numbers within a range, about four.
pub(crate) fn ticks(low: f64, high: f64) -> Vec<f64> {
    spaced_by(&[1.0, 2.0, 2.5, 5.0], low, high)
}

/// Whole years within a range, about five.
pub(crate) fn years(low: f64, high: f64) -> Vec<f64> {
    let whole = |ticks: &Vec<f64>| ticks.iter().all(|year| year.fract() == 0.0);
    let found = spaced_by(&[1.0, 2.0, 5.0], low, high);
    if whole(&found) { found } else { spaced(low, high, 1.0) }
}

fn spaced(low: f64, high: f64, step: f64) -> Vec<f64> {
    let first = (low / step - 1e-9).ceil();
    let count = ((high / step + 1e-9).floor() - first).max(0.0) as usize;
    (0..=count.min(20)).map(|at| (first + at as f64) * step).map(|tick| if tick == 0.0 { 0.0 } else { tick }).collect()
}

/// Digits after the point that tell neighbouring ticks apart.
pub(crate) fn tick_decimals(ticks: &[f64]) -> usize {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    if !step.is_finite() {
        return 0;
    }
    let (mut decimals, mut size) = (0, step);
    let whole = |size: f64| (size - size.round()).abs() < 1e-6 * size && size > 0.5;
    while !whole(size) && decimals < 8 {
        size *= 10.0;
        decimals += 1;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_axis_has_three_to_six_round_ticks() {
        for exponent in -6_i32..=9 {
            for mantissa in 10..100 {
                let width = f64::from(mantissa)
                    * (0..exponent.abs()).fold(1.0, |size, _| if exponent < 0 { size / 10.0 } else { size * 10.0 });
                for low in [0.0, 0.37 * width, -0.6 * width, 11.3 * width] {
                    let found = ticks(low, low + width);
                    assert!((3..=6).contains(&found.len()), "{low} {width}: {found:?}");
                }
            }
        }
        let fifths = ticks(0.0, 1.0);
        assert!(
            fifths.len() == 6 && fifths.iter().enumerate().all(|(at, tick)| (tick - 0.2 * at as f64).abs() < 1e-12)
        );
        assert_eq!(tick_decimals(&ticks(0.0, 0.1)), 2);
        assert_eq!(tick_decimals(&[0.0, 2.5, 5.0]), 1);
    }

    #[test]
    fn years_are_whole() {
        for until in [2011.0, 2012.0, 2016.5, 2020.0, 2060.0, 2300.0] {
            let found = years(2010.0, until);
            assert!(found.len() <= 7 && found.iter().all(|year| year.fract() == 0.0), "{found:?}");
        }
    }

    #[test]
    fn a_range_of_nothing_and_of_one_number_still_has_a_width() {
        assert_eq!(range([]), (0.0, 1.0));
        assert_eq!(range([0.0]), (-1.0, 1.0));
        assert_eq!(range([f64::NAN, 5.0]), (4.5, 5.5));
        assert_eq!(padded((0.1, 1.0)).0, 0.0);
        assert!(padded((0.9, 1.0)).0 > 0.8);
    }
}
