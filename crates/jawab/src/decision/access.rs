//! What all decisions have, whatever their action.

use super::types::{Answer, Ask, Candidate, Decision, Handoff, Ignore, Slots};
use crate::privacy::Found;
use crate::rules::Tone;

impl Decision {
    /// What was considered, best first, at most five. Where a pattern answers whatever the questions say, only rules
    /// that patterns speak for are considered.
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Decision::Answer(answer) => &answer.candidates,
            Decision::Ask(ask) => &ask.candidates,
            Decision::Handoff(handoff) => &handoff.candidates,
            Decision::Ignore(ignore) => &ignore.candidates,
        }
    }

    /// The rule that answers or hands off, or for which a detail is asked.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Decision::Answer(answer) => Some(&answer.rule),
            Decision::Handoff(handoff) => handoff.rule.as_deref(),
            Decision::Ask(ask) => ask.rule.as_deref(),
            Decision::Ignore(_) => None,
        }
    }

    /// The estimated chance that the rule is right, 0 to 1; none where no rule decides.
    pub fn confidence(&self) -> Option<f64> {
        match self {
            Decision::Answer(answer) => Some(answer.confidence),
            Decision::Handoff(handoff) => handoff.confidence,
            Decision::Ask(_) | Decision::Ignore(_) => None,
        }
    }

    /// Why it is handed off or ignored.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Decision::Handoff(handoff) => Some(&handoff.reason),
            Decision::Ignore(ignore) => Some(&ignore.reason),
            Decision::Answer(_) | Decision::Ask(_) => None,
        }
    }

    /// Language of the text, a BCP 47 tag; of the message where there is no text. None where the message is ignored.
    pub fn language(&self) -> Option<&str> {
        match self {
            Decision::Answer(answer) => Some(&answer.language),
            Decision::Ask(ask) => Some(&ask.language),
            Decision::Handoff(handoff) => Some(&handoff.language),
            Decision::Ignore(_) => None,
        }
    }

    /// How the customer sounds; told in conversations only.
    pub fn tone(&self) -> Option<Tone> {
        match self {
            Decision::Answer(Answer { tone, .. })
            | Decision::Ask(Ask { tone, .. })
            | Decision::Handoff(Handoff { tone, .. }) => *tone,
            Decision::Ignore(_) => None,
        }
    }

    /// Fingerprint of the rule set that decided.
    pub fn rules(&self) -> &str {
        match self {
            Decision::Answer(answer) => &answer.rules,
            Decision::Ask(ask) => &ask.rules,
            Decision::Handoff(handoff) => &handoff.rules,
            Decision::Ignore(ignore) => &ignore.rules,
        }
    }

    /// What the rule's pattern found in the message.
    pub fn slots(&self) -> Option<&Slots> {
        match self {
            Decision::Answer(answer) => Some(&answer.slots),
            Decision::Handoff(handoff) => Some(&handoff.slots),
            Decision::Ask(_) | Decision::Ignore(_) => None,
        }
    }

    /// What the rule's pattern found, to be changed.
    pub(crate) fn slots_mut(&mut self) -> Option<&mut Slots> {
        match self {
            Decision::Answer(answer) => Some(&mut answer.slots),
            Decision::Handoff(handoff) => Some(&mut handoff.slots),
            Decision::Ask(_) | Decision::Ignore(_) => None,
        }
    }

    /// The handoff, where it is one.
    pub fn handoff(&self) -> Option<&Handoff> {
        if let Decision::Handoff(handoff) = self { Some(handoff) } else { None }
    }

    /// The action as it is named in JSON: `answer`, `ask`, `handoff` or `ignore`.
    pub fn action(&self) -> &'static str {
        match self {
            Decision::Answer(_) => "answer",
            Decision::Ask(_) => "ask",
            Decision::Handoff(_) => "handoff",
            Decision::Ignore(_) => "ignore",
        }
    }

    /// What the customer reads; none where nothing is sent.
    pub fn text(&self) -> Option<&str> {
        match self {
            Decision::Answer(answer) => Some(&answer.text),
            Decision::Ask(ask) => Some(&ask.text),
            Decision::Handoff(handoff) => handoff.text.as_deref(),
            Decision::Ignore(_) => None,
        }
    }

    /// What the customer reads, to be changed.
    pub(crate) fn text_mut(&mut self) -> Option<&mut String> {
        match self {
            Decision::Answer(answer) => Some(&mut answer.text),
            Decision::Ask(ask) => Some(&mut ask.text),
            Decision::Handoff(handoff) => handoff.text.as_mut(),
            Decision::Ignore(_) => None,
        }
    }

    /// Notes how the customer sounds.
    pub(crate) fn set_tone(&mut self, of: Option<Tone>) {
        match self {
            Decision::Answer(Answer { tone, .. })
            | Decision::Ask(Ask { tone, .. })
            | Decision::Handoff(Handoff { tone, .. }) => *tone = of,
            Decision::Ignore(_) => {}
        }
    }

    /// Notes what was masked in the message.
    pub(crate) fn set_masked(&mut self, found: Vec<Found>) {
        match self {
            Decision::Answer(Answer { masked, .. })
            | Decision::Ask(Ask { masked, .. })
            | Decision::Handoff(Handoff { masked, .. })
            | Decision::Ignore(Ignore { masked, .. }) => *masked = found,
        }
    }

    /// The decision as one line of JSON. Equal decisions are equal bytes.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
