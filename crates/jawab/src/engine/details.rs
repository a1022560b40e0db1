//! Which values of a message are taken for the details that a handoff needs.

use std::ops::Range;

use serde_json::Value;

use super::masking::is_never_asked_for;
use super::{Matcher, entity_kind};
use crate::decision::SlotValue;
use crate::privacy::Found;
use crate::rules::SlotType;
use crate::signals::{Cue, cue_before, is_unit};
use crate::text::{Entity, EntityKind};

/// Least digits of a number that is taken for an account or a reference where one was asked for.
const DIGITS: usize = 4;

/// The values of the message that was judged last.
pub(crate) struct Values<'m> {
    pub(crate) matcher: &'m Matcher,
    pub(crate) text: &'m str,
    /// What is private in the message.
    pub(crate) private: &'m [Found],
    /// Whether the customer corrects himself.
    pub(crate) corrects: bool,
}

/// A value for a detail.
pub(crate) struct Told {
    pub(crate) value: SlotValue,
    /// The tokens it covers.
    pub(crate) tokens: Range<u32>,
}

impl Values<'_> {
    /// The value that a detail of this type takes, of the words that no other detail has `taken`: the last where the
    /// customer corrects himself, else the first.
    pub(crate) fn of(&self, slot_type: &SlotType, asked: bool, taken: &[Range<u32>]) -> Option<Told> {
        let kind = entity_kind(slot_type, &self.matcher.compiled().lexicon)?;
        let fits = |entity: &&Entity| self.fits(entity, kind, slot_type.name(), asked);
        let free = |entity: &&Entity| {
            !taken.iter().any(|taken| taken.start < entity.tokens.end && entity.tokens.start < taken.end)
        };
        let entities = || self.matcher.utterance().entities.iter().filter(free).filter(fits);
        let exact = || entities().filter(|entity| entity.kind == kind);
        let entity = if self.corrects {
            exact().next_back().or_else(|| entities().next_back())
        } else {
            exact().next().or_else(|| entities().next())
        };
        entity.map(|entity| Told { value: self.value(kind, entity), tokens: entity.tokens.clone() })
    }

    /// The value of an entity for a detail of the kind: a number that is an id is its digits.
    fn value(&self, kind: EntityKind, entity: &Entity) -> SlotValue {
        let value = self.matcher.slot_value(self.text, entity);
        let id = matches!(kind, EntityKind::Account | EntityKind::Reference);
        match entity.kind {
            EntityKind::Number if id => SlotValue { value: value.text.as_str().into(), ..value },
            _ => value,
        }
    }

    fn fits(&self, entity: &Entity, kind: EntityKind, name: &str, asked: bool) -> bool {
        let own = entity.kind == kind;
        if !own && !self.may_stand_for(entity, kind, true) {
            return false;
        }
        let cue = self.cue(entity).map(|cue| cue.slot_type);
        let misnamed = is_number_of_any_kind(kind) && cue.is_some_and(|cue| cue != name);
        if misnamed || self.is_negated(entity, cue.is_some()) || self.is_secret(entity) {
            return false;
        }
        let named = cue == Some(name);
        if own {
            return asked || named || !entity.is_rather_another(&self.matcher.utterance().entities);
        }
        (asked || named) && self.may_stand_for(entity, kind, named)
    }

    fn cue(&self, entity: &Entity) -> Option<Cue> {
        let languages = self.matcher.compiled().lexicon.pack_languages();
        cue_before(self.matcher.utterance(), entity.tokens.start as usize, languages)
    }

    /// Whether a negation stands before it; the `no` of "account no" is none.
    fn is_negated(&self, entity: &Entity, cued: bool) -> bool {
        let before = (entity.tokens.start as usize).checked_sub(1);
        let token = before.and_then(|before| self.matcher.utterance().tokens.get(before));
        !cued && token.is_some_and(|token| token.negation)
    }

    /// Whether an entity of another kind is taken where this one was asked for or `named`.
    fn may_stand_for(&self, entity: &Entity, kind: EntityKind, named: bool) -> bool {
        let written = self.written(entity);
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        // What a correction is about is not what was asked for, but for what it names.
        let meant = named || !self.corrects;
        let code = digits >= DIGITS && digits == written.len() && meant;
        match (kind, entity.kind) {
            (EntityKind::Amount, EntityKind::Number) => self.is_positive(entity) && !self.counts(entity),
            (EntityKind::Number, EntityKind::Amount)
            | (EntityKind::Time, EntityKind::Date)
            | (EntityKind::Account, EntityKind::Phone | EntityKind::Reference) => true,
            (EntityKind::Phone | EntityKind::Reference, EntityKind::Account) => meant,
            (EntityKind::Account | EntityKind::Reference, EntityKind::Number) => code,
            _ => false,
        }
    }

    fn is_positive(&self, entity: &Entity) -> bool {
        let value = self.matcher.slot_value(self.text, entity).value;
        !matches!(value, Value::Number(number) if number.as_f64().is_some_and(|number| number <= 0.0))
    }

    /// Whether a number says how many of something, or belongs to a date or a time: "2 jam", "3 times", "on 5 May".
    fn counts(&self, number: &Entity) -> bool {
        let utterance = self.matcher.utterance();
        let in_time = |token: u32| {
            let mut entities = utterance.entities.iter();
            entities.any(|entity| {
                matches!(entity.kind, EntityKind::Date | EntityKind::Time) && entity.tokens.contains(&token)
            })
        };
        let (start, end) = (number.tokens.start, number.tokens.end);
        let after = self.text.get(number.span.end as usize..).unwrap_or_default();
        let languages = self.matcher.compiled().lexicon.pack_languages();
        in_time(start)
            || after.trim_start().starts_with(['%', '％'])
            || is_unit(utterance, end as usize, languages) && !in_time(end)
    }

    fn written(&self, entity: &Entity) -> &str {
        self.text.get(entity.span.start as usize..entity.span.end as usize).unwrap_or_default()
    }

    /// Whether an entity lies in what must never be kept.
    fn is_secret(&self, entity: &Entity) -> bool {
        let (start, end) = (entity.span.start as usize, entity.span.end as usize);
        let mut found = self.private.iter();
        found.any(|found| is_never_asked_for(found.kind) && found.span.0 < end && start < found.span.1)
    }
}

/// Whether the same digits may be of several kinds, so that the word before them decides.
fn is_number_of_any_kind(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Account | EntityKind::Reference | EntityKind::Phone | EntityKind::Amount)
}
