//! Public finance: income of governments, programmes and debt.

/// Income of a city's government.
///
/// # Formula
///
/// `ty · wages + th_l · rents + quota sales`
///
/// # Units
///
/// Thousand yuan a quarter.
///
/// # Source
///
/// Model equation (1) and the decision on money.
pub fn government_income(wages: f64, rents: f64, quota_sales: f64, tax_rate: f64, land_share: f64) -> f64 {
    tax_rate * wages + land_share * rents + quota_sales
}

/// How a government divides its spending: public wages first, the rest on the residents' basket.
///
/// # Formula
///
/// `(share · spending, spending − share · spending)`, which sum to the spending exactly
///
/// # Source
///
/// The model's decision on money.
pub fn spending_split(spending: f64, wage_share: f64) -> (f64, f64) {
    let wages = wage_share * spending;
    (wages, spending - wages)
}

/// The rate on wages that pays for a programme.
///
/// # Formula
///
/// `cost / max(wages, 1e-9)`
///
/// # Source
///
/// Model equation (6).
pub fn programme_rate(cost: f64, wages: f64) -> f64 {
    cost / wages.max(1e-9)
}

/// A city's debt after a quarter in which it paid what its income did not cover.
///
/// # Formula
///
/// `debt · (1 + interest) + spending − income`
///
/// # Units
///
/// Thousand yuan; a negative debt is savings.
pub fn next_debt(debt: f64, interest: f64, spending: f64, income: f64) -> f64 {
    debt * (1.0 + interest) + spending - income
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn income_by_hand() {
        let income = government_income(100.0, 50.0, 10.0, 0.1, 0.4);
        assert!((income - 40.0).abs() < 1e-12);
    }

    #[test]
    fn a_split_leaves_no_rest() {
        for spending in [0.0, 0.1, 1e9, 3.3] {
            let (wages, basket) = spending_split(spending, 0.3);
            assert!((wages + basket - spending).abs() <= spending * 1e-15);
        }
        assert_eq!(programme_rate(5.0, 100.0), 0.05);
        assert_eq!(next_debt(100.0, 0.01, 30.0, 20.0), 111.0);
    }
}
