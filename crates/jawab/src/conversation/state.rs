//! What a conversation remembers: a small value of the host's, bounded in every part.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::bounds::{json_size, kept_facts, push, shortened, written};
use super::collecting::Collecting;
use crate::error::Error;
use crate::rules::Tone;

/// The version of the format.
pub(super) const VERSION: u32 = 1;
/// Largest state in bytes of JSON.
pub(super) const STATE_BYTES: usize = 4_000;
/// Largest text that is read as a state.
const READ_BYTES: usize = 16 * 1024;

/// Rules of which is remembered that they were spoken of.
const TOPICS: usize = 8;
/// Texts of a rule that are remembered as said.
const SAID: usize = 4;
/// Details that are remembered for a handoff to come.
const DETAILS: usize = 8;
/// Messages that are remembered for the ticket.
const MESSAGES: usize = 6;
/// Handoffs that wait while another is prepared.
pub(super) const OPEN: usize = 2;
/// Ids of messages that are remembered, to know the same message again.
const SEEN: usize = 8;
/// Longest remembered message, and longest words of a detail, in bytes.
const LINE_BYTES: usize = 160;
pub(super) const DETAIL_BYTES: usize = 60;
/// What is never forgotten of a saved state – its language, marks of ids, the last handoff – in bytes of JSON.
const LASTING_BYTES: usize = 1_000;
/// Facts of the conversation that are kept with it, in bytes of JSON.
const CONTEXT_BYTES: usize = 1_024;

/// What a conversation remembers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    pub(super) version: u32,
    /// Fingerprint of the rule set.
    pub(super) rules: String,
    /// Facts that the host gave for the whole conversation.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(super) context: Map<String, Value>,
    /// Messages of the customer so far.
    #[serde(default)]
    pub(super) turn: u32,
    /// The language that the customer writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    /// What the customer was asked last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pending: Option<Pending>,
    /// Handoffs that were being prepared when another came first.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    pub(super) open: VecDeque<Collecting>,
    /// What was spoken of, the latest last.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    pub(super) topics: VecDeque<Topic>,
    /// What the customer has said of himself and his matter.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    pub(super) details: VecDeque<Detail>,
    /// The last messages, masked.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    pub(super) messages: VecDeque<Line>,
    /// Marks of the ids of the last messages.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    pub(super) seen: VecDeque<String>,
    #[serde(default, skip_serializing_if = "Counts::is_empty")]
    pub(super) counts: Counts,
    /// How the customer sounded last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tone: Option<Tone>,
    /// Mark of the opening that was said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) opening: Option<u32>,
    /// Mark of the text that was said last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) last: Option<u32>,
    /// The last handoff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) handed: Option<Handed>,
}

/// What the customer was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Pending {
    /// Which of these rules was meant.
    Choice { options: Vec<String> },
    /// For a detail.
    Detail(Collecting),
}

/// A detail that the customer has told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Detail {
    /// Its type, with its name after `/` where that is another; of a field of a handoff, its name.
    pub(super) name: String,
    pub(super) value: Value,
    /// The words of the customer.
    pub(super) text: String,
}

/// A rule that was spoken of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    pub(super) rule: String,
    /// The message with which it was spoken of last.
    pub(super) turn: u32,
    /// How often it was answered in the same way; 0 where it was not answered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) times: u32,
    /// Mark of the values that the answer was about.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) slots: u32,
    /// Marks of the texts that were said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) said: Vec<u32>,
    /// Whether it was handed off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) handed: bool,
}

/// A message, masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) from: Sender,
    pub(super) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Sender {
    Customer,
    Desk,
    Agent,
}

impl Sender {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Sender::Customer => "customer",
            Sender::Desk => "desk",
            Sender::Agent => "agent",
        }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counts {
    /// Messages in a row that were not understood.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) not_understood: u32,
    /// Answers that did not help, since one did.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) unhelpful: u32,
    /// Angry messages.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) anger: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) handoffs: u32,
}

impl Counts {
    fn is_empty(&self) -> bool {
        *self == Counts::default()
    }
}

/// The last handoff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    /// Why, where no rule did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// When a person must have answered; none once one has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) respond_by: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// An error that tells where reading stopped.
fn unreadable(what: &str, error: &serde_json::Error) -> Error {
    Error::state(match error.classify() {
        Category::Eof => format!("{what}: it ends too early"),
        _ => format!("{what}: it cannot be read from line {}, column {} on", error.line(), error.column()),
    })
}

impl State {
    pub(super) fn new(fingerprint: &str, context: &Map<String, Value>) -> Self {
        let context = kept_facts(context, CONTEXT_BYTES);
        State { version: VERSION, rules: fingerprint.to_owned(), context, ..State::default() }
    }

    /// Facts for all messages to come.
    pub(super) fn set_context(&mut self, context: &Map<String, Value>) {
        self.context = kept_facts(context, CONTEXT_BYTES);
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a state and holds it against its bounds.
    pub(super) fn from_json(json: &str) -> Result<Self, Error> {
        if json.len() > READ_BYTES {
            return Err(Error::state(format!("the state has more than {READ_BYTES} bytes")));
        }
        let versioned: Versioned =
            serde_json::from_str(json).map_err(|error| unreadable("this is no state", &error))?;
        if versioned.version != VERSION {
            let message = format!("the state has version {}; version {VERSION} is known", versioned.version);
            return Err(Error::state(message));
        }
        let state: State =
            serde_json::from_str(json).map_err(|error| unreadable("the state is damaged", &error))?;
        if state.is_bounded() {
            Ok(state)
        } else {
            Err(Error::state("the state is damaged: it holds more than a conversation remembers".to_owned()))
        }
    }

    fn is_bounded(&self) -> bool {
        let (fields, options): (&[Detail], &[String]) = match &self.pending {
            Some(Pending::Detail(collecting)) => (&collecting.fields, &[]),
            Some(Pending::Choice { options }) => (&[], options),
            None => (&[], &[]),
        };
        let open = self.open.iter().flat_map(|collecting| &collecting.fields);
        let details = self.details.iter().chain(fields).chain(open);
        self.topics.len() <= TOPICS
            && self.topics.iter().all(|topic| topic.said.len() <= SAID)
            && self.details.len() <= DETAILS
            && self.open.len() <= OPEN
            && self.messages.len() <= MESSAGES
            && self.messages.iter().all(|line| line.text.len() <= LINE_BYTES + '…'.len_utf8())
            && details.into_iter().all(|detail| detail.text.len() <= DETAIL_BYTES + '…'.len_utf8())
            && self.seen.len() <= SEEN
            && json_size(&self.context) <= CONTEXT_BYTES + "{}".len()
            && self.lasting() <= LASTING_BYTES
            && self.size() <= STATE_BYTES
            && (1..options.len()).all(|at| !options[..at].contains(&options[at]))
    }

    /// Bytes of the state's JSON.
    fn size(&self) -> usize {
        json_size(self)
    }

    /// Bytes of JSON, at most, that what is never forgotten has.
    fn lasting(&self) -> usize {
        let handed = self.handed.iter().flat_map(|handed| [&handed.rule, &handed.reason, &handed.respond_by]);
        let texts = handed.chain([&self.language]).flatten().chain([&self.rules]).chain(&self.seen);
        400 + texts.map(|text| written(text) + 3).sum::<usize>()
    }

    /// Bytes that the state's JSON has at most, counted without writing it.
    fn bound(&self) -> usize {
        let detail =
            |detail: &Detail| 40 + written(&detail.name) + written(&detail.text) + json_size(&detail.value);
        let topic = |topic: &Topic| 110 + written(&topic.rule) + 11 * topic.said.len();
        let pending = self.pending.as_ref().map_or(0, |pending| json_size(pending) + r#","pending":"#.len());
        let open = if self.open.is_empty() { 0 } else { json_size(&self.open) + r#","open":"#.len() };
        let facts = if self.context.is_empty() { 0 } else { CONTEXT_BYTES + 20 };
        let messages: usize = self.messages.iter().map(|line| 40 + written(&line.text)).sum();
        let details: usize = self.details.iter().map(detail).sum();
        let topics: usize = self.topics.iter().map(topic).sum();
        self.lasting() + pending + open + facts + messages + details + topics
    }

    /// Forgets the oldest until the state is small: messages, then details that no handoff waits for, then topics,
    /// then handoffs that wait.
    pub(super) fn fit(&mut self) {
        if self.bound() <= STATE_BYTES {
            return;
        }
        while self.size() > STATE_BYTES {
            let forgotten = self.messages.pop_front().is_some()
                || self.details.pop_front().is_some()
                || self.topics.pop_front().is_some()
                || self.open.pop_front().is_some();
            if !forgotten {
                // What is left are the facts and the pending question, whose parts are bounded by the rule set.
                self.context.clear();
                if self.size() > STATE_BYTES {
                    self.pending = None;
                }
                return;
            }
        }
    }

    /// Notes a message; it must be masked.
    pub(super) fn message(&mut self, from: Sender, masked: &str) {
        if masked.trim().is_empty() {
            return;
        }
        let text = shortened(masked, LINE_BYTES);
        push(&mut self.messages, MESSAGES, Line { from, text });
    }

    /// The last message of a sender, as it is remembered.
    pub(super) fn last_of(&self, sender: Sender) -> &str {
        let mut latest = self.messages.iter().rev();
        latest.find(|line| line.from == sender).map_or("", |line| line.text.as_str())
    }

    /// Notes that a message with this id has come; true where it had come before.
    pub(super) fn note_id(&mut self, id: &str) -> bool {
        let mark = blake3::hash(id.as_bytes()).to_hex();
        let mark = mark.get(..12).unwrap_or_default();
        if self.seen.iter().any(|seen| seen == mark) {
            return true;
        }
        push(&mut self.seen, SEEN, mark.to_owned());
        false
    }

    /// Notes a detail; it takes the place of an earlier one of its type.
    pub(super) fn detail(&mut self, detail: Detail) {
        self.details.retain(|known| known.name != detail.name);
        push(&mut self.details, DETAILS, detail);
    }

    pub(super) fn topic(&self, rule: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.rule == rule)
    }

    /// The rule that the conversation is about when the next message comes, for as many messages as it lives.
    pub(super) fn live_topic(&self, life: u32) -> Option<&Topic> {
        let next = self.turn.saturating_add(1);
        self.topics.back().filter(|topic| next.saturating_sub(topic.turn) <= life)
    }

    /// Makes the rule the latest topic.
    pub(super) fn touch(&mut self, rule: &str) -> &mut Topic {
        let known = self.topics.iter().position(|topic| topic.rule == rule);
        let fresh = || Topic { rule: rule.to_owned(), ..Topic::default() };
        let mut topic = known.and_then(|at| self.topics.remove(at)).unwrap_or_else(fresh);
        topic.turn = self.turn;
        push(&mut self.topics, TOPICS, topic);
        let last = self.topics.len() - 1;
        &mut self.topics[last]
    }
}

impl Topic {
    pub(super) fn say(&mut self, mark: u32) {
        if !self.said.contains(&mark) {
            if self.said.len() == SAID {
                self.said.remove(0);
            }
            self.said.push(mark);
        }
    }
}

impl Detail {
    pub(super) fn new(name: &str, value: Value, text: &str) -> Self {
        let value = match value {
            Value::String(text) => shortened(&text, DETAIL_BYTES).into(),
            value => value,
        };
        Detail { name: name.to_owned(), value, text: shortened(text, DETAIL_BYTES) }
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Versioned {
    version: u32,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_state_of_another_version_or_shape_is_refused_in_plain_words() {
        let cases = [
            ("", "this is no state: it ends too early"),
            ("{}", "this is no state: it cannot be read from line 1, column 2 on"),
            ("[]", "this is no state"),
            (r#"{"version": 2, "rules": "b3:0"}"#, "version 2"),
            (r#"{"version": 1, "rules": "b3:0", "mood": 1}"#, "damaged"),
            (r#"{"version": 1, "rules": "b3:0", "turn": -1}"#, "column 42 on"),
        ];
        for (json, expected) in cases {
            let error = State::from_json(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
    }

    #[test]
    fn facts_that_nest_deeper_than_json_is_read_are_not_kept() {
        for (depth, kept) in [(64, true), (65, false), (126, false)] {
            let deep = (0..depth).fold(Value::Null, |inner, _| serde_json::json!({ "a": inner }));
            let facts = serde_json::json!({"deep": deep, "flat": 1});
            let state = State::new("b3:0", facts.as_object().unwrap());
            assert_eq!(state.context.contains_key("deep"), kept, "{depth}");
            assert_eq!(State::from_json(&state.to_json()).unwrap(), state, "{depth}");
        }
    }

    #[test]
    fn names_of_facts_are_counted_as_they_are_written() {
        let facts = [("\u{1}".repeat(900), Value::from(1)), ("channel".to_owned(), "chat".into())];
        let state = State::new("b3:0", &Map::from_iter(facts));
        assert!(state.context.keys().eq(["channel"]), "{:?}", state.context);
        assert_eq!(State::from_json(&state.to_json()).unwrap(), state);
    }

    #[test]
    fn a_saved_state_stays_small_whatever_stands_in_it() {
        let long = "\\u0001".repeat(160);
        let line = format!(r#"{{"from": "agent", "text": "{long}"}}"#);
        let rest = format!(r#""language": "en", "messages": [{line}, {line}, {line}]"#);
        let mut state = State::from_json(&format!(r#"{{"version": 1, "rules": "b3:0", {rest}}}"#)).unwrap();
        for _ in 0..3 {
            state.message(Sender::Customer, &"\"".repeat(300));
            state.fit();
            assert!(state.to_json().len() <= STATE_BYTES, "{}", state.to_json().len());
        }
        let rest = format!(r#""language": "{}""#, "e".repeat(3_000));
        assert!(State::from_json(&format!(r#"{{"version": 1, "rules": "b3:0", {rest}}}"#)).is_err());
    }

    #[test]
    fn a_question_that_is_too_long_to_be_kept_is_forgotten() {
        let mut state = State::new("b3:0", &Map::new());
        let skipped = vec!["x".repeat(100); 50];
        state.pending = Some(Pending::Detail(Collecting { skipped, ..Collecting::default() }));
        state.fit();
        assert_eq!(state.pending, None);
    }

    proptest! {
        #[test]
        fn a_state_stays_small_and_reads_as_it_was_written(
            messages in proptest::collection::vec(("\\PC{0,300}", "[a-z\"\\\\]{1,100}"), 0..60),
        ) {
            let mut state = State::new("b3:0", &Map::new());
            for (text, rule) in &messages {
                state.turn += 1;
                state.message(Sender::Customer, text);
                state.detail(Detail::new(rule, text.as_str().into(), text));
                state.touch(rule).say(state_mark(text));
                state.note_id(text);
                prop_assert!(state.size() <= state.bound() || state.bound() > STATE_BYTES);
                state.fit();
            }
            let json = state.to_json();
            prop_assert!(json.len() <= STATE_BYTES, "{}", json.len());
            prop_assert_eq!(State::from_json(&json).unwrap(), state);
        }
    }

    fn state_mark(text: &str) -> u32 {
        crate::decision::mark(text)
    }
}
