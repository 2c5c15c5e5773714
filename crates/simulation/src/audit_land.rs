//! The land account: uses of a place add up to what it has always had, none is negative, and fields never shrink.
//!
//! - **Reads** [`Land`], [`SettlementPolicy::scope`]. **Writes** [`Audit`], [`WidestScope`].
//! - **Phase** [`Phase::Accounts`], in [`AuditStep::Land`]. **Chance** none.
//! - The arable floor holds over the widest scope in which quotas have ever been traded in the run: what was built over
//!   under national trade does not come back when trade becomes local.

use bevy_ecs::prelude::*;
use scenario::mechanisms::land_quota::TransferScope;
use serde::{Deserialize, Serialize};

use crate::accounts::{Audit, Breach};
use crate::audit::AuditStep;
use crate::clock::Clock;
use crate::mechanisms::land_quota::Regions;
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Land, PlaceTable, SettlementPolicy};
use crate::plugin::Plugin;

/// How far, relative to all land of a place, rounding may carry a sum in a run.
const TOLERANCE: f64 = 1e-9;

/// Adds the land account, and makes [`Land`] part of the saved state.
pub struct LandAuditPlugin;

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

impl Plugin for LandAuditPlugin {
    fn build(&self, model: &mut Model) {
        let regions = Regions::of(model.world.resource::<PlaceTable>());
        model.world.insert_resource(AuditedRegions(regions));
        model.world.insert_resource(WidestScope::default());
        model.keep::<Land>("land").keep::<WidestScope>("widest_quota_scope");
        model.add_systems(Phase::Accounts, audit_land.in_set(AuditStep::Land));
    }
}

fn audit_land(
    clock: Res<Clock>,
    table: Res<PlaceTable>,
    regions: Res<AuditedRegions>,
    policy: Res<SettlementPolicy>,
    land: Res<Land>,
    mut widest: ResMut<WidestScope>,
    mut audit: ResMut<Audit>,
) {
    if audit.0.is_some() {
        return;
    }
    if !clock.burning_in {
        widest.widen(policy.scope);
    }
    let groups = regions.0.within(widest.scope());
    audit.0 = broken_use(&land, &table)
        .or_else(|| broken_floor(&land, &table, groups, widest.scope()))
        .map(|(account, expected, found)| Breach { tick: clock.tick, account, expected, found });
}

/// Account, what it should hold, what it holds.
type Finding = (String, f64, f64);

/// The first place whose uses do not add up, or with a use below zero.
fn broken_use(land: &Land, table: &PlaceTable) -> Option<Finding> {
    let uses = [
        ("construction", &land.construction),
        ("town", &land.town),
        ("arable", &land.arable),
        ("homestead", &land.homestead),
        ("reserve", &land.reserve),
        ("released", &land.released),
    ];
    for (place, about) in table.places.iter().enumerate() {
        let expected = land.total_start[place];
        let found: f64 = uses.iter().map(|(_, column)| column[place]).sum();
        let closes = (found - expected).abs() <= TOLERANCE * expected.abs();
        // A sum that is no number closes nothing.
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
fn broken_floor(land: &Land, table: &PlaceTable, groups: &[Vec<usize>], scope: TransferScope) -> Option<Finding> {
    for members in groups {
        let sum = |column: &[f64]| -> f64 { members.iter().map(|&place| column[place]).sum() };
        let (expected, found) = (sum(&land.arable_start), sum(&land.arable));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mechanisms::measures::MeasuresPlugin;
    use crate::mechanisms::testing::small_model;
    use crate::model::RunError;

    /// A mechanism with a fault: it changes the land behind everyone's back.
    struct Broken(fn(&mut Land));

    #[derive(Resource)]
    struct Fault(fn(&mut Land));

    impl Plugin for Broken {
        fn build(&self, model: &mut Model) {
            model.world.insert_resource(Fault(self.0));
            model.add_systems(Phase::Land, |fault: Res<Fault>, mut land: ResMut<Land>| fault.0(&mut land));
        }
    }

    fn audited(scope: TransferScope, fault: fn(&mut Land)) -> Result<(), RunError> {
        let mut model = small_model(3);
        model.add(&MeasuresPlugin).add(&LandAuditPlugin).add(&Broken(fault));
        model.world.resource_mut::<Clock>().tick = 7;
        model.world.resource_mut::<SettlementPolicy>().scope = scope;
        model.tick()
    }

    fn breach(account: &str, expected: f64, found: f64) -> Result<(), RunError> {
        Err(RunError::Account(Breach { tick: 7, account: account.to_owned(), expected, found }))
    }

    #[test]
    fn a_sound_quarter_passes() {
        assert_eq!(audited(TransferScope::None, |_| {}), Ok(()));
    }

    #[test]
    fn land_from_nowhere_is_caught_by_place_and_quarter() {
        let result = audited(TransferScope::None, |land| land.construction[1] += 1.0);
        assert_eq!(result, breach("land of middle", 2300.0, 2301.0));
    }

    #[test]
    fn land_below_zero_is_caught_by_use() {
        let result = audited(TransferScope::None, |land| {
            land.town[2] -= 1.0;
            land.arable[2] += 1.0;
        });
        assert_eq!(result, breach("town land of west", 0.0, -1.0));
    }

    #[test]
    fn a_number_that_is_none_is_caught() {
        assert!(audited(TransferScope::None, |land| land.arable[0] = f64::NAN).is_err());
    }

    #[test]
    fn fields_may_move_within_the_scope_and_not_beyond_it() {
        // Fields move from east to middle, both in Near.
        let swap: fn(&mut Land) = |land| {
            land.arable[0] -= 1.0;
            land.construction[0] += 1.0;
            land.arable[1] += 1.0;
            land.homestead[1] -= 1.0;
        };
        assert_eq!(audited(TransferScope::Local, swap), breach("arable land of east", 2000.0, 1999.0));
        assert_eq!(audited(TransferScope::Province, swap), Ok(()));
        // And from middle to west, in Far.
        let far: fn(&mut Land) = |land| {
            land.arable[1] -= 1.0;
            land.construction[1] += 1.0;
            land.arable[2] += 1.0;
            land.homestead[2] -= 1.0;
        };
        assert_eq!(audited(TransferScope::Province, far), breach("arable land of Near", 4000.0, 3999.0));
        assert_eq!(audited(TransferScope::National, far), Ok(()));
        let lost: fn(&mut Land) = |land| {
            land.arable[0] -= 1.0;
            land.construction[0] += 1.0;
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
