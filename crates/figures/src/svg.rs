//! Writing SVG as text: shapes with classes, never with colours.

use std::fmt::Write as _;

/// Text with the characters that SVG and HTML give a meaning to written as entities.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A coordinate to a tenth of a pixel, without zeros at the end.
pub(crate) fn pixel(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Height of a line of text in pixels of a drawing, and the size of its letters.
pub(crate) const LINE: f64 = 15.0;
const LETTERS: f64 = 12.0;

/// About how wide a text is in pixels of a drawing: Chinese letters are as wide as high, others half that.
pub(crate) fn width(text: &str) -> f64 {
    let of = |letter: char| match letter {
        ' ' | '.' | ',' | '\'' | 'i' | 'l' | 'j' | 'I' | ':' | ';' | '|' | 'f' | 't' | '(' | ')' => 0.34,
        'm' | 'w' | 'M' | 'W' | '%' => 0.86,
        letter if u32::from(letter) >= 0x2e80 => 1.0,
        letter if letter.is_uppercase() => 0.68,
        _ => 0.56,
    };
    LETTERS * text.chars().map(of).sum::<f64>()
}

/// A text cut to a width, with a mark where something is missing.
pub(crate) fn cut(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if width(&format!("{kept}{letter}…")) > room {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// Where a text stands relative to its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The shapes of a drawing in the order of painting.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    text: String,
}

impl Canvas {
    pub(crate) fn raw(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.text.push('\n');
    }

    pub(crate) fn line(&mut self, class: &str, [x1, y1]: [f64; 2], [x2, y2]: [f64; 2]) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(pixel);
        let shape = format!(r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
        self.raw(&shape);
    }

    /// A rectangle; `about` is shown while a pointer rests on it.
    pub(crate) fn rect(&mut self, class: &str, [x, y]: [f64; 2], [width, height]: [f64; 2], about: &str) {
        let [x, y, width, height] = [x, y, width.max(0.0), height.max(0.0)].map(pixel);
        let shape = format!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}""#);
        self.closed(&shape, "rect", about);
    }

    pub(crate) fn circle(&mut self, class: &str, [x, y]: [f64; 2], radius: f64, about: &str) {
        let [x, y, radius] = [x, y, radius].map(pixel);
        self.closed(&format!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}""#), "circle", about);
    }

    pub(crate) fn path(&mut self, class: &str, path: &str, about: &str) {
        self.closed(&format!(r#"<path class="{class}" d="{path}""#), "path", about);
    }

    fn closed(&mut self, shape: &str, name: &str, about: &str) {
        if about.is_empty() {
            self.raw(&format!("{shape}/>"));
        } else {
            self.raw(&format!("{shape}><title>{}</title></{name}>", escaped(about)));
        }
    }

    pub(crate) fn text(&mut self, class: &str, anchor: Anchor, [x, y]: [f64; 2], text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let class = if class.is_empty() { String::new() } else { format!(r#" class="{class}""#) };
        let (x, y, text) = (pixel(x), pixel(y), escaped(text));
        writeln!(self.text, r#"<text{class} x="{x}" y="{y}"{anchor}>{text}</text>"#)
            .expect("text can be written to memory");
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_is_never_markup() {
        let mut canvas = Canvas::default();
        canvas.text("", Anchor::Start, [0.0, -0.04], "a < b & \"c\"");
        canvas.rect("bar", [0.0, 1.25], [-3.0, 2.0], "<script>");
        let text = canvas.into_text();
        assert_eq!(
            text,
            "<text x=\"0\" y=\"0\">a &lt; b &amp; &quot;c&quot;</text>\n\
             <rect class=\"bar\" x=\"0\" y=\"1.2\" width=\"0\" height=\"2\"><title>&lt;script&gt;</title></rect>\n"
        );
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_with_a_mark() {
        assert_eq!(cut("short", 100.0), "short");
        let cut = cut("labour-intensive industry", 80.0);
        assert!(cut.ends_with('…') && width(&cut) <= 80.0, "{cut}");
    }
}
