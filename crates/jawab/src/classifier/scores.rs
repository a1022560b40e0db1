//! How every class that a message may belong to scores.

use super::weights::Weights;

/// Scores of classes.
#[derive(Debug, Default)]
pub(super) struct Scores {
    pub(super) classes: Vec<u32>,
    /// Score of each of the classes.
    pub(super) values: Vec<f32>,
    rows: Vec<(u32, f32)>,
    /// Score of every class by the rarer features.
    sums: Vec<f32>,
    /// Classes with such a score, by [`in_order`].
    ranked: Vec<u64>,
}

/// With more classes than these, only the likeliest are scored in full.
pub(super) const MANY: usize = 512;
/// Classes of many that are scored in full: those for which the rarer features speak most.
const LIKELIEST: usize = 64;
/// Rows of frequent features that are added up for all of many classes, where a message has no rarer feature.
const ROWS: usize = 32;

impl Scores {
    /// Scores a message. Of few classes all are scored, in their order; of many the likeliest, and always the last.
    pub(super) fn fill(&mut self, weights: &Weights, vector: &[(u32, f32)]) {
        weights.rows_of(vector, &mut self.rows);
        if weights.classes() <= MANY {
            self.score_all(weights, vector);
        } else {
            self.score_likeliest(weights, vector);
        }
    }

    /// Adds a class, if it is not there.
    pub(super) fn add(&mut self, class: u32, score: impl FnOnce() -> f32) -> usize {
        self.classes.iter().position(|&known| known == class).unwrap_or_else(|| {
            self.classes.push(class);
            self.values.push(score());
            self.classes.len() - 1
        })
    }

    fn score_all(&mut self, weights: &Weights, vector: &[(u32, f32)]) {
        weights.add_rows(&self.rows, &mut self.values);
        for &(feature, value) in vector {
            for &(class, weight) in weights.list(feature) {
                self.values[class as usize] += weight * value;
            }
        }
        let classes = weights.classes();
        self.values.truncate(classes);
        self.classes.clear();
        self.classes.extend(0..classes as u32);
    }

    fn score_likeliest(&mut self, weights: &Weights, vector: &[(u32, f32)]) {
        if !self.sum_lists(weights, vector) {
            self.rows.truncate(ROWS);
            weights.add_rows(&self.rows, &mut self.sums);
            self.rows.clear();
        }
        self.keep_likeliest(weights.classes());
        self.values.clear();
        for &class in &self.classes {
            let frequent: f32 = self.rows.iter().map(|&(start, by)| weights.step(start, class) * by).sum();
            self.values.push(self.sums[class as usize] + frequent);
        }
    }

    /// Adds up what the rarer features say; whether there are any.
    fn sum_lists(&mut self, weights: &Weights, vector: &[(u32, f32)]) -> bool {
        self.sums.clear();
        self.sums.resize(weights.width(), 0.0);
        let (sums, mut any) = (self.sums.as_mut_slice(), false);
        for &(feature, value) in vector {
            let list = weights.list(feature);
            any |= !list.is_empty();
            for &(class, weight) in list {
                sums[class as usize] += weight * value;
            }
        }
        any
    }

    /// The classes for which most speaks, in their order, and the last. A class of which nothing is said is none.
    fn keep_likeliest(&mut self, classes: usize) {
        let said = (0..).zip(&self.sums[..classes]).filter(|(_, sum)| **sum != 0.0);
        self.ranked.clear();
        self.ranked.extend(said.map(|(class, &sum)| in_order(sum, class)));
        let rest = self.ranked.len().saturating_sub(LIKELIEST);
        if rest > 0 {
            self.ranked.select_nth_unstable(rest);
        }
        self.classes.clear();
        self.classes.extend(self.ranked[rest..].iter().map(|&ranked| !(ranked as u32)));
        self.classes.push(classes as u32 - 1);
        self.classes.sort_unstable();
        self.classes.dedup();
    }
}

/// A number that rises with the score; of equal scores the first class has the highest.
fn in_order(score: f32, class: u32) -> u64 {
    let bits = score.to_bits();
    let rising = if score.is_sign_negative() { !bits } else { bits | 1 << 31 };
    u64::from(rising) << 32 | u64::from(!class)
}
