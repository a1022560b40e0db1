//! `settings`: one map in the whole set.

use super::patterns::{Expansion, OwnTypes, SlotTypes};
use super::symbols::Symbols;
use super::symbols::first_keys;
use super::{Document, File, rule, texts};
use crate::diagnostic::{Code, Diagnostic};
use crate::privacy::Kind;
use crate::rules::limits::Limits;
use crate::rules::model::{ConversationLimits, Escalation, Settings, Texts, Tone};
use crate::rules::node::Node;
use crate::rules::problems::Problems;
use crate::rules::scalar;
use crate::rules::walk::shown;
use crate::text::Language;

/// The least lead over the runner-up where the set names none.
const MARGIN: f64 = 0.10;

impl Default for Settings {
    fn default() -> Self {
        Settings {
            languages: Vec::new(),
            threshold: None,
            margin: MARGIN,
            clarify: true,
            fallback: crate::rules::model::Handoff::default(),
            masked: Kind::ALL.to_vec(),
            out_of_scope: Vec::new(),
            asks: Vec::new(),
            openings: std::array::from_fn(|_| Texts::default()),
            escalation: Vec::new(),
            limits: ConversationLimits::default(),
        }
    }
}

/// Reads the first settings and reports others.
pub(super) fn build(
    documents: &[Document<'_>],
    symbols: &Symbols,
    expansion: &Expansion<'_>,
    limits: &Limits,
    problems: &mut Problems,
) -> Settings {
    let mut all = documents.iter().filter_map(|document| Some((document, document.section("settings")?)));
    let Some((document, node)) = all.next() else { return Settings::default() };
    let first = node.span.place(document.source);
    for (other, node) in all {
        let message = "the settings of a set stand in one file only";
        let problem = Diagnostic::new(
            Code::DuplicateSettings,
            other.key_span("settings", node).place(other.source),
            message,
        );
        problems.add(problem.label(first.clone(), "first here").help("join the two"));
    }
    read(&mut File::new(document, symbols, expansion, limits, problems), node)
}

fn read(file: &mut File<'_>, node: &Node<'_>) -> Settings {
    let share = |key| node.get(key).and_then(Node::plain_text).and_then(scalar::number);
    let languages = node.get("languages").map(Node::items).unwrap_or_default();
    named_twice(file, languages);
    let fallback = node.get("fallback");
    Settings {
        languages: languages.iter().filter_map(Node::text).map(Language::new).collect(),
        threshold: share("threshold"),
        margin: share("margin").unwrap_or(MARGIN),
        clarify: node.get("clarify").and_then(Node::plain_text) != Some("false"),
        fallback: fallback
            .map(|node| rule::handoff(file, node, &OwnTypes::new(), &mut SlotTypes::new()))
            .unwrap_or_default(),
        masked: masked(node.get("privacy").and_then(|privacy| privacy.get("mask"))),
        out_of_scope: texts::questions(file, node.get("out_of_scope")),
        asks: asks(file, node.get("asks")),
        openings: Tone::ALL.map(|tone| {
            texts::texts(file, node.get("openings").and_then(|openings| openings.get(tone.as_str())))
        }),
        escalation: escalations(file, node.get("escalation")),
        limits: conversation_limits(node.get("limits")),
    }
}

/// Reports a language that is named again.
fn named_twice(file: &mut File<'_>, languages: &[Node<'_>]) {
    for (at, again) in languages.iter().enumerate() {
        let Some(tag) = again.text() else { continue };
        let first = languages
            .iter()
            .take(at)
            .any(|language| language.text().map(Language::new) == Some(Language::new(tag)));
        if first {
            let message = format!("the language `{}` is named twice", shown(tag));
            file.report(Code::NoEffect, again.span, message, Some("name it once".to_owned()));
        }
    }
}

fn asks(file: &mut File<'_>, node: Option<&Node<'_>>) -> Vec<(String, Texts)> {
    let entries = first_keys(node);
    entries.filter_map(|(name, say)| Some((name.text()?.to_owned(), texts::texts(file, Some(say))))).collect()
}

fn escalations(file: &mut File<'_>, node: Option<&Node<'_>>) -> Vec<Escalation> {
    let items = node.map(Node::items).unwrap_or_default().iter();
    let read = |item: &Node<'_>| {
        let text = |key| item.get(key).and_then(Node::text);
        Some(Escalation {
            cause: text("cause")?.to_owned(),
            when: texts::conditions(file, item.get("when")),
            level: text("level").and_then(|level| level.parse().ok()),
            priority: text("priority").map(|priority| rule::priority(Some(priority))),
        })
    };
    items.filter_map(read).collect()
}

fn conversation_limits(node: Option<&Node<'_>>) -> ConversationLimits {
    let limit = |key, otherwise| {
        let text = node.and_then(|node| node.get(key)).and_then(Node::plain_text);
        text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let usual = ConversationLimits::default();
    ConversationLimits {
        topic: limit("topic", usual.topic),
        same_answer: limit("same_answer", usual.same_answer),
        not_understood: limit("not_understood", usual.not_understood),
        ask: limit("ask", usual.ask),
    }
}

/// The kinds of a list; all of them where it is left out.
fn masked(kinds: Option<&Node<'_>>) -> Vec<Kind> {
    let Some(kinds) = kinds else { return Kind::ALL.to_vec() };
    kinds.items().iter().filter_map(|kind| kind.text()?.parse().ok()).collect()
}
