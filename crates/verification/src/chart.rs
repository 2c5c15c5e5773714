//! Charts: lines over an axis, kept as numbers.

use figures::{Across, Figure, Head, Language, Line, Lines, Messages};
use serde::{Deserialize, Serialize};

/// A line of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What it shows.
    pub name: String,
    /// Points in the order of drawing.
    pub points: Vec<(f64, f64)>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// File stem.
    pub name: String,
    /// Title.
    pub title: String,
    /// What runs to the right.
    pub x: String,
    /// What runs up.
    pub y: String,
    /// Lines.
    pub series: Vec<Series>,
}

impl Chart {
    /// As a figure of the shared kind, with the chart's own title.
    #[must_use]
    pub fn figure(&self, messages: &Messages) -> Figure {
        let line = |(at, series): (usize, &Series)| Line {
            key: format!("{at}"),
            name: series.name.clone(),
            colour: at,
            points: series.points.clone(),
            fans: Vec::new(),
        };
        let lines = Lines {
            head: Head { name: self.name.clone(), what: self.title.clone(), ..Head::default() },
            unit: self.y.clone(),
            across: Across::Number(self.x.clone()),
            lines: self.series.iter().enumerate().map(line).collect(),
            rules: Vec::new(),
            span: None,
            limits: None,
            change: None,
            differences: false,
        };
        Figure { finding: self.title.clone(), ..lines.figure(messages) }
    }

    /// As a picture that stands alone.
    #[must_use]
    pub fn svg(&self) -> String {
        self.figure(&Messages::new(Language::English, "")).svg()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_of_one_point_or_of_none_is_still_a_picture() {
        for points in [Vec::new(), vec![(1.0, 2.0)]] {
            let series = vec![Series { name: "a < b".to_owned(), points }];
            let chart = Chart { name: "c".into(), title: "t".into(), x: "x".into(), y: "y".into(), series };
            let svg = chart.svg();
            assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert!(svg.contains("a &lt; b"), "{svg}");
        }
    }
}
