//! Messages with where they must end: the files in `tests` folders beside rules.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value as Json;

use crate::context::Context;
use crate::diagnostic::{Code, Diagnostic, Place, SourceText};
use crate::error::Error;
use crate::rules::build::{Document, one_or_more};
use crate::rules::documents;
use crate::rules::limits::Limits;
use crate::rules::load::{self, Source};
use crate::rules::node::{Node, Span, Value};
use crate::rules::problems::Problems;
use crate::rules::rule_set::RuleSet;
use crate::rules::scalar;
use crate::rules::scenario_format::SCENARIO_FILE;
use crate::rules::script::ScriptedConversation;
use crate::rules::suggest;
use crate::rules::walk;
use crate::text::Language;

/// Messages that show how well a rule set works.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Scenarios {
    /// The files, in path order.
    pub files: Vec<ScenarioFile>,
}

/// A file of messages with where they must end.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScenarioFile {
    /// The file as it was named to the loader.
    pub name: Arc<str>,
    /// The shares below which the file fails.
    pub floor: Floor,
    /// What it asks of all files together.
    pub floor_of_all: Floor,
    /// The messages, in the order of the file.
    pub messages: Vec<Scenario>,
    /// The conversations, in the order of the file.
    pub conversations: Vec<ScriptedConversation>,
}

/// A message with where it must end.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Scenario {
    /// What the customer writes.
    pub text: String,
    /// Facts passed with it.
    pub context: Context,
    /// The rule it must end in; none where no rule may answer it.
    pub rule: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// Shares of the messages below which a rule set fails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Floor {
    /// Least share that ends where it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<f64>,
    /// Largest share that is answered wrongly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong: Option<f64>,
}

impl Floor {
    /// The floor that holds only where both do.
    ///
    /// ```
    /// let (mut one, mut other) = (jawab::Floor::default(), jawab::Floor::default());
    /// (one.right, other.right, other.wrong) = (Some(0.9), Some(0.95), Some(0.01));
    /// assert_eq!((one.and(other).right, one.and(other).wrong), (Some(0.95), Some(0.01)));
    /// ```
    #[must_use]
    pub fn and(self, other: Floor) -> Floor {
        let stricter = |one: Option<f64>, other: Option<f64>, pick: fn(f64, f64) -> f64| match (one, other) {
            (Some(one), Some(other)) => Some(pick(one, other)),
            (one, other) => one.or(other),
        };
        Floor {
            right: stricter(self.right, other.right, f64::max),
            wrong: stricter(self.wrong, other.wrong, f64::min),
        }
    }
}

impl Scenarios {
    /// What the files ask of all messages together: the strictest of their floors.
    pub fn floor_of_all(&self) -> Floor {
        self.files.iter().fold(Floor::default(), |floor, file| floor.and(file.floor_of_all))
    }

    /// Reads the scenario files of a rule set: those in the folder `tests` beside its files. Without such
    /// a folder the result is empty.
    ///
    /// # Errors
    /// All problems of all files, such as rules that the set does not have.
    ///
    /// ```
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/support");
    /// let rules = jawab::RuleSet::from_path(path)?;
    /// let scenarios = jawab::Scenarios::from_path(path, &rules)?;
    /// assert!(!scenarios.files.is_empty());
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn from_path(rules_path: impl AsRef<Path>, rules: &RuleSet) -> Result<Self, Error> {
        let limits = Limits::default();
        let mut problems = Problems::new(limits.problems);
        let files = load::read_scenarios(rules_path.as_ref(), &limits, &mut problems);
        Scenarios::check(&files, rules, &limits, problems)
    }

    /// Reads scenario files in memory.
    ///
    /// # Errors
    /// All problems of all files, such as rules that the set does not have.
    ///
    /// ```
    /// use jawab::{Limits, Scenarios, Source};
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// let file = Source::new("plain.yaml", "jawab: 1\nmessages: {hours: [are you open now]}");
    /// let scenarios = Scenarios::from_sources(&[file], &rules, &Limits::default())?;
    /// assert_eq!(scenarios.files[0].messages[0].rule.as_deref(), Some("hours"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn from_sources(sources: &[Source], rules: &RuleSet, limits: &Limits) -> Result<Self, Error> {
        let mut problems = Problems::new(limits.problems);
        let files = load::decode(sources, limits, &mut problems);
        Scenarios::check(&files, rules, limits, problems)
    }

    fn check(
        files: &[SourceText],
        rules: &RuleSet,
        limits: &Limits,
        mut problems: Problems,
    ) -> Result<Self, Error> {
        let documents = documents::read(files, &SCENARIO_FILE, limits, &mut problems);
        let ids = rules.contents().rules.iter().map(|rule| rule.id.text.as_str()).collect();
        let teams = rules.contents().teams.iter().map(|team| team.id.text.as_str()).collect();
        let mut scenarios = Scenarios::default();
        for Document { source, root } in documents {
            let root = root.unwrap_or_else(|| Node::new(Value::Null, Span::default()));
            let context = facts_of(&root);
            let mut reader = Reader { source, ids: &ids, teams: &teams, problems: &mut problems, context };
            scenarios.files.push(reader.file(&root));
        }
        problems.finish().map_err(Error::new)?;
        Ok(scenarios)
    }
}

/// The language of a file is a fact of all its messages.
fn facts_of(root: &Node<'_>) -> Context {
    let language = root.get("language").and_then(Node::text).map(Language::new);
    language.map_or_else(Context::new, |language| Context::new().with("language", language.as_str()))
}

pub(super) struct Reader<'r> {
    source: &'r SourceText,
    ids: &'r BTreeSet<&'r str>,
    teams: &'r BTreeSet<&'r str>,
    problems: &'r mut Problems,
    context: Context,
}

impl Reader<'_> {
    fn file(&mut self, root: &Node<'_>) -> ScenarioFile {
        let mut messages = Vec::new();
        for (id, nodes) in root.get("messages").map(Node::entries).unwrap_or_default() {
            let Some(rule) = id.text() else { continue };
            self.check_rule(id, rule);
            messages.extend(one_or_more(nodes).iter().filter_map(|node| self.message(node, Some(rule))));
        }
        let unanswerable = root.get("unanswerable").map(one_or_more).unwrap_or_default();
        let unanswerable: Vec<Scenario> =
            unanswerable.iter().filter_map(|node| self.message(node, None)).collect();
        self.check_answerable(&messages, &unanswerable);
        messages.extend(unanswerable);
        let (floor, floor_of_all) = (Floor::of(root.get("floor")), Floor::of(root.get("floor_of_all")));
        let conversations = self.conversations(root.get("conversations"));
        let name = Arc::clone(self.source.name());
        ScenarioFile { name, floor, floor_of_all, messages, conversations }
    }

    /// Reports messages that must end in a rule and in none.
    fn check_answerable(&mut self, labelled: &[Scenario], unanswerable: &[Scenario]) {
        let known: FxHashMap<&str, &Scenario> =
            labelled.iter().map(|message| (message.text.as_str(), message)).collect();
        for message in unanswerable {
            let Some(other) = known.get(message.text.as_str()) else { continue };
            if let (true, Some(rule)) = (other.context == message.context, &other.rule) {
                let text = format!("the message must end in `{rule}`, so it is not unanswerable");
                let problem = Diagnostic::new(Code::DuplicateEntry, message.place.clone(), text);
                let problem = problem.label(other.place.clone(), "first here");
                self.problems.add(problem.help("keep one of them"));
            }
        }
    }

    pub(super) fn check_rule(&mut self, id: &Node<'_>, rule: &str) {
        self.check_known(id, rule, self.ids, "rule", Code::UnknownRule);
    }

    pub(super) fn check_team(&mut self, id: &Node<'_>, team: &str) {
        self.check_known(id, team, self.teams, "team", Code::UnknownTeam);
    }

    fn check_known(&mut self, at: &Node<'_>, name: &str, known: &BTreeSet<&str>, what: &str, code: Code) {
        if !known.contains(name) {
            let message = format!("there is no {what} `{}`", walk::shown(name));
            let mut problem = Diagnostic::new(code, self.place(at), message);
            problem.help = suggest::advice(name, known.iter().copied());
            self.problems.add(problem);
        }
    }

    pub(super) fn place(&self, node: &Node<'_>) -> Place {
        node.span.place(self.source)
    }

    /// The facts of the file, and those of a node.
    pub(super) fn facts(&self, node: Option<&Node<'_>>) -> Context {
        let facts = node.map(Node::entries).unwrap_or_default();
        let facts = facts.iter().filter_map(|(fact, value)| Some((fact.text()?, json(value)?)));
        facts.fold(self.context.clone(), |context, (fact, value)| context.with(fact, value))
    }

    fn message(&self, node: &Node<'_>, rule: Option<&str>) -> Option<Scenario> {
        let written = if matches!(node.value, Value::Map(_)) { node.get("text")? } else { node };
        Some(Scenario {
            text: written.text()?.to_owned(),
            context: self.facts(node.get("context")),
            rule: rule.map(str::to_owned),
            place: written.span.place(self.source),
        })
    }
}

impl Floor {
    fn of(node: Option<&Node<'_>>) -> Floor {
        let share =
            |key| node.and_then(|node| node.get(key)).and_then(Node::plain_text).and_then(scalar::number);
        Floor { right: share("right"), wrong: share("wrong") }
    }
}

/// A fact as a host would pass it.
pub(super) fn json(node: &Node<'_>) -> Option<Json> {
    let text = node.text()?;
    Some(match node.plain_text() {
        Some("true") => true.into(),
        Some("false") => false.into(),
        Some(plain) if scalar::number(plain).is_some() => {
            serde_json::from_str(plain).unwrap_or_else(|_| plain.into())
        }
        _ => text.into(),
    })
}
