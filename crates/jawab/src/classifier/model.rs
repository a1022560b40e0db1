//! What was learned from the questions of a rule set, and its guesses about a message.

use super::calibration::{Calibration, Evidence};
use super::corpus::Corpus;
use super::features::{Bag, Features};
use super::gram::{Senses, WordKind, Wording, sequence_of, word_keys};
use super::ids::Ids;
use super::questions::{Marks, Questions};
use super::reading::{Reading, Role};
use super::scores::{MANY, Scores};
use super::softmax::Shares;
use super::train::{Contenders, Effort, Lesson, train};
use super::validate::{ENOUGH, Material, trials};
use super::weights::Weights;
use crate::parallel::join;
use crate::text::Concepts;

/// Collects questions and learns from them.
#[derive(Debug, Default)]
pub(crate) struct Trainer {
    reading: Reading,
    concepts: Concepts,
    /// Whether pairs of concepts count.
    paired: bool,
    /// By the number of a rule, its place in the order of the classes; a rule without one is placed by its number.
    ranks: Vec<u32>,
}

/// A recogniser of the questions of a rule set. Immutable, `Send + Sync`.
#[derive(Debug)]
pub(crate) struct Model {
    pub(super) features: Features,
    pub(super) questions: Questions,
    pub(super) weights: Weights,
    /// Rules that have questions; their places in here are the classes inside the model.
    pub(super) rules: Vec<u32>,
    pub(super) calibration: Calibration,
    pub(super) threshold: f64,
}

/// A rule that a message may belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    /// The rule's number, as given to the trainer.
    pub(crate) class: u32,
    /// Estimated chance that the rule is right for the message.
    pub(crate) confidence: f64,
    /// Share of the rule among all, times how far the message's words may be relied on; not calibrated.
    pub(crate) certainty: f64,
    /// What the words speak for the rule, against 0 for nothing known.
    pub(crate) score: f64,
    /// The rule's question that is most like the message, where it was looked for.
    pub(crate) nearest: Option<u32>,
    /// Whether it is the message, word for word.
    pub(crate) identical: bool,
}

/// For which guesses the nearest question is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NearestOf {
    /// The best one.
    Best,
    /// Those that are not unlikely against it.
    Likely,
}

/// Buffers that `classify` reuses. One for each thread.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(super) bag: Bag,
    pub(super) vector: Vec<(u32, f32)>,
    pub(super) scores: Scores,
    top: Vec<usize>,
    pub(super) marks: Marks,
    pub(super) guesses: Vec<Guess>,
}

/// Most guesses about one message; rules that have the message as a question come in addition.
const GUESSES: usize = 8;
/// Passes over the questions for the model itself, and for each part of cross-validation.
const EFFORT: Effort = Effort { epochs: 8, cost: 2.0 };
const TRIAL_EFFORT: Effort = Effort { epochs: 2, cost: 2.0 };
/// For the model where examples are [`ENOUGH`]: more passes gave nothing on the validation parts of CLINC150 and HWU64, nor
/// on messages to a desk's pack.
const EFFORT_OF_ENOUGH: Effort = Effort { epochs: 5, cost: 2.0 };
/// For the model where classes are many: more passes gave nothing on CLINC150's validation part.
const EFFORT_OF_MANY: Effort = Effort { epochs: 3, cost: 2.0 };
/// What is left for a rule when another one has the very message as a question.
const BESIDE_IDENTICAL: f64 = 0.5;
/// A rule with less than this part of the best one's share is unlikely.
const UNLIKELY: f64 = 0.05;
/// From so many questions a rule on, pairs of concepts do not count: they make a message cost more, and the words tell most of
/// it themselves.
const PAIRED_BELOW: usize = 20;
/// Most confidence in a guess at a message of which nothing is known.
const UNKNOWN_AT_MOST: f64 = 0.6;
/// Most confidence in a rule that something sets the message against.
const AGAINST_AT_MOST: f64 = 0.3;

impl Trainer {
    /// Learns the same model whatever numbers the rules have, but for these numbers, as long as they are ranked by
    /// something that stays: `ranks` holds the rank of each rule. Words that stand for the same of `concepts` speak for
    /// the same rules.
    pub(crate) fn ranked(ranks: Vec<u32>, concepts: &Concepts) -> Self {
        Trainer { concepts: concepts.clone(), ranks, ..Trainer::default() }
    }

    /// One for a part of the examples, which is joined to this one when it has read them.
    pub(crate) fn part(&self) -> Self {
        Trainer { concepts: self.concepts.clone(), paired: self.paired, ..Trainer::default() }
    }

    /// Takes in the examples of a part.
    pub(crate) fn join(&mut self, part: Trainer) {
        self.reading.append(part.reading);
    }

    /// Tells how many questions will come, of so many rules. Where both are few, pairs of concepts count, too.
    pub(crate) fn expect(&mut self, questions: usize, rules: usize) {
        self.paired = rules <= MANY && questions < PAIRED_BELOW * rules;
    }

    /// Adds a question of a rule. Ids are the caller's; where questions of a rule say the same, the lowest stays.
    pub(crate) fn question<W: Wording>(&mut self, rule: u32, id: u32, words: &W) {
        self.add(id, Role::Question(rule), words);
    }

    /// Adds what a rule is called: it says what the rule is about, which helps where questions are few.
    pub(crate) fn name<W: Wording>(&mut self, rule: u32, words: &W) {
        self.add(0, Role::Name(rule), words);
    }

    /// Adds a message that no rule answers.
    pub(crate) fn out_of_scope<W: Wording>(&mut self, words: &W) {
        self.add(0, Role::Nothing, words);
    }

    /// Adds a message that is not for this rule, whatever else it may be for.
    pub(crate) fn reject<W: Wording>(&mut self, rule: u32, words: &W) {
        self.add(0, Role::Not(rule), words);
    }

    fn add<W: Wording>(&mut self, id: u32, role: Role, words: &W) {
        let senses = Senses { concepts: &self.concepts, pairs: self.paired };
        self.reading.add(id, role, words, senses);
    }

    /// Learns. The order in which examples were added does not matter.
    pub(crate) fn train(self) -> Model {
        let Trainer { mut reading, concepts, paired, ranks } = self;
        let rules = reading.number_classes(|rule| ranks.get(rule as usize).copied().unwrap_or(rule));
        reading.drop_names(rules.len());
        reading.settle();
        let (corpus, vocabulary) = Corpus::new(&reading);
        let weights = corpus.weights(rules.len(), paired);
        let (features, keys) = vocabulary.weigh(corpus.samples.len(), weights, &reading.cuts, concepts);
        drop(reading);
        let mut questions = Questions::default();
        for sample in &corpus.samples {
            if let Role::Question(class) = sample.role {
                questions.push(class, sample, corpus.bag(sample));
            }
        }
        questions.finish(rules.len(), &features);
        let negatives =
            corpus.samples.iter().any(|sample| matches!(sample.role, Role::Nothing | Role::Not(_)));
        Learning { features, keys, corpus, questions, classes: rules.len() + usize::from(negatives), rules }
            .finish()
    }
}

/// Questions in order, before the weights are learned.
struct Learning {
    features: Features,
    /// Keys of the features.
    keys: Vec<u64>,
    corpus: Corpus,
    questions: Questions,
    rules: Vec<u32>,
    classes: usize,
}

impl Learning {
    fn finish(self) -> Model {
        let features = self.features.len();
        let many = self.classes > MANY;
        let telling = if many { self.corpus.telling(features) } else { Vec::new() };
        let kept = |feature: u32| !many || telling[feature as usize];
        let vectors = self.corpus.vectors(&self.features, kept);
        let targets = self.corpus.targets(self.rules.len() as u32);
        let nothing = (self.classes > self.rules.len()).then_some(self.rules.len() as u32);
        let contenders = many.then(|| Contenders::new(&vectors, &targets, features, nothing));
        let lesson = Lesson {
            vectors: &vectors,
            targets: &targets,
            classes: self.classes,
            features,
            contenders: contenders.as_ref(),
        };
        let material = Material {
            corpus: &self.corpus,
            features: &self.features,
            questions: &self.questions,
            lesson,
            classes: self.rules.len(),
        };
        let calibrated = || {
            let trials = trials(&material, TRIAL_EFFORT);
            let calibration = Calibration::fit(&trials);
            let threshold = calibration.threshold(&trials);
            (calibration, threshold)
        };
        // Calibrating takes less time than training.
        let beside = || (calibrated(), Ids::of(&self.keys));
        let chosen: Vec<u32> = (0..vectors.len() as u32).collect();
        let learned = || train(&lesson, &chosen, effort(chosen.len(), many));
        let (((calibration, threshold), ids), weights) = join(beside, learned);
        let Learning { mut features, questions, rules, .. } = self;
        features.identify(ids);
        Model { features, questions, weights, rules, calibration, threshold }
    }
}

/// How training goes about so many examples.
fn effort(examples: usize, many: bool) -> Effort {
    match (many, examples > ENOUGH) {
        (true, _) => EFFORT_OF_MANY,
        (_, true) => EFFORT_OF_ENOUGH,
        _ => EFFORT,
    }
}

impl Model {
    /// The least confidence at which answering a message does more good than harm, judged by the questions alone.
    pub(crate) fn threshold(&self) -> f64 {
        self.threshold
    }

    /// Whether no rule has questions: no message is like any.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Whether a question may be the message, word for word.
    pub(crate) fn may_repeat<W: Wording>(&self, words: &W) -> bool {
        !self.rules.is_empty() && self.questions.has_sequence(sequence_of(words, word_keys(words)))
    }

    /// The rules that a message may belong to, best first; none where nothing of it is known.
    pub(crate) fn classify<'s, W: Wording>(&self, words: &W, scratch: &'s mut Scratch) -> &'s [Guess] {
        if self.read(words, scratch) {
            self.guess(NearestOf::Likely, scratch);
        }
        &scratch.guesses
    }

    /// Reads a message, with no guess yet; whether there is anything to guess at.
    pub(super) fn read<W: Wording>(&self, words: &W, scratch: &mut Scratch) -> bool {
        scratch.guesses.clear();
        // A number or an address alone may be the answer to anything.
        if self.rules.is_empty() || (0..words.len()).all(|word| words.kind(word) == WordKind::Value) {
            return false;
        }
        self.features.read(words, &mut scratch.bag);
        true
    }

    /// Guesses at the message that was read.
    pub(super) fn guess(&self, nearest_of: NearestOf, scratch: &mut Scratch) {
        let Scratch { bag, vector, .. } = scratch;
        self.features.vector(&bag.entries, bag.unseen, |_| true, vector);
        if !vector.is_empty() && bag.says_something() {
            scratch.scores.fill(&self.weights, vector);
            self.rank(nearest_of, scratch);
        }
    }

    fn rank(&self, nearest_of: NearestOf, scratch: &mut Scratch) {
        let Scratch { bag, vector, scores, top, marks, guesses, .. } = scratch;
        let shares = Shares::of(&scores.values);
        let likeliest = self.best(bag, vector, scores, top);
        marks.mark(&bag.entries, &self.features);
        let coverage = bag.coverage();
        let mut surest = None;
        for &place in top.iter() {
            let (class, score) = (scores.classes[place], scores.values[place]);
            let share = shares.share(score);
            let wanted =
                surest.is_none_or(|(_, of)| nearest_of == NearestOf::Likely && share >= UNLIKELY * of);
            let nearest =
                if wanted { self.questions.nearest(class, marks, bag.mass, |_| true) } else { None };
            let nearest = nearest.map(|nearest| &self.questions.list[nearest.question as usize]);
            let contrary = nearest.is_some_and(|question| question.signs.negates != bag.signs.negates);
            let evidence = Evidence { share, score: f64::from(score), coverage, contrary };
            // The best guess has its chance from the calibration, the others theirs by their share against it.
            let (chance, of) = *surest.get_or_insert_with(|| (self.chance(&evidence, bag, class), share));
            let confidence = if of > 0.0 { chance * (share / of).min(1.0) } else { chance };
            guesses.push(Guess {
                class: self.rules[class as usize],
                confidence,
                certainty: evidence.certainty(),
                score: f64::from(score),
                nearest: nearest.map(|question| question.id),
                identical: false,
            });
        }
        self.honour_identical(bag, guesses, likeliest);
    }

    /// The calibrated chance, but no more than a message allows of which so little is known, or which something sets against
    /// the rule: a small rule set has too few trials for the calibration to learn this by itself.
    fn chance(&self, evidence: &Evidence, bag: &Bag, class: u32) -> f64 {
        let known = UNKNOWN_AT_MOST + (1.0 - UNKNOWN_AT_MOST) * evidence.coverage;
        let most = if self.is_against(bag, class) { AGAINST_AT_MOST } else { known };
        self.calibration.confidence(evidence).min(most)
    }

    /// Puts the places of the highest scores into `top`, best first, and behind them those of the other classes with the
    /// very message, in their order. How many the highest are.
    fn best(&self, bag: &Bag, vector: &[(u32, f32)], scores: &mut Scores, top: &mut Vec<usize>) -> usize {
        top.clear();
        // What belongs to no rule stands last.
        let of_rules = scores.classes.partition_point(|&class| (class as usize) < self.rules.len());
        let values = &scores.values[..of_rules];
        // The last of the top is at least the lowest of the highest of eight parts, so most are passed over at once.
        let tops = self.weights.lanes.tops(values);
        let mut level = tops.into_iter().fold(f32::INFINITY, f32::min).next_down();
        scores.higher.clear();
        self.weights.lanes.above(level, values, 0, &mut scores.higher);
        for &(value, place) in &scores.higher {
            if value > level {
                let at = top.partition_point(|&other| values[other] >= value);
                top.insert(at, place as usize);
                top.truncate(GUESSES);
                level = top.get(GUESSES - 1).map_or(level, |&last| values[last]);
            }
        }
        let (likeliest, known) = (top.len(), scores.classes.len());
        for question in self.questions.identical(bag) {
            let class = question.class;
            let place = scores.add(class, known, || self.weights.score(vector, class));
            if !top[..likeliest].contains(&place) {
                top.push(place);
            }
        }
        likeliest
    }

    /// A rule that has the very message as a question is right; the others stand back. Behind the likeliest there are
    /// only rules that have, in the order of their questions.
    fn honour_identical(&self, bag: &Bag, guesses: &mut [Guess], likeliest: usize) {
        let (known, added) = guesses.split_at_mut(likeliest);
        let (mut added, mut any) = (added.iter_mut(), false);
        for question in self.questions.identical(bag) {
            let class = self.rules[question.class as usize];
            let guess = known.iter_mut().find(|guess| guess.class == class).or_else(|| added.next());
            if let Some(guess) = guess {
                (guess.nearest, guess.confidence, guess.identical) = (Some(question.id), 1.0, true);
                any = true;
            }
        }
        if any {
            for guess in guesses.iter_mut().filter(|guess| !guess.identical) {
                guess.confidence = guess.confidence.min(BESIDE_IDENTICAL);
            }
            guesses.sort_by(|one, two| two.confidence.total_cmp(&one.confidence));
        }
    }

    /// A number that changes when anything does that guesses depend on.
    #[cfg(test)]
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        self.features.fingerprint(&mut hash);
        self.weights.fingerprint(&mut hash);
        self.questions.fingerprint(&mut hash);
        for rule in &self.rules {
            hash.update(&rule.to_le_bytes());
        }
        for number in self.calibration.weights().into_iter().chain([self.threshold]) {
            hash.update(&number.to_bits().to_le_bytes());
        }
        *hash.finalize().as_bytes()
    }
}
