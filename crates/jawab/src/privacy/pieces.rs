//! A text as words, numbers and marks that know their bytes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::kind::Kind;
use super::words::Words;
use crate::text::{is_han, is_invisible};

/// What stands between a piece and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    /// One or two spaces.
    Space,
    /// More of them.
    Wide,
    /// The end of a line.
    Line,
    /// So much white space that the two have nothing to do with each other.
    Break,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Letters,
    Digits,
    /// Letters and then digits together, an identity number that ends in X.
    Mixed,
    /// One Chinese character.
    Han,
    /// Anything else, one character.
    Mark,
    /// What has been masked before: `[pin]`.
    Masked,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) gap: Gap,
    /// Its bytes in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its bytes in the folded text.
    folded: (usize, usize),
}

/// The pieces of a text.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) list: Vec<Piece>,
    folded: String,
}

/// White space of more characters parts what stands around it.
const WIDEST: usize = 64;

impl Pieces {
    pub(super) fn of(text: &str, words: &Words) -> Pieces {
        let mut scan = Scan { pieces: Pieces::default(), words, white: 0, lines: 0, open: false };
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            at += if word > 0 { scan.word(at, &rest[..word]) } else { scan.step(text, at) };
        }
        scan.pieces
    }

    /// A piece as it is folded: lower case, one width; nothing past the end.
    pub(super) fn text(&self, at: usize) -> &str {
        self.list
            .get(at)
            .and_then(|piece| self.folded.get(piece.folded.0..piece.folded.1))
            .unwrap_or_default()
    }

    pub(super) fn kind(&self, at: usize) -> Option<PieceKind> {
        self.list.get(at).map(|piece| piece.kind)
    }

    pub(super) fn gap(&self, at: usize) -> Gap {
        self.list.get(at).map_or(Gap::Break, |piece| piece.gap)
    }

    /// Whether a piece stands right behind the one before it or after a space.
    pub(super) fn joins(&self, at: usize) -> bool {
        self.gap(at) <= Gap::Space
    }

    /// The mark that a piece is.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        (self.kind(at) == Some(PieceKind::Mark)).then(|| self.text(at).chars().next()).flatten()
    }

    /// The digits of a piece that is nothing else.
    pub(super) fn digits(&self, at: usize) -> Option<&str> {
        (self.kind(at) == Some(PieceKind::Digits)).then(|| self.text(at))
    }
}

/// The folded pieces of a phrase.
pub(super) fn split(phrase: &str) -> Vec<String> {
    let pieces = Pieces::of(phrase, &Words::default());
    (0..pieces.list.len()).map(|at| pieces.text(at).to_owned()).collect()
}

struct Scan<'w> {
    pieces: Pieces,
    words: &'w Words,
    /// White space since the last piece.
    white: usize,
    lines: usize,
    /// Whether the last piece may go on.
    open: bool,
}

impl Scan<'_> {
    /// Takes letters of ASCII, which most words are made of, at once: where the first belongs, the others do.
    fn word(&mut self, at: usize, letters: &str) -> usize {
        let (first, rest) = letters.split_at(1);
        first.chars().for_each(|first| self.visible(at, first));
        self.extend(PieceKind::Letters, at + letters.len(), rest);
        letters.len()
    }

    /// Takes what stands at a place; returns how many bytes that was.
    fn step(&mut self, text: &str, at: usize) -> usize {
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { return 1 };
        let len = character.len_utf8();
        if character == '['
            && let Some(mask) = mask_at(text, at)
        {
            self.push(PieceKind::Masked, at, at + mask.len(), mask);
            return mask.len();
        }
        match () {
            () if character.is_whitespace() => self.space(character),
            () if is_han(character) => self.push_one(PieceKind::Han, at, character, character),
            () if is_invisible(character) || is_combining_mark(character) => {}
            () => self.visible(at, character),
        }
        len
    }

    fn space(&mut self, character: char) {
        self.open = false;
        self.white += 1;
        self.lines += usize::from(matches!(
            character,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        ));
    }

    fn gap(&mut self) -> Gap {
        let (white, lines) = (std::mem::take(&mut self.white), std::mem::take(&mut self.lines));
        match (white, lines) {
            (0, _) => Gap::None,
            (WIDEST.., _) => Gap::Break,
            (_, 1..) => Gap::Line,
            (1 | 2, _) => Gap::Space,
            _ => Gap::Wide,
        }
    }

    fn visible(&mut self, at: usize, character: char) {
        if character.is_ascii() {
            return self.folded(at, character, character.to_ascii_lowercase());
        }
        let mut folded = std::iter::once(character).nfkc().flat_map(char::to_lowercase);
        match (folded.next(), folded.next()) {
            (Some(only), None) => self.folded(at, character, only),
            (Some(first), Some(_)) if first.is_alphanumeric() => {
                let rest = std::iter::once(character).nfkc().flat_map(char::to_lowercase);
                let whole: String = rest.collect();
                self.several(at, character, &whole);
            }
            _ => self.push_one(PieceKind::Mark, at, character, character),
        }
    }

    /// A character that stands for several, such as a ligature or a number in a circle.
    fn several(&mut self, at: usize, character: char, whole: &str) {
        if whole.chars().all(char::is_alphabetic) || whole.bytes().all(|byte| byte.is_ascii_digit()) {
            whole.chars().for_each(|one| self.folded(at, character, one));
        } else {
            self.push_one(PieceKind::Mark, at, character, character);
        }
    }

    fn folded(&mut self, at: usize, character: char, folded: char) {
        let kind = match folded {
            '0'..='9' => PieceKind::Digits,
            '‐'..='―' | '−' => return self.push_one(PieceKind::Mark, at, character, '-'),
            _ if folded.is_alphanumeric() => PieceKind::Letters,
            _ => return self.push_one(PieceKind::Mark, at, character, folded),
        };
        if self.open && self.goes_on(kind, folded) {
            self.extend(kind, at + character.len_utf8(), folded.encode_utf8(&mut [0; 4]));
        } else {
            self.push_one(kind, at, character, folded);
        }
        self.open = true;
    }

    /// Whether a letter or digit belongs to the piece before it.
    fn goes_on(&self, kind: PieceKind, character: char) -> bool {
        let last = self.pieces.list.len() - 1;
        let word = self.pieces.text(last);
        match (self.pieces.kind(last), kind) {
            (Some(PieceKind::Letters), PieceKind::Digits) => !self.words.parts_from_digits(word),
            // "0812 3456 7890ya", "50rb"; but not the check character of a Chinese identity number.
            (Some(PieceKind::Digits), PieceKind::Letters) => word.len() == 17 && character == 'x',
            _ => true,
        }
    }

    fn extend(&mut self, kind: PieceKind, end: usize, more: &str) {
        let folded = &mut self.pieces.folded;
        let from = folded.len();
        folded.push_str(more);
        folded.get_mut(from..).unwrap_or_default().make_ascii_lowercase();
        let folded_end = folded.len();
        if let Some(last) = self.pieces.list.last_mut() {
            last.kind = if last.kind == kind { kind } else { PieceKind::Mixed };
            last.end = end;
            last.folded.1 = folded_end;
        }
    }

    fn push_one(&mut self, kind: PieceKind, at: usize, character: char, folded: char) {
        self.push(kind, at, at + character.len_utf8(), folded.encode_utf8(&mut [0; 4]));
    }

    fn push(&mut self, kind: PieceKind, start: usize, end: usize, folded: &str) {
        let from = self.pieces.folded.len();
        self.pieces.folded.push_str(folded);
        let gap = self.gap();
        let folded = (from, self.pieces.folded.len());
        self.pieces.list.push(Piece { kind, gap, start, end, folded });
        self.open = false;
    }
}

fn mask_at(text: &str, at: usize) -> Option<&'static str> {
    let rest = text.get(at..).unwrap_or_default();
    Kind::ALL.iter().map(|kind| kind.mask()).find(|mask| rest.starts_with(mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Expected = (PieceKind, &'static str, &'static str);

    fn pieces(text: &str) -> Vec<(PieceKind, String, &str)> {
        let pieces = Pieces::of(text, Words::built_in());
        let listed = pieces.list.iter().enumerate();
        listed
            .map(|(at, piece)| (piece.kind, pieces.text(at).to_owned(), &text[piece.start..piece.end]))
            .collect()
    }

    #[test]
    fn pieces_know_their_bytes_and_are_folded() {
        use PieceKind::{Digits, Han, Letters, Mark, Masked, Mixed};
        let table: [(&str, &[Expected]); 8] = [
            ("PW: Abc1", &[(Letters, "pw", "PW"), (Mark, ":", ":"), (Mixed, "abc1", "Abc1")]),
            ("pin123456", &[(Letters, "pin", "pin"), (Digits, "123456", "123456")]),
            ("TRX123456", &[(Mixed, "trx123456", "TRX123456")]),
            ("０８１２", &[(Digits, "0812", "０８１２")]),
            ("4\u{200b}1", &[(Digits, "41", "4\u{200b}1")]),
            ("081234567890kak", &[(Digits, "081234567890", "081234567890"), (Letters, "kak", "kak")]),
            ("码1", &[(Han, "码", "码"), (Digits, "1", "1")]),
            ("a [pin]", &[(Letters, "a", "a"), (Masked, "[pin]", "[pin]")]),
        ];
        for (text, expected) in table {
            let found = pieces(text);
            let found: Vec<_> =
                found.iter().map(|(kind, folded, text)| (*kind, folded.as_str(), *text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
