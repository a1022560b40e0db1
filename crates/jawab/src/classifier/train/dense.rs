//! Learning where classes are few: every class may be a rival.
//!
//! Frequent features have their weights written out; those of rare ones are computed from the few questions that show
//! them, so that memory grows with the questions and not with features times classes.

use super::super::lanes::{LANES, Lanes};
use super::super::math::tops;
use super::super::vectors::Vectors;
use super::super::weights::{Draft, Weights};
use super::multipliers::{Multipliers, RIVALS, Standing, keep_highest, water_level};
use super::shown::Shown;
use super::{Learner, Lesson, Target};

/// Largest number of dense weights: 128 MiB.
const DENSE_WEIGHTS: usize = 1 << 25;
/// A feature of at least so many questions gets a dense row, if there is room.
const FREQUENT: u32 = 3;

pub(super) struct Dense<'a> {
    targets: &'a [Target],
    classes: usize,
    weights: Draft,
    examples: Examples,
    multipliers: Multipliers,
    rare: Rare,
    scores: Vec<f32>,
    rivals: Vec<(f32, u32)>,
}

/// The chosen questions, divided by how their features are stored.
#[derive(Default)]
struct Examples {
    /// Starts of dense rows.
    frequent: Vectors,
    rare: Vectors,
    squares: Vec<Squares>,
}

/// What a question is like itself.
#[derive(Clone, Copy, Default)]
struct Squares {
    all: f32,
    /// By features that another chosen question shows, too.
    shared: f32,
}

/// Questions that show each rare feature.
struct Rare {
    shown: Shown,
    /// Likeness of the message to each question by rare features; all 0 between messages.
    likeness: Vec<f32>,
    touched: Vec<u32>,
}

impl<'a> Dense<'a> {
    pub(super) fn new(lesson: &Lesson<'a>, chosen: &[u32], cost: f32) -> Self {
        let &Lesson { vectors, targets, classes, features, .. } = lesson;
        let mut frequency = vec![0u32; features];
        for &question in chosen {
            for &(feature, _) in vectors.get(question as usize) {
                frequency[feature as usize] += 1;
            }
        }
        let frequent = frequent_from(&frequency, classes);
        let weights = Draft::new(classes, features, |feature| frequency[feature] >= frequent);
        let rare = Rare::new(vectors, chosen, &weights);
        let mut examples = Examples::default();
        for question in 0..vectors.len() {
            examples.push(vectors.get(question), &frequency, &weights);
        }
        Dense {
            targets,
            classes,
            weights,
            examples,
            multipliers: Multipliers::new(vectors.len(), cost),
            rare,
            scores: Vec::new(),
            rivals: Vec::new(),
        }
    }

    /// Scores of a question but for what only itself shows.
    fn score(&mut self, question: usize) {
        self.weights.score(self.examples.frequent.get(question), &mut self.scores);
        for &(feature, value) in self.examples.rare.get(question) {
            self.rare.touch(feature, value);
        }
        for &question in &self.rare.touched {
            let likeness = std::mem::take(&mut self.rare.likeness[question as usize]);
            for &(class, multiplier) in self.multipliers.of(question) {
                self.scores[class as usize] += multiplier * likeness;
            }
        }
        self.rare.touched.clear();
    }

    /// What the classes score for a question when it takes its own multipliers back.
    fn take_back(&mut self, question: usize, squares: Squares, target: Target) -> (f32, f32) {
        for &(class, multiplier) in self.multipliers.of(question as u32) {
            self.scores[class as usize] -= squares.shared * multiplier;
        }
        let volume = squares.all * self.multipliers.cost();
        let own = self.scores[target.class as usize] - 1.0 + volume;
        self.scores[target.class as usize] = f32::MIN;
        (own, volume)
    }

    /// Writes the lists of the rare features.
    pub(super) fn finish(mut self) -> Weights {
        let mut sums: Vec<(u32, f32)> = Vec::new();
        self.multipliers.sort();
        let features = self.weights.features() as u32;
        let mut weights = Weights::from(self.weights);
        for feature in 0..features {
            let shown = self.rare.shown.by(feature);
            sums.clear();
            for &(question, value) in shown {
                for &(class, multiplier) in self.multipliers.of(question) {
                    sums.push((class, multiplier * value));
                }
            }
            if shown.len() > 1 {
                sums.sort_by_key(|sum| sum.0);
            }
            weights.push_list(&sums);
        }
        weights
    }
}

impl Learner for Dense<'_> {
    fn improve(&mut self, question: usize) -> bool {
        let (squares, target) = (self.examples.squares[question], self.targets[question]);
        if squares.all <= 0.0 {
            return false;
        }
        self.score(question);
        let (own, volume) = self.take_back(question, squares, target);
        let scores = &self.scores[..self.classes];
        collect_rivals(self.weights.lanes, scores, target, (own, volume), &mut self.rivals);
        let standing = Standing { target, own, volume, rivals: &self.rivals };
        let change = self.multipliers.rebalance(question, &standing);
        if change.is_empty() {
            return false;
        }
        for &(start, value) in self.examples.frequent.get(question) {
            self.weights.add_to_row(start, value, change);
        }
        true
    }
}

impl Examples {
    fn push(&mut self, vector: &[(u32, f32)], frequency: &[u32], weights: &Draft) {
        let mut squares = Squares::default();
        self.frequent.open();
        self.rare.open();
        for &(feature, value) in vector {
            squares.all += value * value;
            if let Some(start) = weights.row_start(feature) {
                self.frequent.entries.push((start as u32, value));
            } else if frequency[feature as usize] > 1 {
                self.rare.entries.push((feature, value));
            } else {
                continue;
            }
            squares.shared += value * value;
        }
        self.squares.push(squares);
    }
}

/// Collects the classes that can hold a multiplier beside the own one, highest first.
fn collect_rivals(
    lanes: Lanes,
    scores: &[f32],
    target: Target,
    (own, volume): (f32, f32),
    rivals: &mut Vec<(f32, u32)>,
) {
    rivals.clear();
    if let Some(only) = target.against {
        rivals.push((scores[only as usize], only));
        return;
    }
    let least = least_height(own, scores, volume);
    // From the own class on: while all scores are alike, others come first for every class, and none for all.
    let (before, after) = scores.split_at(target.class as usize);
    lanes.above(least, after, target.class, rivals);
    lanes.above(least, before, 0, rivals);
    keep_highest(rivals);
}

/// A height that all classes exceed that can hold a multiplier, judged by some of the highest scores: what some of
/// the heights give as a level is never above that of all.
fn least_height(own: f32, scores: &[f32], volume: f32) -> f32 {
    let mut some = tops(scores);
    some.sort_unstable_by(|one, two| two.total_cmp(one));
    let last = some[RIVALS - 2];
    let level = water_level(some[..RIVALS - 1].iter().copied(), own, volume);
    level.max(last.next_down())
}

/// From which frequency on a feature gets a dense row.
fn frequent_from(frequency: &[u32], classes: usize) -> u32 {
    let rows = DENSE_WEIGHTS / classes.next_multiple_of(LANES).max(1);
    let mut from = FREQUENT;
    while frequency.iter().filter(|&&frequency| frequency >= from).count() > rows {
        from = from.saturating_mul(2);
    }
    from
}

impl Rare {
    fn new(vectors: &Vectors, chosen: &[u32], weights: &Draft) -> Self {
        let rare = |feature| weights.row_start(feature).is_none();
        let shown = Shown::new(vectors, chosen.iter().copied(), weights.features(), rare);
        Rare { shown, likeness: vec![0.0; vectors.len()], touched: Vec::new() }
    }

    fn touch(&mut self, feature: u32, value: f32) {
        for &(question, shown) in self.shown.by(feature) {
            let likeness = &mut self.likeness[question as usize];
            if *likeness == 0.0 {
                self.touched.push(question);
            }
            *likeness += value * shown;
        }
    }
}
