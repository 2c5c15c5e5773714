//! Programmes: the cost of measures, and the merging of villages.

/// The spending that a measure adds and that must be financed.
///
/// # Formula
///
/// `max(0, multiple − 1) · spending`: a cut lowers what spending buys and frees no money
///
/// # Units
///
/// That of `spending`.
pub fn added_spending(spending: f64, multiple: f64) -> f64 {
    (multiple - 1.0).max(0.0) * spending
}

/// Cost of the services that newly settled people receive beyond those that reached them as migrants.
///
/// # Formula
///
/// `settlers · spending / residents · max(0, 1 − access)`
///
/// # Units
///
/// People in thousand persons; `spending` and the result in thousand yuan a quarter.
///
/// # Source
///
/// Model, section 0 (food and money).
pub fn settlers_services(settlers: f64, spending: f64, residents: f64, access: f64) -> f64 {
    if residents > 0.0 { settlers * (spending / residents) * (1.0 - access).max(0.0) } else { 0.0 }
}

/// The share of a place's rural registered people who live off other work than its farms.
///
/// # Formula
///
/// `(town jobs + away) / (at home + away)`, at most one, and zero where nobody is registered
///
/// # Units
///
/// Thousand persons.
pub fn non_farm_share(town_jobs: f64, at_home: f64, away: f64) -> f64 {
    let registered = at_home + away;
    if registered > 0.0 { ((town_jobs + away) / registered).min(1.0) } else { 0.0 }
}

/// Homestead land of the villages that merge in a quarter.
///
/// # Formula
///
/// `min(share a year / 4 · all, not yet merged)`
///
/// # Units
///
/// km².
pub fn merging_land(all: f64, share_per_year: f64, not_yet_merged: f64) -> f64 {
    (share_per_year / 4.0 * all).min(not_yet_merged)
}

/// Households on homestead land: a household is two workers and their dependants.
///
/// # Formula
///
/// `1000 · land / homestead per head / (2 · residents per worker)`
///
/// # Units
///
/// km², km² per thousand persons, persons per worker.
pub fn households_on(land: f64, homestead_per_head: f64, residents_per_worker: f64) -> f64 {
    let household = 2.0 * residents_per_worker;
    if homestead_per_head > 0.0 && household > 0.0 { 1000.0 * land / homestead_per_head / household } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_spending_is_financed_and_a_cut_frees_nothing() {
        assert_eq!(added_spending(600.0, 1.5), 300.0);
        assert_eq!(added_spending(600.0, 1.0), 0.0);
        assert_eq!(added_spending(600.0, 0.5), 0.0);
    }

    #[test]
    fn a_settler_costs_the_services_that_did_not_reach_the_migrant() {
        // 100 of 1,000 thousand, 600 thousand yuan: .6 a head, three quarters of it new.
        assert!((settlers_services(100.0, 600.0, 1000.0, 0.25) - 45.0).abs() < 1e-12);
        assert_eq!(settlers_services(100.0, 600.0, 1000.0, 1.2), 0.0);
        assert_eq!(settlers_services(0.0, 600.0, 0.0, 0.0), 0.0);
    }

    #[test]
    fn people_away_or_in_town_jobs_do_not_live_off_the_farm() {
        assert_eq!(non_farm_share(100.0, 800.0, 200.0), 0.3);
        assert_eq!(non_farm_share(900.0, 800.0, 200.0), 1.0);
        assert_eq!(non_farm_share(0.0, 0.0, 0.0), 0.0);
    }

    #[test]
    fn no_village_merges_twice() {
        assert_eq!(merging_land(160.0, 0.1, 100.0), 4.0);
        assert_eq!(merging_land(160.0, 0.1, 3.0), 3.0);
    }

    #[test]
    fn households_are_two_workers_with_their_dependants() {
        // 3 km² at .15 per thousand: 20,000 persons in households of 3.2.
        assert!((households_on(3.0, 0.15, 1.6) - 6250.0).abs() < 1e-9);
        assert_eq!(households_on(3.0, 0.0, 1.6), 0.0);
    }
}
