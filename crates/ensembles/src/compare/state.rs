//! Columns of a run's tables, by name.

use records::summary;
use simulation::table::{Rows, Tables};

/// Why nothing that is read here can be missing.
const RECORDED: &str = "a run records every state in these tables and columns";

/// A state of a run, out of its tables: that after so many quarters.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    tables: &'a Tables,
    quarters: u32,
}

impl<'a> State<'a> {
    /// The state after so many quarters; every state from the opening one on must be among the rows.
    pub(super) fn after(tables: &'a Tables, quarters: u32) -> Self {
        Self { tables, quarters }
    }

    fn rows(self, table: &str) -> Rows<'a> {
        self.tables.get(table).and_then(|table| table.state(i64::from(self.quarters))).expect(RECORDED)
    }

    /// The whole region in every quarter up to this state.
    pub(super) fn so_far(self, column: &str) -> &'a [f64] {
        let region = self.tables.get("region").and_then(|region| region.all().reals(column));
        &region.expect(RECORDED)[..=self.quarters as usize]
    }

    /// The whole region.
    pub(super) fn region(self, column: &str) -> f64 {
        self.rows("region").reals(column).expect(RECORDED)[0]
    }

    /// Places, in the order of the region table.
    pub(super) fn cities(self, column: &str) -> &'a [f64] {
        self.rows("cities").reals(column).expect(RECORDED)
    }

    /// Unit of a column of cities.
    pub(super) fn unit_of_cities(self, column: &str) -> &'a str {
        let fields = &self.tables.get("cities").expect(RECORDED).fields;
        fields.iter().find(|field| field.name == column).map_or("", |field| field.unit.as_str())
    }

    /// The largest of the central cities when the run opened, or of all cities where none is central.
    pub(super) fn centre(self) -> usize {
        summary::centre(State { quarters: 0, ..self }.rows("cities")).expect(RECORDED)
    }

    /// Industries with their jobs by place.
    pub(super) fn jobs(self) -> Vec<(&'a str, Vec<f64>)> {
        summary::jobs(self.rows("sectors")).expect(RECORDED)
    }
}
