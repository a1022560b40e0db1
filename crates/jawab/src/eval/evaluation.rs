use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::curve::{self, AccuracyAmong, CoverageAt, RiskAt};
use super::ending::{Ending, Verdict};
use super::judged::{Judged, id, judge, mistakes};
use super::labelled::{Labelled, UnknownIntent, unknown_intents};
use super::proportion::Proportion;
use super::reliability::{Bin, calibration_error, reliability};
use crate::decision::rounded;
use crate::engine::{Engine, Explanation};

/// How well a rule set does on labelled messages.
///
/// A message is *in scope* where its label names a rule. It is *answered* where a rule decides it, by its answer or by
/// its own handoff; handed off for doubt, asked about or ignored is not answered. Its *best candidate* is the rule that
/// ranking puts first, whatever the threshold; the confidence is that rule's. Out of scope, every answer is wrong and
/// no best candidate is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Evaluation {
    /// Least confidence to answer that was in force.
    pub threshold: f64,
    /// Least lead over the runner-up that was in force.
    pub margin: f64,
    /// Messages that were decided.
    pub messages: usize,
    /// Those whose label names a rule.
    pub in_scope: usize,
    /// Those whose label names none.
    pub out_of_scope: usize,
    /// In scope, the best candidate is right.
    pub accuracy: Proportion,
    /// Of all messages, answered.
    pub answered: Proportion,
    /// In scope, answered by the right rule.
    pub answered_right: Proportion,
    /// Of the answered ones, answered by a wrong rule.
    pub wrong: Proportion,
    /// Out of scope, not answered.
    pub out_of_scope_recall: Proportion,
    /// Of those not answered, out of scope; of nothing where no message is out of scope.
    pub out_of_scope_precision: Proportion,
    /// The chance that a message in scope has more confidence than one out of scope, equal ones counting half: the area
    /// under the receiver operating characteristic (Hanley and `McNeil` 1982). None where either kind is missing.
    pub auroc: Option<f64>,
    /// Accuracy among the most confident 70, 80 and 90 % of all messages.
    pub most_confident: Vec<AccuracyAmong>,
    /// The largest share of all messages that can be answered with 95 and 98 % of the answers right.
    pub coverage_at: Vec<CoverageAt>,
    /// Expected calibration error: the mean distance between confidence and accuracy over ten bins of equal width,
    /// weighted by the messages in each (Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017). None of no messages.
    pub calibration_error: Option<f64>,
    /// The ten bins.
    pub reliability: Vec<Bin>,
    /// Share answered and share wrong among the answered, for every threshold on the confidence; at most 200 points.
    pub risk_coverage: Vec<RiskAt>,
    /// Rules that are the label of a message or answered one, in the order of the set.
    pub rules: Vec<RuleFigures>,
    /// Labels and best candidates that differ: first what was answered most often, of equals what is in scope, then the
    /// most frequent. Out of scope and not answered is no mistake.
    pub confusions: Vec<Confusion>,
    /// What should have ended elsewhere, the most costly first: answered wrongly, the surer the worse, then what was in
    /// scope and not answered. The first hundred are explained.
    pub mistakes: Vec<Mistake>,
    /// Labels that are no rules of the set; their messages count nowhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown_intents: Vec<UnknownIntent>,
}

/// How well one rule does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleFigures {
    /// The rule.
    pub rule: Arc<str>,
    /// Messages that it is right for.
    pub messages: usize,
    /// Messages that it answered.
    pub answered: usize,
    /// Of those it answered, those it is right for.
    pub precision: Proportion,
    /// Of those it is right for, those it answered.
    pub recall: Proportion,
    /// Of those it is right for, those whose best candidate it is.
    pub accuracy: Proportion,
}

/// A label and another best candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Confusion {
    /// The rule that is right; none out of scope.
    pub expected: Option<Arc<str>>,
    /// The best candidate; none where nothing speaks for any rule.
    pub best: Option<Arc<str>>,
    /// How many messages.
    pub messages: usize,
    /// How many of them were answered by it.
    pub answered: usize,
}

/// A message that should have ended elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Mistake {
    /// The message.
    pub text: String,
    /// The rule that is right; none out of scope.
    pub expected: Option<Arc<str>>,
    /// The best candidate.
    pub best: Option<Arc<str>>,
    /// Its confidence, 0 to 1, rounded down as in [`Judgement`](super::Judgement).
    pub confidence: f64,
    /// Where it ended.
    pub got: Ending,
    /// How bad that is.
    pub verdict: Verdict,
    /// Why, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// How the decision came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// Decides labelled messages and says how well that went. See [`Evaluation`] for what each figure counts.
///
/// ```
/// use jawab::eval::{Labelled, evaluate};
///
/// let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// jawab: 1
/// language: en
/// faq:
///   hours: {questions: [when are you open, opening hours], answer: Always.}
///   price: {questions: [what does it cost, price please], answer: Nothing.}
/// ")?;
/// let messages = [Labelled::new("When are you open?", Some("hours")), Labelled::new("who is the king", None)];
/// let evaluation = evaluate(&jawab::Engine::new(&rules)?, &messages);
/// assert_eq!((evaluation.in_scope, evaluation.accuracy.share), (1, Some(1.0)));
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn evaluate(engine: &Engine, labelled: &[Labelled]) -> Evaluation {
    let unknown_intents = unknown_intents(engine.rules(), labelled);
    Evaluation { unknown_intents, ..summary(engine, &judge(engine, labelled)) }
}

/// The figures of messages that were decided by the engine's rules.
pub(super) fn summary(engine: &Engine, judged: &[Judged]) -> Evaluation {
    let (messages, in_scope) = (judged.len(), count(judged, |judged| judged.expected.is_some()));
    let out_of_scope = messages - in_scope;
    let answered = count(judged, |judged| judged.decided.is_some());
    let left = count(judged, |judged| judged.expected.is_none() && judged.decided.is_none());
    let settings = engine.settings();
    let curve = curve::Curve::of(judged);
    Evaluation {
        threshold: rounded(settings.threshold),
        margin: rounded(settings.margin),
        messages,
        in_scope,
        out_of_scope,
        accuracy: Proportion::new(count(judged, Judged::is_best_right), in_scope),
        answered: Proportion::new(answered, messages),
        answered_right: Proportion::new(count(judged, Judged::is_right), in_scope),
        wrong: Proportion::new(count(judged, Judged::is_wrong), answered),
        out_of_scope_recall: Proportion::new(left, out_of_scope),
        out_of_scope_precision: Proportion::new(left, if out_of_scope > 0 { messages - answered } else { 0 }),
        auroc: curve::auroc(judged),
        most_confident: curve.among(&[0.7, 0.8, 0.9]),
        coverage_at: curve.coverage_at(&[0.95, 0.98]),
        calibration_error: calibration_error(judged),
        reliability: reliability(judged),
        risk_coverage: curve.points(),
        rules: rules(engine, judged),
        confusions: confusions(engine, judged),
        mistakes: mistakes(judged).into_iter().map(|at| mistake(engine, &judged[at])).collect(),
        unknown_intents: Vec::new(),
    }
}

fn count<'d>(judged: &[Judged<'d>], holds: impl Fn(&Judged<'d>) -> bool) -> usize {
    judged.iter().filter(|judged| holds(judged)).count()
}

#[derive(Default)]
struct Counts {
    messages: usize,
    answered: usize,
    right: usize,
    best: usize,
}

fn rules(engine: &Engine, judged: &[Judged]) -> Vec<RuleFigures> {
    let mut counts = BTreeMap::<u32, Counts>::new();
    for message in judged {
        if let Some(rule) = message.expected {
            let of_rule = counts.entry(rule).or_default();
            of_rule.messages += 1;
            of_rule.right += usize::from(message.is_right());
            of_rule.best += usize::from(message.is_best_right());
        }
        if let Some(rule) = message.decided {
            counts.entry(rule).or_default().answered += 1;
        }
    }
    let figures = counts.into_iter().map(|(rule, counts)| RuleFigures {
        rule: id(engine, rule),
        messages: counts.messages,
        answered: counts.answered,
        precision: Proportion::new(counts.right, counts.answered),
        recall: Proportion::new(counts.right, counts.messages),
        accuracy: Proportion::new(counts.best, counts.messages),
    });
    figures.collect()
}

fn confusions(engine: &Engine, judged: &[Judged]) -> Vec<Confusion> {
    let mut counts = BTreeMap::<(Option<u32>, Option<u32>), (usize, usize)>::new();
    for message in judged.iter().filter(|message| message.best != message.expected) {
        let count = counts.entry((message.expected, message.best)).or_default();
        count.0 += 1;
        count.1 += usize::from(message.decided.is_some());
    }
    let named = |rule: Option<u32>| rule.map(|rule| id(engine, rule));
    let mut confusions: Vec<Confusion> = counts
        .into_iter()
        .map(|((expected, best), (messages, answered))| Confusion {
            expected: named(expected),
            best: named(best),
            messages,
            answered,
        })
        .collect();
    let harm = |pair: &Confusion| (pair.answered, pair.expected.is_some(), pair.messages);
    confusions.sort_by_key(|pair| std::cmp::Reverse(harm(pair)));
    confusions
}

fn mistake(engine: &Engine, judged: &Judged) -> Mistake {
    let named = |rule: Option<u32>| rule.map(|rule| id(engine, rule));
    let (why, explanation) = judged.explained.clone().unzip();
    Mistake {
        text: judged.message.text.clone(),
        expected: named(judged.expected),
        best: named(judged.best),
        confidence: judged.confidence,
        got: judged.ending.clone(),
        verdict: judged.verdict,
        why,
        explanation,
    }
}
