//! Texts by key, one file for each language.
//!
//! A line of a file is `key = text`; `#` starts a comment. A text may hold places for values: `{name} rises to {end}`.
//! A page adds a file of its own to that of this crate.

use std::collections::BTreeMap;

use crate::language::Language;

const ENGLISH: &str = include_str!("../messages/en.txt");
const CHINESE: &str = include_str!("../messages/zh.txt");

/// Texts in one language.
#[derive(Clone, Debug)]
pub struct Messages {
    language: Language,
    texts: BTreeMap<&'static str, &'static str>,
}

impl Messages {
    /// The texts of this crate with those of a page, which win.
    #[must_use]
    pub fn new(language: Language, page: &'static str) -> Self {
        let own = match language {
            Language::English => ENGLISH,
            Language::Chinese => CHINESE,
        };
        let lines = own.lines().chain(page.lines()).map(str::trim).filter(|line| !line.starts_with('#'));
        let texts = lines.filter_map(|line| line.split_once('=')).map(|(key, text)| (key.trim(), text.trim()));
        Self { language, texts: texts.collect() }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text; the key itself where there is none, so that a gap is seen and nothing fails.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).copied().unwrap_or(key)
    }

    /// A text, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).copied()
    }

    /// A text with its places filled.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.text(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A title with its places filled: like [`Self::with`], beginning with a capital letter.
    pub(crate) fn title(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.with(key, values);
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// The name of a thing of a kind, `kind.key`; the key in words where it has none (names from data need none).
    #[must_use]
    pub fn name(&self, kind: &str, key: &str) -> String {
        let full = format!("{kind}.{key}");
        self.texts.get(full.as_str()).map_or_else(|| key.replace('_', " "), |text| (*text).to_owned())
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().copied()
    }

    /// Names in braces in a text, in order of the alphabet.
    #[must_use]
    pub fn places(&self, key: &str) -> Vec<String> {
        let text = self.text(key);
        let mut found: Vec<String> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect();
        found.sort();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_places() {
        let [english, chinese] = [Language::English, Language::Chinese].map(|language| Messages::new(language, ""));
        assert!(english.keys().eq(chinese.keys()));
        for key in english.keys() {
            assert_eq!(english.places(key), chinese.places(key), "{key}");
        }
    }

    #[test]
    fn a_page_adds_texts_and_a_missing_one_is_seen() {
        let messages = Messages::new(Language::English, "# of the page\nhello = Hello, {who}!\nquantity.gdp = output");
        assert_eq!(messages.with("hello", &[("who", "world")]), "Hello, world!");
        assert_eq!((messages.text("nothing"), messages.name("quantity", "gdp").as_str()), ("nothing", "output"));
        assert_eq!(messages.name("quantity", "wage_gap"), "wage gap");
    }
}
