//! From what speaks for a guess to the chance that it is right: logistic regression over a few plain figures.

use super::math::{ln, sigmoid};

/// What speaks for the best guess of a message.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Evidence {
    /// Share that the classifier gives to the class, 0 to 1.
    pub(super) share: f64,
    /// Score of the class.
    pub(super) score: f64,
    /// Share of the message's words, by worth, that the questions know.
    pub(super) coverage: f64,
    /// Whether just one of message and nearest question is negated.
    pub(super) contrary: bool,
}

/// Figures that the regression sees: a constant, two that rise with the evidence, one that falls.
const FIGURES: usize = 4;
type Figures = [f64; FIGURES];

/// What an unknown word counts against a known one: it may be another word for the same. On CLINC150's validation part one
/// half lets more known messages be answered with as many foreign ones handed off, in large rule sets and in small ones.
const UNKNOWN: f64 = 0.5;

impl Evidence {
    /// Share of the class, times how far the message's words may be relied on.
    pub(super) fn certainty(&self) -> f64 {
        self.share * (UNKNOWN + (1.0 - UNKNOWN) * self.coverage)
    }

    fn figures(&self) -> Figures {
        let certainty = self.certainty().clamp(0.002, 0.998);
        [1.0, ln(certainty / (1.0 - certainty)), self.score, f64::from(u8::from(self.contrary))]
    }
}

/// A prediction of cross-validation with what became of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trial {
    pub(super) evidence: Evidence,
    /// Whether the message belongs to a class that was known.
    pub(super) in_scope: bool,
    /// Whether the guess was right.
    pub(super) right: bool,
}

/// Turns evidence into a confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    weights: Figures,
}

/// What holds where a rule set is too small to learn it from: about what CLINC150's training part gives.
const PRIOR: Figures = [-1.5, 0.7, 4.5, -1.0];
/// How many trials the prior is worth, roughly.
const PRIOR_STRENGTH: f64 = 2.0;
/// Share of messages that are assumed to be about something else: with test sets of support desks, one in six.
const OUT_OF_SCOPE: f64 = 1.0 / 6.0;
const ROUNDS: usize = 12;
const HALVINGS: usize = 8;

impl Default for Calibration {
    fn default() -> Self {
        Calibration { weights: PRIOR }
    }
}

impl Calibration {
    /// The chance that the guess is right.
    pub(super) fn confidence(&self, evidence: &Evidence) -> f64 {
        sigmoid(product(&self.weights, &evidence.figures()))
    }

    /// A calibration that was learned before.
    pub(super) fn from_weights(weights: [f64; FIGURES]) -> Self {
        Calibration { weights }
    }

    /// Learns from trials by Newton's method, drawn towards the prior.
    pub(super) fn fit(trials: &[Trial]) -> Self {
        let counts = Counts::of(trials);
        let mut calibration = Calibration::default();
        let mut loss = calibration.loss(trials, counts);
        for _ in 0..ROUNDS {
            let (slope, curve) = calibration.derivatives(trials, counts);
            let Some(step) = solve(curve, slope) else { break };
            let Some((next, lower)) = calibration.walk(step, loss, trials, counts) else { break };
            (calibration, loss) = (next, lower);
        }
        calibration.rising()
    }

    /// What speaks for a guess never makes it less likely, whatever a handful of trials say.
    fn rising(self) -> Self {
        let [constant, certainty, score, contrary] = self.weights;
        Calibration { weights: [constant, certainty.max(0.0), score.max(0.0), contrary] }
    }

    /// Goes along a step, or half of it, or a quarter …, until the loss is less; none where that never happens.
    fn walk(&self, step: Figures, loss: f64, trials: &[Trial], counts: Counts) -> Option<(Self, f64)> {
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let mut next = *self;
            for (weight, step) in next.weights.iter_mut().zip(step) {
                *weight += length * step;
            }
            let lower = next.loss(trials, counts);
            if lower < loss {
                return Some((next, lower));
            }
            length *= 0.5;
        }
        None
    }

    /// What the trials and the distance from the prior cost.
    fn loss(&self, trials: &[Trial], counts: Counts) -> f64 {
        let distance =
            |(weight, prior): (f64, f64)| 0.5 * PRIOR_STRENGTH * (weight - prior) * (weight - prior);
        let prior: f64 = self.weights.into_iter().zip(PRIOR).map(distance).sum();
        trials.iter().fold(prior, |sum, trial| {
            let chance = self.confidence(&trial.evidence);
            let chance = if trial.right { chance } else { 1.0 - chance };
            sum - counts.weight(trial) * ln(chance.max(1e-300))
        })
    }

    fn derivatives(&self, trials: &[Trial], counts: Counts) -> (Figures, [Figures; FIGURES]) {
        let mut slope = [0.0; FIGURES];
        let mut curve = [[0.0; FIGURES]; FIGURES];
        for (figure, (weight, prior)) in self.weights.iter().zip(PRIOR).enumerate() {
            slope[figure] = PRIOR_STRENGTH * (prior - weight);
            curve[figure][figure] = PRIOR_STRENGTH;
        }
        for trial in trials {
            let figures = trial.evidence.figures();
            let chance = sigmoid(product(&self.weights, &figures));
            let weight = counts.weight(trial);
            let error = weight * (f64::from(u8::from(trial.right)) - chance);
            let spread = weight * chance * (1.0 - chance);
            for (row, &a) in figures.iter().enumerate() {
                slope[row] += error * a;
                for (column, &b) in figures.iter().enumerate() {
                    curve[row][column] += spread * a * b;
                }
            }
        }
        (slope, curve)
    }

    /// The least confidence to answer.
    ///
    /// Chosen on the trials: where the share of known messages answered right, less what the share of answered foreign
    /// ones costs, is largest.
    pub(super) fn threshold(&self, trials: &[Trial]) -> f64 {
        let counts = Counts::of(trials);
        if counts.inside == 0.0 || counts.outside == 0.0 {
            return DEFAULT_THRESHOLD;
        }
        let mut sorted: Vec<(f64, f64)> =
            trials.iter().map(|trial| (self.confidence(&trial.evidence), counts.gain(trial))).collect();
        sorted.sort_by(|one, two| two.0.total_cmp(&one.0));
        let trials = sorted.len() as f64;
        let threshold = (best_cut(&sorted) * trials + DEFAULT_THRESHOLD * DOUBT) / (trials + DOUBT);
        threshold.max(LEAST_THRESHOLD)
    }

    /// What the figures weigh.
    pub(super) fn weights(&self) -> [f64; FIGURES] {
        self.weights
    }
}

/// What an answered message of a left-out class counts against a known one. Less than one, since the classes of one
/// rule set are more like each other than like what else customers write. On CLINC150's validation part 86 in 100 known
/// messages are then answered right and 95 foreign ones handed off (with 0.5, 87 and 94; with 0.7, 85 and 96).
const FOREIGN: f64 = 0.6;
/// Threshold of a rule set that is too small to compute one.
const DEFAULT_THRESHOLD: f64 = 0.5;
/// What is rather wrong than right is not answered, whatever a handful of trials say.
const LEAST_THRESHOLD: f64 = 0.5;
/// As many trials the default counts as: what a handful of them say is chance.
const DOUBT: f64 = 10.0;

/// Cuts that gain at most so much less than the best count as equally good: which of them is best depends on which classes
/// happened to be left out. On CLINC150's training part this halves how far the threshold moves with them.
const AS_GOOD: f64 = 0.01;

/// The confidence down to which answering gains most, amid all that are as good; `sorted` from the most confident
/// trial down.
fn best_cut(sorted: &[(f64, f64)]) -> f64 {
    let mut sum = 0.0;
    let next = sorted.iter().skip(1).map(|trial| trial.0).chain([0.0]);
    let cut = |(&(confidence, gain), next): (&(f64, f64), f64)| {
        sum += gain;
        (next < confidence).then_some((f64::midpoint(confidence, next), sum))
    };
    let cuts: Vec<(f64, f64)> = sorted.iter().zip(next).filter_map(cut).collect();
    let best = cuts.iter().map(|cut| cut.1).fold(0.0, f64::max);
    let good = || cuts.iter().filter(|cut| cut.1 > 0.0 && cut.1 >= best - AS_GOOD).map(|cut| cut.0);
    match (good().next(), good().next_back()) {
        (Some(highest), Some(lowest)) => f64::midpoint(highest, lowest),
        _ => DEFAULT_THRESHOLD,
    }
}

/// How many trials there are of each kind.
#[derive(Debug, Clone, Copy)]
struct Counts {
    inside: f64,
    outside: f64,
}

impl Counts {
    fn of(trials: &[Trial]) -> Self {
        let inside = trials.iter().filter(|trial| trial.in_scope).count();
        Counts { inside: inside as f64, outside: (trials.len() - inside) as f64 }
    }

    /// What a trial counts, so that the assumed share of them is out of scope.
    fn weight(self, trial: &Trial) -> f64 {
        let all = self.inside + self.outside;
        match (trial.in_scope, self.inside > 0.0 && self.outside > 0.0) {
            (_, false) => 1.0,
            (true, true) => (1.0 - OUT_OF_SCOPE) * all / self.inside,
            (false, true) => OUT_OF_SCOPE * all / self.outside,
        }
    }

    fn gain(self, trial: &Trial) -> f64 {
        match (trial.in_scope, trial.right) {
            (true, true) => 1.0 / self.inside,
            (true, false) => 0.0,
            (false, _) => -FOREIGN / self.outside,
        }
    }
}

fn product(one: &Figures, two: &Figures) -> f64 {
    one.iter().zip(two).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// Solves `matrix · x = right` for a symmetric positive definite matrix, by elimination.
fn solve(mut matrix: [Figures; FIGURES], mut right: Figures) -> Option<Figures> {
    for pivot in 0..FIGURES {
        if matrix[pivot][pivot] <= 1e-12 {
            return None;
        }
        let row = matrix[pivot];
        for below in pivot + 1..FIGURES {
            let factor = matrix[below][pivot] / row[pivot];
            for (cell, above) in matrix[below].iter_mut().zip(row) {
                *cell -= factor * above;
            }
            right[below] -= factor * right[pivot];
        }
    }
    for pivot in (0..FIGURES).rev() {
        let known: f64 =
            (pivot + 1..FIGURES).fold(0.0, |sum, column| sum + matrix[pivot][column] * right[column]);
        right[pivot] = (right[pivot] - known) / matrix[pivot][pivot];
    }
    Some(right)
}
