//! Published magnitudes that effects can be put beside, each with its source.
//!
//! They are not targets: nothing is fitted to them. Most come from static models of the whole nation, so that a gap has
//! reasons, which stand beside the figure. A figure is marked second-hand where it was read in a note about the paper and
//! not in the paper itself.

use serde::Serialize;

use super::dated::Reform;
use super::quantities::EQUIVALENT_VARIATION;

/// A published magnitude beside an effect.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Published {
    /// Lower end, as a share of the base; null where only that it falls is known.
    pub low: f64,
    /// Upper end; null where only that it rises is known.
    pub high: f64,
    /// Author and year.
    pub source: &'static str,
    /// Whether it was read in a note about the paper, not in the paper.
    pub second_hand: bool,
    /// Whether the interval of the effect meets the band: `within`, `below`, `above`, or `unclear` without an interval.
    pub verdict: &'static str,
    /// Why the two may differ.
    pub reason: &'static str,
}

struct Entry {
    reforms: &'static [Reform],
    quantity: &'static str,
    low: f64,
    high: f64,
    source: &'static str,
    second_hand: bool,
    reason: &'static str,
}

use Reform::{LandQuota, Settlement, Transport};

const NATION: &str = "Theirs: the whole nation in long-run equilibrium, every barrier of registration gone; here: one region \
whose people can also leave it, some years after the change, and a levy that pays for the services of new citizens";
const LAND: &str = "Theirs: quotas move between provinces towards the coast; here: they move within one province, paid for by \
cities and limited to homesteads that settlers and villages give up";
const ROADS: &str = "Theirs: the expressway network of the nation in 2007; here: distance costs fall by what the policy says, \
and its outlay is borne by the region";
/// Where only a direction was published.
const ANY: f64 = f64::INFINITY;

const EFFECTS: &[Entry] = &[
    Entry {
        reforms: &[Settlement],
        quantity: "gdp",
        low: 0.043,
        high: 0.233,
        source: "Wu and You 2025: 23.3 % in 2000, 12.7 % in 2010, 4.3 % in 2020",
        second_hand: true,
        reason: NATION,
    },
    Entry {
        reforms: &[Settlement],
        quantity: "gdp",
        low: 0.0147,
        high: 0.0463,
        source: "Zhao and Chen 2021: relief in eight provinces, with and without housing in the price index",
        second_hand: true,
        reason: NATION,
    },
    Entry {
        reforms: &[Settlement],
        quantity: EQUIVALENT_VARIATION,
        low: 0.007,
        high: 0.047,
        source: "Ma and Tang 2020: 0.7 to 3.9 %; Wu and You 2025: 4.7 %",
        second_hand: true,
        reason: "Theirs: welfare with tastes for places and moving costs; here: utility of the quarter as people's choices \
weigh it, moving costs already paid; also registration itself and the services that come with it",
    },
    Entry {
        reforms: &[Settlement],
        quantity: "centre_population",
        low: 0.5,
        high: 1.2,
        source: "Wu and You 2025: 88 % in cities of the first tier",
        second_hand: true,
        reason: "Theirs: the four largest cities of the nation, to which all of it moves; here: the capital of one province, \
with the land that its plan allows",
    },
    Entry {
        reforms: &[Settlement],
        quantity: "centre_population_share",
        low: 0.0,
        high: ANY,
        source: "Bosker, Brakman, Garretsen and Schramm 2012: freer labour makes core and periphery more pronounced",
        second_hand: false,
        reason: "Theirs: 264 prefectures of the nation; here: every city of one province opens at once, the smaller ones were \
closed as well",
    },
    Entry {
        reforms: &[LandQuota],
        quantity: "gdp",
        low: 0.016,
        high: 0.053,
        source: "Fang, Han, Huang, Lu and Zhang: 2.4 % of urban output in 2010; Zhao and Chen 2021 (second-hand): 1.6 to 5.3 %",
        second_hand: false,
        reason: LAND,
    },
    Entry {
        reforms: &[LandQuota],
        quantity: "gdp",
        low: 0.11,
        high: 0.112,
        source: "Liu, Zhang, Wang and Guo 2022: 11.1 % over a synthetic Chongqing",
        second_hand: false,
        reason: "Theirs: an estimate for one municipality, whatever else it did at the time; here: the market for quotas alone",
    },
    Entry {
        reforms: &[LandQuota],
        quantity: "farmer_income",
        low: 0.01,
        high: 0.02,
        source: "Fang, Han, Huang, Lu and Zhang: workers from poor regions",
        second_hand: false,
        reason: LAND,
    },
    Entry {
        reforms: &[Settlement, LandQuota],
        quantity: "gdp",
        low: 0.078,
        high: 0.079,
        source: "Zhao and Chen 2021: land and registration together, 7.81 %",
        second_hand: true,
        reason: NATION,
    },
    Entry {
        reforms: &[Transport],
        quantity: "real_income",
        low: 0.05,
        high: 0.07,
        source: "Roberts, Deichmann, Fingleton and Shi 2010: about 6 % in 2007",
        second_hand: false,
        reason: ROADS,
    },
    Entry {
        reforms: &[Transport],
        quantity: "theil_places",
        low: 0.0,
        high: ANY,
        source: "Roberts, Deichmann, Fingleton and Shi 2010: disparity does not fall; Bosker, Deichmann and Roberts 2018",
        second_hand: false,
        reason: ROADS,
    },
];

const INTERACTIONS: &[Entry] = &[
    Entry {
        reforms: &[Settlement, LandQuota],
        quantity: "gdp",
        low: 0.0,
        high: ANY,
        source: "Zhao and Chen 2021: together 7.8 %, alone 5.3 and 1.5 %",
        second_hand: true,
        reason: LAND,
    },
    Entry {
        reforms: &[Settlement, LandQuota],
        quantity: EQUIVALENT_VARIATION,
        low: 0.0,
        high: ANY,
        source: "Zhao and Chen 2021: together 47 %, alone 4.6 and 36 %",
        second_hand: true,
        reason: LAND,
    },
];

/// About what a reform is worth to a group; the quantity is the group.
const WINNERS: &[Entry] = &[Entry {
    reforms: &[Settlement],
    quantity: "registered",
    low: -ANY,
    high: 0.0,
    source: "Wu and You 2025: without control of city sizes the average welfare of city residents falls",
    second_hand: false,
    reason: NATION,
}];

fn beside(entries: &[Entry], reforms: &[Reform], quantity: &str, interval: [f64; 2]) -> Vec<Published> {
    let fits = |entry: &&Entry| entry.reforms == reforms && entry.quantity == quantity;
    let with_verdict = |entry: &Entry| Published {
        low: entry.low,
        high: entry.high,
        source: entry.source,
        second_hand: entry.second_hand,
        verdict: verdict(entry, interval),
        reason: entry.reason,
    };
    entries.iter().filter(fits).map(with_verdict).collect()
}

fn verdict(entry: &Entry, [low, high]: [f64; 2]) -> &'static str {
    if low.is_nan() || high.is_nan() {
        "unclear"
    } else if low == 0.0 && high == 0.0 {
        "none"
    } else if high < entry.low {
        "below"
    } else if low > entry.high {
        "above"
    } else {
        "within"
    }
}

/// What has been published about the effect of such a reform on a quantity; `interval` is that of the relative effect.
pub(super) fn beside_effect(reforms: &[Reform], quantity: &str, interval: [f64; 2]) -> Vec<Published> {
    beside(EFFECTS, reforms, quantity, interval)
}

/// The same about what reforms do together beyond the sum of each.
pub(super) fn beside_interaction(reforms: &[Reform], quantity: &str, interval: [f64; 2]) -> Vec<Published> {
    beside(INTERACTIONS, reforms, quantity, interval)
}

/// The same about what a reform is worth to people of a standing; `interval` is relative to their real income.
pub(super) fn beside_winner(reforms: &[Reform], hukou: &str, interval: [f64; 2]) -> Vec<Published> {
    beside(WINNERS, reforms, hukou, interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_judged_against_the_band() {
        let verdict = |interval: [f64; 2]| beside_effect(&[LandQuota], "gdp", interval)[0].verdict;
        assert_eq!(verdict([0.0, 0.01]), "below");
        assert_eq!(verdict([0.01, 0.02]), "within");
        assert_eq!(verdict([0.06, 0.07]), "above");
        assert_eq!(verdict([f64::NAN; 2]), "unclear");
        assert_eq!(verdict([0.0; 2]), "none");
        let direction = |interval| beside_effect(&[Transport], "theil_places", interval)[0].verdict;
        assert_eq!((direction([0.01, 9.0]), direction([-0.2, -0.1])), ("within", "below"));
    }

    #[test]
    fn a_band_is_shown_beside_the_reform_that_it_is_about_alone() {
        assert!(beside_effect(&[Settlement, Transport], "gdp", [0.0; 2]).is_empty());
        assert!(beside_effect(&[], "gdp", [0.0; 2]).is_empty());
        assert_eq!(beside_effect(&[Settlement], "gdp", [0.0; 2]).len(), 2);
    }

    #[test]
    fn every_entry_has_a_source_a_reason_and_a_band() {
        for entry in EFFECTS.iter().chain(INTERACTIONS).chain(WINNERS) {
            assert!(entry.low <= entry.high && !entry.source.is_empty() && !entry.reason.is_empty());
            assert!(entry.reforms.is_sorted(), "reforms are looked up in order: {}", entry.source);
        }
    }
}
