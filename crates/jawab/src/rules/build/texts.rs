//! `answer`, `say`, `title`, `when`: what is said, and for which facts.

use std::collections::BTreeSet;

use super::{Captured, File, one_or_more};
use crate::diagnostic::Code;
use crate::rules::condition::{self, Condition, PREVIOUS};
use crate::rules::model::{Question, Texts, Variant};
use crate::rules::node::{Node, Value};
use crate::rules::suggest;
use crate::rules::text_template::TextTemplate;
use crate::rules::walk::shown;
use crate::text::Language;

/// Reads a text, a list of variants, or either by language.
pub(super) fn texts(file: &mut File<'_>, node: Option<&Node<'_>>) -> Texts {
    let Some(node) = node else { return Texts::default() };
    let mut variants = Vec::new();
    for (language, part) in file.by_language(node) {
        for item in one_or_more(part) {
            variants.extend(variant(file, &language, item));
        }
    }
    Texts { variants }
}

fn variant(file: &mut File<'_>, language: &Language, node: &Node<'_>) -> Option<Variant> {
    let written = if matches!(node.value, Value::Map(_)) { node.get("text")? } else { node };
    let when = conditions(file, node.get("when"));
    let text = text(file, written)?;
    Some(Variant { language: language.clone(), text, when, place: written.span.place(file.source) })
}

fn text(file: &mut File<'_>, node: &Node<'_>) -> Option<TextTemplate> {
    if let Ok(template) = TextTemplate::parse(node.text()?) {
        missing_slot(file, node, &template);
        return Some(template);
    }
    for error in TextTemplate::problems(node.text()?) {
        let code = if error.unfillable { Code::UnfillableText } else { Code::InvalidText };
        let at = node.inner(file.source, &error.range);
        file.report(code, at, error.message, error.help.map(str::to_owned));
    }
    None
}

/// Reports a text that waits for a slot which no message of it can have.
fn missing_slot(file: &mut File<'_>, node: &Node<'_>, template: &TextTemplate) {
    let captured = |slot: &str| match &file.captured {
        Captured::Any => true,
        Captured::Of(names) => names.contains(slot),
        Captured::Nothing => false,
    };
    let Some((slot, range)) = template.missing_slot(captured) else { return };
    let (why, help) = match &file.captured {
        Captured::Of(names) => ("no pattern of the rule names the slot", slot_help(&slot, names)),
        _ => ("no pattern leads to this text, so it has no slots", "use no slot here".to_owned()),
    };
    let message = format!("`slots.{}` is never there: {why}", shown(&slot));
    let at = node.inner(file.source, &range);
    file.report(Code::UnfillableText, at, message, Some(format!("{help}, or add `| default(\"…\")`")));
}

fn slot_help(slot: &str, names: &BTreeSet<String>) -> String {
    let joined = names.iter().find(|name| name.strip_prefix(slot).is_some_and(|rest| rest.starts_with('-')));
    let near = suggest::nearest(slot, names.iter().map(String::as_str));
    match (joined, near) {
        (Some(name), _) => format!("write `slots[\"{name}\"]`: outside quotes, `-` subtracts"),
        (_, Some(near)) => format!("did you mean `slots.{near}`? else name it in a pattern: `{{{slot}}}`"),
        _ => format!("name it in a pattern of the rule: `{{{slot}}}`"),
    }
}

/// Reads a text without facts, or one by language.
pub(super) fn titles(file: &mut File<'_>, node: Option<&Node<'_>>) -> Vec<(Language, String)> {
    let Some(node) = node else { return Vec::new() };
    let parts = file.by_language(node);
    parts.into_iter().filter_map(|(language, part)| Some((language, part.text()?.to_owned()))).collect()
}

/// Reads `when`.
pub(super) fn conditions(file: &mut File<'_>, node: Option<&Node<'_>>) -> Vec<Condition> {
    let entries = node.map(Node::entries).unwrap_or_default();
    entries.iter().filter_map(|(fact, expected)| condition(file, fact, expected)).collect()
}

fn condition(file: &mut File<'_>, fact: &Node<'_>, expected: &Node<'_>) -> Option<Condition> {
    let (name, fact) = (fact.span, fact.text()?);
    if fact.split('.').any(str::is_empty) {
        let message = format!("`{}` names no fact: a part of it is empty", shown(fact));
        let help = "write one dot between two parts: `customer.tier`";
        file.report(Code::InvalidCondition, name, message, Some(help.to_owned()));
    }
    let items = one_or_more(expected).iter();
    let tests =
        items.filter_map(
            |item| if fact == PREVIOUS { previous(file, item) } else { expectation(file, fact, item) },
        );
    let condition = Condition::new(fact, tests.collect());
    never_true(file, expected, &condition);
    Some(condition)
}

/// Reports a value that no message has for which a rule is tried: those of others than customers, and those that a
/// person answers, are ignored.
fn never_true(file: &mut File<'_>, expected: &Node<'_>, condition: &Condition) {
    let (known, others) = match condition.fact() {
        "sender" => ("customer", "other messages are ignored"),
        "owner" => ("bot", "while a person owns the conversation, messages are ignored"),
        _ => return,
    };
    if let Some(never) = condition.texts().find(|text| !text.eq_ignore_ascii_case(known)) {
        let (fact, never) = (condition.fact(), shown(never));
        let message = format!("`{fact}` is never `{never}` where a rule is tried");
        let help = format!("write `{known}`, or remove the condition: {others}");
        file.report(Code::InvalidCondition, expected.span, message, Some(help));
    }
}

fn expectation(file: &mut File<'_>, fact: &str, item: &Node<'_>) -> Option<condition::Test> {
    let text = item.text()?;
    match condition::parse_for(fact, text, item.plain_text().is_some()) {
        Ok(expected) => Some(expected),
        Err(advice) => {
            let message = format!("`{}` cannot be held against a fact", shown(text));
            file.report(Code::InvalidCondition, item.span, message, Some(advice.to_owned()));
            None
        }
    }
}

fn previous(file: &mut File<'_>, item: &Node<'_>) -> Option<condition::Test> {
    let rule = item.text()?;
    let symbols = file.symbols;
    if !symbols.rules.has(rule) {
        file.unknown(Code::UnknownRule, item.span, "rule", rule, symbols.rules.all());
    }
    Some(condition::Test::Text(rule.to_owned()))
}
/// Reads example messages, given plainly or by language.
pub(super) fn questions(file: &mut File<'_>, node: Option<&Node<'_>>) -> Vec<Question> {
    let Some(node) = node else { return Vec::new() };
    let mut questions = Vec::new();
    for (language, part) in file.by_language(node) {
        for item in one_or_more(part) {
            let place = item.span.place(file.source);
            let text = item.text().map(str::to_owned);
            questions.extend(text.map(|text| Question { text, language: language.clone(), place }));
        }
    }
    questions
}
