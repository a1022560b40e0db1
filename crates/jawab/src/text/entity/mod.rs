//! Things named in a message: amounts, dates, times, phone numbers, addresses, ids.

mod code;
mod date;
mod number;
mod phone;
mod sum;
mod time;

pub(crate) use phone::is_mobile;

use std::ops::Range;

use super::lexicon::{Lexicon, Role};
use super::token::{Entity, EntityKind, StoredValue, Stretch, Token, TokenKind};
use super::utterance::Utterance;

/// Adds the entities of an utterance that has its tokens to those of its lists, and sorts all.
pub(super) fn find(lexicon: &Lexicon, message: &str, utterance: &mut Utterance) {
    let Utterance { tokens, buffer, origins, entities, .. } = &mut *utterance;
    let mut finder = Finder { lexicon, message, tokens, buffer, origins, entities };
    let mut at = 0;
    while at < finder.tokens.len() {
        at = finder.visit(at).max(at + 1);
    }
    entities.sort_unstable_by_key(|entity| {
        let value = if let StoredValue::ListValue(value) = entity.value { value } else { 0 };
        (entity.tokens.start, std::cmp::Reverse(entity.tokens.end), entity.kind, value)
    });
}

/// Whether a message says nothing beside these tokens but fillers; in a `loose` sense, nothing but small words.
pub(super) fn is_alone(lexicon: &Lexicon, tokens: &[Token], range: Range<usize>, loose: bool) -> bool {
    let says_nothing =
        |token: &Token| token.is_skippable() || loose && !token.negation && lexicon.is_small_word(token.key);
    // From the range outwards up to the first word that says something: all ranges of a message together look at each token
    // about twice.
    let (before, after) = (tokens.get(..range.start), tokens.get(range.end..));
    before.unwrap_or_default().iter().rev().all(says_nothing)
        && after.unwrap_or_default().iter().all(says_nothing)
}

struct Finder<'a> {
    lexicon: &'a Lexicon,
    /// The message as written.
    message: &'a str,
    tokens: &'a [Token],
    buffer: &'a mut String,
    origins: &'a super::fold::Origins,
    entities: &'a mut Vec<Entity>,
}

impl Finder<'_> {
    /// Finds what starts at a token, or stands around it; returns the next token to visit.
    fn visit(&mut self, at: usize) -> usize {
        let Some(token) = self.tokens.get(at) else { return at + 1 };
        let (kind, role) = (token.kind, self.role(at));
        match (kind, role) {
            (TokenKind::Number, _) => self.visit_number(at),
            (_, Role::Number(_)) => self.visit_number_word(at),
            (_, Role::Part(part)) => match self.part_of_hour(at, part) {
                Some(end) => end,
                None => self.visit_number_word(at),
            },
            (_, Role::LoneDay(day)) => self.lone_day(at, day),
            (TokenKind::Word, Role::BeforeDate) => self.day_after_preposition(at),
            (_, Role::Scale(_)) if at > 0 && self.role(at - 1) == Role::Link && self.joins(at - 1) => {
                self.number(at - 1)
            }
            (_, Role::Month(month)) => self.month(at, month),
            (_, Role::DayOfMonth) => self.day_of_month(at),
            (TokenKind::Entity, _) => self.link_or_reference(at),
            (TokenKind::Word, Role::None) => self.reference(at),
            _ => at + 1,
        }
    }

    fn visit_number(&mut self, at: usize) -> usize {
        if let Some(end) = self.phone(at).or_else(|| self.code(at)).or_else(|| self.code_in_groups(at)) {
            return end;
        }
        self.date(at);
        self.time(at);
        self.long_number(at);
        self.number(at)
    }

    fn visit_number_word(&mut self, at: usize) -> usize {
        if self.is_han(at) {
            self.chinese_date(at);
        }
        self.spoken_time(at);
        self.number(at)
    }

    fn role(&self, at: usize) -> Role {
        self.tokens.get(at).map_or(Role::None, |token| self.lexicon.role(token.role))
    }

    /// Whether packs list it as a small word.
    fn is_small_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| self.lexicon.is_small_word(token.key))
    }

    /// Whether the message says nothing but these tokens; small words aside where `loose`.
    fn is_alone(&self, tokens: Range<usize>, loose: bool) -> bool {
        is_alone(self.lexicon, self.tokens, tokens, loose)
    }

    fn surface(&self, at: usize) -> &str {
        let surface = self.tokens.get(at).map(|token| token.surface.range());
        surface.and_then(|range| self.buffer.get(range)).unwrap_or_default()
    }

    /// The digits of a token that is a whole number without separators.
    fn digits(&self, at: usize) -> Option<&str> {
        let text = self.surface(at);
        let number = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        (number && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
    }

    /// A whole number of at most four digits.
    fn small(&self, at: usize) -> Option<u32> {
        self.digits(at).filter(|digits| digits.len() <= 4).and_then(|digits| digits.parse().ok())
    }

    /// What stands between a token and the next one.
    fn between(&self, at: usize) -> &str {
        let end = self.tokens.get(at).map_or(0, |token| token.surface.end as usize);
        let start = self.tokens.get(at + 1).map_or(end, |token| token.surface.start as usize);
        self.buffer.get(end..start.max(end)).unwrap_or_default()
    }

    /// Whether a token is followed by the next one directly or after one space.
    fn joins(&self, at: usize) -> bool {
        at + 1 < self.tokens.len() && matches!(self.between(at), "" | " ")
    }

    /// The text of the message before a token.
    fn before(&self, at: usize) -> &str {
        let start = self.tokens.get(at).map_or(0, |token| token.surface.start as usize);
        self.buffer.get(..start).unwrap_or_default()
    }

    fn push(&mut self, kind: EntityKind, tokens: Range<usize>, value: StoredValue) {
        let entity = super::read::entity(self.tokens, tokens, kind, value);
        self.entities.push(entity);
    }

    /// Pushes an entity whose value was written to the buffer from the given place on.
    fn push_text(&mut self, kind: EntityKind, tokens: Range<usize>, from: usize) {
        let value = StoredValue::Text(Stretch::new(from..self.buffer.len()));
        self.push(kind, tokens, value);
    }

    fn link_or_reference(&mut self, at: usize) -> usize {
        let surface = self.surface(at);
        let kind = match () {
            () if is_reference(surface) => return self.reference(at),
            () if surface.contains('@') && !surface.contains('/') => EntityKind::Email,
            () => EntityKind::Url,
        };
        if let Some(token) = self.tokens.get(at) {
            self.push(kind, at..at + 1, StoredValue::Text(token.surface));
        }
        at + 1
    }

    fn reference(&mut self, at: usize) -> usize {
        if self.surface(at).starts_with(|letter: char| letter.is_ascii_digit()) {
            self.lone_day_of_month(at, false);
        }
        if !is_reference(self.surface(at)) {
            return at + 1;
        }
        self.code(at).unwrap_or_else(|| {
            self.push_reference(at..at + 1);
            at + 1
        })
    }

    /// An account number or a reference: many digits, or some after `#`.
    fn long_number(&mut self, at: usize) {
        let Some(digits) = self.digits(at) else { return self.grouped_account(at) };
        // Nobody writes a number with zeros before it.
        let code = digits.len() > 4 && digits.starts_with('0');
        let digits = digits.len();
        if (8..=16).contains(&digits) || code && digits < 8 {
            self.store_account(at);
        }
        if digits >= 8 || digits >= 4 && self.before(at).ends_with('#') {
            self.push_reference(at..at + 1);
        }
        self.grouped_account(at);
    }

    fn store_account(&mut self, at: usize) {
        if let Some(token) = self.tokens.get(at) {
            self.push(EntityKind::Account, at..at + 1, StoredValue::Text(token.surface));
        }
    }

    /// `1234 5678 9012`: groups of four digits.
    fn grouped_account(&mut self, at: usize) {
        let is_group = |finder: &Self, at: usize| finder.digits(at).is_some_and(|digits| digits.len() == 4);
        let mut end = at;
        while end < at + 4 && is_group(self, end) && matches!(self.between(end), " " | "-") {
            end += 1;
        }
        let last = self.digits(end).map_or(0, str::len);
        let total = (end - at) * 4 + last;
        if end > at && (1..=4).contains(&last) && (10..=16).contains(&total) {
            let from = self.buffer.len();
            (at..=end).for_each(|part| self.store_surface(part));
            self.push_text(EntityKind::Account, at..end + 1, from);
        }
    }

    /// Appends a token as written to the buffer.
    fn store_surface(&mut self, at: usize) {
        if let Some(token) = self.tokens.get(at) {
            self.buffer.extend_from_within(token.surface.range());
        }
    }

    /// Where tokens stand in the buffer.
    fn stretch(&self, tokens: Range<usize>) -> Range<usize> {
        let covered = self.tokens.get(tokens).unwrap_or_default();
        let start = covered.first().map_or(0, |token| token.surface.range().start);
        start..covered.last().map_or(start, |token| token.surface.range().end.max(start))
    }

    fn push_reference(&mut self, tokens: Range<usize>) {
        let from = self.buffer.len();
        self.buffer.extend_from_within(self.stretch(tokens.clone()));
        if let Some(value) = self.buffer.get_mut(from..) {
            value.make_ascii_uppercase();
        }
        self.push_text(EntityKind::Reference, tokens, from);
    }
}

/// An id of letters and digits: at least six characters, three of them digits.
pub(super) fn is_reference(surface: &str) -> bool {
    let digits = || surface.bytes().filter(u8::is_ascii_digit).count();
    (6..=64).contains(&surface.len())
        && surface.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (3..surface.len()).contains(&digits())
}
