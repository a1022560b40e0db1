//! The grams that examples show, numbered as features.

use rustc_hash::FxHashMap;

use super::features::{BlockWeights, Features};
use super::insides::{Cuts, Insides};
use super::math::ln;
use super::reading::Occurrence;
use crate::text::Concepts;

/// Features in the order in which the examples show them first.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: FxHashMap<u64, u32>,
    keys: Vec<u64>,
    /// Examples that show each.
    frequency: Vec<u32>,
    /// Whether each is a word and no value.
    words: Vec<bool>,
}

impl Vocabulary {
    /// Counts a gram that an example shows, once for each example; its number.
    pub(super) fn count(&mut self, shown: &Occurrence) -> u32 {
        let next = self.keys.len() as u32;
        let id = *self.ids.entry(shown.key).or_insert(next);
        if id == next {
            self.keys.push(shown.key);
            self.frequency.push(0);
            self.words.push(shown.word);
        }
        self.frequency[id as usize] += 1;
        id
    }

    /// Fixes what each feature is worth, once all of so many examples are counted. With the features, which know no ids
    /// yet, come their keys.
    pub(super) fn weigh(
        self,
        examples: usize,
        weights: BlockWeights,
        cuts: &Cuts,
        concepts: Concepts,
    ) -> (Features, Vec<u64>) {
        let Vocabulary { ids, keys, frequency, words } = self;
        let idf: Vec<f32> = frequency.iter().map(|&frequency| idf(examples, frequency)).collect();
        let worth = |(&word, &idf): (&bool, &f32)| if word { idf } else { 0.0 };
        let features = Features {
            worth: words.iter().zip(&idf).map(worth).collect(),
            idf,
            rarest: self::idf(examples, 0),
            weights,
            insides: Insides::new(cuts, &keys, |key| ids.get(&key).copied()),
            concepts,
            ..Features::default()
        };
        (features, keys)
    }
}

fn idf(examples: usize, frequency: u32) -> f32 {
    (1.0 + ln((examples as f64 + 1.0) / (f64::from(frequency) + 1.0))) as f32
}
