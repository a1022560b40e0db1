//! The second step of reading: where the pieces of a folded text begin and end.

use rustc_hash::FxHashSet;

use super::bytes;
use super::characters::{emoji_len, is_word};
use super::han::is_han;
use super::links;

/// What a piece looks like before any word is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PieceKind {
    Word,
    /// Letters and digits together.
    Mixed,
    Number,
    Han,
    Emoji,
    Link,
}

/// A piece of a folded text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Words that are cut off the digits they are joined to.
#[derive(Debug, Default, Clone)]
pub(super) struct Units {
    /// `rp` in `rp50.000`, `jam` in `jam10`.
    pub(super) before: FxHashSet<Box<str>>,
    /// `rb` in `50rb`, `pm` in `3pm`.
    pub(super) after: FxHashSet<Box<str>>,
    /// Letters that are a currency where an amount is joined to them: `p` in `p1,500`.
    pub(super) symbols: FxHashSet<Box<str>>,
}

/// White space and punctuation of ASCII.
const BETWEEN: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
/// A byte of a character that is not of ASCII.
const BEYOND: u8 = 4;

/// The class of each byte.
const CLASSES: [u8; 256] = {
    let mut classes = [BEYOND; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = (byte as u8).is_ascii_alphabetic() as u8 * LETTER;
        classes[byte] = letter + (byte as u8).is_ascii_digit() as u8 * DIGIT;
        byte += 1;
    }
    classes
};

/// Splits a folded text into pieces, in an empty buffer; everything between them is white space and punctuation.
pub(super) fn scan(text: &str, units: &Units, pieces: &mut Vec<Piece>) {
    let word = |start, end| {
        pieces.push(Piece { kind: PieceKind::Word, start: start as u32, end: end as u32 });
    };
    // Most messages are nothing but words.
    if bytes::plain_words(text.as_bytes(), word) {
        return;
    }
    pieces.clear();
    // There is no link without a dot.
    let may_hold_links = bytes::holds(text.as_bytes(), |byte| u8::from(byte == b'.'));
    let searched = if may_hold_links { 0 } else { text.len() };
    let mut scanner = Scanner { text, units, pieces, link: None, searched };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        at = match CLASSES[usize::from(byte)] {
            BETWEEN => at + 1,
            BEYOND => scanner.beyond_ascii(at),
            class => scanner.ascii(at, class),
        };
    }
}

struct Scanner<'a> {
    text: &'a str,
    units: &'a Units,
    pieces: &'a mut Vec<Piece>,
    /// The next link, if one was found.
    link: Option<(usize, usize)>,
    /// Up to where links were looked for.
    searched: usize,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b' ')
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn character(&self, at: usize) -> char {
        self.part(at, self.text.len()).chars().next().unwrap_or(' ')
    }

    fn push(&mut self, kind: PieceKind, start: usize, end: usize) -> usize {
        self.pieces.push(Piece { kind, start: start as u32, end: end as u32 });
        end
    }

    fn beyond_ascii(&mut self, at: usize) -> usize {
        let character = self.character(at);
        if is_han(character) {
            return self.push(PieceKind::Han, at, at + character.len_utf8());
        }
        match emoji_len(self.part(at, self.text.len())) {
            0 if is_word(character) => self.run(at),
            0 => at + character.len_utf8(),
            emoji => self.push(PieceKind::Emoji, at, at + emoji),
        }
    }

    fn ascii(&mut self, at: usize, class: u8) -> usize {
        match self.link_at(at) {
            Some(end) => self.push(PieceKind::Link, at, end),
            None if class == DIGIT => self.number(at),
            None => self.run(at),
        }
    }

    /// The end of a link that starts here. Each stretch without white space is searched once.
    fn link_at(&mut self, at: usize) -> Option<usize> {
        if at >= self.searched {
            let stretch = links::stretch(self.text, at);
            self.link = links::find(stretch).map(|(start, end)| (at + start, at + end));
            self.searched = self.link.map_or(at + stretch.len().max(1), |(_, end)| end);
            self.link = self.link.map(|(start, end)| (start, links::extend(self.text, start, end)));
            self.searched = self.searched.max(self.link.map_or(0, |(_, end)| end));
        }
        self.link.filter(|&(start, _)| start == at).map(|(_, end)| end)
    }

    /// End of the letters and digits that start here, and whether digits are among them.
    #[inline]
    fn word_end(&self, start: usize) -> (usize, bool) {
        let stop = self.link.map_or(usize::MAX, |(from, _)| if from > start { from } else { usize::MAX });
        let part = self.text.as_bytes();
        let part = part.get(..stop.min(part.len())).unwrap_or_default();
        let (mut at, mut seen) = (start, 0);
        loop {
            let classes = part.get(at..).unwrap_or_default().iter().map(|&byte| CLASSES[usize::from(byte)]);
            let word = classes.take_while(|class| class & (LETTER | DIGIT) != 0);
            at += word.inspect(|class| seen |= class).count();
            let beyond = part.get(at).is_some_and(|byte| !byte.is_ascii());
            let letter = if beyond { self.letter_beyond_ascii(at) } else { 0 };
            if letter == 0 {
                return (at, seen & DIGIT != 0);
            }
            at += letter;
        }
    }

    /// Length of the character at a place; 0 where words are not made of it.
    #[inline(never)]
    fn letter_beyond_ascii(&self, at: usize) -> usize {
        let character = self.character(at);
        if is_word(character) && !is_han(character) { character.len_utf8() } else { 0 }
    }

    fn digits_end(&self, mut at: usize) -> usize {
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        at
    }

    /// A piece that starts with a letter.
    #[inline]
    fn run(&mut self, start: usize) -> usize {
        let (end, digits) = self.word_end(start);
        if digits { self.mixed(start, end) } else { self.push(PieceKind::Word, start, end) }
    }

    /// Letters and digits, which may be a word before a number.
    fn mixed(&mut self, start: usize, end: usize) -> usize {
        let word = self.part(start, end);
        let before = word.split(|character: char| character.is_ascii_digit()).next().unwrap_or_default();
        if self.units.before.contains(before) {
            return self.push(PieceKind::Word, start, start + before.len());
        }
        if self.is_symbol(start, before, end) {
            return self.push(PieceKind::Word, start, start + before.len());
        }
        self.push(PieceKind::Mixed, start, end)
    }

    /// Whether letters are a currency, of the amount joined to them: `p500`, but not `p12345678`, which is a code.
    fn is_symbol(&self, start: usize, letters: &str, end: usize) -> bool {
        let from = start + letters.len();
        let to = self.digits_end(from);
        let unit = self.part(to, end);
        self.units.symbols.contains(letters)
            && (SYMBOL_DIGITS.contains(&(to - from)) || self.number_end(from) > to)
            && (unit.is_empty() || self.units.after.contains(unit))
    }

    /// A piece that starts with a digit.
    fn number(&mut self, start: usize) -> usize {
        let digits = self.digits_end(start);
        let end = self.number_end(start);
        let (word, _) = self.word_end(end);
        let suffix = self.part(end, word);
        if suffix.is_empty() || end > digits || self.units.after.contains(suffix) {
            return self.push(PieceKind::Number, start, end);
        }
        if let Some(unit) = self.unit_within(suffix) {
            self.push(PieceKind::Number, start, end);
            return self.push(PieceKind::Word, end, end + unit);
        }
        self.push(PieceKind::Mixed, start, word)
    }

    /// Length of the unit that three digits follow (`1jt500`, `1jt500rb`), or one in Chinese (`1w5`).
    fn unit_within(&self, suffix: &str) -> Option<usize> {
        let (unit, rest) =
            suffix.split_at_checked(suffix.find(|character: char| character.is_ascii_digit())?)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let known = |unit: &str| self.units.after.contains(unit);
        let goes_on = digits == 3 || digits == 1 && unit == "w";
        let rest = rest.get(digits..)?;
        (goes_on && known(unit) && (rest.is_empty() || known(rest))).then_some(unit.len())
    }

    /// End of the number, date or time that starts here.
    fn number_end(&self, start: usize) -> usize {
        let first = self.digits_end(start);
        let date = self.date_end(start, first);
        if date > first {
            return date;
        }
        let mut at = first;
        let clock = self.byte(at) == b':';
        for _ in 0..MOST_GROUPS {
            let joined = matches!(self.byte(at), b'.' | b',') && !clock || self.byte(at) == b':' && clock;
            if !joined || !self.byte(at + 1).is_ascii_digit() {
                break;
            }
            at = self.digits_end(at + 1);
        }
        at
    }

    /// End of `12/3`, `12-03-2024`, `12.03.24`, `2024-03-12`; the start of the first separator where it is no date.
    fn date_end(&self, start: usize, first: usize) -> usize {
        let separator = self.byte(first);
        let within = start > 1 && self.byte(start - 1) == separator && self.byte(start - 2).is_ascii_digit();
        if within || !matches!(separator, b'/' | b'-' | b'.') {
            return first;
        }
        let second = self.digits_end(first + 1);
        let third = if self.byte(second) == separator { self.digits_end(second + 1) } else { second };
        let lens = [first - start, second - first - 1, third.saturating_sub(second + 1)];
        let short = separator == b'/' && third <= second + 1 && matches!(lens, [1..=2, 1..=2, _]);
        let long = matches!(lens, [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2]);
        match () {
            () if long && !self.goes_on(third) => third,
            () if short && !self.goes_on(second) => second,
            () => first,
        }
    }

    fn goes_on(&self, at: usize) -> bool {
        matches!(self.byte(at), b'/' | b'-' | b'.' | b',') && self.byte(at + 1).is_ascii_digit()
    }
}

/// Digits without separators behind a letter that are an amount: one is a name, as in `p1`, more are a code.
const SYMBOL_DIGITS: std::ops::Range<usize> = 2..8;
/// Most groups of digits in one number; more are several numbers.
const MOST_GROUPS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<(PieceKind, &str)> {
        let set = |words: &[&str]| words.iter().map(|&word| word.into()).collect();
        let (before, after) = (set(&["rp", "jam"]), set(&["rb", "jt", "pm", "jam"]));
        let units = Units { before, after, symbols: set(&["p"]) };
        let mut pieces = Vec::new();
        scan(text, &units, &mut pieces);
        let part = |piece: Piece| (piece.kind, &text[piece.start as usize..piece.end as usize]);
        pieces.into_iter().map(part).collect()
    }

    #[test]
    fn pieces_begin_and_end_where_a_reader_would_say() {
        use PieceKind::{Emoji, Han, Link, Mixed, Number, Word};
        let table: &[(&str, &[(PieceKind, &str)])] = &[
            ("cara depo", &[(Word, "cara"), (Word, "depo")]),
            ("maka-login", &[(Word, "maka"), (Word, "login")]),
            ("50rb", &[(Number, "50"), (Word, "rb")]),
            ("1,5jt", &[(Number, "1,5"), (Word, "jt")]),
            ("rp50.000,-", &[(Word, "rp"), (Number, "50.000")]),
            ("2fa d2 4g", &[(Mixed, "2fa"), (Mixed, "d2"), (Mixed, "4g")]),
            ("1jt500rb", &[(Number, "1"), (Word, "jt"), (Number, "500"), (Word, "rb")]),
            ("1jt50 2fa500", &[(Mixed, "1jt50"), (Mixed, "2fa500")]),
            ("1/2/3", &[(Number, "1"), (Number, "2"), (Number, "3")]),
            ("12-03-2024", &[(Number, "12-03-2024")]),
            ("12/3, 10:30.", &[(Number, "12/3"), (Number, "10:30")]),
            ("50-100", &[(Number, "50"), (Number, "100")]),
            (
                "jam10 3pm 24jam",
                &[(Word, "jam"), (Number, "10"), (Number, "3"), (Word, "pm"), (Number, "24"), (Word, "jam")],
            ),
            ("充值50", &[(Han, "充"), (Han, "值"), (Number, "50")]),
            ("怎么deposit", &[(Han, "怎"), (Han, "么"), (Word, "deposit")]),
            ("ok👍🏽ya", &[(Word, "ok"), (Emoji, "👍🏽"), (Word, "ya")]),
            ("mail:a.b@c.co.id!", &[(Word, "mail"), (Link, "a.b@c.co.id")]),
            ("https://x.com/a?b=1, ya", &[(Link, "https://x.com/a?b=1"), (Word, "ya")]),
            ("www.bca.co.id klikbca.com", &[(Link, "www.bca.co.id"), (Link, "klikbca.com")]),
            ("a@b.com,c@d.com", &[(Link, "a@b.com"), (Link, "c@d.com")]),
            ("trx123456", &[(Mixed, "trx123456")]),
            ("p1,500.00 p500", &[(Word, "p"), (Number, "1,500.00"), (Word, "p"), (Number, "500")]),
            (
                "p50rb p2p p12345678",
                &[(Word, "p"), (Number, "50"), (Word, "rb"), (Mixed, "p2p"), (Mixed, "p12345678")],
            ),
            ("สวัสดี ครับ", &[(Word, "สวัสดี"), (Word, "ครับ")]),
            ("... !!!", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(pieces(text), *expected, "{text}");
        }
    }
}
