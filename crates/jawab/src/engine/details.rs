//! Which values of a message are taken for the details that a handoff needs.

use std::ops::Range;

use super::masking::is_never_asked_for;
use super::{Matcher, entity_kind};
use crate::decision::SlotValue;
use crate::privacy::Found;
use crate::rules::SlotType;
use crate::signals::{BANK, Cue, cue_before, is_after_slip, is_denied, is_unit};
use crate::text::{Entity, EntityKind, EntityValue};

/// Least digits of a number that is taken for an account or a reference where one was asked for.
const DIGITS: usize = 4;
/// Words up to which a message says no more than a number.
const BARE_WORDS: u32 = 2;
/// What separates a negation from what follows.
const PAUSES: [char; 11] = [',', '.', ';', ':', '!', '?', '\n', '，', '。', '；', '！'];

/// The values of the message that was judged last.
pub(crate) struct Values<'m> {
    pub(crate) matcher: &'m Matcher,
    pub(crate) text: &'m str,
    /// What is private in the message, in the order of the text.
    pub(crate) private: &'m [Found],
    /// Whether the customer corrects himself.
    pub(crate) corrects: bool,
    /// Whether the message says little beside a value.
    short: bool,
    /// Tokens of its longest date, time or value of a list.
    longest: u32,
}

/// Whether a detail was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Now,
    /// Not asked for yet, but wanted for the same handoff.
    Soon,
    No,
}

/// A value for a detail.
pub(crate) struct Told {
    pub(crate) value: SlotValue,
    /// The tokens it covers.
    pub(crate) tokens: Range<u32>,
    /// Whether it takes the place of a value that is known.
    pub(crate) certain: bool,
}

impl<'m> Values<'m> {
    pub(crate) fn new(matcher: &'m Matcher, text: &'m str, private: &'m [Found], corrects: bool) -> Self {
        let utterance = matcher.utterance();
        let reaching = utterance.entities.iter().filter(|entity| is_time(entity) || is_of_list(entity));
        let longest = reaching.map(|entity| entity.tokens.len() as u32).max().unwrap_or(0);
        let short = utterance.content_words() <= BARE_WORDS;
        Values { matcher, text, private, corrects, short, longest }
    }

    /// The value that a detail of this type takes, of the entities that no other detail has `taken`: one that is named so
    /// before others, the last where the customer corrects himself, else the first.
    pub(crate) fn of(
        &self,
        slot_type: &SlotType,
        asked: Asked,
        taken: impl Fn(&Entity) -> bool,
    ) -> Option<Told> {
        let kind = entity_kind(slot_type, &self.matcher.compiled().lexicon)?;
        let entities = self.matcher.utterance().entities.iter().filter(|entity| !taken(entity));
        let fitting =
            entities.filter_map(|entity| Some((entity, self.fits(entity, kind, slot_type.name(), asked)?)));
        let rank = |(entity, named): &(&Entity, bool)| match () {
            () if *named && !self.corrects => 2,
            () => u8::from(entity.kind == kind),
        };
        let (entity, named) = fitting.reduce(|best, next| {
            let instead = rank(&next) == rank(&best) && self.takes_back(next.0);
            if rank(&next) > rank(&best) || instead { next } else { best }
        })?;
        let certain = asked == Asked::Now || named || self.corrects || self.is_certain(entity, kind);
        Some(Told { value: self.value(kind, entity), tokens: entity.tokens.clone(), certain })
    }

    /// Whether a value takes the place of one before it: "bca eh mandiri".
    fn takes_back(&self, entity: &Entity) -> bool {
        let start = entity.tokens.start as usize;
        self.corrects || is_after_slip(self.matcher.utterance(), start, self.languages())
    }

    fn languages(&self) -> &[&'static str] {
        self.matcher.compiled().lexicon.pack_languages()
    }

    /// The value of an entity for a detail of the kind: a number that is an id is its digits.
    fn value(&self, kind: EntityKind, entity: &Entity) -> SlotValue {
        let value = self.matcher.slot_value(self.text, entity);
        let id = matches!(kind, EntityKind::Account | EntityKind::Reference);
        match entity.kind {
            EntityKind::Number if id => SlotValue { value: value.text.as_str().into(), ..value },
            // A user is looked up by his name as he writes it.
            EntityKind::Reference if kind == EntityKind::Account => {
                SlotValue { value: value.text.as_str().into(), ..value }
            }
            _ => value,
        }
    }

    /// Whether an entity is taken for a detail, and whether it is named so; none where it is not taken.
    fn fits(&self, entity: &Entity, kind: EntityKind, name: &str, asked: Asked) -> Option<bool> {
        let own = entity.kind == kind;
        if !own && !self.may_stand_for(entity, kind, true) {
            return None;
        }
        let cue = self.cue(entity).map(|cue| cue.slot_type);
        let named = cue == Some(name);
        let of_bank = kind == EntityKind::Account && self.is_of_bank(entity, cue);
        let misnamed = is_number_of_any_kind(kind) && cue.is_some_and(|cue| cue != name) && !of_bank;
        if misnamed || of_bank && asked == Asked::No || self.is_denied(entity, cue) || self.is_secret(entity)
        {
            return None;
        }
        let asked = asked == Asked::Now;
        let taken = if own {
            asked
                || named
                || !self.matcher.utterance().is_rather_another(entity) && !self.is_any_number(entity, kind)
        } else {
            (asked || named) && self.may_stand_for(entity, kind, named)
        };
        taken.then_some(named)
    }

    fn cue(&self, entity: &Entity) -> Option<Cue> {
        cue_before(self.matcher.utterance(), entity.tokens.start as usize, self.languages())
    }

    /// Whether a number is that of an account at a bank: "rek bca 1234567890", "bca number is 1234567890".
    fn is_of_bank(&self, entity: &Entity, cue: Option<&str>) -> bool {
        let Some(before) = entity.tokens.start.checked_sub(1) else { return false };
        let is_near = |other: &Entity| is_of_list(other) && before <= other.tokens.end + 1;
        cue == Some(BANK) || cue.is_none() && self.up_to(before).iter().any(is_near)
    }

    /// Whether a message that says no more than a number leaves open what it is: "7788990", but not "500000".
    fn is_any_number(&self, entity: &Entity, kind: EntityKind) -> bool {
        kind == EntityKind::Amount && self.is_bare(entity) && !self.written(entity).ends_with("000")
    }

    /// Whether a number takes the place of one that is known though nobody asked for it.
    fn is_certain(&self, entity: &Entity, kind: EntityKind) -> bool {
        match kind {
            EntityKind::Account => false,
            EntityKind::Amount => !self.is_bare(entity),
            _ => true,
        }
    }

    /// Digits and nothing else.
    fn is_bare(&self, entity: &Entity) -> bool {
        let digits = self.written(entity).bytes().all(|byte| byte.is_ascii_digit());
        self.short && digits
    }

    /// Whether a negation denies it; the `no` of "account no" does not.
    fn is_denied(&self, entity: &Entity, cue: Option<&str>) -> bool {
        let utterance = self.matcher.utterance();
        let start = entity.tokens.start as usize;
        let before = start.checked_sub(1).and_then(|before| utterance.tokens.get(before));
        let between =
            before.and_then(|before| self.text.get(before.span.end as usize..entity.span.start as usize));
        let ends = between.is_some_and(|between| between.contains(PAUSES));
        cue.is_none() && !ends && is_denied(utterance, start, self.languages())
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
        !matches!(self.matcher.utterance().value(entity), EntityValue::Number(number) if number <= 0.0)
    }

    /// Whether a number says how many of something, or belongs to a date or a time: "2 jam", "3 times", "on 5 May".
    fn counts(&self, number: &Entity) -> bool {
        let utterance = self.matcher.utterance();
        let in_time = |token: u32| {
            let mut entities = self.up_to(token).iter();
            entities.any(|entity| is_time(entity) && entity.tokens.contains(&token))
        };
        let (start, end) = (number.tokens.start, number.tokens.end);
        let after = self.text.get(number.span.end as usize..).unwrap_or_default();
        in_time(start)
            || after.trim_start().starts_with(['%', '％'])
            || is_unit(utterance, end as usize, self.languages()) && !in_time(end)
    }

    /// The entities that begin at a token or before it, of dates, times and values of lists all that reach it or the
    /// token before.
    fn up_to(&self, token: u32) -> &[Entity] {
        self.matcher.utterance().entities_in(token.saturating_sub(self.longest + 1)..token + 1)
    }

    fn written(&self, entity: &Entity) -> &str {
        self.text.get(entity.span.start as usize..entity.span.end as usize).unwrap_or_default()
    }

    /// Whether an entity lies in what must never be kept.
    fn is_secret(&self, entity: &Entity) -> bool {
        let (start, end) = (entity.span.start as usize, entity.span.end as usize);
        let first = self.private.partition_point(|found| found.span.1 <= start);
        let mut found = self.private.iter().skip(first).take_while(|found| found.span.0 < end);
        found.any(|found| is_never_asked_for(found.kind))
    }
}

fn is_time(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::Date | EntityKind::Time)
}

fn is_of_list(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::List(_))
}

/// Whether the same digits may be of several kinds, so that the word before them decides.
fn is_number_of_any_kind(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Account | EntityKind::Reference | EntityKind::Phone | EntityKind::Amount)
}
