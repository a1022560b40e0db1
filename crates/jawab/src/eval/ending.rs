use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use serde::Serialize;

use crate::decision::Decision;
use crate::engine::{Explanation, WhyNot};

/// Where a message ended, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ending {
    /// `answer`, `ask`, `handoff` or `ignore`.
    pub action: &'static str,
    /// The rule that answered or handed off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Arc<str>>,
    /// Why it was handed off or ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Arc<str>>,
    /// The rules among which the customer was asked to choose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Arc<str>>,
}

impl Ending {
    pub(super) fn of(decision: &Decision) -> Self {
        let reason = match decision {
            Decision::Handoff(handoff) => Some(Arc::clone(&handoff.reason)),
            Decision::Ignore(ignore) => Some(Arc::clone(&ignore.reason)),
            Decision::Answer(_) | Decision::Ask(_) => None,
        };
        let options = match decision {
            Decision::Ask(ask) => ask.options.iter().map(|option| Arc::clone(&option.rule)).collect(),
            _ => Vec::new(),
        };
        Ending { action: decision.action(), rule: decision.rule().map(Arc::from), reason, options }
    }
}

impl Display for Ending {
    /// `answer by deposit-how`, `handoff, low-confidence`, `ask: deposit-how or deposit-minimum`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.action)?;
        if !self.options.is_empty() {
            return write!(f, ": {}", self.options.join(" or "));
        }
        match (&self.rule, &self.reason) {
            (Some(rule), _) => write!(f, " by {rule}"),
            (None, Some(reason)) => write!(f, ", {reason}"),
            (None, None) => Ok(()),
        }
    }
}

/// How a message ended, measured by where it must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// In the rule it must end in; or, where no rule may answer it, handed off as not understood or asked about.
    Right,
    /// Answered by another rule, or at all where no rule may answer it: the customer reads something wrong.
    Wrong,
    /// Handed off by another rule: a person reads it, perhaps in the wrong team.
    Misrouted,
    /// Handed off for doubt, asked about or ignored, where a rule should have decided.
    Unsure,
}

impl Verdict {
    /// Judges a decision; no rule is expected where none may answer.
    pub(super) fn of(decision: &Decision, expected: Option<&str>) -> Self {
        match (decision, expected) {
            (_, Some(rule)) if decision.rule() == Some(rule) => Verdict::Right,
            (Decision::Answer(_), _) => Verdict::Wrong,
            (Decision::Handoff(handoff), _) if handoff.rule.is_some() => Verdict::Misrouted,
            (Decision::Handoff(handoff), None) if for_doubt(&handoff.reason) => Verdict::Right,
            (Decision::Ask(_), None) => Verdict::Right,
            _ => Verdict::Unsure,
        }
    }
}

pub(super) fn for_doubt(reason: &str) -> bool {
    ["no-match", "low-confidence", "ambiguous"].contains(&reason)
}

/// Why a message ended as it did, in one line: what kept the expected rule from deciding it, where one is expected,
/// and what spoke for the best candidate.
pub(super) fn why(explanation: &Explanation, why_not: Option<WhyNot>) -> String {
    let Some(best) = explanation.candidates.first() else {
        return "no rule has anything in common with it".to_owned();
    };
    let nearest = best.nearest.as_ref().map(|nearest| format!(", like `{nearest}`")).unwrap_or_default();
    let best_told = format!("{} has {:.2}{nearest}", best.rule, best.confidence);
    match why_not {
        Some(why_not) if why_not.rule == best.rule => why_not.text,
        Some(why_not) => format!("{}; {best_told}", why_not.text),
        None => best_told,
    }
}
