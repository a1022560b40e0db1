//! Reading a message: fold, split, look up, and put together.

use super::characters::{APOSTROPHE, is_apostrophe};
use super::entity;
use super::fold::{Origins, fold};
use super::guess::{Guess, Unstretched};
use super::lexicon::{Entry, Lexicon, Meaning};
use super::scan::{Piece, PieceKind, Units, scan};
use super::token::{
    Change, Entity, EntityKind, LanguageSet, Phrase, StoredValue, Stretch, Token, TokenKind, WordId,
};
use super::utterance::Utterance;

/// Whether a text has words, numbers or emoji, as every lexicon reads it: all else in it says nothing.
pub(crate) fn holds_words(text: &str) -> bool {
    if text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return true;
    }
    let (mut folded, mut origins, mut pieces) = (String::new(), Origins::default(), Vec::new());
    fold(text, &mut folded, &mut origins);
    scan(&folded, &Units::default(), &mut pieces);
    !pieces.is_empty()
}

impl Lexicon {
    /// Reads a message, for patterns and for likeness. Total and linear in the message; nothing is allocated once the buffers
    /// have grown.
    pub(crate) fn read(&self, message: &str, utterance: &mut Utterance) {
        self.read_for_patterns(message, utterance);
        super::reading::build(self, utterance);
    }

    /// The same without the reading for likeness.
    pub(crate) fn read_for_patterns(&self, message: &str, utterance: &mut Utterance) {
        fold(message, &mut utterance.buffer, &mut utterance.origins);
        utterance.pieces.clear();
        scan(&utterance.buffer, &self.units, &mut utterance.pieces);
        utterance.tokens.clear();
        self.look_up_pieces(message, utterance);
        self.find_phrases(utterance);
        if utterance.may_hold_entities() {
            entity::find(self, message, utterance);
        }
        utterance.language = super::reading::language(&utterance.tokens, self.languages.len());
        utterance.readings.clear();
    }

    fn look_up_pieces(&self, message: &str, utterance: &mut Utterance) {
        let pieces = std::mem::take(&mut utterance.pieces);
        let mut rest = pieces.as_slice();
        while let Some((&piece, after)) = rest.split_first() {
            rest = after;
            match piece.kind {
                PieceKind::Word | PieceKind::Mixed => self.word_piece(message, utterance, piece),
                PieceKind::Han => rest = self.han(utterance, piece, after),
                kind => self.fixed_piece(utterance, piece, token_kind(kind)),
            }
        }
        utterance.pieces = pieces;
    }

    /// A piece that is looked up as it is.
    fn fixed_piece(&self, utterance: &mut Utterance, piece: Piece, kind: TokenKind) {
        let surface = Stretch { start: piece.start, end: piece.end };
        match self.find(utterance.bytes(surface)) {
            Some((_, entry)) => self.push_entry(utterance, entry, surface, kind),
            None => push_unknown(utterance, surface, surface, kind, Change::None),
        }
    }

    /// A Chinese character, or the longest chat spelling of it and those after it; returns the pieces after that.
    fn han<'a>(&self, utterance: &mut Utterance, first: Piece, after: &'a [Piece]) -> &'a [Piece] {
        let longest = self.longest_han.saturating_sub(1).min(after.len());
        for more in (1..=longest).rev() {
            let Some(&last) = after.get(more - 1) else { continue };
            let surface = Stretch { start: first.start, end: last.end };
            if let Some((_, entry)) = self.find(utterance.bytes(surface)) {
                self.push_entry(utterance, entry, surface, TokenKind::Han);
                return after.get(more..).unwrap_or_default();
            }
        }
        self.fixed_piece(utterance, first, TokenKind::Han);
        after
    }

    fn word_piece(&self, message: &str, utterance: &mut Utterance, piece: Piece) {
        let surface = Stretch { start: piece.start, end: piece.end };
        let known = self.with_apostrophe(message, utterance, surface);
        if let Some(entry) = known.or_else(|| self.find(utterance.bytes(surface)).map(|(_, entry)| entry)) {
            return self.push_entry(utterance, entry, surface, TokenKind::Word);
        }
        let mixed = piece.kind == PieceKind::Mixed;
        let kind = if mixed && entity::is_reference(utterance.stretch(surface)) {
            TokenKind::Entity
        } else {
            TokenKind::Word
        };
        if !self.guessing || kind == TokenKind::Entity {
            return self.push_unguessed(utterance, surface, kind);
        }
        self.push_guess(utterance, surface, mixed);
    }

    /// A chat spelling that needs its apostrophe, which a folded word has lost.
    fn with_apostrophe(&self, message: &str, utterance: &mut Utterance, surface: Stretch) -> Option<&Entry> {
        let span = utterance.origins.span(surface.start, surface.end);
        if utterance.origins.are_same() || span.len() == surface.range().len() {
            return None;
        }
        let written = message.get(span.start as usize..span.end as usize)?;
        let letter =
            |letter: char| if is_apostrophe(letter) { APOSTROPHE } else { letter.to_ascii_lowercase() };
        let word = &mut utterance.scratch.word;
        word.clear();
        word.extend(written.chars().map(letter));
        self.find(word).map(|(_, entry)| entry)
    }

    /// A word that nobody knows while the rule set's own texts are read: only its stretched letters are cut.
    fn push_unguessed(&self, utterance: &mut Utterance, surface: Stretch, kind: TokenKind) {
        let Utterance { buffer, scratch, .. } = &mut *utterance;
        let word = buffer.get(surface.range()).unwrap_or_default();
        match self.unstretch(word, scratch) {
            Unstretched::Known(entry) => self.push_changed(utterance, entry, surface, Change::Stretched),
            Unstretched::Unknown => push_written(utterance, surface),
            Unstretched::Never => push_unknown(utterance, surface, surface, kind, Change::None),
        }
    }

    fn push_guess(&self, utterance: &mut Utterance, surface: Stretch, mixed: bool) {
        let Utterance { buffer, scratch, .. } = &mut *utterance;
        let word = buffer.get(surface.range()).unwrap_or_default();
        match self.guess(word, mixed, scratch) {
            Guess::Entry(entry, change) => self.push_changed(utterance, entry, surface, change),
            Guess::Split(first, second, at) => {
                let middle = surface.start + at;
                self.push_changed(utterance, first, Stretch { end: middle, ..surface }, Change::Split);
                self.push_changed(utterance, second, Stretch { start: middle, ..surface }, Change::Split);
            }
            Guess::Written => push_written(utterance, surface),
            Guess::Unknown => push_unknown(utterance, surface, surface, TokenKind::Word, Change::None),
        }
    }

    fn push_changed(&self, utterance: &mut Utterance, entry: u32, surface: Stretch, change: Change) {
        let Some(entry) = self.entries.get(entry as usize) else { return };
        let from = utterance.tokens.len();
        self.push_entry(utterance, entry, surface, TokenKind::Word);
        let text = self.text(entry);
        for token in utterance.tokens.iter_mut().skip(from) {
            token.change = change;
            token.written = WordId::UNKNOWN;
        }
        if entry.expansion.range().is_empty() {
            let text = utterance.store(text);
            utterance.tokens.iter_mut().skip(from).for_each(|token| token.text = text);
        }
    }

    /// Pushes what an entry stands for.
    #[inline]
    fn push_entry(&self, utterance: &mut Utterance, entry: &Entry, surface: Stretch, kind: TokenKind) {
        if entry.expansion.range().is_empty() {
            utterance.tokens.push(known(utterance, entry, surface, surface, kind));
        } else {
            self.push_expansion(utterance, entry, surface, kind);
        }
    }

    fn push_expansion(&self, utterance: &mut Utterance, entry: &Entry, surface: Stretch, kind: TokenKind) {
        for &part in self.expansion(entry) {
            let Some(part) = self.entries.get(part as usize) else { continue };
            let text = utterance.store(self.text(part));
            let mut token = known(utterance, part, surface, text, kind);
            token.written = entry.written;
            token.change = entry.change;
            token.languages.insert(entry.languages);
            utterance.tokens.push(token);
        }
    }

    fn find_phrases(&self, utterance: &mut Utterance) {
        utterance.phrases.clear();
        utterance.entities.clear();
        for start in 0..utterance.tokens.len() {
            if utterance.tokens.get(start).is_some_and(|token| self.phrases.can_start(token.key)) {
                self.find_phrases_at(start, utterance);
            }
        }
    }

    fn find_phrases_at(&self, start: usize, utterance: &mut Utterance) {
        let Utterance { tokens, phrases, entities, buffer, .. } = utterance;
        let keys = tokens.get(start..).unwrap_or_default().iter().map(|token| token.key);
        let first = phrases.len();
        let mut fillers = 0;
        self.phrases.prefixes(keys, |len, meaning| match meaning {
            Meaning::Word(word) => phrases.push(Phrase { start: start as u32, len: len as u32, word }),
            Meaning::Filler => fillers = len,
            Meaning::Value(list, value) => {
                let (kind, value) = (EntityKind::List(list), StoredValue::ListValue(value));
                entities.push(entity(tokens, start..start + len, kind, value));
            }
            // 大前天 is no 前天.
            Meaning::Day(_) if entities.last().is_some_and(|last| covers(last, start + len)) => {}
            Meaning::Day(day) => {
                // "last friday" is no "friday".
                entities.pop_if(|last| last.kind == EntityKind::Date && last.tokens.start as usize == start);
                entities.push(entity(tokens, start..start + len, EntityKind::Date, StoredValue::Day(day)));
            }
            // With other words it is a part of the day: "good afternoon".
            Meaning::Hour(hour) if entity::is_alone(self, tokens, start..start + len, true) => {
                let value = Stretch::new(buffer.len()..buffer.len() + 5);
                buffer.push_str(if hour == 0 { "00:00" } else { "12:00" });
                entities.push(entity(tokens, start..start + len, EntityKind::Time, StoredValue::Text(value)));
            }
            Meaning::Hour(_) => {}
        });
        phrases.get_mut(first..).unwrap_or_default().reverse();
        let covered = tokens.get_mut(start..start + fillers).unwrap_or_default();
        covered.iter_mut().for_each(|token| token.filler = !token.negation);
    }
}

/// Whether a date that began before another ends where that ends.
fn covers(last: &Entity, end: usize) -> bool {
    last.kind == EntityKind::Date && last.tokens.end as usize == end
}

/// An entity over some tokens.
pub(super) fn entity(
    tokens: &[Token],
    range: std::ops::Range<usize>,
    kind: EntityKind,
    value: StoredValue,
) -> Entity {
    let covered = tokens.get(range.clone()).unwrap_or_default();
    let start = covered.first().map_or(0, |token| token.span.start);
    let end = covered.last().map_or(start, |token| token.span.end);
    Entity { kind, tokens: range.start as u32..range.end as u32, span: start..end, value }
}

fn token_kind(kind: PieceKind) -> TokenKind {
    match kind {
        PieceKind::Word | PieceKind::Mixed => TokenKind::Word,
        PieceKind::Number => TokenKind::Number,
        PieceKind::Han => TokenKind::Han,
        PieceKind::Emoji => TokenKind::Emoji,
        PieceKind::Link => TokenKind::Entity,
    }
}

fn known(utterance: &Utterance, entry: &Entry, surface: Stretch, text: Stretch, kind: TokenKind) -> Token {
    Token {
        word: entry.word,
        written: entry.written,
        span: utterance.origins.span(surface.start, surface.end),
        kind,
        filler: entry.filler,
        negation: entry.negation,
        change: entry.change,
        languages: entry.languages,
        key: entry.key,
        role: entry.role,
        text,
        surface,
    }
}

fn push_unknown(utterance: &mut Utterance, surface: Stretch, text: Stretch, kind: TokenKind, change: Change) {
    utterance.tokens.push(Token {
        word: WordId::UNKNOWN,
        written: WordId::UNKNOWN,
        span: utterance.origins.span(surface.start, surface.end),
        kind,
        filler: false,
        negation: false,
        change,
        languages: LanguageSet::NONE,
        key: u32::MAX,
        role: 0,
        text,
        surface,
    });
}

/// An unknown word whose stretched letters were cut: the writing is in the scratch.
fn push_written(utterance: &mut Utterance, surface: Stretch) {
    let start = utterance.buffer.len();
    utterance.buffer.push_str(&utterance.scratch.word);
    let text = Stretch::new(start..utterance.buffer.len());
    push_unknown(utterance, surface, text, TokenKind::Word, Change::Stretched);
}
