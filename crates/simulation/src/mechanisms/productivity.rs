//! Productivity: own-industry jobs (Marshall), city size (Jacobs) and public services raise output per input.
//!
//! - **Reads** [`Endowment`], [`TownEndowment`], last quarter's [`IndustryJobs`] and [`TownJobs`], [`UrbanPeople`],
//!   [`ServiceOutput`], [`RuralServiceOutput`], [`IndustryTable`]. **Writes** [`Productivity`], [`TownProductivity`].
//! - **Phase** [`Phase::Productivity`](crate::step::Phase::Productivity). **Random numbers** none. **Equation**
//!   [`economics::productivity::productivity`].
//! - Firms of different size may gain from different externalities: [`SizeGradient`], which counting and choosing firms
//!   ask. **Equation** [`economics::productivity::size_class_weights`].
//! - **Switched off**: productivity is the endowment of the place.

use bevy_ecs::prelude::*;
use economics::productivity::{
    Externalities, SIZE_CLASSES, SizeClasses, productivity, size_class_weights, size_classes,
};
use scenario::scenario::Scenario;

use crate::agents::city::{ByCity, ByCityMut, BySector, BySectorMut, columns};
use crate::agents::firm::QUALITY_ONE;
use crate::mechanisms::population::UrbanPeople;
use crate::mechanisms::public_services::{RuralServiceOutput, ServiceOutput};
use crate::mechanisms::towns::TownJobs;
use crate::model::Model;
use crate::region::{IndustryTable, stated_endowment, with_firms};
use crate::snapshot::{city, sector};
use crate::step::Step;

columns! {
    /// Multiple of productivity that the place is endowed with; calibration by inversion multiplies it.
    sector Endowment(f64) = |opening, industry, place| {
        let stated = with_firms(opening.scenario).nth(industry).map(|(at, _)| at);
        stated.map_or(1.0, |at| stated_endowment(opening.scenario, at, place))
    };
    /// Multiple of town firms' productivity on top of the industry's endowment; calibration by inversion sets it.
    city TownEndowment(f64) = |_, _| 1.0;
    /// Productivity of city firms.
    sector Productivity(f64) = |_, _, _| 1.0;
    /// Productivity of town firms.
    city TownProductivity(f64) = |_, _| 1.0;
    /// Jobs of the last quarter, thousand persons: what Marshall externalities see.
    sector IndustryJobs(f64);
}

/// Strength and scales of external economies.
#[derive(Resource, Clone, Copy, Debug)]
struct Agglomeration {
    strength: f64,
    jobs_base: f64,
    residents_base: f64,
    towns_per_place: f64,
}

impl Agglomeration {
    fn of(&self, industries: &IndustryTable, industry: usize) -> Externalities {
        let numbers = &industries.parameters[industry];
        Externalities {
            marshall: self.strength * numbers.marshall,
            jacobs: self.strength * numbers.jacobs,
            services: self.strength * numbers.service_elasticity,
            jobs_base: self.jobs_base,
            residents_base: self.residents_base,
        }
    }
}

/// Firms of different size gain from different externalities; not there while the gradient is zero.
#[derive(Resource, Clone, Debug)]
pub struct SizeGradient {
    gradient: f64,
    towns_per_place: f64,
    industries: Vec<SizedIndustry>,
}

#[derive(Clone, Copy, Debug)]
struct SizedIndustry {
    externalities: Externalities,
    substitution: f64,
    /// None where all firms are equal.
    classes: Option<SizeClasses>,
    /// Where classes part, as [`crate::agents::firm::Quality`] is stored.
    bounds: [u32; SIZE_CLASSES - 1],
}

impl SizeGradient {
    fn new(gradient: f64, spread: f64, agglomeration: &Agglomeration, industries: &IndustryTable) -> Self {
        let sized = |industry: usize| {
            let substitution = industries.parameters[industry].substitution;
            let classes = size_classes(spread, substitution);
            let stored = |bound: f64| (bound * QUALITY_ONE).min(f64::from(u32::MAX)) as u32;
            SizedIndustry {
                externalities: agglomeration.of(industries, industry),
                substitution,
                classes,
                bounds: classes.map_or([u32::MAX; SIZE_CLASSES - 1], |classes| classes.bounds.map(stored)),
            }
        };
        let towns_per_place = agglomeration.towns_per_place;
        Self { gradient, towns_per_place, industries: (0..industries.firms()).map(sized).collect() }
    }

    /// Own productivity, as stored, beyond which a firm belongs to the next class.
    #[must_use]
    pub fn bounds(&self, industry: usize) -> [u32; SIZE_CLASSES - 1] {
        self.industries[industry].bounds
    }

    /// The class of a firm.
    #[must_use]
    pub fn class(bounds: [u32; SIZE_CLASSES - 1], quality: u32) -> usize {
        bounds.iter().map(|&bound| usize::from(quality > bound)).sum()
    }

    /// What firms of each class weigh at a site, relative to their own productivity: cities come first, then towns.
    /// `jobs` are the industry's by city.
    #[must_use]
    pub fn weights(
        &self,
        industry: usize,
        site: usize,
        jobs: &[f64],
        town_jobs: &[f64],
        urban: &[f64],
    ) -> [f64; SIZE_CLASSES] {
        let of = &self.industries[industry];
        let Some(classes) = &of.classes else { return [1.0; SIZE_CLASSES] };
        let places = urban.len();
        let (jobs, residents) = if site < places {
            (jobs[site], urban[site])
        } else {
            let jobs_each = town_jobs[site - places] / self.towns_per_place;
            (jobs_each, jobs_each)
        };
        size_class_weights(jobs, residents, self.gradient, of.substitution, &of.externalities, classes)
    }
}

pub(crate) fn add(model: &mut Model, scenario: &Scenario) {
    model.keep_pieces("jobs", vec![sector::<IndustryJobs>(), city::<TownJobs>()]);
    model.add(Step::StartFromEndowment, start_from_endowment);
    let Some(numbers) = &scenario.mechanisms.productivity else { return };
    let agglomeration = Agglomeration {
        strength: numbers.strength,
        jobs_base: numbers.own_industry_scale,
        residents_base: numbers.city_size_scale,
        towns_per_place: numbers.towns_per_place,
    };
    let gradient = numbers.strength * numbers.size_gradient;
    if gradient != 0.0 {
        let spread = scenario.mechanisms.firm_location.clone().unwrap_or_default().productivity_spread;
        let industries = model.world.resource::<IndustryTable>();
        let gradient = SizeGradient::new(gradient, spread, &agglomeration, industries);
        model.world.insert_resource(gradient);
    }
    model.world.insert_resource(agglomeration);
    model.add(Step::Agglomerate, agglomerate);
}

fn start_from_endowment(
    industries: Res<IndustryTable>,
    endowment: BySector<Endowment>,
    town_endowment: ByCity<TownEndowment>,
    mut productivity: BySectorMut<Productivity>,
    mut town_productivity: ByCityMut<TownProductivity>,
) {
    for (column, endowment) in productivity.rows_mut().zip(endowment.rows()) {
        column.copy_from_slice(endowment);
    }
    if let Some(industry) = industries.in_towns {
        let towns = endowment[industry].iter().zip(town_endowment.iter());
        for (town, (city, multiple)) in town_productivity.iter_mut().zip(towns) {
            *town = city * multiple;
        }
    }
}

fn agglomerate(
    agglomeration: Res<Agglomeration>,
    industries: Res<IndustryTable>,
    urban: ByCity<UrbanPeople>,
    (jobs, town_jobs): (BySector<IndustryJobs>, ByCity<TownJobs>),
    (services, rural_services): (ByCity<ServiceOutput>, ByCity<RuralServiceOutput>),
    mut city_productivity: BySectorMut<Productivity>,
    mut town_productivity: ByCityMut<TownProductivity>,
) {
    for industry in 0..industries.firms() {
        let externalities = agglomeration.of(&industries, industry);
        let jobs = &jobs[industry];
        for (place, here) in city_productivity[industry].iter_mut().enumerate() {
            *here = productivity(jobs[place], urban[place], services[place], *here, &externalities);
        }
    }
    if let Some(industry) = industries.in_towns {
        let externalities = agglomeration.of(&industries, industry);
        for (place, here) in town_productivity.iter_mut().enumerate() {
            let jobs_each = town_jobs[place] / agglomeration.towns_per_place;
            *here = productivity(jobs_each, jobs_each, rural_services[place], *here, &externalities);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::city::WorldColumns;
    use crate::agents::firm::{CLOSED, FirmBlock, Quality, Site, VarietyMass};
    use crate::build::build;
    use crate::mechanisms::firms::EffectiveFirms;
    use crate::opening::tests::config;
    use crate::run::Options;

    const SMALL: usize = 0;
    const LARGE: usize = SIZE_CLASSES - 1;

    /// Central plains with so many firms that random differences are small, after so many quarters; accounts are
    /// audited in each.
    fn after(quarters: u32, overrides: &[&str]) -> Model {
        let mut all = vec![
            "workers_per_agent=5000",
            "initial.burn_in=40",
            "firm_location.jobs_per_firm=50",
            "firm_location.productivity_spread=0.2",
        ];
        all.extend(overrides);
        let options = Options { threads: 1, ..Options::default() };
        let mut model = build(&config("central-plains.ron", &all), &options).unwrap();
        for _ in 0..quarters {
            model.tick().unwrap();
        }
        model
    }

    /// Own productivity of an industry's firms by site and class, in firm units; and the number of firms by the same.
    fn by_class(model: &mut Model, industry: usize, bounds: [u32; 2]) -> Vec<([f64; 3], [f64; 3])> {
        let unit = model.world.resource::<VarietyMass>().0[industry];
        let mut sums = vec![([0.0; 3], [0.0; 3]); 2 * model.world.by_city::<UrbanPeople>().len()];
        let mut firms = model.world.query::<(&FirmBlock, &Site, &Quality)>();
        for (block, site, quality) in firms.iter(&model.world) {
            for (&site, &quality) in site.0.iter().zip(&quality.0) {
                if usize::from(block.industry) == industry && site != CLOSED {
                    let class = SizeGradient::class(bounds, quality);
                    sums[usize::from(site)].0[class] += f64::from(quality) / QUALITY_ONE * unit;
                    sums[usize::from(site)].1[class] += unit;
                }
            }
        }
        sums
    }

    /// Small firms' share of sales relative to what it would be without the gradient, and the size of the city against
    /// the jobs of the industry, by city.
    fn advantage(gradient: &str) -> Vec<(f64, f64)> {
        let mut model = after(8, &[&format!("productivity.size_gradient={gradient}")]);
        let industry = 1;
        let of = model.world.resource::<SizeGradient>().clone();
        let sums = by_class(&mut model, industry, of.bounds(industry));
        let world = &model.world;
        let (urban, town_jobs) = (world.by_city::<UrbanPeople>(), world.by_city::<TownJobs>());
        let (jobs, effective) = (world.by_sector::<IndustryJobs>(), world.by_sector::<EffectiveFirms>());
        let (jobs, effective) = (&jobs[industry], &effective[industry]);
        (0..urban.len())
            .map(|city| {
                let weights = of.weights(industry, city, jobs, town_jobs, urban);
                let weighed: [f64; 3] = std::array::from_fn(|class| weights[class] * sums[city].0[class]);
                let all: f64 = weighed.iter().sum();
                assert!((all - effective[city]).abs() < 1e-9 * all, "varieties of a place are those of its classes");
                let plain: f64 = sums[city].0.iter().sum();
                let share = (weighed[SMALL] / all) / (sums[city].0[SMALL] / plain);
                let crowd = (1.0 + urban[city] / 200.0) / (1.0 + jobs[city] / 20.0);
                (crowd, share)
            })
            .collect()
    }

    #[test]
    fn small_firms_sell_a_larger_share_the_larger_the_city_is_beside_its_industry() {
        let mut cities = advantage("0.02");
        cities.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (first, last) = (cities[0], cities[cities.len() - 1]);
        assert!(last.1 > 1.05 * first.1, "{cities:?}");
        let mut turned = advantage("-0.02");
        turned.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(turned[turned.len() - 1].1 < turned[0].1, "{turned:?}");
    }

    #[test]
    fn firms_sort_by_size_between_cities() {
        // Small firms per large one, in the city that is largest beside its industry over where it is smallest.
        let tilt = |gradient: &str| {
            let fast = ["firm_location.relocation_rate=0.2", "firm_location.precision=2.0"];
            let set = format!("productivity.size_gradient={gradient}");
            let mut model = after(40, &[&set, fast[0], fast[1]]);
            let bounds = model.world.resource::<SizeGradient>().bounds(1);
            let sums = by_class(&mut model, 1, bounds);
            let urban = model.world.by_city::<UrbanPeople>();
            let jobs = model.world.by_sector::<IndustryJobs>();
            let crowd = |city: usize| (1.0 + urban[city] / 200.0) / (1.0 + jobs[1][city] / 20.0);
            let mut cities: Vec<usize> = (0..urban.len()).collect();
            cities.sort_by(|&a, &b| crowd(a).total_cmp(&crowd(b)));
            let half = cities.len() / 2;
            let ratio = |cities: &[usize]| {
                let sum = |class: usize| cities.iter().map(|&city| sums[city].1[class]).sum::<f64>();
                sum(SMALL) / sum(LARGE)
            };
            ratio(&cities[half..]) / ratio(&cities[..half])
        };
        let (with, against) = (tilt("0.1"), tilt("-0.1"));
        assert!(with > 1.1 * against, "{with} {against}");
    }

    #[test]
    fn a_run_with_size_classes_resumes_to_the_same_bytes() {
        let gradient = ["productivity.size_gradient=0.02"];
        let saved = after(3, &gradient).save();
        let mut resumed = after(0, &gradient);
        resumed.restore(&saved).unwrap();
        for _ in 0..3 {
            resumed.tick().unwrap();
        }
        assert_eq!(resumed.state_hash(), after(6, &gradient).state_hash());
    }

    #[test]
    fn no_gradient_is_no_classes_and_equal_firms_have_none_either() {
        let plain = after(4, &[]);
        assert!(plain.world.get_resource::<SizeGradient>().is_none());
        assert_eq!(plain.state_hash(), after(4, &["productivity.size_gradient=0"]).state_hash());
        assert_ne!(plain.state_hash(), after(4, &["productivity.size_gradient=0.02"]).state_hash());
        let equal = |gradient: &str| after(4, &["firm_location.productivity_spread=0", gradient]).state_hash();
        assert_eq!(equal("productivity.size_gradient=0"), equal("productivity.size_gradient=0.02"));
        let off = |gradient: &str| after(4, &["productivity.strength=0", gradient]).state_hash();
        assert_eq!(off("productivity.size_gradient=0"), off("productivity.size_gradient=0.02"));
    }
}
