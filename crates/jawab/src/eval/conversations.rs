use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::ending::Ending;
use crate::conversation::Conversation;
use crate::decision::Decision;
use crate::diagnostic::Place;
use crate::engine::Engine;
use crate::message::Message;
use crate::rules::{Expectation, Scenarios, ScriptedConversation, Turn};

/// What came of the conversations in scenario files.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ConversationTests {
    /// How many conversations there are.
    pub conversations: usize,
    /// How many turns they have.
    pub turns: usize,
    /// What was not as expected, in the order of the files.
    pub failures: Vec<TurnFailure>,
}

impl ConversationTests {
    pub(super) fn is_empty(&self) -> bool {
        self.conversations == 0
    }
}

/// Something in a turn that was not as expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TurnFailure {
    /// The conversation.
    pub conversation: Arc<str>,
    /// Where the expectation stands; the turn where the conversation went another way once it was saved and resumed.
    pub place: Place,
    /// The messages of the turn.
    pub messages: Vec<String>,
    /// The key of `expect`; `resumed` for a decision that differs once the conversation was saved and resumed.
    pub key: String,
    /// What was expected.
    pub expected: Value,
    /// What came.
    pub got: Value,
    /// Where the turn ended.
    pub ending: Ending,
    /// What the customer reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Runs the conversations of scenario files: once through, and once more saved and resumed before every turn, which must
/// change nothing.
///
/// ```
/// use jawab::{Limits, Scenarios, Source};
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// # let engine = jawab::Engine::new(&rules)?;
/// let file = Source::new("talk.yaml", "
/// jawab: 1
/// conversations:
///   asks-for-the-hours:
///     - customer: when are you open?
///       expect: {action: answer, rule: hours}
/// ");
/// let scenarios = Scenarios::from_sources(&[file], &rules, &Limits::default())?;
/// let tests = jawab::eval::conversations(&engine, &scenarios);
/// assert_eq!((tests.turns, tests.failures), (1, Vec::new()));
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn conversations(engine: &Engine, scenarios: &Scenarios) -> ConversationTests {
    let mut tests = ConversationTests::default();
    for scripted in scenarios.files.iter().flat_map(|file| &file.conversations) {
        tests.conversations += 1;
        tests.turns += scripted.turns.len();
        run(engine, scripted, &mut tests.failures);
    }
    tests
}

fn run(engine: &Engine, scripted: &ScriptedConversation, failures: &mut Vec<TurnFailure>) {
    let mut through = engine.conversation(scripted.context.clone());
    let mut saved = through.to_json();
    for turn in &scripted.turns {
        let decision = decide(&mut through, turn);
        let json = serde_json::to_value(&decision).unwrap_or_default();
        for expectation in &turn.expectations {
            if let Err(got) = holds(expectation, &json) {
                failures.push(failure(scripted, turn, expectation, got, &decision));
            }
        }
        let other = engine.resume(&saved).map(|mut resumed| {
            let other = decide(&mut resumed, turn);
            saved = resumed.to_json();
            other
        });
        let got = other.as_ref().map_or_else(ToString::to_string, Decision::to_json);
        if got != decision.to_json() {
            let other = other.as_ref().unwrap_or(&decision);
            failures.push(resumed_failure(scripted, turn, got, other, &decision));
        }
    }
}

fn decide(conversation: &mut Conversation, turn: &Turn) -> Decision {
    // The id is that of the first message; the others come with none.
    let with_id = turn.id.as_deref().map(|id| turn.context.clone().with("id", id));
    let mut texts = turn.messages.iter().map(String::as_str);
    let first = Message::new(texts.next().unwrap_or_default());
    let first = first.with_context(with_id.as_ref().unwrap_or(&turn.context));
    let others = texts.map(|text| Message::new(text).with_context(&turn.context));
    conversation.decide_burst(&std::iter::once(first).chain(others).collect::<Vec<_>>())
}

/// Whether a decision is as expected; else what it has there.
fn holds(expectation: &Expectation, decision: &Value) -> Result<(), Value> {
    let expected = &expectation.expected;
    let got = found(&expectation.key, decision);
    let holds = match expectation.key.as_str() {
        "text" | "summary" => parts(expected).all(|part| contains(&got, &part)),
        "lacks" => !parts(expected).any(|part| contains(&got, &part)),
        "fields" => expected
            .as_object()
            .is_some_and(|fields| fields.iter().all(|(name, value)| same(&got[name], value))),
        _ => same(&got, expected),
    };
    if holds { Ok(()) } else { Err(got) }
}

/// What a decision has under a key of `expect`.
fn found(key: &str, decision: &Value) -> Value {
    let ticket = &decision["ticket"];
    let each = |list: &Value, key: &str| -> Value {
        list.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(|item| item[key].clone()).collect()
    };
    match key {
        "options" => each(&decision["options"], "rule"),
        "escalation" => each(&decision["escalation"], "cause"),
        "masked" => each(&decision["masked"], "kind"),
        "fields" => {
            let fields = ticket["fields"].as_object().cloned().unwrap_or_default();
            Value::Object(fields.into_iter().map(|(name, slot)| (name, slot["value"].clone())).collect())
        }
        "missing" | "summary" => ticket[key].clone(),
        "lacks" => decision["text"].clone(),
        key => decision[key].clone(),
    }
}

/// Numbers are equal by value, and a text of digits equals its number.
fn same(got: &Value, expected: &Value) -> bool {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    got == expected || got.as_f64().is_some_and(|number| expected.as_f64() == Some(number)) || {
        got.is_string() && expected.is_number() && text(got) == text(expected)
    }
}

fn parts(expected: &Value) -> impl Iterator<Item = String> {
    let one = expected.as_array().is_none().then_some(expected);
    let many = expected.as_array().into_iter().flatten();
    one.into_iter().chain(many).map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
}

fn contains(got: &Value, part: &str) -> bool {
    got.as_str().is_some_and(|text| text.to_lowercase().contains(&part.to_lowercase()))
}

fn failure(
    scripted: &ScriptedConversation,
    turn: &Turn,
    expectation: &Expectation,
    got: Value,
    decision: &Decision,
) -> TurnFailure {
    TurnFailure {
        conversation: scripted.name.as_str().into(),
        place: expectation.place.clone(),
        messages: turn.messages.clone(),
        key: expectation.key.clone(),
        expected: expectation.expected.clone(),
        got,
        ending: Ending::of(decision),
        text: decision.text().map(str::to_owned),
    }
}

fn resumed_failure(
    scripted: &ScriptedConversation,
    turn: &Turn,
    got: String,
    resumed: &Decision,
    through: &Decision,
) -> TurnFailure {
    TurnFailure {
        conversation: scripted.name.as_str().into(),
        place: turn.place.clone(),
        messages: turn.messages.clone(),
        key: "resumed".to_owned(),
        expected: through.to_json().into(),
        got: got.into(),
        ending: Ending::of(resumed),
        text: resumed.text().map(str::to_owned),
    }
}
