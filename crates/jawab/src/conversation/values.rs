//! Values in a message for the details that a handoff needs.

use serde_json::Value;

use super::signals::cue_before;
use super::state::Detail;
use super::{Conversation, Signal, Turn};
use crate::engine::masking::is_never_asked_for;
use crate::engine::{Engine, entity_kind};
use crate::rules::{Collected, SlotType};
use crate::text::{Entity, EntityKind};

/// A value for a detail.
pub(super) struct Found {
    pub(super) detail: Detail,
    /// The tokens it covers.
    pub(super) tokens: std::ops::Range<u32>,
}

/// Least digits of a number that is taken for an account or a reference where one was asked for.
const DIGITS: usize = 4;

impl Conversation {
    /// Values for details, the one that was asked for first; no two share a word.
    pub(super) fn values(&self, details: &[Collected], asked: Option<&str>, turn: &Turn) -> Vec<Found> {
        let engine = self.engine();
        let mut found: Vec<Found> = Vec::new();
        let first = details.iter().filter(|detail| asked == Some(detail.name.as_str()));
        let others = details.iter().filter(|detail| asked != Some(detail.name.as_str()));
        for detail in first.chain(others) {
            let was_asked = asked == Some(detail.name.as_str());
            let entity = self.entity_for(&detail.slot_type, was_asked, &found, &engine, turn);
            found.extend(entity.map(|entity| self.found(&detail.name, entity, turn)));
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

    /// Remembers values of the types that rules of the set collect: a handoff may need them later.
    pub(super) fn keep_details(&mut self, turn: &Turn) {
        let kept = self.details(turn);
        kept.into_iter().for_each(|found| self.state.detail(found.detail));
    }

    /// Values of the types that rules of the set collect.
    pub(super) fn details(&self, turn: &Turn) -> Vec<Found> {
        let mut details: Vec<Found> = Vec::new();
        if self.matcher.utterance().entities.is_empty() {
            return details;
        }
        let engine = self.engine();
        for (slot_type, _) in &engine.compiled().collected {
            let entity = self.entity_for(slot_type, false, &details, &engine, turn);
            details.extend(entity.map(|entity| self.found(slot_type.name(), entity, turn)));
        }
        details
    }

    fn found(&self, name: &str, entity: &Entity, turn: &Turn) -> Found {
        let value = self.matcher.slot_value(turn.text, entity);
        Found { detail: Detail::new(name, value.value, &value.text), tokens: entity.tokens.clone() }
    }

    /// The entity that a detail takes: the last where the customer corrects himself, else the first.
    fn entity_for(
        &self,
        slot_type: &SlotType,
        asked: bool,
        taken: &[Found],
        engine: &Engine,
        turn: &Turn,
    ) -> Option<&Entity> {
        let kind = entity_kind(slot_type, engine.lexicon())?;
        let fits = |entity: &&Entity| self.fits(entity, kind, slot_type.name(), asked, engine, turn);
        let free = |entity: &&Entity| {
            !taken.iter().any(|t| t.tokens.start < entity.tokens.end && entity.tokens.start < t.tokens.end)
        };
        let entities = || self.matcher.utterance().entities.iter().filter(free).filter(fits);
        let exact = || entities().filter(|entity| entity.kind == kind);
        if turn.signals.has(Signal::Correction) {
            return exact().next_back().or_else(|| entities().next_back());
        }
        exact().next().or_else(|| entities().next())
    }

    fn fits(
        &self,
        entity: &Entity,
        kind: EntityKind,
        name: &str,
        asked: bool,
        engine: &Engine,
        turn: &Turn,
    ) -> bool {
        let own = entity.kind == kind;
        if !own && !self.may_stand_for(entity, kind, true, turn) {
            return false;
        }
        let utterance = self.matcher.utterance();
        let start = entity.tokens.start as usize;
        let cue = cue_before(utterance, start, engine.lexicon().pack_languages()).map(|cue| cue.slot_type);
        // The `no` of "account no" is none.
        let negated =
            cue.is_none() && start > 0 && utterance.tokens.get(start - 1).is_some_and(|token| token.negation);
        let long = is_number_of_any_kind(kind);
        let misnamed = long && cue.is_some_and(|cue| cue != name);
        if negated || misnamed || is_secret(entity, turn) {
            return false;
        }
        let named = cue == Some(name);
        if own {
            return asked || named || !entity.is_rather_another(&utterance.entities);
        }
        (asked || named) && self.may_stand_for(entity, kind, named, turn)
    }

    /// Whether an entity of another kind is taken where this one was asked for or `named`.
    fn may_stand_for(&self, entity: &Entity, kind: EntityKind, named: bool, turn: &Turn) -> bool {
        let text = turn.text.get(entity.span.start as usize..entity.span.end as usize).unwrap_or_default();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        // What a correction is about is not what was asked for, but for what it names.
        let meant = named || !turn.signals.has(Signal::Correction);
        let code = digits >= DIGITS && digits == text.len() && meant;
        match (kind, entity.kind) {
            (EntityKind::Amount, EntityKind::Number) => {
                !matches!(self.matcher.slot_value(turn.text, entity).value, Value::Number(n) if n.as_f64().is_some_and(|n| n <= 0.0))
            }
            (EntityKind::Number, EntityKind::Amount)
            | (EntityKind::Time, EntityKind::Date)
            | (EntityKind::Account, EntityKind::Phone | EntityKind::Reference) => true,
            (EntityKind::Phone | EntityKind::Reference, EntityKind::Account) => meant,
            (EntityKind::Account | EntityKind::Reference, EntityKind::Number) => code,
            _ => false,
        }
    }
}

/// Whether the same digits may be of several kinds, so that the word before them decides.
fn is_number_of_any_kind(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Account | EntityKind::Reference | EntityKind::Phone | EntityKind::Amount)
}

/// Whether an entity lies in what must never be kept.
fn is_secret(entity: &Entity, turn: &Turn) -> bool {
    let (start, end) = (entity.span.start as usize, entity.span.end as usize);
    let mut found = turn.masked.found.iter();
    found.any(|found| is_never_asked_for(found.kind) && found.span.0 < end && start < found.span.1)
}
