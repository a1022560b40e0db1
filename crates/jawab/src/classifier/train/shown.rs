//! The questions that show each feature.

use super::super::vectors::Vectors;

/// Questions by feature, each with the value that the feature has in it.
#[derive(Debug)]
pub(super) struct Shown {
    /// Where the questions of a feature start; one more at the end.
    starts: Vec<u32>,
    questions: Vec<(u32, f32)>,
}

impl Shown {
    /// Of the chosen questions and of those features that `wanted` tells.
    pub(super) fn new(
        vectors: &Vectors,
        chosen: impl Iterator<Item = u32> + Clone,
        features: usize,
        wanted: impl Fn(u32) -> bool,
    ) -> Self {
        let mut starts = vec![0u32; features + 1];
        for question in chosen.clone() {
            for &(feature, _) in vectors.get(question as usize) {
                starts[feature as usize + 1] += u32::from(wanted(feature));
            }
        }
        for feature in 0..features {
            starts[feature + 1] += starts[feature];
        }
        let mut next = starts.clone();
        let mut questions = vec![(0, 0.0); starts[features] as usize];
        for question in chosen {
            for &(feature, value) in vectors.get(question as usize) {
                if wanted(feature) {
                    let at = &mut next[feature as usize];
                    questions[*at as usize] = (question, value);
                    *at += 1;
                }
            }
        }
        Shown { starts, questions }
    }

    /// How many features there are.
    pub(super) fn features(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    /// All questions, as often as they show a feature.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> {
        self.questions.iter().map(|shown| shown.0)
    }

    /// The questions that show a feature, in their order.
    pub(super) fn by(&self, feature: u32) -> &[(u32, f32)] {
        let feature = feature as usize;
        &self.questions[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }
}
