//! What a place is worth to an entrepreneur, where the fixed input of firms is mobile skill.
//!
//! An entrepreneur runs one firm, lives on its operating profit where the firm is, and so compares what that profit buys
//! there (Forslid and Ottaviano 2003). Owners of footloose capital stay at home and compare money alone.
//!
//! - **Reads** [`CostOfLiving`], [`RuralCostOfLiving`], [`Firms`], [`Revenue`], [`TownRevenue`], [`Tastes`],
//!   [`IndustryTable`]. **Writes** [`ProfitRate`], [`TownProfitRate`].

use bevy_ecs::prelude::*;
use economics::cost::FixedInput;
use economics::firms::{mean_over_firms, real_return, relative_return};

use super::{CostOfLiving, RuralCostOfLiving};
use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut};
use crate::mechanisms::firms::Firms;
use crate::mechanisms::goods_market::{ProfitRate, Revenue, Tastes};
use crate::mechanisms::towns::{TownProfitRate, TownRevenue};
use crate::region::IndustryTable;

/// Replaces returns in money by returns in goods: relative to their mean over the industry's firms in cities.
#[expect(clippy::too_many_arguments, reason = "returns and prices of cities and of towns")]
pub(super) fn value_sites_for_entrepreneurs(
    tastes: Res<Tastes>,
    industries: Res<IndustryTable>,
    firms: BySector<Firms>,
    (revenue, town_revenue): (BySector<Revenue>, ByCity<TownRevenue>),
    cost_of_living: ByCity<CostOfLiving>,
    rural_cost_of_living: ByCity<RuralCostOfLiving>,
    mut profit_rate: BySectorMut<ProfitRate>,
    mut town_profit_rate: ByCityMut<TownProfitRate>,
) {
    if tastes.fixed_input != FixedInput::MobileSkilled {
        return;
    }
    for industry in (0..industries.firms()).filter(|&industry| industries.makes_goods(industry)) {
        let rewards = &mut profit_rate[industry];
        for ((reward, &revenue), &living) in rewards.iter_mut().zip(&revenue[industry]).zip(cost_of_living.iter()) {
            *reward = real_return(revenue, living);
        }
        let mean = mean_over_firms(rewards, &firms[industry]);
        for reward in rewards {
            *reward = relative_return(*reward, mean);
        }
        if industries.in_towns == Some(industry) {
            let towns = town_profit_rate.iter_mut().zip(town_revenue.iter()).zip(rural_cost_of_living.iter());
            for ((reward, &revenue), &living) in towns {
                *reward = relative_return(real_return(revenue, living), mean);
            }
        }
    }
}
