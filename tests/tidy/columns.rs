//! Tables of columns in prose, made from the columns themselves.

use simulation::record;
use simulation::table::Table;

use crate::prose::{Part, keep_in_step};
use crate::source::{read, root};

/// The tables of a scenario with one industry, whose name stands for any.
fn tables() -> Vec<Table> {
    let configs = root().join("configs");
    let text = read(&configs.join("henan.ron"));
    let loaded = scenario::load_str(&text, &configs, &[], &[]).unwrap_or_else(|faults| panic!("{faults}"));
    let mut scenario = loaded.scenario;
    scenario.industries.truncate(1);
    scenario.industries[0].name = "<industry>".to_owned();
    scenario.mechanisms.fiscal = None;
    record::tables(&scenario).0
}

#[test]
fn the_page_of_files_lists_every_column_of_every_table() {
    let part = |table: &Table| {
        let mut text = "| column | unit | what it is |\n|---|---|---|\n".to_owned();
        for field in &table.fields {
            let unit = if field.unit.is_empty() { "–" } else { &field.unit };
            let about = field.about.replace("<industry>", "`<industry>`");
            text += &format!("| `{}` | {unit} | {about} |\n", field.name);
        }
        Part { page: root().join("docs/files.md"), name: format!("columns of {}", table.name), text }
    };
    keep_in_step(&tables().iter().map(part).collect::<Vec<_>>());
}
