//! Groups of people alike in origin, registration, skill and size of city: what they earn, what it buys, how they fare.

use economics::maths::{exp, ln};
use rayon::prelude::*;

use super::output::Base;
use super::reading::Reading;

/// Classes of places by what they are for the people in them: city sizes of the national standard of 2014, counted in
/// residents of the city proper; then the countryside and the outside.
pub(super) const TIERS: [&str; 7] = ["small", "medium", "large", "very_large", "super_large", "countryside", "outside"];
const TIERS_FROM: [f64; 4] = [500_000.0, 1_000_000.0, 5_000_000.0, 10_000_000.0];
pub(super) const COUNTRYSIDE: usize = 5;
pub(super) const OUTSIDE: usize = 6;

/// Registration and residence together.
pub(super) const STANDINGS: [&str; 4] = ["registered", "rural", "migrant", "outside"];
pub(super) const REGISTERED: usize = 0;
pub(super) const RURAL: usize = 1;
pub(super) const MIGRANT: usize = 2;
pub(super) const AWAY: usize = 3;

/// Skills.
pub(super) const SKILLS: [&str; 2] = ["unskilled", "skilled"];

/// Sums over people; divided by [`Sums::people`] they are means.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    /// Thousand persons.
    pub(super) people: f64,
    /// Yuan of the quarter, thousands.
    pub(super) income: f64,
    /// At base prices and mean base cost of living.
    pub(super) real_income: f64,
    /// Utility.
    pub(super) utility: f64,
    /// Real income times its logarithm, for the Theil index.
    entropy: f64,
}

/// What one person of a group has.
pub(super) struct Person {
    income: f64,
    /// Log cost of living, without food, against the base.
    cost_of_living: f64,
    pub(super) utility: f64,
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.income += other.income;
        self.real_income += other.real_income;
        self.utility += other.utility;
        self.entropy += other.entropy;
    }

    /// Per person.
    pub(super) fn mean(&self, of: impl Fn(&Self) -> f64) -> f64 {
        if self.people > 0.0 { of(self) / self.people } else { f64::NAN }
    }

    /// The Theil index of real income: `Σ y ln y / Σ y − ln ȳ`.
    pub(super) fn theil(&self) -> f64 {
        if self.real_income > 0.0 && self.people > 0.0 {
            (self.entropy / self.real_income - ln(self.real_income / self.people)).max(0.0)
        } else {
            0.0
        }
    }
}

/// People alike: where they are from, and positions in [`STANDINGS`], [`SKILLS`] and [`TIERS`].
pub(super) struct Group<'a> {
    /// A place, or the number of places for people from outside.
    pub(super) origin: usize,
    pub(super) standing: usize,
    pub(super) skill: usize,
    pub(super) tier: usize,
    pub(super) sums: &'a Sums,
}

/// Everyone, in groups in the order `[origin][standing][skill][tier]`.
pub(super) struct Groups(Vec<Sums>);

impl Groups {
    pub(super) fn of(reading: &Reading, base: &Base) -> Self {
        let places = reading.places();
        let of_origin = STANDINGS.len() * SKILLS.len() * TIERS.len();
        let mut groups = vec![Sums::default(); (places + 1) * of_origin];
        let tiers: Vec<usize> = (0..places).map(|place| tier(reading, place)).collect();
        let view = View::of(reading, base);
        let by_origin = groups.par_chunks_mut(of_origin).enumerate();
        by_origin.for_each(|(origin, groups)| view.fill(origin, &tiers, groups));
        Self(groups)
    }

    /// Every group that has people.
    pub(super) fn each(&self) -> impl Iterator<Item = Group<'_>> {
        self.0.iter().enumerate().filter(|(_, sums)| sums.people > 0.0).map(|(at, sums)| {
            let (rest, tier) = (at / TIERS.len(), at % TIERS.len());
            let (rest, skill) = (rest / SKILLS.len(), rest % SKILLS.len());
            Group { origin: rest / STANDINGS.len(), standing: rest % STANDINGS.len(), skill, tier, sums }
        })
    }

    /// Everyone of the standings named.
    pub(super) fn all(&self, standings: &[usize]) -> Sums {
        let mut all = Sums::default();
        for group in self.each() {
            if standings.contains(&group.standing) {
                all.add(group.sums);
            }
        }
        all
    }
}

/// Place of a group among those of its origin.
fn slot(standing: usize, skill: usize, tier: usize) -> usize {
    (standing * SKILLS.len() + skill) * TIERS.len() + tier
}

/// Tier of a city by the residents of its city proper.
pub(super) fn tier(reading: &Reading, place: usize) -> usize {
    let proper = 1000.0 * reading.population.urban[place] * reading.table.places[place].district_share;
    TIERS_FROM.iter().filter(|&&from| proper >= from).count()
}

/// The quarter as people of each kind see it.
pub(super) struct View<'a> {
    reading: &'a Reading<'a>,
    base: &'a Base,
    /// Log price of food against the base, times its share.
    food_log: f64,
}

impl<'a> View<'a> {
    pub(super) fn of(reading: &'a Reading<'a>, base: &'a Base) -> Self {
        View { reading, base, food_log: base.food_log(reading) }
    }

    /// Fills the groups of one origin, place by place in the order of the table.
    fn fill(&self, origin: usize, tiers: &[usize], groups: &mut [Sums]) {
        let (counts, places) = (&self.reading.population.counts, tiers.len());
        let mass = self.reading.table.mass_per_agent(origin);
        for skill in 0..SKILLS.len() {
            let row = origin * places..(origin + 1) * places;
            let citizens = counts.citizens[skill][row.clone()].iter().zip(&counts.migrants[skill][row.clone()]);
            let by_place = citizens.zip(&counts.elsewhere[skill][row]).zip(tiers).enumerate();
            for (place, (((&citizens, &migrants), &elsewhere), &tier)) in by_place {
                let mut add = |standing: usize, agents: u32, person: &dyn Fn() -> Person| {
                    if agents > 0 {
                        groups[slot(standing, skill, tier)].add(&self.sums(mass * f64::from(agents), &person()));
                    }
                };
                add(REGISTERED, citizens, &|| self.citizen(skill, place));
                add(MIGRANT, migrants, &|| self.migrant(skill, origin, place));
                add(MIGRANT, elsewhere, &|| self.elsewhere(skill, place));
            }
            let (home, away) = (counts.rural[skill][origin], counts.outside[skill][origin]);
            if home > 0 && origin < places {
                let sums = self.sums(mass * f64::from(home), &self.rural(origin));
                groups[slot(RURAL, skill, COUNTRYSIDE)].add(&sums);
            }
            if away > 0 {
                let sums = self.sums(mass * f64::from(away), &self.away(skill, origin));
                groups[slot(AWAY, skill, OUTSIDE)].add(&sums);
            }
        }
    }

    /// Pay of a person in a city after tax and levy.
    fn pay(&self, skill: usize, place: usize) -> f64 {
        let reading = self.reading;
        let kept = 1.0 - reading.constants.tax_rate - reading.incomes.levy_rate.0;
        reading.labour.pay[place] * reading.table.efficiency[skill] * kept
    }

    fn city_cost_of_living(&self, place: usize) -> f64 {
        self.reading.utility.cost_of_living[place] - self.base.cost_of_living
    }

    fn rural_cost_of_living(&self, origin: usize) -> f64 {
        self.reading.utility.rural_cost_of_living[origin] - self.base.rural_cost_of_living
    }

    pub(super) fn citizen(&self, skill: usize, place: usize) -> Person {
        let incomes = &self.reading.incomes;
        Person {
            income: self.pay(skill, place) + incomes.rent_per_citizen[place] + incomes.capital.0,
            cost_of_living: self.city_cost_of_living(place),
            utility: self.reading.utility.citizen[place][skill],
        }
    }

    pub(super) fn elsewhere(&self, skill: usize, place: usize) -> Person {
        Person {
            income: self.pay(skill, place) + self.reading.incomes.capital.0,
            cost_of_living: self.city_cost_of_living(place),
            utility: self.reading.utility.elsewhere[place][skill],
        }
    }

    pub(super) fn migrant(&self, skill: usize, origin: usize, place: usize) -> Person {
        let places = self.reading.places();
        // Part of a migrant's pay is spent at home; people from outside spend all of it here.
        let remitted = if origin < places { self.reading.constants.remitted } else { 0.0 };
        let at_home = if origin < places { self.rural_cost_of_living(origin) } else { 0.0 };
        Person {
            income: self.pay(skill, place),
            cost_of_living: (1.0 - remitted) * self.city_cost_of_living(place) + remitted * at_home,
            utility: self.reading.utility.migrant.value[skill][origin * places + place],
        }
    }

    pub(super) fn rural(&self, origin: usize) -> Person {
        Person {
            income: self.reading.incomes.rural_per_head[origin],
            cost_of_living: self.rural_cost_of_living(origin),
            utility: self.reading.utility.rural[origin],
        }
    }

    /// Outside, the cost of living is the scenario's multiple of the region's at the start.
    pub(super) fn away(&self, skill: usize, origin: usize) -> Person {
        let constants = &self.reading.constants;
        let pay = self.reading.labour.outside_pay.0 * self.reading.table.efficiency[skill];
        let utility = self.reading.utility.outside.value[skill].get(origin).copied().unwrap_or(f64::NAN);
        Person {
            income: pay * (1.0 - constants.outside_tax_rate),
            cost_of_living: ln(constants.outside_price_ratio),
            utility,
        }
    }

    /// Real income of a person: the income that would buy the same utility at base prices and the mean base cost of
    /// living, `p₀ ā + (y − p ā) · P₀ / P`, and the part of it above subsistence, which is not negative.
    pub(super) fn real(&self, person: &Person) -> (f64, f64) {
        let food_price = self.reading.market.food_price.0;
        let subsistence = self.reading.constants.subsistence;
        let spare = (person.income - food_price * subsistence).max(0.0);
        if spare > 0.0 {
            let spare = spare * exp(-person.cost_of_living - self.food_log);
            (self.base.food * subsistence + spare, spare)
        } else {
            (person.income * self.base.food / food_price.max(1e-12), 0.0)
        }
    }

    /// Sums for so many thousand persons alike.
    fn sums(&self, people: f64, person: &Person) -> Sums {
        let (real, _) = self.real(person);
        Sums {
            people,
            income: people * person.income,
            real_income: people * real,
            utility: people * person.utility,
            entropy: if real > 0.0 { people * real * ln(real) } else { 0.0 },
        }
    }
}
