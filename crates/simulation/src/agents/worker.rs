//! Workers: people of working age, in blocks of one origin each.

use bevy_ecs::prelude::*;
use serde::{Deserialize, Serialize};

use super::columns::column;

/// What a worker chose in the quarter. [`NextPlace`] holds it as a code of two bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// To stay.
    Stay,
    /// To apply to settle in the present place.
    Settle,
    /// To go home: to the countryside, or to the city of registration.
    Home,
    /// To go to a city, or, with the number of places, outside.
    To(u16),
}

impl Choice {
    const STAY: u16 = u16::MAX;
    const SETTLE: u16 = u16::MAX - 1;
    const HOME: u16 = u16::MAX - 2;
    /// Most places: their numbers, and that of the outside, must differ from the codes of the other choices.
    pub const PLACES_MAX: usize = Self::HOME as usize - 1;

    /// The choice as the column holds it. Loops over a whole column compare codes.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Stay => Self::STAY,
            Self::Settle => Self::SETTLE,
            Self::Home => Self::HOME,
            Self::To(place) => place,
        }
    }

    /// The choice that a code stands for.
    #[must_use]
    pub const fn of(code: u16) -> Self {
        match code {
            Self::STAY => Self::Stay,
            Self::SETTLE => Self::Settle,
            Self::HOME => Self::Home,
            place => Self::To(place),
        }
    }
}

/// Which agents a block holds.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorkerBlock {
    /// Origin of all agents of the block: a place, or the number of places for people from outside.
    pub origin: u16,
    /// Ordinal, in the origin, of the first.
    pub first: u32,
}

column!(
    /// Place of registration: a city for citizens, the origin for rural-registered people, the number of places for people
    /// registered outside.
    RegisteredAt, u16
);
column!(
    /// Where the agent is: a place (its countryside or its city, see [`Status`]) or the number of places for outside.
    Place, u16
);
column!(
    /// What the agent chose in this quarter: the code of a [`Choice`].
    NextPlace, u16
);
column!(
    /// Status, skill, work and homestead, see [`Bits`].
    WorkerBits, u16
);
column!(
    /// Quarters in the present place, saturating.
    QuartersHere, u8
);
column!(
    /// Quarters of work without a break, saturating.
    StableQuarters, u8
);
column!(
    /// Quarters of insured work in the present place, saturating.
    InsuredQuarters, u8
);
column!(
    /// Quarters since the sixteenth birthday.
    Age, u8
);
column!(
    /// How often the slot has been taken over by a newcomer, modulo 256.
    Generation, u8
);

/// Slots of those who applied in the quarter to settle where a quota rations, in order. Of the quarter alone: not saved.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
pub struct RationedApplicants(pub Vec<u32>);

/// Where a person stands: registration and residence together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The slot is empty.
    Absent = 0,
    /// Rural-registered and at home in the countryside.
    Rural = 1,
    /// Registered in a countryside or outside, living in a city.
    Migrant = 2,
    /// Registered in the city of residence.
    Citizen = 3,
    /// Registered in another city than the one of residence.
    CitizenElsewhere = 4,
    /// Of the region, but working outside; or from outside and gone back.
    Outside = 5,
}

/// The bits of a worker: status (3), skill (1), homestead kept (1), employed (1), insured job (1), industry (4 from the
/// ninth on), home urban on the spot (the last).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits(pub u16);

impl Bits {
    const SKILLED: u16 = 1 << 3;
    const HOMESTEAD: u16 = 1 << 4;
    const EMPLOYED: u16 = 1 << 5;
    const INSURED: u16 = 1 << 6;
    const INDUSTRY: u32 = 8;
    /// The bits that a job is made of.
    const JOB: u16 = Self::EMPLOYED | Self::INSURED | 15 << Self::INDUSTRY;
    const URBAN_ON_THE_SPOT: u16 = 1 << 15;
    /// What the newcomer of a slot takes over from the one before.
    const INHERITED: u16 = Self::URBAN_ON_THE_SPOT;
    /// Number of patterns that the bits can have which matter for jobs.
    pub const PATTERNS: usize = 1 << 12;

    /// A person without work.
    #[must_use]
    pub fn new(status: Status, skilled: bool, homestead: bool) -> Self {
        Self(status as u16 | (u16::from(skilled) * Self::SKILLED) | (u16::from(homestead) * Self::HOMESTEAD))
    }

    /// Status.
    #[must_use]
    pub fn status(self) -> Status {
        match self.0 & 7 {
            1 => Status::Rural,
            2 => Status::Migrant,
            3 => Status::Citizen,
            4 => Status::CitizenElsewhere,
            5 => Status::Outside,
            _ => Status::Absent,
        }
    }

    /// 0 for unskilled, 1 for skilled: the index of tables by skill.
    #[must_use]
    pub fn skill(self) -> usize {
        usize::from(self.0 & Self::SKILLED != 0)
    }

    /// Whether a homestead is kept at the rural home.
    #[must_use]
    pub fn homestead(self) -> bool {
        self.0 & Self::HOMESTEAD != 0
    }

    /// Whether the person works.
    #[must_use]
    pub fn employed(self) -> bool {
        self.0 & Self::EMPLOYED != 0
    }

    /// The industry worked in, if employed.
    #[must_use]
    pub fn industry(self) -> Option<usize> {
        self.employed().then_some(usize::from(self.0 >> Self::INDUSTRY & 15))
    }

    /// Whether the job is insured.
    #[must_use]
    pub fn insured(self) -> bool {
        self.0 & Self::INSURED != 0
    }

    /// Whether the rural home has become urban where it stands.
    #[must_use]
    pub fn urban_on_the_spot(self) -> bool {
        self.0 & Self::URBAN_ON_THE_SPOT != 0
    }

    /// Whether the person is at a rural home that has become urban where it stands.
    #[must_use]
    pub fn lives_urban_on_the_spot(self) -> bool {
        self.urban_on_the_spot() && self.status() == Status::Rural
    }

    /// The same person at a home that is urban now.
    #[must_use]
    pub fn made_urban_on_the_spot(self) -> Self {
        Self(self.0 | Self::URBAN_ON_THE_SPOT)
    }

    /// A newcomer who takes over what is inherited.
    #[must_use]
    pub fn inheriting(self, before: Self) -> Self {
        Self(self.0 | before.0 & Self::INHERITED)
    }

    /// With another status.
    #[must_use]
    pub fn with_status(self, status: Status) -> Self {
        Self(self.0 & !7 | status as u16)
    }

    /// Without a homestead.
    #[must_use]
    pub fn without_homestead(self) -> Self {
        Self(self.0 & !Self::HOMESTEAD)
    }

    /// Without work.
    #[must_use]
    pub fn without_job(self) -> Self {
        Self(self.0 & !Self::JOB)
    }

    /// The same job, insured.
    #[must_use]
    pub fn with_insurance(self) -> Self {
        Self(self.0 | Self::INSURED)
    }

    /// With a job.
    #[must_use]
    pub fn with_job(self, industry: usize, insured: bool) -> Self {
        let job = Self::EMPLOYED | (u16::from(insured) * Self::INSURED) | (industry as u16) << Self::INDUSTRY;
        Self(self.without_job().0 | job)
    }
}

/// Share of skilled people among those of each origin; the last entry is for people from outside.
#[derive(Resource, Clone, Debug)]
pub struct SkillShares(pub Vec<f64>);

/// A block with room for agents, ready to be spawned as an entity.
#[derive(Bundle, Clone, Debug)]
pub struct WorkerBundle {
    /// Which agents.
    pub block: WorkerBlock,
    /// Registration.
    pub registered_at: RegisteredAt,
    /// Place.
    pub place: Place,
    /// Choice.
    pub next_place: NextPlace,
    /// Bits.
    pub bits: WorkerBits,
    /// Tenure.
    pub quarters_here: QuartersHere,
    /// Stable work.
    pub stable_quarters: StableQuarters,
    /// Insured work.
    pub insured_quarters: InsuredQuarters,
    /// Age.
    pub age: Age,
    /// Generation.
    pub generation: Generation,
    /// Applicants of the quarter.
    pub rationed: RationedApplicants,
}

impl WorkerBundle {
    /// An empty block with room for so many.
    #[must_use]
    pub fn with_capacity(block: WorkerBlock, agents: usize) -> Self {
        Self {
            block,
            registered_at: RegisteredAt(Vec::with_capacity(agents)),
            place: Place(Vec::with_capacity(agents)),
            next_place: NextPlace(vec![Choice::Stay.code(); agents]),
            bits: WorkerBits(Vec::with_capacity(agents)),
            quarters_here: QuartersHere(Vec::with_capacity(agents)),
            stable_quarters: StableQuarters(vec![0; agents]),
            insured_quarters: InsuredQuarters(vec![0; agents]),
            age: Age(Vec::with_capacity(agents)),
            generation: Generation(vec![0; agents]),
            rationed: RationedApplicants::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_a_code_of_its_own() {
        let far = Choice::PLACES_MAX as u16;
        let choices = [Choice::Stay, Choice::Settle, Choice::Home, Choice::To(0), Choice::To(far)];
        assert_eq!(choices.map(|choice| Choice::of(choice.code())), choices);
        assert_eq!(choices.map(Choice::code), [65_535, 65_534, 65_533, 0, far]);
    }

    #[test]
    fn bits_keep_what_a_change_does_not_name() {
        let bits = Bits::new(Status::Rural, true, true).with_job(11, true);
        assert_eq!((bits.status(), bits.skill(), bits.homestead()), (Status::Rural, 1, true));
        assert_eq!((bits.industry(), bits.insured()), (Some(11), true));
        let moved = bits.with_status(Status::Migrant);
        assert_eq!((moved.status(), moved.industry()), (Status::Migrant, Some(11)));
        let idle = moved.without_job();
        assert_eq!((idle.industry(), idle.insured(), idle.homestead()), (None, false, true));
        assert!(!idle.without_homestead().homestead());
        assert_eq!(idle.with_job(3, false).industry(), Some(3));
    }

    #[test]
    fn a_home_that_became_urban_stays_so_through_jobs_moves_and_generations() {
        let bits = Bits::new(Status::Rural, true, true).made_urban_on_the_spot();
        assert!(bits.lives_urban_on_the_spot() && !bits.employed());
        let later = bits.with_job(11, true).with_status(Status::Migrant).without_job();
        assert!(later.urban_on_the_spot() && !later.lives_urban_on_the_spot());
        let child = Bits::new(Status::Rural, false, true).inheriting(later);
        assert!(child.lives_urban_on_the_spot());
        assert_eq!((child.skill(), child.employed()), (0, false));
    }
}
