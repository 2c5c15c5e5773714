//! Facts of a region that a scenario leaves to its table: set into the tree before it is decoded, so that every check
//! applies to them.

use std::path::PathBuf;

use crate::decode::BASE_YEAR;
use crate::overrides;
use crate::reader::{Entry, Node, Tree};
use crate::reading::{Reading, join};
use crate::table::facts::{FACTS, Fact, read};
use crate::texts::Span;

/// Fills fields that hold a fact of the region: with the table's figure, else with the nation's. A field that the
/// scenario gives stays as it is, and a region written inline has no such facts.
pub(crate) fn fill(reading: &mut Reading, tree: &mut Node) {
    let Some((name, at)) = table(tree) else { return };
    let base_year = match field(tree, "base_year").map(|node| &node.tree) {
        Some(Tree::Number(year)) => *year,
        _ => BASE_YEAR,
    };
    let wanted: Vec<&Fact> = FACTS.iter().filter(|fact| is_open(tree, fact)).collect();
    let file: PathBuf = reading.folder.join(&name);
    let label = file.to_string_lossy().into_owned();
    let found = read(reading, &file, &label, base_year as u32, &wanted);
    for (fact, value) in wanted.into_iter().zip(found) {
        let column = format!("{}_{base_year}", fact.column);
        let (value, source) = match (value, fact.fallback()) {
            (Some(value), _) => (value, format!("column {column} of {name}")),
            (None, Some((value, source))) => {
                let path = join(fact.block, fact.field);
                reading.notes.push(format!("{path} is the nation's, as {name} has no column {column}"));
                (value, source.to_owned())
            }
            (None, None) => continue,
        };
        let steps = [fact.block, fact.field].map(|step| (step.to_owned(), at));
        overrides::set(reading, tree, &steps, sourced(value, source, at), "");
    }
}

/// Name of the region's table and where it is named.
fn table(tree: &Node) -> Option<(String, Span)> {
    let node = field(tree, "region")?;
    match &node.tree {
        Tree::Tuple(Some(kind), nodes) if &**kind == "Table" => match nodes.as_slice() {
            [Node { tree: Tree::Text(name), .. }] => Some((name.clone(), node.at)),
            _ => None,
        },
        _ => None,
    }
}

fn field<'n>(tree: &'n Node, name: &str) -> Option<&'n Node> {
    let Tree::Struct(_, entries) = &tree.tree else { return None };
    entries.iter().find(|entry| &*entry.name == name).map(|entry| &entry.node)
}

/// Whether a scenario leaves a field to the table. A block that is no bracket of fields is reported where it is decoded.
fn is_open(tree: &Node, fact: &Fact) -> bool {
    match field(tree, fact.block) {
        None => true,
        Some(block) => matches!(block.tree, Tree::Struct(..)) && field(block, fact.field).is_none(),
    }
}

/// `(value: …, source: Published("…"))`
fn sourced(value: f64, source: String, at: Span) -> Node {
    let node = |tree| Node { tree, at };
    let entry = |name: &str, node: Node| Entry { name: name.into(), name_at: at, node };
    let source = Tree::Tuple(Some("Published".into()), vec![node(Tree::Text(source))]);
    node(Tree::Struct(None, vec![entry("value", node(Tree::Number(value))), entry("source", node(source))]))
}

#[cfg(test)]
mod tests {
    use crate::parameters::Source;
    use crate::{Loaded, Request, load};
    use std::path::PathBuf;

    const HEADER: &str = "name_pinyin,centroid_lon,centroid_lat,area_km2_computed,pop_2010,urban_pop_2010,hukou_pop_2010,\
        nonag_hukou_share_2010,migrants_other_county_same_prov_2010,migrants_other_prov_2010,emp_share_primary_2010,\
        emp_share_secondary_2010,emp_share_tertiary_2010";
    const ROWS: [&str; 2] = [
        "North,113,34,5000,400000,100000,400000,0.2,0,0,0.5,0.2,0.3",
        "South,114,34,5000,200000,100000,200000,0.2,0,0,0.5,0.2,0.3",
    ];

    fn loaded(column: &str, cells: [&str; 2], overrides: &[&str]) -> Loaded {
        let scenario = "(name: \"small\", start: 2010, region: Table(\"small.csv\"))";
        let table = format!("{HEADER}{column}\n{}{}\n{}{}\n", ROWS[0], cells[0], ROWS[1], cells[1]);
        let request = Request {
            overrides: overrides.iter().map(|text| (*text).to_owned()).collect(),
            given: vec![(PathBuf::from("s.ron"), scenario.to_owned()), (PathBuf::from("small.csv"), table)],
            ..Request::default()
        };
        load(&PathBuf::from("s.ron"), &request).unwrap_or_else(|faults| panic!("{faults}"))
    }

    #[test]
    fn a_region_s_facts_come_from_its_table_then_from_the_nation_and_the_scenario_has_the_last_word() {
        let own = loaded(",rural_income_2010", [",4000", ",8000"], &[]);
        assert_eq!(own.scenario.money.farm_income, 1250.0);
        let source = &own.sources["money.farm_income"];
        assert_eq!(source, &Source::Published("column rural_income_2010 of small.csv".to_owned()));
        let nation = loaded("", ["", ""], &[]);
        assert_eq!(nation.scenario.money.farm_income, 5919.0 / 4.0);
        assert!(
            nation.notes.iter().any(|note| note.contains("money.farm_income is the nation's")),
            "{:?}",
            nation.notes
        );
        let said = loaded(",rural_income_2010", [",4000", ",8000"], &["money.farm_income=7"]);
        assert_eq!(said.scenario.money.farm_income, 7.0);
    }
}
