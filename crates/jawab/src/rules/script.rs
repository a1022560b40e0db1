//! Conversations with what must come of each turn: `conversations` of scenario files.

use serde_json::{Map, Value as Json};

use crate::context::Context;
use crate::diagnostic::Place;
use crate::rules::build::one_or_more;
use crate::rules::node::{Node, Value};
use crate::rules::scenario::{Reader, json};

/// A conversation with what must come of each turn.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScriptedConversation {
    /// What it shows.
    pub name: String,
    /// Facts of the whole conversation.
    pub context: Context,
    /// What the customer writes, in order.
    pub turns: Vec<Turn>,
}

/// What the customer writes, and what must come of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Turn {
    /// The messages; several were typed in a burst.
    pub messages: Vec<String>,
    /// The message's id with the host.
    pub id: Option<String>,
    /// Facts of this turn.
    pub context: Context,
    /// What the decision must be.
    pub expectations: Vec<Expectation>,
    /// Where the turn stands.
    pub place: Place,
}

/// One thing that a decision must be.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Expectation {
    /// A key of `expect`.
    pub key: String,
    /// What is expected under it.
    pub expected: Json,
    /// Where it stands.
    pub place: Place,
}

impl Reader<'_> {
    pub(super) fn conversations(&mut self, node: Option<&Node<'_>>) -> Vec<ScriptedConversation> {
        let entries = node.map(Node::entries).unwrap_or_default();
        entries.iter().filter_map(|(name, body)| self.conversation(name, body)).collect()
    }

    fn conversation(&mut self, name: &Node<'_>, body: &Node<'_>) -> Option<ScriptedConversation> {
        let turns = if matches!(body.value, Value::Map(_)) { body.get("turns")? } else { body };
        Some(ScriptedConversation {
            name: name.text()?.to_owned(),
            context: self.facts(body.get("context")),
            turns: turns.items().iter().map(|turn| self.turn(turn)).collect(),
        })
    }

    fn turn(&mut self, node: &Node<'_>) -> Turn {
        let customer = node.get("customer");
        let messages = customer.map(one_or_more).unwrap_or_default();
        let text = |key| node.get(key).and_then(Node::text);
        let context = self.facts(node.get("context"));
        Turn {
            messages: messages.iter().filter_map(Node::text).map(str::to_owned).collect(),
            id: text("id").map(str::to_owned),
            context: text("time").map_or(context.clone(), |time| context.with("time", time)),
            expectations: self.expectations(node.get("expect")),
            place: self.place(customer.unwrap_or(node)),
        }
    }

    fn expectations(&mut self, node: Option<&Node<'_>>) -> Vec<Expectation> {
        let entries = node.map(Node::entries).unwrap_or_default();
        entries.iter().filter_map(|(key, expected)| self.expectation(key.text()?, expected)).collect()
    }

    fn expectation(&mut self, key: &str, node: &Node<'_>) -> Option<Expectation> {
        for item in one_or_more(node) {
            match (key, item.text()) {
                ("rule" | "options", Some(rule)) => self.check_rule(item, rule),
                ("team", Some(team)) => self.check_team(item, team),
                _ => {}
            }
        }
        Some(Expectation { key: key.to_owned(), expected: value(node)?, place: self.place(node) })
    }
}

/// A value as decisions have it.
fn value(node: &Node<'_>) -> Option<Json> {
    match &node.value {
        Value::List(items) => Some(items.iter().filter_map(value).collect()),
        Value::Map(entries) => {
            let entries = entries.iter().filter_map(|(key, of)| Some((key.text()?.to_owned(), value(of)?)));
            Some(Json::Object(entries.collect::<Map<_, _>>()))
        }
        _ => json(node),
    }
}
