//! Codes of letters and digits in parts: `TRX-99887766`, `INV/2024/001`.

use super::{Finder, Role};
use crate::text::token::{Change, TokenKind};

/// Most parts of one code.
const MOST_PARTS: usize = 8;
/// Least digits of a code in two parts.
const LEAST_DIGITS: usize = 4;
/// The same after two letters that are a chat spelling (`wd-`).
const LEAST_DIGITS_AFTER_SPELLING: usize = 8;
/// The same in more than two parts.
const LEAST_DIGITS_IN_PARTS: usize = 3;
/// Most digits of a code whose groups stand apart.
const MOST_GROUPED_DIGITS: usize = 9;
/// Most letters of a part that no digit is in, but for the first.
const MOST_LETTERS: usize = 3;

impl Finder<'_> {
    /// The code that the letters before a token begin, whole; returns the token after it.
    pub(super) fn code(&mut self, at: usize) -> Option<usize> {
        let mut start = at;
        while at - start < MOST_PARTS && self.is_abbreviation_before(start) {
            start -= 1;
        }
        let mut end = at + 1;
        while end - at < MOST_PARTS && self.is_joined(end - 1) && self.is_part(end) {
            end += 1;
        }
        // Half a code is another one.
        let cut = self.is_cut(end) || start > 0 && self.is_joined(start - 1);
        let text = self.written(start..end);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let spelling = self.surface(start).len() < 3
            && self.tokens.get(start).is_some_and(|token| token.change == Change::Spelling);
        let least = match end - start {
            2 if spelling => LEAST_DIGITS_AFTER_SPELLING,
            2 => LEAST_DIGITS,
            _ => LEAST_DIGITS_IN_PARTS,
        };
        let code = end - start > 1 && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        if !code || cut || digits < least {
            return None;
        }
        self.push_reference(start..end);
        Some(end)
    }

    /// `inv 2024 001`: letters that say what code it is, and its groups, each after a space.
    pub(super) fn code_in_groups(&mut self, at: usize) -> Option<usize> {
        let start =
            at.checked_sub(1).filter(|&start| self.between(start) == " " && self.is_abbreviation(start))?;
        let group = |finder: &Self, at: usize| {
            finder.digits(at).is_some_and(|digits| (3..=4).contains(&digits.len()))
        };
        let more =
            (at + 1..at + MOST_PARTS).take_while(|&next| self.between(next - 1) == " " && group(self, next));
        let end = at + 1 + more.count();
        let digits: usize = (at..end).map(|group| self.surface(group).len()).sum();
        let own = self.goes_on(end) || self.currency_after(end);
        // More digits are those of an account.
        if !group(self, at) || end == at + 1 || digits > MOST_GROUPED_DIGITS || own {
            return None;
        }
        self.push_reference(start..end);
        Some(end)
    }

    /// Whether a number is cut out of a longer writing: `inv-11`, or `p1,500`, which is no 500.
    pub(super) fn is_cut_number(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let text = self.surface(before);
        let letters = || text.len() == 1 && text.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let word = self.tokens.get(before).is_some_and(|token| token.kind == TokenKind::Word);
        word && match self.between(before) {
            "-" | "/" => self.role(before) == Role::None && (letters() || self.is_abbreviation(before)),
            "," | "." => text.ends_with(|letter: char| letter.is_ascii_digit()),
            _ => false,
        }
    }

    /// Letters that say what code a number is, joined to it: `trx-`.
    fn is_abbreviation_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| self.is_joined(before));
        before.is_some_and(|before| self.is_abbreviation(before))
    }

    /// A word of few letters that nobody knows, or a chat spelling without a vowel.
    fn is_abbreviation(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let letters = self.surface(at).as_bytes();
        let short = (2..=5).contains(&letters.len()) && letters.iter().all(u8::is_ascii_alphabetic);
        let vowels = || letters.iter().any(|letter| b"aeiou".contains(letter));
        let unknown = !token.word.is_known() && token.languages.is_empty() && token.change == Change::None;
        let code = unknown || token.change == Change::Spelling && !vowels();
        token.kind == TokenKind::Word && short && code && self.role(at) == Role::None
    }

    fn is_part(&self, at: usize) -> bool {
        let text = self.surface(at);
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        plain && (digits || self.surface(at).len() <= MOST_LETTERS && self.is_abbreviation(at))
    }

    /// Whether a code goes on in what is no part of one: digits with points.
    fn is_cut(&self, end: usize) -> bool {
        self.is_joined(end - 1) && self.surface(end).bytes().any(|byte| byte.is_ascii_digit())
    }

    fn is_joined(&self, at: usize) -> bool {
        at + 1 < self.tokens.len() && matches!(self.between(at), "-" | "/")
    }

    /// The text of tokens as they are written, with what stands between them.
    pub(super) fn written(&self, tokens: std::ops::Range<usize>) -> &str {
        self.buffer.get(self.stretch(tokens)).unwrap_or_default()
    }
}
