//! Who holds which job: counts that follow whoever changes, and the rule by which one person's job changes.

use bevy_ecs::prelude::*;
use rayon::prelude::*;

use crate::agents::worker::{Bits, Status};
use crate::mechanisms::population::CountedPeople;
use crate::per_thread::PerThread;
use crate::region::{IndustryTable, PlaceTable};

/// One, in the fixed-point masses of workers: sums do not depend on order.
const MASS_ONE: f64 = 4_294_967_296.0;

/// Codes of the industries that a worker's bits can name, beside the industries with firms (`0..firms`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndustryCodes {
    /// Industries with firms.
    pub firms: usize,
    /// Consumer services.
    pub consumer_services: usize,
    /// Government.
    pub public: usize,
    /// Farming.
    pub agriculture: usize,
    /// Work outside the region.
    pub outside: usize,
}

impl IndustryCodes {
    /// The codes for so many industries with firms.
    #[must_use]
    pub fn new(firms: usize) -> Self {
        Self { firms, consumer_services: firms, public: firms + 1, agriculture: firms + 2, outside: firms + 3 }
    }

    /// Industries in which people work in cities.
    #[must_use]
    pub fn urban(self) -> usize {
        self.firms + 2
    }
}

/// Entries of a place among jobs: urban industries, the urban unemployed, town workers, farmers, and those who have
/// nothing to do with jobs. One column more is for those who change in any case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) codes: IndustryCodes,
    /// Code of the industry of town jobs.
    pub(super) in_towns: Option<usize>,
}

impl Layout {
    fn of(industries: &IndustryTable) -> Self {
        Self { codes: IndustryCodes::new(industries.firms()), in_towns: industries.in_towns }
    }

    pub(super) fn unemployed(self) -> usize {
        self.codes.urban()
    }

    pub(super) fn town(self) -> usize {
        self.codes.urban() + 1
    }

    pub(super) fn farmers(self) -> usize {
        self.codes.urban() + 2
    }

    /// People who are absent or outside.
    fn none(self) -> usize {
        self.codes.urban() + 3
    }

    pub(super) fn certain(self) -> usize {
        self.codes.urban() + 4
    }

    pub(super) fn width(self) -> usize {
        self.codes.urban() + 5
    }

    /// Where a person is counted, and whose chance of a change is theirs.
    pub(super) fn entry(self, bits: Bits) -> usize {
        match bits.status() {
            Status::Migrant | Status::Citizen | Status::CitizenElsewhere => {
                bits.industry().filter(|&industry| industry < self.codes.urban()).unwrap_or(self.unemployed())
            }
            Status::Rural if self.in_towns.is_some() && bits.industry() == self.in_towns => self.town(),
            Status::Rural => self.farmers(),
            Status::Absent | Status::Outside => self.none(),
        }
    }

    /// What one quarter of work does to a person: `happens` says whether the chance of their entry came true, and
    /// `industry` where a hired person works. New jobs are not insured yet.
    pub(super) fn next_job(self, bits: Bits, happens: bool, industry: impl FnOnce() -> usize) -> Bits {
        match (bits.status(), bits.industry()) {
            (Status::Absent, _) => bits,
            (Status::Outside, _) => bits.with_job(self.codes.outside, false),
            (Status::Rural, held) => match self.in_towns {
                Some(town) if held == Some(town) && !happens => bits,
                Some(town) if held != Some(town) && happens => bits.with_job(town, false),
                _ => bits.with_job(self.codes.agriculture, false),
            },
            (_, Some(held)) if held < self.codes.urban() && !happens => bits,
            (_, Some(held)) if held < self.codes.urban() => bits.without_job(),
            _ if happens => bits.with_job(industry(), false),
            _ => bits.without_job(),
        }
    }

    /// The column of chances to compare a word with, by a worker's bits.
    pub(super) fn columns(self) -> [u8; Bits::PATTERNS] {
        std::array::from_fn(|bits| {
            let bits = Bits(bits as u16);
            let changes_anyway = self.next_job(bits, false, || 0) != bits;
            (if changes_anyway { self.certain() } else { self.entry(bits) }) as u8
        })
    }
}

/// Who holds which job: the mass of workers by place and entry of [`Layout`], in fixed point. It follows whoever changes,
/// and is counted from the agents only where it starts and where it is checked.
#[derive(Resource)]
pub struct JobCounts {
    pub(super) layout: Layout,
    held: Vec<u64>,
    /// Changes since they were last added.
    changes: PerThread,
}

/// What the workers of one origin weigh, by the last four bits: heads in the countryside, efficiency units in cities.
#[derive(Clone, Copy)]
struct JobWeights([u64; 16]);

impl JobWeights {
    fn of(table: &PlaceTable, origin: u16) -> Self {
        let mass = table.mass_per_agent(usize::from(origin));
        let heads = (mass * MASS_ONE) as u64;
        let labour = table.efficiency.map(|efficiency| (mass * efficiency * MASS_ONE) as u64);
        Self(std::array::from_fn(|code| {
            let bits = Bits(code as u16);
            match bits.status() {
                Status::Absent | Status::Outside => 0,
                Status::Rural => heads,
                _ => labour[bits.skill()],
            }
        }))
    }

    fn of_bits(&self, bits: Bits) -> u64 {
        self.0[usize::from(bits.0 & 15)]
    }
}

/// Changes of jobs that one thread notes.
pub struct JobChanges<'a> {
    layout: Layout,
    weights: JobWeights,
    changes: &'a mut [u64],
}

impl JobChanges<'_> {
    /// Notes that a worker, by place and bits, is another now.
    pub fn note(&mut self, (from, before): (u16, Bits), (to, after): (u16, Bits)) {
        let width = self.layout.width();
        let entry = |place: u16, bits: Bits| usize::from(place) * width + self.layout.entry(bits);
        let (old, new) = (entry(from, before), entry(to, after));
        self.changes[old] = self.changes[old].wrapping_sub(self.weights.of_bits(before));
        self.changes[new] = self.changes[new].wrapping_add(self.weights.of_bits(after));
    }
}

impl JobCounts {
    pub(super) fn new(industries: &IndustryTable, places: usize) -> Self {
        let layout = Layout::of(industries);
        // One place more: the outside, where nobody weighs anything.
        Self { layout, held: vec![0; (places + 1) * layout.width()], changes: PerThread::default() }
    }

    /// Lets a thread note what changes among the workers of an origin, where jobs are counted at all.
    pub fn follow(counts: Option<&Self>, table: &PlaceTable, origin: u16, work: impl FnOnce(Option<&mut JobChanges>)) {
        let Some(Self { layout, changes, .. }) = counts else { return work(None) };
        let weights = JobWeights::of(table, origin);
        changes.count(|changes| work(Some(&mut JobChanges { layout: *layout, weights, changes })));
    }

    /// Adds the changes since the last time.
    pub(super) fn catch_up(&mut self) {
        let changes = &mut self.changes;
        for (entry, held) in self.held.iter_mut().enumerate() {
            *held = held.wrapping_add(changes.total(entry));
        }
        self.begin();
    }

    /// Forgets changes that are not added. Must be called inside the pool that will note them.
    fn begin(&mut self) {
        self.changes.clear(self.held.len());
    }

    /// Counts all jobs again, and gives the first count that differs: its account, what it says, and what there is.
    /// Must be called inside the model's pool.
    pub fn differs(&mut self, workers: &CountedPeople, table: &PlaceTable) -> Option<(String, f64, f64)> {
        self.catch_up();
        let Self { layout, held, changes } = self;
        tally_jobs(workers, *layout, table, changes);
        let mut found = (0..held.len()).map(|entry| (entry, tallied(changes, entry)));
        let different = found.find(|&(entry, counted)| held[entry] != counted);
        changes.clear(held.len());
        let (entry, counted) = different?;
        let place = table.places.get(entry / layout.width()).map_or("the outside", |place| &place.key);
        let account = format!("jobs counted: entry {} of {place}", entry % layout.width());
        let mass = |of: u64| of as f64 / MASS_ONE;
        Some((account, mass(held[entry]), mass(counted)))
    }

    /// Makes the counts those of the agents. Must be called inside the model's pool.
    fn count_all(&mut self, workers: &CountedPeople, table: &PlaceTable) {
        let Self { layout, held, changes } = self;
        tally_jobs(workers, *layout, table, changes);
        for (entry, held) in held.iter_mut().enumerate() {
            *held = tallied(changes, entry);
        }
        self.begin();
    }

    /// Places of the region.
    pub(super) fn places(&self) -> usize {
        self.held.len() / self.layout.width() - 1
    }

    /// The mass of an entry.
    pub(super) fn mass(&self, place: usize, entry: usize) -> f64 {
        self.held[place * self.layout.width() + entry] as f64 / MASS_ONE
    }
}

/// Copies of each entry that a thread adds to in turn: neighbours are often alike, and a sum that was just written is slow
/// to be read again.
const COPIES: usize = 2;

/// Counts from all agents who holds which job, into `tally`, with several copies of each entry.
fn tally_jobs(workers: &CountedPeople, layout: Layout, table: &PlaceTable, tally: &mut PerThread) {
    tally.clear(COPIES * (table.places.len() + 1) * layout.width());
    let tally = &*tally;
    let entries: [u8; Bits::PATTERNS] = std::array::from_fn(|bits| layout.entry(Bits(bits as u16)) as u8);
    for (blocks, place, bits) in workers.contiguous_iter().expect("blocks of columns are stored densely") {
        (blocks, place, bits).into_par_iter().for_each(|(block, place, bits)| {
            let weights = JobWeights::of(table, block.origin);
            tally.count(|tally| {
                for (at, (&place, &bits)) in place.0.iter().zip(&bits.0).enumerate() {
                    let entry =
                        usize::from(place) * layout.width() + usize::from(entries[usize::from(bits) % Bits::PATTERNS]);
                    tally[COPIES * entry + at % COPIES] += weights.of_bits(Bits(bits));
                }
            });
        });
    }
}

/// What [`tally_jobs`] counted at an entry.
fn tallied(tally: &mut PerThread, entry: usize) -> u64 {
    (0..COPIES).map(|copy| tally.total(COPIES * entry + copy)).sum()
}

/// Makes the counts those of the agents.
pub(super) fn count_all_jobs(workers: CountedPeople, table: Res<PlaceTable>, mut counts: ResMut<JobCounts>) {
    counts.count_all(&workers, &table);
}
