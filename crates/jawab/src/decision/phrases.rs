//! What the engine itself says, by language.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::rules::{Language, Tone};

/// The engine's own words in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    /// Asks which rule was meant.
    pub(crate) which: String,
    /// The option for none of them.
    pub(crate) other: String,
    /// Announces a person, where the rule set has no text for it.
    pub(crate) handoff: String,
    /// Asks for other words.
    pub(crate) rephrase: Vec<String>,
    /// Asks what an answer left unclear.
    pub(crate) unclear: Vec<String>,
    /// Stands before an answer that was given before.
    pub(crate) again: Vec<String>,
    /// Stands before another answer after one that did not help.
    pub(crate) another: Vec<String>,
    /// Said to a customer who waits for a person.
    pub(crate) waiting: Vec<String>,
    /// Said to a customer who wants time for what he was asked.
    pub(crate) patience: String,
    /// Said to a customer whose matter is over.
    pub(crate) settled: Vec<String>,
    /// Said to a customer who agrees to wait for a person.
    pub(crate) agreed: Vec<String>,
    /// Said to a customer whose matter is over when a person has it already.
    pub(crate) withdrawn: String,
    /// Said to a customer who chose the option for none of them.
    pub(crate) something_else: String,
    /// Asks for a detail, by its type: first and again.
    pub(crate) ask: BTreeMap<String, Vec<String>>,
    /// Asks for a value of a list, of which some stand for `{examples}`.
    pub(crate) ask_list: Vec<String>,
    /// How agents call details, by their type.
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) summary: SummaryPhrases,
    /// How the customer feels.
    pub(crate) tones: BTreeMap<Tone, String>,
}

/// Sentences of a ticket's summary; `{}` stands for what they list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SummaryPhrases {
    pub(crate) about: String,
    pub(crate) answered: String,
    pub(crate) again: String,
    pub(crate) handed: String,
    pub(crate) not_understood: String,
    pub(crate) unhelpful: String,
    pub(crate) requested: String,
    pub(crate) fields: String,
    pub(crate) missing: String,
    pub(crate) unknown: String,
    pub(crate) words: String,
    pub(crate) unread: String,
    pub(crate) open: String,
    pub(crate) over: String,
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
    pub(crate) fn in_first_of<'l>(
        &self,
        languages: impl IntoIterator<Item = &'l Language>,
    ) -> Option<(Language, &Phrases)> {
        let known = |language: &Language| Some((language.clone(), self.0.get(language.as_str())?));
        let english = || known(&Language::new("en"));
        languages.into_iter().find_map(known).or_else(english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::SlotType;

    #[test]
    fn every_built_in_language_has_all_phrases() {
        let book = Phrasebook::built_in();
        let languages: Vec<_> = book.0.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "fil", "id", "zh"]);
        for phrases in book.0.values() {
            let several = [
                &phrases.rephrase,
                &phrases.unclear,
                &phrases.again,
                &phrases.another,
                &phrases.settled,
                &phrases.agreed,
            ];
            assert!(several.iter().all(|texts| texts.len() >= 2) && phrases.waiting.len() >= 3);
            for (name, _) in SlotType::BUILT_IN {
                assert!(phrases.ask[*name].len() == 2 && !phrases.labels[*name].is_empty(), "{name}");
            }
            assert!(phrases.ask_list.iter().all(|text| text.contains("{examples}")));
            assert_eq!(phrases.tones.len(), Tone::ALL.len());
        }
    }
}
