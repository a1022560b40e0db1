//! Values in a message for the details that a handoff needs, and for those that one may need later.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::collecting::Collecting;
use super::state::{Detail, Pending};
use super::{Conversation, Signal, Turn};
use crate::engine::{Asked, Told, Values};
use crate::rules::{Collected, Outcome, SlotType};
use crate::signals::cue_before;
use crate::text::{Entity, EntityKind};

/// A value for a detail.
pub(super) struct Found {
    pub(super) detail: Detail,
    /// The tokens it covers.
    pub(super) tokens: Range<u32>,
    /// Whether it takes the place of a value that is known.
    pub(super) certain: bool,
}

/// Words up to which an answer is little else than the name of a value.
const ANSWER_WORDS: u32 = 3;

impl Conversation {
    /// Values for details, the one that was asked for first; no two share a word.
    pub(super) fn values(
        &self,
        details: &[Collected],
        collecting: Option<&Collecting>,
        turn: &Turn,
    ) -> Vec<Found> {
        let asked = collecting.map(|collecting| collecting.slot.as_str());
        let was_asked = |detail: &&Collected| asked == Some(detail.name.as_str());
        let first = details.iter().filter(was_asked);
        let others = details.iter().filter(|detail| !was_asked(detail));
        let wanted = first.chain(others);
        let wanted = wanted.map(|detail| (detail.name.as_str(), &detail.slot_type));
        let mut found = self.found(wanted, collecting, turn);
        if let Some(detail) = details.iter().find(was_asked)
            && !found.iter().any(|found| found.detail.name == detail.name)
        {
            found.extend(self.named_value(detail));
        }
        found
    }

    /// A value of a list that was asked for, by its name: in an answer that is little else, `dana` is one though other
    /// messages must say more to mean it.
    fn named_value(&self, detail: &Collected) -> Option<Found> {
        let engine = self.engine();
        let utterance = self.matcher.utterance();
        let lists = &engine.contents().vocabulary.lists;
        let list = lists.iter().find(|list| list.name.text == detail.slot_type.name())?;
        if utterance.content_words() > ANSWER_WORDS || utterance.tokens.iter().any(|token| token.negation) {
            return None;
        }
        // Where each word stands first, for fillers may be many.
        let words: FxHashMap<&str, usize> =
            (0..utterance.tokens.len()).rev().map(|at| (utterance.surface(at), at)).collect();
        let names = list.values.iter().map(|(value, _)| value.text.as_str());
        let named = names.filter_map(|name| Some((*words.get(name.to_lowercase().as_str())?, name)));
        let (at, name) = named.min_by_key(|&(at, _)| at)?;
        let detail = Detail::new(&detail.name, name.into(), utterance.surface(at));
        Some(Found { detail, tokens: at as u32..at as u32 + 1, certain: true })
    }

    /// Values of the types that rules of the set collect.
    pub(super) fn details(&self, turn: &Turn) -> Vec<Found> {
        let engine = self.engine();
        let types = engine.compiled().collected.iter();
        self.found(types.map(|(slot_type, _)| (slot_type.name(), slot_type)), None, turn)
    }

    fn found<'d>(
        &self,
        wanted: impl Iterator<Item = (&'d str, &'d SlotType)>,
        collecting: Option<&Collecting>,
        turn: &Turn,
    ) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        if self.matcher.utterance().entities.is_empty() {
            return found;
        }
        let corrects = turn.signals.has(Signal::Correction);
        let values = Values::new(&self.matcher, turn.text, &turn.masked.found, corrects);
        for (name, slot_type) in wanted {
            let taken = |entity: &Entity| {
                let overlaps = |tokens: &Range<u32>| {
                    tokens.start < entity.tokens.end && entity.tokens.start < tokens.end
                };
                found.iter().any(|found| overlaps(&found.tokens))
            };
            let asked = match collecting {
                Some(collecting) if collecting.slot == name => Asked::Now,
                Some(collecting) if !collecting.has(name) => Asked::Soon,
                _ => Asked::No,
            };
            let Some(Told { value, tokens, certain }) = values.of(slot_type, asked, taken) else {
                continue;
            };
            found.push(Found { detail: Detail::new(name, value.value, &value.text), tokens, certain });
        }
        found
    }

    /// Words of the message beside the values found in it, and beside the words that say what they are.
    pub(super) fn words_beside(&self, found: &[Found]) -> u32 {
        let engine = self.engine();
        let (utterance, languages) = (self.matcher.utterance(), engine.lexicon().pack_languages());
        let told = |found: &Found| {
            let start = found.tokens.start;
            let cue = cue_before(utterance, start as usize, languages);
            cue.map_or(start, |cue| cue.start as u32)..found.tokens.end
        };
        let told: Vec<_> = found.iter().map(told).collect();
        let beside =
            |token: &u32| !utterance.skippable(*token) && !told.iter().any(|told| told.contains(token));
        (0..utterance.tokens.len() as u32).filter(beside).count() as u32
    }

    /// Remembers values of the types that rules of the set collect: a handoff may need them later. Not numbers, which
    /// may be of anything.
    pub(super) fn keep_details(&mut self, turn: &Turn) {
        for found in self.details(turn) {
            let known = self.state.details.iter().any(|known| known.name == found.detail.name);
            let number = found.detail.name == SlotType::BuiltIn(EntityKind::Number).name();
            if !number && (found.certain || !known) && !self.is_told_as_another(&found.detail) {
                self.state.detail(found.detail);
            }
        }
    }

    /// Takes details that are told to a person who owns the conversation: they are not asked for again.
    pub(super) fn overhear(&mut self, turn: &Turn) {
        let engine = self.engine();
        if let Some(Pending::Detail(mut collecting)) = self.state.pending.take() {
            let rule = engine.contents().rules.named(&collecting.rule).map(|rule| &rule.outcome);
            if let Some(Outcome::Handoff(handoff)) = rule {
                let found = self.values(&handoff.collect, Some(&collecting), turn);
                collecting.fill(found, turn.signals.has(Signal::Correction));
            }
            self.state.pending = Some(Pending::Detail(collecting));
        }
        self.keep_details(turn);
    }

    /// Whether the same digits are known as another detail.
    fn is_told_as_another(&self, detail: &Detail) -> bool {
        let pending = match &self.state.pending {
            Some(Pending::Detail(collecting)) => collecting.fields.as_slice(),
            _ => &[],
        };
        let digits = detail.text.bytes().all(|byte| byte.is_ascii_digit());
        let mut known = self.state.details.iter().chain(pending);
        digits && known.any(|known| known.text == detail.text && known.name != detail.name)
    }

    /// Remembers the details of a handoff that is being prepared, each by its type, and by its name where that is
    /// another.
    pub(super) fn keep_fields(&mut self, collecting: &Collecting) {
        let engine = self.engine();
        let rule = engine.contents().rules.named(&collecting.rule);
        let Some(Outcome::Handoff(handoff)) = rule.map(|rule| &rule.outcome) else { return };
        for field in &collecting.fields {
            if let Some(wanted) = handoff.collect.iter().find(|wanted| wanted.name == field.name) {
                self.state.detail(Detail { name: known_name(wanted), ..field.clone() });
            }
        }
    }
}

/// How a detail is called among what is known: `method`, or `method/from` where it has a name of its own.
pub(super) fn known_name(wanted: &Collected) -> String {
    let slot_type = wanted.slot_type.name();
    if wanted.name == slot_type { wanted.name.clone() } else { format!("{slot_type}/{}", wanted.name) }
}
