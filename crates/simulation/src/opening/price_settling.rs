//! Quarters of burn-in: prices settle with people and firms frozen in place.

use bevy_ecs::prelude::*;
use economics::maths::exp;

use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut};
use crate::mechanisms::firms::{EffectiveFirms, EffectiveTownFirms, Firms, TownFirms};
use crate::mechanisms::goods_market::ProfitRate;
use crate::mechanisms::towns::TownProfitRate;
use crate::mechanisms::utility::Settling;
use crate::model::Model;
use crate::region::IndustryTable;
use crate::run::RunError;

/// How fast firms of an industry come and go in burn-in: log firms per mean profit rate and quarter.
const TOTALS_RESPONSE: f64 = 0.1;
/// Largest change of an industry's firms in a quarter of burn-in, log.
const TOTALS_STEP_MAX: f64 = 0.1;

/// Runs so many quarters of burn-in. What places are worth to migrants is found in the last of them only: nobody chooses
/// before, and it is found for every pair of places.
pub(super) fn settle_prices(model: &mut Model, moving: bool, quarters: u32) -> Result<(), RunError> {
    for quarter in 1..=quarters {
        model.world.insert_resource(Settling(quarter < quarters));
        model.run_phases()?;
        if moving {
            model.world.run_system_cached(adjust_totals).expect("burn-in has firms and markets");
        }
    }
    Ok(())
}

/// Free entry by industry, the same in all places: `n ← n · exp(clip(0.1 · mean profit rate, ±0.1))`.
fn adjust_totals(
    industries: Res<IndustryTable>,
    (profit_rate, town_profit_rate): (BySector<ProfitRate>, ByCity<TownProfitRate>),
    (mut count, mut effective): (BySectorMut<Firms>, BySectorMut<EffectiveFirms>),
    (mut town_count, mut town_effective): (ByCityMut<TownFirms>, ByCityMut<EffectiveTownFirms>),
) {
    for industry in 0..industries.firms() {
        let towns = industries.in_towns == Some(industry);
        let mut earned = weighted(&count[industry], &profit_rate[industry]);
        let mut number: f64 = count[industry].iter().sum();
        if towns {
            earned += weighted(&town_count, &town_profit_rate);
            number += town_count.iter().sum::<f64>();
        }
        if number <= 0.0 {
            continue;
        }
        let step = (TOTALS_RESPONSE * earned / number).clamp(-TOTALS_STEP_MAX, TOTALS_STEP_MAX);
        let factor = exp(step);
        let grow = |column: &mut [f64]| column.iter_mut().for_each(|mass| *mass *= factor);
        grow(&mut count[industry]);
        grow(&mut effective[industry]);
        if towns {
            grow(&mut town_count);
            grow(&mut town_effective);
        }
    }
}

fn weighted(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).filter(|(weight, _)| **weight > 0.0).map(|(weight, value)| weight * value).sum()
}
