//! Stylised facts: what emerges from the standard model, under which conditions, and what switches it off.
//!
//! One file each: the statement with its source, the test that a seed passes or fails, and the ablations in which it must
//! fail. All are tested on the shipped scenario `configs/central-plains.ron` with overrides, on seeds that were not used to
//! choose its parameters. [`check`] tests them, [`prior_sweep`] asks how far each holds away from those parameters, and
//! [`search`](fn@search) is the search by which they were chosen.

mod ablations;
mod agglomeration_and_diffusion;
mod centre_periphery;
mod consumer_services;
mod fact;
mod general_cities;
mod land_quota;
mod path_dependence;
mod prior;
mod programmes;
mod search;
mod service_quality;
mod settlement;
mod tables;
mod testing;
mod transport;
mod world;

pub use fact::{Arm, Fact, FactError, Measure, Status};
pub use prior::{Prior, PriorFact, prior_sweep};
pub use search::{Candidate, search};
pub use testing::{FIRST_SEED, REQUIRED_MARGIN, check, known};
pub use world::BASE;

use ensembles::draws;
use fact::Case;

/// Every fact, in order.
const CASES: [&Case; 10] = [
    &centre_periphery::CASE,
    &agglomeration_and_diffusion::CASE,
    &general_cities::CASE,
    &service_quality::CASE,
    &settlement::CASE,
    &land_quota::CASE,
    &transport::CASE,
    &consumer_services::CASE,
    &programmes::CASE,
    &path_dependence::CASE,
];
