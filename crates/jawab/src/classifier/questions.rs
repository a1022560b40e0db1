//! The questions themselves: which are identical to a message, and which come nearest to it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::contrast::Signs;
use super::features::{Bag, Entry, Features};
use super::gram::Block;
use super::reading::Sample;

/// A question as likeness sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) id: u32,
    pub(super) class: u32,
    /// Idf of its words, each once.
    pub(super) mass: f32,
    pub(super) signs: Signs,
    pub(super) sequence: u64,
}

/// All questions, sorted by class.
#[derive(Debug, Default)]
pub(super) struct Questions {
    pub(super) list: Vec<Question>,
    /// Words of each class in their order, with the questions that show them, each once a question.
    pub(super) words: Vec<(u32, u32)>,
    /// Where the words of a class start in `words`; one more at the end.
    pub(super) showing: Vec<u32>,
    /// Where the questions of a class start; one more at the end.
    pub(super) starts: Vec<u32>,
    /// What the questions of each class have.
    pub(super) signs: Vec<Signs>,
    /// First question of each sequence of words; the others follow through `same`.
    pub(super) sequences: FxHashMap<u64, u32>,
    /// Next question with the same sequence, or itself.
    pub(super) same: Vec<u32>,
}

/// How near a question comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Nearest {
    pub(super) question: u32,
    pub(super) likeness: f32,
}

/// Words of a message, to be compared with questions.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Words with their idf.
    words: Vec<(u32, f32)>,
    /// Idf of what a question shares with the message, for each question of a class.
    shared: Vec<f32>,
}

impl Marks {
    /// Marks the words of a message.
    pub(super) fn mark(&mut self, entries: &[Entry], features: &Features) {
        self.words.clear();
        let marked = |entry: &Entry| (entry.feature, features.idf[entry.feature as usize]);
        self.words.extend(words(entries).map(marked));
    }
}

fn words(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().take_while(|entry| entry.block == Block::Word)
}

/// Questions of a class that are compared with a message; those beyond are found only when identical.
const COMPARED: usize = 2048;

impl Questions {
    /// Adds a question; classes must come in rising order.
    pub(super) fn push(&mut self, class: u32, sample: &Sample, entries: &[Entry]) {
        let number = self.list.len() as u32;
        self.words.extend(words(entries).map(|entry| (entry.feature, number)));
        let Sample { id, signs, sequence, .. } = *sample;
        self.list.push(Question { id, class, mass: 0.0, signs, sequence });
    }

    /// Computes what needs all questions.
    pub(super) fn finish(&mut self, classes: usize, features: &Features) {
        for &(feature, question) in &self.words {
            self.list[question as usize].mass += features.idf[feature as usize];
        }
        let Questions { list, words, .. } = self;
        let class_of = |question: u32| list[question as usize].class;
        words.sort_unstable_by_key(|&(feature, question)| (class_of(question), feature, question));
        let before = |class| move |question: &Question| (question.class as usize) < class;
        self.starts = (0..=classes).map(|class| list.partition_point(before(class)) as u32).collect();
        self.showing =
            self.starts.iter().map(|&start| words.partition_point(|shown| shown.1 < start) as u32).collect();
        self.derive();
    }

    /// Computes what follows from the list of questions.
    pub(super) fn derive(&mut self) {
        self.signs = vec![Signs::default(); self.starts.len().saturating_sub(1)];
        for question in &self.list {
            if let Some(signs) = self.signs.get_mut(question.class as usize) {
                *signs = signs.or(question.signs);
            }
        }
        self.join_equal();
    }

    /// Finds which questions have the same sequence of words.
    fn join_equal(&mut self) {
        self.sequences.reserve(self.list.len());
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
    pub(super) fn of_class(&self, class: u32) -> Range<usize> {
        self.starts[class as usize] as usize..self.starts[class as usize + 1] as usize
    }

    /// Whether a question has this sequence of words.
    pub(super) fn has_sequence(&self, sequence: u64) -> bool {
        self.sequences.contains_key(&sequence)
    }

    /// The questions that are the message word for word, the first of each class.
    pub(super) fn identical(&self, bag: &Bag) -> impl Iterator<Item = &Question> {
        let mut next = if bag.certain { self.sequences.get(&bag.sequence).copied() } else { None };
        let mut last = None;
        let questions = std::iter::from_fn(move || {
            let now = next?;
            let after = self.same[now as usize];
            next = (after != now).then_some(after);
            Some(&self.list[now as usize])
        });
        questions.filter(move |question| last.replace(question.class) != Some(question.class))
    }

    /// The question of a class that is most like the marked message, of those that `seen` tells; the first of equals.
    pub(super) fn nearest(
        &self,
        class: u32,
        marks: &mut Marks,
        mass: f32,
        seen: impl Fn(usize) -> bool,
    ) -> Option<Nearest> {
        let of_class = self.of_class(class);
        let questions = of_class.start..of_class.end.min(of_class.start + COMPARED);
        self.share(class, &questions, marks);
        let mut best: Option<Nearest> = None;
        for (number, &shared) in questions.zip(&marks.shared) {
            if shared == 0.0 && best.is_some() {
                continue;
            }
            // Idf of the shared words against the idf of all words of both, 0 to 1.
            let both = self.list[number].mass + mass;
            let likeness = if both > 0.0 { (2.0 * shared / both).min(1.0) } else { 0.0 };
            if best.is_none_or(|best| likeness > best.likeness) && seen(number) {
                best = Some(Nearest { question: number as u32, likeness });
            }
        }
        best
    }

    /// Computes what each of the questions shares with the marked message; they are the first of a class.
    fn share(&self, class: u32, questions: &Range<usize>, marks: &mut Marks) {
        let (start, end) = (questions.start as u32, questions.end as u32);
        let words = &self.words[self.words_of(class)];
        marks.shared.clear();
        marks.shared.resize(questions.len(), 0.0);
        for &(word, idf) in &marks.words {
            let shown = &words[words.partition_point(|&(other, _)| other < word)..];
            for &(_, question) in shown.iter().take_while(|&&(other, at)| other == word && at < end) {
                marks.shared[(question - start) as usize] += idf;
            }
        }
    }

    /// Where the words of a class stand.
    pub(super) fn words_of(&self, class: u32) -> Range<usize> {
        self.showing[class as usize] as usize..self.showing[class as usize + 1] as usize
    }
}
