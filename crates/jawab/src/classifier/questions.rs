//! The questions themselves: which are identical to a message, and which come nearest to it.

use rustc_hash::FxHashMap;

use super::features::{Bag, Entry, Features};
use super::gram::Block;

/// A question as likeness sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) id: u32,
    pub(super) class: u32,
    /// Idf of its words, each once.
    pub(super) mass: f32,
    pub(super) negates: bool,
    pub(super) sequence: u64,
    /// Its words in `words`.
    start: u32,
    end: u32,
}

/// All questions, sorted by class.
#[derive(Debug, Default)]
pub(super) struct Questions {
    pub(super) list: Vec<Question>,
    /// Features that are words, each once a question.
    words: Vec<u32>,
    /// Where the questions of a class start; one more at the end.
    starts: Vec<u32>,
    /// First question of each sequence of words; the others follow through `same`.
    sequences: FxHashMap<u64, u32>,
    /// Next question with the same sequence, or itself.
    same: Vec<u32>,
}

/// How near a question comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Nearest {
    pub(super) question: u32,
    pub(super) likeness: f32,
}

/// Words of a message, to be found quickly by feature.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Idf of the words of the message, 0 for all others.
    idf: Vec<f32>,
    set: Vec<u32>,
}

impl Marks {
    /// Marks the words of a message.
    pub(super) fn mark(&mut self, entries: &[Entry], features: &Features) {
        for feature in self.set.drain(..) {
            self.idf[feature as usize] = 0.0;
        }
        if self.idf.len() < features.len() {
            self.idf.resize(features.len(), 0.0);
        }
        for entry in words(entries) {
            self.idf[entry.feature as usize] = features.idf[entry.feature as usize];
            self.set.push(entry.feature);
        }
    }
}

fn words(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().take_while(|entry| entry.block == Block::Word)
}

/// Questions of a class that are compared with a message; those beyond are found only when identical.
const COMPARED: usize = 2048;

impl Questions {
    /// Adds a question; classes must come in rising order.
    pub(super) fn push(&mut self, id: u32, class: u32, negates: bool, sequence: u64, entries: &[Entry]) {
        let start = self.words.len() as u32;
        self.words.extend(words(entries).map(|entry| entry.feature));
        let end = self.words.len() as u32;
        self.list.push(Question { id, class, mass: 0.0, negates, sequence, start, end });
    }

    /// Computes what needs all questions.
    pub(super) fn finish(&mut self, classes: usize, features: &Features) {
        for question in &mut self.list {
            let words = &self.words[question.start as usize..question.end as usize];
            question.mass = words.iter().map(|&feature| features.idf[feature as usize]).sum();
        }
        let list = &self.list;
        self.starts = (0..=classes)
            .map(|class| list.partition_point(|question| (question.class as usize) < class) as u32)
            .collect();
        self.same = (0..self.list.len() as u32).collect();
        for number in (0..self.list.len() as u32).rev() {
            let sequence = self.list[number as usize].sequence;
            if let Some(next) = self.sequences.insert(sequence, number) {
                self.same[number as usize] = next;
            }
        }
    }

    /// Adds the questions to a hash.
    #[cfg(test)]
    pub(super) fn fingerprint(&self, hash: &mut blake3::Hasher) {
        for question in &self.list {
            hash.update(&question.id.to_le_bytes());
            hash.update(&question.class.to_le_bytes());
            hash.update(&question.sequence.to_le_bytes());
        }
    }

    /// Numbers of the questions of a class.
    pub(super) fn of_class(&self, class: u32) -> std::ops::Range<usize> {
        self.starts[class as usize] as usize..self.starts[class as usize + 1] as usize
    }

    /// The questions that are the message word for word.
    pub(super) fn identical(&self, bag: &Bag) -> impl Iterator<Item = u32> {
        let mut next = if bag.certain { self.sequences.get(&bag.sequence).copied() } else { None };
        std::iter::from_fn(move || {
            let now = next?;
            let after = self.same[now as usize];
            next = (after != now).then_some(after);
            Some(now)
        })
    }

    /// The question of a class that is most like the marked message, of those that `seen` tells; the first of equals.
    pub(super) fn nearest(
        &self,
        class: u32,
        marks: &Marks,
        mass: f32,
        seen: impl Fn(usize) -> bool,
    ) -> Option<Nearest> {
        let mut best: Option<Nearest> = None;
        for number in self.of_class(class).take(COMPARED).filter(|&number| seen(number)) {
            let likeness = self.likeness(number, marks, mass);
            if best.is_none_or(|best| likeness > best.likeness) {
                best = Some(Nearest { question: number as u32, likeness });
            }
        }
        best
    }

    /// Idf of the shared words against the idf of all words of both, 0 to 1.
    fn likeness(&self, number: usize, marks: &Marks, mass: f32) -> f32 {
        let question = &self.list[number];
        let words = &self.words[question.start as usize..question.end as usize];
        let shared: f32 = words.iter().map(|&feature| marks.idf[feature as usize]).sum();
        let both = question.mass + mass;
        if both > 0.0 { (2.0 * shared / both).min(1.0) } else { 0.0 }
    }
}
