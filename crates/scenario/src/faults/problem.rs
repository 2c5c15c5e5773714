//! What can be wrong with an input: one variant for each thing that a person can fix.

use crate::parameters::Kind;

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are what the sentence of the variant says")]
pub enum Problem {
    /// There is no such file.
    NotFound,
    /// It is a folder.
    Folder,
    /// It is a device, or a pipe that may never be written to.
    NotAFile,
    /// Reading it is not permitted.
    NoPermission,
    /// The system cannot read it.
    Unreadable { reason: String },
    /// It is larger than is read.
    TooLarge { bytes_max: u64 },
    /// It is not UTF-8.
    NotText { byte: usize },
    /// The text is not well formed.
    Syntax { expected: &'static str, found: String },
    /// A bracket or quotation is never closed.
    Unclosed { what: &'static str },
    /// Brackets are nested too deeply.
    TooDeep { depth_max: usize },
    /// There are more values than are read.
    TooManyValues { values_max: usize },
    /// An extension of RON is asked for.
    Extension,
    /// There is no such field.
    UnknownField { name: String, inside: String, nearest: Option<String>, known: Vec<String> },
    /// A field is there twice.
    DuplicateField { name: String, first_line: usize },
    /// A field must be there.
    MissingField { name: &'static str, hint: &'static str },
    /// No known thing has that name.
    UnknownName { what: &'static str, name: String, nearest: Option<String>, known: Vec<String> },
    /// Several places have that name.
    AmbiguousPlace { name: String, keys: Vec<String> },
    /// It is something else than is needed.
    WrongType { expected: String, found: &'static str },
    /// A number is outside its limits.
    OutOfRange { value: f64, low: f64, high: f64, unit: String },
    /// A number is infinite or no number.
    NotFinite { value: f64 },
    /// A number is not whole.
    NotWhole { value: f64 },
    /// It cannot be switched off.
    CannotBeOff,
    /// A name cannot be one of a file.
    BadName { name: String },
    /// A name cannot be the key of a place.
    BadKey { key: String },
    /// An override has no path or no value.
    BadOverride,
    /// A path of a field is none.
    BadPath,
    /// A study sets a field twice.
    SetTwice { path: String, first: String },
    /// A study has more runs than can ever end.
    TooManyRuns { points: f64, arms: usize, seeds: f64, runs_max: u64 },
    /// Shares must sum to one.
    Shares { what: &'static str, sum: f64, parts: String },
    /// A part is greater than its whole.
    Exceeds { part: &'static str, part_value: f64, whole: &'static str, whole_value: f64 },
    /// Two places, industries or columns have one name.
    Duplicate { what: &'static str, name: String, first: String },
    /// There is nothing where something must be.
    Nothing { what: &'static str },
    /// There are more than can be.
    TooMany { what: &'static str, count: usize, count_max: usize },
    /// There would be too many agents.
    TooManyAgents { agents: f64, agents_max: f64, weight: f64 },
    /// Distances there and back differ.
    Asymmetric { from: String, to: String, there: f64, back: f64 },
    /// A list has the wrong length.
    Length { expected: usize, found: usize, of: &'static str },
    /// A table lacks a column.
    MissingColumn { name: String, nearest: Option<String> },
    /// A row has too few or too many cells.
    Ragged { cells: usize, columns: usize },
    /// A cell that must not be empty is.
    EmptyCell,
    /// A cell does not hold a number.
    NotNumber { found: String },
    /// A list of industries does not fit together.
    InvalidCombination { rule: &'static str },
    /// A mechanism needs an industry that is not there.
    NoIndustry { mechanism: &'static str, industry: &'static str },
    /// A period ends before it begins.
    EmptyPeriod { from: f64, until: f64 },
    /// A measure sets nothing.
    NoEffect { fields: Vec<String> },
    /// Two changes set the same thing at the same date.
    Conflict { at: f64, what: &'static str, first: String, second: String },
    /// A rule has no way to let anyone in.
    NoThreshold,
}

impl Problem {
    /// The fault in a sentence; `path` is the field it is in.
    pub fn sentence(&self, path: &str) -> String {
        use Problem::*;
        let it = if path.is_empty() { "this" } else { path };
        let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
        match self {
            NotFound => "there is no such file; check the name and the folder you start from".into(),
            Folder => "this is a folder; name a file in it".into(),
            NotAFile => "this is no file but a device or a pipe; name a file".into(),
            NoPermission => "this file may not be read; check its permissions".into(),
            Unreadable { reason } => format!("this file cannot be read ({reason})"),
            TooLarge { bytes_max } => format!("larger than the {} MiB that are read", bytes_max / (1 << 20)),
            NotText { byte } => format!("not UTF-8 text (byte {byte}); save it as UTF-8"),
            Syntax { expected, found } => format!("expected {expected}, found {found}"),
            Unclosed { what } => format!("this {what} is never closed"),
            TooDeep { depth_max } => {
                format!("brackets are nested more than {depth_max} deep")
            }
            TooManyValues { values_max } => format!("more than {values_max} values in one file"),
            Extension => "extensions of RON are not used here; delete this line".into(),
            UnknownField { name, inside, nearest, known } => {
                let inside = if inside.is_empty() { "the file" } else { inside };
                format!("no field `{name}` in {inside}{}", hint(nearest, known))
            }
            DuplicateField { name, first_line } if *first_line > 0 => {
                format!("{place}`{name}` is given twice (first in line {first_line}); keep one")
            }
            DuplicateField { name, .. } => format!("{place}`{name}` is given twice; keep one"),
            MissingField { name, hint } => format!("{place}`{name}` is missing{hint}"),
            UnknownName { what, name, nearest, known } => format!("{place}no {what} `{name}`{}", hint(nearest, known)),
            AmbiguousPlace { name, keys } => {
                format!("{place}several places are called `{name}`; say which: {}", keys.join(", "))
            }
            WrongType { expected, found } => format!("{it} must be {expected}, but is {found}"),
            OutOfRange { value, low, high, unit } => {
                format!("{it} is {}, but must be {}", figure(*value), range(*low, *high, unit))
            }
            NotFinite { value } => format!("{it} is {value}, but must be a finite number"),
            NotWhole { value } => format!("{it} is {}, but must be a whole number", figure(*value)),
            CannotBeOff => {
                format!("{it} cannot be Off: without it there is no economy to simulate")
            }
            BadName { name } => {
                format!(
                    "{it} is `{name}`, but must be usable as a folder's name: letters, digits, `-`, `_`, `.` and spaces, not more than 100"
                )
            }
            BadKey { key } => format!(
                "{place}`{key}` cannot be the key of a place: not empty, not more than 100 letters, without `.` and `=`, and not outside, countryside, home, stay or settle, which mean something else in the tables"
            ),
            BadOverride => "must read PATH=VALUE, such as migrant_location.precision=2.0".into(),
            BadPath => format!("{place}must be the dotted path of a field, such as migrant_location.precision"),
            SetTwice { path, first } => format!("{place}`{path}` is set here and in {first}; keep one"),
            TooManyRuns { points, arms, seeds, runs_max } => format!(
                "{place}{} points × {arms} policies × {} seeds are {} runs; a study has {runs_max} at most, and at a second \
                 each those already take {:.0} days on one core",
                figure(*points),
                figure(*seeds),
                figure(points * *arms as f64 * seeds),
                *runs_max as f64 / 86_400.0
            ),
            Shares { what, sum, parts } => {
                format!("{place}{what} must sum to 1, but sum to {} ({parts})", figure(*sum))
            }
            Exceeds { part, part_value, whole, whole_value } => format!(
                "{place}{part} is {}, more than {whole}, which is {}",
                figure(*part_value),
                figure(*whole_value)
            ),
            Duplicate { what, name, first } => {
                format!("{place}{what} `{name}` is there twice (first in {first})")
            }
            Nothing { what } => format!("{place}there is no {what}; at least one is needed"),
            TooMany { what, count, count_max } => format!("{place}{count} {what}; there can be {count_max}"),
            TooManyAgents { agents, agents_max, weight } => format!(
                "{} worker agents, but there can be {}; workers_per_agent: {} would fit",
                figure(agents.round()),
                figure(*agents_max),
                figure(*weight)
            ),
            Asymmetric { from, to, there, back } => format!(
                "{place}from {from} to {to} is {} km, but from {to} to {from} is {} km; distances must be the same both ways",
                figure(*there),
                figure(*back)
            ),
            Length { expected, found, of } => {
                format!("{it} has {found} entries, but must have {expected}: one for each {of}")
            }
            MissingColumn { name, nearest } => {
                format!("no column `{name}`{}", hint(nearest, &[]))
            }
            Ragged { cells, columns } => {
                format!("this row has {cells} cells, but the header has {columns}")
            }
            EmptyCell => format!("{it} is empty, but must be given"),
            NotNumber { found } => format!("{it} is `{found}`, but must be a number"),
            InvalidCombination { rule } => format!("{place}{rule}"),
            NoIndustry { mechanism, industry } => format!(
                "{mechanism} is on, but there is no industry with the role {industry}; add one, or write `{mechanism}: Off`"
            ),
            EmptyPeriod { from, until } => {
                format!("{place}ends in {until}, not after it begins in {from}; leave `until` out if it never ends")
            }
            NoEffect { fields } => format!("{place}this sets nothing; give at least one of {}", fields.join(", ")),
            Conflict { at, what, first, second } => {
                format!("{first} and {second} both set {what} at {at}; leave one out or give it another date")
            }
            NoThreshold => format!("{place}points need a `threshold`, a `quota`, or both"),
        }
    }
}

/// What a field of a kind must be, in words.
pub(crate) fn wanted(kind: &Kind, unit: &str) -> String {
    match kind {
        Kind::Number { low, high } => format!("a number, {}", range(*low, *high, unit)),
        Kind::Count { low, high } => format!("a whole number, {}", range(f64::from(*low), f64::from(*high), unit)),
        Kind::Switch => "true or false".into(),
        Kind::Choice(names) => format!("one of {}", names.join(", ")),
        Kind::Places => "a set of places: All, Places([…]), Level(…) or Tier(from: …, below: …)".into(),
        Kind::Industries => "a list of names of industries".into(),
        Kind::Period => "dates".into(),
    }
}

fn range(low: f64, high: f64, unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    if high >= 1e18 {
        format!("{} or more{unit}", figure(low))
    } else {
        format!("from {} to {}{unit}", figure(low), figure(high))
    }
}

/// A number for people.
pub(crate) fn figure(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || (1e-5..1e15).contains(&size) { format!("{value}") } else { format!("{value:e}") }
}

fn hint(nearest: &Option<String>, known: &[String]) -> String {
    match nearest {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None if known.is_empty() => String::new(),
        None if known.len() <= 12 => format!("; there are {}", known.join(", ")),
        None => format!("; there are {}, …", known[..12].join(", ")),
    }
}

/// The known name nearest to a mistaken one, if any is near.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let wanted: String = name.chars().take(80).collect::<String>().to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&wanted, &known.to_lowercase()), known))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| *distance <= 1 + known.chars().count().max(wanted.chars().count()) / 4)
        .map(|(_, known)| known.to_owned())
}
