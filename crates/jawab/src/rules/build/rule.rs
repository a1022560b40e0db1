//! An entry of `faq` or `intents`.

use super::patterns::{self, OwnTypes, SlotTypes, patterns};
use super::symbols::service_times;
use super::{Captured, File, one_or_more, texts};
use crate::diagnostic::Code;
use crate::pattern::Template;
use crate::rules::format::RULE;
use crate::rules::model::{Collected, Handoff, Outcome, Pattern, Priority, Rule, RuleKind, Tests};
use crate::rules::node::{Node, Value};
use crate::rules::walk::shown;

/// Reads a rule; none where it has no outcome, which has been reported.
pub(super) fn build(file: &mut File<'_>, id: &Node<'_>, body: &Node<'_>, kind: RuleKind) -> Option<Rule> {
    if !matches!(body.value, Value::Map(_)) {
        return None;
    }
    let problems = file.problems.count();
    let own = own_slots(file, body);
    let mut slots = SlotTypes::new();
    let mut patterns = |key| patterns(file, body.get(key), &own, &mut slots);
    let (any, all, none) = (patterns("any"), patterns("all"), patterns("none"));
    let all_read =
        file.problems.count() == problems && !["any", "all"].iter().any(|key| RULE.has_misspelt(key, body));
    let questions = texts::questions(file, body.get("questions"));
    check_evidence(file, id, body, kind);
    check_count(file, id, questions.len());
    file.captured = captured(file, &any.iter().chain(&all).collect::<Vec<_>>(), all_read);
    let outcome = outcome(file, id, body, kind, &own, &mut slots);
    Some(Rule {
        id: file.entry(id)?,
        title: texts::titles(file, body.get("title")),
        questions,
        any,
        all,
        none,
        when: texts::conditions(file, body.get("when")),
        priority: body.get("priority").and_then(Node::text).and_then(|text| text.parse().ok()).unwrap_or(0),
        slots,
        category: body.get("category").and_then(Node::text).or(file.category).map(str::to_owned),
        tests: tests(file, body.get("tests")),
        outcome: outcome?,
    })
}

/// The slots that patterns, and the macros in them, capture; any, where a pattern could not be read.
fn captured(file: &File<'_>, patterns: &[&Pattern], all_read: bool) -> Captured {
    let mut templates: Vec<&Template> = patterns.iter().map(|pattern| &pattern.template).collect();
    let macros: Vec<&Template> = templates.iter().flat_map(|template| file.macros_of(template)).collect();
    templates.extend(macros);
    let known = |template: &Template| {
        template.macros().iter().all(|reference| file.symbols.macros.contains_key(&reference.name))
    };
    if !all_read || file.problems.incomplete() || !templates.iter().all(|template| known(template)) {
        return Captured::Any;
    }
    Captured::Of(templates.into_iter().flat_map(Template::captures).map(str::to_owned).collect())
}

/// The types under `slots`.
fn own_slots(file: &mut File<'_>, body: &Node<'_>) -> OwnTypes {
    let entries = body.get("slots").map(Node::entries).unwrap_or_default();
    let mut own = OwnTypes::new();
    for (name, slot_type) in entries {
        let (Some(name), Some(written)) = (name.text(), slot_type.text()) else { continue };
        let found =
            patterns::resolve_slot(file, written, slot_type.span, &OwnTypes::new(), &mut SlotTypes::new());
        own.insert(name.to_owned(), found);
    }
    own
}

fn check_evidence(file: &mut File<'_>, id: &Node<'_>, body: &Node<'_>, kind: RuleKind) {
    let has = |key| body.get(key).is_some() || RULE.has_misspelt(key, body);
    let (missing, help) = match kind {
        RuleKind::Faq if has("questions") => return,
        RuleKind::Faq => {
            ("the rule has no `questions`", "add example messages, or move the rule to `intents`")
        }
        RuleKind::Intent if has("questions") || has("any") || has("all") => return,
        RuleKind::Intent => ("nothing leads to this rule", "add `questions`, `any` or `all`"),
    };
    if !body.cut {
        file.report(Code::MissingEvidence, id.span, missing, Some(help.to_owned()));
    }
}

fn check_count(file: &mut File<'_>, id: &Node<'_>, questions: usize) {
    let most = file.limits.questions_per_rule;
    if questions > most {
        let message = format!("the rule has {questions} questions; at most {most} are allowed");
        file.report(Code::TooLarge, id.span, message, Some("divide it into several rules".to_owned()));
    }
}

fn outcome(
    file: &mut File<'_>,
    id: &Node<'_>,
    body: &Node<'_>,
    kind: RuleKind,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) -> Option<Outcome> {
    match (body.entry("answer"), body.entry("handoff")) {
        (Some((_, answer)), None) => Some(Outcome::Answer(texts::texts(file, Some(answer)))),
        (None, Some((key, node))) => {
            if kind == RuleKind::Faq {
                let help = "move the rule to `intents`, or write an `answer`";
                file.report(
                    Code::MissingOutcome,
                    key.span,
                    "a rule in `faq` answers; it cannot hand off",
                    Some(help.to_owned()),
                );
            }
            Some(Outcome::Handoff(handoff(file, node, own, slots)))
        }
        (Some((answer, _)), Some((key, node))) => {
            handoff(file, node, own, slots);
            let place = answer.span.place(file.source);
            let message = "a rule either answers or hands off";
            let problem =
                crate::diagnostic::Diagnostic::new(Code::TwoOutcomes, key.span.place(file.source), message);
            let help = "remove one of the two; what a customer is told at a handoff is its `say`";
            file.problems.add(problem.label(place, "the answer").help(help));
            None
        }
        (None, None) => {
            let (message, help) = match kind {
                RuleKind::Faq => ("the rule has no `answer`", "add what to say"),
                RuleKind::Intent => ("the rule has no outcome", "add an `answer` or a `handoff`"),
            };
            let misspelt = ["answer", "handoff"].iter().any(|key| RULE.has_misspelt(key, body));
            if !body.cut && !misspelt {
                file.report(Code::MissingOutcome, id.span, message, Some(help.to_owned()));
            }
            None
        }
    }
}

/// Reads a handoff, of a rule or the fallback.
pub(super) fn handoff(
    file: &mut File<'_>,
    node: &Node<'_>,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) -> Handoff {
    let text = |key| node.get(key).and_then(Node::text);
    let tags = node.get("tags").map(one_or_more).unwrap_or_default();
    Handoff {
        team: node.get("team").and_then(|team| team_index(file, team)),
        level: text("level").and_then(|level| level.parse().ok()),
        priority: priority(text("priority")),
        reason: text("reason").map(str::to_owned),
        collect: collect(file, node.get("collect"), own, slots),
        say: texts::texts(file, node.get("say")),
        times: service_times(node),
        tags: tags.iter().filter_map(Node::text).map(str::to_owned).collect(),
    }
}

pub(super) fn team_index(file: &mut File<'_>, node: &Node<'_>) -> Option<usize> {
    let (name, symbols) = (node.text()?, file.symbols);
    let found = symbols.teams.get(name).copied();
    if found.is_none() {
        let names = symbols.teams.keys().map(String::as_str);
        file.unknown(Code::UnknownTeam, node.span, "team", name, names);
    }
    found
}

pub(super) fn priority(text: Option<&str>) -> Priority {
    match text {
        Some("low") => Priority::Low,
        Some("high") => Priority::High,
        Some("urgent") => Priority::Urgent,
        _ => Priority::Normal,
    }
}

fn collect(
    file: &mut File<'_>,
    node: Option<&Node<'_>>,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) -> Vec<Collected> {
    let mut collected = Vec::new();
    let captured = std::mem::replace(&mut file.captured, Captured::Nothing);
    for item in node.map(Node::items).unwrap_or_default() {
        let node = item.get("name").unwrap_or(item);
        let Some(name) = node.text() else { continue };
        if collected.iter().any(|other: &Collected| other.name == name) {
            let message = format!("the detail `{}` is collected twice", shown(name));
            file.report(Code::DuplicateEntry, node.span, message, Some("keep one of them".to_owned()));
        }
        let ask = texts::texts(file, item.get("ask"));
        let found = patterns::resolve_slot(file, name, node.span, own, slots);
        collected.extend(found.map(|slot_type| Collected { name: name.to_owned(), slot_type, ask }));
    }
    file.captured = captured;
    collected
}

fn tests(file: &File<'_>, node: Option<&Node<'_>>) -> Tests {
    let read = |key| {
        let items = node.and_then(|node| node.get(key)).map(one_or_more).unwrap_or_default();
        items.iter().filter_map(|item| file.entry(item)).collect()
    };
    Tests { matches: read("matches"), rejects: read("rejects") }
}
