//! What a policy adds to the levers of a scenario, and when.

use scenario::levers::Levers;
use scenario::mechanisms::land_quota::TransferScope;
use scenario::mechanisms::settlement_rules::Rule;

/// A change that a policy makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// What it changes, as a policy file names it.
    pub what: &'static str,
    /// From when, as a calendar year with quarters as fractions.
    pub from: f64,
}

/// Kinds of reform that published figures are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reform {
    /// Settling becomes free, at least in some places.
    Settlement,
    /// Land quotas are traded farther than within a county.
    LandQuota,
    /// Goods and people travel at lower cost.
    Transport,
    /// Borders between places fall.
    Barriers,
    /// Public services change in quality, spending or reach.
    Services,
    /// Anything else.
    Other,
}

/// The changes of the levers `with` a policy that are not among those `without` it. Policies only add to levers.
#[must_use]
pub fn changes(without: &Levers, with: &Levers) -> Vec<Change> {
    let before = without.dates();
    let added = with.dates().into_iter().zip(before).flat_map(|((what, dates), (_, before))| {
        dates.into_iter().skip(before.len()).map(move |from| Change { what, from })
    });
    added.collect()
}

/// What kinds of reform a policy is, in order and each once. A rule for homesteads alone is none of its own.
#[must_use]
pub fn reforms(without: &Levers, with: &Levers) -> Vec<Reform> {
    let mut rules = with.settlement.iter().skip(without.settlement.len()).flat_map(|change| &change.rules).peekable();
    let with_rules = rules.peek().is_some();
    let settles = rules.any(|rule| rule.rule == Rule::Open);
    let quotas = with.land_quota.iter().skip(without.land_quota.len());
    let trades = quotas.filter_map(|change| change.scope).any(|scope| scope > TransferScope::Local);
    let mut found: Vec<Reform> = changes(without, with)
        .iter()
        .filter_map(|change| match change.what {
            "Settlement" if with_rules => Some(if settles { Reform::Settlement } else { Reform::Other }),
            "Settlement" => None,
            "LandQuota" => Some(if trades { Reform::LandQuota } else { Reform::Other }),
            "Transport" => Some(Reform::Transport),
            "Barrier" => Some(Reform::Barriers),
            "ServiceReform" => Some(Reform::Services),
            _ => Some(Reform::Other),
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const BASE: &str = include_str!("../../../../configs/two-regions.ron");

    fn levers(changes: &str) -> Levers {
        let policy = format!("(name: \"policy\", changes: [{changes}])");
        // Off in that case, and a policy cannot change what is off.
        let on = ["land_quota=()".to_owned()];
        let loaded = scenario::load_str(BASE, Path::new("."), &on, &[("policy.ron", &policy)]);
        loaded.unwrap_or_else(|faults| panic!("{faults}")).scenario.levers
    }

    fn found(policy: &str) -> (Vec<(&'static str, f64)>, Vec<Reform>) {
        let (without, with) = (levers(""), levers(policy));
        let dates = changes(&without, &with).into_iter().map(|change| (change.what, change.from)).collect();
        (dates, reforms(&without, &with))
    }

    #[test]
    fn every_change_of_a_policy_is_found_with_its_date() {
        let (dates, _) = found(
            "(at: 2014, change: Settlement(rules: [(places: All, rule: Open)])), (at: 2013.5, change: Barrier(wedge: 0)),
             (at: 2012, until: 2015, change: Park(industries: [\"manufacturing\"], rate: 0.1))",
        );
        assert_eq!(dates, [("Settlement", 2014.0), ("Barrier", 2013.5), ("Park", 2012.0)]);
        assert!(found("").0.is_empty());
    }

    #[test]
    fn a_policy_is_known_for_what_it_reforms() {
        let open = "(at: 2014, change: Settlement(rules: [(places: All, rule: Open)]))";
        let market = "(at: 2014, change: LandQuota(scope: Province)), (at: 2014, change: Settlement(homestead: Sell))";
        assert_eq!(found(open).1, [Reform::Settlement]);
        assert_eq!(found(market).1, [Reform::LandQuota]);
        assert_eq!(found(&format!("{market}, {open}")).1, [Reform::Settlement, Reform::LandQuota]);
        assert_eq!(found("(at: 2014, change: LandQuota(plan_growth: 0.01))").1, [Reform::Other]);
        assert_eq!(found("(at: 2014, change: Settlement(rules: [(places: All, rule: Closed)]))").1, [Reform::Other]);
    }
}
