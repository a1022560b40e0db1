//! What each feature says for and against each class.

/// Classes that a row is rounded up to: whole vector registers.
pub(super) const LANES: usize = 8;
/// No dense row.
const NONE: u32 = u32::MAX;

/// Weights of features: a full row for a frequent feature, a short list for a rare one.
#[derive(Debug, Default)]
pub(super) struct Weights {
    /// Classes, rounded up to whole `LANES`.
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
        let width = classes.next_multiple_of(LANES);
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

    /// Where the dense row of a feature starts.
    pub(super) fn row_start(&self, feature: u32) -> Option<usize> {
        let row = self.rows[feature as usize];
        (row != NONE).then_some(row as usize * self.width)
    }

    /// The list of a feature that has no dense row; empty for others.
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

    /// Scores of all classes for a message. `rows` is scratch.
    pub(super) fn score(&self, vector: &[(u32, f32)], rows: &mut Vec<(u32, f32)>, scores: &mut Vec<f32>) {
        rows.clear();
        let dense = |&(feature, value): &(u32, f32)| Some((self.row_start(feature)? as u32, value));
        rows.extend(vector.iter().filter_map(dense));
        self.score_rows(rows, scores);
        for &(feature, value) in vector {
            for &(class, weight) in self.list(feature) {
                scores[class as usize] += weight * value;
            }
        }
    }

    /// Scores of all classes for dense rows, each given by its start.
    pub(super) fn score_rows(&self, rows: &[(u32, f32)], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.width, 0.0);
        add_rows(&self.dense, rows, scores);
    }
}

/// Adds rows times their values. Four at once: each is read in one go, and the scores are touched less often.
#[inline(never)]
fn add_rows(dense: &[f32], rows: &[(u32, f32)], scores: &mut [f32]) {
    let width = scores.len();
    let row = |start: u32| dense.get(start as usize..start as usize + width).unwrap_or_default();
    let (fours, rest) = rows.as_chunks::<4>();
    for &[(a, by_a), (b, by_b), (c, by_c), (d, by_d)] in fours {
        let others = row(b).iter().zip(row(c)).zip(row(d));
        for ((score, a), ((b, c), d)) in scores.iter_mut().zip(row(a)).zip(others) {
            *score += (a * by_a + b * by_b) + (c * by_c + d * by_d);
        }
    }
    for &(start, value) in rest {
        for (score, weight) in scores.iter_mut().zip(row(start)) {
            *score += weight * value;
        }
    }
}
