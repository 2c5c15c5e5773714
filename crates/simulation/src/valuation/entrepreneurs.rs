//! What a place is worth to an entrepreneur, where the fixed input of firms is mobile skill.
//!
//! An entrepreneur runs one firm, lives on its operating profit where the firm is, and so compares what that profit buys
//! there (Forslid and Ottaviano 2003). Owners of footloose capital stay at home and compare money alone.

use bevy_ecs::prelude::*;
use economics::cost::FixedInput;
use economics::firms::{mean_over_firms, relative_return};
use economics::maths::exp;
use scenario::industry::Role;

use crate::economy::Tastes;
use crate::places::{FirmMass, IndustryTable, Markets, Prices};

/// Replaces returns in money by returns in goods: relative to their mean over the industry's firms in cities.
pub(super) fn value_sites_for_entrepreneurs(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    firms: Res<FirmMass>,
    prices: Res<Prices>,
    mut markets: ResMut<Markets>,
) {
    if tastes.fixed_input != FixedInput::MobileSkilled {
        return;
    }
    let markets = &mut *markets;
    for industry in (0..industries.firms()).filter(|&industry| industries.roles[industry] == Role::Goods) {
        let buys = |revenue: f64, living_log: f64| revenue * exp(-living_log);
        let rewards = &mut markets.profit_rate[industry];
        for ((reward, &revenue), &living) in rewards.iter_mut().zip(&markets.revenue[industry]).zip(&prices.living_log)
        {
            *reward = buys(revenue, living);
        }
        let mean = mean_over_firms(rewards, &firms.count[industry]);
        for reward in rewards {
            *reward = relative_return(*reward, mean);
        }
        if industries.in_towns == Some(industry) {
            let towns = markets.town_profit_rate.iter_mut().zip(&markets.town_revenue).zip(&prices.rural_living_log);
            for ((reward, &revenue), &living) in towns {
                *reward = relative_return(buys(revenue, living), mean);
            }
        }
    }
}
