//! Examples in order, over numbered features.

use std::collections::BTreeMap;

use super::features::{BlockWeights, Entry, Features, weights};
use super::gram::Block;
use super::reading::{Reading, Role, Sample};
use super::train::Target;
use super::vectors::Vectors;
use super::vocabulary::Vocabulary;

/// Examples as bags of features, sorted by class and then by what they say, each once.
#[derive(Debug)]
pub(super) struct Corpus {
    pub(super) samples: Vec<Sample>,
    entries: Vec<Entry>,
}

/// Where classes are many, a piece, sequence or pair that so many of them show is left out: its weights would be most of
/// all, and on CLINC150's validation part it gave no class its messages.
const WIDESPREAD: u32 = 35;

/// What a feature of an example says for its class. Chosen with five and ten questions a class on the rest of the training
/// parts of CLINC150 and HWU64: 0.04 to 0.06 are alike.
const FAMILIAR: f32 = 0.05;
/// The same for what a rule is called, chosen in the same way: 0.1 to 0.15 are alike.
const CALLED: f32 = 0.12;

impl Corpus {
    /// The settled examples, with their features numbered by first occurrence.
    pub(super) fn new(reading: &Reading) -> (Self, Vocabulary) {
        let mut vocabulary = Vocabulary::default();
        let mut corpus = Corpus { samples: Vec::with_capacity(reading.samples.len()), entries: Vec::new() };
        for sample in &reading.samples {
            let start = corpus.entries.len();
            let shown = reading.shown(sample).iter();
            corpus
                .entries
                .extend(shown.map(|shown| Entry::new(vocabulary.count(shown), shown.block, shown.count)));
            corpus.samples.push(Sample { shown: start..corpus.entries.len(), ..sample.clone() });
        }
        (corpus, vocabulary)
    }

    /// Features of an example.
    pub(super) fn bag(&self, sample: &Sample) -> &[Entry] {
        &self.entries[sample.shown.clone()]
    }

    /// How much each block counts, with so many classes.
    pub(super) fn weights(&self, classes: usize, paired: bool) -> BlockWeights {
        weights(self.samples.len(), classes, paired, |block| self.agreement(block))
    }

    /// How far the questions of a class have the same feature in a block of one feature each, beyond chance, at most 1
    /// (Krippendorff's alpha for names: Krippendorff 2004, "Content Analysis", chapter 11).
    fn agreement(&self, block: Block) -> f32 {
        let classes = self.samples.chunk_by(|one, two| one.role == two.role);
        let several =
            classes.filter(|class| matches!(class, [Sample { role: Role::Question(_), .. }, _, ..]));
        let (mut together, mut alone, mut all) = (0.0, 0, Counts::new());
        for class in several {
            let counts = self.counts(class, block);
            together += alike(&counts) / (class.len() - 1) as f64;
            alone += class.len();
            counts.into_iter().for_each(|(feature, count)| *all.entry(feature).or_default() += count);
        }
        let observed = together / alone.max(1) as f64;
        let expected = alike(&all) / (alone * alone.saturating_sub(1)).max(1) as f64;
        if expected < 1.0 { ((observed - expected) / (1.0 - expected)) as f32 } else { 0.0 }
    }

    /// How many of these examples show each feature of a block.
    fn counts(&self, samples: &[Sample], block: Block) -> Counts {
        let mut counts = Counts::new();
        let entries = samples.iter().flat_map(|sample| self.bag(sample));
        entries
            .filter(|entry| entry.block == block)
            .for_each(|entry| *counts.entry(entry.feature).or_default() += 1);
        counts
    }

    /// All examples as vectors over the features that `kept` tells.
    pub(super) fn vectors(&self, features: &Features, kept: impl Fn(u32) -> bool) -> Vectors {
        let mut vectors = Vectors::with_room(self.samples.len(), self.entries.len());
        let mut vector = Vec::new();
        for sample in &self.samples {
            features.vector(self.bag(sample), [0; Block::COUNT], &kept, &mut vector);
            vectors.push(&vector);
        }
        vectors
    }

    /// Whether each feature tells classes apart where they are many: words do, and what few classes show.
    pub(super) fn telling(&self, features: usize) -> Vec<bool> {
        let mut seen = vec![(None, 0); features];
        let mut telling = vec![true; features];
        for sample in &self.samples {
            let Role::Question(class) = sample.role else { continue };
            for entry in self.bag(sample).iter().filter(|entry| entry.block != Block::Word) {
                let (last, classes) = &mut seen[entry.feature as usize];
                *classes += u32::from(last.replace(class) != Some(class));
                telling[entry.feature as usize] = *classes < WIDESPREAD;
            }
        }
        telling
    }

    /// What every example must end in. `nothing` is the class of what belongs to no class.
    pub(super) fn targets(&self, nothing: u32) -> Vec<Target> {
        let target = |sample: &Sample| match sample.role {
            Role::Question(class) => Target { class, against: None, familiar: FAMILIAR },
            Role::Name(class) => Target { class, against: None, familiar: CALLED },
            Role::Nothing => Target { class: nothing, against: None, familiar: FAMILIAR },
            Role::Not(class) => Target { class: nothing, against: Some(class), familiar: 0.0 },
        };
        self.samples.iter().map(target).collect()
    }
}

/// Examples by feature.
type Counts = BTreeMap<u32, u64>;

/// Ordered pairs of examples that show the same feature.
fn alike(counts: &Counts) -> f64 {
    counts.values().map(|&count| (count * count.saturating_sub(1)) as f64).sum()
}
