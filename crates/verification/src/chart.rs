//! Charts: lines over an axis, kept as numbers and drawn as SVG.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// Width and height of a drawing, and its margins: left, top, right, bottom.
const SIZE: (f64, f64) = (640.0, 360.0);
const MARGINS: (f64, f64, f64, f64) = (64.0, 40.0, 150.0, 48.0);
/// Colours that differ also for those who see no red or green.
const COLOURS: [&str; 5] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#666666"];
const TICKS: usize = 5;

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
    /// As a picture.
    #[must_use]
    pub fn svg(&self) -> String {
        let (left, top, right, bottom) = MARGINS;
        let (width, height) = (SIZE.0 - left - right, SIZE.1 - top - bottom);
        let (x_low, x_high) = self.range(|point| point.0);
        let (y_low, y_high) = self.range(|point| point.1);
        let x_at = |x: f64| left + width * (x - x_low) / (x_high - x_low);
        let y_at = |y: f64| top + height * (1.0 - (y - y_low) / (y_high - y_low));
        let mut text = String::new();
        let mut line = |piece: String| writeln!(text, "{piece}").expect("text can be written to memory");
        line(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="12">"#,
            SIZE.0, SIZE.1
        ));
        line(format!("<title>{}</title>", escaped(&self.title)));
        line(r##"<rect width="100%" height="100%" fill="#ffffff"/>"##.to_owned());
        line(format!(r#"<text x="{left}" y="22" font-size="14">{}</text>"#, escaped(&self.title)));
        for tick in 0..TICKS {
            let part = tick as f64 / (TICKS - 1) as f64;
            let (x, y) = (x_low + part * (x_high - x_low), y_low + part * (y_high - y_low));
            line(format!(
                r##"<line x1="{left}" x2="{:.1}" y1="{1:.1}" y2="{1:.1}" stroke="#dddddd"/>"##,
                left + width,
                y_at(y)
            ));
            line(format!(
                r#"<text x="{:.1}" y="{:.1}" text-anchor="end">{}</text>"#,
                left - 6.0,
                y_at(y) + 4.0,
                figure(y, y_high - y_low)
            ));
            line(format!(
                r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                x_at(x),
                top + height + 18.0,
                figure(x, x_high - x_low)
            ));
        }
        line(format!(
            r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
            left + width / 2.0,
            SIZE.1 - 10.0,
            escaped(&self.x)
        ));
        line(format!(
            r#"<text transform="translate(16 {:.1}) rotate(-90)" text-anchor="middle">{}</text>"#,
            top + height / 2.0,
            escaped(&self.y)
        ));
        for (index, series) in self.series.iter().enumerate() {
            let colour = COLOURS[index % COLOURS.len()];
            let points: Vec<String> =
                series.points.iter().map(|&(x, y)| format!("{:.1},{:.1}", x_at(x), y_at(y))).collect();
            line(format!(
                r#"<polyline fill="none" stroke="{colour}" stroke-width="2" points="{}"/>"#,
                points.join(" ")
            ));
            let at = top + 14.0 + 18.0 * index as f64;
            line(format!(
                r#"<line x1="{0:.1}" x2="{1:.1}" y1="{2:.1}" y2="{2:.1}" stroke="{colour}" stroke-width="2"/>"#,
                left + width + 10.0,
                left + width + 28.0,
                at - 4.0
            ));
            line(format!(
                r#"<text x="{:.1}" y="{at:.1}" font-size="11">{}</text>"#,
                left + width + 32.0,
                escaped(&series.name)
            ));
        }
        line("</svg>".to_owned());
        text
    }

    /// Least and greatest of a coordinate, never the same.
    fn range(&self, of: impl Fn(&(f64, f64)) -> f64) -> (f64, f64) {
        let all = self.series.iter().flat_map(|series| &series.points).map(of).filter(|value| value.is_finite());
        let (low, high) =
            all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if high > low { (low, high) } else { (low.min(0.0) - 0.5, high.max(0.0) + 0.5) }
    }
}

/// As many digits as the width of an axis asks for.
fn figure(value: f64, width: f64) -> String {
    if width >= 50.0 {
        format!("{value:.0}")
    } else if width >= 5.0 {
        format!("{value:.1}")
    } else if width >= 0.2 {
        format!("{value:.2}")
    } else {
        format!("{value:.4}")
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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
