//! The parts of a quarter, in the order in which they run.

use bevy_ecs::prelude::*;

/// A part of a quarter. The order of the variants is the order of running.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Dated measures come into force or end.
    Policy,
    /// Public money becomes services.
    Services,
    /// Agglomeration, services and congestion set what an hour of work yields.
    Productivity,
    /// Farms harvest.
    Harvest,
    /// Costs, prices, price indices.
    Prices,
    /// Incomes of the last quarter are spent; firms and establishments earn.
    Markets,
    /// Demand for labour and land meets supply; wages and rents answer.
    Factors,
    /// Everyone is paid; taxes, remittances and transfers flow.
    Incomes,
    /// What each place is worth to each kind of person.
    Utilities,
    /// Firms and people choose; nobody moves yet. Not during burn-in.
    Choices,
    /// Where more applied than may settle, a lottery decides. Not during burn-in.
    Rationing,
    /// Choices are carried out. Not during burn-in.
    Moves,
    /// Homesteads, quotas and construction land. Not during burn-in.
    Land,
    /// People, land and money are counted.
    Accounts,
    /// What a run records is read off. Not during burn-in.
    Census,
}

impl Phase {
    /// Number of phases.
    pub const COUNT: usize = 15;

    /// All phases in order.
    pub const LIST: [Self; Self::COUNT] = [
        Self::Policy,
        Self::Services,
        Self::Productivity,
        Self::Harvest,
        Self::Prices,
        Self::Markets,
        Self::Factors,
        Self::Incomes,
        Self::Utilities,
        Self::Choices,
        Self::Rationing,
        Self::Moves,
        Self::Land,
        Self::Accounts,
        Self::Census,
    ];
}

/// Phases that run only once the run proper has started.
pub const RUN_ONLY: [Phase; 5] = [Phase::Choices, Phase::Rationing, Phase::Moves, Phase::Land, Phase::Census];
