//! Parameters of a case: names, defaults, what they may be, and how a user's `NAME=VALUE` becomes one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::VerificationError;

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A list of numbers.
    List(Vec<f64>),
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// A number between these, both left out.
    Between(f64, f64),
    /// A whole number from the first to the second.
    Whole(u32, u32),
    /// A list of so many numbers, each between the last two.
    List(usize, usize, f64, f64),
}

impl Range {
    /// In words, to follow "must be".
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Between(low, high) => format!("a number above {low} and below {high}"),
            Self::Whole(low, high) => format!("a whole number from {low} to {high}"),
            Self::List(least, most, low, high) => {
                format!("a list of {least} to {most} numbers from {low} to {high}, such as [0, 0.3, 0.1]")
            }
        }
    }

    fn read(&self, text: &str) -> Option<Value> {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        match *self {
            Self::Between(low, high) => {
                number(text).filter(|number| *number > low && *number < high).map(Value::Number)
            }
            Self::Whole(low, high) => number(text)
                .filter(|number| number.fract() == 0.0 && *number >= f64::from(low) && *number <= f64::from(high))
                .map(Value::Number),
            Self::List(least, most, low, high) => {
                let inner = text.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
                let numbers: Option<Vec<f64>> = inner.split(',').map(number).collect();
                numbers
                    .filter(|numbers| (least..=most).contains(&numbers.len()))
                    .filter(|numbers| numbers.iter().all(|number| (low..=high).contains(number)))
                    .map(Value::List)
            }
        }
    }
}

/// A parameter, described.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name for `--set`.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What it is if nothing is said.
    pub default: Value,
    /// What it may be.
    pub range: Range,
}

impl Parameter {
    /// A number.
    #[must_use]
    pub fn number(name: &'static str, about: &'static str, default: f64, range: Range) -> Self {
        Self { name, about, default: Value::Number(default), range }
    }

    /// The elasticity of substitution, as every theory with varieties has it.
    pub(crate) fn sigma() -> Self {
        Self::number("sigma", "elasticity of substitution between varieties", 5.0, Range::Between(1.01, 50.0))
    }

    /// The share of manufactures in spending.
    pub(crate) fn mu() -> Self {
        Self::number("mu", "share of manufactures in spending", 0.4, Range::Between(0.0, 0.95))
    }
}

/// Parameters of one case, with values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Parameters(BTreeMap<String, Value>);

impl Parameters {
    /// A number, by the name under which the case declares it.
    ///
    /// # Panics
    /// If the case declares no such number.
    #[must_use]
    pub fn number(&self, name: &str) -> f64 {
        match self.0.get(name) {
            Some(Value::Number(number)) => *number,
            _ => unreachable!("a case asks only for numbers that it declares, not for {name}"),
        }
    }

    /// A list of numbers, by the name under which the case declares it.
    ///
    /// # Panics
    /// If the case declares no such list.
    #[must_use]
    pub fn list(&self, name: &str) -> &[f64] {
        match self.0.get(name) {
            Some(Value::List(numbers)) => numbers,
            _ => unreachable!("a case asks only for lists that it declares, not for {name}"),
        }
    }

    /// In words, for a heading.
    #[must_use]
    pub fn text(&self) -> String {
        let one = |(name, value): (&String, &Value)| match value {
            Value::Number(number) => format!("{name} = {number}"),
            Value::List(numbers) => format!("{name} = {numbers:?}"),
        };
        self.0.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// A change as the user wrote it, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    name: String,
    value: String,
}

impl Change {
    /// Whether it names a field of a scenario by its dotted path, and no parameter of a case.
    #[must_use]
    pub fn is_path(&self) -> bool {
        self.name.contains('.')
    }

    /// As it was written, for a scenario.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}={}", self.name, self.value)
    }
}

impl Change {
    /// Takes `NAME=VALUE` apart.
    ///
    /// # Errors
    /// [`VerificationError::NoValue`] without a name or a value.
    pub fn parse(text: &str) -> Result<Self, VerificationError> {
        match text.split_once('=') {
            Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
                Ok(Self { name: name.trim().to_owned(), value: value.trim().to_owned() })
            }
            _ => Err(VerificationError::NoValue { text: text.to_owned() }),
        }
    }
}

/// Values of a case's parameters: defaults, then the changes that name one of them.
///
/// # Errors
/// [`VerificationError::BadValue`] for a value out of range.
pub fn resolve(declared: &[Parameter], changes: &[Change]) -> Result<Parameters, VerificationError> {
    let mut values: BTreeMap<String, Value> =
        declared.iter().map(|parameter| (parameter.name.to_owned(), parameter.default.clone())).collect();
    for change in changes {
        let Some(parameter) = declared.iter().find(|parameter| parameter.name == change.name) else { continue };
        let value = parameter.range.read(&change.value).ok_or_else(|| VerificationError::BadValue {
            name: change.name.clone(),
            value: change.value.clone(),
            expected: parameter.range.text(),
        })?;
        values.insert(parameter.name.to_owned(), value);
    }
    Ok(Parameters(values))
}

/// Refuses a change whose name none of the parameters has.
///
/// # Errors
/// [`VerificationError::UnknownParameter`].
pub fn check_names(declared: &[Parameter], changes: &[Change]) -> Result<(), VerificationError> {
    let known: Vec<String> = declared.iter().map(|parameter| parameter.name.to_owned()).collect();
    for change in changes {
        if !known.contains(&change.name) {
            return Err(VerificationError::UnknownParameter {
                name: change.name.clone(),
                nearest: nearest(&change.name, &known),
                known,
            });
        }
    }
    Ok(())
}

/// The nearest of some names, if one is near enough to have been meant.
#[must_use]
pub fn nearest(name: &str, known: &[String]) -> Option<String> {
    known
        .iter()
        .map(|other| (strsim::jaro_winkler(name, other), other))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, other)| other.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared() -> Vec<Parameter> {
        vec![
            Parameter::number("sigma", "", 5.0, Range::Between(1.0, 50.0)),
            Parameter::number("regions", "", 6.0, Range::Whole(2, 64)),
            Parameter {
                name: "utilities",
                about: "",
                default: Value::List(vec![0.0, 1.0]),
                range: Range::List(2, 4, -5.0, 5.0),
            },
        ]
    }

    fn set(text: &str) -> Result<Parameters, VerificationError> {
        resolve(&declared(), &[Change::parse(text)?])
    }

    #[test]
    fn a_change_replaces_a_default() {
        assert_eq!(set("sigma=6").unwrap().number("sigma"), 6.0);
        assert_eq!(set("regions = 8").unwrap().number("regions"), 8.0);
        assert_eq!(set("utilities=[0, .5,1]").unwrap().list("utilities"), [0.0, 0.5, 1.0]);
        assert_eq!(set("sigma=6").unwrap().number("regions"), 6.0);
    }

    #[test]
    fn a_value_that_makes_no_sense_is_refused_by_name() {
        for text in
            ["sigma=1", "sigma=NaN", "sigma=inf", "sigma=five", "regions=2.5", "utilities=[1]", "utilities=[1,x]"]
        {
            let said = set(text).unwrap_err().to_string();
            let name = text.split('=').next().unwrap();
            assert!(said.contains(&format!("{name} must be")), "{said}");
        }
        assert!(Change::parse("sigma").is_err() && Change::parse("=3").is_err() && Change::parse("sigma=").is_err());
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_nearest() {
        let changes = [Change::parse("sigm=6").unwrap()];
        let said = check_names(&declared(), &changes).unwrap_err().to_string();
        assert!(said.contains("did you mean `sigma`"), "{said}");
    }
}
