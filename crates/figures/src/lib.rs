//! Figures: numbers in, SVG and tables out, in English and Chinese.
//!
//! A chart is a plain value: [`Lines`], [`Bars`], [`Parts`], [`Columns`], [`Waterfall`], [`Tornado`], [`Map`], [`Flows`].
//! `figure(&messages)` turns it into a [`Figure`]: a title that tells the finding (at most ten words, made from the
//! numbers), a subtitle that says what, where, when and in which unit, the drawing, and the table of the same numbers.
//! [`Figure::svg`] is a file that stands alone, [`Figure::html`] a `<figure>` for a page with [`style()`].
//!
//! **Colours are classes.** No drawing holds a colour: [`style()`] has them, for light, dark and print. Text and axes
//! follow the colour of the page's text. World A is solid and blue, world B dashed and vermilion, everywhere.
//!
//! **Scaffold and data layer.** [`Lines`] draws axes, labels and rules in pixels, and its data in a nested
//! `<svg class="layer">` whose viewBox is in data units, with strokes that do not scale. A live page takes the figure of
//! lines without points (with a fixed span and range) as scaffold and lets a script append `L date,value` to
//! `path[data-line=KEY]`; a report takes the same figure with points. So scales, ticks and formats exist once.
//!
//! *Invariants:* the same numbers give the same bytes; values that are not finite are left out of drawings and are empty
//! in tables; nothing here reads a file or knows what the numbers are about.

mod bars;
mod columns;
mod figure;
mod flows;
mod geometry;
mod language;
mod lines;
mod map;
mod measure;
mod messages;
mod parts;
pub mod spark;
mod style;
mod svg;
mod table;
mod ticks;
mod tornado;
mod waterfall;

pub use bars::{Bar, Bars};
pub use columns::{Column, Columns};
pub use figure::{Drawing, Figure, Head};
pub use flows::{Flow, Flows};
pub use geometry::{Outline, Place};
pub use language::Language;
pub use lines::{Across, Change, Fan, Line, Lines, Rule};
pub use map::{Map, Marks};
pub use measure::Measure;
pub use messages::Messages;
pub use parts::{Part, Parts, Row};
pub use style::style;
pub use svg::escaped;
pub use table::{Cell, DataTable, Field};
pub use tornado::{Swing, Tornado};
pub use waterfall::{Step, Waterfall};
