//! Land of towns: what firms in the countryside take from the reserve, and what they leave.

/// What changes hands in a quarter, km².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TownLand {
    /// Taken from the reserve.
    pub taken: f64,
    /// Left behind.
    pub given_back: f64,
    /// Wanted and not to be had.
    pub short: f64,
}

/// What town firms take and leave when they want so much land and have so much.
///
/// # Formula
///
/// `taken = min(wanted − present, reserve)` when more is wanted; `given back = present − wanted` when less is
///
/// # Units
///
/// km².
pub fn town_land(wanted: f64, present: f64, reserve: f64) -> TownLand {
    let more = (wanted - present).max(0.0);
    let taken = more.min(reserve.max(0.0));
    TownLand { taken, given_back: (present - wanted).max(0.0), short: more - taken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_taken_left_or_missing() {
        let land = |taken, given_back, short| TownLand { taken, given_back, short };
        assert_eq!(town_land(5.0, 3.0, 10.0), land(2.0, 0.0, 0.0));
        assert_eq!(town_land(5.0, 3.0, 0.5), land(0.5, 0.0, 1.5));
        assert_eq!(town_land(3.0, 5.0, 10.0), land(0.0, 2.0, 0.0));
        assert_eq!(town_land(3.0, 3.0, 0.0), land(0.0, 0.0, 0.0));
    }
}
