use std::sync::Arc;

use serde::Serialize;

use super::ending::{Ending, Verdict};
use super::judged::{Judged, id, judge};
use super::labelled::Labelled;
use crate::engine::Engine;

/// A labelled message with where it ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Judgement {
    /// The message.
    pub text: String,
    /// The rule that is right; none out of scope.
    pub expected: Option<Arc<str>>,
    /// The best candidate, whatever the threshold.
    pub best: Option<Arc<str>>,
    /// Its confidence, 0 to 1; 0 where nothing speaks for any rule. Rounded down to four digits, so that the message is
    /// answered with it as threshold; in a [`Candidate`](crate::decision::Candidate) it may be 0.0001 higher.
    pub confidence: f64,
    /// Where it ended.
    pub got: Ending,
    /// How good or bad that is.
    pub verdict: Verdict,
}

/// Decides labelled messages one by one: what [`evaluate`](super::evaluate) counts, to be counted otherwise. Messages
/// whose label is no rule of the set are left out.
///
/// ```
/// use jawab::eval::{Labelled, Verdict, judgements};
///
/// let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// jawab: 1
/// language: en
/// faq: {hours: {questions: [when are you open], answer: Always.}}
/// ")?;
/// let messages = [Labelled::new("When are you open?", Some("hours"))];
/// let judgements = judgements(&jawab::Engine::new(&rules)?, &messages);
/// assert_eq!(judgements[0].verdict, Verdict::Right);
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn judgements(engine: &Engine, labelled: &[Labelled]) -> Vec<Judgement> {
    judge(engine, labelled).iter().map(|judged| Judgement::of(engine, judged)).collect()
}

impl Judgement {
    fn of(engine: &Engine, judged: &Judged) -> Self {
        Judgement {
            text: judged.message.text.clone(),
            expected: judged.expected.map(|rule| id(engine, rule)),
            best: judged.best.map(|rule| id(engine, rule)),
            confidence: judged.confidence,
            got: judged.ending.clone(),
            verdict: judged.verdict,
        }
    }
}
