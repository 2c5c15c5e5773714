//! Cohorts: how many worker agents of which kind exist at the start.

/// Where a cohort is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// In the countryside of the origin.
    RuralHome,
    /// In a city.
    City(u16),
    /// Outside.
    Outside,
}

/// Worker agents who are alike at the start. The ordinal of an agent in its origin follows the order of cohorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// Origin: a place, or the number of places for people from outside.
    pub origin: u16,
    /// True: registered citizens of the origin's city. False: rural-registered (or registered outside).
    pub citizen: bool,
    /// Where they are.
    pub whereabouts: Whereabouts,
    /// How many agents.
    pub agents: u32,
}
