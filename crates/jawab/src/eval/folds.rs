use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::evaluation::{Evaluation, summary};
use super::judged::{Judged, judge};
use super::labelled::{Labelled, wording};
use super::proportion::Proportion;
use super::refusal::Refusal;
use crate::decision::rounded;
use crate::engine::Engine;
use crate::rules::RuleSet;
use crate::text::Lexicon;

/// Least and most parts that questions are split into.
pub(super) const FOLDS: (usize, usize) = (2, 100);

/// How well a rule set recognises its own questions when they are held back.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CrossValidation {
    /// Each part, in order.
    pub folds: Vec<Fold>,
    /// Questions that were never held back: the only ones of their rule.
    pub untested: usize,
    /// All parts together. Its threshold is that of the whole rule set; where the set names none, each part was decided
    /// with its own, see [`Fold::threshold`].
    pub evaluation: Evaluation,
}

/// A part of the questions, decided by rules that had learned from all others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fold {
    /// How many questions were held back.
    pub questions: usize,
    /// Least confidence to answer that was in force.
    pub threshold: f64,
    /// Those whose best candidate is their rule.
    pub accuracy: Proportion,
}

/// Splits the questions of every rule into `folds` parts and decides each part with the rules as they would be without
/// it: words, patterns and classifier are made anew from the rest.
///
/// The same question in other spelling stays in one part, so that nothing is learned that is then asked. Which part a
/// question comes to depends on its rule alone, not on its place in the file nor on other rules. Questions that other
/// rules hold too are tried as each rule's own. Each question comes with facts that fulfil its rule's `when`.
///
/// # Errors
///
/// Where `folds` is less than 2 or more than 100, or where no rule has two different questions.
///
/// ```
/// let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// jawab: 1
/// language: en
/// faq:
///   hours: {questions: [when are you open, your opening hours, are you open now], answer: Always.}
///   price: {questions: [what does it cost, what is your price, the price please], answer: Nothing.}
/// ")?;
/// let cross_validation = jawab::eval::cross_validate(&rules, 3)?;
/// assert_eq!(cross_validation.evaluation.messages, 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cross_validate(rules: &RuleSet, folds: usize) -> Result<CrossValidation, Refusal> {
    if !(FOLDS.0..=FOLDS.1).contains(&folds) {
        return Err(Refusal::Folds(folds));
    }
    let whole = Engine::new(rules)?;
    let split = Split::of(&whole, folds);
    if split.held.iter().all(Vec::is_empty) {
        return Err(Refusal::TooFewQuestions);
    }
    let (mut parts, mut judged) = (Vec::new(), Vec::new());
    for held in &split.held {
        let (part, decided) = fold(rules, held)?;
        parts.push(part);
        judged.extend(decided);
    }
    Ok(CrossValidation { folds: parts, untested: split.untested, evaluation: summary(&whole, &judged) })
}

fn fold<'s>(rules: &RuleSet, held: &'s [Held]) -> Result<(Fold, Vec<Judged<'s>>), Refusal> {
    let places: BTreeSet<(u32, u32)> = held.iter().map(|held| held.place).collect();
    let engine = Engine::learning_from(rules, &|rule, index| !places.contains(&(rule, index)))?;
    let judged = judge(&engine, held.iter().map(|held| &held.question));
    let right = judged.iter().filter(|judged| judged.is_best_right()).count();
    let threshold = rounded(engine.settings().threshold);
    let accuracy = Proportion::new(right, judged.len());
    Ok((Fold { questions: judged.len(), threshold, accuracy }, judged))
}

/// The part that a rule's first question comes to: rules with few questions would else all begin with the first.
fn beginning(rule: &str, folds: usize) -> usize {
    let [low, high, ..] = *blake3::hash(rule.as_bytes()).as_bytes();
    usize::from(u16::from_le_bytes([low, high])) % folds
}

/// A question that is held back.
pub(super) struct Held {
    /// Number of its rule, and its own.
    place: (u32, u32),
    pub(super) question: Labelled,
}

/// The questions by the part that they are held back in.
pub(super) struct Split {
    pub(super) held: Vec<Vec<Held>>,
    untested: usize,
}

impl Split {
    pub(super) fn of(engine: &Engine, folds: usize) -> Self {
        let mut split = Split { held: (0..folds).map(|_| Vec::new()).collect(), untested: 0 };
        for (rule, number) in engine.rules().contents().rules.iter().zip(0..) {
            let texts = rule.questions.iter().map(|question| question.text.as_str());
            let wordings = by_wording(texts, engine.lexicon());
            if wordings.len() < 2 {
                split.untested += rule.questions.len();
                continue;
            }
            let facts = rule.fitting_context();
            let labelled = |text: &str| Labelled::new(text, Some(&rule.id.text)).with_context(facts.clone());
            for (same, part) in wordings.into_iter().zip(beginning(&rule.id.text, folds)..) {
                let part = &mut split.held[part % folds];
                part.extend(same.into_iter().map(|index| Held {
                    place: (number, index as u32),
                    question: labelled(&rule.questions[index].text),
                }));
            }
        }
        split
    }
}

/// The places of texts, those that read the same together, in an order that depends on what they say alone.
fn by_wording<'t>(texts: impl Iterator<Item = &'t str>, lexicon: &Lexicon) -> Vec<Vec<usize>> {
    let mut wordings = BTreeMap::<[u8; 32], Vec<usize>>::new();
    for (at, text) in texts.enumerate() {
        wordings.entry(blake3::hash(wording(text, lexicon).as_bytes()).into()).or_default().push(at);
    }
    wordings.into_values().collect()
}
