//! Learning where classes are many: a question is measured against its neighbours only.

use super::super::weights::Weights;
use super::multipliers::{Multipliers, Standing, keep_highest};
use super::neighbours::Neighbours;
use super::{Learner, Lesson, Target};

pub(super) struct Near<'a> {
    targets: &'a [Target],
    neighbours: &'a Neighbours,
    /// The class of what belongs to no rule is a rival of every question.
    nothing: Option<u32>,
    squares: Vec<f32>,
    multipliers: Multipliers,
    classes: usize,
    /// Scores of the classes that neighbours speak for; all 0 between questions.
    scores: Vec<f32>,
    rivals: Vec<(f32, u32)>,
}

impl<'a> Near<'a> {
    pub(super) fn new(lesson: &Lesson<'a>, neighbours: &'a Neighbours, cost: f32) -> Self {
        let square = |question| lesson.vectors.get(question).iter().map(|entry| entry.1 * entry.1).sum();
        let questions = lesson.vectors.len();
        Near {
            targets: lesson.targets,
            neighbours,
            nothing: lesson.nothing,
            squares: (0..questions).map(square).collect(),
            multipliers: Multipliers::new(questions, cost),
            classes: lesson.classes,
            scores: vec![0.0; lesson.classes],
            rivals: Vec::new(),
        }
    }

    fn for_each_held(&mut self, question: usize, mut each: impl FnMut(&mut f32, f32)) {
        for &(other, likeness) in self.neighbours.of(question) {
            for &(class, multiplier) in self.multipliers.of(other) {
                each(&mut self.scores[class as usize], multiplier * likeness);
            }
        }
    }

    /// The classes of the neighbours but the own one, highest first.
    fn collect_rivals(&mut self, question: usize, target: Target) {
        self.rivals.clear();
        let near = self.neighbours.of(question).iter().map(|&(other, _)| self.targets[other as usize].class);
        let any = |class: &u32| target.against.is_none() && *class != target.class;
        for class in target.against.into_iter().chain(near.chain(self.nothing).filter(any)) {
            if self.rivals.iter().all(|rival| rival.1 != class) {
                self.rivals.push((self.scores[class as usize], class));
            }
        }
        keep_highest(&mut self.rivals);
    }

    /// The weights of all features.
    pub(super) fn finish(self) -> Weights {
        let mut weights = Weights::new(self.classes);
        let mut sums = self.scores;
        let mut classes: Vec<u32> = Vec::new();
        let shown = &self.neighbours.shown;
        for feature in 0..shown.features() as u32 {
            for &(question, value) in shown.by(feature) {
                for &(class, multiplier) in self.multipliers.of(question) {
                    if sums[class as usize] == 0.0 {
                        classes.push(class);
                    }
                    sums[class as usize] += multiplier * value;
                }
            }
            classes.sort_unstable();
            classes.dedup();
            weights.push(&sums, &classes);
            classes.drain(..).for_each(|class| sums[class as usize] = 0.0);
        }
        weights
    }
}

impl Learner for Near<'_> {
    fn improve(&mut self, question: usize) -> bool {
        let square = self.squares[question];
        if square <= 0.0 {
            return false;
        }
        let target = self.targets[question];
        let volume = square * self.multipliers.cost();
        self.for_each_held(question, |score, part| *score += part);
        self.collect_rivals(question, target);
        let own = self.scores[target.class as usize] - 1.0 + volume;
        self.for_each_held(question, |score, _| *score = 0.0);
        let standing = Standing { target, own, volume, rivals: &self.rivals };
        !self.multipliers.rebalance(question, &standing).is_empty()
    }
}
