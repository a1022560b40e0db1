//! The pieces of every known word, listed once, so that a message need not cut and look them up.

use std::ops::Range;

use super::gram::Place;

/// Pieces of words, by the word's feature.
#[derive(Debug, Default)]
pub(super) struct Insides {
    /// Where the pieces of a feature stand in `pieces`; empty for what is no word.
    pub(super) ranges: Vec<Range<u32>>,
    pub(super) pieces: Vec<u32>,
    /// Words that the question at hand shows for the first time: place in the question and feature.
    pub(super) fresh: Vec<(usize, u32)>,
}

impl Insides {
    /// Takes in one gram of a question; `new` where nothing has shown it before.
    pub(super) fn learn(&mut self, place: Place, feature: u32, new: bool) {
        match place {
            Place::Word(word) if new => self.fresh.push((word, feature)),
            Place::Piece { word, .. } => {
                if let Some(&(_, owner)) = self.fresh.iter().find(|fresh| fresh.0 == word) {
                    self.push(owner, feature);
                }
            }
            _ => {}
        }
    }

    /// Pieces of one word come one after the other.
    fn push(&mut self, owner: u32, piece: u32) {
        let end = self.pieces.len() as u32;
        if self.ranges.len() <= owner as usize {
            self.ranges.resize(owner as usize + 1, 0..0);
        }
        let range = &mut self.ranges[owner as usize];
        if range.start == range.end {
            *range = end..end;
        }
        range.end = end + 1;
        self.pieces.push(piece);
    }

    /// Ends a question; there are so many features now.
    pub(super) fn close(&mut self, features: usize) {
        self.fresh.clear();
        self.ranges.resize(features, 0..0);
    }

    /// The pieces of a word, in order, repeated ones repeated.
    pub(super) fn of(&self, word: u32) -> &[u32] {
        let range = self.ranges.get(word as usize).cloned().unwrap_or_default();
        self.pieces.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Numbers features anew: `numbers` holds the new number of each, `u32::MAX` where it is forgotten. A word of
    /// which a piece is has to be cut in each message.
    pub(super) fn renumber(&mut self, numbers: &[u32], features: usize) {
        for piece in &mut self.pieces {
            *piece = numbers[*piece as usize];
        }
        let forgotten =
            |range: &Range<u32>| self.pieces[range.start as usize..range.end as usize].contains(&u32::MAX);
        let mut ranges = vec![0..0; features];
        for (range, &new) in self.ranges.iter().zip(numbers) {
            if let Some(place) = ranges.get_mut(new as usize).filter(|_| !forgotten(range)) {
                *place = range.clone();
            }
        }
        self.ranges = ranges;
    }
}
