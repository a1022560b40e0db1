//! From a message as it was typed to words that rules can be matched against.
//!
//! [`Lexicon::read`] folds the characters ([`fold`]), splits the text ([`scan`]), looks every piece up among the words
//! that the rule set and its language packs know ([`read`]), guesses at the others ([`guess`]), and finds phrases,
//! slot values ([`entity`]) and the language. Every token keeps its place in the message as written.

mod assembly;
mod builder;
pub(crate) mod bytes;
mod calendar;
mod characters;
mod classes;
mod correct;
mod edits;
mod entity;
mod filings;
mod fold;
mod forms;
mod guess;
mod han;
mod index;
mod keys;
mod language;
mod languages;
mod lexicon;
mod links;
mod lookalikes;
mod pack_words;
mod places;
mod read;
mod reading;
mod scan;
mod spelling;
mod stored;
#[cfg(test)]
mod tests;
mod token;
mod trie;
mod utterance;
mod vowels;

pub(crate) use builder::LexiconBuilder;
pub(crate) use characters::{is_blank, is_invisible, is_picture};
pub(crate) use entity::is_mobile;
pub(crate) use han::is_han;
pub(crate) use keys::{step, word_key};
pub use language::Language;
pub(crate) use languages::{
    Act, Concept, Concepts, Glosses, LANGUAGES, LanguagePack, Manner, Negation, Topic, Trouble,
};
pub(crate) use lexicon::Lexicon;
pub(crate) use read::holds_words;
pub(crate) use token::{Change, Entity, EntityKind, EntityValue, Reading, Token, TokenKind, WordId};
pub(crate) use utterance::Utterance;
