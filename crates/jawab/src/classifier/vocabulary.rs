//! The grams that questions show, while they are learned.

use rustc_hash::FxHashMap;

use super::features::{Bag, BlockWeights, Entry, Features};
use super::gram::{Place, Senses, WordKind, Wording};
use super::ids::Ids;
use super::insides::Insides;
use super::math::ln;
use super::meaning_ids::MeaningIds;
use crate::text::Concepts;

/// The features of the questions read so far.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: FxHashMap<u64, u32>,
    /// Questions that show each.
    frequency: Vec<u32>,
    /// 1 for a word, 0 for values and what is not a word.
    worth: Vec<f32>,
    insides: Insides,
    concepts: Concepts,
    /// Whether pairs of concepts count.
    pub(super) paired: bool,
}

impl Vocabulary {
    /// No feature yet; words may stand for these concepts.
    pub(super) fn new(concepts: &Concepts) -> Self {
        Vocabulary { concepts: concepts.clone(), ..Vocabulary::default() }
    }

    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.frequency.len()
    }

    /// Reads a question, making its features known.
    pub(super) fn learn<W: Wording>(&mut self, words: &W, bag: &mut Bag) {
        let Vocabulary { ids, frequency, worth, insides, concepts, paired } = self;
        bag.collect(words, Senses { concepts, pairs: *paired }, |gram| {
            let next = ids.len() as u32;
            let id = *ids.entry(gram.key).or_insert(next);
            if id == next {
                frequency.push(0);
                worth.push(if weightless(words, gram.place) { 0.0 } else { 1.0 });
            }
            insides.learn(gram.place, id, id == next);
            Some(id)
        });
        insides.close(ids.len());
    }

    /// Counts a question that is kept.
    pub(super) fn count(&mut self, entries: &[Entry]) {
        for entry in entries {
            self.frequency[entry.feature as usize] += 1;
        }
    }

    /// Numbers the features anew: `numbers` holds the new number of each, `u32::MAX` for those that no
    /// example shows any more: they are forgotten.
    pub(super) fn renumber(&mut self, numbers: &[u32]) {
        self.ids.retain(|_, id| {
            *id = numbers[*id as usize];
            *id != u32::MAX
        });
        let mut worth = vec![0.0; self.ids.len()];
        for (&new, &old) in numbers.iter().zip(&self.worth) {
            if let Some(worth) = worth.get_mut(new as usize) {
                *worth = old;
            }
        }
        self.worth = worth;
        self.frequency.truncate(self.ids.len());
        self.insides.renumber(numbers, self.ids.len());
    }

    /// Fixes what each feature is worth, once all questions are counted.
    pub(super) fn weigh(self, questions: usize, weights: BlockWeights) -> Features {
        let Vocabulary { ids, frequency, worth, insides, concepts, .. } = self;
        let mut keys = vec![0; ids.len()];
        // Every id has one key: the order of the map does not show.
        for (key, id) in ids {
            keys[id as usize] = key;
        }
        let ids = Ids::of(&keys);
        let idf: Vec<f32> = frequency.iter().map(|&frequency| idf(questions, frequency)).collect();
        Features {
            meaning_ids: MeaningIds::of(ids.slots()),
            ids,
            worth: worth.iter().zip(&idf).map(|(worth, idf)| worth * idf).collect(),
            idf,
            rarest: self::idf(questions, 0),
            weights,
            insides,
            concepts,
        }
    }
}

fn weightless<W: Wording>(words: &W, place: Place) -> bool {
    !matches!(place, Place::Word(word) if words.kind(word) != WordKind::Value)
}

fn idf(questions: usize, frequency: u32) -> f32 {
    (1.0 + ln((questions as f64 + 1.0) / (f64::from(frequency) + 1.0))) as f32
}
