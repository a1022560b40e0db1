//! Secrets tell themselves by the words around them: "pw sy Kucing99", "483912 itu kode otpnya".

use std::ops::Range;

use super::kind::Kind;
use super::pieces::{Gap, PieceKind};
use super::place::{LINKS, Link, Place};
use super::search::{CueAt, Search};
use super::words::Cue;

/// Longest secret, in pieces.
const LONGEST: usize = 64;
/// Digits of a one-time code that only stands beside the word "code".
const CODE_DIGITS: usize = 6;

impl Search<'_> {
    pub(super) fn secrets(&mut self) {
        let cues = std::mem::take(&mut self.cues);
        for told in &cues {
            if !self.is_free(told.from..told.to) {
                continue;
            }
            let Some(kind) = self.kind_of(told) else { continue };
            for pieces in [self.after(told, kind), self.before(told, kind)].into_iter().flatten() {
                if self.is_free(pieces.clone()) {
                    self.take(kind, pieces);
                }
            }
        }
        self.cues = cues;
    }

    pub(super) fn kind_of(&self, told: &CueAt) -> Option<Kind> {
        match told.cue {
            Cue::Is(kind @ (Kind::Password | Kind::Pin | Kind::Otp | Kind::Cvv)) => Some(kind),
            Cue::Code if self.is_some_code(told) => Some(Kind::Otp),
            _ => None,
        }
    }

    /// The secret behind its word.
    fn after(&self, told: &CueAt, kind: Kind) -> Option<Range<usize>> {
        let place = self.place_after(told.to).filter(|place| self.is_meant(told, place))?;
        match (told.cue, kind) {
            (Cue::Code, _) => self.plain_code(&place),
            (_, Kind::Password) => self.password(told, &place),
            _ => self.code(kind, &place),
        }
    }

    /// Whether "code" stands for itself, and is not "promo code".
    fn is_some_code(&self, told: &CueAt) -> bool {
        told.from == 0 || !self.words.not_a_code.contains(self.pieces.text(told.from - 1))
    }

    fn password(&self, told: &CueAt, place: &Place) -> Option<Range<usize>> {
        let pieces = place.at..self.chunk_end(place)?;
        let written = self.written(pieces.clone());
        let link = if self.is_forgotten(told) && place.link == Link::Said { Link::Near } else { place.link };
        if !self.is_free(pieces.clone()) || is_address(written) {
            return None;
        }
        let accepted = match link {
            _ if place.clause => self.is_odd(pieces.clone(), written),
            _ if place.quote.is_some() && link > Link::Near => written.chars().count() >= 3,
            Link::Labelled => written.chars().count() >= 3 && !self.is_ordinary(pieces.clone()),
            Link::Said => self.is_odd(pieces.clone(), written) || self.ends_clause(pieces.clone()),
            Link::Near => {
                !self.is_forgotten(told)
                    && self.is_odd(pieces.clone(), written)
                    && !written.starts_with(['/', '?', '.', ','])
            }
        };
        accepted.then_some(pieces)
    }

    /// The end of what is written without white space; in quotes, up to the closing one.
    fn chunk_end(&self, place: &Place) -> Option<usize> {
        let most = (place.at + LONGEST).min(self.len());
        let of_line = (place.at + 1..most).take_while(|&at| self.pieces.gap(at) < Gap::Line);
        let quoted =
            place.quote.and_then(|quote| of_line.into_iter().find(|&at| self.pieces.mark(at) == Some(quote)));
        if let Some(close) = quoted {
            let plain = |at| self.pieces.kind(at) != Some(PieceKind::Masked);
            return (place.at..close).all(plain).then_some(close);
        }
        let mut end = place.at;
        while end < most
            && (end == place.at || self.pieces.gap(end) == Gap::None)
            && self.is_of_chunk(end, place)
        {
            end += 1;
        }
        if self.pieces.kind(end) == Some(PieceKind::Masked) && self.pieces.gap(end) == Gap::None {
            return None;
        }
        while end > place.at
            && matches!(
                self.pieces.mark(end - 1),
                Some('.' | ',' | ';' | ':' | ')' | '?' | '"' | '\'' | '”' | '’')
            )
        {
            end -= 1;
        }
        (end > place.at).then_some(end)
    }

    fn is_of_chunk(&self, at: usize, place: &Place) -> bool {
        match (self.pieces.kind(at), self.pieces.mark(at)) {
            (Some(PieceKind::Han | PieceKind::Masked), _) => false,
            (_, Some('&')) => !place.parameter,
            (_, Some(mark)) => mark != '，' && mark != '。' && mark != '、' && mark != '；',
            _ => true,
        }
    }

    pub(super) fn written(&self, pieces: Range<usize>) -> &str {
        let bounds = self.pieces.list.get(pieces.start).zip(self.pieces.list.get(pieces.end - 1));
        bounds.and_then(|(first, last)| self.text.get(first.start..last.end)).unwrap_or_default()
    }

    /// Whether a word says how the secret is, or is the word for another one.
    fn is_ordinary(&self, pieces: Range<usize>) -> bool {
        let letters = self.pieces.kind(pieces.start) == Some(PieceKind::Letters);
        let cue = self.words.cue_at(&self.pieces, pieces.start).is_some();
        letters
            && (self.words.ordinary.contains(self.pieces.text(pieces.start)) || cue)
            && !self.has_digit(pieces)
    }

    fn has_digit(&self, mut pieces: Range<usize>) -> bool {
        let kinds = [PieceKind::Digits, PieceKind::Mixed, PieceKind::Masked];
        pieces.any(|at| self.pieces.kind(at).is_some_and(|kind| kinds.contains(&kind)))
    }

    /// Whether nobody writes this but as a secret: letters with digits or signs, capitals within, four to eight digits.
    fn is_odd(&self, pieces: Range<usize>, written: &str) -> bool {
        if pieces.len() == 1
            && let Some(digits) = self.pieces.digits(pieces.start)
        {
            return (4..=8).contains(&digits.len()) && !self.counts(pieces.end);
        }
        let has = |of: fn(char) -> bool| written.chars().any(of);
        let (letter, digit) = (has(char::is_alphabetic), has(|character| character.is_ascii_digit()));
        let sign = has(|character| "@#$%^&*_!+~".contains(character)) && !written.starts_with('@');
        let length = written.chars().count();
        let capital = written.chars().skip(1).any(char::is_uppercase) && has(char::is_lowercase);
        letter
            && length >= 5
            && (digit && !self.is_measure(pieces) || sign && length >= 6 || capital && !digit)
    }

    /// `24jam`, `2fa`.
    fn is_measure(&self, pieces: Range<usize>) -> bool {
        pieces.len() == 2 && self.pieces.digits(pieces.start).is_some() && self.counts(pieces.start + 1)
    }

    /// Whether a number is a number of something, or goes on: "1000 kali", "50.000".
    fn counts(&self, end: usize) -> bool {
        let unit = self.pieces.joins(end) && self.words.units.contains(self.pieces.text(end));
        let goes_on = self.pieces.gap(end) == Gap::None
            && matches!(self.pieces.mark(end), Some('.' | ',' | '/' | ':' | '-'))
            && self.pieces.gap(end + 1) == Gap::None
            && self.has_digit(end + 1..end + 2);
        unit || goes_on
    }

    /// A word of letters that ends what is said: "password saya adalah kucing".
    fn ends_clause(&self, pieces: Range<usize>) -> bool {
        let next = self.pieces.text(pieces.end);
        let last = self.pieces.gap(pieces.end) >= Gap::Line
            || self.pieces.mark(pieces.end).is_some()
            || self.words.after_value.contains(next);
        let long = self.written(pieces.clone()).chars().count() >= 4;
        last && long
            && !self.is_ordinary(pieces.clone())
            && self.pieces.kind(pieces.start) != Some(PieceKind::Han)
    }

    /// Whether the words in front tell that there is no secret to be told: "lupa password".
    pub(super) fn is_forgotten(&self, told: &CueAt) -> bool {
        let before = told.from.saturating_sub(2)..told.from;
        before.into_iter().any(|at| self.words.forgetting.contains(self.pieces.text(at)))
    }

    /// A PIN, one-time code or card security code.
    fn code(&self, kind: Kind, place: &Place) -> Option<Range<usize>> {
        let lengths = lengths(kind);
        let at = self.after_prefix(place.at);
        if self.is_card_at(at) {
            return None;
        }
        let goes_on =
            |end| self.pieces.gap(end) == Gap::None && self.pieces.kind(end) == Some(PieceKind::Mixed);
        if let Some(end) = self.digits_end(at, &lengths).filter(|&end| !goes_on(end)) {
            return (!self.counts(end)).then_some(place.at..end);
        }
        let end = self.word_end(at);
        let word = self.written(at..end);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let code = kind != Kind::Cvv
            && self.is_free(at..end)
            && !word.starts_with('[')
            && (4..=12).contains(&word.len())
            && digits >= 2
            && digits < word.len();
        (code && place.link > Link::Near && !self.is_measure(at..end)).then_some(place.at..end)
    }

    /// The end of the letters and digits that start at a piece.
    pub(super) fn word_end(&self, at: usize) -> usize {
        let is_word = |at: &usize| {
            let joined = self.pieces.gap(*at) == Gap::None;
            joined
                && matches!(
                    self.pieces.kind(*at),
                    Some(PieceKind::Letters | PieceKind::Digits | PieceKind::Mixed)
                )
        };
        (at + 1..self.len().min(at + LONGEST))
            .take_while(is_word)
            .last()
            .map_or(at + 1, |last| last + 1)
            .min(self.len())
    }

    /// Steps over the `G-` of `G-482913`.
    fn after_prefix(&self, at: usize) -> usize {
        let letter = self.pieces.kind(at) == Some(PieceKind::Letters) && self.pieces.text(at).len() <= 3;
        let joined = self.pieces.gap(at + 1) == Gap::None && self.pieces.gap(at + 2) == Gap::None;
        if letter && joined && self.pieces.mark(at + 1) == Some('-') { at + 2 } else { at }
    }

    /// The end of a number of the given lengths, in one or in equal groups: `482913`, `482 913`, `4 8 2 9 1 3`.
    fn digits_end(&self, at: usize, lengths: &std::ops::RangeInclusive<usize>) -> Option<usize> {
        let group = self.pieces.digits(at)?.len();
        let (mut total, mut end) = (group, at + 1);
        while let Some(next) =
            self.next_group(end, group).filter(|_| total + group <= *lengths.end() && group <= 4)
        {
            if self.counts(next) && lengths.contains(&total) {
                break;
            }
            (total, end) = (total + group, next);
        }
        lengths.contains(&total).then_some(end)
    }

    /// The end of the next group of as many digits, after a space or a hyphen.
    fn next_group(&self, end: usize, group: usize) -> Option<usize> {
        let hyphen = usize::from(self.pieces.mark(end) == Some('-') && self.pieces.gap(end) == Gap::None);
        let next = end + hyphen;
        let near = self.pieces.joins(next) && (hyphen == 1 || self.pieces.gap(next) == Gap::Space);
        (near && self.pieces.digits(next)?.len() == group).then_some(next + 1)
    }

    /// The digits of what is only called a code.
    fn plain_code(&self, place: &Place) -> Option<Range<usize>> {
        let exact = CODE_DIGITS..=CODE_DIGITS;
        let lengths = if place.link > Link::Near { lengths(Kind::Otp) } else { exact };
        let end = self.digits_end(place.at, &lengths)?;
        (!self.counts(end)).then_some(place.at..end)
    }

    /// The secret in front of its word: "Kucing99 itu password saya".
    fn before(&self, told: &CueAt, kind: Kind) -> Option<Range<usize>> {
        let (mut at, mut said) = (told.from, false);
        for _ in 0..LINKS {
            let before = at.checked_sub(1).filter(|_| self.pieces.gap(at) < Gap::Line)?;
            let word = self.pieces.text(before);
            if self.words.reverse_copulas.contains(word) {
                said = true;
            } else if !self.words.linking.contains(word) {
                let from = self.chunk_start(before);
                return (said && self.is_alone(from..at, kind)).then_some(from..at);
            }
            at = before;
        }
        None
    }

    /// The start of what is written without white space up to a piece.
    fn chunk_start(&self, at: usize) -> usize {
        let mut from = at;
        while from > 0
            && at - from < LONGEST
            && self.pieces.gap(from) == Gap::None
            && self.pieces.kind(from - 1) != Some(PieceKind::Han)
        {
            from -= 1;
        }
        from
    }

    /// Whether a piece by itself looks like a secret of a kind.
    fn is_alone(&self, pieces: Range<usize>, kind: Kind) -> bool {
        let masked = pieces.clone().any(|at| self.pieces.kind(at) == Some(PieceKind::Masked));
        let digits = self.pieces.digits(pieces.start).filter(|_| pieces.len() == 1);
        match digits {
            _ if masked || !self.is_free(pieces.clone()) => false,
            Some(digits) => lengths(kind).contains(&digits.len()) && !super::shapes::is_round(digits),
            None => {
                kind == Kind::Password
                    && self.has_digit(pieces.clone())
                    && self.is_odd(pieces.clone(), self.written(pieces))
            }
        }
    }
}

fn lengths(kind: Kind) -> std::ops::RangeInclusive<usize> {
    if kind == Kind::Cvv { 3..=4 } else { 4..=8 }
}

/// A link is no password.
fn is_address(written: &str) -> bool {
    written.contains("://") || written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}
