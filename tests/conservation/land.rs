//! Land: uses add up to what there always was, and fields are never fewer than at the start where quotas travel.

use crate::worlds::{Ended, Rows};
use crate::{Accounts, by_quarter, close};

const USES: [(&str, &str); 6] = [
    ("land_construction", "urban_land"),
    ("land_town", "town_land"),
    ("land_arable", "arable_land"),
    ("land_homestead", "homestead_land"),
    ("land_reserve", "reserve_land"),
    ("land_released", "released_land"),
];

/// Checks land in the tables of a run.
pub(crate) fn check(name: &str, ended: &Ended, accounts: &Accounts) {
    let cities = ended.table("cities");
    let all = accounts.get("land");
    let start = all[0][0];
    for (quarter, [.., closing]) in all.iter().enumerate() {
        assert!(close(start, *closing, start), "{name}: {closing} km2 after quarter {quarter}, {start} at the start");
    }
    for (account, column) in USES {
        let held = by_quarter(&cities, column);
        for (quarter, [opening, .., closing]) in accounts.get(account).iter().enumerate() {
            assert!(close(held[quarter + 1], *closing, start), "{name}: {account} after quarter {quarter}");
            assert!(close(held[quarter], *opening, start), "{name}: {account} before quarter {quarter}");
            assert!(*closing >= -1e-9 * start, "{name}: {account} is {closing} after quarter {quarter}");
        }
    }
    check_places(name, &cities);
    check_fields(name, &cities);
}

fn places(cities: &Rows) -> usize {
    cities.integers("tick").iter().filter(|&&tick| tick == 0).count()
}

/// Uses of every single place add up to what it had.
fn check_places(name: &str, cities: &Rows) {
    let (places, columns) = (places(cities), USES.map(|(_, column)| cities.numbers(column)));
    let held = |row: usize| -> f64 { columns.iter().map(|column| column[row]).sum() };
    for row in 0..cities.integers("tick").len() {
        let start = held(row % places);
        assert!(close(held(row), start, start), "{name}: {} of {start} km2 in row {row}", held(row));
    }
}

/// Fields: of every place where quotas stay in it, of the province where they travel through it.
fn check_fields(name: &str, cities: &Rows) {
    let travels = name.contains("land-quota-transfer") || name.contains("fewer young");
    let (places, arable) = (places(cities), cities.numbers("arable_land"));
    if travels {
        let sums = by_quarter(cities, "arable_land");
        for (quarter, sum) in sums.iter().enumerate() {
            assert!(*sum >= sums[0] * (1.0 - 1e-9), "{name}: {sum} km2 of fields after {quarter} quarters");
        }
    } else {
        for (row, held) in arable.iter().enumerate() {
            assert!(*held >= arable[row % places] * (1.0 - 1e-9), "{name}: {held} km2 of fields in row {row}");
        }
    }
    if name == "henan with land-quota-transfer" {
        let moved: f64 = cities.numbers("land_quota_bought").iter().filter(|bought| bought.is_finite()).sum();
        assert!(moved > 0.0, "a market without trade tests nothing");
        let fell = (0..arable.len()).any(|row| arable[row] < arable[row % places] * (1.0 - 1e-6));
        assert!(fell, "some place must have built over fields for the floor of the province to mean anything");
    }
}
