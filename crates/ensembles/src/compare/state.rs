//! Columns of a run's tables, by name.

use simulation::table::{Table, Tables, Values};

/// A state of a run, out of its tables: that after so many quarters.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    tables: &'a Tables,
    quarters: usize,
}

impl<'a> State<'a> {
    /// The state after so many quarters; every state from the opening one on must be among the rows.
    pub(super) fn after(tables: &'a Tables, quarters: u32) -> Self {
        Self { tables, quarters: quarters as usize }
    }

    /// The rows of this state in a column that has so many a quarter.
    fn rows(self, each: usize) -> std::ops::Range<usize> {
        self.quarters * each..(self.quarters + 1) * each
    }

    fn table(self, name: &str) -> &'a Table {
        self.tables.0.iter().find(|table| table.name == name).expect("a run records every table")
    }

    fn column(self, table: &str, column: &str) -> &'a Values {
        let table = self.table(table);
        let at = table.fields.iter().position(|field| field.name == column);
        &table.values[at.expect("the census writes the column")]
    }

    fn reals(self, table: &str, column: &str) -> &'a [f64] {
        let Values::Real(values) = self.column(table, column) else { unreachable!("{table}.{column} holds numbers") };
        values
    }

    fn names(self, table: &str, column: &str) -> &'a [u32] {
        let Values::Name(values) = self.column(table, column) else { unreachable!("{table}.{column} holds names") };
        values
    }

    /// The whole region in every quarter up to this state.
    pub(super) fn so_far(self, column: &str) -> &'a [f64] {
        &self.reals("region", column)[..=self.quarters]
    }

    /// The whole region.
    pub(super) fn region(self, column: &str) -> f64 {
        self.reals("region", column)[self.quarters]
    }

    /// Places, in the order of the region table.
    pub(super) fn cities(self, column: &str, places: usize) -> &'a [f64] {
        &self.reals("cities", column)[self.rows(places)]
    }

    /// Unit of a column of cities.
    pub(super) fn unit_of_cities(self, column: &str) -> &'a str {
        let fields = &self.table("cities").fields;
        fields.iter().find(|field| field.name == column).map_or("", |field| field.unit.as_str())
    }

    /// The largest of the central cities when the run opened, or of all cities where none is central.
    pub(super) fn centre(self, places: usize) -> usize {
        let names = &self.table("cities").names;
        let level = &self.names("cities", "level")[..places];
        let urban = &self.reals("cities", "urban_population")[..places];
        let central = |at: &usize| names[level[*at] as usize] == "centre";
        let largest = |a: &usize, b: &usize| urban[*a].total_cmp(&urban[*b]).then(b.cmp(a));
        (0..places).filter(central).max_by(largest).or_else(|| (0..places).max_by(largest)).unwrap_or(0)
    }

    /// Industries with their jobs by place.
    pub(super) fn jobs(self, places: usize) -> Vec<(&'a str, Vec<f64>)> {
        let names = &self.table("sectors").names;
        let (industries, jobs) = (self.names("sectors", "industry"), self.reals("sectors", "employment"));
        let mut kinds: Vec<u32> = Vec::new();
        for industry in industries {
            if kinds.contains(industry) {
                break;
            }
            kinds.push(*industry);
        }
        let now = &jobs[self.rows(places * kinds.len())];
        let of = |(at, &kind): (usize, &u32)| {
            let here = now.iter().skip(at).step_by(kinds.len()).copied();
            (names[kind as usize].as_str(), here.collect())
        };
        kinds.iter().enumerate().map(of).collect()
    }
}
