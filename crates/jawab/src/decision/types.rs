use std::sync::Arc;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::privacy::Found;
use crate::rules::{Priority, Tone};

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
#[expect(clippy::large_enum_variant, reason = "decisions are made one at a time, and hosts match on them")]
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
    /// How the customer sounds; told in conversations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// The text to send.
    pub text: String,
    /// Values found in the message.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    pub slots: Slots,
    /// What was masked in the message, with spans; told in conversations only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Found>,
    /// What else was considered, best first, at most five.
    pub candidates: Vec<Candidate>,
    /// Fingerprint of the rule set.
    pub rules: Arc<str>,
}

/// Two or more rules are too close to choose; or, in a conversation, a detail is missing, or the customer is asked for
/// other words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ask {
    /// The rule whose handoff a detail is missing for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Arc<str>>,
    /// The name of the detail that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<Arc<str>>,
    /// Language of the text.
    pub language: Arc<str>,
    /// How the customer sounds; told in conversations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// The question to the customer, options included.
    pub text: String,
    /// What the customer may choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AskOption>,
    /// What was masked in the message, with spans; told in conversations only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Found>,
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
    /// Why: the rule's own reason, or `no-match`, `low-confidence`, `ambiguous`, `too-long`, `no-text`; in a
    /// conversation also `repeated` and `requested`.
    pub reason: Arc<str>,
    /// The estimated chance that the rule is right, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Language of the text, or of the message where there is no text.
    pub language: Arc<str>,
    /// How the customer sounds; told in conversations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
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
    /// Why level or priority are above those of the rule; told in conversations only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation: Vec<Raise>,
    /// Seconds to the first response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond_within: Option<u64>,
    /// Seconds between updates to the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_every: Option<u64>,
    /// Seconds to the solution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolve_within: Option<u64>,
    /// When the first response is due (RFC 3339), where the host gives the `time`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<String>,
    /// When the first update is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_by: Option<String>,
    /// When the solution is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolve_by: Option<String>,
    /// Values found in the message.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    pub slots: Slots,
    /// What the host's ticket system needs.
    pub ticket: Ticket,
    /// What was masked in the message, with spans; told in conversations only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Found>,
    /// What was considered, best first, at most five.
    pub candidates: Vec<Candidate>,
    /// Fingerprint of the rule set.
    pub rules: Arc<str>,
}

/// Why level or priority rose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Raise {
    /// `anger`, `repeated-contact`, `waiting`, or the cause of an `escalation` of the settings.
    pub cause: Arc<str>,
    /// The level it rose to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The priority it rose to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

/// Content of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ticket {
    /// What it is about, for the agent.
    pub subject: String,
    /// The category of the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Arc<str>>,
    /// The customer's language; told in conversations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Arc<str>>,
    /// What happened so far, in the desk's language; told in conversations only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Details that the rule collects and the message holds, or earlier ones of the conversation.
    #[serde(default, skip_serializing_if = "Slots::is_empty")]
    pub fields: Slots,
    /// Names of details that the rule collects and the message does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Arc<str>>,
    /// Tags, the rule's id first.
    pub tags: Vec<Arc<str>>,
    /// The last messages, masked, the latest last; told in conversations only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<TicketMessage>,
}

/// A message of a conversation, as the agent may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TicketMessage {
    /// `customer`, `desk` (the engine's own texts) or `agent`.
    pub from: Arc<str>,
    /// What was written: masked, and its beginning where it is long.
    pub text: String,
}

/// A message that is not for the bot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ignore {
    /// Why: `human-owner`, `not-from-customer` or `empty`; in a conversation also `duplicate`, `media-only` and
    /// `automatic-reply`.
    pub reason: Arc<str>,
    /// What was masked in the message, with spans; told in conversations only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Found>,
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
    /// The customer chose it, or it follows from the topic of the conversation.
    Conversation,
}

impl Evidence {
    /// Whether it is more than likeness.
    pub(crate) fn is_certain(self) -> bool {
        self > Evidence::Question
    }
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
    /// Bytes of the message: first and after the last; empty for a value of an earlier message.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub span: (u32, u32),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_empty(span: &(u32, u32)) -> bool {
    span.0 == span.1
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

    /// Adds values under names that are not there yet.
    pub(crate) fn add(&mut self, others: Slots) {
        for (name, value) in others.0 {
            if self.get(&name).is_none() {
                self.0.push((name, value));
            }
        }
    }

    /// The message stands so many bytes into a longer text, of which the spans shall be.
    pub(crate) fn shift(&mut self, by: usize) {
        for (_, value) in self.0.iter_mut().filter(|(_, value)| !is_empty(&value.span)) {
            value.span = (value.span.0 + by as u32, value.span.1 + by as u32);
        }
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
