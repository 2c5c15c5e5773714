//! Matching of workers and jobs: separations, vacancies and hiring.

/// Share of the jobs of a cell (place and industry) that ends in a quarter: what contraction asks for, and at least the
/// usual turnover.
///
/// # Formula
/// `max(turnover, 1 − wanted/held)`, 0 where nobody is employed.
///
/// # Units
/// Both masses in the same unit; the result is a share.
#[must_use]
pub fn separation_rate(held: f64, wanted: f64, turnover: f64) -> f64 {
    if held <= 0.0 { 0.0 } else { (1.0 - wanted / held).clamp(turnover, 1.0) }
}

/// Jobs that are open once the quarter's separations are done.
///
/// # Formula
/// `max(0, wanted − held (1 − separation))`
#[must_use]
pub fn vacancies(held: f64, wanted: f64, separation: f64) -> f64 {
    (wanted - held * (1.0 - separation)).max(0.0)
}

/// Share of the unemployed who are hired in a quarter: all, or as many as there are vacancies.
///
/// # Formula
/// `min(1, vacancies/unemployed)`, 0 where nobody seeks work.
#[must_use]
pub fn hiring_rate(vacancies: f64, unemployed: f64) -> f64 {
    if unemployed <= 0.0 { 0.0 } else { (vacancies / unemployed).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_keeps_its_size_loses_and_fills_only_the_turnover() {
        let rate = separation_rate(100.0, 100.0, 0.02);
        assert_eq!(rate, 0.02);
        assert!((vacancies(100.0, 100.0, rate) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_shrinking_cell_loses_what_it_must_and_opens_nothing() {
        let rate = separation_rate(100.0, 70.0, 0.02);
        assert!((rate - 0.3).abs() < 1e-12);
        assert!(vacancies(100.0, 70.0, rate).abs() < 1e-12);
    }

    #[test]
    fn an_empty_cell_opens_all_it_wants_and_nobody_is_hired_where_nobody_seeks() {
        assert_eq!(separation_rate(0.0, 5.0, 0.02), 0.0);
        assert_eq!(vacancies(0.0, 5.0, 0.0), 5.0);
        assert_eq!(hiring_rate(5.0, 0.0), 0.0);
        assert_eq!(hiring_rate(5.0, 2.0), 1.0);
        assert_eq!(hiring_rate(1.0, 4.0), 0.25);
    }
}
