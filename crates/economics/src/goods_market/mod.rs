//! Goods markets: accounts buy subsistence food first; the rest of income is divided by fixed shares.
//!
//! Accounts are the city people and the rural people of each place, each with last quarter's income.
//! City people spend all shares; rural people have neither urban housing nor consumer services, so
//! their other shares are scaled up by [`rural_scale`].

mod food;

pub use food::{Accounts, FOOD_OUTPUT_MIN, food_price};

/// Tastes: shares of supernumerary income, and the food that comes before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tastes {
    /// Subsistence food per person and quarter, in the units of farm output.
    pub subsistence: f64,
    /// Share of supernumerary income spent on food.
    pub food: f64,
    /// Share spent on consumer services, by city people only.
    pub consumer_services: f64,
    /// Share spent on urban housing, by city people only.
    pub housing: f64,
}

/// How much the shares of rural people exceed those of city people.
///
/// # Formula
///
/// `r = 1 / (1 − μ_C − μ_H)`
pub fn rural_scale(tastes: &Tastes) -> f64 {
    1.0 / (1.0 - tastes.consumer_services - tastes.housing).max(1e-12)
}

/// Income left after subsistence food; zero for an account that cannot pay for it.
///
/// # Formula
///
/// `S = max(Y − p ā n, 0)`
///
/// # Units
///
/// Thousand yuan.
///
/// # Source
///
/// Model equation (4); Stone (1954).
pub fn supernumerary_income(income: f64, people: f64, food_price: f64, subsistence: f64) -> f64 {
    (income - food_price * subsistence * people).max(0.0)
}

/// What an account spends on food.
///
/// # Formula
///
/// `Y` below subsistence, else `p ā n + m S`; in one expression `Y − S + m S`
///
/// # Units
///
/// Thousand yuan; `food_share` is `μ_A` in cities and `μ_A r` outside.
pub fn food_expenditure(income: f64, supernumerary: f64, food_share: f64) -> f64 {
    income - supernumerary + food_share * supernumerary
}

/// What city people spend on housing.
///
/// # Formula
///
/// `μ_H S_c (C + h_M M) / N`: migrants spend the share `h_M` of what citizens do.
///
/// # Units
///
/// Thousand yuan; people in thousand persons, `citizens + migrants = N`.
///
/// # Source
///
/// Model equation (5).
pub fn housing_expenditure(
    supernumerary: f64,
    citizens: f64,
    migrants: f64,
    migrant_housing: f64,
    tastes: &Tastes,
) -> f64 {
    let residents = (citizens + migrants).max(1e-9);
    tastes.housing * supernumerary * ((citizens + migrant_housing * migrants) / residents)
}

/// The supernumerary income whose shares are a city's spending on goods and consumer services.
///
/// What migrants do not spend on housing they spend on manufactures and consumer services in
/// proportion to their shares; not on food, so that the food price has its closed form.
///
/// # Formula
///
/// `S_g = S_c · (1 + μ_H (1 − h_M) (M/N) / (1 − μ_A − μ_H))`; a good's spending is then `μ_k S_g`.
///
/// # Units
///
/// Thousand yuan.
///
/// # Source
///
/// The model's decision on money: all income is spent, and the shares of food and land do not change.
pub fn goods_income(supernumerary: f64, migrant_share: f64, migrant_housing: f64, tastes: &Tastes) -> f64 {
    let unspent = tastes.housing * (1.0 - migrant_housing) * migrant_share;
    if unspent == 0.0 {
        return supernumerary;
    }
    supernumerary * (1.0 + unspent / (1.0 - tastes.food - tastes.housing).max(1e-9))
}

/// What a place, city and hinterland together, spends on one traded industry.
///
/// # Formula
///
/// `E_k = μ_k (S_g + r S_f)`
///
/// # Units
///
/// Thousand yuan; `goods_income` as [`goods_income`], `rural_supernumerary` as [`supernumerary_income`].
///
/// # Source
///
/// Model equation (4).
pub fn expenditure(share: f64, goods_income: f64, rural_supernumerary: f64, rural_scale: f64) -> f64 {
    share * (goods_income + rural_scale * rural_supernumerary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TASTES: Tastes = Tastes { subsistence: 0.62, food: 0.10, consumer_services: 0.16, housing: 0.16 };
    /// L and K, whose shares with the three above sum to one.
    const TRADED: f64 = 0.58;

    fn food_demand(accounts: &Accounts, price: f64, tastes: &Tastes) -> f64 {
        let rural = tastes.food * rural_scale(tastes);
        let spend = |incomes: &[f64], people: &[f64], share: f64| -> f64 {
            incomes
                .iter()
                .zip(people)
                .map(|(&y, &n)| food_expenditure(y, supernumerary_income(y, n, price, tastes.subsistence), share))
                .sum()
        };
        spend(accounts.city_income, accounts.city_people, tastes.food)
            + spend(accounts.rural_income, accounts.rural_people, rural)
    }

    #[test]
    fn migrants_spend_on_goods_the_money_they_save_on_housing() {
        // Half the residents are migrants who spend half the share: unspent is ¼ μ_H S.
        let spent = goods_income(100.0, 0.5, 0.5, &TASTES);
        let housing = housing_expenditure(100.0, 5.0, 5.0, 0.5, &TASTES);
        assert!((housing - 0.16 * 75.0).abs() < 1e-12);
        let everything = (TRADED + TASTES.consumer_services) * spent + housing + TASTES.food * 100.0;
        assert!((everything - 100.0).abs() < 1e-12);
        assert_eq!(goods_income(100.0, 0.5, 1.0, &TASTES), 100.0);
    }

    proptest! {
        #[test]
        fn the_food_market_clears_and_all_income_is_spent(
            city in prop::collection::vec((0.0..500.0f64, 0.0..100.0f64), 1..8),
            rural in prop::collection::vec((0.0..300.0f64, 0.0..200.0f64), 1..8),
            plenty in 1.06..4.0f64, migrant_share in 0.0..1.0f64,
        ) {
            let (city_income, city_people): (Vec<f64>, Vec<f64>) = city.into_iter().unzip();
            let (rural_income, rural_people): (Vec<f64>, Vec<f64>) = rural.into_iter().unzip();
            let accounts = Accounts {
                city_income: &city_income, city_people: &city_people,
                rural_income: &rural_income, rural_people: &rural_people,
            };
            let output = plenty * TASTES.subsistence * accounts.people().max(1.0);
            let price = food_price(&accounts, output, &TASTES).unwrap();
            let demand = food_demand(&accounts, price, &TASTES);
            let money: f64 = city_income.iter().chain(&rural_income).sum();
            prop_assert!((demand - price * output).abs() <= 1e-9 * money.max(1e-9), "{} {}", demand, price * output);
            let scale = rural_scale(&TASTES);
            let mut spent = demand;
            for r in 0..city_income.len() {
                let s = supernumerary_income(city_income[r], city_people[r], price, TASTES.subsistence);
                let migrants = migrant_share * city_people[r];
                let share = if city_people[r] > 0.0 { migrant_share } else { 0.0 };
                if city_people[r] > 1e-9 {
                    spent += housing_expenditure(s, city_people[r] - migrants, migrants, 0.5, &TASTES);
                } else {
                    spent += TASTES.housing * s;
                }
                spent += (TRADED + TASTES.consumer_services) * goods_income(s, share, 0.5, &TASTES);
            }
            for r in 0..rural_income.len() {
                let s = supernumerary_income(rural_income[r], rural_people[r], price, TASTES.subsistence);
                spent += expenditure(TRADED, 0.0, s, scale);
            }
            prop_assert!((spent - money).abs() <= 1e-9 * money.max(1e-9), "{} {}", spent, money);
        }

    }
}
