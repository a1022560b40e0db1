//! Phone numbers of Indonesia, the Philippines and China, and any with `+`.

use super::Finder;
use crate::text::token::{EntityKind, StoredValue, TokenKind};

/// Most digits of a phone number.
const MOST_DIGITS: usize = 15;
/// Most groups that a number is written in.
const MOST_GROUPS: usize = 5;

/// What a number's first digits are to be replaced with to make it international; nothing if it is no phone number.
fn international(digits: &str, plus: bool) -> Option<(usize, &'static str)> {
    let mobile = |digits: &str| matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
    match digits.len() {
        10..=13 if digits.starts_with("08") => Some((1, "+62")),
        11..=14 if digits.starts_with("628") => Some((0, "+")),
        11 if digits.starts_with("09") => Some((1, "+63")),
        12 if digits.starts_with("639") => Some((0, "+")),
        11 if mobile(digits) && !plus => Some((0, "+86")),
        13 if digits.strip_prefix("86").is_some_and(mobile) => Some((0, "+")),
        // How a country's code is dialled.
        _ if digits.strip_prefix("00").is_some_and(is_mobile_abroad) => Some((2, "+")),
        8..=MOST_DIGITS if plus => Some((0, "+")),
        _ => None,
    }
}

/// Whether digits are a mobile number with the country's code.
fn is_mobile_abroad(digits: &str) -> bool {
    matches!(international(digits, false), Some((0, _)))
}

/// Whether digits are a mobile number of Indonesia, the Philippines or China, with or without the country's code.
pub(crate) fn is_mobile(digits: &str) -> bool {
    international(digits, false).is_some()
}

impl Finder<'_> {
    /// The phone number that starts at a token; returns the token after it.
    pub(super) fn phone(&mut self, at: usize) -> Option<usize> {
        let plus = self.before(at).ends_with('+');
        let from = self.buffer.len();
        let found = self.longest_phone(at, plus, from);
        let Some((end, len, (skip, prefix))) = found else {
            self.buffer.truncate(from);
            return None;
        };
        self.buffer.truncate(from + len);
        self.buffer.replace_range(from..from + skip, prefix);
        self.push_text(EntityKind::Phone, at..end, from);
        if plus {
            self.include_plus(at);
        }
        self.account_too(at, end);
        Some(end)
    }

    /// Collects digits at the end of the buffer; the longest run of groups that is a phone number.
    fn longest_phone(
        &mut self,
        at: usize,
        plus: bool,
        from: usize,
    ) -> Option<(usize, usize, (usize, &'static str))> {
        let first = self.surface(at).len();
        let (mut found, mut known, mut last) = (None, false, 0);
        for end in at..at + MOST_GROUPS {
            // A number that goes on in groups starts with a short one.
            if end > at && (first > 5 || !self.is_next_group(end)) {
                break;
            }
            let group = self.store_digits(end);
            let digits = self.buffer.get(from..).unwrap_or_default();
            // A time or a date is no group, and a number that is whole goes on with none of one or two digits.
            let goes_on = group > 0 && (found.is_none() || group > 2 || group == last);
            if !goes_on || digits.len() > MOST_DIGITS {
                break;
            }
            known |= international(digits, false).is_some_and(|(_, prefix)| !plus || prefix == "+");
            let change = international(digits, plus && !known).or_else(|| self.landline(at, end));
            found = change.map(|change| (end + 1, digits.len(), change)).or(found);
            last = group;
        }
        found
    }

    /// A number with its area before it: `010-12345678`, `(021) 5551234`, `(02) 8123 4567`.
    fn landline(&self, area: usize, end: usize) -> Option<(usize, &'static str)> {
        let len = self.digits(area).filter(|digits| digits.starts_with('0')).map_or(0, str::len);
        let bracket = self.before(area).ends_with('(') && self.between(area).starts_with(')');
        let dash = self.between(area) == "-" && (3..=4).contains(&len);
        let digits: usize = (area + 1..=end).map(|at| self.digits(at).map_or(0, str::len)).sum();
        let groups = end - area;
        let whole = (6..=8).contains(&digits) && (1..=2).contains(&groups) && len + digits <= 12;
        let goes_on = self.is_next_group(end + 1) && self.surface(end + 1).len() > 2;
        (whole && !goes_on && (dash || bracket && (2..=4).contains(&len))).then_some((0, ""))
    }

    fn is_next_group(&self, at: usize) -> bool {
        self.digits(at).is_some()
            && matches!(self.between(at - 1), " " | "-" | ") " | ")" | " - " | " (" | "(")
    }

    /// Appends the digits of a number without the dots between them; tells how many.
    fn store_digits(&mut self, at: usize) -> usize {
        let from = self.buffer.len();
        let number = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        let phone = self.surface(at).bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let surface = self.tokens.get(at).map_or(0..0, |token| token.surface.range());
        if number && phone && surface.len() <= 2 * MOST_DIGITS {
            for place in surface {
                let digit = self.buffer.as_bytes().get(place).copied().filter(u8::is_ascii_digit);
                self.buffer.extend(digit.map(char::from));
            }
        }
        self.buffer.len() - from
    }

    fn include_plus(&mut self, at: usize) {
        let end = self.before(at).len() as u32;
        let from = self.origins.span(end.saturating_sub(1), end).start;
        if let Some(phone) = self.entities.last_mut() {
            phone.span.start = from;
        }
    }

    /// A phone number may be the number of an account, too.
    fn account_too(&mut self, at: usize, end: usize) {
        let digits = self.digits(at).map_or(0, str::len);
        if end == at + 1
            && (8..=16).contains(&digits)
            && let Some(token) = self.tokens.get(at)
        {
            self.push(EntityKind::Account, at..end, StoredValue::Text(token.surface));
        }
    }
}
