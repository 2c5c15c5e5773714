//! A checked scenario: everything a run needs, and nothing that a run could still find wrong.

use crate::industry::{Industry, IndustryParameters, Role};
use crate::levers::Levers;
pub use crate::mechanisms::Mechanisms;
use crate::parameters::{Block, Parameter, parameters};
use crate::place::Place;

parameters! {
    /// Money: what all nominal figures start from.
    pub struct Money = "money" {
        /// Farm income per person at the start, from which the other opening prices and incomes are set.
        farm_income: f64 = 1381.0, "yuan per person and quarter", 0.000001..=1000000000.0, Published("net income of rural households in Henan in 2010, 5,524 yuan a head and year (Henan statistical communique for 2010)");
    }
}

parameters! {
    /// Preferences that belong to no single mechanism.
    pub struct Preferences = "preferences" {
        /// Share of food in what is spent above subsistence.
        food_share: f64 = 0.10, "share of supernumerary income", 0.000001..=0.9, Assumed("value of docs/reference/mean_field.py");
        /// Food that a person needs, as a share of what a rural person grows at the start.
        subsistence: f64 = 0.62, "initial farm output per rural person", 0.0..=0.95, Assumed("gives an initial food share near 0.57 (Engel)");
        /// Share of housing in what is spent above subsistence.
        housing_share: f64 = 0.16, "share of supernumerary income", 0.0..=0.6, Assumed("value of docs/reference/mean_field.py; 0.13-0.25 are published");
        /// Share of a citizen's housing budget that a migrant spends on housing in the city.
        migrant_housing: f64 = 0.5, "share", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
    }
}

parameters! {
    /// The initial state where a region table leaves it open.
    pub struct Initial = "initial" {
        /// Quarters in which prices settle with people and firms frozen.
        burn_in: u32 = 200, "quarters", 0..=2000, Assumed("prices are stationary after about 150");
        /// Whether place productivity and amenity are set from the base year.
        inversion: bool = true, "", Assumed("off in places without output figures");
        /// Share of people of working age who work or seek work.
        participation: f64 = 0.80, "share", 0.05..=1.0, Assumed("near the census of 2010");
        /// Construction land at the start.
        urban_density: f64 = 10.0, "thousand persons per km2", 0.5..=100.0, Assumed("standard of 100 m2 a head");
        /// Arable land at the start, capped by the area.
        arable_per_head: f64 = 2.7, "km2 per thousand rural persons", 0.01..=1000.0, Assumed("value of docs/reference/mean_field.py");
        /// Homestead land at the start.
        homestead_per_head: f64 = 0.15, "km2 per thousand rural persons", 0.0..=10.0, Assumed("150 m2 a head");
        /// Reserve land that can be reclaimed.
        reserve_share: f64 = 0.05, "share of arable land", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Share of skilled people at nine years of schooling.
        skilled_share: f64 = 0.2, "share", 0.0..=1.0, Assumed("about one worker in five beyond middle school");
        /// How much a year of schooling adds to that share.
        skilled_share_per_year: f64 = 0.06, "share per year", 0.0..=0.5, Assumed("slope between Henan's places");
        /// Efficiency of a skilled worker against an unskilled one.
        skill_premium: f64 = 1.4, "ratio", 1.0..=10.0, Assumed("about 8 % for each of four or five years of schooling");
        /// Mean years that migrants have been where they are.
        migrant_tenure: f64 = 4.0, "years", 0.0..=40.0, Assumed("of the order that migrant surveys report");
        /// Growth of the migrant stock that the amenities are set to meet.
        migrant_growth: f64 = 0.05, "share per year", -0.5..=0.5, Published("NBS migrant monitoring: 242.23 million in 2010, 5.4 % above 2009");
        /// Decay of migration with distance, where the table does not say from where people come.
        gravity_distance: f64 = 1.0, "exponent", 0.0..=5.0, Assumed("near the usual estimates");
        /// Industrial firms per thousand persons in cities, before profits decide.
        firms_per_head: f64 = 0.15, "firm units per thousand urban persons", 0.0001..=10.0, Assumed("value of docs/reference/mean_field.py");
        /// Whether the inversion gives each city firms in proportion to the productivity that it finds there, as free entry would.
        firms_follow: bool = false, "", Assumed("inside a province output per head differs little, and the pattern of jobs does");
        /// Urban share of residents where a place does not say.
        urban_share: f64 = 0.4, "share of residents", 0.0..=1.0, Assumed("near the share of Henan in 2010, 38.5 %");
        /// Share of the city proper in urban residents where a region table does not say; where places are written inline, all.
        district_share: f64 = 0.4, "share of urban residents", 0.0..=1.0, Assumed("about the share in Henan's prefectures");
        /// Residents per area where a place does not say its area.
        density: f64 = 500.0, "persons per km2", 0.001..=100000.0, Assumed("near Henan in 2010, 568");
        /// Share of residents of working age where no place says.
        working_age_share: f64 = 0.72, "share of residents", 0.01..=1.0, Assumed("between Henan (0.706) and China (0.745) in 2010");
        /// Mean years of schooling where no place says.
        schooling_years: f64 = 9.0, "years", 0.0..=25.0, Assumed("the nine years of compulsory school");
        /// City wage at the start. Burn-in forgets it and the other opening prices and incomes, but for the level of money.
        opening_wage: f64 = 2.0, "farm incomes", 0.01..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Rent of construction land at the start.
        opening_rent: f64 = 6.0, "farm incomes of a thousand persons per km2", 0.0001..=10000.0, Assumed("value of docs/reference/mean_field.py");
        /// Income of a city at the start, its government's part included.
        opening_city_income: f64 = 2.5, "farm incomes per urban person", 1.0..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Part of that income that its government has and spends.
        opening_public_spending: f64 = 0.5, "farm incomes per urban person", 0.0..=1.0, Assumed("value of docs/reference/mean_field.py");
        /// Jobs of town firms at the start.
        opening_town_jobs: f64 = 0.1, "thousand jobs per firm unit", 0.0..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Firms of producer services at the start, against those of a goods industry; burn-in finds the real ratio.
        producer_service_firms: f64 = 0.5, "ratio", 0.0001..=100.0, Assumed("value of docs/reference/mean_field.py");
        /// Urban people per consumer-service establishment at the start; burn-in finds the real number.
        people_per_establishment: f64 = 250.0, "thousand persons", 0.1..=100000.0, Assumed("value of docs/reference/mean_field.py");
        /// Jobs of a firm unit, by which firms become agents, where an industry has no jobs that would say.
        jobs_per_firm_unit: f64 = 3.0, "thousand jobs", 0.001..=1000.0, Assumed("the scale of a firm unit that industries' fixed costs are set for");
        /// Length of a working life where demography is off: ages are then only recorded.
        working_life: f64 = 44.0, "years", 5.0..=63.0, Assumed("from 16 to 60");
    }
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Scenario {
    /// Name, also of the default run folder.
    pub name: String,
    /// First year; the run starts in its first quarter.
    pub start: u16,
    /// Quarters to run.
    pub ticks: u32,
    /// Seed of every draw.
    pub seed: u64,
    /// Persons of working age that one worker agent stands for.
    pub workers_per_agent: f64,
    /// Money.
    pub money: Money,
    /// Preferences.
    pub preferences: Preferences,
    /// Initial state.
    pub initial: Initial,
    /// Places, in the order of the table.
    pub places: Vec<Place>,
    /// Distances between places in km, row by row.
    pub distances: Vec<f64>,
    /// Industries; their order is that of the tables.
    pub industries: Vec<Industry>,
    /// Mechanisms.
    pub mechanisms: Mechanisms,
    /// Levers, policies merged in.
    pub levers: Levers,
}

impl Scenario {
    /// Share of consumer services in what is spent above subsistence: none where no industry sells them. Where the
    /// mechanism is off, the informal fringe has the block's default share, so that switching it off changes no taste.
    #[must_use]
    pub fn consumer_service_share(&self) -> f64 {
        if !self.industries.iter().any(|industry| industry.role == Role::ConsumerServices) {
            return 0.0;
        }
        self.mechanisms.consumer_services.clone().unwrap_or_default().expenditure_share
    }
}

/// Every parameter of every block, with the path of its block: `mechanism.field`, `industries.field`, `lever.field`.
#[must_use]
pub fn all_parameters() -> Vec<(String, Parameter)> {
    let mut mechanisms = Mechanisms::default();
    let mut found = Vec::new();
    let mut describe = |path: &str, block: &dyn Block| {
        found.extend(block.fields().into_iter().map(|parameter| (path.to_owned(), parameter)));
    };
    describe("money", &Money::default());
    describe("preferences", &Preferences::default());
    describe("initial", &Initial::default());
    describe("industries", &IndustryParameters::default());
    for (name, slot) in mechanisms.slots() {
        describe(name, slot.switch_on());
    }
    for lever in Levers::default().measures() {
        describe(lever.name, &*lever.measures.blank());
    }
    found
}
