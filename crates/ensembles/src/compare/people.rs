//! Who gains and who loses: the same persons in two worlds, and the groups they belong to.

use std::collections::BTreeMap;

use economics::welfare::equivalent_variation_of_utility;
use serde::Serialize;
use simulation::record::persons::{PersonKind as Kind, Persons};

use super::dated::Reform;
use super::effects::Numbers;
use super::published::{Published, beside_winner};
use super::quantities::QUARTERS;
use crate::statistics::Estimate;

/// By what persons are grouped. All but the last two are as they are in the world without the policy.
pub const DIMENSIONS: [(&str, &str); 8] = [
    ("all", "Everyone."),
    ("origin", "Place that people come from."),
    ("hukou", "Registration and residence without the policy."),
    ("skill", "Skill."),
    ("city_tier", "Class of size of the city they live in without the policy."),
    ("income_fifth", "Fifth of people by real income without the policy."),
    (
        "mobility",
        "`mover`: lives elsewhere because of the policy, in another place or between city and countryside; `stayer`: lives where they would without it.",
    ),
    (
        "settlement",
        "Whether registered where they live: with the policy alone, without it alone, in both worlds, in neither.",
    ),
];
/// Dimensions for which the means of the groups themselves are stated.
const OF_STATES: usize = 5;
const FIFTHS: [&str; 5] = ["poorest", "second", "third", "fourth", "richest"];
const SETTLEMENT: [[&str; 2]; 2] = [["in_neither", "with_policy_alone"], ["without_policy_alone", "in_both"]];

/// Sums over persons who are in both worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    people: f64,
    before: f64,
    after: f64,
    /// Persons whose utility is defined in both worlds, and sums over them.
    valued: f64,
    variation: f64,
    better: f64,
    worse: f64,
}

/// Sums over the members of a group in one world.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Members {
    people: f64,
    real_income: f64,
}

/// A group: position of the dimension and name.
type Key = (usize, String);

/// What a policy did to people in one pair of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shift {
    groups: BTreeMap<Key, Sums>,
    members: [BTreeMap<Key, Members>; 2],
    /// Mean equivalent variation of everyone, yuan per quarter.
    pub(super) gain: f64,
}

/// What being of the other kind is worth to a person, yuan per quarter at prices of the opening state and the region's
/// mean cost of living then.
fn variation(before: &Kind, after: &Kind) -> f64 {
    equivalent_variation_of_utility(
        before.real_income,
        before.real_income_above_subsistence,
        before.utility,
        after.utility,
    )
}

impl Shift {
    /// Of two worlds; `names` are those of the places, the outside last.
    pub(super) fn of(before: &Persons, after: &Persons, names: &[String]) -> Self {
        let fifths = fifths(&before.kinds);
        let mut groups: BTreeMap<Key, Sums> = BTreeMap::new();
        for ((here, there), agents) in before.pairs(after) {
            let (one, other) = (&before.kinds[here], &after.kinds[there]);
            let people = agents as f64 * one.people_per_agent;
            let worth = variation(one, other);
            let mut sums =
                Sums { people, before: people * one.real_income, after: people * other.real_income, ..Sums::default() };
            if worth.is_finite() {
                sums.valued = people;
                sums.variation = people * worth;
                sums.better = if worth > 0.0 { people } else { 0.0 };
                sums.worse = if worth < 0.0 { people } else { 0.0 };
            }
            for (dimension, group) in of_both(one, other, names, fifths[here]).into_iter().enumerate() {
                groups.entry((dimension, group.to_owned())).or_default().add(&sums);
            }
        }
        let everyone = groups.get(&(0, EVERYONE.to_owned())).copied().unwrap_or_default();
        let gain = if everyone.valued > 0.0 { everyone.variation / everyone.valued } else { 0.0 };
        Self { groups, members: [members(before, names), members(after, names)], gain }
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.before += other.before;
        self.after += other.after;
        self.valued += other.valued;
        self.variation += other.variation;
        self.better += other.better;
        self.worse += other.worse;
    }
}

const EVERYONE: &str = "everyone";

/// Groups of a person by the dimensions that a world alone decides.
fn of_one<'a>(kind: &'a Kind, names: &'a [String]) -> [&'a str; OF_STATES] {
    [EVERYONE, &names[kind.origin], kind.hukou, kind.skill, kind.city_tier]
}

/// Groups of a person by all dimensions.
fn of_both<'a>(before: &'a Kind, after: &'a Kind, names: &'a [String], fifth: usize) -> [&'a str; DIMENSIONS.len()] {
    let [everyone, origin, hukou, skill, city_tier] = of_one(before, names);
    let home = |kind: &Kind| (kind.place, kind.hukou == "rural");
    let mobility = if home(before) == home(after) { "stayer" } else { "mover" };
    let registered = |kind: &Kind| usize::from(kind.hukou == "registered");
    let settlement = SETTLEMENT[registered(before)][registered(after)];
    [everyone, origin, hukou, skill, city_tier, FIFTHS[fifth], mobility, settlement]
}

/// The means of groups.parquet: over those who are in the group in that world.
fn members(world: &Persons, names: &[String]) -> BTreeMap<Key, Members> {
    let mut members: BTreeMap<Key, Members> = BTreeMap::new();
    for kind in &world.kinds {
        for (dimension, group) in of_one(kind, names).into_iter().enumerate() {
            let sums = members.entry((dimension, group.to_owned())).or_default();
            sums.people += kind.people;
            sums.real_income += kind.people * kind.real_income;
        }
    }
    members
}

/// The fifth of people that each kind is in by real income: the one that its middle falls into.
fn fifths(kinds: &[Kind]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..kinds.len()).collect();
    order.sort_by(|&one, &other| kinds[one].real_income.total_cmp(&kinds[other].real_income).then(one.cmp(&other)));
    let everyone: f64 = order.iter().map(|&at| kinds[at].people).sum();
    let (mut below, mut fifths) = (0.0, vec![0; kinds.len()]);
    for at in order {
        let middle = (below + 0.5 * kinds[at].people) / everyone.max(f64::MIN_POSITIVE);
        fifths[at] = ((FIFTHS.len() as f64 * middle) as usize).min(FIFTHS.len() - 1);
        below += kinds[at].people;
    }
    fifths
}

/// What a policy does to a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Winner {
    /// The policy.
    pub policy: String,
    /// By what people are grouped, see [`DIMENSIONS`].
    pub dimension: &'static str,
    /// The group.
    pub group: String,
    /// Persons of the group who are in both worlds, mean over seeds.
    pub people: f64,
    /// Real income of these same persons, constant yuan per person and year, without the policy and with it.
    #[serde(flatten)]
    pub real_income: Numbers,
    /// What the policy is worth to them, constant yuan per person and year.
    pub equivalent_variation: f64,
    /// Lower end of its 95 % interval.
    pub equivalent_variation_low: f64,
    /// Upper end.
    pub equivalent_variation_high: f64,
    /// Share of them who are better off.
    pub better_share: f64,
    /// Share of them who are worse off.
    pub worse_share: f64,
    /// Members of the group in the world without the policy, persons.
    pub members_base: f64,
    /// Members with it: other persons in part.
    pub members_with_policy: f64,
    /// Mean real income of the members without the policy, as in table `groups`.
    pub members_real_income_base: f64,
    /// The same with the policy.
    pub members_real_income_with_policy: f64,
    /// Their difference: it shows also who joined and who left the group.
    pub members_effect: f64,
    /// Lower end of its 95 % interval.
    pub members_low: f64,
    /// Upper end.
    pub members_high: f64,
    /// What has been published about what such a policy is worth to such people.
    pub published: Vec<Published>,
}

/// Every group of one policy, over the pairs of runs.
pub(super) fn winners(policy: &str, reforms: &[Reform], shifts: &[&Shift], names: &[String]) -> Vec<Winner> {
    let mut keys: Vec<Key> = shifts
        .iter()
        .flat_map(|shift| shift.groups.keys().chain(shift.members.iter().flat_map(BTreeMap::keys)))
        .cloned()
        .collect();
    keys.sort_by_key(|(dimension, group)| (*dimension, rank(*dimension, group, names), group.clone()));
    keys.dedup();
    keys.iter().map(|key| winner(policy, reforms, key, shifts)).collect()
}

/// The order of groups within a dimension.
fn rank(dimension: usize, group: &str, names: &[String]) -> usize {
    const ORDER: [&str; 18] = [
        EVERYONE,
        "registered",
        "migrant",
        "rural",
        "unskilled",
        "skilled",
        "small",
        "medium",
        "large",
        "very_large",
        "super_large",
        "countryside",
        "outside",
        "stayer",
        "mover",
        "with_policy_alone",
        "without_policy_alone",
        "in_both",
    ];
    let position = match DIMENSIONS[dimension].0 {
        "origin" => names.iter().position(|name| name == group),
        "income_fifth" => FIFTHS.iter().position(|name| *name == group),
        _ => ORDER.iter().position(|name| *name == group),
    };
    position.unwrap_or(usize::MAX)
}

fn winner(policy: &str, reforms: &[Reform], key: &Key, shifts: &[&Shift]) -> Winner {
    let sums: Vec<Sums> = shifts.iter().map(|shift| shift.groups.get(key).copied().unwrap_or_default()).collect();
    let per = |of: &dyn Fn(&Sums) -> f64, number: &dyn Fn(&Sums) -> f64| -> Vec<f64> {
        sums.iter().map(|sums| of(sums) / number(sums)).collect()
    };
    let (people, valued) = (|sums: &Sums| sums.people, |sums: &Sums| sums.valued);
    let mean = |values: &[f64]| Numbers::of(values, values).base;
    let worth = per(&|sums| QUARTERS * sums.variation, &valued);
    let nothing = vec![0.0; worth.len()];
    let worth = Numbers::of(&nothing, &worth);
    let member = |world: usize| -> [Vec<f64>; 2] {
        let each = shifts.iter().map(|shift| shift.members[world].get(key).copied().unwrap_or_default());
        each.map(|members| (members.people, QUARTERS * members.real_income / members.people)).unzip().into()
    };
    let ([base_people, base], [with_people, with]) = (member(0), member(1));
    let members = Numbers::of(&base, &with);
    let real_income =
        Numbers::of(&per(&|sums| QUARTERS * sums.before, &people), &per(&|sums| QUARTERS * sums.after, &people));
    let published = match DIMENSIONS[key.0].0 {
        "hukou" => beside_winner(reforms, &key.1, [worth.low / real_income.base, worth.high / real_income.base]),
        _ => Vec::new(),
    };
    Winner {
        policy: policy.to_owned(),
        dimension: DIMENSIONS[key.0].0,
        group: key.1.clone(),
        people: Estimate::of(&sums.iter().map(people).collect::<Vec<_>>()).mean,
        real_income,
        equivalent_variation: worth.effect,
        equivalent_variation_low: worth.low,
        equivalent_variation_high: worth.high,
        better_share: mean(&per(&|sums| sums.better, &valued)),
        worse_share: mean(&per(&|sums| sums.worse, &valued)),
        members_base: if key.0 < OF_STATES { Estimate::of(&base_people).mean } else { f64::NAN },
        members_with_policy: if key.0 < OF_STATES { Estimate::of(&with_people).mean } else { f64::NAN },
        members_real_income_base: members.base,
        members_real_income_with_policy: members.with_policy,
        members_effect: members.effect,
        members_low: members.low,
        members_high: members.high,
        published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(place: usize, hukou: &'static str, real_income: f64, utility: f64) -> Kind {
        Kind {
            origin: 0,
            place,
            hukou,
            skill: "unskilled",
            city_tier: "small",
            people: 1.0,
            people_per_agent: 1.0,
            real_income,
            real_income_above_subsistence: real_income - 1.0,
            utility,
        }
    }

    #[test]
    fn twice_as_much_above_subsistence_is_worth_what_it_costs() {
        // Utility is the log of income above subsistence: from 2 to 4 of it is a gift of 2.
        let (before, after) =
            (kind(0, "rural", 3.0, economics::maths::ln(2.0)), kind(0, "rural", 5.0, economics::maths::ln(4.0)));
        assert!((variation(&before, &after) - 2.0).abs() < 1e-12);
        assert_eq!(variation(&before, &before), 0.0);
    }

    #[test]
    fn the_way_from_the_countryside_into_the_own_city_is_a_move() {
        let names = ["west".to_owned(), "outside".to_owned()];
        let groups = |before: &Kind, after: &Kind| of_both(before, after, &names, 0).map(str::to_owned);
        let (rural, city) = (kind(0, "rural", 1.0, 0.0), kind(0, "registered", 2.0, 0.0));
        assert_eq!(groups(&rural, &city)[6..], ["mover", "with_policy_alone"]);
        assert_eq!(groups(&city, &city)[6..], ["stayer", "in_both"]);
        assert_eq!(groups(&rural, &rural)[6..], ["stayer", "in_neither"]);
    }

    #[test]
    fn fifths_hold_a_fifth_of_people_each() {
        let kinds: Vec<Kind> = (0..10).rev().map(|income| kind(0, "rural", f64::from(income), 0.0)).collect();
        assert_eq!(fifths(&kinds), [4, 4, 3, 3, 2, 2, 1, 1, 0, 0]);
    }
}
