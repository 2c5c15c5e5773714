//! Every mechanism can be off: the economy still runs and closes, something changes, and a neutral strength is `Off`.

use scenario::scenario::{Mechanisms, Scenario};
use simulation::agents::city::WorldColumns;
use simulation::mechanisms::congestion::EffectiveLabour;
use simulation::mechanisms::goods_market::ProductionCost;
use simulation::mechanisms::incomes::{CityIncome, RuralIncome};
use simulation::mechanisms::productivity::IndustryJobs;
use simulation::mechanisms::utility::{CitizenUtility, MigrantUtility, RuralUtility};
use simulation::mechanisms::wage_setting::{LabourDemand, Wage};
use simulation::model::Model;

use super::world::{model, run, scenario, table};

type Outcome = (Vec<f64>, Vec<f64>, Vec<[f64; 2]>, Vec<f64>, MigrantUtility);

fn outcome(change: impl Fn(&mut Mechanisms)) -> Outcome {
    let table = table();
    let mut scenario: Scenario = scenario(&table);
    scenario.mechanisms.pollution = Some(Default::default());
    change(&mut scenario.mechanisms);
    let mut model: Model = model(&scenario, &table);
    run(&mut model, 10, 5);
    let world = &model.world;
    let (city, rural) = (world.by_city::<CityIncome>(), world.by_city::<RuralIncome>());
    assert!(city.iter().chain(rural).all(|income| income.is_finite() && *income > 0.0));
    (
        world.by_city::<Wage>().to_vec(),
        city.to_vec(),
        world.by_city::<CitizenUtility>().to_vec(),
        world.by_city::<RuralUtility>().to_vec(),
        world.resource::<MigrantUtility>().clone(),
    )
}

/// Switching a block off runs, and differs from leaving it on.
macro_rules! off_differs {
    ($($test:ident: $block:ident),+ $(,)?) => {
        $(#[test]
        fn $test() {
            assert_ne!(outcome(|_| ()), outcome(|on| on.$block = None));
        })+
    };
}

off_differs!(
    without_trade_costs: market_access,
    without_agglomeration: productivity,
    without_public_services: public_services,
    with_fixed_wages: wage_setting,
    with_fixed_rents: rent_pressure,
    without_congestion: congestion,
    without_towns: towns,
    without_producer_services: producer_services,
    without_establishments: consumer_services,
    without_remittances: remittances,
    without_public_finance: fiscal,
    without_pollution: pollution,
    without_networks: networks,
);

/// A neutral number gives the same bytes as `Off`.
macro_rules! neutral_is_off {
    ($($test:ident: $block:ident { $($field:ident: $value:expr),+ }),+ $(,)?) => {
        $(#[test]
        fn $test() {
            let neutral = |on: &mut Mechanisms| {
                let block = on.$block.as_mut().unwrap();
                $(block.$field = $value;)+
            };
            assert_eq!(outcome(neutral), outcome(|on| on.$block = None));
        })+
    };
}

neutral_is_off!(
    free_trade_is_no_trade_cost: market_access { distance_cost: 0.0, protection: 0.0, last_mile: 1.0 },
    no_strength_is_no_agglomeration: productivity { strength: 0.0 },
    a_wage_that_does_not_answer_is_fixed: wage_setting { adjustment: 0.0 },
    a_rent_that_does_not_answer_is_fixed: rent_pressure { adjustment: 0.0 },
    no_cost_of_time_is_no_congestion: congestion { crowding_cost: 0.0, way_cost: 0.0 },
    nothing_sent_home_is_no_remittance: remittances { share: 0.0 },
    no_strength_is_no_network: networks { strength: 0.0 },
    no_intensity_is_no_pollution: pollution { intensity_scale: 0.0 },
);

#[test]
fn without_producer_services_labour_does_their_work() {
    let table = table();
    let mut scenario = scenario(&table);
    scenario.mechanisms.producer_services = None;
    let mut model = model(&scenario, &table);
    run(&mut model, 5, 0);
    let world = &model.world;
    assert!(world.by_sector::<ProductionCost>()[2].iter().all(|&cost| cost == 0.0));
    let share = world.by_sector::<LabourDemand>()[0][0] / world.by_sector::<IndustryJobs>()[0][0];
    assert!((share - world.by_city::<EffectiveLabour>()[0]).abs() < 1e-12);
}
