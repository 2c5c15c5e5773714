//! Admission: what a rule asks of a migrant. Plain functions, without a world and without random numbers.
//!
//! Counters are whole quarters that stop at 255; a rule that asks for more than 255 quarters is met by nobody.

use scenario::mechanisms::settlement_rules::Rule;

/// What a rule may ask about a migrant.
#[derive(Clone, Copy, Debug)]
pub struct Qualifications {
    /// Whether the person is skilled.
    pub skilled: bool,
    /// Quarters in the place.
    pub quarters_here: u8,
    /// Quarters of insured work in the place.
    pub insured_quarters: u8,
    /// Whether the person has worked for long enough without a break to count as stably housed.
    pub stable: bool,
}

/// Whether a migrant may apply to settle under this rule. Quotas ration applicants afterwards.
#[must_use]
pub fn eligible(rule: &Rule, person: Qualifications) -> bool {
    match rule {
        Rule::Closed => false,
        Rule::Open | Rule::Quota { .. } => true,
        Rule::Residence { residence, insured, .. } => {
            served(person.quarters_here, *residence) && served(person.insured_quarters, *insured)
        }
        Rule::Points { threshold, .. } => threshold.is_none_or(|needed| points(rule, person) >= needed),
    }
}

/// Rank of an applicant where a quota rations: those with a higher score settle first, equals by lottery. Only
/// `Points` ranks; under other rules everyone scores 0, so that the lottery decides alone. Stops at 65,535.
#[must_use]
pub fn score(rule: &Rule, person: Qualifications) -> u16 {
    u16::try_from(points(rule, person)).unwrap_or(u16::MAX)
}

/// Settlers a year that the rule admits, as a share of the registered citizens; `None`: as many as are eligible.
#[must_use]
pub fn quota_share(rule: &Rule) -> Option<f64> {
    match rule {
        Rule::Closed | Rule::Open => None,
        Rule::Quota { share } => Some(*share),
        Rule::Residence { quota, .. } | Rule::Points { quota, .. } => *quota,
    }
}

/// Points under a points rule: each counts full years only; 0 under any other rule.
fn points(rule: &Rule, person: Qualifications) -> u32 {
    let Rule::Points { skill, insured, residence, housing, .. } = *rule else {
        return 0;
    };
    let years = |quarters: u8| u32::from(quarters / 4);
    let if_true = |holds: bool, points: u32| if holds { points } else { 0 };
    if_true(person.skilled, skill)
        .saturating_add(insured.saturating_mul(years(person.insured_quarters)))
        .saturating_add(residence.saturating_mul(years(person.quarters_here)))
        .saturating_add(if_true(person.stable, housing))
}

/// Whether a counter of quarters has reached a number of years. Part quarters must be served in full.
fn served(quarters: u8, years: f64) -> bool {
    f64::from(quarters) >= 4.0 * years
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAY: Rule = Rule::Residence { residence: 5.0, insured: 3.0, quota: Some(0.004) };
    const POINTS: Rule =
        Rule::Points { skill: 60, insured: 5, residence: 3, housing: 7, threshold: Some(71), quota: None };

    fn person(skilled: bool, quarters_here: u8, insured_quarters: u8, stable: bool) -> Qualifications {
        Qualifications { skilled, quarters_here, insured_quarters, stable }
    }

    #[test]
    fn residence_is_met_in_the_quarter_in_which_the_years_are_full() {
        assert!(eligible(&STAY, person(false, 20, 12, false)));
        assert!(!eligible(&STAY, person(false, 19, 12, false)));
        assert!(!eligible(&STAY, person(false, 20, 11, false)));
        assert_eq!(score(&STAY, person(true, 20, 12, true)), 0);
    }

    #[test]
    fn part_quarters_must_be_served_in_full() {
        // .3 years are 1.2 quarters.
        let rule = Rule::Residence { residence: 0.3, insured: 0.0, quota: None };
        assert!(!eligible(&rule, person(false, 1, 0, false)));
        assert!(eligible(&rule, person(false, 2, 0, false)));
    }

    #[test]
    fn the_longest_stay_that_can_be_counted_is_255_quarters() {
        let years = |residence| Rule::Residence { residence, insured: 0.0, quota: None };
        assert!(eligible(&years(63.75), person(false, 255, 0, false)));
        assert!(!eligible(&years(63.75), person(false, 254, 0, false)));
        assert!(!eligible(&years(64.0), person(false, 255, 0, false)));
    }

    #[test]
    fn points_count_full_years_and_the_threshold_itself_is_enough() {
        // 60 + 5·1 + 3·2 = 71
        assert_eq!(score(&POINTS, person(true, 8, 4, false)), 71);
        assert!(eligible(&POINTS, person(true, 8, 4, false)));
        assert!(!eligible(&POINTS, person(true, 7, 4, false)));
        assert!(!eligible(&POINTS, person(true, 8, 3, false)));
        assert!(!eligible(&POINTS, person(false, 8, 4, false)));
    }

    #[test]
    fn stable_work_counts_as_housing() {
        assert_eq!(score(&POINTS, person(false, 0, 0, false)), 0);
        assert_eq!(score(&POINTS, person(false, 0, 0, true)), 7);
        // 60 + 7 + 5·0 + 3·1 = 70, and one more year of residence passes 71.
        assert!(!eligible(&POINTS, person(true, 4, 0, true)));
        assert!(eligible(&POINTS, person(true, 8, 0, true)));
    }

    #[test]
    fn huge_points_stop_at_the_largest_score_and_still_pass_their_threshold() {
        let rule = Rule::Points {
            skill: u32::MAX,
            insured: 1_000_000,
            residence: 0,
            housing: 0,
            threshold: Some(u32::MAX),
            quota: None,
        };
        assert_eq!(score(&rule, person(true, 0, 255, false)), u16::MAX);
        assert!(eligible(&rule, person(true, 0, 255, false)));
    }

    #[test]
    fn simple_rules_mean_what_they_say() {
        assert!(!eligible(&Rule::Closed, person(true, 255, 255, true)));
        assert!(eligible(&Rule::Open, person(false, 0, 0, false)));
        let quota = Rule::Quota { share: 0.01 };
        assert!(eligible(&quota, person(false, 0, 0, false)));
        assert_eq!([&Rule::Closed, &Rule::Open].map(quota_share), [None, None]);
        assert_eq!([&quota, &STAY, &POINTS].map(quota_share), [Some(0.01), Some(0.004), None]);
    }

    #[test]
    fn ranking_without_a_threshold_admits_every_applicant() {
        let rule = Rule::Points { skill: 1, insured: 0, residence: 0, housing: 0, threshold: None, quota: Some(0.1) };
        assert!(eligible(&rule, person(false, 0, 0, false)));
        assert!(score(&rule, person(true, 0, 0, false)) > score(&rule, person(false, 0, 0, false)));
    }
}
