//! The words around secrets and numbers, as data.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::kind::Kind;
use super::pieces::{Pieces, split};

/// What a word or phrase tells about what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// What follows is of this kind.
    Is(Kind),
    /// A code of some sort follows: a one-time code only where it looks like one.
    Code,
    /// The number of an order, a transaction, a ticket follows.
    Reference,
    /// An amount of money follows.
    Amount,
}

type ByLanguage = BTreeMap<String, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
struct File {
    cues: BTreeMap<String, ByLanguage>,
    strong_marks: Vec<char>,
    weak_marks: Vec<char>,
    clause_marks: Vec<char>,
    pronouns: ByLanguage,
    telling: ByLanguage,
    copulas: ByLanguage,
    linking: ByLanguage,
    reverse_copulas: ByLanguage,
    forgetting: ByLanguage,
    not_a_code: Vec<String>,
    units: ByLanguage,
    ordinary: ByLanguage,
    after_value: Vec<String>,
    clitics: Vec<String>,
    mail_hosts: Vec<String>,
}

type Set = FxHashSet<String>;

/// A phrase after its first word, with what it tells.
type Phrase = (Vec<String>, Cue);

/// The first two bytes of a word: no ending that is taken off reaches them.
type Beginning = [u8; 2];

#[derive(Debug, Default)]
pub(super) struct Words {
    /// Phrases by their first word, the longest first.
    cues: FxHashMap<String, Vec<Phrase>>,
    /// How those first words begin.
    beginnings: FxHashSet<Beginning>,
    /// The last words of phrases.
    ends: Set,
    strong_marks: FxHashSet<char>,
    weak_marks: FxHashSet<char>,
    clause_marks: FxHashSet<char>,
    /// Words that take up what was named in the clause before: "the code, it was …".
    pub(super) pronouns: Set,
    /// Words of what somebody did with a secret: "gave him the code".
    pub(super) telling: Set,
    pub(super) copulas: Set,
    pub(super) linking: Set,
    pub(super) reverse_copulas: Set,
    pub(super) forgetting: Set,
    pub(super) not_a_code: Set,
    pub(super) units: Set,
    /// Words that say how a secret is, and so are no secret.
    pub(super) ordinary: Set,
    pub(super) after_value: Set,
    clitics: Vec<String>,
    pub(super) mail_hosts: Set,
}

static WORDS: OnceLock<Words> = OnceLock::new();

impl Words {
    /// The built-in words, read when first asked for.
    pub(super) fn built_in() -> &'static Words {
        // A test reads the file, so the default is never taken.
        let read = || serde_json::from_str(include_str!("words.json")).unwrap_or_default();
        WORDS.get_or_init(|| Words::new(read()))
    }

    fn new(file: File) -> Words {
        let mut words = Words {
            cues: FxHashMap::default(),
            beginnings: FxHashSet::default(),
            ends: Set::default(),
            strong_marks: file.strong_marks.into_iter().collect(),
            weak_marks: file.weak_marks.into_iter().collect(),
            clause_marks: file.clause_marks.into_iter().collect(),
            pronouns: joined(file.pronouns),
            telling: joined(file.telling),
            copulas: joined(file.copulas),
            linking: joined(file.linking),
            reverse_copulas: joined(file.reverse_copulas),
            forgetting: joined(file.forgetting),
            not_a_code: file.not_a_code.into_iter().collect(),
            units: joined(file.units),
            ordinary: joined(file.ordinary),
            after_value: file.after_value.into_iter().collect(),
            clitics: file.clitics,
            mail_hosts: file.mail_hosts.into_iter().collect(),
        };
        for (name, phrases) in file.cues {
            let Some(cue) = cue(&name) else { continue };
            phrases.values().flatten().for_each(|phrase| words.add_cue(phrase, cue));
        }
        words.cues.values_mut().for_each(|phrases| {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        });
        words
    }

    fn add_cue(&mut self, phrase: &str, cue: Cue) {
        let parts = split(phrase);
        self.ends.extend(parts.last().cloned());
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return };
        self.beginnings.insert(beginning(&first));
        self.cues.entry(first).or_default().push((parts.collect(), cue));
    }

    /// The longest phrase that starts at a piece: how many pieces it has and what it tells.
    pub(super) fn cue_at(&self, pieces: &Pieces, at: usize) -> Option<(usize, Cue)> {
        let word = pieces.text(at);
        let phrases = self.begins_a_cue(word).then(|| self.with_stem(word, |stem| self.cues.get(stem)))??;
        let follows = |(rest, _): &&Phrase| {
            rest.iter().zip(at + 1..).all(|(word, next)| {
                pieces.joins(next)
                    && self.with_stem(pieces.text(next), |stem| (stem == word).then_some(())).is_some()
            })
        };
        phrases.iter().find(follows).map(|(rest, cue)| (rest.len() + 1, *cue))
    }

    /// Whether the name of a secret may stand at the end of a text; what is not written in ASCII is not looked at.
    pub(super) fn may_end_with_a_name(&self, text: &str) -> bool {
        let mut words = text.rsplit(|character: char| !character.is_ascii_alphanumeric());
        let Some(last) = words.find(|word| !word.is_empty()) else { return !text.is_ascii() };
        let last = last.to_ascii_lowercase();
        let known = |word: &str| self.ends.contains(word).then_some(());
        let links = || self.linking.contains(&last) || self.copulas.contains(&last);
        !text.is_ascii() || links() || self.with_stem(&last, known).is_some()
    }

    /// Whether digits that are joined to a word are no part of it: `pin123456`, but not `trx123456`.
    pub(super) fn parts_from_digits(&self, word: &str) -> bool {
        let alone = |phrases: &Vec<Phrase>| {
            phrases.iter().any(|(rest, cue)| rest.is_empty() && !matches!(cue, Cue::Reference | Cue::Code))
        };
        self.with_stem(word, |stem| self.cues.get(stem).filter(|phrases| alone(phrases))).is_some()
    }

    fn begins_a_cue(&self, word: &str) -> bool {
        self.beginnings.contains(&beginning(word))
    }

    /// What is known of a word, else of the word without its ending ("pinnya", "sandiku").
    fn with_stem<T>(&self, word: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
        let stems = self.clitics.iter().filter_map(|ending| word.strip_suffix(ending.as_str()));
        known(word).or_else(|| stems.filter(|stem| stem.len() > 1).find_map(&known))
    }

    pub(super) fn is_strong_mark(&self, mark: char) -> bool {
        self.strong_marks.contains(&mark)
    }

    /// Whether a mark parts what is said from what is said next.
    pub(super) fn is_clause_mark(&self, mark: char) -> bool {
        self.clause_marks.contains(&mark)
    }

    pub(super) fn is_weak_mark(&self, mark: char) -> bool {
        self.weak_marks.contains(&mark)
    }
}

fn beginning(word: &str) -> Beginning {
    let mut bytes = word.bytes();
    std::array::from_fn(|_| bytes.next().unwrap_or_default())
}

fn joined(words: ByLanguage) -> Set {
    words.into_values().flatten().collect()
}

fn cue(name: &str) -> Option<Cue> {
    match name {
        "code" => Some(Cue::Code),
        "reference" => Some(Cue::Reference),
        "amount" => Some(Cue::Amount),
        kind => kind.parse().ok().map(Cue::Is),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_words_can_be_read_and_names_known_kinds() {
        let file: File = serde_json::from_str(include_str!("words.json")).expect("valid");
        for (name, phrases) in &file.cues {
            assert!(cue(name).is_some(), "{name}");
            assert_eq!(phrases.keys().collect::<Vec<_>>(), ["en", "fil", "id", "zh"], "{name}");
        }
        assert!(Words::built_in().cues.len() > 100);
    }
}
