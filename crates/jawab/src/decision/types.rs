use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::rules::Priority;

/// What to do with a message.
///
/// Exhaustive on purpose: a host must handle every action.
///
/// ```
/// use jawab::{Decision, Engine, RuleSet};
///
/// let rules = RuleSet::from_yaml("greet.yaml", "
/// jawab: 1
/// language: en
/// settings: {fallback: {say: I am passing you on to our team.}}
/// faq:
///   greeting:
///     questions: [hello, good morning]
///     answer: Hello, how may I help?
/// ")?;
/// let decision = Engine::new(&rules)?.decide("Hello!");
/// assert!(matches!(decision, Decision::Answer(answer) if answer.text == "Hello, how may I help?"));
/// # Ok::<(), jawab::Error>(())
/// ```
///
/// What [`Decision::to_json`] writes can be read again, from a log of decisions say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum Decision {
    /// Send this text.
    Answer(Answer),
    /// Ask the customer this.
    Ask(Ask),
    /// Pass the conversation to a person.
    Handoff(Handoff),
    /// Do nothing.
    Ignore(Ignore),
}

/// A rule answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answer {
    /// The rule that answers.
    pub rule: Arc<str>,
    /// The estimated chance that the rule is right, 0 to 1.
    pub confidence: f64,
    /// Language of the text.
    pub language: Arc<str>,
    /// The text to send.
    pub text: String,
    /// Values found in the message.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    pub slots: Slots,
    /// What else was considered, best first, at most five.
    pub candidates: Vec<Candidate>,
    /// Fingerprint of the rule set.
    pub rules: Arc<str>,
}

/// Two or more rules are too close to choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ask {
    /// Language of the text.
    pub language: Arc<str>,
    /// The question to the customer, options included.
    pub text: String,
    /// What the customer may choose.
    pub options: Vec<AskOption>,
    /// What was considered, best first, at most five.
    pub candidates: Vec<Candidate>,
    /// Fingerprint of the rule set.
    pub rules: Arc<str>,
}

/// One of the rules that a customer may have meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AskOption {
    /// The rule.
    pub rule: Arc<str>,
    /// Its name for the customer.
    pub title: String,
}

/// A person takes over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Handoff {
    /// The rule that hands off; none where no rule may answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Arc<str>>,
    /// Why: the rule's own reason, or `no-match`, `low-confidence`, `ambiguous`, `too-long`, `no-text`.
    pub reason: Arc<str>,
    /// The estimated chance that the rule is right, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Language of the text, or of the message where there is no text.
    pub language: Arc<str>,
    /// What to tell the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Arc<str>>,
    /// Level of support, from 1.
    pub level: u8,
    /// How urgent it is.
    pub priority: Priority,
    /// Seconds to the first response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond_within: Option<u64>,
    /// Seconds between updates to the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_every: Option<u64>,
    /// Seconds to the solution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolve_within: Option<u64>,
    /// Values found in the message.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    pub slots: Slots,
    /// What the host's ticket system needs.
    pub ticket: Ticket,
    /// What was considered, best first, at most five.
    pub candidates: Vec<Candidate>,
    /// Fingerprint of the rule set.
    pub rules: Arc<str>,
}

/// Content of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ticket {
    /// What it is about, for the agent.
    pub subject: String,
    /// Details that the rule collects and the message holds.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    pub fields: Slots,
    /// Names of details that the rule collects and the message does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Arc<str>>,
    /// Tags, the rule's id first.
    pub tags: Vec<Arc<str>>,
}

/// A message that is not for the bot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ignore {
    /// Why: `human-owner`, `not-from-customer` or `empty`.
    pub reason: Arc<str>,
    /// What was considered, for the agent, best first, at most five.
    pub candidates: Vec<Candidate>,
    /// Fingerprint of the rule set.
    pub rules: Arc<str>,
}

/// A rule with its confidence and what speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The rule.
    pub rule: Arc<str>,
    /// The estimated chance that the rule is right, 0 to 1.
    pub confidence: f64,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for a rule in a message, strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Likeness to its questions.
    Question,
    /// A pattern matches.
    Pattern,
    /// One of its questions, word for word.
    Identical,
}

/// Values found in a message, by name, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slots(pub(crate) Vec<(Arc<str>, SlotValue)>);

/// A value found in a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SlotValue {
    /// The value in its standard form.
    pub value: Value,
    /// The words of the message.
    pub text: String,
    /// Bytes of the message: first and after the last.
    pub span: (u32, u32),
}

impl Slots {
    /// The value of the given name.
    pub fn get(&self, name: &str) -> Option<&SlotValue> {
        self.iter().find_map(|(found, value)| (found == name).then_some(value))
    }

    /// All values with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SlotValue)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Slots {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Slots {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

/// Reads slots in the order in which they are written.
struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Slots;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("values by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Slots, A::Error> {
        let entries = std::iter::from_fn(|| map.next_entry().transpose());
        entries.collect::<Result<_, _>>().map(Slots)
    }
}

impl Decision {
    /// What was considered, best first, at most five.
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Decision::Answer(answer) => &answer.candidates,
            Decision::Ask(ask) => &ask.candidates,
            Decision::Handoff(handoff) => &handoff.candidates,
            Decision::Ignore(ignore) => &ignore.candidates,
        }
    }

    /// The rule that answers or hands off.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Decision::Answer(answer) => Some(&answer.rule),
            Decision::Handoff(handoff) => handoff.rule.as_deref(),
            Decision::Ask(_) | Decision::Ignore(_) => None,
        }
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

    /// The decision as one line of JSON. Equal decisions are equal bytes.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
