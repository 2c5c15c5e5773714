//! Parameters: what a block of numbers is made of, and the macro that declares blocks.
//!
//! A block is a plain struct. Beside it is a description of each field (unit, range, default, source), from which
//! files are read and checked, resolved scenarios written, and `describe` and the tests of style fed.

use crate::choice::Choice;
use crate::period::Period;
use crate::place::Where;

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A publication or a statistical series.
    Published(String),
    /// An assumption, and why it was made.
    Assumed(String),
    /// Given without a source in a scenario, a policy or an override: assumed by the user.
    User,
}

/// What a field can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number within limits, both included.
    Number {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// A whole number within limits, both included.
    Count {
        /// Least value.
        low: u32,
        /// Greatest value.
        high: u32,
    },
    /// `true` or `false`.
    Switch,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// A set of places.
    Places,
    /// Names of industries.
    Industries,
    /// `at: …, until: …`
    Period,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A whole number.
    Count(u32),
    /// `true` or `false`.
    Switch(bool),
    /// A name out of a choice.
    Choice(&'static str),
    /// A set of places.
    Places(Where),
    /// Names of industries.
    Industries(Vec<String>),
    /// First quarter, and first quarter in which it no longer holds.
    Period(Period),
}

/// One field of a block, described.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name in files.
    pub name: &'static str,
    /// What it can hold.
    pub kind: Kind,
    /// Unit; empty for switches, choices and sets.
    pub unit: &'static str,
    /// What it holds if nothing is said.
    pub default: Value,
    /// Where the default comes from.
    pub source: Source,
    /// What it is, in a sentence.
    pub doc: &'static str,
}

/// A block whose fields can be listed, read and set by name.
pub trait Block {
    /// Name of the block in files.
    fn block(&self) -> &'static str;
    /// What the block is, in a sentence.
    fn doc(&self) -> &'static str;
    /// Every field in the order of the struct.
    fn fields(&self) -> Vec<Parameter>;
    /// What a field holds; `None` if there is no such field.
    fn get(&self, name: &str) -> Option<Value>;
    /// Sets a field, if there is one of that name and it can hold such a value. The caller checks the limits.
    fn set(&mut self, name: &str, value: Value);
}

/// A type that a field can have.
pub trait ParameterType: Sized {
    /// What a field of this type can hold within limits.
    fn kind(limits: Option<(f64, f64)>) -> Kind;
    /// The value held.
    fn value(&self) -> Value;
    /// A value of this type, if it is one.
    fn held(value: Value) -> Option<Self>;
}

impl ParameterType for f64 {
    fn kind(limits: Option<(f64, f64)>) -> Kind {
        let (low, high) = limits.unwrap_or((f64::MIN, f64::MAX));
        Kind::Number { low, high }
    }
    fn value(&self) -> Value {
        Value::Number(*self)
    }
    fn held(value: Value) -> Option<f64> {
        match value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl ParameterType for u32 {
    fn kind(limits: Option<(f64, f64)>) -> Kind {
        let (low, high) = limits.unwrap_or((0.0, f64::from(u32::MAX)));
        Kind::Count { low: low as u32, high: high as u32 }
    }
    fn value(&self) -> Value {
        Value::Count(*self)
    }
    fn held(value: Value) -> Option<u32> {
        match value {
            Value::Count(count) => Some(count),
            _ => None,
        }
    }
}

impl ParameterType for bool {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Switch
    }
    fn value(&self) -> Value {
        Value::Switch(*self)
    }
    fn held(value: Value) -> Option<bool> {
        match value {
            Value::Switch(switch) => Some(switch),
            _ => None,
        }
    }
}

impl<C: Choice> ParameterType for C {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Choice(C::NAMES)
    }
    fn value(&self) -> Value {
        Value::Choice(self.name())
    }
    fn held(value: Value) -> Option<C> {
        match value {
            Value::Choice(name) => C::named(name),
            _ => None,
        }
    }
}

impl ParameterType for Where {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Places
    }
    fn value(&self) -> Value {
        Value::Places(self.clone())
    }
    fn held(value: Value) -> Option<Where> {
        match value {
            Value::Places(places) => Some(places),
            _ => None,
        }
    }
}

impl ParameterType for Vec<String> {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Industries
    }
    fn value(&self) -> Value {
        Value::Industries(self.clone())
    }
    fn held(value: Value) -> Option<Vec<String>> {
        match value {
            Value::Industries(names) => Some(names),
            _ => None,
        }
    }
}

impl ParameterType for Period {
    fn kind(_: Option<(f64, f64)>) -> Kind {
        Kind::Period
    }
    fn value(&self) -> Value {
        Value::Period(*self)
    }
    fn held(value: Value) -> Option<Period> {
        match value {
            Value::Period(period) => Some(period),
            _ => None,
        }
    }
}

/// Declares a block of parameters: a plain struct with `Default`, and its description.
///
/// Each field reads `name: type = default, "unit", low..=high, Assumed("why")` or `Published("where")`; switches and
/// choices have no range.
macro_rules! parameters {
    ($(#[doc = $block_doc:literal])+ pub struct $name:ident = $block:literal {
        $($(#[doc = $doc:literal])+ $field:ident : $type:ty = $default:expr, $unit:literal
            $(, $low:literal ..= $high:literal)?, $source:ident($why:literal);)+
    }) => {
        $(#[doc = $block_doc])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl Default for $name {
            fn default() -> Self {
                $name { $($field: $default,)+ }
            }
        }

        impl $crate::parameters::Block for $name {
            fn block(&self) -> &'static str {
                $block
            }
            fn doc(&self) -> &'static str {
                concat!($($block_doc),+).trim()
            }
            fn fields(&self) -> Vec<$crate::parameters::Parameter> {
                use $crate::parameters::{ParameterType, Parameter, Source};
                let default = $name::default();
                vec![$(Parameter {
                    name: stringify!($field),
                    kind: <$type as ParameterType>::kind(None$(.or(Some((f64::from($low), f64::from($high)))))?),
                    unit: $unit,
                    default: default.$field.value(),
                    source: Source::$source(String::from($why)),
                    doc: concat!($($doc),+).trim(),
                },)+]
            }
            fn get(&self, name: &str) -> Option<$crate::parameters::Value> {
                match name {
                    $(stringify!($field) => Some($crate::parameters::ParameterType::value(&self.$field)),)+
                    _ => None,
                }
            }
            fn set(&mut self, name: &str, value: $crate::parameters::Value) {
                match name {
                    $(stringify!($field) => {
                        if let Some(held) = $crate::parameters::ParameterType::held(value) {
                            self.$field = held;
                        }
                    })+
                    _ => {}
                }
            }
        }
    };
}
pub(crate) use parameters;
