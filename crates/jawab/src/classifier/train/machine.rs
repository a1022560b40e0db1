//! Holds the multipliers of all questions and finds better ones, question by question.
//!
//! Frequent features have their weights written out; those of rare ones are computed from the few questions that show
//! them, so that memory grows with the questions and not with features times classes.

use super::super::lanes::LANES;
use super::super::vectors::Vectors;
use super::super::weights::{Draft, NONE, Weights};
use super::contenders::Contenders;
use super::multipliers::{Multipliers, Standing};
use super::rare::{Rare, strongest_first};
use super::rivals::{among, of_all, of_highest};
use super::{Lesson, Target};
use crate::parallel::join;

/// Largest number of dense weights: 128 MiB.
const DENSE_WEIGHTS: usize = 1 << 25;
/// A feature of at least so many questions gets a dense row, if there is room.
const FREQUENT: u32 = 3;
/// The same where classes are many: the rarer features must tell which of them to score.
const FREQUENT_OF_MANY: u32 = 100;

/// From so many examples on, [`Target::familiar`] counts. In cross-validation smaller rule sets gain nothing by it, and
/// their thresholds move.
const FAMILIAR_FROM: usize = 300;

pub(super) struct Machine<'a> {
    targets: &'a [Target],
    contenders: Option<&'a Contenders>,
    classes: usize,
    weights: Draft,
    examples: Examples,
    multipliers: Multipliers,
    rare: Rare,
    scores: Vec<f32>,
    rivals: Vec<(f32, u32)>,
    /// Classes that are scored beside the own one, where not all are.
    scored: Vec<u32>,
}

/// The chosen questions, divided by how their features are stored.
struct Examples {
    /// Starts of dense rows.
    frequent: Vectors,
    rare: Vectors,
    squares: Vec<Squares>,
}

/// The square of a question's length: its likeness to itself.
#[derive(Clone, Copy, Default)]
struct Squares {
    all: f32,
    /// Of the features that another chosen question shows, too.
    shared: f32,
}

impl<'a> Machine<'a> {
    pub(super) fn new(lesson: &Lesson<'a>, chosen: &[u32], cost: f32) -> Self {
        let &Lesson { vectors, targets, classes, features, contenders } = lesson;
        let mut frequency = vec![0u32; features];
        for &question in chosen {
            for &(feature, _) in vectors.get(question as usize) {
                frequency[feature as usize] += 1;
            }
        }
        let least = if contenders.is_some() { FREQUENT_OF_MANY } else { FREQUENT };
        let frequent = frequent_from(&frequency, classes, least);
        let weights = Draft::new(classes, features, |feature| frequency[feature] >= frequent);
        let mut rare = Rare::new(vectors, chosen, &weights);
        let mut examples = Examples::with_room(vectors);
        for question in 0..vectors.len() {
            examples.push(vectors.get(question), &frequency, &weights);
        }
        if frequent == FREQUENT {
            rare.meet(&examples.rare);
        }
        Machine {
            targets,
            contenders,
            classes,
            weights,
            examples,
            multipliers: Multipliers::new(vectors.len(), cost),
            rare,
            scores: Vec::new(),
            rivals: Vec::new(),
            scored: Vec::new(),
        }
    }

    /// Finds the best multipliers of one question, all others fixed; whether they changed.
    pub(super) fn improve(&mut self, question: usize) -> bool {
        let (squares, target) = (self.examples.squares[question], self.targets[question]);
        if squares.all <= 0.0 {
            return false;
        }
        self.score(question, target);
        let (own, volume) = self.take_back(question, squares, target);
        self.find_rivals(target, own, volume);
        let standing = Standing { target, own, volume, rivals: &self.rivals };
        let change = self.multipliers.rebalance(question, &standing);
        for &(start, value) in self.examples.frequent.get(question) {
            self.weights.add_to_row(start, value, change);
        }
        !change.is_empty()
    }

    /// Scores a question by the features that other chosen questions show, too: for all classes, or for its own, the
    /// contenders and those that its rarer features speak for.
    fn score(&mut self, question: usize, target: Target) {
        let frequent = self.examples.frequent.get(question);
        self.scores.clear();
        self.scores.resize(self.weights.width(), 0.0);
        let Some(contenders) = self.contenders else {
            self.weights.add_rows(frequent, &mut self.scores);
            self.score_rare(question);
            return;
        };
        self.score_rare(question);
        self.collect_scored(contenders.of(question), target.class);
        let frequent = self.examples.frequent.get(question);
        for &class in self.scored.iter().chain([&target.class]) {
            self.scores[class as usize] += self.weights.score_of(frequent, class);
        }
    }

    /// Collects the contenders and the classes that the rarer features speak most for, but the own one.
    fn collect_scored(&mut self, contenders: &[u32], own: u32) {
        let Machine { scored, scores, rivals, .. } = self;
        of_highest(self.weights.lanes, &scores[..self.classes], rivals);
        scored.clear();
        let speaking = rivals.iter().map(|rival| rival.1);
        scored.extend(speaking.chain(contenders.iter().copied()).filter(|&class| class != own));
        scored.sort_unstable();
        scored.dedup();
    }

    fn score_rare(&mut self, question: usize) {
        let Machine { rare, examples, multipliers, scores, .. } = self;
        for &(near, likeness) in rare.near(&examples.rare, question) {
            for &(class, multiplier) in multipliers.of(near) {
                scores[class as usize] += multiplier * likeness;
            }
        }
    }

    fn find_rivals(&mut self, target: Target, own: f32, volume: f32) {
        let scores = &self.scores[..self.classes];
        match (target.against, self.contenders) {
            (Some(only), _) => among(&[only], scores, &mut self.rivals),
            (_, Some(_)) => among(&self.scored, scores, &mut self.rivals),
            _ => of_all(self.weights.lanes, scores, target.class, (own, volume), &mut self.rivals),
        }
    }

    /// Takes the question's own multipliers out of the scores, and its class out of the rivals. Returns the `own` and the
    /// `volume` of [`Standing`].
    fn take_back(&mut self, question: usize, squares: Squares, target: Target) -> (f32, f32) {
        for &(class, multiplier) in self.multipliers.of(question as u32) {
            self.scores[class as usize] -= squares.shared * multiplier;
        }
        let volume = squares.all * self.multipliers.cost();
        let own = self.scores[target.class as usize] - 1.0 + volume;
        self.scores[target.class as usize] = f32::MIN;
        (own, volume)
    }

    /// Makes every class familiar with what its chosen questions show, and writes the lists of the rare features.
    pub(super) fn finish(self, chosen: &[u32]) -> Weights {
        let Machine { targets, weights, examples, mut multipliers, rare, .. } = self;
        let familiar = targets.len() >= FAMILIAR_FROM;
        multipliers.sort();
        let lists = || rare.lists(&multipliers, targets, familiar);
        let rows = || {
            let told = if familiar { chosen } else { &[] };
            familiar_with(told, targets, &examples.frequent, weights).finish()
        };
        let (lists, rows) = join(lists, rows);
        rows.with(lists)
    }
}

/// Adds [`Target::familiar`] to the rows of the frequent features: for each class once, from the question of it that shows
/// the feature and has the highest.
fn familiar_with(chosen: &[u32], targets: &[Target], frequent: &Vectors, mut weights: Draft) -> Draft {
    let target = |question: u32| targets[question as usize];
    let familiar = |question: &u32| target(*question).familiar > 0.0;
    let mut by_class: Vec<u32> = chosen.iter().copied().filter(familiar).collect();
    by_class.sort_unstable_by(|&one, &two| strongest_first(&target(one), &target(two)).then(one.cmp(&two)));
    // Class that each row was made familiar with last.
    let mut last = vec![NONE; weights.rows()];
    for question in by_class {
        let Target { class, familiar, .. } = target(question);
        for &(start, _) in frequent.get(question as usize) {
            let last = &mut last[start as usize / weights.width()];
            if std::mem::replace(last, class) != class {
                weights.add_to_row(start, familiar, &[(class, 1.0)]);
            }
        }
    }
    weights
}

impl Examples {
    fn with_room(vectors: &Vectors) -> Self {
        let room = || Vectors::with_room(vectors.len(), vectors.entries.len());
        Examples { frequent: room(), rare: room(), squares: Vec::with_capacity(vectors.len()) }
    }

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

/// From which frequency on a feature gets a dense row.
fn frequent_from(frequency: &[u32], classes: usize, least: u32) -> u32 {
    let rows = DENSE_WEIGHTS / classes.next_multiple_of(LANES).max(1);
    let mut frequent: Vec<u32> = frequency.iter().copied().filter(|&questions| questions >= least).collect();
    if frequent.len() <= rows {
        return least;
    }
    *frequent.select_nth_unstable_by(rows, |one, two| two.cmp(one)).1 + 1
}
