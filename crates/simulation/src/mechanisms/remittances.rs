//! Remittances: migrants send part of their pay home.
//!
//! - **Reads** pay in [`Labour`], [`Population`], schooling that reaches migrants in [`Services`]. **Writes**
//!   [`RemittanceShares`], remittances in [`Incomes`], payments in the [`Ledger`].
//! - **Phase** [`Phase::Incomes`]. **Chance** none. **Equation** share of pay, and more where schools are closed to
//!   migrants' children.
//! - **Switched off**: migrants spend their pay where they are.

use bevy_ecs::prelude::*;
use economics::maths::{dot, total};
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

/// What is sent and by whom, as it is worked out.
#[derive(Default)]
struct Letters {
    /// Sent per unit of labour, by city.
    per_labour: Vec<f64>,
    /// Part of it that has somebody to go to, by origin.
    received: Vec<f64>,
    /// Labour of those whose money is sent, by city.
    senders: Vec<f64>,
}

/// A migrant keeps up at most one person at home: where fewer are at home than away, less is sent, so that nobody there
/// has more from it than a migrant sends.
fn send_home(
    shares: Res<RemittanceShares>,
    labour: Res<Labour>,
    population: Res<Population>,
    mut letters: Local<Letters>,
    mut ledger: ResMut<Ledger>,
    mut incomes: ResMut<Incomes>,
) {
    let places = labour.pay.len();
    let Letters { per_labour, received, senders } = &mut *letters;
    per_labour.clear();
    per_labour.extend(shares.0.iter().zip(&labour.pay).map(|(share, pay)| share * pay));
    received.clear();
    received.extend(population.migrants.chunks_exact(places.max(1)).enumerate().map(|(origin, row)| {
        let away = total(row);
        // People from outside send to the outside, where there are enough.
        population.rural.get(origin).map_or(1.0, |&at_home| if at_home < away { at_home / away } else { 1.0 })
    }));
    // Row by row, in the order of origins: memory is read as it lies.
    senders.clear();
    senders.resize(places, 0.0);
    for (row, received) in population.labour_by_origin.chunks_exact(places.max(1)).zip(received.iter()) {
        for (sum, labour) in senders.iter_mut().zip(row) {
            *sum += labour * received;
        }
    }
    for (place, (sent, senders)) in per_labour.iter().zip(senders.iter()).enumerate() {
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, sent * senders, Payment::Remittance);
    }
    for (origin, row) in population.labour_by_origin.chunks_exact(places.max(1)).enumerate() {
        let received = dot(row, per_labour) * received[origin];
        if origin < places {
            incomes.remittances[origin] = received;
            ledger.pay(Holder::Transit, Holder::RuralHouseholds(origin as u16), received, Payment::Remittance);
        } else {
            ledger.pay(Holder::Transit, Holder::Outside, received, Payment::Remittance);
        }
    }
}
