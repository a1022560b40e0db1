//! A message as the matcher sees it, in buffers that are used again for the next.

use super::calendar::DAYS;
use super::fold::Origins;
use super::lexicon::Role;
use super::scan::{Piece, PieceKind};
use super::token::{Entity, EntityValue, Phrase, Reading, StoredValue, Stretch, Token};

/// One message as the matcher sees it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Utterance {
    pub(crate) tokens: Vec<Token>,
    /// All phrases, by start, the longest first; they may overlap.
    pub(crate) phrases: Vec<Phrase>,
    /// All entities, by start, the longest first; they may overlap: `50rb` is an amount and a number.
    pub(crate) entities: Vec<Entity>,
    pub(super) readings: Vec<Reading>,
    pub(super) language: Option<u8>,
    /// The folded message, then the texts of changed tokens and the values of entities.
    pub(super) buffer: String,
    pub(super) origins: Origins,
    pub(super) pieces: Vec<Piece>,
    pub(super) scratch: Scratch,
}

/// Buffers for the writings that a word is tried in.
#[derive(Debug, Default, Clone)]
pub(super) struct Scratch {
    pub(super) word: String,
    pub(super) writing: String,
    pub(super) stem: String,
}

impl Utterance {
    /// An empty utterance, to be read into.
    pub(crate) fn new() -> Self {
        Utterance::default()
    }

    /// The standard form of a token: after chat spelling, stretched letters, typos and affixes.
    pub(crate) fn text(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| self.stretch(token.text))
    }

    /// A token as written, but for case and Unicode form.
    pub(crate) fn surface(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |token| self.stretch(token.surface))
    }

    /// The reading for likeness: phrases joined into their word, fillers and emoji left out unless nothing else is
    /// there.
    pub(crate) fn reading(&self) -> &[Reading] {
        &self.readings
    }

    /// The text of a unit of the reading: the canonical spelling of a known word.
    pub(crate) fn reading_text(&self, reading: &Reading) -> &str {
        self.stretch(reading.text)
    }

    /// The value of an entity.
    pub(crate) fn value(&self, entity: &Entity) -> EntityValue<'_> {
        match entity.value {
            StoredValue::Number(number) => EntityValue::Number(number),
            StoredValue::Text(text) => EntityValue::Text(self.stretch(text)),
            StoredValue::ListValue(value) => EntityValue::ListValue(value),
            StoredValue::Day(day) => EntityValue::Text(DAYS.get(day as usize).copied().unwrap_or_default()),
        }
    }

    /// The pack language that most words vote for: at least half of those that vote, and more than any other.
    pub(crate) fn language(&self) -> Option<u8> {
        self.language
    }

    /// Whether anything but plain words, Chinese characters and emoji is there: most messages are made of nothing else.
    pub(super) fn may_hold_entities(&self) -> bool {
        let plain = |piece: &Piece| matches!(piece.kind, PieceKind::Word | PieceKind::Han | PieceKind::Emoji);
        !self.entities.is_empty()
            || !self.pieces.iter().all(plain)
            || self.tokens.iter().any(|token| usize::from(token.role) >= Role::HELPERS.len())
    }

    pub(super) fn bytes(&self, stretch: Stretch) -> &[u8] {
        self.buffer.as_bytes().get(stretch.range()).unwrap_or_default()
    }

    pub(super) fn stretch(&self, stretch: Stretch) -> &str {
        self.buffer.get(stretch.range()).unwrap_or_default()
    }

    /// Appends a text to the buffer.
    pub(super) fn store(&mut self, text: &str) -> Stretch {
        let start = self.buffer.len();
        self.buffer.push_str(text);
        Stretch::new(start..self.buffer.len())
    }
}
