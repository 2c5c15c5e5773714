//! What is compared with what: a base, worlds with policies, seeds, and where the common past ends.

use scenario::Loaded;

use super::dated::{Change, changes};

/// Policies whose combinations can be run: two to this power are already many worlds.
pub const COMBINED_MAX: usize = 6;

/// Why a comparison cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// Two policies have one name.
    #[error("two policies are named `{name}`; give one of them another `name`, or leave it out")]
    SameName {
        /// The name.
        name: String,
    },
    /// A policy is called like the world without any.
    #[error("a policy is named `{name}`, which is what the world without policies is called; rename it")]
    NamedBase {
        /// The name.
        name: String,
    },
    /// Interactions of fewer than two policies.
    #[error("--interactions needs two policies or more")]
    NothingToCombine,
    /// Too many policies to combine.
    #[error(
        "--interactions runs every combination, and {policies} policies have {}; give at most {COMBINED_MAX}",
        2_u128.checked_pow(u32::try_from(*policies).unwrap_or(u32::MAX)).unwrap_or(u128::MAX)
    )]
    TooMany {
        /// Policies given.
        policies: usize,
    },
    /// The seeds do not fit into a number.
    #[error("{seeds} seeds from {first} on do not fit into the seeds there are, up to 2^63 - 1; lower --first-seed")]
    Seeds {
        /// The first seed.
        first: u64,
        /// How many.
        seeds: u32,
    },
    /// The common past does not end within the run.
    #[error(
        "--from {from} is outside the run, which goes from {start} to {end}; name a date in it, or leave --from out to run everything from the start"
    )]
    Outside {
        /// The date asked for.
        from: f64,
        /// When the run starts.
        start: f64,
        /// When it ends.
        end: f64,
    },
    /// The common past does not end with a quarter.
    #[error("--from {from} is no beginning of a quarter; write 2014, 2014.25, 2014.5 or 2014.75")]
    NoQuarter {
        /// The date asked for.
        from: f64,
    },
    /// A policy changes something in the common past.
    #[error(
        "{policy} changes {} in {}, before --from {from}: the past would not be common; name an earlier date, or leave --from out",
        change.what, change.from
    )]
    Earlier {
        /// The policy.
        policy: String,
        /// What it changes, and from when.
        change: Change,
        /// When the common past ends.
        from: f64,
    },
}

/// A world with policies.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Its name: those of its policies.
    pub policy: String,
    /// Its policies, as positions in the list that was given.
    pub members: Vec<usize>,
    /// Its scenario.
    pub loaded: Loaded,
}

/// A comparison that can begin.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The world without policies.
    pub base: Loaded,
    /// Names of the policies, in the order given.
    pub policies: Vec<String>,
    /// The worlds with policies: each alone, or every combination.
    pub arms: Vec<Arm>,
    /// Seeds, each of which every world is run with.
    pub seeds: Vec<u64>,
    /// Quarters of the common past; 0 if every world is run from the start.
    pub fork: u32,
    /// First quarter in which a policy changes anything, from which costs are added up; 0 if none does within the run.
    pub first_change: u32,
    /// Whether all combinations are run.
    pub interactions: bool,
}

/// What the user asked for, beside files.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// First seed.
    pub first_seed: u64,
    /// Number of seeds.
    pub seeds: u32,
    /// End of the common past, if any.
    pub from: Option<f64>,
    /// Whether to run every combination.
    pub interactions: bool,
}

/// The sets of policies, as positions, whose worlds are run beside the base: single ones first.
///
/// # Errors
/// If there are too few or too many policies to combine.
pub fn sets(policies: usize, interactions: bool) -> Result<Vec<Vec<usize>>, PlanError> {
    if !interactions {
        return Ok((0..policies).map(|policy| vec![policy]).collect());
    }
    match policies {
        0 | 1 => return Err(PlanError::NothingToCombine),
        policies if policies > COMBINED_MAX => return Err(PlanError::TooMany { policies }),
        _ => {}
    }
    let members = |set: usize| (0..policies).filter(|policy| set >> policy & 1 == 1).collect::<Vec<_>>();
    let mut sets: Vec<Vec<usize>> = (1..1 << policies).map(members).collect();
    sets.sort_by_key(|set| (set.len(), set.clone()));
    Ok(sets)
}

impl Plan {
    /// Checks what was asked for against the scenarios; `worlds` are those of [`sets`], in their order.
    ///
    /// # Errors
    /// Why the comparison cannot be made.
    pub fn new(base: Loaded, worlds: Vec<(Vec<usize>, Loaded)>, asked: &Asked) -> Result<Self, PlanError> {
        let alone = worlds.iter().filter(|(members, _)| members.len() == 1);
        let policies: Vec<String> = alone.map(|(_, loaded)| loaded.policies.join(" + ")).collect();
        for (at, name) in policies.iter().enumerate() {
            if policies[..at].contains(name) {
                return Err(PlanError::SameName { name: name.clone() });
            }
            if name == super::BASE {
                return Err(PlanError::NamedBase { name: name.clone() });
            }
        }
        let last = asked.first_seed.checked_add(u64::from(asked.seeds.saturating_sub(1)));
        // Tables hold seeds as signed numbers.
        let last = last.filter(|last| i64::try_from(*last).is_ok());
        let last = last.ok_or(PlanError::Seeds { first: asked.first_seed, seeds: asked.seeds })?;
        let fork = asked.from.map_or(Ok(0), |from| fork(&base, &worlds, from))?;
        let seeds = (asked.first_seed..=last).collect();
        let first_change = first_change(&base, &worlds);
        let arms = worlds
            .into_iter()
            .map(|(members, loaded)| Arm { policy: loaded.policies.join(" + "), members, loaded })
            .collect();
        Ok(Self { base, policies, arms, seeds, fork, first_change, interactions: asked.interactions })
    }

    /// Quarters that all runs together simulate.
    #[must_use]
    pub fn quarters(&self) -> u64 {
        let ticks = u64::from(self.base.scenario.ticks);
        let own = ticks - u64::from(self.fork);
        self.seeds.len() as u64 * (ticks + self.arms.len() as u64 * own)
    }

    /// The date at which the worlds may begin to differ.
    #[must_use]
    pub fn from(&self) -> f64 {
        f64::from(self.base.scenario.start) + f64::from(self.fork) / 4.0
    }

    /// The date from which costs are added up.
    #[must_use]
    pub fn costs_from(&self) -> f64 {
        f64::from(self.base.scenario.start) + f64::from(self.first_change) / 4.0
    }

    /// The date of the last state.
    #[must_use]
    pub fn until(&self) -> f64 {
        f64::from(self.base.scenario.start) + f64::from(self.base.scenario.ticks) / 4.0
    }
}

/// The first quarter in which a world differs from the base.
fn first_change(base: &Loaded, worlds: &[(Vec<usize>, Loaded)]) -> u32 {
    let start = f64::from(base.scenario.start);
    let dates = worlds.iter().flat_map(|(_, loaded)| changes(&base.scenario.levers, &loaded.scenario.levers));
    let quarters = dates.map(|change| (4.0 * (change.from - start)).max(0.0).ceil());
    let first = quarters.fold(f64::INFINITY, f64::min);
    if first < f64::from(base.scenario.ticks) { first as u32 } else { 0 }
}

/// Quarters of the common past that ends at a date.
fn fork(base: &Loaded, worlds: &[(Vec<usize>, Loaded)], from: f64) -> Result<u32, PlanError> {
    let start = f64::from(base.scenario.start);
    let end = start + f64::from(base.scenario.ticks) / 4.0;
    let inside = from >= start && from < end;
    if !inside {
        return Err(PlanError::Outside { from, start, end });
    }
    let quarters = 4.0 * (from - start);
    if quarters.fract() != 0.0 {
        return Err(PlanError::NoQuarter { from });
    }
    for (_, loaded) in worlds {
        let early = changes(&base.scenario.levers, &loaded.scenario.levers).into_iter().find(|one| one.from < from);
        if let Some(change) = early {
            return Err(PlanError::Earlier { policy: loaded.policies.join(" + "), change, from });
        }
    }
    Ok(quarters as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_are_every_set_once_and_single_policies_come_first() {
        assert_eq!(sets(2, false).unwrap(), [vec![0], vec![1]]);
        assert_eq!(sets(2, true).unwrap(), [vec![0], vec![1], vec![0, 1]]);
        let three = sets(3, true).unwrap();
        assert_eq!(three[3..], [vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]]);
        assert_eq!(sets(1, true), Err(PlanError::NothingToCombine));
        assert_eq!(sets(7, true), Err(PlanError::TooMany { policies: 7 }));
    }
}
