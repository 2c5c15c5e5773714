//! Land of towns: land that firms in the countryside take from the reserve or give back.

/// Changes of a quarter, km².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TownLand {
    /// Taken from the reserve.
    pub taken: f64,
    /// Given back.
    pub given_back: f64,
    /// Wanted but not available.
    pub short: f64,
}

/// Land that town firms take or give back, from the land they want and the land they have.
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
    fn towns_take_up_to_the_reserve_and_give_back_the_rest() {
        let land = |taken, given_back, short| TownLand { taken, given_back, short };
        assert_eq!(town_land(5.0, 3.0, 10.0), land(2.0, 0.0, 0.0));
        assert_eq!(town_land(5.0, 3.0, 0.5), land(0.5, 0.0, 1.5));
        assert_eq!(town_land(3.0, 5.0, 10.0), land(0.0, 2.0, 0.0));
        assert_eq!(town_land(3.0, 3.0, 0.0), land(0.0, 0.0, 0.0));
    }
}
