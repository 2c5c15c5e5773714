//! Colours and the style sheet. Every colour of every figure is here.
//!
//! Lines and marks: Okabe and Ito's colours, which remain apart for those who see no red or no green; where one is too
//! pale on paper, or too dark on a dark page, it is darker or lighter there. Sequential: cividis (Nuñez, Anderton and
//! Renslow 2018). Diverging: `PuOr` (Brewer), centred on zero.

use std::fmt::Write as _;

/// Colours of one theme.
struct Theme {
    ink: &'static str,
    quiet: &'static str,
    paper: &'static str,
    grid: &'static str,
    land: &'static str,
    border: &'static str,
    /// Colours of what is neither better nor worse.
    none: &'static str,
    series: [&'static str; SERIES],
}

/// Colours for lines and marks: A, B and others.
pub(crate) const SERIES: usize = 6;
/// Classes of a sequential scale.
pub(crate) const CLASSES: usize = 6;
/// Classes of a diverging scale; the one in the middle is zero.
pub(crate) const DIVERGING: usize = 7;

const LIGHT: Theme = Theme {
    ink: "#1a1c20",
    quiet: "#555b66",
    paper: "#ffffff",
    grid: "#e3e5e9",
    land: "#f1f2f4",
    border: "#8b909a",
    none: "#8b909a",
    series: ["#0072b2", "#d55e00", "#008a65", "#b85c91", "#8a6000", "#2b86bd"],
};
const DARK: Theme = Theme {
    ink: "#eceef2",
    quiet: "#a9b0bd",
    paper: "#15171c",
    grid: "#30343d",
    land: "#23262d",
    border: "#767d8a",
    none: "#767d8a",
    series: ["#3d9fdc", "#e8702a", "#1fb98d", "#d992b8", "#e69f00", "#7cc7f0"],
};
const SEQUENTIAL: [&str; CLASSES] = ["#00204d", "#31446b", "#666970", "#958f78", "#cbba69", "#ffea46"];
const DIVERGENT: [&str; DIVERGING] = ["#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788"];

impl Theme {
    fn variables(&self) -> String {
        let mut text = String::new();
        let named = [
            ("ink", self.ink),
            ("quiet", self.quiet),
            ("paper", self.paper),
            ("grid", self.grid),
            ("land", self.land),
            ("border", self.border),
            ("none", self.none),
        ];
        let mut put =
            |name: &str, colour: &str| write!(text, "--{name}:{colour};").expect("text can be written to memory");
        named.iter().for_each(|(name, colour)| put(name, colour));
        self.series.iter().enumerate().for_each(|(at, colour)| put(&format!("s{at}"), colour));
        text
    }
}

/// The style sheet of figures, for a page or a file: variables for light, dark and print, and one rule for each class. A
/// page may fix the theme by `data-theme="light"` or `"dark"` on its root.
#[must_use]
pub fn style() -> String {
    let (light, dark) = (LIGHT.variables(), DARK.variables());
    let mut text = format!(
        ":root{{{light}color-scheme:light dark}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         :root[data-theme=dark]{{{dark}}}\n\
         @media print{{:root,:root:not([data-theme=light]){{{light}}}}}\n"
    );
    text.push_str(include_str!("figures.css"));
    let mut rule = |rule: String| {
        text.push_str(&rule);
        text.push('\n');
    };
    for at in 0..SERIES {
        rule(format!(".line.s{at},.stroke.s{at}{{stroke:var(--s{at})}}.fan.s{at},.fill.s{at}{{fill:var(--s{at})}}"));
    }
    rule(".fill.none{fill:var(--none)}".to_owned());
    SEQUENTIAL.iter().enumerate().for_each(|(at, colour)| rule(format!(".q{at}{{fill:{colour}}}")));
    DIVERGENT.iter().enumerate().for_each(|(at, colour)| rule(format!(".d{at}{{fill:{colour}}}")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A colour in linear light, red, green and blue.
    fn linear(colour: &str) -> [f64; 3] {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { power24((value + 0.055) / 1.055) }
        };
        [part(1), part(3), part(5)]
    }

    /// The power of 2.4: by five roots of the twelfth power.
    fn power24(value: f64) -> f64 {
        let twelfth = (0..12).fold(1.0, |product, _| product * value);
        root(twelfth, 5)
    }

    /// A root by Newton's method.
    fn root(value: f64, degree: i32) -> f64 {
        let mut guess: f64 = 1.0;
        for _ in 0..200 {
            let below = (1..degree).fold(1.0, |product, _| product * guess);
            guess += (value / below - guess) / f64::from(degree);
        }
        guess
    }

    fn luminance([red, green, blue]: [f64; 3]) -> f64 {
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast as accessibility guidelines define it.
    fn contrast(one: &str, other: &str) -> f64 {
        let [one, other] = [one, other].map(|colour| luminance(linear(colour)));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// A colour as seen without green receptors (Viénot, Brettel and Mollon 1999), in linear light.
    fn deuteranope([red, green, blue]: [f64; 3]) -> [f64; 3] {
        let mixed = 0.29275 * red + 0.70725 * green;
        [mixed, mixed, -0.02234 * red + 0.02234 * green + blue]
    }

    /// CIE L*a*b* of linear light.
    fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
        let of = |row: [f64; 3], white: f64| {
            let value = (row[0] * red + row[1] * green + row[2] * blue).max(0.0) / white;
            if value > 0.008_856 { root(value, 3) } else { 7.787 * value + 16.0 / 116.0 }
        };
        let x = of([0.4124, 0.3576, 0.1805], 0.9505);
        let y = of([0.2126, 0.7152, 0.0722], 1.0);
        let z = of([0.0193, 0.1192, 0.9505], 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
        one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    #[test]
    fn text_and_strokes_stand_out_in_both_themes() {
        for theme in [LIGHT, DARK] {
            for text in [theme.ink, theme.quiet] {
                for ground in [theme.paper, theme.land] {
                    assert!(contrast(text, ground) >= 4.5, "{text} on {ground}: {}", contrast(text, ground));
                }
            }
            for stroke in theme.series.iter().chain([&theme.border, &theme.none]) {
                assert!(contrast(stroke, theme.paper) >= 3.0, "{stroke}: {}", contrast(stroke, theme.paper));
            }
        }
    }

    #[test]
    fn colours_stay_apart_for_those_who_see_no_green() {
        for theme in [LIGHT, DARK] {
            for (at, one) in theme.series.iter().enumerate() {
                for other in &theme.series[..at] {
                    let seen = |colour: &str| lab(deuteranope(linear(colour)));
                    let apart = distance(seen(one), seen(other));
                    assert!(apart >= 9.0, "{one} and {other}: {apart}");
                }
            }
            // A and B are compared most often, and by dashes as well.
            let [a, b] = [0, 1].map(|at| lab(deuteranope(linear(theme.series[at]))));
            assert!(distance(a, b) >= 60.0, "{}", distance(a, b));
        }
    }

    #[test]
    fn classes_of_a_scale_differ_for_those_who_see_no_green() {
        for scale in [&SEQUENTIAL[..], &DIVERGENT[..]] {
            for pair in scale.windows(2) {
                let [one, other] = [pair[0], pair[1]].map(|colour| lab(deuteranope(linear(colour))));
                assert!(distance(one, other) >= 10.0, "{pair:?}: {}", distance(one, other));
            }
        }
        let light = |colour: &&str| luminance(linear(colour));
        assert!(SEQUENTIAL.windows(2).all(|pair| light(&pair[0]) < light(&pair[1])));
    }

    #[test]
    fn yardsticks_are_right() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-6);
        let white = lab(linear("#ffffff"));
        assert!((white[0] - 100.0).abs() < 0.01 && white[1].abs() < 0.5 && white[2].abs() < 0.5, "{white:?}");
        assert!((linear("#808080")[0] - 0.215_86).abs() < 1e-4);
    }
}
