//! The parameters of a study and the design that lays points over them.

use crate::faults::Problem;
use crate::overrides;
use crate::reader::{Node, Tree};
use crate::reading::{Fields, Reading, join, sourced};

use super::{Between, Design, Levels, Listed, RUNS_MAX, SOBOL_DIMENSIONS_MAX, Shown, Swept};

/// Longest value that is shown in full in a table.
const SHOWN_MAX: usize = 80;
/// Fields that cannot be varied as parameters, and what to do instead.
const NOT_PARAMETERS: [(&str, &str); 2] = [
    ("seed", "the seed is no parameter; list seeds under `seeds`"),
    ("name", "the name of a scenario is no parameter"),
];

/// Largest finite number that a range may reach: no field takes more.
const FARTHEST: f64 = 1e300;

/// The parameters of a study; those that could not be read are left out.
pub(super) fn decode_parameters(reading: &mut Reading, node: &Node) -> Vec<Swept> {
    let mut swept: Vec<Swept> = Vec::new();
    for (index, node) in reading.list(node, "parameters", "parameters").unwrap_or_default().iter().enumerate() {
        let path = join("parameters", index);
        let Some(mut fields) = Fields::open(reading, node, &path) else { continue };
        let one = decode_parameter(reading, &mut fields);
        fields.close(reading);
        let Some(one) = one else { continue };
        if let Some(first) = swept.iter().find(|first| overrides::overlap(&first.path, &one.path)) {
            let first = first.steps.first().map(|(_, at)| reading.texts.location(*at).to_string()).unwrap_or_default();
            let at = one.steps.first().map_or(node.at, |(_, at)| *at);
            reading.fault(at, &path, Problem::SetTwice { path: one.path.clone(), first });
        }
        swept.push(one);
    }
    swept
}

fn decode_parameter(reading: &mut Reading, fields: &mut Fields<'_>) -> Option<Swept> {
    let path_node = fields.need(reading, "path", ": write path: \"migrant_location.precision\", or another field");
    let source = fields.take("source").cloned();
    let values = fields.take("values");
    let from = fields.take("from");
    let to = fields.take("to");
    let scale = fields
        .take("scale")
        .map(|node| (node, reading.choice(node, &fields.path("scale"), "scale", &["Linear", "Log"])));
    let whole = fields.take("whole");
    let levels = fields.take("levels");
    let found = match (values, from, to) {
        (Some(values), None, None) => {
            for (node, name) in [(scale.map(|(node, _)| node), "scale"), (whole, "whole"), (levels, "levels")] {
                if let Some(node) = node {
                    let rule = "belongs to a range (from: …, to: …); a list of values is used as it is";
                    reading.fault(node.at, &fields.path(name), Problem::InvalidCombination { rule });
                }
            }
            decode_values(reading, values, &fields.path("values"))
        }
        (None, Some(from), Some(to)) => {
            let logarithmic = scale.and_then(|(_, name)| name) == Some("Log");
            decode_range(reading, fields, [from, to], logarithmic, whole, levels)
        }
        _ => {
            let rule = "a parameter has either values: […], or from: … and to: …";
            reading.fault(fields.at, &fields.path, Problem::InvalidCombination { rule });
            None
        }
    };
    let node = path_node?;
    let text = reading.text(node, &fields.path("path"))?;
    let at = overrides::inside(node.at);
    let Some(steps) = overrides::steps(&text, at) else {
        reading.fault(at, &fields.path("path"), Problem::BadPath);
        return None;
    };
    let path = steps.iter().map(|(step, _)| step.as_str()).collect::<Vec<_>>().join(".");
    if let Some((_, rule)) = NOT_PARAMETERS.into_iter().find(|(name, _)| *name == path) {
        reading.fault(at, &fields.path("path"), Problem::InvalidCombination { rule });
        return None;
    }
    Some(Swept { path, levels: found?, steps, source })
}

fn decode_values(reading: &mut Reading, node: &Node, path: &str) -> Option<Levels> {
    let nodes = reading.list(node, path, "values")?;
    if nodes.is_empty() {
        reading.fault(node.at, path, Problem::Nothing { what: "value" });
        return None;
    }
    let listed = nodes.iter().map(|node| {
        let (value, _) = sourced(reading, node, path);
        let shown = match value.tree {
            Tree::Number(value) => Shown::Number(value),
            _ => Shown::Text(reading.texts.slice(value.at).chars().take(SHOWN_MAX).collect()),
        };
        Listed { shown, node: node.clone() }
    });
    Some(Levels::Listed(listed.collect()))
}

fn decode_range(
    reading: &mut Reading,
    fields: &Fields<'_>,
    [from_node, to_node]: [&Node; 2],
    logarithmic: bool,
    whole: Option<&Node>,
    levels: Option<&Node>,
) -> Option<Levels> {
    let whole = match whole.map(|node| (node, &node.tree)) {
        None => Some(false),
        Some((_, Tree::Switch(switch))) => Some(*switch),
        Some((node, _)) => {
            reading.wrong_type(node, &fields.path("whole"), "true or false");
            None
        }
    };
    let mut end = |node: &Node, name: &str| {
        let (path, limits) = (fields.path(name), (-FARTHEST, FARTHEST));
        match whole {
            Some(true) => reading.whole(node, &path, limits, ""),
            _ => reading.number(node, &path, limits, ""),
        }
    };
    let (from, to) = (end(from_node, "from"), end(to_node, "to"));
    let levels = match levels {
        None => Some(None),
        Some(node) => {
            let limits = (2.0, RUNS_MAX as f64);
            reading.whole(node, &fields.path("levels"), limits, "").map(|levels| Some(levels as u32))
        }
    };
    let (from, to) = (from?, to?);
    if to <= from {
        let problem = Problem::Exceeds { part: "from", part_value: from, whole: "to", whole_value: to };
        let rule = "the range is empty: `to` must be above `from`";
        let problem = if to == from { Problem::InvalidCombination { rule } } else { problem };
        reading.fault(to_node.at, &fields.path, problem);
        return None;
    }
    if logarithmic && from <= 0.0 {
        let rule = "a logarithmic scale needs a `from` above 0";
        reading.fault(from_node.at, &fields.path("from"), Problem::InvalidCombination { rule });
        return None;
    }
    Some(Levels::Between(Between { from, to, logarithmic, whole: whole?, levels: levels?, at: from_node.at }))
}

/// The design of a study; a grid unless it says otherwise.
pub(super) fn decode_design(reading: &mut Reading, node: Option<&Node>) -> Option<Design> {
    const FORMS: [&str; 4] = ["List", "Grid", "LatinHypercube", "Sobol"];
    let Some(node) = node else { return Some(Design::Grid) };
    let (name, entries) = match &node.tree {
        Tree::Name(name) => (&**name, &[][..]),
        Tree::Struct(Some(name), entries) => (&**name, entries.as_slice()),
        _ => {
            reading.wrong_type(node, "design", "List, Grid, LatinHypercube(points: …) or Sobol(points: …)");
            return None;
        }
    };
    if !FORMS.contains(&name) {
        reading.unknown(node.at, "design", "design", name, FORMS.into_iter());
        return None;
    }
    let mut fields = Fields::of(reading, entries, node.at, "design");
    let design = match name {
        "List" => Some(Design::List),
        "Grid" => Some(Design::Grid),
        _ => {
            let points = fields.need(reading, "points", ": write points: 32, or another number");
            let points = points.and_then(|node| reading.whole(node, "design.points", (1.0, RUNS_MAX as f64), "points"));
            let seed = fields.take("seed").map(|node| reading.seed(node, "design.seed"));
            match (points, seed) {
                (None, _) | (_, Some(None)) => None,
                (Some(points), seed) if name == "Sobol" => {
                    Some(Design::Sobol { points: points as usize, seed: seed.flatten() })
                }
                (Some(points), seed) => {
                    Some(Design::LatinHypercube { points: points as usize, seed: seed.flatten().unwrap_or(1) })
                }
            }
        }
    };
    fields.close(reading);
    design
}

/// Checks that parameters fit their design, and gives the number of points, which may be too large to lay.
pub(super) fn count_points(reading: &mut Reading, design: Design, parameters: &[Swept], node: &Node) -> f64 {
    let start = |swept: &Swept| swept.steps.first().map_or(node.at, |(_, at)| *at);
    let mut rule = |swept: Option<&Swept>, rule: &'static str| {
        let (at, path) = swept.map_or((node.at, "design"), |swept| (start(swept), swept.path.as_str()));
        reading.fault(at, path, Problem::InvalidCombination { rule });
    };
    let mut points = 1.0;
    match design {
        Design::Grid => {
            for swept in parameters {
                points *= match &swept.levels {
                    Levels::Listed(values) => values.len() as f64,
                    Levels::Between(Between { levels: Some(levels), .. }) => f64::from(*levels),
                    Levels::Between(_) => {
                        rule(
                            Some(swept),
                            "a range in a grid needs levels: the number of equal steps and one, such as levels: 5",
                        );
                        1.0
                    }
                };
            }
        }
        Design::List => {
            let mut first = None;
            for swept in parameters {
                let Levels::Listed(values) = &swept.levels else {
                    rule(Some(swept), "a List takes values: […], one for each point, not a range");
                    continue;
                };
                let expected = *first.get_or_insert(values.len());
                if values.len() != expected {
                    let problem = Problem::Length { expected, found: values.len(), of: "point of the list" };
                    reading.fault(start(swept), &swept.path, problem);
                    return 1.0;
                }
            }
            points = first.unwrap_or(1) as f64;
        }
        Design::LatinHypercube { points: count, .. } | Design::Sobol { points: count, .. } => {
            points = count as f64;
            if parameters.is_empty() {
                rule(None, "this design has no parameter to vary; give parameters: […], or leave it out");
            }
            for swept in parameters {
                if matches!(swept.levels, Levels::Between(Between { levels: Some(_), .. })) {
                    rule(Some(swept), "levels belong to a Grid; here points are drawn from the whole range");
                }
            }
            if matches!(design, Design::Sobol { .. }) && parameters.len() > SOBOL_DIMENSIONS_MAX {
                let (what, count_max) = ("parameters of a Sobol sequence", SOBOL_DIMENSIONS_MAX);
                reading.fault(node.at, "design", Problem::TooMany { what, count: parameters.len(), count_max });
            }
        }
    }
    points
}
