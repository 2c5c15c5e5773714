//! Land use: the land of each place by use, of which every model has the account.
//!
//! The sum of the uses of a place never changes. Who changes which use is stated by [`super::land_quota`],
//! [`super::land_of_towns`], [`super::idle_homesteads`] and [`super::village_consolidation`].

use bevy_ecs::prelude::*;
use scenario::scenario::Scenario;

use crate::agents::city::columns;
use crate::mechanisms::firms::TownFirms;
use crate::model::Model;
use crate::snapshot::city;

columns! {
    /// Urban construction land, km².
    city ConstructionLand(f64) = |opening, place| opening.land.construction[place];
    /// Land of town firms, km².
    city TownLand(f64) = |opening, place| opening.land.town[place];
    /// Arable land, km².
    city ArableLand(f64) = |opening, place| opening.land.arable[place];
    /// Homesteads, km².
    city HomesteadLand(f64) = |opening, place| opening.land.homestead[place];
    /// Homesteads of absent people: part of [`HomesteadLand`], km².
    city IdleHomesteads(f64) = |opening, place| opening.land.idle[place];
    /// Reserve that can be reclaimed, km².
    city ReserveLand(f64) = |opening, place| opening.land.reserve[place];
    /// Land given up and not re-cultivated, km².
    city ReleasedLand(f64);
    /// Quota of the place that is not used yet, km².
    city QuotaPool(f64);
    /// Arable land at the start, km².
    city ArableAtStart(f64) = |opening, place| opening.land.arable[place];
    /// Sum of the uses at the start, km².
    city LandAtStart(f64) = |opening, place| opening.land.total[place];
    /// Homestead land that settlers from the place gave up in the quarter, waiting for `land_quota`, km².
    city HomesteadsGivenUp(f64);
    /// Quota that the city bought in the quarter, km².
    city QuotaBought(f64);
    /// Quota that the countryside sold in the quarter, km².
    city QuotaSold(f64);
    /// Homestead land of one thousand persons from the place, km².
    city HomesteadPerHead(f64) = |opening, place| opening.land.homestead_per_head[place];
}

pub(crate) fn add(model: &mut Model, _: &Scenario) {
    let mut pieces = vec![city::<ConstructionLand>(), city::<TownLand>(), city::<ArableLand>()];
    pieces.extend([city::<HomesteadLand>(), city::<IdleHomesteads>(), city::<ReserveLand>(), city::<ReleasedLand>()]);
    pieces.extend([city::<QuotaPool>(), city::<ArableAtStart>(), city::<LandAtStart>(), city::<HomesteadsGivenUp>()]);
    pieces.extend([city::<QuotaBought>(), city::<QuotaSold>(), city::<HomesteadPerHead>()]);
    model.keep_pieces("land", pieces);
}

/// Gives town firms the land that they use after burn-in, out of the reserve; totals stay.
pub(crate) fn settle_towns(world: &mut World, land_per_firm: f64) {
    let mut places = world.query::<(&TownFirms, &mut TownLand, &mut ReserveLand)>();
    for (firms, mut town, mut reserve) in places.iter_mut(world) {
        let free = reserve.0 + town.0;
        town.0 = (land_per_firm * firms.0).min(free);
        reserve.0 = free - town.0;
    }
}
