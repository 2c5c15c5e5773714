//! Addresses of random words: what a draw is for, and which agent draws it in which quarter.

/// What a draw is for. The numbers are part of the random stream: reusing or reordering them changes every result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Purpose {
    /// Skill of a worker.
    Skill = 1,
    /// Age of a worker at the start.
    OpeningAge = 2,
    /// How long a migrant has lived in the place at the start.
    OpeningTenure = 3,
    /// First job at the start.
    OpeningJob = 4,
    /// Productivity of a firm.
    FirmProductivity = 5,
    /// Order of firms at the start.
    OpeningFirms = 6,
    /// Quality of services where no figure is given.
    ServiceQuality = 7,
    /// Whether a person reconsiders where to live.
    Revision = 16,
    /// Where that person looks, and whether the place is accepted.
    Destination = 17,
    /// Whether an eligible migrant who thinks of settling applies, and the lottery among applicants.
    Settlement = 18,
    /// Whether a settler releases the homestead.
    Homestead = 19,
    /// Separations and hires.
    Work = 20,
    /// Whether a job carries insurance.
    Insurance = 21,
    /// Whether a leaver is replaced, and how the newcomer starts.
    Newcomer = 22,
    /// Whether a migrant thinks of settling.
    Application = 23,
    /// Whether a rural person becomes urban on the spot.
    OnTheSpot = 24,
    /// Whether a firm closes.
    Firm = 32,
    /// How many firms enter.
    EntryCount = 33,
    /// Where an entrant settles.
    EntrySite = 34,
    /// Whether a firm looks at another site, which, and whether it moves.
    FirmMove = 35,
}

/// The address of an agent's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// Quarter.
    pub tick: u32,
    /// Purpose.
    pub purpose: Purpose,
    /// Origin of a worker, industry of a firm.
    pub group: u16,
    /// Ordinal in the group.
    pub ordinal: u32,
    /// Generation of a worker's slot, entry cohort of a firm.
    pub generation: u16,
}

impl Address {
    /// The last four words of `ChaCha`'s state for the agent's block number `part`: the first two are the block counter,
    /// the others the stream.
    pub(super) fn counters(self, part: u16) -> [u32; 4] {
        [
            self.ordinal,
            u32::from(self.generation) | u32::from(part) << 16,
            self.tick,
            self.purpose as u32 | u32::from(self.group) << 16,
        ]
    }
}
