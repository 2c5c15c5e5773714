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
    threshold: "people in work in one general city after 240 quarters, against input 1 and quality .5: input 3 gives \
                less than 1.03 times as many, quality 1.5 more than 1.15 times",
    effect: "gain in jobs from quality less that from input",
    conditions: "By construction: it restates the CES of input and quality with an elasticity of one quarter. Only the \
                 size of the response emerges. With near-substitutes it reverses.",
    ablations: &[("input and quality near-substitutes", &["public_services.complementarity=-0.9"])],
    variants: &[("stronger complements", &["public_services.complementarity=8"])],
    seeds: (10, 3),
    arm_seeds: (10, 3),
    full_resolution: false,
    trial,
};

/// A general city of middling size, and its place in the file.
const CITY: (&str, usize) = ("maple", 7);

fn trial(world: &World<'_>, seed: u64) -> Result<Trial, FactError> {
    let jobs = |input: f64, quality: f64| {
        let own = [
            set(&format!("region.0.{}.service_spending", CITY.0), input),
            set(&format!("region.0.{}.service_quality", CITY.0), quality),
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
