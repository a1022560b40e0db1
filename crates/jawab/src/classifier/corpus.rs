//! Questions on their way into a model.

use std::collections::BTreeMap;
use std::ops::Range;

use super::features::{Bag, Entry, Features, weights};
use super::gram::{Block, Wording};
use super::train::Target;
use super::vectors::Vectors;
use super::vocabulary::Vocabulary;

/// Questions as bags of features, sorted by class and then by what they say, each once.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    pub(super) samples: Vec<Sample>,
    pub(super) entries: Vec<Entry>,
}

/// One question or negative example.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) id: u32,
    pub(super) role: Role,
    pub(super) negates: bool,
    pub(super) sequence: u64,
    entries: Range<usize>,
}

/// Where classes are many, a piece, sequence or pair that so many of them show is left out: its weights would be most of
/// all, and on CLINC150's validation part it gave no class its messages.
const WIDESPREAD: u32 = 35;

/// What an example is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A question of a class.
    Question(u32),
    /// What a class is called: speaks for it as a question does, but nobody writes it.
    Name(u32),
    /// A message that no class may have.
    Nothing,
    /// A message that one class may not have.
    Not(u32),
}

/// What a feature of an example says for its class. Chosen with five and ten questions a class on the rest of the training
/// parts of CLINC150 and HWU64: 0.04 to 0.06 are alike.
const FAMILIAR: f32 = 0.05;
/// The same for what a rule is called, chosen in the same way: 0.1 to 0.15 are alike.
const CALLED: f32 = 0.12;

/// From so many questions on a rule says itself what it is about, better than its name does.
const NAMED_BELOW: usize = 20;

impl Corpus {
    /// Adds an example; one without words is of no use and left out.
    pub(super) fn add<W: Wording>(
        &mut self,
        id: u32,
        role: Role,
        words: &W,
        vocabulary: &mut Vocabulary,
        bag: &mut Bag,
    ) {
        vocabulary.learn(words, bag);
        if bag.entries.is_empty() {
            return;
        }
        let start = self.entries.len();
        self.entries.extend_from_slice(&bag.entries);
        let entries = start..self.entries.len();
        self.samples.push(Sample { id, role, negates: bag.negates, sequence: bag.sequence, entries });
    }

    /// Features of an example.
    pub(super) fn bag(&self, sample: &Sample) -> &[Entry] {
        &self.entries[sample.entries.clone()]
    }

    /// Gives the rules that have questions numbers from 0 on, in the order of their ranks; returns them by number.
    pub(super) fn number_classes(&mut self, rank: impl Fn(u32) -> u32) -> Vec<u32> {
        let question =
            |sample: &Sample| if let Role::Question(rule) = sample.role { Some(rule) } else { None };
        let mut rules: Vec<u32> = self.samples.iter().filter_map(question).collect();
        rules.sort_unstable_by_key(|&rule| rank(rule));
        rules.dedup();
        self.samples.retain_mut(|sample| {
            if let Role::Question(rule) | Role::Name(rule) | Role::Not(rule) = &mut sample.role {
                let class = rules.binary_search_by_key(&rank(*rule), |&rule| rank(rule));
                *rule = class.unwrap_or_default() as u32;
                return class.is_ok();
            }
            true
        });
        rules
    }

    /// Drops the names of classes that have questions enough.
    pub(super) fn drop_names(&mut self, classes: usize) {
        let mut questions = vec![0; classes];
        for sample in &self.samples {
            if let Role::Question(class) = sample.role {
                questions[class as usize] += 1;
            }
        }
        let helps = |role| !matches!(role, Role::Name(class) if questions[class as usize] >= NAMED_BELOW);
        self.samples.retain(|sample| helps(sample.role));
    }

    /// Sorts, drops repeated examples, and numbers the features by first occurrence, so that the order in which
    /// examples were added does not matter.
    pub(super) fn settle(&mut self, mut vocabulary: Vocabulary, classes: usize) -> Features {
        self.samples.sort_by_key(|sample| (sample.role, sample.sequence, sample.id));
        self.samples.dedup_by_key(|sample| (sample.role, sample.sequence));
        let mut numbers = vec![u32::MAX; vocabulary.len()];
        let mut next = 0;
        for sample in &self.samples {
            for entry in &mut self.entries[sample.entries.clone()] {
                let number = &mut numbers[entry.feature as usize];
                if *number == u32::MAX {
                    *number = next;
                    next += 1;
                }
                entry.feature = *number;
            }
        }
        vocabulary.renumber(&numbers);
        for sample in &self.samples {
            vocabulary.count(&self.entries[sample.entries.clone()]);
        }
        let weights = weights(self.samples.len(), classes, vocabulary.paired, |block| self.agreement(block));
        vocabulary.weigh(self.samples.len(), weights)
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
