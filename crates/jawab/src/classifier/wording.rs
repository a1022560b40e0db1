//! An utterance as the classifier sees it.

use crate::text::{Change, Reading, TokenKind, Utterance};

use super::gram::{WordKind, Wording};

/// Stands for any number.
const NUMBER: &str = "#";
/// Stands for any address, id and the like.
const ENTITY: &str = "@";

impl Wording for Utterance {
    fn len(&self) -> usize {
        self.reading().len()
    }

    fn text(&self, word: usize) -> &str {
        match self.reading().get(word) {
            Some(reading) if reading.kind == TokenKind::Number => NUMBER,
            Some(reading) if reading.kind == TokenKind::Entity => ENTITY,
            Some(reading) => self.reading_text(reading),
            None => "",
        }
    }

    fn read(&self, word: usize) -> &str {
        self.reading().get(word).map_or("", |reading| self.reading_text(reading))
    }

    fn kind(&self, word: usize) -> WordKind {
        match self.reading().get(word).map(|reading| reading.kind) {
            Some(TokenKind::Number | TokenKind::Entity) | None => WordKind::Value,
            Some(TokenKind::Han) => WordKind::Han,
            Some(TokenKind::Word | TokenKind::Emoji) => WordKind::Word,
        }
    }

    fn negation(&self, word: usize) -> bool {
        self.reading().get(word).is_some_and(|reading| reading.negation)
    }

    fn trust(&self, word: usize) -> f32 {
        self.reading().get(word).map_or(0.0, trust)
    }
}

/// How far a word may be relied on after what was done to it.
fn trust(reading: &Reading) -> f32 {
    match reading.change {
        Change::None | Change::Spelling | Change::Stretched | Change::Form | Change::Synonym => 1.0,
        Change::Split => 0.9,
        Change::Typo(1) | Change::Vowels => 0.75,
        Change::Typo(_) => 0.5,
    }
}
