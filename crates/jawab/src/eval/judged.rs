//! Labelled messages decided and compared with their labels.

use std::sync::Arc;

use super::ending::{Ending, Verdict, why};
use super::labelled::{Labelled, numbers};
use crate::engine::{Assessed, Engine, Explanation};

/// A message with what the engine made of it. Rules go by their numbers.
#[derive(Debug)]
pub(super) struct Judged<'d> {
    pub(super) message: &'d Labelled,
    /// The rule that is right; none where no rule is.
    pub(super) expected: Option<u32>,
    /// The best candidate, whatever the threshold.
    pub(super) best: Option<u32>,
    /// Its confidence; 0 where nothing speaks for any rule.
    pub(super) confidence: f64,
    /// The rule that decided: answered, or handed off by its own handoff.
    pub(super) decided: Option<u32>,
    pub(super) ending: Ending,
    pub(super) verdict: Verdict,
    /// Why it ended so, for the most costly mistakes.
    pub(super) explained: Option<(String, Explanation)>,
}

impl Judged<'_> {
    /// Whether the best candidate is right; never out of scope.
    pub(super) fn is_best_right(&self) -> bool {
        self.expected.is_some() && self.best == self.expected
    }

    /// Whether the rule that decided is right.
    pub(super) fn is_right(&self) -> bool {
        self.expected.is_some() && self.decided == self.expected
    }

    /// Whether a rule decided that is not right.
    pub(super) fn is_wrong(&self) -> bool {
        self.decided.is_some() && self.decided != self.expected
    }

    /// Whether it should have ended elsewhere: decided wrongly, or not decided though in scope.
    pub(super) fn is_mistake(&self) -> bool {
        self.is_wrong() || (self.expected.is_some() && self.decided.is_none())
    }
}

/// Most mistakes that are explained: the most costly ones.
const EXPLAINED: usize = 100;

/// Decides messages. Those whose intent is no rule of the set are left out.
pub(super) fn judge<'d>(
    engine: &Engine,
    labelled: impl IntoIterator<Item = &'d Labelled>,
) -> Vec<Judged<'d>> {
    let rules = numbers(engine.rules());
    let mut matcher = engine.matcher();
    let mut judged = Vec::new();
    for message in labelled {
        let expected = message.intent.as_deref().map(|intent| rules.get(intent).copied());
        if expected != Some(None) {
            let assessed = matcher.assess(message.message());
            let decided = assessed.decision.rule().and_then(|rule| rules.get(rule).copied());
            judged.push(compare(message, expected.flatten(), &assessed, decided));
        }
    }
    explain(engine, &mut judged);
    judged
}

fn compare<'d>(
    message: &'d Labelled,
    expected: Option<u32>,
    assessed: &Assessed,
    decided: Option<u32>,
) -> Judged<'d> {
    Judged {
        message,
        expected,
        best: assessed.best.map(|(rule, _)| rule),
        confidence: floored(assessed.best.map_or(0.0, |(_, confidence)| confidence)),
        decided,
        ending: Ending::of(&assessed.decision),
        verdict: Verdict::of(&assessed.decision, message.intent.as_deref()),
        explained: None,
    }
}

/// With four digits, and no higher: as a threshold it must answer the message.
fn floored(confidence: f64) -> f64 {
    (confidence * 10_000.0).floor() / 10_000.0
}

/// The places of the mistakes, the most costly first: wrong ones before undecided ones, then the surer, then by text.
pub(super) fn mistakes(judged: &[Judged]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..judged.len()).filter(|&at| judged[at].is_mistake()).collect();
    places.sort_by(|&one, &other| {
        let (one, other) = (&judged[one], &judged[other]);
        let costly = other.is_wrong().cmp(&one.is_wrong());
        let surer = other.confidence.total_cmp(&one.confidence);
        costly.then(surer).then_with(|| one.message.text.cmp(&other.message.text))
    });
    places
}

fn explain(engine: &Engine, judged: &mut [Judged]) {
    for place in mistakes(judged).into_iter().take(EXPLAINED) {
        let message = judged[place].message.message();
        let explanation = engine.explain(message);
        let why_not = judged[place].message.intent.as_deref().and_then(|rule| engine.why_not(message, rule));
        judged[place].explained = Some((why(&explanation, why_not), explanation));
    }
}

/// The id of a rule by its number.
pub(super) fn id(engine: &Engine, rule: u32) -> Arc<str> {
    engine.rules().contents().rules[rule as usize].id.text.as_str().into()
}
