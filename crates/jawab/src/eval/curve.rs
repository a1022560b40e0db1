//! What a threshold on the confidence would do: the risk–coverage curve and what is read off it.

use serde::Serialize;

use super::judged::Judged;
use super::proportion::Proportion;
use crate::decision::rounded;

/// Accuracy among the most confident messages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AccuracyAmong {
    /// Which share of all messages, by confidence from the top.
    pub share: f64,
    /// The share of them whose best candidate is right. Where several messages have the confidence at the end of the
    /// range, they count as their mean.
    pub accuracy: Option<f64>,
}

/// How many messages can be answered with so many answers right.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CoverageAt {
    /// Least share of right ones among the answered.
    pub precision: f64,
    /// Answered where the threshold is best for this; of all messages.
    pub coverage: Proportion,
    /// That threshold; none where no threshold reaches the precision.
    pub threshold: Option<f64>,
}

/// What one threshold on the confidence would do, were there no margin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RiskAt {
    /// Least confidence to answer.
    pub threshold: f64,
    /// Share of all messages that are answered.
    pub coverage: f64,
    /// Share of the answered whose best candidate is wrong.
    pub risk: f64,
}

/// Most points of a curve that is drawn.
const POINTS: usize = 200;

/// Messages from the most to the least confident, counted at every distinct confidence.
pub(super) struct Curve {
    steps: Vec<Step>,
    messages: usize,
}

/// Down to one confidence.
#[derive(Clone, Copy)]
struct Step {
    confidence: f64,
    messages: usize,
    right: usize,
}

impl Curve {
    pub(super) fn of(judged: &[Judged]) -> Self {
        let mut sorted: Vec<(f64, bool)> =
            judged.iter().map(|judged| (judged.confidence, judged.is_best_right())).collect();
        sorted.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut steps = Vec::<Step>::new();
        let (mut messages, mut right) = (0, 0);
        for (confidence, is_right) in sorted {
            messages += 1;
            right += usize::from(is_right);
            if steps.last().is_some_and(|last| last.confidence <= confidence) {
                steps.pop();
            }
            steps.push(Step { confidence, messages, right });
        }
        Curve { steps, messages }
    }

    pub(super) fn among(&self, shares: &[f64]) -> Vec<AccuracyAmong> {
        let accuracy = |share: f64| {
            let wanted = share * self.messages as f64;
            let at = self.steps.iter().position(|step| step.messages as f64 >= wanted)?;
            let end = self.steps[at];
            let (messages, right) = match at.checked_sub(1).map(|at| self.steps[at]) {
                Some(before) => (before.messages, before.right),
                None => (0, 0),
            };
            let part = (wanted - messages as f64) / (end.messages - messages) as f64;
            Some(rounded((right as f64 + part * (end.right - right) as f64) / wanted))
        };
        shares.iter().map(|&share| AccuracyAmong { share, accuracy: accuracy(share) }).collect()
    }

    pub(super) fn coverage_at(&self, precisions: &[f64]) -> Vec<CoverageAt> {
        let coverage = |&precision: &f64| {
            let holds = |step: &&Step| step.right as f64 >= precision * step.messages as f64;
            let best = self.steps.iter().rev().find(holds);
            let coverage = Proportion::new(best.map_or(0, |step| step.messages), self.messages);
            CoverageAt { precision, coverage, threshold: best.map(|step| step.confidence) }
        };
        precisions.iter().map(coverage).collect()
    }

    /// The curve, thinned evenly; its ends are kept.
    pub(super) fn points(&self) -> Vec<RiskAt> {
        let last = self.steps.len().saturating_sub(1);
        let count = self.steps.len().min(POINTS);
        let places = (0..count).map(|at| at * last / (count - 1).max(1));
        let point = |at: usize| {
            let Step { confidence, messages, right } = self.steps[at];
            RiskAt {
                threshold: confidence,
                coverage: rounded(messages as f64 / self.messages as f64),
                risk: rounded((messages - right) as f64 / messages as f64),
            }
        };
        places.map(point).collect()
    }
}

/// The area under the receiver operating characteristic, from the ranks (Mann and Whitney 1947).
pub(super) fn auroc(judged: &[Judged]) -> Option<f64> {
    let mut sorted: Vec<(f64, bool)> =
        judged.iter().map(|judged| (judged.confidence, judged.expected.is_some())).collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let inside = sorted.iter().filter(|message| message.1).count();
    let outside = sorted.len() - inside;
    let (mut wins, mut below) = (0.0, 0);
    for equal in sorted.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let inside = equal.iter().filter(|message| message.1).count();
        let outside = equal.len() - inside;
        wins += inside as f64 * (below as f64 + 0.5 * outside as f64);
        below += outside;
    }
    (inside > 0 && outside > 0).then(|| rounded(wins / (inside as f64 * outside as f64)))
}
