//! What to write where a value has the wrong kind.

use crate::diagnostic::SourceText;
use crate::rules::format;
use crate::rules::node::{Node, Value};
use crate::rules::scenario_format;
use crate::rules::shape::{Record, Shape};
use crate::rules::suggest;
use crate::rules::walk::{first_line, in_quotes, shown};

/// What to write instead of a value whose kind does not fit the shape.
pub(super) fn of_kind(source: &SourceText, node: &Node<'_>, shape: &Shape) -> Option<String> {
    let first = source.text().get(first_line(node, source).range()).unwrap_or_default().trim_end();
    match &node.value {
        Value::Map(_) if shape.takes(&|inner| matches!(inner, Shape::Expected)) => {
            Some("a dot in the name of a fact reaches into an object: `customer.tier: gold`".to_owned())
        }
        Value::Map(_) if takes_text(shape) => Some(text_for_map(first)),
        Value::List(_) if takes_map(shape) && !takes_text(shape) => Some(map_for_list(shape, first)),
        Value::List(_) => Some("write one text: without brackets, and without a `-` before it".to_owned()),
        Value::Scalar { .. } if takes_map(shape) => Some(map_for_text(shape, first)),
        Value::Scalar { text, .. } => Some(format!("write it as a list: `[{}]`", shown(text))),
        _ => None,
    }
}

/// What to write instead of a file that is no map.
pub(super) fn of_file(node: &Node<'_>) -> String {
    let keys = "begin the file with `jawab: 1`, each key on a line of its own";
    if node.items().is_empty() { keys.to_owned() } else { format!("{keys}, without a `-` before it") }
}

/// The key of a file of rules that shows it to be a scenario file.
pub(super) fn of_scenario<'n, 'a>(root: &'n Node<'a>, record: &Record) -> Option<&'n Node<'a>> {
    let foreign = |key: &Node<'_>| {
        let name = key.text().unwrap_or_default();
        record.field(name).is_none() && scenario_format::SCENARIO_FILE.field(name).is_some()
    };
    let rules = ["faq", "intents", "settings", "teams", "vocabulary"];
    let is_rules = record.field("faq").is_none() || rules.iter().any(|key| root.get(key).is_some());
    root.entries().iter().map(|(key, _)| key).find(|key| !is_rules && foreign(key))
}

/// Whether a value has what only rules have.
pub(super) fn is_rule(node: &Node<'_>) -> bool {
    ["questions", "any", "all", "answer", "handoff"].iter().any(|key| node.get(key).is_some())
}

/// Whether keys of a rule stand in a map of rules: the id of the rule is missing above them.
pub(super) fn lacks_id(node: &Node<'_>, of: &Shape) -> bool {
    matches!(of, Shape::Record(record) if record.field("questions").is_some())
        && is_rule(node)
        && node
            .entries()
            .iter()
            .any(|(key, value)| is_key_of_rule(key) && !matches!(value.value, Value::Map(_)))
}

/// Whether it is a key that rules have.
pub(super) fn is_key_of_rule(key: &Node<'_>) -> bool {
    key.text().is_some_and(|name| format::RULE.field(name).is_some())
}

/// Whether a map without braces is most likely a text with `: ` in it, where a text with its own keys may stand, too.
pub(super) fn is_text(source: &SourceText, node: &Node<'_>, record: &Record) -> bool {
    let braces = source.text().get(node.span.range()).is_some_and(|written| written.starts_with('{'));
    let foreign =
        |name: &str| record.field(name).is_none() && suggest::nearest(name, record.keys()).is_none();
    !braces
        && record.field("text").is_some_and(|field| field.missing.is_some())
        && !node.entries().is_empty()
        && node.entries().iter().all(|(key, _)| key.text().is_some_and(foreign))
}

/// A key with what stands behind it at the beginning of a line, where the space or the colon between them is not as
/// YAML wants it: `answer:x`, `answer：x`.
pub(super) fn joined_key(line: &str) -> Option<(&str, char)> {
    let line = line.trim_start();
    let (at, colon) = line.char_indices().find(|(_, letter)| matches!(letter, ':' | '：'))?;
    let (name, rest) = (line.get(..at)?, line.get(at + colon.len_utf8()..)?);
    let is_key = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let joined = colon == '：' || !rest.is_empty() && !rest.starts_with([' ', '\t', '/', ':']);
    (is_key && joined).then_some((name, colon))
}

/// What to write between a key and its value.
pub(super) fn of_joined(name: &str, colon: char) -> String {
    if colon == '：' {
        format!("write `{name}: ` with an ordinary colon and a space")
    } else {
        format!("write a space behind the colon: `{name}: …`")
    }
}

fn text_for_map(first: &str) -> String {
    let why = if first.starts_with('{') { "begins with `{`" } else { "holds `: `" };
    format!("a text that {why} goes in quotes: {}", in_quotes(first))
}

fn map_for_list(shape: &Shape, first: &str) -> String {
    let keys = keys(shape);
    if first.starts_with('[') {
        format!("write {keys} instead of the brackets")
    } else {
        format!("write {keys}, without a `-` before it")
    }
}

fn map_for_text(shape: &Shape, first: &str) -> String {
    if let Some((name, colon)) = joined_key(first) {
        return of_joined(name, colon);
    }
    let handoff =
        shape.takes(&|inner| matches!(inner, Shape::Record(record) if record.field("collect").is_some()));
    if handoff {
        format!("write the team as `{{team: {}}}`", shown(first))
    } else {
        format!("write {} in its place", keys(shape))
    }
}

/// The keys that are wanted, for a sentence.
fn keys(shape: &Shape) -> String {
    match shape {
        Shape::Record(record) if record.field("questions").is_some() => {
            "`{questions: […], answer: …}`".to_owned()
        }
        Shape::Record(record) => format!("`{{{}: …}}`", first_key(record)),
        _ => "entries, each as `name: …`".to_owned(),
    }
}

fn first_key(record: &Record) -> &'static str {
    record.keys().next().unwrap_or_default()
}

fn takes_text(shape: &Shape) -> bool {
    shape.takes(&|inner| matches!(inner, Shape::Text | Shape::Pattern | Shape::Template))
}

fn takes_map(shape: &Shape) -> bool {
    shape.takes(&|inner| matches!(inner, Shape::Map(..) | Shape::Record(_)))
}
