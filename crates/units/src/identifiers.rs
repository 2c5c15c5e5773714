//! Identifiers: the position of a place or an industry in its table.

use serde::{Deserialize, Serialize};

/// A place of the region table, by its row: 0 is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PlaceId(pub u16);

impl PlaceId {
    /// The position of the place in slices by place.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The position of a pair of places in row-major slices, from this one to another.
    #[inline]
    pub const fn pair(self, to: PlaceId, places: usize) -> usize {
        self.index() * places + to.index()
    }
}

/// An industry of the scenario, by its position: 0 is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndustryId(pub u8);

impl IndustryId {
    /// The position of the industry in lists by industry.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_go_row_by_row() {
        assert_eq!(PlaceId(2).pair(PlaceId(1), 10), 21);
        assert_eq!(IndustryId(3).index(), 3);
        assert_eq!(serde_json::to_string(&PlaceId(7)).unwrap(), "7");
    }
}
