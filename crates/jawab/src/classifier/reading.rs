//! Examples as they are read: what each shows, by keys, so that parts of a rule set can be read at the same time.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::contrast::Signs;
use super::gram::{Block, Gram, Place, Senses, WordKind, Wording, grams, sequence_of};
use super::insides::Cuts;
use crate::text::Glosses;

/// Examples in the order in which they were read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) samples: Vec<Sample>,
    grams: Vec<Occurrence>,
    pub(super) cuts: Cuts,
    /// Where in `grams` each gram of the example at hand stands.
    places: FxHashMap<u64, usize>,
    /// Keys of its words.
    words: Vec<u64>,
    hashes: Vec<u64>,
    glosses: Glosses,
}

/// One question or negative example.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) id: u32,
    pub(super) role: Role,
    pub(super) signs: Signs,
    pub(super) sequence: u64,
    /// Where what it shows stands.
    pub(super) shown: Range<usize>,
}

/// A gram of an example, and how often it occurs there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) key: u64,
    pub(super) block: Block,
    /// In parts of [`super::gram::WHOLE`].
    pub(super) count: u16,
    /// Whether it is a word and no value.
    pub(super) word: bool,
}

/// What an example is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A question of a class.
    Question(u32),
    /// What a class is called: speaks for it as a question does, but nobody writes it.
    Name(u32),
    /// A message that no class may have.
    Nothing,
    /// A message that one class may not have.
    Not(u32),
}

/// From so many questions on a rule says itself what it is about, better than its name does.
const NAMED_BELOW: usize = 20;

impl Reading {
    /// Reads an example; one without words is of no use and left out.
    pub(super) fn add<W: Wording>(&mut self, id: u32, role: Role, words: &W, senses: Senses) {
        if words.len() == 0 {
            return;
        }
        let start = self.grams.len();
        let Reading { grams: shown, cuts, places, words: keys, hashes, glosses, .. } = self;
        places.clear();
        keys.clear();
        cuts.open();
        let mut signs = Signs::default();
        grams(words, senses, hashes, glosses, |gram| {
            match gram.place {
                Place::Word(_) => keys.push(gram.key),
                Place::Piece { word, .. } => cuts.add(word, keys[word], gram.key),
                Place::Concept(_, _, concept, _) => signs.note(concept),
                _ => {}
            }
            note(shown, places, gram, || is_word(words, gram.place));
        });
        let sequence = sequence_of(words, hashes.iter().copied());
        let (shown, signs) = (start..shown.len(), signs.of(words, senses.concepts, glosses));
        self.samples.push(Sample { id, role, signs, sequence, shown });
    }

    /// Appends what was read of another part.
    pub(super) fn append(&mut self, other: Reading) {
        if self.samples.is_empty() {
            *self = other;
            return;
        }
        let before = self.grams.len();
        let moved = |Sample { shown, .. }: &Sample| before + shown.start..before + shown.end;
        self.samples
            .extend(other.samples.iter().map(|sample| Sample { shown: moved(sample), ..sample.clone() }));
        self.grams.extend(other.grams);
        self.cuts.append(&other.cuts);
    }

    /// What an example shows.
    pub(super) fn shown(&self, sample: &Sample) -> &[Occurrence] {
        &self.grams[sample.shown.clone()]
    }

    /// Gives the rules that have questions numbers from 0 on, in the order of their ranks; returns them by number.
    pub(super) fn number_classes(&mut self, rank: impl Fn(u32) -> u32) -> Vec<u32> {
        let question =
            |sample: &Sample| if let Role::Question(rule) = sample.role { Some(rule) } else { None };
        let mut rules: Vec<u32> = self.samples.iter().filter_map(question).collect();
        rules.sort_unstable_by_key(|&rule| rank(rule));
        rules.dedup();
        self.samples.retain_mut(|sample| {
            if let Role::Question(rule) | Role::Name(rule) | Role::Not(rule) = &mut sample.role {
                let class = rules.binary_search_by_key(&rank(*rule), |&rule| rank(rule));
                *rule = class.unwrap_or_default() as u32;
                return class.is_ok();
            }
            true
        });
        rules
    }

    /// Drops the names of classes that have questions enough.
    pub(super) fn drop_names(&mut self, classes: usize) {
        let mut questions = vec![0; classes];
        for sample in &self.samples {
            if let Role::Question(class) = sample.role {
                questions[class as usize] += 1;
            }
        }
        let helps = |role| !matches!(role, Role::Name(class) if questions[class as usize] >= NAMED_BELOW);
        self.samples.retain(|sample| helps(sample.role));
    }

    /// Sorts the examples and drops repeated ones, so that the order in which they were read does not matter.
    pub(super) fn settle(&mut self) {
        self.samples.sort_by_key(|sample| (sample.role, sample.sequence, sample.id));
        self.samples.dedup_by_key(|sample| (sample.role, sample.sequence));
    }
}

/// Counts a gram of an example.
fn note(
    shown: &mut Vec<Occurrence>,
    places: &mut FxHashMap<u64, usize>,
    gram: Gram,
    word: impl FnOnce() -> bool,
) {
    let next = shown.len();
    let place = *places.entry(gram.key).or_insert(next);
    match shown.get_mut(place) {
        Some(occurrence) => occurrence.count = occurrence.count.saturating_add(gram.count()),
        None => {
            shown.push(Occurrence { key: gram.key, block: gram.block, count: gram.count(), word: word() });
        }
    }
}

fn is_word<W: Wording>(words: &W, place: Place) -> bool {
    matches!(place, Place::Word(word) if words.kind(word) != WordKind::Value)
}
