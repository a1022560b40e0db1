//! What each feature says for and against each class.

use super::lanes::{LANES, Lanes};
use super::math::farthest;
use crate::codec::Rows;

/// No dense row.
pub(super) const NONE: u32 = u32::MAX;
/// Steps of a row in bytes on each side of 0.
const STEPS: f32 = 127.0;

/// Weights of features: a full row for a frequent feature, a short list for a rare one.
///
/// Rows are kept in bytes, each with a scale of its own: reading a row from memory costs more than computing with it,
/// and the 127 steps on each side of 0 change no accuracy that could be measured.
#[derive(Debug)]
pub(super) struct Weights {
    pub(super) lanes: Lanes,
    pub(super) classes: usize,
    /// Classes, rounded up to whole `LANES`.
    pub(super) width: usize,
    /// Number of the dense row of a feature, or `NONE`.
    pub(super) rows: Vec<u32>,
    /// What one step of a row is worth.
    pub(super) scales: Vec<f32>,
    pub(super) dense: Vec<i8>,
    /// Where the list of a feature starts in `postings`; one more at the end.
    pub(super) starts: Vec<u32>,
    /// Classes and weights, see [`posting`].
    pub(super) postings: Rows<POSTING>,
}

/// Bytes of a class and what a feature says for it.
pub(super) const POSTING: usize = 8;

/// The lists of features, while they are made.
#[derive(Debug)]
pub(super) struct Lists {
    starts: Vec<u32>,
    postings: Vec<[u8; POSTING]>,
}

impl Lists {
    /// No list yet, with room for so many entries.
    pub(super) fn with_room(entries: usize) -> Self {
        Lists { starts: vec![0], postings: Vec::with_capacity(entries) }
    }

    /// Adds the list of the next feature: classes in rising order, equal ones summed.
    pub(super) fn push(&mut self, weights: &[(u32, f32)]) {
        for same in weights.chunk_by(|one, other| one.0 == other.0) {
            let weight = same.iter().map(|&(_, weight)| weight).reduce(|sum, weight| sum + weight);
            let weight = weight.unwrap_or_default().to_bits();
            self.postings.push((u64::from(weight) << 32 | u64::from(same[0].0)).to_le_bytes());
        }
        self.starts.push(self.postings.len() as u32);
    }
}

/// A class and what the feature says for it.
pub(super) fn posting(bytes: [u8; POSTING]) -> (u32, f32) {
    let [a, b, c, d, weight @ ..] = bytes;
    (u32::from_le_bytes([a, b, c, d]), f32::from_le_bytes(weight))
}

/// Weights while they are learned, those of frequent features only.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) lanes: Lanes,
    classes: usize,
    /// Classes, rounded up to whole `LANES`.
    width: usize,
    /// Number of the dense row of a feature, or `NONE`.
    rows: Vec<u32>,
    pub(super) dense: Vec<f32>,
}

impl Draft {
    /// Weights of 0 with a row for every feature that `frequent` tells.
    pub(super) fn new(classes: usize, features: usize, frequent: impl Fn(usize) -> bool) -> Self {
        let width = classes.next_multiple_of(LANES);
        let mut next = 0;
        let mut row = |feature| {
            let row = if frequent(feature) { next } else { NONE };
            next += u32::from(row != NONE);
            row
        };
        let rows: Vec<u32> = (0..features).map(&mut row).collect();
        // Filled rather than asked for as zeros: pages of zeros that are read first are mapped again when they are written.
        let mut dense = Vec::with_capacity(next as usize * width);
        dense.resize(next as usize * width, -0.0);
        Draft { lanes: Lanes::new(), classes, width, rows, dense }
    }

    /// How many features there are.
    pub(super) fn features(&self) -> usize {
        self.rows.len()
    }

    /// The learned rows in bytes, without lists.
    pub(super) fn finish(self) -> Weights {
        let Draft { lanes, classes, width, rows, dense } = self;
        let (scales, steps) = (Vec::new(), Vec::with_capacity(dense.len()));
        let (starts, postings) = (Vec::new(), Rows::own(Vec::new()));
        let mut weights = Weights { lanes, classes, width, rows, scales, dense: steps, starts, postings };
        dense.chunks(width.max(1)).for_each(|row| weights.push_row(row));
        weights
    }

    /// How many features have a row.
    pub(super) fn rows(&self) -> usize {
        self.dense.len() / self.width.max(1)
    }

    /// Where the row of a feature starts.
    pub(super) fn row_start(&self, feature: u32) -> Option<usize> {
        let row = self.rows[feature as usize];
        (row != NONE).then_some(row as usize * self.width)
    }

    /// Adds the changes times a value to the row that starts there.
    #[inline(never)]
    pub(super) fn add_to_row(&mut self, start: u32, value: f32, changes: &[(u32, f32)]) {
        let row = self.dense.get_mut(start as usize..start as usize + self.width).unwrap_or_default();
        for &(class, change) in changes {
            if let Some(weight) = row.get_mut(class as usize) {
                *weight += change * value;
            }
        }
    }

    /// Adds rows, each given by its start, to the scores of all classes.
    pub(super) fn add_rows(&self, rows: &[(u32, f32)], scores: &mut [f32]) {
        self.lanes.add(&self.dense, rows, scores);
    }

    /// What rows say for one class.
    pub(super) fn score_of(&self, rows: &[(u32, f32)], class: u32) -> f32 {
        rows.iter().map(|&(start, value)| self.dense[(start + class) as usize] * value).sum()
    }

    /// Classes, rounded up to whole `LANES`.
    pub(super) fn width(&self) -> usize {
        self.width
    }
}

impl Weights {
    /// With the lists of all features.
    pub(super) fn with(self, Lists { starts, postings }: Lists) -> Self {
        Weights { starts, postings: Rows::own(postings.into_flattened()), ..self }
    }

    fn push_row(&mut self, row: &[f32]) {
        let most = farthest(row);
        self.lanes.round(row, if most > 0.0 { STEPS / most } else { 0.0 }, &mut self.dense);
        self.scales.push(most / STEPS);
    }

    /// Where the dense row of a feature starts, and what a step in it is worth.
    fn row(&self, feature: u32) -> Option<(usize, f32)> {
        let row = self.rows[feature as usize] as usize;
        Some((row * self.width, *self.scales.get(row)?))
    }

    /// The lists of features that have no dense row, empty for others.
    pub(super) fn lists<'w>(&'w self) -> impl Fn(u32) -> &'w [[u8; POSTING]] {
        let postings = self.postings.all();
        move |feature| {
            let feature = feature as usize;
            &postings[self.starts[feature] as usize..self.starts[feature + 1] as usize]
        }
    }

    /// Weight of a feature for a class.
    pub(super) fn weight(&self, feature: u32, class: u32) -> f32 {
        if let Some((start, scale)) = self.row(feature) {
            return scale * self.step(start as u32, class);
        }
        let mut list = self.lists()(feature).iter().copied().map(posting);
        list.find(|posting| posting.0 == class).map_or(0.0, |posting| posting.1)
    }

    /// Adds all weights to a hash.
    #[cfg(test)]
    pub(super) fn fingerprint(&self, hash: &mut blake3::Hasher) {
        for scale in &self.scales {
            hash.update(&scale.to_bits().to_le_bytes());
        }
        for step in &self.dense {
            hash.update(&step.to_le_bytes());
        }
        for (class, weight) in self.postings.all().iter().copied().map(posting) {
            hash.update(&class.to_le_bytes());
            hash.update(&weight.to_bits().to_le_bytes());
        }
    }

    /// The rows of a message's features: where each starts, and what a step in it counts.
    pub(super) fn rows_of(&self, vector: &[(u32, f32)], rows: &mut Vec<(u32, f32)>) {
        let dense = |&(feature, value): &(u32, f32)| {
            let (start, scale) = self.row(feature)?;
            Some((start as u32, value * scale))
        };
        rows.clear();
        rows.extend(vector.iter().filter_map(dense));
    }

    /// What rows say for all classes, rounded up to whole `LANES`.
    pub(super) fn add_rows(&self, rows: &[(u32, f32)], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.width, 0.0);
        self.lanes.add(&self.dense, rows, scores);
    }

    /// The step of a class in the row that starts there.
    pub(super) fn step(&self, start: u32, class: u32) -> f32 {
        f32::from(self.dense[(start + class) as usize])
    }

    /// What a message scores for a class.
    pub(super) fn score(&self, vector: &[(u32, f32)], class: u32) -> f32 {
        vector.iter().map(|&(feature, value)| value * self.weight(feature, class)).sum()
    }

    /// How many classes there are.
    pub(super) fn classes(&self) -> usize {
        self.classes
    }

    /// Classes, rounded up to whole `LANES`.
    pub(super) fn width(&self) -> usize {
        self.width
    }
}
