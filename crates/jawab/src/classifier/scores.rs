//! How every class that a message may belong to scores.

use super::weights::Weights;

/// Scores of classes.
#[derive(Debug, Default)]
pub(super) struct Scores {
    pub(super) classes: Vec<u32>,
    /// Score of each of the classes.
    pub(super) values: Vec<f32>,
    rows: Vec<(u32, f32)>,
    /// Score of every class by the rarer features; all 0 between messages.
    sums: Vec<f32>,
    /// Classes that have such a score.
    touched: Vec<u32>,
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
        self.sum_lists(weights, vector);
        if self.touched.is_empty() {
            self.rows.truncate(ROWS);
            weights.add_rows(&self.rows, &mut self.sums);
            self.rows.clear();
            self.touched.extend(0..weights.classes() as u32);
        }
        self.keep_likeliest(weights.classes() as u32 - 1);
        self.values.clear();
        for &class in &self.classes {
            let frequent: f32 = self.rows.iter().map(|&(start, by)| weights.step(start, class) * by).sum();
            self.values.push(self.sums[class as usize] + frequent);
        }
        self.touched.drain(..).for_each(|class| self.sums[class as usize] = 0.0);
    }

    /// Adds up what the rarer features say, and notes the classes.
    fn sum_lists(&mut self, weights: &Weights, vector: &[(u32, f32)]) {
        self.sums.resize(weights.width(), 0.0);
        for &(feature, value) in vector {
            for &(class, weight) in weights.list(feature) {
                let sum = &mut self.sums[class as usize];
                if *sum == 0.0 {
                    self.touched.push(class);
                }
                *sum += weight * value;
            }
        }
    }

    fn keep_likeliest(&mut self, last: u32) {
        let Scores { classes, touched, sums, .. } = self;
        if touched.len() > LIKELIEST {
            touched.select_nth_unstable_by(LIKELIEST, |one, two| {
                sums[*two as usize].total_cmp(&sums[*one as usize]).then(one.cmp(two))
            });
        }
        classes.clear();
        classes.extend(touched.iter().take(LIKELIEST));
        classes.push(last);
        classes.sort_unstable();
        classes.dedup();
    }
}
