//! Values as a resolved scenario writes them: a tree that `serde` hands to the `ron` crate.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeStruct, SerializeStructVariant, Serializer};

use crate::parameters::{Block, Source, Value};
use crate::period::Period;
use crate::place::Where;

/// Where each number comes from, by dotted path.
pub(crate) type Sources = BTreeMap<String, Source>;

/// Fields in the order in which they are written.
pub(crate) type Fields = Vec<(&'static str, Written)>;

/// A value to be written.
pub(crate) enum Written {
    /// `None`
    Nothing,
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// `true` or `false`.
    Switch(bool),
    /// A text in quotation marks.
    Text(String),
    /// `Name`
    Name(&'static str),
    /// `Name(…)`
    Named(&'static str, Box<Written>),
    /// `Name(field: …)`
    NamedFields(&'static str, Fields),
    /// `(field: …)`
    Fields(Fields),
    /// `[…]`
    List(Vec<Written>),
    /// `[…]` of numbers alone.
    Numbers(Vec<f64>),
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Written::Nothing | Written::Name("None") => out.serialize_none(),
            Written::Number(number) => out.serialize_f64(*number),
            Written::Whole(whole) => out.serialize_u64(*whole),
            Written::Switch(switch) => out.serialize_bool(*switch),
            Written::Text(text) => out.serialize_str(text),
            Written::Name(name) => out.serialize_unit_variant("Written", 0, name),
            Written::Named(name, value) => out.serialize_newtype_variant("Written", 0, name, value),
            Written::NamedFields(name, fields) => {
                let mut out = out.serialize_struct_variant("Written", 0, name, fields.len())?;
                for (name, value) in fields {
                    out.serialize_field(name, value)?;
                }
                out.end()
            }
            Written::Fields(fields) => {
                let mut out = out.serialize_struct("Written", fields.len())?;
                for (name, value) in fields {
                    out.serialize_field(name, value)?;
                }
                out.end()
            }
            Written::List(list) => list.serialize(out),
            Written::Numbers(numbers) => numbers.serialize(out),
        }
    }
}

impl From<f64> for Written {
    fn from(number: f64) -> Written {
        Written::Number(number)
    }
}

impl From<u32> for Written {
    fn from(whole: u32) -> Written {
        Written::Whole(whole.into())
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Written {
        Written::Text(text.to_owned())
    }
}

impl<T: Into<Written>> From<Option<T>> for Written {
    fn from(value: Option<T>) -> Written {
        value.map_or(Written::Nothing, Into::into)
    }
}

impl From<&Where> for Written {
    fn from(places: &Where) -> Written {
        match places {
            Where::All => Written::Name("All"),
            Where::Places(keys) => Written::Named("Places", Box::new(texts(keys))),
            Where::Level(level) => Written::Named("Level", Box::new(Written::Name(level.name()))),
            Where::Tier { from, below } => {
                Written::NamedFields("Tier", vec![("from", (*from).into()), ("below", (*below).into())])
            }
        }
    }
}

fn texts(texts: &[String]) -> Written {
    Written::List(texts.iter().map(|text| text.as_str().into()).collect())
}

/// `value` alone, or `(value: …, source: Assumed("…"))` if it has a source.
pub(crate) fn with_source(sources: &Sources, path: &str, value: Written) -> Written {
    let (kind, why) = match sources.get(path) {
        Some(Source::Assumed(why)) => ("Assumed", why),
        Some(Source::Published(publication)) => ("Published", publication),
        Some(Source::User) | None => return value,
    };
    let source = Written::Named(kind, Box::new(why.as_str().into()));
    Written::Fields(vec![("value", value), ("source", source)])
}

/// The fields of a block, each with its source; `path` is that of the block.
pub(crate) fn block(sources: &Sources, path: &str, block: &dyn Block) -> Fields {
    let mut fields = Fields::new();
    for name in block.fields().into_iter().map(|parameter| parameter.name) {
        let value = match block.get(name) {
            None => continue,
            Some(Value::Period(period)) => {
                fields.extend((period.from != Period::ALWAYS.from).then(|| ("at", period.from.into())));
                fields.extend(period.until.map(|until| ("until", until.into())));
                continue;
            }
            Some(Value::Number(number)) => number.into(),
            Some(Value::Count(count)) => count.into(),
            Some(Value::Switch(switch)) => Written::Switch(switch),
            Some(Value::Choice(name)) => Written::Name(name),
            Some(Value::Places(places)) => (&places).into(),
            Some(Value::Industries(names)) => texts(&names),
        };
        fields.push((name, with_source(sources, &format!("{path}.{name}"), value)));
    }
    fields
}
