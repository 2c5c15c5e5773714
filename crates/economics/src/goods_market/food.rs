//! The price of food, at which demand equals output.

use super::{Tastes, rural_scale};

/// Output of food below this many times subsistence stops a run.
pub const FOOD_OUTPUT_MIN: f64 = 1.05;

/// Last quarter's income and the people who live on it, one entry per place.
#[derive(Clone, Copy, Debug)]
pub struct Accounts<'a> {
    /// Income of city people, in thousand yuan.
    pub city_income: &'a [f64],
    /// City people, in thousand persons.
    pub city_people: &'a [f64],
    /// Income of rural people, in thousand yuan.
    pub rural_income: &'a [f64],
    /// Rural people, in thousand persons.
    pub rural_people: &'a [f64],
}

impl Accounts<'_> {
    fn check(&self) {
        assert_eq!(self.city_income.len(), self.city_people.len(), "city accounts must match places");
        assert_eq!(self.rural_income.len(), self.rural_people.len(), "rural accounts must match places");
    }

    pub(super) fn people(&self) -> f64 {
        crate::maths::total(self.city_people) + crate::maths::total(self.rural_people)
    }
}

/// The price of food at which demand equals output.
///
/// An account that cannot pay for subsistence spends everything on food and nothing else, so that
/// payments always balance. Returns `None` when `output` leaves less than 5 % above subsistence.
///
/// # Formula
///
/// With no account below subsistence
/// `p = μ_A (Y_city + r Y_rural) / (X − ā(N + F) + μ_A ā N + μ_A r ā F)`; in general the root of
/// `p X = Σ_i min(Y_i, p ā n_i + m_i (Y_i − p ā n_i))` with `m_i = μ_A` in cities and `μ_A r` outside.
/// The right side is concave in `p`, so the tangent from zero overshoots and the following ones
/// come down to the root, each with a smaller set of poor accounts: it ends after finitely many steps.
/// Without demand for food its price is one.
///
/// # Units
///
/// Yuan per unit of farm output, when income is in thousand yuan and output in thousand units.
///
/// # Source
///
/// Stone (1954) and Geary (1950); the clearing condition is the model's decision on food and money.
///
/// # Panics
///
/// When incomes and people differ in length.
pub fn food_price(accounts: &Accounts, output: f64, tastes: &Tastes) -> Option<f64> {
    accounts.check();
    if tastes.subsistence == 0.0 && tastes.food == 0.0 {
        return Some(1.0);
    }
    let needed = FOOD_OUTPUT_MIN * tastes.subsistence * accounts.people();
    if output <= 0.0 || output < needed {
        return None;
    }
    let (mut price, mut poor) = price_given_poor(accounts, output, tastes, 0.0);
    for _ in 0..accounts.city_people.len() + accounts.rural_people.len() + 1 {
        let (next, fewer) = price_given_poor(accounts, output, tastes, price);
        price = next;
        if fewer == poor {
            break;
        }
        poor = fewer;
    }
    Some(price)
}

/// One tangent step: the clearing price if exactly those are poor who are poor at `price`.
fn price_given_poor(accounts: &Accounts, output: f64, tastes: &Tastes, price: f64) -> (f64, usize) {
    let rural_share = tastes.food * rural_scale(tastes);
    let mut step = FoodSums::default();
    step.add(accounts.city_income, accounts.city_people, tastes.food, tastes.subsistence, price);
    step.add(accounts.rural_income, accounts.rural_people, rural_share, tastes.subsistence, price);
    (step.value / (output - step.quantity), step.poor)
}

/// Demand for food along one tangent: `value + price · quantity`.
#[derive(Default)]
struct FoodSums {
    value: f64,
    quantity: f64,
    poor: usize,
}

impl FoodSums {
    fn add(&mut self, incomes: &[f64], people: &[f64], share: f64, subsistence: f64, price: f64) {
        for (&income, &people) in incomes.iter().zip(people) {
            if income < price * subsistence * people {
                self.value += income;
                self.poor += 1;
            } else {
                self.value += share * income;
                self.quantity += (1.0 - share) * subsistence * people;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::supernumerary_income;
    use super::*;
    use proptest::prelude::*;

    const TASTES: Tastes = Tastes { subsistence: 0.62, food: 0.10, consumer_services: 0.16, housing: 0.16 };

    #[test]
    fn the_closed_form_holds_when_no_account_is_poor() {
        let accounts =
            Accounts { city_income: &[25.0], city_people: &[10.0], rural_income: &[20.0], rural_people: &[20.0] };
        let tastes = Tastes { subsistence: 0.5, food: 0.25, consumer_services: 0.25, housing: 0.25 };
        // r = 2, so m_rural = ½: ¼ (25 + 2·20) / (24 − 15 + ¼·5 + ½·10) = 16.25 / 15.25
        let price = food_price(&accounts, 24.0, &tastes).unwrap();
        assert!((price - 16.25 / 15.25).abs() < 1e-14);
    }

    #[test]
    fn an_account_below_subsistence_spends_everything_on_food() {
        // The second account has almost no income; the first sets the price.
        let accounts =
            Accounts { city_income: &[100.0, 0.1], city_people: &[10.0, 10.0], rural_income: &[], rural_people: &[] };
        let tastes = Tastes { subsistence: 1.0, food: 0.5, consumer_services: 0.0, housing: 0.0 };
        // p·30 = p·10 + ½(100 − 10p) + 0.1  ⇒  25p = 50.1
        let price = food_price(&accounts, 30.0, &tastes).unwrap();
        assert!((price - 50.1 / 25.0).abs() < 1e-13);
        assert_eq!(supernumerary_income(0.1, 10.0, price, 1.0), 0.0);
    }

    #[test]
    fn too_little_food_gives_no_price() {
        let accounts =
            Accounts { city_income: &[10.0], city_people: &[10.0], rural_income: &[10.0], rural_people: &[10.0] };
        assert_eq!(food_price(&accounts, 1.04 * 0.62 * 20.0, &TASTES), None);
        assert!(food_price(&accounts, 1.06 * 0.62 * 20.0, &TASTES).is_some());
        assert_eq!(food_price(&accounts, 0.0, &Tastes { subsistence: 0.0, ..TASTES }), None);
        let no_appetite = Tastes { subsistence: 0.0, food: 0.0, ..TASTES };
        assert_eq!(food_price(&accounts, 0.0, &no_appetite), Some(1.0));
    }

    proptest! {
        #[test]
        fn the_food_price_is_homogeneous_of_degree_one_in_money(
            incomes in prop::collection::vec(0.0..50.0f64, 6), scale in 0.01..100.0f64, plenty in 1.06..3.0f64
        ) {
            let people = [4.0, 9.0, 2.0];
            let at = |k: f64| {
                let scaled: Vec<f64> = incomes.iter().map(|y| (y + 1.0) * k).collect();
                let accounts = Accounts {
                    city_income: &scaled[..3], city_people: &people,
                    rural_income: &scaled[3..], rural_people: &people,
                };
                food_price(&accounts, plenty * 0.62 * 30.0, &TASTES).unwrap()
            };
            prop_assert!((at(scale) / (scale * at(1.0)) - 1.0).abs() < 1e-10);
        }
    }
}
