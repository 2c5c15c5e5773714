//! What the quota market promises, on three places: two in one province, one in another.

use super::*;
use crate::mechanisms::measures::MeasuresPlugin;
use crate::mechanisms::testing::small_model;

fn block(scope: TransferScope) -> LandQuota {
    LandQuota {
        scope,
        plan_growth: 0.0,
        recultivation: 0.75,
        draw_share: 0.25,
        draw_max: 0.01,
        arable_draw_max: 0.02,
        price_quarters: 8.0,
        ..LandQuota::default()
    }
}

fn model(block: LandQuota, changes: Vec<LandQuotaChange>) -> Model {
    let mut model = small_model(3);
    model.add(&MeasuresPlugin).add(&LandQuotaPlugin { block, changes });
    model
}

fn land(model: &Model) -> &Land {
    model.world.resource::<Land>()
}

fn use_sums(land: &Land) -> Vec<f64> {
    let uses = [&land.construction, &land.town, &land.arable, &land.homestead, &land.reserve, &land.released];
    (0..land.arable.len()).map(|place| uses.iter().map(|column| column[place]).sum()).collect()
}

#[test]
fn without_a_market_land_given_up_lies_waste_and_nobody_pays() {
    let mut model = model(block(TransferScope::None), Vec::new());
    model.world.resource_mut::<Land>().given_up[1] = 4.0;
    model.tick().unwrap();
    let land = land(&model);
    assert_eq!((land.homestead[1], land.released[1], land.arable[1]), (146.0, 4.0, 2000.0));
    assert_eq!((land.pool[1], land.given_up[1]), (0.0, 0.0));
    assert_eq!(land.construction, [100.0; 3]);
    assert_eq!(model.world.resource::<Incomes>().quota_payment_due, [0.0; 3]);
}

#[test]
fn cities_draw_by_the_square_of_rent_and_pay_the_origin() {
    let mut model = model(block(TransferScope::National), Vec::new());
    model.world.resource_mut::<Rents>().rent = vec![20.0, 10.0, 10.0];
    // 3 km² become quota; a quarter of it is offered, with weights 4 : 1 : 1.
    model.world.resource_mut::<Land>().given_up[1] = 4.0;
    model.tick().unwrap();
    let bought = &land(&model).quota_bought;
    assert!(bought.iter().zip([0.5, 0.125, 0.125]).all(|(found, wanted)| (found - wanted).abs() < 1e-12));
    assert!((land(&model).construction[0] - 100.5).abs() < 1e-12);
    assert!((land(&model).arable[0] - 1999.5).abs() < 1e-12);
    assert!((land(&model).arable[1] - (2003.0 - 0.125)).abs() < 1e-12);
    assert!((land(&model).pool[1] - 2.25).abs() < 1e-12);
    assert_eq!(land(&model).quota_sold[0], 0.0);
    // 8 · (20·.5 + 10·.125 + 10·.125) / .75 = 133.3 thousand yuan per km².
    let incomes = model.world.resource::<Incomes>();
    assert!((incomes.quota_revenue_due[1] - 100.0).abs() < 1e-9);
    assert!((total(&incomes.quota_payment_due) - 100.0).abs() < 1e-9);
    // In the next quarter what is due is what was traded in it.
    model.world.resource_mut::<Land>().pool.fill(0.0);
    model.tick().unwrap();
    assert_eq!(model.world.resource::<Incomes>().quota_revenue_due, [0.0; 3]);
}

#[test]
fn a_pool_serves_only_the_places_of_its_scope() {
    for (scope, buyers) in [
        (TransferScope::Local, [false, true, false]),
        (TransferScope::Province, [true, true, false]),
        (TransferScope::National, [true, true, true]),
    ] {
        let mut model = model(block(scope), Vec::new());
        model.world.resource_mut::<Land>().given_up[1] = 4.0;
        model.tick().unwrap();
        let bought = land(&model).quota_bought.iter().map(|&bought| bought > 0.0).collect::<Vec<_>>();
        assert_eq!(bought, buyers, "{scope:?}");
    }
}

#[test]
fn no_city_grows_faster_than_it_may_and_the_rest_stays_in_the_pool() {
    let mut model = model(block(TransferScope::Local), Vec::new());
    model.world.resource_mut::<Land>().given_up[1] = 40.0;
    model.tick().unwrap();
    // A quarter of 30 km² is on offer, but the city may grow by one hundredth.
    assert_eq!(land(&model).quota_bought[1], 1.0);
    assert!((land(&model).pool[1] - 29.0).abs() < 1e-12);
}

#[test]
fn nobody_gives_up_more_than_is_left() {
    let mut model = model(block(TransferScope::None), Vec::new());
    model.world.resource_mut::<Land>().given_up[0] = 1000.0;
    model.tick().unwrap();
    assert_eq!((land(&model).homestead[0], land(&model).released[0]), (0.0, 150.0));
}

#[test]
fn the_plan_is_offset_from_the_reserve() {
    let mut plan = block(TransferScope::None);
    (plan.plan_growth, plan.reserve_use_max) = (0.002, 0.02);
    let mut model = model(plan, Vec::new());
    model.world.resource_mut::<Land>().reserve[1] = 5.0;
    model.tick().unwrap();
    assert_eq!((land(&model).construction[0], land(&model).reserve[0]), (100.2, 49.8));
    assert_eq!((land(&model).construction[1], land(&model).reserve[1]), (100.1, 4.9));
    assert_eq!(land(&model).arable, [2000.0; 3]);
}

#[test]
fn a_change_replaces_what_it_names_from_its_date() {
    let change = |from, scope, price_quarters| LandQuotaChange { from, scope, plan_growth: None, price_quarters };
    let changes = vec![change(2010.5, None, Some(16.0)), change(2010.25, Some(TransferScope::Province), None)];
    let mut model = model(block(TransferScope::None), changes);
    let mut terms = Vec::new();
    for _ in 0..3 {
        model.tick().unwrap();
        let policy = model.world.resource::<SettlementPolicy>();
        terms.push((policy.scope, policy.price_quarters));
    }
    use TransferScope::{None as Closed, Province};
    assert_eq!(terms, [(Closed, 8.0), (Province, 8.0), (Province, 16.0)]);
}

#[test]
fn land_of_a_place_never_changes_in_sum_and_fields_of_the_region_never_shrink() {
    let mut busy = block(TransferScope::National);
    busy.plan_growth = 0.01;
    let mut model = model(busy, Vec::new());
    let before = use_sums(land(&model));
    for quarter in 0..100 {
        let mut land = model.world.resource_mut::<Land>();
        for place in 0..3 {
            land.given_up[place] = f64::from((quarter * 7 + place as u32 * 3) % 5) * 0.3;
        }
        model.tick().unwrap();
        let land = self::land(&model);
        assert!(use_sums(land).iter().zip(&before).all(|(now, then)| (now / then - 1.0).abs() < 1e-12));
        assert!(total(&land.arable) >= total(&land.arable_start) + total(&land.pool) - 1e-9);
    }
    assert!(total(&land(&model).quota_bought) > 0.0);
}
