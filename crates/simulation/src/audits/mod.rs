//! Audits: what there was of money, land and people, what came in and went out, and what there is now.
//!
//! They check in every quarter that accounts close; the run stops on the first that does not, and names it.

mod counts;
pub mod land;
pub mod money;
mod people;

use scenario::scenario::Scenario;

use crate::model::Model;

/// Adds the audits of money, land and people.
pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    money::add(model, scenario);
    land::add(model, scenario);
    people::add(model);
    counts::add(model);
}
