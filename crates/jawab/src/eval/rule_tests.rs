use std::sync::Arc;

use serde::Serialize;

use super::ending::{Ending, why};
use crate::context::Context;
use crate::diagnostic::Place;
use crate::engine::{Engine, Explanation, Matcher};
use crate::message::Message;
use crate::rules::{Entry, Rule};

/// What came of the tests beside the rules.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleTests {
    /// How many messages were decided.
    pub messages: usize,
    /// Those that ended where they must not, in the order of the rules.
    pub failures: Vec<TestFailure>,
}

/// A message of a rule's tests that ended where it must not.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TestFailure {
    /// Where the message stands.
    pub place: Place,
    /// The rule whose test it is.
    pub rule: Arc<str>,
    /// Whether it had to end in the rule, or had not to.
    pub kind: TestKind,
    /// The message.
    pub text: String,
    /// Where it ended.
    pub got: Ending,
    /// What kept the rule from deciding it, and what spoke for the best candidate.
    pub why: String,
    /// How the decision came about.
    pub explanation: Explanation,
}

/// The kinds of messages in a rule's `tests`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TestKind {
    /// Must end in the rule.
    Matches,
    /// Must not end in the rule.
    Rejects,
}

/// Runs the tests that stand beside the rules, each with facts for which its rule is meant.
///
/// ```
/// let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// jawab: 1
/// language: en
/// settings: {fallback: {say: One moment.}}
/// faq:
///   hours:
///     questions: [when are you open]
///     answer: Always.
///     tests: {matches: [When are you open?], rejects: [where is my parcel]}
/// ")?;
/// let report = jawab::eval::rule_tests(&jawab::Engine::new(&rules)?);
/// assert_eq!((report.messages, report.failures.len()), (2, 0));
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn rule_tests(engine: &Engine) -> RuleTests {
    let mut report = RuleTests::default();
    let mut matcher = engine.matcher();
    for rule in engine.rules().contents().rules.iter() {
        let facts = rule.fitting_context();
        let accepted = rule.tests.matches.iter().map(|test| (TestKind::Matches, test));
        let rejected = rule.tests.rejects.iter().map(|test| (TestKind::Rejects, test));
        for (kind, test) in accepted.chain(rejected) {
            report.messages += 1;
            report.failures.extend(failure(engine, &mut matcher, rule, &facts, kind, test));
        }
    }
    report
}

fn failure(
    engine: &Engine,
    matcher: &mut Matcher,
    rule: &Rule,
    facts: &Context,
    kind: TestKind,
    test: &Entry,
) -> Option<TestFailure> {
    let message = Message::new(&test.text).with_context(facts);
    let decided = matcher.decide(message).rule() == Some(rule.id.text.as_str());
    if decided == (kind == TestKind::Matches) {
        return None;
    }
    let explanation = engine.explain(message);
    let why = why(&explanation, engine.why_not(message, &rule.id.text));
    Some(TestFailure {
        place: test.place.clone(),
        rule: rule.id.text.as_str().into(),
        kind,
        text: test.text.clone(),
        got: Ending::of(&explanation.decision),
        why,
        explanation,
    })
}
