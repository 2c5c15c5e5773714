//! Remittances: migrants send part of their pay home.
//!
//! - **Reads** pay in [`Labour`], [`Population`], schooling that reaches migrants in [`Services`]. **Writes**
//!   [`RemittanceShares`], remittances in [`Incomes`], payments in the [`Ledger`].
//! - **Phase** [`Phase::Incomes`]. **Chance** none. **Equation** share of pay, and more where schools are closed to
//!   migrants' children.
//! - **Switched off**: migrants spend their pay where they are.

use bevy_ecs::prelude::*;
use economics::maths::dot;
use scenario::mechanisms::remittances::Remittances;

use crate::accounts::{Holder, Ledger, Payment};
use crate::economy::{RemittanceShares, Step};
use crate::model::Model;
use crate::phase::Phase;
use crate::places::{Incomes, Labour, Population, Services};
use crate::plugin::Plugin;

/// Remittances.
pub struct RemittancesPlugin(pub Remittances);

/// Share of pay, and how it answers to missing schooling.
#[derive(Resource, Clone, Copy, Debug)]
pub struct RemittanceRule {
    /// Share of pay that goes home.
    pub share: f64,
    /// What more is sent per unit of missing access to schooling.
    pub schooling_response: f64,
}

impl Plugin for RemittancesPlugin {
    fn build(&self, model: &mut Model) {
        let Remittances { share, schooling_response } = self.0;
        model.world.insert_resource(RemittanceRule { share, schooling_response });
        model.add_systems(
            Phase::Incomes,
            (set_shares, send_home).chain().in_set(Step::Transfers).after(crate::economy::pay_quotas),
        );
    }
}

fn set_shares(rule: Res<RemittanceRule>, services: Res<Services>, mut shares: ResMut<RemittanceShares>) {
    for (share, schooling) in shares.0.iter_mut().zip(&services.migrant_schooling) {
        *share = (rule.share + rule.schooling_response * (1.0 - schooling)).min(1.0);
    }
}

fn send_home(
    shares: Res<RemittanceShares>,
    labour: Res<Labour>,
    population: Res<Population>,
    mut sent_per_labour: Local<Vec<f64>>,
    mut senders: Local<Vec<f64>>,
    mut ledger: ResMut<Ledger>,
    mut incomes: ResMut<Incomes>,
) {
    let places = labour.pay.len();
    sent_per_labour.clear();
    sent_per_labour.extend(shares.0.iter().zip(&labour.pay).map(|(share, pay)| share * pay));
    // Row by row, in the order of origins: memory is read as it lies.
    senders.clear();
    senders.resize(places, 0.0);
    for row in population.labour_by_origin.chunks_exact(places.max(1)) {
        for (sum, labour) in senders.iter_mut().zip(row) {
            *sum += labour;
        }
    }
    for (place, (sent, senders)) in sent_per_labour.iter().zip(senders.iter()).enumerate() {
        let total = sent * senders;
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, total, Payment::Remittance);
    }
    for (origin, row) in population.labour_by_origin.chunks_exact(places.max(1)).enumerate() {
        let received = dot(row, &sent_per_labour);
        if origin < places {
            incomes.remittances[origin] = received;
            ledger.pay(Holder::Transit, Holder::RuralHouseholds(origin as u16), received, Payment::Remittance);
        } else {
            ledger.pay(Holder::Transit, Holder::Outside, received, Payment::Remittance);
        }
    }
}
