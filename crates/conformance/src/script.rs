//! Conversations as they are written in YAML, and as steps.

use jawab::{RuleSet, Scenarios};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::case::{Text, add_sources, silent};
use crate::repository;
use crate::step::{Action, Facts, Sent, Step};

/// One thing that happens in a conversation: the customer writes (`message` or `burst`), or the host goes on with other
/// `rules` or another `state`, or with what was `saved`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenTurn {
    #[serde(default)]
    message: Option<Text>,
    #[serde(default)]
    burst: Vec<Text>,
    #[serde(default)]
    context: Facts,
    #[serde(default)]
    expect: Option<Value>,
    #[serde(default)]
    rules: Option<Value>,
    #[serde(default)]
    state: Option<Text>,
    #[serde(default)]
    problem: Option<Value>,
    #[serde(default)]
    saved: Option<Value>,
}

/// The steps of a conversation with these facts. `rule_set` gives the rules of a name.
pub(crate) fn conversation(
    facts: Facts,
    turns: Vec<WrittenTurn>,
    rule_set: impl Fn(Value) -> Value,
) -> Result<Vec<Step>, String> {
    let mut steps = vec![silent(Action::Converse(facts))];
    for turn in turns {
        turn.add(&rule_set, &mut steps)?;
    }
    steps.push(Step { action: Action::Save, expect: json!({}) });
    Ok(steps)
}

impl WrittenTurn {
    fn add(self, rule_set: &impl Fn(Value) -> Value, steps: &mut Vec<Step>) -> Result<(), String> {
        if let Some(rules) = self.rules {
            let path = add_sources(&rule_set(rules), steps)?;
            steps.push(Step { action: Action::Load(path), expect: json!([]) });
            steps.push(silent(Action::Resume(None)));
        }
        match (self.state.map(Text::text), self.problem) {
            (Some(state), Some(expect)) => steps.push(Step { action: Action::RefuseState(state), expect }),
            (Some(state), None) => steps.push(silent(Action::Resume(Some(state)))),
            (None, Some(_)) => return Err("a `problem` is that of a `state`".to_owned()),
            (None, None) => {}
        }
        let messages = self.message.into_iter().chain(self.burst).map(Text::text);
        let messages: Vec<Sent> = messages.map(|text| (text, self.context.clone())).collect();
        match (messages.is_empty(), self.expect) {
            (false, Some(expect)) => steps.push(Step { action: Action::Turn(messages), expect }),
            (true, None) => {}
            _ => return Err("a turn has a message and what to expect".to_owned()),
        }
        steps.extend(self.saved.map(|expect| Step { action: Action::Save, expect }));
        Ok(())
    }
}

/// All conversations in the scenario files beside the rules at a path from the root of the repository.
pub(crate) fn conversations_at(path: &str) -> Result<Vec<Step>, String> {
    let path = repository().join(path);
    let rules = RuleSet::from_path(&path).map_err(|error| error.to_string())?;
    let scenarios = Scenarios::from_path(&path, &rules).map_err(|error| error.to_string())?;
    let scripted = scenarios.files.iter().flat_map(|file| &file.conversations);
    Ok(scripted.flat_map(scripted_steps).collect())
}

fn scripted_steps(scripted: &jawab::ScriptedConversation) -> Vec<Step> {
    let mut steps = vec![silent(Action::Converse(Some(scripted.context.as_object().clone())))];
    for turn in &scripted.turns {
        let action = Action::Turn(sent(turn));
        steps.push(Step { action, expect: json!({}) });
    }
    steps.push(Step { action: Action::Save, expect: json!({}) });
    steps
}

/// The id is that of the first message; a turn without one is an empty message.
fn sent(turn: &jawab::Turn) -> Vec<Sent> {
    let empty = [String::new()];
    let texts = if turn.messages.is_empty() { &empty[..] } else { &turn.messages };
    let facts = turn.context.as_object();
    let mut messages: Vec<Sent> = texts.iter().map(|text| (text.clone(), Some(facts.clone()))).collect();
    if let (Some(id), Some((_, Some(facts)))) = (&turn.id, messages.first_mut()) {
        let _: &mut Map<String, Value> = facts;
        facts.insert("id".to_owned(), id.as_str().into());
    }
    messages
}
