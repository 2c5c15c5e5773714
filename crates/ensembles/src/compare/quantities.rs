//! The quantities that effects are stated for, and how each is read off a run. `docs/outcomes.md` gives formulas and
//! sources.

use economics::maths::total;
use economics::welfare::{gini, theil};
use records::summary::centre_gap;
use simulation::record::persons::Persons;

use super::state::State;

/// Quarters of a year: flows are stated by the year.
pub(super) const QUARTERS: f64 = 4.0;

/// A quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// What it is, in a sentence.
    pub about: String,
    /// Whether it belongs on the first page.
    pub headline: bool,
}

/// Quantities with their values in one run.
#[derive(Default)]
struct List(Vec<(Quantity, f64)>);

impl List {
    fn add(&mut self, headline: bool, name: &str, unit: &'static str, about: &str, value: f64) {
        self.0.push((Quantity { name: name.to_owned(), unit, about: about.to_owned(), headline }, value));
    }
}

const SHARE: &str = "share";
const INDEX: &str = "index";
const RATIO: &str = "ratio";
const PERSONS: &str = "persons";
const KM2: &str = "km2";
const YUAN: &str = "constant yuan per year";
const YUAN_PERSON: &str = "constant yuan per person and year";

/// The quantity whose effect is what a policy is worth to people.
pub const EQUIVALENT_VARIATION: &str = "equivalent_variation";

/// What is known of single persons in a state.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) persons: &'a Persons,
    /// Mean equivalent variation against the base, yuan per quarter.
    pub(super) gain: f64,
}

/// Every quantity in a state of a run. What needs single persons is not defined where nothing is known of them.
pub(super) fn read(state: State, known: Option<Known>) -> Vec<(Quantity, f64)> {
    let mut list = List::default();
    people_and_jobs(&mut list, state);
    incomes(&mut list, state, known.map_or(f64::NAN, |known| known.gain));
    spread(&mut list, state, known.map_or(f64::NAN, |known| gini_of(known.persons)));
    land_and_money(&mut list, state);
    list.0
}

fn people_and_jobs(list: &mut List, state: State) {
    let centre = state.centre();
    let urban = state.cities("urban_population");
    let in_centre = urban.get(centre).copied().unwrap_or(f64::NAN);
    list.add(true, "urbanisation", SHARE, "Residents of cities over all residents.", state.region("urbanisation"));
    list.add(
        true,
        "registered_urbanisation",
        SHARE,
        "Urban residents with local registration over all residents.",
        state.region("registered_urbanisation"),
    );
    list.add(
        true,
        "centre_population_share",
        SHARE,
        "The centre's share of the region's city people.",
        in_centre / total(urban),
    );
    list.add(true, "centre_population", PERSONS, "City people of the centre.", in_centre);
    for (industry, jobs) in state.jobs() {
        let share = jobs.get(centre).map_or(f64::NAN, |here| here / total(&jobs));
        let about = format!("The centre's share of the region's jobs in {industry}.");
        list.add(true, &format!("centre_share_{industry}"), SHARE, &about, share);
    }
    list.add(false, "unemployment", SHARE, "City people of working age without work.", state.region("unemployment"));
    let settled = total(state.so_far("conversions"));
    list.add(true, "settled", PERSONS, "People who settled since the start of the run.", settled);
    list.add(false, "outside_population", PERSONS, "People who are outside.", state.region("outside_population"));
}

fn incomes(list: &mut List, state: State, gain: f64) {
    let yearly = |column: &str| QUARTERS * state.region(column);
    list.add(true, "gdp", YUAN, "Final output at prices of the opening state, common to all worlds.", yearly("gdp"));
    list.add(
        false,
        "gdp_per_head",
        YUAN_PERSON,
        "The same over residents.",
        yearly("gdp") / state.region("population"),
    );
    list.add(true, "real_income", YUAN_PERSON, "Mean real income of residents.", yearly("real_income"));
    list.add(
        true,
        EQUIVALENT_VARIATION,
        YUAN_PERSON,
        "Mean gift without the policy that would be worth as much as the policy.",
        QUARTERS * gain,
    );
    for (name, about) in [
        ("citizen_income", "Mean income after tax of registered citizens."),
        ("migrant_income", "Mean income after tax of city people without local registration."),
        ("farmer_income", "Mean income of people at their rural home, remittances included."),
    ] {
        list.add(true, name, YUAN_PERSON, about, yearly(name));
    }
    let ratio = state.region("citizen_income") / state.region("farmer_income");
    list.add(true, "citizen_farmer_ratio", RATIO, "Mean income of registered citizens over that of farmers.", ratio);
}

/// Gini coefficient of real income over residents.
fn gini_of(persons: &Persons) -> f64 {
    let mut residents: Vec<(f64, f64)> = persons
        .kinds
        .iter()
        .filter(|kind| kind.hukou != "outside")
        .map(|kind| (kind.real_income.max(0.0), kind.people))
        .collect();
    residents.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (incomes, people): (Vec<f64>, Vec<f64>) = residents.into_iter().unzip();
    gini(&incomes, &people)
}

fn spread(list: &mut List, state: State, gini_income: f64) {
    list.add(true, "gini_income", INDEX, "Gini coefficient of real income over residents.", gini_income);
    list.add(false, "theil_income", INDEX, "Theil index of real income over residents.", state.region("theil_income"));
    let population = state.cities("population");
    let per_head: Vec<f64> = state
        .cities("value_added")
        .iter()
        .zip(population)
        .map(|(value_added, people)| if *people > 0.0 { (value_added / people).max(0.0) } else { 0.0 })
        .collect();
    list.add(
        true,
        "theil_places",
        INDEX,
        "Theil index between places of value added per resident, weighted by residents.",
        theil(&per_head, population),
    );
    list.add(false, "gini_population", INDEX, "Gini coefficient of city sizes.", state.region("gini_population"));
    let (employed, land) = (state.cities("urban_employment"), state.cities("urban_land"));
    let centre = state.centre();
    let wage = centre_gap(state.cities("wage"), employed, centre);
    list.add(true, "wage_gap", RATIO, "The centre's wage over the mean of the other cities.", wage);
    let rent = centre_gap(state.cities("rent"), land, centre);
    list.add(true, "rent_gap", RATIO, "The centre's rent over the mean of the other cities.", rent);
    list.add(
        false,
        "functional_specialisation",
        INDEX,
        "How far producer services and goods industries are in different places.",
        state.region("functional_specialisation"),
    );
}

fn land_and_money(list: &mut List, state: State) {
    let land = state.cities("urban_land");
    let rents: Vec<f64> = state.cities("rent").iter().zip(land).map(|(rent, land)| rent * land).collect();
    let rent = QUARTERS * total(&rents) / total(land);
    list.add(true, "rent", "constant yuan per km2 and year", "Mean rent of construction land.", rent);
    list.add(true, "urban_land", KM2, "Construction land of cities.", total(land));
    let moved = total(state.so_far("land_quota_traded"));
    list.add(true, "land_quota_moved", KM2, "Land quota that cities bought since the start of the run.", moved);
    list.add(false, "arable_land", KM2, "Arable land.", state.region("arable_land"));
    list.add(false, "idle_homestead", KM2, "Homesteads of people who are away.", state.region("idle_homestead"));
    list.add(false, "grain_output", YUAN, "Farm output at base prices.", QUARTERS * state.region("grain_output"));
    list.add(false, "emissions", "emission units per year", "Emissions.", QUARTERS * state.region("emissions"));
    list.add(true, "fiscal_cost", YUAN, "Cost of all programmes.", QUARTERS * state.region("fiscal_cost"));
    list.add(true, "levy", SHARE, "Levy on pay that finances programmes.", state.region("levy"));
    list.add(
        false,
        "remittances",
        YUAN,
        "Remittances received in countrysides.",
        QUARTERS * state.region("remittances"),
    );
}
