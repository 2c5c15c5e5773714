//! What it costs to move to a city or to the outside.

use bevy_ecs::prelude::*;
use economics::utility::{log_distance_cost, moving_cost};
use rayon::prelude::*;
use scenario::mechanisms::migrant_location::MigrantLocation;

use super::{MigrantUtility, OutsideUtility};
use crate::agents::city::ByCity;
use crate::mechanisms::migration_costs::FallenCosts;
use crate::mechanisms::outside::OutsideRule;
use crate::mechanisms::settlement_rules::EntryCost;
use crate::mechanisms::trade_policy::TradePolicy;
use crate::model::Model;
use crate::region::{Geography, MoveClass, PlaceTable};
use crate::step::Step;

/// What distance costs those who move.
#[derive(Resource, Clone, Copy, Debug)]
struct DistanceCosts {
    moving_cost: f64,
    distance_cost: f64,
    log_distance_cost: f64,
    distance_scale: f64,
}

pub(super) fn add(model: &mut Model, block: &MigrantLocation) {
    model.world.insert_resource(DistanceCosts {
        moving_cost: block.moving_cost,
        distance_cost: block.distance_cost,
        log_distance_cost: block.log_distance_cost,
        distance_scale: block.distance_scale,
    });
    model.add(Step::SetMovingCosts, set_moving_costs);
}

/// What the costs of moving were last computed from: they change only with measures, rules and years.
#[derive(Default)]
struct CostsOf {
    revision: Option<u32>,
    entry_cost: Vec<f64>,
    fallen: [f64; 3],
}

#[expect(clippy::too_many_arguments, reason = "distance, rules, measures and years make the cost of a move")]
fn set_moving_costs(
    rule: Res<DistanceCosts>,
    outside: Option<Res<OutsideRule>>,
    fallen: Option<Res<FallenCosts>>,
    (table, geography): (Res<PlaceTable>, Res<Geography>),
    trade: Res<TradePolicy>,
    entry_cost: ByCity<EntryCost>,
    mut migrants: ResMut<MigrantUtility>,
    mut leavers: ResMut<OutsideUtility>,
    mut costs_of: Local<CostsOf>,
) {
    let (entry_cost, fallen) = (&*entry_cost, fallen.map_or([0.0; 3], |fallen| fallen.0));
    if costs_of.revision == Some(trade.revision) && costs_of.entry_cost == entry_cost && costs_of.fallen == fallen {
        return;
    }
    costs_of.revision = Some(trade.revision);
    costs_of.entry_cost.clear();
    costs_of.entry_cost.extend_from_slice(entry_cost);
    costs_of.fallen = fallen;
    let places = geography.places;
    let cost = |distance: f64, entry: f64| {
        let linear = moving_cost(distance, rule.moving_cost, rule.distance_cost, entry);
        if rule.log_distance_cost == 0.0 {
            return linear;
        }
        linear + log_distance_cost(distance, rule.distance_scale, rule.log_distance_cost)
    };
    let far = outside.map_or(0.0, |outside| outside.block.distance);
    migrants.cost.par_chunks_mut(places.max(1)).enumerate().for_each(|(origin, row)| {
        for (place, (out, &entry)) in row.iter_mut().zip(entry_cost).enumerate() {
            let pair = origin * places + place;
            let distance = if origin < places { geography.distance[pair] * trade.travel_cost[pair] } else { far };
            *out = cost(distance, entry) - fallen[table.class(origin, place) as usize];
        }
    });
    leavers.cost.fill(cost(far, 0.0) - fallen[MoveClass::OtherProvince as usize]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::mechanisms::testing::small;
    use economics::maths::ln;

    /// Costs of moving from `east` to `east`, `middle` (100 km, same province) and `west` (200 km, another one), and to
    /// the outside, where nothing but the move itself costs.
    fn costs(set: impl FnOnce(&mut MigrantLocation), fallen: Option<[f64; 3]>) -> [f64; 4] {
        let (mut model, _) = small(3, |_| {});
        let mut block = MigrantLocation { moving_cost: 0.5, distance_cost: 0.0, ..MigrantLocation::default() };
        set(&mut block);
        add(&mut model, &block);
        model.world.insert_resource(TradePolicy::neutral(3));
        model.world.by_city_mut::<EntryCost>().fill(0.0);
        if let Some(fallen) = fallen {
            model.world.insert_resource(FallenCosts(fallen));
        }
        model.world.run_system_cached(set_moving_costs).unwrap();
        let to_cities = &model.world.resource::<MigrantUtility>().cost;
        [to_cities[0], to_cities[1], to_cities[2], model.world.resource::<OutsideUtility>().cost[0]]
    }

    #[test]
    fn distance_costs_by_the_kilometre_or_by_its_logarithm() {
        assert_eq!(costs(|block| block.distance_cost = 0.1, None), [0.5, 0.6, 0.7, 0.5]);
        let by_log = costs(
            |block| {
                block.log_distance_cost = 2.0;
                block.distance_scale = 100.0;
            },
            None,
        );
        let expected = [0.5, 0.5 + 2.0 * ln(2.0), 0.5 + 2.0 * ln(3.0), 0.5];
        assert!(by_log.iter().zip(expected).all(|(cost, expected)| (cost - expected).abs() < 1e-12), "{by_log:?}");
    }

    #[test]
    fn costs_fall_by_where_a_move_leads_and_the_outside_is_another_province() {
        let fallen = costs(|_| {}, Some([0.125, 0.25, 0.375]));
        assert_eq!(fallen, [0.375, 0.25, 0.125, 0.125]);
        assert_eq!(costs(|_| {}, Some([0.0; 3])), costs(|_| {}, None));
    }
}
