//! Reading a run's tables: one figure of every place, or of the region, in every quarter.

use simulation::table::{Rows, Table, Tables};

/// Why nothing that is read here can be missing.
const RECORDED: &str = "a run records every state in these tables and columns";

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
}

fn states<'a>(tables: &'a Tables, table: &str) -> Vec<Rows<'a>> {
    tables.get(table).and_then(Table::states).expect(RECORDED)
}

/// A figure of table `cities`.
pub(super) fn cities(tables: &Tables, name: &str) -> Panel {
    Panel(states(tables, "cities").into_iter().map(|state| state.reals(name).expect(RECORDED).to_vec()).collect())
}

/// A figure of table `region`, by quarter.
pub(super) fn region(tables: &Tables, name: &str) -> Vec<f64> {
    tables.get("region").and_then(|region| region.all().reals(name)).expect(RECORDED).to_vec()
}

/// Jobs of an industry in cities: towns do not count. Nothing if there is no such industry.
pub(super) fn city_jobs(tables: &Tables, industry: &str) -> Panel {
    let of_state = |state: Rows| -> Vec<f64> {
        let [all, towns] = ["employment", "town_employment"].map(|name| state.reals(name).expect(RECORDED));
        let in_city = |row: usize| all[row] - if towns[row].is_nan() { 0.0 } else { towns[row] };
        let industries = state.names("industry").expect(RECORDED).into_iter().enumerate();
        industries.filter(|(_, name)| *name == industry).map(|(row, _)| in_city(row)).collect()
    };
    Panel(states(tables, "sectors").into_iter().map(of_state).filter(|jobs| !jobs.is_empty()).collect())
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
    use simulation::record::columns::{Columns, TableRow};

    use super::*;

    /// Quarter, place and industry.
    struct Row([usize; 3]);

    impl TableRow for Row {
        type At<'a> = Self;
    }

    /// A table `sectors` of two places and two industries, with jobs by quarter, place and industry.
    fn sectors() -> Tables {
        let columns = Columns::<Row>::new("sectors")
            .integer("tick", "", "", |Row([tick, ..])| *tick as i64)
            .name("city", "", ["here", "there"], |Row([_, place, _])| *place)
            .name("industry", "", ["toys", "steel"], |Row([.., industry])| *industry)
            .real("employment", "", "", |Row([tick, place, industry])| (tick + 100 * place + 10 * industry) as f64)
            .real("town_employment", "", "", |Row([.., industry])| if *industry == 0 { 1.0 } else { f64::NAN });
        let rows = (0..8).map(|row| Row([row / 4, row / 2 % 2, row % 2]));
        Tables(vec![columns.with_rows(rows)])
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
