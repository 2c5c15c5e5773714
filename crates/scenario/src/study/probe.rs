//! Trying a study on its scenario: every policy and every value by itself, so that a fault shows before a run starts.

use crate::decode::Reading;

use super::{Levels, Setting, Study, Swept};

/// Reports what is wrong with the scenario, with each set of policies, and with each value of each parameter while the
/// others are as the scenario has them. What is wrong with the scenario itself is reported once.
pub(super) fn probe(reading: &mut Reading, study: &Study) {
    tell(reading, study, &[], &[]);
    for arm in study.arms.iter().filter(|arm| !arm.policies.is_empty()) {
        tell(reading, study, &[], &arm.policies);
    }
    for swept in &study.parameters {
        for setting in ends(swept) {
            tell(reading, study, &[(swept, setting)], &[]);
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

fn tell(reading: &mut Reading, study: &Study, settings: &[(&Swept, Setting)], policies: &[usize]) {
    if let Err(faults) = study.base.load(settings, policies) {
        for fault in faults.kept() {
            reading.faults.add(|| fault.clone());
        }
    }
}
