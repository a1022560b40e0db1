//! A handoff that is being prepared: what was asked, and what came of it.

use serde::{Deserialize, Serialize};

use super::bounds::{push, shortened};
use super::state::{DETAIL_BYTES, Detail, OPEN, State};
use super::values::Found;

/// Details of a handoff that is being prepared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Collecting {
    pub(super) rule: String,
    /// The detail that was asked for.
    pub(super) slot: String,
    /// How often each was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) asked: Vec<(String, u32)>,
    /// Those that the customer does not know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) skipped: Vec<String>,
    /// What he said of those that could not be read, masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) unread: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<Detail>,
}

impl Collecting {
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    pub(super) fn times_asked(&self, name: &str) -> u32 {
        self.asked.iter().find(|(asked, _)| asked == name).map_or(0, |(_, times)| *times)
    }

    pub(super) fn ask(&mut self, name: &str) {
        name.clone_into(&mut self.slot);
        match self.asked.iter_mut().find(|(asked, _)| asked == name) {
            Some((_, times)) => *times = times.saturating_add(1),
            None => self.asked.push((name.to_owned(), 1)),
        }
    }

    /// The last question does not count: something else was told.
    pub(super) fn take_back_question(&mut self) {
        let slot = &self.slot;
        if let Some((_, times)) = self.asked.iter_mut().find(|(asked, _)| asked == slot) {
            *times = times.saturating_sub(1);
        }
    }

    /// Notes the words with which the customer answered, but which could not be read.
    pub(super) fn could_not_read(&mut self, masked: &str) {
        let words = shortened(masked, DETAIL_BYTES);
        match self.unread.iter_mut().find(|(name, _)| *name == self.slot) {
            Some((_, before)) => *before = words,
            None => self.unread.push((self.slot.clone(), words)),
        }
    }

    /// Takes values; those that are known only where the customer corrects them.
    pub(super) fn fill(&mut self, found: Vec<Found>, correct: bool) {
        for found in found {
            match self.fields.iter_mut().find(|field| field.name == found.detail.name) {
                Some(known) if correct && found.certain => *known = found.detail,
                Some(_) => {}
                None => self.fields.push(found.detail),
            }
        }
    }
}

impl State {
    /// Keeps a handoff that is being prepared until another is done.
    pub(super) fn set_aside(&mut self, collecting: Collecting) {
        self.open.retain(|open| open.rule != collecting.rule);
        push(&mut self.open, OPEN, collecting);
    }

    /// The preparation of a rule's handoff: that which was set aside, else a new one.
    pub(super) fn take_up(&mut self, rule: &str) -> Collecting {
        let known = self.open.iter().position(|open| open.rule == rule);
        let open = known.and_then(|at| self.open.remove(at));
        open.unwrap_or_else(|| Collecting { rule: rule.to_owned(), ..Collecting::default() })
    }
}
