//! Remittances: migrants send part of their pay home.
//!
//! - **Reads** [`RemittanceRule`], [`Pay`], [`MigrantSchooling`], [`MigrantStocks`], [`RuralPeople`]. **Writes**
//!   [`RemittanceShare`], [`Remittances`], [`Ledger`].
//! - **Phase** [`Phase::Incomes`](crate::step::Phase::Incomes). **Random numbers** none. **Equation** share of pay, and
//!   more where schools are closed to migrants' children.
//! - **Switched off**: migrants spend their pay where they are.

use bevy_ecs::prelude::*;
use economics::maths::{dot, total};
use scenario::scenario::Scenario;

use crate::accounts::{Holder, Ledger, Payment};
use crate::agents::city::{ByCity, ByCityMut, columns};
use crate::mechanisms::population::{MigrantStocks, RuralPeople};
use crate::mechanisms::public_services::MigrantSchooling;
use crate::mechanisms::wage_setting::Pay;
use crate::model::Model;
use crate::step::Step;

columns! {
    /// Share of pay that migrants in the city send home.
    city RemittanceShare(f64);
    /// Received by the countryside of the place from its migrants, thousand yuan a quarter.
    nominal city Remittances(f64);
}

/// Share of pay, and how it answers to missing schooling.
#[derive(Resource, Clone, Copy, Debug)]
pub struct RemittanceRule {
    /// Share of pay that goes home.
    pub share: f64,
    /// What more is sent per unit of missing access to schooling.
    pub schooling_response: f64,
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    let Some(block) = &scenario.mechanisms.remittances else { return };
    let (share, schooling_response) = (block.share, block.schooling_response);
    model.world.insert_resource(RemittanceRule { share, schooling_response });
    model.add(Step::SetRemittanceShares, set_shares).add(Step::SendHome, send_home);
}

fn set_shares(rule: Res<RemittanceRule>, schooling: ByCity<MigrantSchooling>, mut shares: ByCityMut<RemittanceShare>) {
    for (share, schooling) in shares.iter_mut().zip(schooling.iter()) {
        *share = (rule.share + rule.schooling_response * (1.0 - schooling)).min(1.0);
    }
}

/// What is sent and who sends it, as it is computed.
#[derive(Default)]
struct Sent {
    /// Per unit of labour, by city.
    per_labour: Vec<f64>,
    /// Part of it that has somebody to go to, by origin.
    received: Vec<f64>,
    /// Labour of those whose money is sent, by city.
    senders: Vec<f64>,
}

/// A migrant keeps up at most one person at home: where fewer are at home than away, less is sent, so that nobody there
/// has more from it than a migrant sends.
fn send_home(
    shares: ByCity<RemittanceShare>,
    pay: ByCity<Pay>,
    stocks: Res<MigrantStocks>,
    rural: ByCity<RuralPeople>,
    mut sent: Local<Sent>,
    mut ledger: ResMut<Ledger>,
    mut remittances: ByCityMut<Remittances>,
) {
    let places = pay.len();
    let Sent { per_labour, received, senders } = &mut *sent;
    per_labour.clear();
    per_labour.extend(shares.iter().zip(pay.iter()).map(|(share, pay)| share * pay));
    received.clear();
    received.extend(stocks.people.chunks_exact(places.max(1)).enumerate().map(|(origin, row)| {
        let away = total(row);
        // People from outside send to the outside, where there are enough.
        rural.get(origin).map_or(1.0, |&at_home| if at_home < away { at_home / away } else { 1.0 })
    }));
    // Row by row, in the order of memory.
    senders.clear();
    senders.resize(places, 0.0);
    for (row, received) in stocks.labour.chunks_exact(places.max(1)).zip(received.iter()) {
        for (sum, labour) in senders.iter_mut().zip(row) {
            *sum += labour * received;
        }
    }
    for (place, (sent, senders)) in per_labour.iter().zip(senders.iter()).enumerate() {
        ledger.pay(Holder::CityHouseholds(place as u16), Holder::Transit, sent * senders, Payment::Remittance);
    }
    for (origin, row) in stocks.labour.chunks_exact(places.max(1)).enumerate() {
        let received = dot(row, per_labour) * received[origin];
        if origin < places {
            remittances[origin] = received;
            ledger.pay(Holder::Transit, Holder::RuralHouseholds(origin as u16), received, Payment::Remittance);
        } else {
            ledger.pay(Holder::Transit, Holder::Outside, received, Payment::Remittance);
        }
    }
}
