//! Names that rules and measures may use: places by key or code, and industries.

use std::collections::BTreeMap;

use crate::faults::Problem;
use crate::place::{Level, Place, Where};
use crate::reader::{Node, Tree};

use super::fields::Fields;
use super::gathered::{Reading, join};

/// What is known by name. Where the places or industries of a scenario could not be read, no name is doubted.
#[derive(Debug, Default)]
pub(crate) struct Names {
    places: Option<PlaceNames>,
    industries: Option<Vec<String>>,
}

/// Places by key, code and short name.
#[derive(Debug, Default)]
pub(crate) struct PlaceNames {
    keys: Vec<String>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl PlaceNames {
    /// Names of the places of a scenario.
    pub(crate) fn of(places: &[Place]) -> PlaceNames {
        Self::new(places.iter().map(|place| (place.key.as_str(), place.adcode, short_name(place))))
    }

    /// Names of places: key, code, and the name before a province was added to tell two apart.
    pub(crate) fn new<'p>(places: impl Iterator<Item = (&'p str, Option<u32>, Option<&'p str>)>) -> PlaceNames {
        let mut names = PlaceNames::default();
        for (index, (key, adcode, short)) in places.enumerate() {
            names.keys.push(key.to_owned());
            let code = adcode.map(|code| code.to_string());
            let mut known: Vec<String> =
                [Some(key.to_owned()), code, short.map(str::to_owned)].into_iter().flatten().collect();
            known.sort();
            known.dedup();
            for name in known {
                names.by_name.entry(name).or_default().push(index);
            }
        }
        names
    }

    /// The place of that name, or why there is none.
    pub(crate) fn find(&self, name: &str) -> Result<usize, Problem> {
        let wanted = name.to_lowercase();
        match self.by_name.get(name).or_else(|| self.by_name.get(&wanted)).map(Vec::as_slice) {
            Some([index]) => Ok(*index),
            Some(several) => {
                let keys = several.iter().filter_map(|index| self.keys.get(*index).cloned()).take(12).collect();
                Err(Problem::AmbiguousPlace { name: name.to_owned(), keys })
            }
            None => Err(Problem::UnknownName {
                what: "place",
                name: name.chars().take(80).collect(),
                nearest: crate::faults::nearest(name, self.by_name.keys().map(String::as_str)),
                known: self.keys.iter().take(13).cloned().collect(),
            }),
        }
    }
}

impl Names {
    pub(crate) fn of(places: Option<&[Place]>, industries: Option<Vec<String>>) -> Names {
        Names { places: places.map(PlaceNames::of), industries }
    }

    /// The key of a place.
    fn place(&self, reading: &mut Reading, node: &Node, path: &str) -> Option<String> {
        let name = reading.text(node, path)?;
        let Some(places) = &self.places else {
            return Some(name);
        };
        match places.find(&name) {
            Ok(index) => places.keys.get(index).cloned(),
            Err(problem) => {
                reading.fault(node.at, path, problem);
                None
            }
        }
    }

    /// Names of industries.
    pub(crate) fn industries(&self, reading: &mut Reading, node: &Node, path: &str) -> Option<Vec<String>> {
        let mut names = Vec::new();
        for node in reading.list(node, path, "names of industries")? {
            let Some(name) = reading.text(node, path) else {
                continue;
            };
            match &self.industries {
                Some(known) if !known.contains(&name) => {
                    reading.unknown(node.at, path, "industry", &name, known.iter().map(String::as_str));
                }
                _ => names.push(name),
            }
        }
        Some(names)
    }

    /// A set of places.
    pub(crate) fn places(&self, reading: &mut Reading, node: &Node, path: &str) -> Option<Where> {
        const FORMS: [&str; 4] = ["All", "Places", "Level", "Tier"];
        match &node.tree {
            Tree::Name(name) if &**name == "All" => Some(Where::All),
            Tree::Tuple(Some(name), nodes) if &**name == "Places" && nodes.len() == 1 => {
                let mut keys = Vec::new();
                for (index, node) in reading.list(&nodes[0], path, "places")?.iter().enumerate() {
                    keys.extend(self.place(reading, node, &join(path, index)));
                }
                Some(Where::Places(keys))
            }
            Tree::Tuple(Some(name), nodes) if &**name == "Level" && nodes.len() == 1 => {
                let level = reading.choice(&nodes[0], path, "level", Level::NAMES)?;
                Level::named(level).map(Where::Level)
            }
            Tree::Struct(Some(name), entries) if &**name == "Tier" => {
                let mut fields = Fields::of(reading, entries, node.at, path);
                let limits = (0.0, 1e12);
                let mut bound = |reading: &mut Reading, name: &'static str| {
                    let node = fields.take_optional(name)?;
                    reading.number(node, &join(path, name), limits, "persons")
                };
                let from = bound(reading, "from").unwrap_or(0.0);
                let below = bound(reading, "below");
                fields.close(reading);
                if let Some(below) = below.filter(|below| *below <= from) {
                    let problem =
                        Problem::Exceeds { part: "from", part_value: from, whole: "below", whole_value: below };
                    reading.fault(node.at, path, problem);
                }
                Some(Where::Tier { from, below })
            }
            Tree::Name(name) | Tree::Tuple(Some(name), _) | Tree::Struct(Some(name), _)
                if !FORMS.contains(&&**name) =>
            {
                reading.unknown(node.at, path, "set of places", name, FORMS.iter().copied());
                None
            }
            _ => {
                let kind = crate::parameters::Kind::Places;
                reading.wrong_type(node, path, crate::faults::wanted(&kind, ""));
                None
            }
        }
    }
}

/// The part of a key before the province that was added because another place has the same name.
fn short_name(place: &Place) -> Option<&str> {
    let province = place.province.to_lowercase().replace(' ', "_");
    place.key.strip_suffix(&province)?.strip_suffix('_').filter(|short| !short.is_empty())
}
