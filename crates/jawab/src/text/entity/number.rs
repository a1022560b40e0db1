//! Numbers in digits and words, and amounts of money.

use super::{Finder, Role};
use crate::text::languages::LanguagePack;
use crate::text::token::{EntityKind, StoredValue, TokenKind};

/// Amounts without a currency or a scale are at least this.
const LEAST_BARE_AMOUNT: f64 = 1000.0;
/// Numbers of more digits are ids.
const MOST_DIGITS: usize = 15;
/// No range ends with a number of more digits.
const MOST_RANGE_DIGITS: usize = 7;

impl Finder<'_> {
    /// The number that starts at a token, and the amount around it.
    pub(super) fn number(&mut self, at: usize) -> usize {
        let Some(sum) = self.sum(at) else { return at + 1 };
        let (end, value) = (sum.end, sum.value);
        self.days_ago(at, end, value);
        if let Some(to) = self.end_of_range(at, end, value) {
            return to;
        }
        let (before, after) = (self.currency_before(at), self.currency_after(end));
        let cut = self.is_cut_number(at) || self.is_one_of_two(at, end);
        if value.is_nan()
            || self.is_about(at)
            || cut
            || before.is_none() && !after && self.is_day_of_may(at, end)
        {
            return end;
        }
        if self.is_han(at) && end == at + 1 && before.is_none() && !after && !self.is_count(at) {
            return end;
        }
        self.push(EntityKind::Number, at..end, StoredValue::Number(value));
        if before.is_some() || after || self.is_bare_amount(at, end, value) {
            let start = if before == Some(true) { at - 1 } else { at };
            let (tenths, to) = self.tenths_after(end, after);
            self.push(EntityKind::Amount, start..to, StoredValue::Number(value + tenths));
            if before == Some(false) {
                self.include_symbol(at);
            }
            return to.max(end);
        }
        end
    }

    /// The token after a range that begins with a number: `100-200rb`, "25rb sampai 30rb", "between 100 and 200".
    fn end_of_range(&self, at: usize, end: usize, value: f64) -> Option<usize> {
        let first = end + usize::from(self.currency_after(end));
        let dash = matches!(self.between_amounts(first - 1), "-" | " - " | "~" | " ~ " | "–" | " – ");
        let linked = self.joins(first - 1) && matches!(self.between_amounts(first), "" | " ");
        let second = match self.role(first) {
            _ if dash => first,
            Role::Range if linked && !self.is_after(at, Role::BeforeDate) => first + 1,
            _ if linked && self.is_after(at, Role::Between) => first + 1,
            _ => return None,
        };
        let second = second + usize::from(self.role(second) == Role::Currency);
        let next = self.sum(second)?;
        let id = self.digits(second).is_some_and(|digits| digits.len() > MOST_RANGE_DIGITS);
        let joined = dash && !self.between(first - 1).contains(' ');
        (!id && (joined || value < next.value)).then(|| next.end + usize::from(self.currency_after(next.end)))
    }

    /// What stands between two tokens without the currency of the second.
    fn between_amounts(&self, at: usize) -> &str {
        self.between(at).trim_end_matches(SYMBOLS)
    }

    /// Whether a number stands behind a word of a role, with its currency before it.
    fn is_after(&self, at: usize, role: Role) -> bool {
        let near = |at: usize| at.checked_sub(1).filter(|&at| matches!(self.between_amounts(at), "" | " "));
        let before = near(at);
        let currency = before.filter(|&before| self.role(before) == Role::Currency);
        currency.map_or(before, near).is_some_and(|before| self.role(before) == role)
    }

    /// Whether a number in a word stands beside another: "two fifty", "dua tiga ratus".
    fn is_one_of_two(&self, at: usize, end: usize) -> bool {
        let word = |at: usize| {
            let word = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
            word && matches!(self.role(at), Role::Number(_))
        };
        let before = at.checked_sub(1).is_some_and(|before| word(before) && self.joins(before));
        word(at) && (before || word(end - 1) && word(end) && self.joins(end - 1))
    }

    /// Whether a lone Chinese digit counts: 两晚, or nothing else is said. 一个 is mostly an article.
    fn is_count(&self, at: usize) -> bool {
        let measured = LanguagePack::is_measure(self.surface(at + 1)) && self.joins(at);
        self.is_alone(at..at + 1 + usize::from(measured), measured)
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
    pub(super) fn currency_before(&self, at: usize) -> Option<bool> {
        if let Some(before) = at.checked_sub(1)
            && self.role(before) == Role::Currency
            && matches!(self.between(before), "" | " " | "." | ". ")
            && !self.is_currency_of_last(before)
        {
            return Some(true);
        }
        if let Some(symbol) = at.checked_sub(1)
            && self.between(symbol).is_empty()
            && self.lexicon.units.symbols.contains(self.surface(symbol))
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
        value >= LEAST_BARE_AMOUNT && !year && !id && !self.is_in_groups(at)
    }

    /// Whether digits stand beside others as the groups of one number do: `8899 1234`.
    fn is_in_groups(&self, at: usize) -> bool {
        let group = |at: usize| self.digits(at).is_some_and(|digits| (3..=4).contains(&digits.len()));
        let before = at.checked_sub(1).is_some_and(|before| self.between(before) == " " && group(before));
        group(at) && (before || self.between(at) == " " && group(at + 1))
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
