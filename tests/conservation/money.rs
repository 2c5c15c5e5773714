//! Money: the stock never changes, whoever holds it, the outside included; what one receives another pays.

use crate::worlds::Ended;
use crate::{Accounts, by_quarter, close};

/// Checks money in the tables of a run.
pub(crate) fn check(name: &str, ended: &Ended, accounts: &Accounts) {
    let sectors: Vec<_> = accounts.starting_with("money_").collect();
    let quarters = sectors[0].1.len();
    let sum = |quarter: usize, figure: usize| -> f64 { sectors.iter().map(|(_, all)| all[quarter][figure]).sum() };
    let stock = sum(0, 0);
    assert!(stock > 0.0, "{name}");
    for quarter in 0..quarters {
        let (received, paid) = (sum(quarter, 1), sum(quarter, 2));
        assert!(close(received, paid, received), "{name}: quarter {quarter}: {received} received, {paid} paid");
        let held = sum(quarter, 3);
        assert!(close(stock, held, received), "{name}: {held} yuan after quarter {quarter}, {stock} at the start");
        for passing in ["money_producers", "money_capital", "money_leavers"] {
            let closing = accounts.get(passing)[quarter][3];
            assert!(close(closing, 0.0, received), "{name}: {passing} keeps {closing} in quarter {quarter}");
        }
    }
    // The cities table says the same of governments, in constant yuan.
    let balance = by_quarter(&ended.table("cities"), "budget_balance");
    let level = ended.table("region").numbers("price_level");
    for (quarter, [_, received, paid, _]) in accounts.get("money_government").iter().enumerate() {
        let stated = balance[quarter + 1] * level[quarter + 1];
        assert!(close(stated, received - paid, *received), "{name}: governments in quarter {quarter}");
    }
}
