//! What each feature says for and against each class.

/// No dense row.
const NONE: u32 = u32::MAX;

/// Weights of features: a full row for a frequent feature, a short list for a rare one.
#[derive(Debug, Default)]
pub(super) struct Weights {
    /// Classes, rounded up so that a row is whole vector registers.
    pub(super) width: usize,
    /// Number of the dense row of a feature, or `NONE`.
    pub(super) rows: Vec<u32>,
    pub(super) dense: Vec<f32>,
    /// Where the list of a feature starts in `postings`; one more at the end.
    pub(super) starts: Vec<u32>,
    pub(super) postings: Vec<(u32, f32)>,
}

impl Weights {
    /// Weights of 0 with a dense row for every feature that `frequent` tells.
    pub(super) fn new(classes: usize, features: usize, frequent: impl Fn(usize) -> bool) -> Self {
        let width = classes.next_multiple_of(8);
        let mut next = 0;
        let rows: Vec<u32> = (0..features)
            .map(|feature| {
                let row = if frequent(feature) { next } else { NONE };
                next += u32::from(row != NONE);
                row
            })
            .collect();
        let dense = vec![0.0; next as usize * width];
        Weights { width, rows, dense, starts: vec![0; features + 1], postings: Vec::new() }
    }

    /// The dense row of a feature.
    pub(super) fn row(&self, feature: u32) -> Option<&[f32]> {
        let start = self.row_start(feature)?;
        self.dense.get(start..start + self.width)
    }

    /// The dense row of a feature.
    pub(super) fn row_mut(&mut self, feature: u32) -> Option<&mut [f32]> {
        let start = self.row_start(feature)?;
        self.dense.get_mut(start..start + self.width)
    }

    fn row_start(&self, feature: u32) -> Option<usize> {
        let row = self.rows[feature as usize];
        (row != NONE).then_some(row as usize * self.width)
    }

    /// The list of a feature that has no dense row.
    pub(super) fn list(&self, feature: u32) -> &[(u32, f32)] {
        let feature = feature as usize;
        &self.postings[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }

    /// Weight of a feature for a class.
    pub(super) fn weight(&self, feature: u32, class: u32) -> f32 {
        match self.row(feature) {
            Some(row) => row[class as usize],
            None => {
                self.list(feature).iter().find(|posting| posting.0 == class).map_or(0.0, |posting| posting.1)
            }
        }
    }

    /// Adds all weights to a hash.
    #[cfg(test)]
    pub(super) fn fingerprint(&self, hash: &mut blake3::Hasher) {
        for weight in &self.dense {
            hash.update(&weight.to_bits().to_le_bytes());
        }
        for (class, weight) in &self.postings {
            hash.update(&class.to_le_bytes());
            hash.update(&weight.to_bits().to_le_bytes());
        }
    }

    /// Scores of all classes for a message.
    pub(super) fn score(&self, vector: &[(u32, f32)], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.width, 0.0);
        for &(feature, value) in vector {
            if let Some(row) = self.row(feature) {
                add(scores, row, value);
            } else {
                for &(class, weight) in self.list(feature) {
                    scores[class as usize] += weight * value;
                }
            }
        }
    }
}

/// Adds `value` times `row`.
pub(super) fn add(scores: &mut [f32], row: &[f32], value: f32) {
    for (score, weight) in scores.iter_mut().zip(row) {
        *score += weight * value;
    }
}
