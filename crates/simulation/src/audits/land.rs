//! The land account: uses of a place add up to what it has always had, none is negative, and arable land never shrinks.
//!
//! - **Reads** [`Clock`], [`PlaceTable`], [`QuotaTerms`], [`ConstructionLand`], [`TownLand`], [`ArableLand`],
//!   [`HomesteadLand`], [`ReserveLand`], [`ReleasedLand`], [`ArableAtStart`], [`LandAtStart`]. **Writes** [`Audit`].
//! - **Phase** [`Phase::Accounts`](crate::step::Phase::Accounts). **Random numbers** none.
//! - The floor of arable land holds over the widest scope in which quotas have ever been traded in the run: what was
//!   built over under national trade does not come back when trade becomes local.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use scenario::mechanisms::land_quota::TransferScope;
use scenario::scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::accounts::{Audit, Breach, TOLERANCE};
use crate::agents::city::ByCity;
use crate::clock::Clock;
use crate::mechanisms::land_quota::{QuotaTerms, Regions};
use crate::mechanisms::land_use::{
    ArableAtStart, ArableLand, ConstructionLand, HomesteadLand, LandAtStart, ReleasedLand, ReserveLand, TownLand,
};
use crate::model::Model;
use crate::region::PlaceTable;
use crate::step::Step;

/// Rank of the widest scope of trade so far in [`TransferScope::ALL`].
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct WidestScope(u8);

impl WidestScope {
    fn scope(self) -> TransferScope {
        TransferScope::ALL[usize::from(self.0)]
    }

    fn widen(&mut self, scope: TransferScope) {
        self.0 = self.0.max(scope as u8);
    }
}

#[derive(Resource)]
struct AuditedRegions(Regions);

/// Audits land.
pub(crate) fn add(model: &mut Model, _: &Scenario) {
    let regions = Regions::of(model.world.resource::<PlaceTable>());
    model.world.insert_resource(AuditedRegions(regions));
    model.world.insert_resource(WidestScope::default());
    model.keep::<WidestScope>("widest_quota_scope");
    model.add(Step::AuditLand, audit_land);
}

/// Land by use, now and at the start.
#[derive(SystemParam)]
struct AuditedLand<'w> {
    construction: ByCity<'w, ConstructionLand>,
    town: ByCity<'w, TownLand>,
    arable: ByCity<'w, ArableLand>,
    homestead: ByCity<'w, HomesteadLand>,
    reserve: ByCity<'w, ReserveLand>,
    released: ByCity<'w, ReleasedLand>,
    arable_at_start: ByCity<'w, ArableAtStart>,
    at_start: ByCity<'w, LandAtStart>,
}

fn audit_land(
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    regions: Res<AuditedRegions>,
    terms: Res<QuotaTerms>,
    land: AuditedLand,
    mut widest: ResMut<WidestScope>,
    mut audit: ResMut<Audit>,
) {
    if audit.0.is_some() {
        return;
    }
    if !clock.burning_in {
        widest.widen(terms.scope);
    }
    let groups = regions.0.within(widest.scope());
    audit.0 = land
        .broken_use(&table)
        .or_else(|| land.broken_floor(&table, groups, widest.scope()))
        .map(|(account, expected, found)| Breach { tick: clock.tick, account, expected, found });
}

/// Account, what it should hold, what it holds.
type Finding = (String, f64, f64);

impl AuditedLand<'_> {
    /// The first place whose uses do not add up, or with a use below zero.
    fn broken_use(&self, table: &PlaceTable) -> Option<Finding> {
        let uses: [(&str, &[f64]); 6] = [
            ("construction", &self.construction),
            ("town", &self.town),
            ("arable", &self.arable),
            ("homestead", &self.homestead),
            ("reserve", &self.reserve),
            ("released", &self.released),
        ];
        for (place, about) in table.places.iter().enumerate() {
            let expected = self.at_start[place];
            let found: f64 = uses.iter().map(|(_, column)| column[place]).sum();
            let closes = (found - expected).abs() <= TOLERANCE * expected.abs();
            // A sum that is not a number closes nothing.
            if !closes {
                return Some((format!("land of {}", about.key), expected, found));
            }
            for (name, column) in uses {
                if column[place] < -TOLERANCE {
                    return Some((format!("{name} land of {}", about.key), 0.0, column[place]));
                }
            }
        }
        None
    }

    /// The first region with less arable land than at the start.
    fn broken_floor(&self, table: &PlaceTable, groups: &[Vec<usize>], scope: TransferScope) -> Option<Finding> {
        for members in groups {
            let sum = |column: &[f64]| -> f64 { members.iter().map(|&place| column[place]).sum() };
            let (expected, found) = (sum(&self.arable_at_start), sum(&self.arable));
            if found < expected - TOLERANCE * expected.abs() {
                let first = &table.places[members[0]];
                let region = match scope {
                    TransferScope::None | TransferScope::Local => &first.key,
                    TransferScope::Province => &first.province,
                    TransferScope::National => "all places",
                };
                return Some((format!("arable land of {region}"), expected, found));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::{City, Column, WorldColumns};
    use crate::mechanisms::land_quota;
    use crate::mechanisms::testing::small;
    use crate::run::RunError;

    /// Audits land with a scope of trade and a fault that changes land late in the quarter.
    fn audited(scope: TransferScope, fault: fn(&mut World)) -> Result<(), RunError> {
        let (mut model, scenario) = small(3, |scenario| scenario.mechanisms.land_quota = None);
        land_quota::add(&mut model, &scenario);
        add(&mut model, &scenario);
        model.add_after(Step::MeasureIdle, move |world: &mut World| fault(world));
        model.world.resource_mut::<Clock>().tick = 7;
        model.world.resource_mut::<QuotaTerms>().scope = scope;
        model.tick()
    }

    fn gain<C: Column<Row = City, Value = f64>>(world: &mut World, place: usize, area: f64) {
        world.by_city_mut::<C>()[place] += area;
    }

    fn breach(account: &str, expected: f64, found: f64) -> Result<(), RunError> {
        Err(RunError::Account(Breach { tick: 7, account: account.to_owned(), expected, found }))
    }

    #[test]
    fn a_quarter_without_fault_passes() {
        assert_eq!(audited(TransferScope::None, |_| {}), Ok(()));
    }

    #[test]
    fn land_from_nowhere_is_caught_by_place_and_quarter() {
        let result = audited(TransferScope::None, |world| gain::<ConstructionLand>(world, 1, 1.0));
        assert_eq!(result, breach("land of middle", 2300.0, 2301.0));
    }

    #[test]
    fn land_below_zero_is_caught_by_use() {
        let result = audited(TransferScope::None, |world| {
            gain::<TownLand>(world, 2, -1.0);
            gain::<ArableLand>(world, 2, 1.0);
        });
        assert_eq!(result, breach("town land of west", 0.0, -1.0));
    }

    #[test]
    fn what_is_not_a_number_is_caught() {
        assert!(audited(TransferScope::None, |world| gain::<ArableLand>(world, 0, f64::NAN)).is_err());
    }

    #[test]
    fn arable_land_may_move_within_the_scope_and_not_beyond_it() {
        fn swap(world: &mut World, from: usize, to: usize) {
            gain::<ArableLand>(world, from, -1.0);
            gain::<ConstructionLand>(world, from, 1.0);
            gain::<ArableLand>(world, to, 1.0);
            gain::<HomesteadLand>(world, to, -1.0);
        }
        // From east to middle, both in Near.
        let near: fn(&mut World) = |world| swap(world, 0, 1);
        assert_eq!(audited(TransferScope::Local, near), breach("arable land of east", 2000.0, 1999.0));
        assert_eq!(audited(TransferScope::Province, near), Ok(()));
        // And from middle to west, in Far.
        let far: fn(&mut World) = |world| swap(world, 1, 2);
        assert_eq!(audited(TransferScope::Province, far), breach("arable land of Near", 4000.0, 3999.0));
        assert_eq!(audited(TransferScope::National, far), Ok(()));
        let lost: fn(&mut World) = |world| {
            gain::<ArableLand>(world, 0, -1.0);
            gain::<ConstructionLand>(world, 0, 1.0);
        };
        assert_eq!(audited(TransferScope::National, lost), breach("arable land of all places", 6000.0, 5999.0));
    }

    #[test]
    fn the_floor_stays_as_wide_as_trade_has_ever_been() {
        let mut widest = WidestScope::default();
        for (scope, expected) in [
            (TransferScope::Local, TransferScope::Local),
            (TransferScope::National, TransferScope::National),
            (TransferScope::None, TransferScope::National),
        ] {
            widest.widen(scope);
            assert_eq!(widest.scope(), expected);
        }
    }
}
