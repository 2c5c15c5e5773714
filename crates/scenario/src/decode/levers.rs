//! Levers of a scenario, and the changes of a policy that add to them.

use crate::faults::Problem;
use crate::levers::{Levers, Period};
use crate::parameters::{Block, Kind, Value};
use crate::reader::Tree;

use super::block::decode_block;
use super::{Fields, Names, Reading, join};

/// The levers of a scenario file, but for dated changes of rules.
pub(crate) fn decode_levers(reading: &mut Reading, root: &mut Fields<'_>, names: &Names) -> Levers {
    Levers {
        barriers: decode_measures(reading, root, "barriers", names),
        transport: decode_measures(reading, root, "transport", names),
        communications: decode_measures(reading, root, "communications", names),
        subsidies: decode_measures(reading, root, "subsidies", names),
        parks: decode_measures(reading, root, "parks", names),
        village_consolidation: decode_measures(reading, root, "village_consolidation", names),
        service_reform: decode_measures(reading, root, "service_reform", names),
        farm_policy: decode_measures(reading, root, "farm_policy", names),
        settlement: Vec::new(),
        land_quota: Vec::new(),
    }
}

fn decode_measures<M: Block + Default>(
    reading: &mut Reading,
    root: &mut Fields<'_>,
    lever: &'static str,
    names: &Names,
) -> Option<Vec<M>> {
    let mut measures = Vec::new();
    let Some(node) = root.take(lever) else {
        return Some(measures);
    };
    let nodes = match &node.tree {
        Tree::Name(name) if &**name == "Off" => return None,
        Tree::List(nodes) => nodes,
        _ => {
            reading.wrong_type(node, lever, "Off, or a list […] of measures");
            return Some(measures);
        }
    };
    for (index, node) in nodes.iter().enumerate() {
        if let Some(mut fields) = Fields::open(reading, node, &join(lever, index)) {
            measures.push(decode_measure(reading, &mut fields, names, None));
            fields.close(reading);
        }
    }
    Some(measures)
}

/// A measure; `period` is given where a policy says it outside.
pub(super) fn decode_measure<M: Block + Default>(
    reading: &mut Reading,
    fields: &mut Fields<'_>,
    names: &Names,
    period: Option<Period>,
) -> M {
    let mut measure = M::default();
    let given = decode_block(reading, fields, names, &mut measure, period);
    let described = measure.fields();
    if given == 0 {
        let numbers = described.iter().filter(|field| matches!(field.kind, Kind::Number { .. }));
        let fields_known = numbers.map(|field| field.name.to_owned()).collect();
        reading.fault(fields.at, &fields.path, Problem::NoEffect { fields: fields_known });
    }
    if measure.block() == "parks" && measure.get("industries") == Some(Value::Industries(Vec::new())) {
        let hint = ": name the industries that the park is for";
        reading.fault(fields.at, &fields.path, Problem::MissingField { name: "industries", hint });
    }
    measure
}
