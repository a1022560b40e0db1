//! What a host may know of a rule set without reading its files.

use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::Place;
use crate::rules::model::{Outcome, Rule};

/// A rule in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleSummary {
    /// Its id.
    pub id: Arc<str>,
    /// What it does with a message: `answer` or `handoff`.
    pub action: &'static str,
    /// Its priority.
    pub priority: i32,
    /// How many questions it learns from.
    pub questions: usize,
    /// How many patterns speak for it.
    pub patterns: usize,
    /// Where its id stands.
    pub place: Place,
}

impl RuleSummary {
    pub(super) fn of(rule: &Rule) -> Self {
        let action = match rule.outcome {
            Outcome::Answer(_) => "answer",
            Outcome::Handoff(_) => "handoff",
        };
        RuleSummary {
            id: rule.id.text.as_str().into(),
            action,
            priority: rule.priority,
            questions: rule.questions.len(),
            patterns: rule.any.len() + rule.all.len(),
            place: rule.id.place.clone(),
        }
    }
}

/// The settings of a rule set.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleSettings {
    /// Language packs in use.
    pub languages: Vec<Arc<str>>,
    /// Least confidence to answer, 0 to 1; none: computed from the set's own questions.
    pub threshold: Option<f64>,
    /// Least lead over the runner-up, 0 to 1.
    pub margin: f64,
    /// Whether to ask which rule was meant where two are too close, rather than hand off.
    pub clarify: bool,
}
