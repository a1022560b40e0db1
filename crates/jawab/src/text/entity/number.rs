//! Numbers in digits and words, and amounts of money.

use super::{Finder, Role};
use crate::text::token::{EntityKind, Stored, TokenKind};

/// Amounts without a currency or a scale are at least this.
const LEAST_BARE_AMOUNT: f64 = 1000.0;
/// Numbers of more digits are ids.
const MOST_DIGITS: usize = 15;
/// Most tokens of one number.
const MOST_TERMS: usize = 12;

/// A number as its words are read: 三千 is a total, 五百 a section of which the last term is 500.
#[derive(Clone, Copy)]
struct Sum {
    total: f64,
    section: f64,
    last: f64,
    /// What comes next must be smaller to be added.
    unit: f64,
    /// Whether a word or letter multiplied it.
    scaled: bool,
}

impl Sum {
    fn value(&self) -> f64 {
        self.total + self.section
    }

    /// Multiplies by a power of ten: the last term, or from a thousand on all before it.
    fn scale(&mut self, by: f64) -> bool {
        if self.section <= 0.0 || by < 10.0 || self.value() * by > 1e15 {
            return false;
        }
        if by < 1000.0 {
            if self.last >= by {
                return false;
            }
            self.section += self.last * (by - 1.0);
            self.last *= by;
        } else {
            self.total = if self.total < by {
                (self.total + self.section) * by
            } else {
                self.total + self.section * by
            };
            (self.section, self.last) = (0.0, 0.0);
        }
        (self.unit, self.scaled) = (by, true);
        true
    }

    fn add(&mut self, value: f64, digits: bool) -> bool {
        let fits = value > 0.0 && value < self.unit;
        if fits {
            self.section += value;
            (self.last, self.unit) = (value, if digits { 0.0 } else { unit(value) });
        }
        fits
    }
}

/// The largest power of ten that a number is a multiple of.
fn unit(value: f64) -> f64 {
    let mut unit = 1.0;
    while value > 0.0 && unit < 1e12 && value % (unit * 10.0) == 0.0 {
        unit *= 10.0;
    }
    unit
}

fn is_power_of_ten(value: f64) -> bool {
    value >= 10.0 && (unit(value) - value).abs() < 0.5
}

impl Finder<'_> {
    /// The number that starts at a token, and the amount around it.
    pub(super) fn number(&mut self, at: usize) -> usize {
        let Some((end, sum)) = self.sum(at) else { return at + 1 };
        let value = sum.value();
        let (before, after) = (self.currency_before(at), self.currency_after(end));
        let han = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Han);
        if han && end == at + 1 && before.is_none() && !after {
            return end;
        }
        self.push(EntityKind::Number, at..end, Stored::Number(value));
        if before.is_some() || after || self.is_bare_amount(at, end, &sum) {
            let start = if before == Some(true) { at - 1 } else { at };
            self.push(EntityKind::Amount, start..end + usize::from(after), Stored::Number(value));
            if before == Some(false) {
                self.include_symbol(at);
            }
        }
        end
    }

    fn sum(&self, at: usize) -> Option<(usize, Sum)> {
        let digits = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        let first = if digits { parse(self.surface(at))? } else { self.number_word(at)? };
        let unit = if digits { 0.0 } else { unit(first) };
        let mut sum = Sum { total: 0.0, section: first, last: first, unit, scaled: false };
        let mut end = at + 1;
        while end < at + MOST_TERMS && self.joins(end - 1) && self.extend(&mut sum, end) {
            end += 1;
        }
        Some((end, sum))
    }

    fn number_word(&self, at: usize) -> Option<f64> {
        if let Role::Number(value) = self.role(at) { Some(value) } else { None }
    }

    fn extend(&self, sum: &mut Sum, at: usize) -> bool {
        let number = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        match self.role(at) {
            Role::Scale(by) => sum.scale(by),
            Role::Number(value) if is_power_of_ten(value) && sum.scale(value) => true,
            Role::Number(value) => sum.add(value, false),
            _ if number && sum.section <= 0.0 => {
                parse(self.surface(at)).is_some_and(|value| sum.add(value, true))
            }
            _ => false,
        }
    }

    /// Whether a currency stands before a number: as a word (`Some(true)`) or as a symbol.
    fn currency_before(&self, at: usize) -> Option<bool> {
        if let Some(before) = at.checked_sub(1)
            && self.role(before) == Role::Currency
            && matches!(self.between(before), "" | " " | "." | ". ")
        {
            return Some(true);
        }
        self.before(at).trim_end_matches(' ').ends_with(SYMBOLS).then_some(false)
    }

    fn currency_after(&self, end: usize) -> bool {
        self.role(end) == Role::Currency && end > 0 && self.joins(end - 1)
    }

    /// Whether a number is an amount though no currency says so.
    fn is_bare_amount(&self, at: usize, end: usize, sum: &Sum) -> bool {
        let text = self.surface(at);
        let plain = end == at + 1 && text.bytes().all(|byte| byte.is_ascii_digit());
        let year = plain && text.len() == 4 && (1900.0..2100.0).contains(&sum.value());
        let id =
            plain && (text.starts_with('0') || text.len() > 7 && !text.ends_with("000") || text.len() > 12);
        sum.value() >= LEAST_BARE_AMOUNT && !year && !id
    }

    /// Makes the span of the last entity begin at the symbol before it.
    fn include_symbol(&mut self, at: usize) {
        let before = self.before(at).trim_end_matches(' ');
        let end = before.len() as u32;
        let start = end - before.chars().next_back().map_or(0, char::len_utf8) as u32;
        let from = self.origins.span(start, end).start;
        if let Some(amount) = self.entities.last_mut() {
            amount.span.start = from;
        }
    }
}

const SYMBOLS: [char; 5] = ['₱', '$', '¥', '€', '£'];

/// The value of digits with separators of thousands and decimals, as Indonesian or English write them.
pub(super) fn parse(text: &str) -> Option<f64> {
    if text.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return None;
    }
    let decimal = decimal_point(text)?;
    let mut whole = 0.0;
    let mut place = 1.0;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_digit() {
            whole = whole * 10.0 + f64::from(byte - b'0');
            if at > decimal {
                place *= 10.0;
            }
        }
    }
    Some(whole / place)
}

/// Where the decimals begin, the length of the text for none; nothing if this is no number.
fn decimal_point(text: &str) -> Option<usize> {
    let is_separator = |byte: &u8| matches!(byte, b'.' | b',');
    if !text.bytes().all(|byte| byte.is_ascii_digit() || is_separator(&byte)) {
        return None;
    }
    let bytes = text.as_bytes();
    let Some(last) = bytes.iter().rposition(is_separator) else { return Some(text.len()) };
    let first = bytes.iter().position(is_separator).unwrap_or(last);
    let mark = bytes.get(last).copied()?;
    let groups = |end: usize| text.get(first + 1..end).is_some_and(is_thousands);
    let leading = (1..=3).contains(&first) && !text.starts_with('0');
    match () {
        () if leading
            && groups(text.len())
            && bytes.iter().filter(|byte| is_separator(byte)).all(|&byte| byte == mark) =>
        {
            Some(text.len())
        }
        () if first == last => Some(last),
        () if leading && groups(last) && bytes.get(..last)?.iter().all(|&byte| byte != mark) => Some(last),
        () => None,
    }
}

/// Groups of three digits.
fn is_thousands(groups: &str) -> bool {
    groups.split(['.', ',']).all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_read_as_indonesian_or_english_writes_them() {
        let table = [
            ("50", Some(50.0)),
            ("50.000", Some(50_000.0)),
            ("50,000", Some(50_000.0)),
            ("1.500.000", Some(1_500_000.0)),
            ("1,5", Some(1.5)),
            ("1.5", Some(1.5)),
            ("1.234,56", Some(1234.56)),
            ("1,234.56", Some(1234.56)),
            ("50.000,00", Some(50_000.0)),
            ("0.125", Some(0.125)),
            ("10:30", None),
            ("1.2.3", None),
            ("1.000,5.6", None),
            ("1234567890123456", None),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
