//! Cross-validation on the questions themselves: how sure the classifier is where it is right, where it is wrong,
//! and where the class of the message is not there at all.

use super::calibration::{Evidence, Trial};
use super::corpus::Corpus;
use super::features::{Features, coverage};
use super::gram::Block;
use super::questions::{Marks, Questions};
use super::reading::{Role, Sample};
use super::scores::Scores;
use super::softmax::Shares;
use super::train::{Effort, Lesson, train};
use super::weights::Weights;

/// Parts that the questions are divided into, each left out once with a part of the classes.
const FOLDS: usize = 3;
/// Where there are more examples, one part is left out instead of each: there are enough trials without.
pub(super) const ENOUGH: usize = 4_000;
/// Trials that are enough to calibrate on; of more, every second or third … is used.
const TRIALS: usize = 9_000;

/// What all folds share.
pub(super) struct Material<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) features: &'a Features,
    pub(super) questions: &'a Questions,
    pub(super) lesson: Lesson<'a>,
    /// Classes, the one of nothing not counted.
    pub(super) classes: usize,
}

/// Trials from all folds.
pub(super) fn trials(material: &Material, effort: Effort) -> Vec<Trial> {
    let mut trials = Vec::new();
    let folds = if material.corpus.samples.len() > ENOUGH { 1 } else { FOLDS };
    for fold in 0..folds {
        Fold::new(material, fold, effort).run(TRIALS / folds, &mut trials);
    }
    trials
}

struct Fold<'a> {
    material: &'a Material<'a>,
    /// Whether an example was learned from.
    learned: Vec<bool>,
    /// Whether a class has an example that was learned from.
    present: Vec<bool>,
    /// Whether a feature is in an example that was learned from.
    seen: Vec<bool>,
    weights: Weights,
}

#[derive(Default)]
struct Buffers {
    vector: Vec<(u32, f32)>,
    scores: Scores,
    marks: Marks,
}

/// Whether an example takes part in training; whole classes stay out, and of the others some examples.
fn learns(sample: &Sample, number: usize, fold: usize) -> bool {
    match sample.role {
        Role::Question(class) => class as usize % FOLDS != fold && (number + class as usize) % FOLDS != fold,
        Role::Name(class) => class as usize % FOLDS != fold,
        Role::Nothing | Role::Not(_) => number % FOLDS != fold,
    }
}

impl<'a> Fold<'a> {
    fn new(material: &'a Material<'a>, fold: usize, effort: Effort) -> Self {
        let samples = &material.corpus.samples;
        let learned: Vec<bool> =
            samples.iter().enumerate().map(|(number, sample)| learns(sample, number, fold)).collect();
        let chosen: Vec<u32> = (0..samples.len() as u32).filter(|&number| learned[number as usize]).collect();
        let mut present = vec![false; material.lesson.classes];
        let mut seen = vec![false; material.features.len()];
        for &number in &chosen {
            present[material.lesson.targets[number as usize].class as usize] = true;
            for entry in material.corpus.bag(&samples[number as usize]) {
                seen[entry.feature as usize] = true;
            }
        }
        let weights = train(&material.lesson, &chosen, effort);
        Fold { material, learned, present, seen, weights }
    }

    /// Tries about as many of the examples that were left out as are `enough`.
    fn run(&self, enough: usize, trials: &mut Vec<Trial>) {
        let out = || self.material.corpus.samples.iter().zip(&self.learned).filter(|sample| !sample.1);
        let step = (out().count() / enough).max(1);
        let mut buffers = Buffers::default();
        for (sample, _) in out().step_by(step) {
            let truth = match sample.role {
                Role::Question(class) => Some(class),
                Role::Nothing => None,
                Role::Name(_) | Role::Not(_) => continue,
            };
            let truth = truth.filter(|&class| self.present[class as usize]);
            trials.extend(self.trial(sample, truth, &mut buffers));
        }
    }

    fn trial(&self, sample: &Sample, truth: Option<u32>, buffers: &mut Buffers) -> Option<Trial> {
        let Material { corpus, features, questions, classes, .. } = self.material;
        let Buffers { vector, scores, marks } = buffers;
        let bag = corpus.bag(sample);
        features.vector(bag, [0; Block::COUNT], |feature| self.seen[feature as usize], vector);
        if vector.is_empty() {
            return None;
        }
        scores.fill(&self.weights, vector);
        let there = |class: u32| self.present[class as usize];
        for (value, _) in scores.values.iter_mut().zip(&scores.classes).filter(|score| !there(*score.1)) {
            *value = f32::MIN;
        }
        let scored = scores.values.iter().zip(&scores.classes);
        let (&score, &class) = scored
            .filter(|&(_, &class)| (class as usize) < *classes && there(class))
            .reduce(|best, one| if one.0 > best.0 { one } else { best })?;
        let shares = Shares::of(&scores.values);
        let (mut known, mut worth, mut mass) = (0.0f32, 0.0f32, 0.0f32);
        for entry in bag.iter().take_while(|entry| entry.block == Block::Word) {
            let feature = entry.feature as usize;
            let count = entry.count();
            worth += count * features.worth[feature];
            known += if self.seen[feature] { count * features.worth[feature] } else { 0.0 };
            mass += features.idf[feature];
        }
        marks.mark(bag, features);
        let nearest = questions.nearest(class, marks, mass, |number| self.learned[number])?;
        let evidence = Evidence {
            share: shares.share(score),
            score: f64::from(score),
            coverage: coverage(known, worth),
            contrary: sample.signs.negates != questions.list[nearest.question as usize].signs.negates,
        };
        Some(Trial { evidence, in_scope: truth.is_some(), right: truth == Some(class) })
    }
}
