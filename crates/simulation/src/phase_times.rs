//! How long each phase takes: stop-watches between phases, for benchmarks. They read the clock of the machine and nothing
//! of the model, so a run is the same with and without them.

use std::time::Instant;

use bevy_ecs::prelude::*;

use crate::model::Model;
use crate::phase::Phase;

/// Seconds spent in each phase since the watches were added.
#[derive(Resource, Debug)]
pub struct PhaseTimes {
    since: Instant,
    seconds: [f64; Phase::COUNT],
}

impl PhaseTimes {
    /// Phases in order, with the seconds spent in each.
    #[must_use]
    pub fn all(&self) -> Vec<(Phase, f64)> {
        Phase::LIST.into_iter().zip(self.seconds).collect()
    }

    /// Seconds of all phases together.
    #[must_use]
    pub fn total(&self) -> f64 {
        economics::maths::total(&self.seconds)
    }
}

/// Adds the watches to a model.
pub fn add(model: &mut Model) {
    model.world.insert_resource(PhaseTimes { since: Instant::now(), seconds: [0.0; Phase::COUNT] });
    model.add_first(|mut times: ResMut<PhaseTimes>| times.since = Instant::now());
    for (number, phase) in Phase::LIST.into_iter().enumerate() {
        model.add_after(phase, move |mut times: ResMut<PhaseTimes>| {
            let now = Instant::now();
            times.seconds[number] += now.duration_since(times.since).as_secs_f64();
            times.since = now;
        });
    }
}
