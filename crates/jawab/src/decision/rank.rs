//! Which candidate wins, or why none may.

use std::cmp::Ordering;

use super::evidence::Scored;
use super::types::Evidence;
use crate::rules::Rule;

/// What may be done with the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The first candidate wins.
    Win,
    /// The first `usize` candidates are too close.
    Ambiguous(usize),
    /// The best candidate is not sure enough.
    LowConfidence,
    /// Nothing speaks for any rule.
    NoMatch,
}

/// Least confidence and least lead to answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Policy {
    pub(crate) threshold: f64,
    pub(crate) margin: f64,
}

/// Most candidates that a customer is asked to choose from.
const OPTIONS: usize = 3;

/// Sorts the candidates, best first, and judges the best.
///
/// The order among rules of one priority does not depend on the threshold, and the best of them must reach it:
/// so raising it never turns a handoff for doubt into an answer.
pub(crate) fn rank(scored: &mut [Scored], rules: &[Rule], policy: Policy) -> Verdict {
    let priority = |scored: &Scored| rules[scored.rule as usize].priority;
    let sure = |scored: &Scored| scored.confidence >= policy.threshold;
    let leading = scored.iter().filter(|scored| sure(scored)).map(priority).max();
    // Rules of a higher priority that are not sure enough stand behind: a priority does not lift them.
    let class = |scored: &Scored| match (priority(scored), leading) {
        (own, Some(leading)) if own > leading => i32::MIN,
        (own, _) => own,
    };
    scored.sort_unstable_by(|a, b| class(b).cmp(&class(a)).then_with(|| by_evidence(a, b)));
    let Some(best) = scored.first() else { return Verdict::NoMatch };
    if !sure(best) {
        return Verdict::LowConfidence;
    }
    let close = |other: &&Scored| class(other) == class(best) && too_close(best, other, policy.margin);
    match scored[1..].iter().take(OPTIONS - 1).take_while(close).count() {
        0 => Verdict::Win,
        others => Verdict::Ambiguous(others + 1),
    }
}

/// Best first: certain evidence, then what explains more of the message, then the surer one. The last step is for a
/// defined order only, it never decides.
fn by_evidence(a: &Scored, b: &Scored) -> Ordering {
    let certain = |scored: &Scored| scored.evidence > Evidence::Question;
    certain(b)
        .cmp(&certain(a))
        .then(b.specificity.total_cmp(&a.specificity))
        .then(b.likeness.total_cmp(&a.likeness))
        .then(b.confidence.total_cmp(&a.confidence))
        .then(a.rule.cmp(&b.rule))
}

/// Whether evidence of the same kind is too even to choose.
fn too_close(best: &Scored, other: &Scored, margin: f64) -> bool {
    let certain = |scored: &Scored| scored.evidence > Evidence::Question;
    certain(best) == certain(other)
        && best.specificity <= other.specificity
        && best.likeness - other.likeness < margin
}
