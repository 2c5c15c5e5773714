//! What the quota market promises, on three places: two in one province, one in another.

use super::*;
use crate::agents::city::WorldColumns;
use crate::mechanisms::land_use::{ArableAtStart, TownLand};
use crate::mechanisms::testing::small;

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
    let (mut model, scenario) = small(3, |scenario| {
        scenario.mechanisms.land_quota = Some(block);
        scenario.levers.land_quota = changes;
    });
    add(&mut model, &scenario);
    model
}

/// A model in whose first quarter `middle` gives up land.
fn model_giving_up(block: LandQuota, area: f64) -> Model {
    let mut model = model(block, Vec::new());
    model.world.by_city_mut::<HomesteadsGivenUp>()[1] = area;
    model
}

fn use_sums(world: &World) -> Vec<f64> {
    let uses = [
        world.by_city::<ConstructionLand>(),
        world.by_city::<TownLand>(),
        world.by_city::<ArableLand>(),
        world.by_city::<HomesteadLand>(),
        world.by_city::<ReserveLand>(),
        world.by_city::<ReleasedLand>(),
    ];
    (0..3).map(|place| uses.iter().map(|column| column[place]).sum()).collect()
}

#[test]
fn without_a_market_land_given_up_is_waste_and_nobody_pays() {
    let mut model = model_giving_up(block(TransferScope::None), 4.0);
    model.tick().unwrap();
    let world = &model.world;
    assert_eq!(world.by_city::<HomesteadLand>()[1], 146.0);
    assert_eq!((world.by_city::<ReleasedLand>()[1], world.by_city::<ArableLand>()[1]), (4.0, 2000.0));
    assert_eq!((world.by_city::<QuotaPool>()[1], world.by_city::<HomesteadsGivenUp>()[1]), (0.0, 0.0));
    assert_eq!(world.by_city::<ConstructionLand>(), [100.0; 3]);
    assert_eq!(world.by_city::<QuotaPaymentDue>(), [0.0; 3]);
}

#[test]
fn cities_draw_by_the_square_of_rent_and_pay_the_origin() {
    // 3 km² become quota; a quarter of it is offered, with weights 4 : 1 : 1.
    let mut model = model_giving_up(block(TransferScope::National), 4.0);
    model.world.by_city_mut::<GoingRent>()[0] = 20.0;
    model.tick().unwrap();
    let world = &model.world;
    let bought = world.by_city::<QuotaBought>();
    assert!(bought.iter().zip([0.5, 0.125, 0.125]).all(|(found, wanted)| (found - wanted).abs() < 1e-12));
    assert!((world.by_city::<ConstructionLand>()[0] - 100.5).abs() < 1e-12);
    assert!((world.by_city::<ArableLand>()[0] - 1999.5).abs() < 1e-12);
    assert!((world.by_city::<ArableLand>()[1] - (2003.0 - 0.125)).abs() < 1e-12);
    assert!((world.by_city::<QuotaPool>()[1] - 2.25).abs() < 1e-12);
    assert_eq!(world.by_city::<QuotaSold>()[0], 0.0);
    // 8 · (20·.5 + 10·.125 + 10·.125) / .75 = 133.3 thousand yuan per km².
    assert!((world.by_city::<QuotaRevenueDue>()[1] - 100.0).abs() < 1e-9);
    assert!((total(world.by_city::<QuotaPaymentDue>()) - 100.0).abs() < 1e-9);
    // In the next quarter what is due is what was traded in it.
    model.world.by_city_mut::<QuotaPool>().fill(0.0);
    model.tick().unwrap();
    assert_eq!(model.world.by_city::<QuotaRevenueDue>(), [0.0; 3]);
    assert!((model.world.resource::<Ledger>().account(Holder::RuralHouseholds(1)).received - 100.0).abs() < 1e-9);
}

#[test]
fn a_pool_serves_only_the_places_of_its_scope() {
    for (scope, buyers) in [
        (TransferScope::Local, [false, true, false]),
        (TransferScope::Province, [true, true, false]),
        (TransferScope::National, [true, true, true]),
    ] {
        let mut model = model_giving_up(block(scope), 4.0);
        model.tick().unwrap();
        let bought: Vec<bool> = model.world.by_city::<QuotaBought>().iter().map(|&bought| bought > 0.0).collect();
        assert_eq!(bought, buyers, "{scope:?}");
    }
}

#[test]
fn no_city_grows_faster_than_it_may_and_the_rest_stays_in_the_pool() {
    let mut model = model_giving_up(block(TransferScope::Local), 40.0);
    model.tick().unwrap();
    // A quarter of 30 km² is on offer, but the city may grow by one hundredth.
    assert_eq!(model.world.by_city::<QuotaBought>()[1], 1.0);
    assert!((model.world.by_city::<QuotaPool>()[1] - 29.0).abs() < 1e-12);
}

#[test]
fn nobody_gives_up_more_than_is_left() {
    let mut model = model_giving_up(block(TransferScope::None), 1000.0);
    model.tick().unwrap();
    let world = &model.world;
    assert_eq!((world.by_city::<HomesteadLand>()[1], world.by_city::<ReleasedLand>()[1]), (0.0, 150.0));
}

#[test]
fn the_plan_is_offset_from_the_reserve() {
    let mut plan = block(TransferScope::None);
    (plan.plan_growth, plan.reserve_use_max) = (0.002, 0.02);
    let mut model = model(plan, Vec::new());
    model.world.by_city_mut::<ReserveLand>()[1] = 5.0;
    model.tick().unwrap();
    assert_eq!(model.world.by_city::<ConstructionLand>()[..2], [100.2, 100.1]);
    assert_eq!(model.world.by_city::<ReserveLand>()[..2], [49.8, 4.9]);
    assert_eq!(model.world.by_city::<ArableLand>(), [2000.0; 3]);
}

#[test]
fn a_change_replaces_what_it_names_from_its_date() {
    let change = |from, scope, price_quarters| LandQuotaChange {
        from,
        scope,
        plan_growth: None,
        price_quarters,
        history: false,
    };
    let changes = vec![change(2010.5, None, Some(16.0)), change(2010.25, Some(TransferScope::Province), None)];
    let mut model = model(block(TransferScope::None), changes);
    let mut seen = Vec::new();
    for _ in 0..3 {
        model.tick().unwrap();
        let terms = model.world.resource::<QuotaTerms>();
        seen.push((terms.scope, terms.price_quarters));
    }
    use TransferScope::{None as Closed, Province};
    assert_eq!(seen, [(Closed, 8.0), (Province, 8.0), (Province, 16.0)]);
}

#[test]
fn land_of_a_place_never_changes_in_sum_and_arable_land_of_the_region_never_shrinks() {
    let mut busy = block(TransferScope::National);
    busy.plan_growth = 0.01;
    let mut model = model(busy, Vec::new());
    let before = use_sums(&model.world);
    for quarter in 0..100 {
        for (place, given_up) in model.world.by_city_mut::<HomesteadsGivenUp>().iter_mut().enumerate() {
            *given_up = f64::from((quarter * 7 + place as u32 * 3) % 5) * 0.3;
        }
        model.tick().unwrap();
        let world = &model.world;
        assert!(use_sums(world).iter().zip(&before).all(|(now, then)| (now / then - 1.0).abs() < 1e-12));
        let sum =
            [world.by_city::<ArableLand>(), world.by_city::<ArableAtStart>(), world.by_city::<QuotaPool>()].map(total);
        assert!(sum[0] >= sum[1] + sum[2] - 1e-9);
    }
    assert!(total(model.world.by_city::<QuotaBought>()) > 0.0);
}
