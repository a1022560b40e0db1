//! How every class that a message may belong to scores.

use super::weights::{POSTING, Weights, posting};

/// Scores of classes.
#[derive(Debug, Default)]
pub(super) struct Scores {
    pub(super) classes: Vec<u32>,
    /// Score of each of the classes.
    pub(super) values: Vec<f32>,
    rows: Vec<(u32, f32)>,
    /// Score of every class by the rarer features.
    sums: Vec<f32>,
    /// The likeliest of them, by [`in_order`].
    ranked: Vec<u64>,
    /// Scores above all that need not be looked at any more.
    pub(super) higher: Vec<(f32, u32)>,
}

/// With more classes than these, only the likeliest are scored in full.
pub(super) const MANY: usize = 512;
/// Classes of many that are scored in full: those for which the rarer features speak most.
const LIKELIEST: usize = 64;
/// Classes that are looked at before the level is raised that the next must be above.
const BLOCK: usize = 256;
/// Rows of frequent features that are added up for all of many classes, where no rarer feature speaks for any.
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

    /// Adds a class, if it is not among the first `known`, which are in order.
    pub(super) fn add(&mut self, class: u32, known: usize, score: impl FnOnce() -> f32) -> usize {
        self.classes[..known].binary_search(&class).unwrap_or_else(|_| {
            self.classes.push(class);
            self.values.push(score());
            self.classes.len() - 1
        })
    }

    fn score_all(&mut self, weights: &Weights, vector: &[(u32, f32)]) {
        weights.add_rows(&self.rows, &mut self.values);
        add_lists(weights, vector, &mut self.values);
        let classes = weights.classes();
        self.values.truncate(classes);
        self.classes.clear();
        self.classes.extend(0..classes as u32);
    }

    fn score_likeliest(&mut self, weights: &Weights, vector: &[(u32, f32)]) {
        self.sums.clear();
        self.sums.resize(weights.width(), 0.0);
        add_lists(weights, vector, &mut self.sums);
        self.keep_likeliest(weights);
        if self.ranked.is_empty() {
            self.rows.truncate(ROWS);
            weights.add_rows(&self.rows, &mut self.sums);
            self.rows.clear();
            self.keep_likeliest(weights);
        }
        self.values.clear();
        for &class in &self.classes {
            let frequent: f32 = self.rows.iter().map(|&(start, by)| weights.step(start, class) * by).sum();
            self.values.push(self.sums[class as usize] + frequent);
        }
    }

    /// The classes for which most speaks, in their order, and the last. A class for which nothing speaks is none.
    fn keep_likeliest(&mut self, weights: &Weights) {
        let Scores { classes, sums, ranked, higher, .. } = self;
        let last = weights.classes() as u32 - 1;
        ranked.clear();
        let mut level = 0.0;
        for (block, first) in sums[..=last as usize].chunks(BLOCK).zip((0..).step_by(BLOCK)) {
            higher.clear();
            weights.lanes.above(level, block, first, higher);
            ranked.extend(higher.iter().map(|&(sum, class)| in_order(sum, class)));
            if ranked.len() >= 2 * LIKELIEST {
                level = keep_highest(ranked).map_or(level, |lowest| sums[lowest as usize]);
            }
        }
        keep_highest(ranked);
        classes.clear();
        classes.extend(ranked.iter().map(|&ranked| class_of(ranked)));
        classes.push(last);
        classes.sort_unstable();
        classes.dedup();
    }
}

/// Adds what the rarer features say to the scores of classes.
fn add_lists(weights: &Weights, vector: &[(u32, f32)], scores: &mut [f32]) {
    let list = weights.lists();
    for &(feature, value) in vector {
        let mut add = |bytes: &[u8; POSTING]| {
            let (class, weight) = posting(*bytes);
            scores[class as usize] += weight * value;
        };
        let (fours, rest) = list(feature).as_chunks::<4>();
        fours.iter().for_each(|four| four.iter().for_each(&mut add));
        rest.iter().for_each(add);
    }
}

/// Keeps the likeliest of the classes ranked so far. Returns the least likely one that is kept, none where nothing was
/// dropped.
fn keep_highest(ranked: &mut Vec<u64>) -> Option<u32> {
    let rest = ranked.len().checked_sub(LIKELIEST).filter(|&rest| rest > 0)?;
    let &mut lowest = ranked.select_nth_unstable(rest).1;
    ranked.drain(..rest);
    Some(class_of(lowest))
}

/// A number that rises with a score above 0; of equal scores the first class has the highest.
fn in_order(score: f32, class: u32) -> u64 {
    u64::from(score.to_bits()) << 32 | u64::from(!class)
}

fn class_of(ranked: u64) -> u32 {
    !(ranked as u32)
}
