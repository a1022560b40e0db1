//! The names that a rule set defines, over all its files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Document, entry, one_or_more, vocabulary};
use crate::diagnostic::{Code, Diagnostic, Place, SourceText};
use crate::moment::{Hours, Zone};
use crate::rules::model::{Macro, OutOfHours, ServiceTimes, SlotType, Team, Vocabulary};
use crate::rules::node::Node;
use crate::rules::problems::Problems;
use crate::rules::scalar;

/// What rules may refer to.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    pub(crate) teams: BTreeMap<String, usize>,
    pub(crate) lists: BTreeSet<Arc<str>>,
    /// Macros that are sound; those of [`Symbols::unsound`] have been reported.
    pub(crate) macros: BTreeMap<String, Macro>,
    pub(crate) unsound: BTreeSet<String>,
    pub(crate) rules: Names,
}

/// Names of one kind, each with its first place.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<String, Place>);

impl Names {
    /// Notes a name; the second of two equal ones in different maps is reported. (In one map, the two are equal
    /// keys, which has been reported.)
    pub(crate) fn define(
        &mut self,
        node: &Node<'_>,
        source: &SourceText,
        code: Code,
        what: &str,
        problems: &mut Problems,
    ) -> bool {
        let Some(name) = node.text() else { return false };
        let place = node.span.place(source);
        let Some(first) = self.0.get(name) else {
            self.0.insert(name.to_owned(), place);
            return true;
        };
        let message = format!("the {what} `{name}` is defined twice in this set");
        let problem = Diagnostic::new(code, place, message).label(first.clone(), "first here");
        problems.add(problem.help("join the two, or rename one of them"));
        false
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// All names in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.keys().map(String::as_str)
    }
}

/// Reads what files define for each other.
pub(crate) fn collect(
    documents: &[Document<'_>],
    problems: &mut Problems,
) -> (Symbols, Vocabulary, Vec<Team>) {
    let mut symbols = Symbols { rules: rule_ids(documents, problems), ..Symbols::default() };
    let teams = teams(documents, problems);
    symbols.teams = teams.iter().enumerate().map(|(index, team)| (team.id.text.clone(), index)).collect();
    let vocabulary = vocabulary::build(documents, &mut symbols, problems);
    (symbols, vocabulary, teams)
}

fn rule_ids(documents: &[Document<'_>], problems: &mut Problems) -> Names {
    let mut names = Names::default();
    for document in documents {
        for section in ["faq", "intents"] {
            for (id, _) in first_keys(document.section(section)) {
                names.define(id, document.source, Code::DuplicateRule, "rule", problems);
            }
        }
    }
    names
}

fn teams(documents: &[Document<'_>], problems: &mut Problems) -> Vec<Team> {
    let (mut names, mut teams) = (Names::default(), Vec::new());
    for document in documents {
        for (id, body) in first_keys(document.section("teams")) {
            if names.define(id, document.source, Code::DuplicateEntry, "team", problems) {
                teams.extend(entry(document.source, id).map(|id| team(id, body)));
            }
        }
    }
    teams
}

fn team(id: crate::rules::model::Entry, body: &Node<'_>) -> Team {
    let hours: Vec<&str> =
        body.get("hours").map(one_or_more).unwrap_or_default().iter().filter_map(Node::text).collect();
    Team {
        id,
        times: service_times(body),
        hours: (!hours.is_empty()).then(|| Hours::parse(&hours).ok()).flatten(),
        zone: body.get("time_zone").and_then(Node::text).and_then(Zone::parse),
        // Its texts and team are read once all names are known.
        out_of_hours: OutOfHours::default(),
    }
}

/// The entries of a map, without those whose key has stood in it before.
pub(crate) fn first_keys<'n, 'a>(
    map: Option<&'n Node<'a>>,
) -> impl Iterator<Item = (&'n Node<'a>, &'n Node<'a>)> {
    let mut seen = rustc_hash::FxHashSet::default();
    let entries = map.map(Node::entries).unwrap_or_default().iter();
    entries
        .filter(move |(key, _)| key.text().is_some_and(|name| seen.insert(name.to_owned())))
        .map(|(key, value)| (key, value))
}

pub(crate) fn service_times(node: &Node<'_>) -> ServiceTimes {
    let seconds = |key| node.get(key).and_then(Node::text).and_then(scalar::duration);
    ServiceTimes {
        respond_within: seconds("respond_within"),
        update_every: seconds("update_every"),
        resolve_within: seconds("resolve_within"),
    }
}

impl Symbols {
    /// The type of a slot: a list of the set, or a built-in type.
    pub(crate) fn slot_type(&self, name: &str) -> Option<SlotType> {
        if let Some(list) = self.lists.get(name) {
            return Some(SlotType::List(Arc::clone(list)));
        }
        SlotType::BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, kind)| SlotType::BuiltIn(*kind))
    }

    pub(crate) fn slot_type_names(&self) -> Vec<&str> {
        let built_in = SlotType::BUILT_IN.iter().map(|(name, _)| *name);
        self.lists.iter().map(|name| &**name).chain(built_in).collect()
    }
}
