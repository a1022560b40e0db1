//! Language packs: what the engine knows of a language before it has seen a rule, as data. The build script makes them of
//! the files in this folder.

mod acts;
mod concepts;
#[expect(clippy::unreadable_literal, reason = "nobody reads it")]
mod made {
    use super::pack::{Calendar, Forms, LanguagePack};

    include!(concat!(env!("OUT_DIR"), "/packs.rs"));
}
mod glosses;
mod pack;
#[cfg(test)]
mod written;
#[cfg(test)]
pub(super) mod yaml;

pub(crate) use acts::{Act, Manner, Negation, Trouble};
pub(crate) use concepts::{Concept, Concepts, Topic};
pub(crate) use glosses::Glosses;
use made::PACKS;
pub(crate) use pack::{Calendar, LANGUAGES, LanguagePack};

impl LanguagePack {
    /// Words of dates and times in all languages.
    pub(crate) fn calendars() -> impl Iterator<Item = &'static Calendar> {
        PACKS.iter().map(|pack| &pack.calendar)
    }

    /// Whether a word measures things that are counted: 个.
    pub(crate) fn is_measure(word: &str) -> bool {
        PACKS.iter().any(|pack| pack.measures.contains(&word))
    }

    /// Words that say nothing alone, in all languages.
    pub(crate) fn function_words() -> impl Iterator<Item = &'static str> {
        PACKS.iter().flat_map(|pack| pack.function_words.iter().copied())
    }

    /// The pack of a language that has one.
    pub(crate) fn built_in(language: &str) -> Option<&'static LanguagePack> {
        PACKS.iter().find(|pack| pack.language == language)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::pack::Texts;
    use super::*;

    fn lists(pack: &LanguagePack) -> [(&'static str, Texts); 4] {
        [
            ("fillers", pack.fillers),
            ("negations", pack.negations),
            ("function_words", pack.function_words),
            ("common_words", pack.common_words),
        ]
    }

    #[test]
    fn every_language_has_its_pack_with_enough_in_it() {
        let least = [("id", 300), ("en", 100), ("fil", 100), ("zh", 150)];
        for (pack, (language, spellings)) in PACKS.iter().zip(least) {
            assert_eq!(pack.language, language);
            assert!(pack.spellings.len() >= spellings, "{language} has {} spellings", pack.spellings.len());
            assert!(
                !pack.negations.is_empty() && !pack.fillers.is_empty() && !pack.numbers.is_empty(),
                "{language}"
            );
        }
        assert_eq!(PACKS.iter().map(|pack| pack.language).collect::<Vec<_>>(), LANGUAGES);
    }

    #[test]
    fn a_spelling_is_one_word_that_stands_for_one_to_four_standard_words() {
        for pack in &PACKS {
            let left: BTreeSet<_> = pack.spellings.iter().map(|(from, _)| from).collect();
            assert_eq!(left.len(), pack.spellings.len(), "{}: a spelling is there twice", pack.language);
            for (from, to) in pack.spellings {
                let to: Vec<&str> = to.split(' ').collect();
                assert!(!from.contains(' ') && **from == from.to_lowercase(), "{from}");
                assert!((1..=4).contains(&to.len()), "{from}");
                assert!(to.iter().all(|&word| !left.contains(&word)), "{from} leads to another spelling");
            }
        }
    }

    #[test]
    fn no_spelling_is_a_word_of_any_language_or_means_two_things() {
        let mut meanings = BTreeMap::new();
        for (from, to) in PACKS.iter().flat_map(|pack| pack.spellings) {
            assert_eq!(meanings.entry(from).or_insert(to), &to, "{from}");
        }
        for (name, words) in PACKS.iter().flat_map(lists) {
            for word in words {
                assert!(!meanings.contains_key(word), "{word} is in {name}");
            }
        }
    }

    #[test]
    fn no_filler_means_something_in_any_language() {
        let fillers: BTreeSet<_> = PACKS.iter().flat_map(|pack| pack.fillers).collect();
        for (name, words) in PACKS.iter().flat_map(lists).filter(|(name, _)| *name != "fillers") {
            for word in words {
                assert!(!fillers.contains(word), "{word} is in {name}");
            }
        }
    }
}
