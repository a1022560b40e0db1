//! Numbers in digits and words, and amounts of money.

use super::{Finder, Role};
use crate::text::token::{EntityKind, Stored, TokenKind};

/// Amounts without a currency or a scale are at least this.
const LEAST_BARE_AMOUNT: f64 = 1000.0;
/// Numbers of more digits are ids.
const MOST_DIGITS: usize = 15;
impl Finder<'_> {
    /// The number that starts at a token, and the amount around it.
    pub(super) fn number(&mut self, at: usize) -> usize {
        let Some(sum) = self.sum(at) else { return at + 1 };
        let (end, value) = (sum.end, sum.value);
        self.days_ago(at, end, value);
        if value.is_nan() || self.is_about(at) {
            return end;
        }
        let (before, after) = (self.currency_before(at), self.currency_after(end));
        if self.is_han(at) && end == at + 1 && before.is_none() && !after {
            return end;
        }
        self.push(EntityKind::Number, at..end, Stored::Number(value));
        if before.is_some() || after || self.is_bare_amount(at, end, value) {
            let start = if before == Some(true) { at - 1 } else { at };
            let (tenths, to) = self.tenths_after(end, after);
            self.push(EntityKind::Amount, start..to, Stored::Number(value + tenths));
            if before == Some(false) {
                self.include_symbol(at);
            }
            return to.max(end);
        }
        end
    }

    /// Whether a Chinese number says no number: 三四百, 几十万.
    fn is_about(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&before| self.is_han(at) && self.joins(before)) else {
            return false;
        };
        self.surface(before) == "几" || self.is_han(before) && matches!(self.role(before), Role::Number(_))
    }

    /// What stands behind the currency: 三块五 is 3.5, 三块半, too.
    fn tenths_after(&self, end: usize, currency: bool) -> (f64, usize) {
        let unit = end + usize::from(currency);
        if !currency || self.surface(end) != "块" || !self.between(end).is_empty() {
            return (0.0, unit);
        }
        let half = (self.surface(unit) == "半").then_some(5.0);
        let tenths = half.or_else(|| self.lone_digit(unit)).filter(|_| !self.goes_on(unit + 1));
        tenths.map_or((0.0, unit), |tenths| {
            (tenths / 10.0, unit + 1 + usize::from(matches!(self.surface(unit + 1), "毛" | "角")))
        })
    }

    /// Whether a currency stands before a number: as a word (`Some(true)`) or as a symbol.
    fn currency_before(&self, at: usize) -> Option<bool> {
        if let Some(before) = at.checked_sub(1)
            && self.role(before) == Role::Currency
            && matches!(self.between(before), "" | " " | "." | ". ")
            && !self.is_currency_of_last(before)
        {
            return Some(true);
        }
        self.before(at).trim_end_matches(' ').ends_with(SYMBOLS).then_some(false)
    }

    /// Whether a currency belongs to the number before it: "100 pesos 3 times", but "2 rp50.000".
    fn is_currency_of_last(&self, currency: usize) -> bool {
        let Some(last) = currency.checked_sub(1) else { return false };
        let number =
            self.digits(last).is_some() || matches!(self.role(last), Role::Number(_) | Role::Scale(_));
        number && self.joins(last) && !self.is_currency_of_next(currency)
    }

    fn is_currency_of_next(&self, currency: usize) -> bool {
        let next = self.tokens.get(currency + 1).is_some_and(|token| token.kind == TokenKind::Number);
        next && self.between(currency).is_empty() && self.between(currency.saturating_sub(1)) == " "
    }

    pub(super) fn currency_after(&self, end: usize) -> bool {
        let near = self.role(end) == Role::Currency && end > 0 && self.joins(end - 1);
        near && !self.is_currency_of_next(end)
    }

    /// Whether a number is an amount though no currency says so.
    fn is_bare_amount(&self, at: usize, end: usize, value: f64) -> bool {
        let text = self.surface(at);
        let plain = end == at + 1 && text.bytes().all(|byte| byte.is_ascii_digit());
        let year = plain && text.len() == 4 && (1900.0..2100.0).contains(&value);
        let id =
            plain && (text.starts_with('0') || text.len() > 7 && !text.ends_with("000") || text.len() > 12);
        value >= LEAST_BARE_AMOUNT && !year && !id
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
