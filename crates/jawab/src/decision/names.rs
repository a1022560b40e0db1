use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::codec::{Stored, Writer};
use crate::rules::{Contents, Handoff, OnDemand, Outcome, Rule};

/// Built-in reasons of handoffs and of messages that are ignored.
const REASONS: [&str; 8] = [
    "no-match",
    "low-confidence",
    "ambiguous",
    "too-long",
    "no-text",
    "not-from-customer",
    "human-owner",
    "empty",
];

/// Names that decisions hold, each made once: decisions share them.
#[derive(Debug)]
pub(crate) struct Names {
    rules: OnDemand<Arc<str>>,
    others: FxHashSet<Arc<str>>,
}

impl Names {
    pub(crate) fn new<'c>(contents: &'c Contents, slots: impl Iterator<Item = &'c str>) -> Self {
        let teams = contents.teams.iter().map(|team| team.id.text.as_str());
        let of_rules = contents.rules.iter().flat_map(names_of);
        let fallback = names_in(&contents.settings.fallback);
        let all = REASONS.into_iter().chain(slots).chain(teams).chain(of_rules).chain(fallback);
        let mut others: FxHashSet<Arc<str>> = FxHashSet::default();
        for name in all {
            if !others.contains(name) {
                others.insert(name.into());
            }
        }
        Names { rules: OnDemand::new(contents.rules.len()), others }
    }

    /// The names of a compiled file, with those that are no ids of rules.
    pub(crate) fn of_file(contents: &Contents, others: Vec<String>) -> Self {
        let rules = OnDemand::new(contents.rules.len());
        Names { rules, others: others.into_iter().map(Arc::from).collect() }
    }

    /// Writes the names that are no ids of rules.
    pub(crate) fn write_others(&self, out: &mut Writer) {
        let mut others: Vec<String> = self.others.iter().map(ToString::to_string).collect();
        others.sort_unstable();
        others.write(out);
    }

    /// The id of a rule, by its number.
    pub(crate) fn rule(&self, contents: &Contents, number: u32) -> Arc<str> {
        let number = number as usize;
        Arc::clone(self.rules.get(number, || contents.rules.id(number).into()))
    }

    /// A name of the rule set, or one of the engine's own.
    pub(crate) fn shared(&self, name: &str) -> Arc<str> {
        self.others.get(name).map_or_else(|| name.into(), Arc::clone)
    }
}

fn names_of(rule: &Rule) -> impl Iterator<Item = &str> {
    let handoff = match &rule.outcome {
        Outcome::Handoff(handoff) => Some(handoff),
        Outcome::Answer(_) => None,
    };
    rule.category.as_deref().into_iter().chain(handoff.into_iter().flat_map(names_in))
}

fn names_in(handoff: &Handoff) -> impl Iterator<Item = &str> {
    let collected = handoff.collect.iter().map(|detail| detail.name.as_str());
    handoff.reason.as_deref().into_iter().chain(handoff.tags.iter().map(String::as_str)).chain(collected)
}
