//! The words that a rule set and its language packs know.

use super::bytes::same;
use super::correct::Corrector;
use super::forms::Affixes;
use super::index::Index;
use super::languages::Concepts;
use super::scan::Units;
use super::token::{Change, LanguageSet, ListId, Stretch, WordId};
use super::trie::Trie;
use super::vowels::Vowelless;

/// The words a rule set knows. Immutable.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Entries by how they are written.
    pub(super) index: Index,
    /// Words of the rule set first, so that a word's id is its place here.
    pub(super) entries: Vec<Entry>,
    /// How many entries are words of the rule set.
    pub(super) known: u32,
    /// All texts of entries.
    pub(super) arena: String,
    /// The entries that chat spellings stand for.
    pub(super) expansions: Vec<u32>,
    pub(super) roles: Vec<Role>,
    pub(super) phrases: Trie<Meaning>,
    pub(super) corrector: Corrector,
    pub(super) vowelless: Vowelless,
    pub(super) affixes: Affixes,
    pub(super) units: Units,
    pub(super) lists: Vec<List>,
    pub(super) languages: Vec<&'static str>,
    /// What words of these languages mean.
    pub(super) concepts: Concepts,
    /// The language of Chinese characters, where its pack is in use.
    pub(super) han: LanguageSet,
    /// Longest Chinese chat spelling in characters.
    pub(super) longest_han: usize,
    /// Whether words that nobody knows are guessed at; not while the rule set's own texts are read.
    pub(super) guessing: bool,
}

/// A list of slot values.
#[derive(Debug)]
pub(super) struct List {
    pub(super) name: Box<str>,
    pub(super) values: Vec<Box<str>>,
}

/// What a written form is and stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) word: WordId,
    pub(super) written: WordId,
    pub(super) key: u32,
    pub(super) text: Stretch,
    /// Of the expansions: what a chat spelling stands for; empty for a word that stands for itself.
    pub(super) expansion: Stretch,
    pub(super) change: Change,
    pub(super) filler: bool,
    pub(super) negation: bool,
    pub(super) languages: LanguageSet,
    /// Packs that list it as a small word, a negation or a filler: only their affixes are stripped from it.
    pub(super) grammar: LanguageSet,
    pub(super) role: u8,
}

impl Entry {
    /// Whether affixes of these languages go with the word: negations take none, small words those of their language.
    pub(super) fn takes_affixes_of(&self, languages: LanguageSet) -> bool {
        !self.negation && (self.grammar.is_empty() || !self.grammar.common(languages).is_empty())
    }
}

/// What a word does beside numbers, in dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) enum Role {
    #[default]
    None,
    /// A word for a number.
    Number(f64),
    /// Multiplies the number before it; 0 where nobody knows by what.
    Scale(f64),
    /// A part of what is multiplied: `setengah`.
    Part(f64),
    /// Between the words of one number: `and`.
    Link,
    /// What a number before it counts: `hari`, 次; how many days, 0 where it counts no days.
    Counted(u8),
    /// Behind how long ago something was: `lalu`, 前.
    Ago,
    /// Between the ends of a range: `sampai`, 到.
    Range,
    /// Before a range whose ends "and" joins.
    Between,
    /// Before dates: `on`, `noong`.
    BeforeDate,
    /// A day's name where a message says no more.
    LoneDay(u8),
    /// Behind the hour: "o'clock".
    OClock,
    Currency,
    Month(u8),
    /// Before the hour: `jam`, `pukul`, `alas`.
    Clock,
    /// After or before the hour: hours from noon or not.
    DayPart(DayPart),
    /// Before the day of the month: `tanggal`.
    DayOfMonth,
}

impl Role {
    /// Roles of common words that begin nothing: they come first of all.
    pub(super) const HELPERS: [Role; 9] = [
        Role::None,
        Role::Link,
        Role::Counted(0),
        Role::Counted(1),
        Role::Counted(7),
        Role::Ago,
        Role::Range,
        Role::Between,
        Role::BeforeDate,
    ];
}

/// Parts of the day that tell which half of it an hour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Night,
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Word(WordId),
    Value(ListId, u32),
    Filler,
    Day(u8),
    /// An hour that has a name.
    Hour(u8),
}

impl Lexicon {
    /// Whether packs list the word with this key as a small one.
    pub(super) fn is_small_word(&self, key: u32) -> bool {
        self.entries.get(key as usize).is_some_and(|entry| !entry.grammar.is_empty())
    }

    /// The canonical spelling of a known word.
    pub(crate) fn word(&self, id: WordId) -> &str {
        self.entries.get(id.0 as usize).map_or("", |entry| self.text(entry))
    }

    /// How many forms the rule set uses.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.known as usize
    }

    /// The languages of the packs in use, in order.
    pub(crate) fn pack_languages(&self) -> &[&'static str] {
        &self.languages
    }

    /// What words of the packs in use mean.
    pub(crate) fn concepts(&self) -> &Concepts {
        &self.concepts
    }

    /// The list of the given name.
    pub(crate) fn list_named(&self, name: &str) -> Option<ListId> {
        let at = self.lists.iter().position(|list| list.name.as_ref() == name)?;
        Some(ListId(at as u32))
    }

    /// A value of a list.
    pub(crate) fn list_value(&self, list: ListId, value: u32) -> &str {
        let values = self.lists.get(list.0 as usize).map(|list| &list.values);
        values.and_then(|values| values.get(value as usize)).map_or("", |value| value)
    }

    pub(super) fn text(&self, entry: &Entry) -> &str {
        self.arena.get(entry.text.range()).unwrap_or_default()
    }

    /// The entry written so.
    pub(super) fn find(&self, written: impl AsRef<[u8]>) -> Option<(u32, &Entry)> {
        let written = written.as_ref();
        let bytes = |entry: &Entry| self.arena.as_bytes().get(entry.text.range());
        let is = |at| self.entries.get(at as usize).and_then(bytes).is_some_and(|known| same(known, written));
        let at = self.index.find(written, is)?;
        self.entries.get(at as usize).map(|entry| (at, entry))
    }

    /// The number of the entry written so.
    pub(super) fn number(&self, written: &str) -> Option<u32> {
        self.find(written).map(|(at, _)| at)
    }

    /// Makes an entry be found by how it is written, if none is.
    pub(super) fn file(&mut self, written: &str, entry: u32) {
        if self.find(written).is_none() {
            self.index.insert(written, entry);
        }
    }

    /// What an entry stands for; itself where it is no chat spelling.
    pub(super) fn expansion(&self, entry: &Entry) -> &[u32] {
        self.expansions.get(entry.expansion.range()).unwrap_or_default()
    }

    pub(super) fn role(&self, role: u8) -> Role {
        self.roles.get(role as usize).copied().unwrap_or(Role::None)
    }
}

impl From<&super::builder::ListOfValues> for List {
    fn from(list: &super::builder::ListOfValues) -> Self {
        List { name: list.name.clone(), values: list.values.iter().map(|(value, _)| value.clone()).collect() }
    }
}
