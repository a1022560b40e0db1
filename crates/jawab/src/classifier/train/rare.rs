//! The rare features: their weights are computed from the few questions that show them.

use std::cmp::Ordering;

use super::super::vectors::Vectors;
use super::super::weights::{Draft, Lists};
use super::Target;
use super::multipliers::Multipliers;
use super::shown::Shown;

/// The chosen questions that show each rare feature.
pub(super) struct Rare {
    shown: Shown,
    /// Likeness of a question to each by rare features; all 0 between questions.
    likeness: Vec<f32>,
    /// Questions that share rare features with the one at hand, and how like they are by them.
    near: Vec<(u32, f32)>,
    /// The same for every question, where it is kept.
    met: Option<Vectors>,
}

impl Rare {
    pub(super) fn new(vectors: &Vectors, chosen: &[u32], weights: &Draft) -> Self {
        let rare = |feature| weights.row_start(feature).is_none();
        let shown = Shown::new(vectors, chosen.iter().copied(), weights.features(), rare);
        Rare { shown, likeness: vec![0.0; vectors.len()], near: Vec::new(), met: None }
    }

    /// Finds the questions near each one once, for all rounds. For rare features that at most two questions share: a question
    /// then has no more neighbours than features, so that memory stays bounded.
    pub(super) fn meet(&mut self, vectors: &Vectors) {
        let mut met = Vectors::with_room(vectors.len(), vectors.entries.len());
        for question in 0..vectors.len() {
            self.find(vectors.get(question));
            met.push(&self.near);
        }
        self.met = Some(met);
    }

    /// The questions that share rare features with a question, it itself among them, and how like they are by them.
    pub(super) fn near(&mut self, vectors: &Vectors, question: usize) -> &[(u32, f32)] {
        if self.met.is_none() {
            self.find(vectors.get(question));
        }
        self.met.as_ref().map_or(&self.near, |met| met.get(question))
    }

    fn find(&mut self, vector: &[(u32, f32)]) {
        let Rare { shown, likeness, near, .. } = self;
        near.clear();
        for &(feature, value) in vector {
            for &(question, shown) in shown.by(feature) {
                let likeness = &mut likeness[question as usize];
                if *likeness == 0.0 {
                    near.push((question, 0.0));
                }
                *likeness += value * shown;
            }
        }
        for (question, near) in near {
            *near = std::mem::take(&mut likeness[*question as usize]);
        }
    }

    /// The weights of each rare feature; with [`Target::familiar`] where `familiar` says so.
    pub(super) fn lists(&self, multipliers: &Multipliers, targets: &[Target], familiar: bool) -> Lists {
        let room = self.shown.all().map(|question| multipliers.of(question).len() + 1).sum();
        let mut lists = Lists::with_room(room);
        let (mut list, mut told): (Vec<(u32, f32)>, Vec<Target>) = (Vec::new(), Vec::new());
        for feature in 0..self.shown.features() {
            list.clear();
            told.clear();
            for &(question, value) in self.shown.by(feature) {
                let held = multipliers.of(question).iter();
                list.extend(held.map(|&(class, multiplier)| (class, multiplier * value)));
                told.push(targets[question as usize]);
            }
            told.retain(|target| familiar && target.familiar > 0.0);
            told.sort_unstable_by(strongest_first);
            told.dedup_by_key(|target| target.class);
            list.extend(told.iter().map(|target| (target.class, target.familiar)));
            list.sort_by_key(|weight| weight.0);
            lists.push(&list);
        }
        lists
    }
}

/// By class; of each, the example first that makes it familiar most.
pub(super) fn strongest_first(one: &Target, two: &Target) -> Ordering {
    one.class.cmp(&two.class).then(two.familiar.total_cmp(&one.familiar))
}
