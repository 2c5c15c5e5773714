//! Texts of pages.

use figures::{Language, Messages};

const ENGLISH: &str = include_str!("../messages/en.txt");
const CHINESE: &str = include_str!("../messages/zh.txt");

/// The texts of figures and pages in a language.
#[must_use]
pub fn messages(language: Language) -> Messages {
    let page = match language {
        Language::English => ENGLISH,
        Language::Chinese => CHINESE,
    };
    Messages::new(language, page)
}

/// The name of a quantity; that of a centre's share in an industry is put together.
pub(crate) fn quantity(messages: &Messages, key: &str) -> String {
    match key.strip_prefix("centre_share_") {
        Some(industry) => messages.with("quantity.centre_share", &[("industry", &messages.name("industry", industry))]),
        None => messages.name("quantity", key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_places() {
        let [english, chinese] = [Language::English, Language::Chinese].map(messages);
        assert!(english.keys().eq(chinese.keys()));
        for key in english.keys() {
            assert_eq!(english.places(key), chinese.places(key), "{key}");
        }
    }

    #[test]
    fn every_item_of_cost_and_dimension_has_a_name_in_both_languages() {
        for language in [Language::English, Language::Chinese] {
            let messages = messages(language);
            let keys: Vec<&str> = messages.keys().collect();
            for (item, ..) in ensembles::compare::ITEMS {
                assert!(keys.contains(&format!("item.{item}").as_str()), "{item}");
            }
            for (dimension, _) in ensembles::compare::DIMENSIONS {
                assert!(keys.contains(&format!("dimension.{dimension}").as_str()), "{dimension}");
            }
        }
    }
}
