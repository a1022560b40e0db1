//! Which candidate wins, or why none may.

use std::cmp::Ordering;

use super::evidence::Scored;
use crate::rules::Rules;

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
pub(crate) fn rank(scored: &mut [Scored], rules: &Rules, policy: Policy) -> Verdict {
    let priority = |scored: &Scored| rules[scored.rule as usize].priority;
    let sure = |scored: &Scored| scored.confidence >= policy.threshold;
    let leading = scored.iter().filter(|scored| sure(scored)).map(priority).max();
    // Rules of a higher priority that are not sure enough stand behind: a priority does not lift them.
    // Where none is sure, the likeliest stands first: a priority does not make it likelier.
    let class = |scored: &Scored| match (priority(scored), leading) {
        (own, Some(leading)) if own > leading => i32::MIN,
        (own, Some(_)) => own,
        (_, None) => 0,
    };
    let id = |scored: &Scored| rules[scored.rule as usize].id.text.as_str();
    // The id is for a defined order only, whatever that of the file: it never decides.
    let order = |a: &Scored, b: &Scored| by_evidence(a, b).then_with(|| id(a).cmp(id(b)));
    scored.sort_unstable_by(|a, b| class(b).cmp(&class(a)).then_with(|| order(a, b)));
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

/// Best first: certain evidence, then what explains more of the message, then the surer one.
fn by_evidence(a: &Scored, b: &Scored) -> Ordering {
    let certain = |scored: &Scored| scored.evidence.is_certain();
    certain(b)
        .cmp(&certain(a))
        .then(b.specificity.total_cmp(&a.specificity))
        .then(b.likeness.total_cmp(&a.likeness))
        .then(b.confidence.total_cmp(&a.confidence))
}

/// Whether evidence of the same kind is too even to choose.
fn too_close(best: &Scored, other: &Scored, margin: f64) -> bool {
    best.evidence.is_certain() == other.evidence.is_certain()
        && best.specificity <= other.specificity
        && best.likeness - other.likeness < margin
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::types::Evidence;
    use super::*;
    use crate::rules::RuleSet;

    const MARGIN: f64 = 0.1;

    /// Four rules, all of one priority but for the last, where that is lifted.
    fn rules(lifted: bool) -> RuleSet {
        let rule = |id: &str, priority: i32| {
            format!("  {id}: {{any: [x{id}], priority: {priority}, handoff: {{}}}}\n")
        };
        let last = if lifted { 5 } else { 0 };
        let rules = [rule("a", 0), rule("b", 0), rule("c", 0), rule("d", last)].concat();
        RuleSet::from_yaml("r.yaml", &format!("jawab: 1\nlanguage: en\nintents:\n{rules}")).expect("rules")
    }

    fn scored(rule: u32, evidence: Evidence, specificity: f64, confidence: f64) -> Scored {
        Scored { rule, evidence, confidence, specificity, likeness: confidence, pattern: None, nearest: None }
    }

    fn verdict(candidates: &[Scored], rules: &RuleSet, threshold: f64) -> (Verdict, Option<u32>) {
        let mut candidates = candidates.to_vec();
        let policy = Policy { threshold, margin: MARGIN };
        let verdict = rank(&mut candidates, &rules.contents().rules, policy);
        (verdict, candidates.first().map(|best| best.rule))
    }

    #[test]
    fn the_documented_order_decides() {
        use Evidence::{Pattern, Question};
        let like = |rule, confidence| scored(rule, Question, 0.0, confidence);
        let matched = |rule, specificity, confidence| scored(rule, Pattern, specificity, confidence);
        for (candidates, expected, why) in [
            (vec![], (Verdict::NoMatch, None), "nothing speaks for any rule"),
            (vec![like(0, 0.59)], (Verdict::LowConfidence, Some(0)), "below the threshold"),
            (vec![like(0, 0.6)], (Verdict::Win, Some(0)), "at the threshold"),
            (vec![like(0, 0.7), matched(1, 0.2, 0.9)], (Verdict::Win, Some(1)), "a pattern before likeness"),
            (
                vec![matched(0, 0.5, 0.9), matched(1, 0.6, 0.9)],
                (Verdict::Win, Some(1)),
                "the one that explains more",
            ),
            (vec![matched(0, 0.5, 0.9), matched(1, 0.5, 0.9)], (Verdict::Ambiguous(2), Some(0)), "a tie"),
            (vec![like(0, 0.8), like(1, 0.71)], (Verdict::Ambiguous(2), Some(0)), "closer than the margin"),
            (vec![like(0, 0.8), like(1, 0.69)], (Verdict::Win, Some(0)), "a lead of the margin"),
            (
                vec![like(0, 0.62), like(1, 0.59)],
                (Verdict::Ambiguous(2), Some(0)),
                "the runner-up need not reach it",
            ),
            (vec![like(0, 0.9), like(3, 0.7)], (Verdict::Win, Some(3)), "priority before confidence"),
            (
                vec![like(0, 0.9), like(3, 0.5)],
                (Verdict::Win, Some(0)),
                "priority does not lift an unsure rule",
            ),
        ] {
            assert_eq!(verdict(&candidates, &rules(true), 0.6), expected, "{why}");
        }
    }

    proptest! {
        #[test]
        fn raising_the_threshold_never_turns_doubt_into_an_answer(
            parts in prop::collection::vec((0..3_u8, 0..4_u8, 0..21_u8), 0..4),
            thresholds in (0..21_u8, 0..21_u8),
        ) {
            let candidates: Vec<Scored> = parts.iter().zip(0..).map(|(&(evidence, specificity, confidence), rule)| {
                let evidence = [Evidence::Question, Evidence::Pattern, Evidence::Identical][evidence as usize];
                scored(rule, evidence, f64::from(specificity) / 4.0, f64::from(confidence) / 20.0)
            }).collect();
            let rules = rules(false);
            let (low, high) = (thresholds.0.min(thresholds.1), thresholds.0.max(thresholds.1));
            let (below, best) = verdict(&candidates, &rules, f64::from(low) / 20.0);
            let (above, best_above) = verdict(&candidates, &rules, f64::from(high) / 20.0);
            prop_assert!(above != Verdict::Win || below == Verdict::Win, "{:?} then {:?}", below, above);
            prop_assert!(above != Verdict::Win || best == best_above);
        }

        #[test]
        fn the_order_of_candidates_changes_nothing(
            parts in prop::collection::vec((0..3_u8, 0..3_u8, 0..5_u8), 0..5), turn in 0..5_usize,
        ) {
            let mut candidates: Vec<Scored> = parts.iter().zip(0..4).map(|(&(evidence, specificity, confidence), rule)| {
                let evidence = [Evidence::Question, Evidence::Pattern, Evidence::Identical][evidence as usize];
                scored(rule, evidence, f64::from(specificity), f64::from(confidence) / 4.0)
            }).collect();
            let rules = rules(true);
            let before = verdict(&candidates, &rules, 0.5);
            let length = candidates.len().max(1);
            candidates.rotate_left(turn % length);
            prop_assert_eq!(before, verdict(&candidates, &rules, 0.5));
        }
    }
}
