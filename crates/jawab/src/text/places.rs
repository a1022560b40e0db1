//! What stands where in an utterance.

use std::ops::Range;

use super::token::{Entity, EntityKind, Phrase, Token};
use super::utterance::Utterance;

impl Utterance {
    /// Empties the utterance: a message that is not read.
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.phrases.clear();
        self.entities.clear();
        self.readings.clear();
        self.language = None;
    }

    /// The message that was read with the letters of ASCII in lower case, where reading it has made nothing else of it.
    pub(crate) fn in_lower_case(&self, message: &str) -> Option<&str> {
        if self.origins.are_same() { self.buffer.get(..message.len()) } else { None }
    }

    /// The phrases that begin at a token.
    pub(crate) fn phrases_at(&self, token: u32) -> &[Phrase] {
        if self.phrases.is_empty() {
            return &[];
        }
        let from = self.phrases.partition_point(|phrase| phrase.start < token);
        let count = self.phrases[from..].iter().take_while(|phrase| phrase.start == token).count();
        &self.phrases[from..from + count]
    }

    /// The entities that begin at a token, with their index.
    pub(crate) fn entities_at(&self, token: u32) -> impl Iterator<Item = (u32, &Entity)> {
        let from = self.entities.partition_point(|entity| entity.tokens.start < token);
        let here = self.entities[from..].iter().take_while(move |entity| entity.tokens.start == token);
        (from as u32..).zip(here)
    }

    /// The entities that begin at one of the tokens.
    pub(crate) fn entities_in(&self, tokens: Range<u32>) -> &[Entity] {
        let place = |token: u32| self.entities.partition_point(|entity| entity.tokens.start < token);
        self.entities.get(place(tokens.start)..place(tokens.end)).unwrap_or_default()
    }

    /// Whether a number of its own kind is more likely of another: a phone number is also an account, an account also an
    /// amount.
    pub(crate) fn is_rather_another(&self, entity: &Entity) -> bool {
        let rather: &[EntityKind] = match entity.kind {
            EntityKind::Account => &[EntityKind::Phone],
            EntityKind::Reference | EntityKind::Amount => &[EntityKind::Phone, EntityKind::Account],
            _ => &[],
        };
        let mut here = self.entities_at(entity.tokens.start);
        here.any(|(_, other)| rather.contains(&other.kind) && other.tokens == entity.tokens)
    }

    /// The tokens that share bytes with a stretch of the message.
    pub(crate) fn tokens_in(&self, start: u32, end: u32) -> (u32, u32) {
        let first = self.tokens.partition_point(|token| token.span.end <= start);
        let count = self.tokens[first..].iter().take_while(|token| token.span.start < end).count();
        (first as u32, (first + count) as u32)
    }

    /// The bytes of the message from the first to before the last of the tokens.
    pub(crate) fn span_of(&self, tokens: (u32, u32)) -> (u32, u32) {
        let tokens = &self.tokens[tokens.0 as usize..tokens.1 as usize];
        tokens.first().zip(tokens.last()).map_or((0, 0), |(first, last)| (first.span.start, last.span.end))
    }

    /// Whether a pattern may pass over a token.
    pub(crate) fn skippable(&self, token: u32) -> bool {
        self.tokens.get(token as usize).is_some_and(Token::is_skippable)
    }

    /// How many words of the message carry meaning.
    pub(crate) fn content_words(&self) -> u32 {
        self.tokens.iter().filter(|token| !token.is_skippable()).count() as u32
    }
}
