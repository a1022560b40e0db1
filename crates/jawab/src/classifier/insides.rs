//! The pieces of every known word, listed once, so that a message need not cut and look them up.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// Pieces of words, by the word's feature.
#[derive(Debug, Default)]
pub(super) struct Insides {
    /// Where the pieces of a feature stand in `pieces`; empty for what is no word.
    pub(super) ranges: Vec<Range<u32>>,
    pub(super) pieces: Vec<u32>,
}

/// Pieces of the words of examples, by the keys of both.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    ranges: FxHashMap<u64, Range<usize>>,
    pieces: Vec<u64>,
    /// The word whose pieces are coming in, by its place in the example, and whether they are not listed yet.
    at_hand: Option<(usize, bool)>,
}

impl Cuts {
    /// Begins an example.
    pub(super) fn open(&mut self) {
        self.at_hand = None;
    }

    /// Takes in a piece of a word, given by its place in the example and its key. Pieces of one word come one after the
    /// other.
    pub(super) fn add(&mut self, word: usize, key: u64, piece: u64) {
        let fresh = match self.at_hand {
            Some((at_hand, fresh)) if at_hand == word => fresh,
            _ => !self.ranges.contains_key(&key),
        };
        self.at_hand = Some((word, fresh));
        if fresh {
            self.push(key, piece);
        }
    }

    fn push(&mut self, key: u64, piece: u64) {
        let end = self.pieces.len();
        self.ranges.entry(key).or_insert(end..end).end = end + 1;
        self.pieces.push(piece);
    }

    /// Appends the pieces of the words of other examples.
    pub(super) fn append(&mut self, other: &Cuts) {
        for (&key, range) in &other.ranges {
            if !self.ranges.contains_key(&key) {
                other.pieces[range.clone()].iter().for_each(|&piece| self.push(key, piece));
            }
        }
    }

    fn of(&self, key: u64) -> &[u64] {
        self.ranges.get(&key).map_or(&[], |range| &self.pieces[range.clone()])
    }
}

impl Insides {
    /// The pieces of the words among the features with these keys; `id` tells the feature of a key. A word of which a piece is
    /// no feature has to be cut in each message.
    pub(super) fn new(cuts: &Cuts, keys: &[u64], id: impl Fn(u64) -> Option<u32>) -> Self {
        let mut insides = Insides::default();
        for &key in keys {
            let start = insides.pieces.len();
            insides.pieces.extend(cuts.of(key).iter().map_while(|&piece| id(piece)));
            if insides.pieces.len() - start < cuts.of(key).len() {
                insides.pieces.truncate(start);
            }
            insides.ranges.push(start as u32..insides.pieces.len() as u32);
        }
        insides
    }

    /// The pieces of a word, in order, repeated ones repeated.
    pub(super) fn of(&self, word: u32) -> &[u32] {
        let range = self.ranges.get(word as usize).cloned().unwrap_or_default();
        self.pieces.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}
