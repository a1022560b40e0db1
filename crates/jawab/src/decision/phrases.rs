//! What the engine itself says, by language.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::rules::Language;

/// The engine's own words in one language.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Phrases {
    /// Asks which rule was meant.
    pub(crate) which: String,
    /// The option for none of them.
    pub(crate) other: String,
    /// Announces a person, where the rule set has no text for it.
    pub(crate) handoff: String,
}

/// The engine's own words in all languages it speaks.
#[derive(Debug, Clone)]
pub(crate) struct Phrasebook(BTreeMap<String, Phrases>);

impl Phrasebook {
    /// The built-in words.
    pub(crate) fn built_in() -> Self {
        Phrasebook(serde_json::from_str(include_str!("phrases.json")).unwrap_or_default())
    }

    /// The words in the first of the languages that has some, else in English, and the language they are in.
    pub(crate) fn in_first_of(&self, languages: &[Language]) -> Option<(Language, &Phrases)> {
        let english = Language::new("en");
        let mut order = languages.iter().chain([&english]);
        order.find_map(|language| Some((language.clone(), self.0.get(language.as_str())?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_language_has_all_phrases() {
        let book = Phrasebook::built_in();
        let languages: Vec<_> = book.0.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "fil", "id", "zh"]);
    }
}
