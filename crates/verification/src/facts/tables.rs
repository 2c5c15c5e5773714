//! Reading a run's tables: one figure of every place, or of the region, in every quarter.

use simulation::table::{Table, Tables, Values};

/// One figure by quarter and place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Panel(pub Vec<Vec<f64>>);

impl Panel {
    /// Quarters recorded after the opening state.
    pub(super) fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The figure of a place in every quarter.
    pub(super) fn of(&self, place: usize) -> Vec<f64> {
        self.0.iter().map(|row| row[place]).collect()
    }

    /// The sum over places in every quarter.
    pub(super) fn sum(&self) -> Vec<f64> {
        self.0.iter().map(|row| row.iter().sum()).collect()
    }

    /// Share of a place in the sum, in every quarter.
    pub(super) fn share(&self, place: usize) -> Vec<f64> {
        self.0.iter().map(|row| row[place] / row.iter().sum::<f64>()).collect()
    }

    fn with(&self, other: &Panel, combine: impl Fn(f64, f64) -> f64) -> Panel {
        let row = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| combine(*a, *b)).collect();
        Panel(self.0.iter().zip(&other.0).map(row).collect())
    }
}

fn table<'a>(tables: &'a Tables, name: &str) -> &'a Table {
    tables.0.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("every run records table {name}"))
}

fn column<'a>(table: &'a Table, name: &str) -> &'a Values {
    let index = table.fields.iter().position(|field| field.name == name);
    &table.values[index.unwrap_or_else(|| panic!("table {} has a column {name}", table.name))]
}

fn reals<'a>(table: &'a Table, name: &str) -> &'a [f64] {
    match column(table, name) {
        Values::Real(values) => values,
        _ => panic!("column {name} of {} holds numbers", table.name),
    }
}

fn integers<'a>(table: &'a Table, name: &str) -> &'a [i64] {
    match column(table, name) {
        Values::Integer(values) => values,
        _ => panic!("column {name} of {} holds whole numbers", table.name),
    }
}

fn names<'a>(table: &'a Table, name: &str) -> &'a [u32] {
    match column(table, name) {
        Values::Name(values) => values,
        _ => panic!("column {name} of {} holds names", table.name),
    }
}

/// Rows of a table as a panel, of those rows that are wanted.
fn panel(table: &Table, values: &[f64], wanted: impl Fn(usize) -> bool) -> Panel {
    let ticks = integers(table, "tick");
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let mut at = None;
    for (row, &tick) in ticks.iter().enumerate() {
        if !wanted(row) {
            continue;
        }
        if at != Some(tick) {
            rows.push(Vec::new());
            at = Some(tick);
        }
        if let Some(last) = rows.last_mut() {
            last.push(values[row]);
        }
    }
    Panel(rows)
}

/// A figure of table `cities`.
pub(super) fn cities(tables: &Tables, name: &str) -> Panel {
    let table = table(tables, "cities");
    panel(table, reals(table, name), |_| true)
}

/// A figure of table `region`, by quarter.
pub(super) fn region(tables: &Tables, name: &str) -> Vec<f64> {
    reals(table(tables, "region"), name).to_vec()
}

/// Jobs of an industry in cities: towns do not count.
pub(super) fn city_jobs(tables: &Tables, industry: &str) -> Panel {
    let table = table(tables, "sectors");
    let industries = names(table, "industry");
    let index = table.names.iter().position(|name| name == industry);
    let wanted = |row: usize| index.is_some_and(|index| industries[row] as usize == index);
    let all = panel(table, reals(table, "employment"), wanted);
    let towns = panel(table, reals(table, "town_employment"), wanted);
    all.with(&towns, |all, towns| all - if towns.is_nan() { 0.0 } else { towns })
}

/// The Gini coefficient of a figure over places that count alike.
pub(super) fn gini(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    economics::welfare::gini(&sorted, &vec![1.0; sorted.len()])
}

/// Averages over as many quarters to either side as there are, at most `half`: what the noise of one quarter hides.
pub(super) fn smooth(series: &[f64], half: usize) -> Vec<f64> {
    (0..series.len())
        .map(|at| {
            let reach = half.min(at).min(series.len() - 1 - at);
            let window = &series[at - reach..=at + reach];
            window.iter().sum::<f64>() / window.len() as f64
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use simulation::table::{Cell, Field, Kind};

    use super::*;

    fn field(name: &str, kind: Kind) -> Field {
        Field { name: name.into(), unit: String::new(), about: String::new(), kind }
    }

    /// A table `sectors` of two places and two industries, with jobs by quarter, place and industry.
    fn sectors() -> Tables {
        let fields = vec![
            field("tick", Kind::Integer),
            field("city", Kind::Name),
            field("industry", Kind::Name),
            field("employment", Kind::Real),
            field("town_employment", Kind::Real),
        ];
        let names = ["here", "there", "toys", "steel"].map(String::from).to_vec();
        let mut table = Table::new("sectors", fields, names);
        for tick in 0..2 {
            for place in 0..2_u32 {
                for industry in 0..2_u32 {
                    let jobs = f64::from(100 * place + 10 * industry) + tick as f64;
                    let towns = if industry == 0 { 1.0 } else { f64::NAN };
                    let name = |index| Cell::Name(index);
                    table.push(&[
                        Cell::Integer(tick),
                        name(place),
                        name(2 + industry),
                        Cell::Real(jobs),
                        Cell::Real(towns),
                    ]);
                }
            }
        }
        Tables(vec![table])
    }

    #[test]
    fn jobs_in_towns_are_not_jobs_in_cities() {
        assert_eq!(city_jobs(&sectors(), "toys"), Panel(vec![vec![-1.0, 99.0], vec![0.0, 100.0]]));
        assert_eq!(city_jobs(&sectors(), "steel"), Panel(vec![vec![10.0, 110.0], vec![11.0, 111.0]]));
        assert_eq!(city_jobs(&sectors(), "bread"), Panel(Vec::new()));
    }

    #[test]
    fn shares_add_up_to_one() {
        let panel = Panel(vec![vec![1.0, 3.0], vec![2.0, 2.0]]);
        assert_eq!(panel.share(0), [0.25, 0.5]);
        assert_eq!(panel.share(1), [0.75, 0.5]);
    }

    #[test]
    fn smoothing_leaves_a_line_alone() {
        let line: Vec<f64> = (0..9).map(f64::from).collect();
        assert_eq!(smooth(&line, 3), line);
        assert_eq!(smooth(&[0.0, 3.0, 0.0], 1), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn cities_that_are_alike_have_no_inequality() {
        assert!(gini(&[2.0, 2.0, 2.0]).abs() < 1e-15);
        // One of four has everything: 1 − 1/4.
        assert!((gini(&[0.0, 1.0, 0.0, 0.0]) - 0.75).abs() < 1e-15);
    }
}
