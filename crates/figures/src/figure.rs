//! A figure: finding, subtitle, drawing, table, source; as a file or as a part of a page.

use crate::messages::Messages;
use crate::style::style;
use crate::svg::{LINE, escaped, pixel, width};
use crate::table::DataTable;

/// Width of every drawing, in pixels that scale. It is readable in a column of 340 real pixels, so on a phone.
pub(crate) const WIDTH: f64 = 440.0;

/// What every chart has beside its numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// Stem of files and identifier in a page: letters, digits and dashes.
    pub name: String,
    /// What is shown, short enough for a title: `Urban share`.
    pub what: String,
    /// What, where, when; the unit is added.
    pub about: String,
    /// Where the numbers come from.
    pub source: String,
}

impl Head {
    /// The subtitle.
    pub(crate) fn subtitle(&self, unit: &str) -> String {
        let parts = [self.about.as_str(), unit];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Shapes in a box that begins at zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Width and height.
    pub size: (f64, f64),
    /// SVG elements.
    pub body: String,
}

/// A figure, ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Stem of files and identifier in a page.
    pub name: String,
    /// What the numbers say, as a title.
    pub finding: String,
    /// What, where, when, unit.
    pub subtitle: String,
    /// Where the numbers come from.
    pub source: String,
    /// The drawing.
    pub drawing: Drawing,
    /// The numbers.
    pub table: DataTable,
}

/// Space at the sides of a file.
const MARGIN: f64 = 12.0;
/// A title's letters are larger than those of a drawing by so much.
const TITLE: f64 = 1.25;

/// Text broken into lines of a width; languages without spaces are broken anywhere.
fn broken(text: &str, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut word = String::new();
    let mut put = |word: &mut String| {
        let last = lines.last_mut().expect("there is a line");
        if !last.is_empty() && width(&format!("{last}{word}")) > room {
            lines.push(word.trim_start().to_owned());
        } else {
            last.push_str(word);
        }
        word.clear();
    };
    for letter in text.chars() {
        let wide = u32::from(letter) >= 0x2e80;
        if letter == ' ' || wide {
            put(&mut word);
        }
        word.push(letter);
    }
    put(&mut word);
    lines
}

impl Figure {
    /// As an SVG file that stands alone: with its title, subtitle, source and style.
    #[must_use]
    pub fn svg(&self) -> String {
        let (width, height) = self.drawing.size;
        let titles = broken(&self.finding, width / TITLE);
        let subtitles = broken(&self.subtitle, width);
        let mut y = 10.0;
        let mut head = String::new();
        let mut put = |class: &str, line: &str, step: f64| {
            y += step;
            head.push_str(&format!("<text class=\"{class}\" x=\"0\" y=\"{}\">{}</text>\n", pixel(y), escaped(line)));
        };
        titles.iter().for_each(|line| put("title", line, TITLE * LINE));
        subtitles.iter().for_each(|line| put("subtitle", line, LINE));
        let top = y + 10.0;
        let sources = if self.source.is_empty() { Vec::new() } else { broken(&self.source, width) };
        let mut foot = String::new();
        for (at, line) in sources.iter().enumerate() {
            let y = top + height + LINE * (at + 1) as f64;
            foot.push_str(&format!("<text class=\"source\" x=\"0\" y=\"{}\">{}</text>\n", pixel(y), escaped(line)));
        }
        let all = top + height + LINE * sources.len() as f64 + 8.0;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" role=\"img\" viewBox=\"{} 0 {} {}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<style>\n{}</style>\n\
             <rect class=\"paper\" x=\"{0}\" y=\"0\" width=\"{1}\" height=\"{2}\"/>\n\
             {head}<g transform=\"translate(0 {})\">\n{}</g>\n{foot}</svg>\n",
            pixel(-MARGIN),
            pixel(width + 2.0 * MARGIN),
            pixel(all),
            escaped(&self.finding),
            escaped(&self.subtitle),
            style(),
            pixel(top),
            self.drawing.body,
        )
    }

    /// As an element of a page that has [`style()`]: caption, drawing, source, table and CSV.
    #[must_use]
    pub fn html(&self, messages: &Messages) -> String {
        let (width, height) = self.drawing.size;
        let name = escaped(&self.name);
        let source = if self.source.is_empty() {
            String::new()
        } else {
            let text = messages.with("figure.source", &[("source", &self.source)]);
            format!("<p class=\"source\">{}</p>\n", escaped(&text))
        };
        format!(
            "<figure id=\"{name}\" class=\"figure\">\n<figcaption><h3>{}</h3>\n<p>{}</p></figcaption>\n\
             <svg class=\"drawing\" role=\"img\" aria-labelledby=\"{name}-title\" viewBox=\"0 0 {} {}\">\n\
             <title id=\"{name}-title\">{0}. {1}</title>\n{}</svg>\n{source}\
             <details><summary>{}</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">{}</div>\n\
             <p><a download=\"{name}.csv\" href=\"{}\">{}</a></p></details>\n</figure>\n",
            escaped(&self.finding),
            escaped(&self.subtitle),
            pixel(width),
            pixel(height),
            self.drawing.body,
            escaped(messages.text("figure.table")),
            self.table.html(),
            self.table.csv_address(),
            escaped(messages.text("figure.csv")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_broken_between_words_and_chinese_ones_anywhere() {
        let lines = broken("Labour-intensive share peaks at 32% in 2013", 150.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line) <= 150.0), "{lines:?}");
        assert_eq!(lines.join(" "), "Labour-intensive share peaks at 32% in 2013");
        let lines = broken("劳动密集型产业占比在二零一三年达到峰值", 100.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line) <= 100.0), "{lines:?}");
    }
}
