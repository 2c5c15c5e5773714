//! SF4: money for public services does little where quality is what binds.

use super::fact::{Case, FactError, Status, Trial};
use super::tables::cities;
use super::world::{World, set};

/// The fact.
pub(super) const CASE: Case = Case {
    id: "SF4",
    title: "quality of public services binds",
    statement: "A general city with poor public services gains next to nothing from spending three times as much, and \
                much from better quality at the same spending. Input and quality are complements, and input is plenty.",
    source: "Besley and Ghatak 2006 for the argument; the functional form is the model's own",
    status: Status::ByConstruction,
    threshold: "where input is plentiful (three times what the file gives): people in work in one general city after 240 \
                quarters, against input 1 and quality .5, are less than 1.03 times as many at input 3 and more than \
                1.15 times at quality 1.5",
    effect: "gain in jobs from quality less that from input",
    conditions: "By construction: it restates the CES of input and quality with an elasticity of one quarter. Only the \
                 size of the response emerges. It needs input that is plentiful to begin with: at the file's own level, \
                 which crowding wears down, input binds as much as quality and only both together help.",
    ablations: &[("input and quality near-substitutes", &["public_services.complementarity=-0.9"])],
    variants: &[
        ("input as scarce as in the file", &["public_services.input_norm=0.9"]),
        ("stronger complements", &["public_services.complementarity=8"]),
    ],
    seeds: (6, 2),
    arm_seeds: (4, 1),
    full_resolution: false,
    trial,
};

/// A general city of middling size, and its place in the file.
const CITY: (&str, usize) = ("maple", 7);

/// Input per head that counts as one, in initial farm incomes: a third of the file's.
const PLENTIFUL: f64 = 0.3;

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let jobs = |input: f64, quality: f64| {
        let own = [
            set("public_services.input_norm", PLENTIFUL),
            set(&format!("places.{}.service_spending", CITY.0), input),
            set(&format!("places.{}.service_quality", CITY.0), quality),
        ];
        let tables = world.run(seed, None, &own, &[])?;
        let jobs = cities(&tables, "urban_employment");
        Ok(jobs.0[jobs.last()][CITY.1])
    };
    let poor = jobs(1.0, 0.5)?;
    let (input, quality, both) = (jobs(3.0, 0.5)? / poor, jobs(1.0, 1.5)? / poor, jobs(3.0, 1.5)? / poor);
    Ok(Trial {
        passed: input < 1.03 && quality > 1.15,
        effect: quality - input,
        measures: vec![("input_alone", input), ("quality_alone", quality), ("both", both)],
    })
}
