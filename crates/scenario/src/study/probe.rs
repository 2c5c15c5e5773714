//! Trying a study on its scenario: every policy and every value, so that a fault shows, with its place, before a run starts.

use crate::faults::{FAULTS_MAX, Problem};
use crate::overrides::overlap;
use crate::reading::{PlaceNames, Reading};

use super::{Design, Levels, Setting, Study, Swept};

/// Points of a list that are tried here; the others are when the study is planned.
const POINTS_MAX: usize = 1_000;

/// Reports what is wrong with the scenario and with what the study makes of it. In a grid each policy and value is tried
/// beside the first values of all else; of a list each point; of a sampled range both ends, beside the scenario's own
/// values. What is wrong with the scenario itself is reported once.
pub(super) fn probe(reading: &mut Reading, study: &Study) {
    report_aliases(reading, study);
    let settings = |of: &dyn Fn(&Swept) -> Option<Setting>| -> Vec<(&Swept, Setting)> {
        study.parameters.iter().filter_map(|swept| Some((swept, of(swept)?))).collect()
    };
    let tried: Vec<Vec<(&Swept, Setting)>> = match study.design {
        Design::List => (0..POINTS_MAX)
            .map(|at| settings(&|swept| ends(swept).get(at).copied()))
            .take_while(|point| !point.is_empty())
            .collect(),
        Design::Grid => {
            let first = settings(&|swept| ends(swept).first().copied());
            let vary = |(at, swept): (usize, &'_ Swept)| {
                let first = first.clone();
                ends(swept).into_iter().map(move |setting| {
                    let mut point = first.clone();
                    point[at].1 = setting;
                    point
                })
            };
            study.parameters.iter().enumerate().flat_map(vary).collect()
        }
        Design::LatinHypercube { .. } | Design::Sobol { .. } => study
            .parameters
            .iter()
            .flat_map(|swept| ends(swept).into_iter().map(move |one| vec![(swept, one)]))
            .collect(),
    };
    let first = tried.first().cloned().unwrap_or_default();
    for arm in &study.arms {
        report(reading, study, &first, &arm.policies);
    }
    for point in &tried {
        report(reading, study, point, &[]);
    }
}

/// Reports parameters that are the same field under two names: a place by its key and by its code or number.
fn report_aliases(reading: &mut Reading, study: &Study) {
    // Faults of the scenario itself are reported below.
    let Ok(base) = study.base.load(&[], &[]) else { return };
    let names = PlaceNames::of(&base.scenario.places);
    let key = |name: &str| -> Option<&str> {
        let index = names.find(name).ok().or_else(|| name.parse().ok())?;
        Some(base.scenario.places.get(index)?.key.as_str())
    };
    let industry = |name: &str| Some(base.scenario.industries.get(name.parse::<usize>().ok()?)?.name.as_str());
    let plain: Vec<String> = (study.parameters.iter())
        .map(|swept| {
            let mut steps: Vec<&str> = swept.steps.iter().map(|(step, _)| step.as_str()).collect();
            if let [what, name, ..] = &mut steps[..] {
                let found = match *what {
                    "places" => key(name),
                    "industries" => industry(name),
                    _ => None,
                };
                *name = found.unwrap_or(name);
            }
            steps.join(".")
        })
        .collect();
    for (at, one) in study.parameters.iter().enumerate() {
        let known =
            |&first: &usize| overlap(&plain[first], &plain[at]) && !overlap(&study.parameters[first].path, &one.path);
        if let Some(first) = (0..at).find(known) {
            let location = study.parameters[first].steps.first().map(|(_, at)| reading.texts.location(*at).to_string());
            let Some((_, here)) = one.steps.first() else { continue };
            let problem = Problem::SetTwice { path: plain[at].clone(), first: location.unwrap_or_default() };
            reading.fault(*here, "parameters", problem);
        }
    }
}

/// Every value of a list; both ends of a range.
fn ends(swept: &Swept) -> Vec<Setting> {
    match &swept.levels {
        Levels::Listed(values) => (0..values.len()).map(Setting::Listed).collect(),
        Levels::Between(range) => vec![Setting::Number(range.from), Setting::Number(range.to)],
    }
}

fn report(reading: &mut Reading, study: &Study, settings: &[(&Swept, Setting)], policies: &[usize]) {
    if reading.faults.count() >= FAULTS_MAX {
        return;
    }
    if let Err(faults) = study.base.load(settings, policies) {
        for fault in faults.kept() {
            reading.faults.add(|| fault.clone());
        }
    }
}
