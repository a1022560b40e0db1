//! Numbers, written in one or in groups: what each is by its shape and by the word in front of it.

use std::ops::{Range, RangeInclusive};

use super::kind::Kind;
use super::pieces::{Gap, PieceKind};
use super::search::Search;
use super::shapes::{is_card, is_mobile, is_moment, is_nik, is_resident_number, is_round};
use super::words::Cue;

/// Most groups of one number.
const GROUPS: usize = 7;
/// Most digits of one number.
const DIGITS: usize = 24;

/// A number in groups.
#[derive(Debug, Clone, Default)]
struct Number {
    digits: String,
    /// Digits of each group.
    groups: Vec<usize>,
    /// What stands between the groups: a mark, or a space.
    between: Vec<char>,
    /// The piece after its last.
    end: usize,
}

/// What stands around a number.
#[derive(Debug, Clone, Copy)]
struct Around {
    cue: Option<Cue>,
    /// The `+` or `(` in front of it.
    sign: Option<char>,
    /// Whether it is joined to a word by a mark: `inv/0012345678`.
    joined: bool,
    amount: bool,
}

impl Search<'_> {
    pub(super) fn numbers(&mut self) {
        let mut at = 0;
        while at < self.len() {
            let found = self.is_free(at..at + 1).then(|| self.number(at)).flatten();
            at = match found {
                Some((kind, start, end)) => {
                    self.take(kind, start..end);
                    end
                }
                None => at + 1,
            };
        }
    }

    /// What the longest number is that starts at a piece, with its first piece and the one after its last.
    fn number(&self, at: usize) -> Option<(Kind, usize, usize)> {
        let end = self.word_end(at);
        if self.is_free(at..end) && (end > at + 1 || self.pieces.kind(at) == Some(PieceKind::Mixed)) {
            let mixed = self.mixed(at..end).map(|kind| (kind, at, end));
            if mixed.is_some() {
                return mixed;
            }
        }
        self.pieces.digits(at)?;
        let numbers = self.readings(at);
        let around = self.around(at);
        let longest = numbers.iter().rev();
        let (number, kind) = longest.clone().find(|number| number.is_card(around)).map_or_else(
            || longest.clone().find_map(|number| Some((number, self.kind(number, around)?))),
            |number| Some((number, Kind::CardNumber)),
        )?;
        let sign = around.sign == Some('+') || around.sign.is_some() && number.between.first() == Some(&')');
        Some((kind, at - usize::from(sign), number.end))
    }

    /// Whether the groups that start at a piece are the number of a card.
    pub(super) fn is_card_at(&self, at: usize) -> bool {
        let numbers = self.readings(at);
        numbers.iter().any(|number| number.groups.len() > 1 && number.is_card(self.around(at)))
    }

    fn kind(&self, number: &Number, around: Around) -> Option<Kind> {
        // An amount has no zero in front.
        let amount = around.amount || self.is_amount_after(number.end) || number.is_grouped_amount();
        if amount && !number.digits.starts_with('0') {
            None
        } else {
            number.told(around).or_else(|| number.shaped(around))
        }
    }

    /// Letters and digits that a word tells of: a passport, a Chinese tax number; an identity number ending in X.
    fn mixed(&self, pieces: Range<usize>) -> Option<Kind> {
        let word = self.written(pieces.clone());
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let told = |lengths: RangeInclusive<usize>| {
            (5..word.len()).contains(&digits) && lengths.contains(&word.len())
        };
        match self.cue_before(pieces.start) {
            _ if pieces.len() == 1 && is_resident_number(self.pieces.text(pieces.start)) => {
                Some(Kind::IdentityNumber)
            }
            Some(Cue::Is(Kind::IdentityNumber)) if told(7..=20) => Some(Kind::IdentityNumber),
            Some(Cue::Is(Kind::TaxNumber)) if told(9..=20) => Some(Kind::TaxNumber),
            _ => None,
        }
    }

    /// The numbers of one, two, … groups that start at a piece.
    fn readings(&self, at: usize) -> Vec<Number> {
        let mut numbers = Vec::new();
        let mut number = Number { end: at, ..Number::default() };
        while let Some(digits) = self.pieces.digits(number.end).filter(|digits| {
            number.groups.len() < GROUPS
                && number.digits.len() + digits.len() <= DIGITS
                && self.is_free(number.end..number.end + 1)
        }) {
            number.digits.push_str(digits);
            number.groups.push(digits.len());
            number.end += 1;
            numbers.push(number.clone());
            let Some((between, next)) = self.next_of_number(number.end) else { break };
            number.between.push(between);
            number.end = next;
        }
        numbers
    }

    /// What parts a group from the next, and where that starts.
    fn next_of_number(&self, end: usize) -> Option<(char, usize)> {
        let mark = self
            .pieces
            .mark(end)
            .filter(|mark| matches!(mark, '-' | '.' | '(' | ')') && self.pieces.joins(end));
        match mark {
            Some(mark) if self.pieces.joins(end + 1) => Some((mark, end + 1)),
            None if self.pieces.gap(end) == Gap::Space => Some((' ', end)),
            _ => None,
        }
    }

    fn around(&self, at: usize) -> Around {
        let mark = |back: usize| at.checked_sub(back).and_then(|before| self.pieces.mark(before));
        let close = self.pieces.gap(at) == Gap::None;
        let word_before = at >= 2
            && self.pieces.gap(at - 1) == Gap::None
            && !matches!(self.pieces.kind(at - 2), Some(PieceKind::Han | PieceKind::Mark));
        let cue = self.cue_before(at);
        let sign = matches!(mark(1), Some('$' | '₱' | '¥' | '€' | '£'));
        Around {
            cue,
            sign: mark(1).filter(|mark| close && matches!(mark, '+' | '(') && self.is_free(at - 1..at)),
            joined: close
                && matches!(mark(1), Some('-' | '/' | '_' | '#' | '.'))
                && word_before
                && !matches!(cue, Some(Cue::Is(_))),
            amount: sign || cue == Some(Cue::Amount),
        }
    }

    /// "50000000 rupiah", "1234567890,00".
    fn is_amount_after(&self, end: usize) -> bool {
        let unit = self.pieces.joins(end) && self.words.units.contains(self.pieces.text(end));
        let decimals = self.pieces.gap(end) == Gap::None
            && matches!(self.pieces.mark(end), Some('.' | ','))
            && self.pieces.gap(end + 1) == Gap::None
            && self.pieces.digits(end + 1).is_some_and(|digits| digits.len() <= 2);
        unit || decimals
    }
}

impl Number {
    fn is_card(&self, around: Around) -> bool {
        self.is_card_in_groups() || around.cue == Some(Cue::Is(Kind::CardNumber)) && self.is_long_as_card()
    }

    fn is_card_in_groups(&self) -> bool {
        let in_fours = match self.groups.split_last() {
            Some((last, groups)) => groups.iter().all(|&group| group == 4) && *last <= 4,
            None => false,
        };
        let grouped = self.groups.len() == 1 || in_fours || matches!(self.groups[..], [4, 6, 5 | 4]);
        grouped && is_card(&self.digits)
    }

    /// A card's number with a mistyped digit is one, too, where it is called so.
    fn is_long_as_card(&self) -> bool {
        (13..=19).contains(&self.digits.len()) && self.groups.iter().all(|&group| group >= 3)
    }

    /// `50.000.000`, `1 000 000`.
    fn is_grouped_amount(&self) -> bool {
        let thousands = self.groups.len() > 1
            && self.between.iter().all(|between| matches!(between, '.' | ' '))
            && self.groups[0] <= 3
            && self.groups[1..].iter().all(|&group| group == 3)
            && !self.digits.starts_with('0');
        let dots = self.between.iter().all(|&between| between == '.');
        thousands && (dots || self.digits.ends_with("000"))
    }

    /// What the word in front of it says.
    fn told(&self, around: Around) -> Option<Kind> {
        let Some(Cue::Is(kind)) = around.cue else { return None };
        let lengths = match kind {
            Kind::IdentityNumber => 8..=20,
            Kind::TaxNumber => 9..=18,
            Kind::Account => 6..=20,
            Kind::Phone => 7..=15,
            _ => return None,
        };
        let whole = self.groups.iter().all(|&group| group >= 2) || !self.between.contains(&' ');
        let fits = lengths.contains(&self.digits.len()) && whole && !self.is_date();
        let round = kind == Kind::Account && is_round(&self.digits);
        (fits && !round).then_some(kind)
    }

    /// What its shape says.
    fn shaped(&self, around: Around) -> Option<Kind> {
        let reference = around.cue == Some(Cue::Reference);
        match () {
            () if self.is_identity() => Some(Kind::IdentityNumber),
            () if self.is_npwp() || self.has_dashes(&[3, 3, 3, 3]) => Some(Kind::TaxNumber),
            () if around.sign == Some('+')
                && (8..=15).contains(&self.digits.len())
                && self.is_in_phone_groups() =>
            {
                Some(Kind::Phone)
            }
            () if reference => None,
            () if self.is_phone(around) => Some(Kind::Phone),
            () if !around.joined && self.is_account() => Some(Kind::Account),
            () => None,
        }
    }

    fn is_identity(&self) -> bool {
        let nik = matches!(self.groups[..], [16] | [4, 4, 4, 4] | [6, 6, 4]) && is_nik(&self.digits);
        let resident = matches!(self.groups[..], [18] | [6, 8, 4]) && is_resident_number(&self.digits);
        nik || resident
            || self.has_dashes(&[2, 7, 1])
            || self.has_dashes(&[4, 7, 1])
            || self.has_dashes(&[2, 9, 1])
    }

    fn has_dashes(&self, groups: &[usize]) -> bool {
        self.groups == groups && self.between.iter().all(|&between| between == '-')
    }

    /// `01.234.567.8-901.000`
    fn is_npwp(&self) -> bool {
        self.groups == [2, 3, 3, 1, 3, 3] && self.between == ['.', '.', '.', '-', '.']
    }

    fn is_in_phone_groups(&self) -> bool {
        let rest = self.groups.get(1..).unwrap_or_default();
        rest.is_empty() || self.groups[0] <= 5 && rest.iter().all(|group| (2..=8).contains(group))
    }

    fn is_phone(&self, around: Around) -> bool {
        let mobile = is_mobile(&self.digits) && self.is_in_phone_groups() && !is_round(&self.digits);
        mobile || !around.joined && self.is_landline(around.sign == Some('('))
    }

    /// `(021) 555-1234`, `021-5551234`.
    fn is_landline(&self, bracket: bool) -> bool {
        let Some((&area, rest)) = self.groups.split_first() else { return false };
        let long = (6..=8).contains(&rest.iter().sum::<usize>()) && rest.iter().all(|&group| group >= 3);
        let dashed = self.between.first() == Some(&'-');
        let area = if bracket && self.between.first() == Some(&')') {
            (2..=4).contains(&area)
        } else {
            dashed && (3..=4).contains(&area)
        };
        area && long && rest.len() <= 2 && self.digits.starts_with('0')
    }

    /// A long number that is nothing else: in one, in groups of four, or with hyphens.
    fn is_account(&self) -> bool {
        if !(10..=19).contains(&self.digits.len()) || is_round(&self.digits) || is_moment(&self.digits) {
            return false;
        }
        let same = |mark: char| self.between.iter().all(|&between| between == mark);
        match self.groups.len() {
            1 => true,
            _ if same('-') => !self.is_date(),
            2.. if same(' ') => self.is_in_fours(),
            _ => false,
        }
    }

    /// `1234 5678 9012`, but not three years or three amounts.
    fn is_in_fours(&self) -> bool {
        let (last, groups) = self.groups.split_last().unwrap_or((&0, &[]));
        let threes = groups.iter().all(|&group| group == 3) && *last == 4;
        let fours = groups.iter().all(|&group| group == 4) && (1..=4).contains(last);
        (fours || threes) && groups.len() >= 2 && !self.is_several()
    }

    fn is_several(&self) -> bool {
        let mut from = 0;
        let parts: Vec<&str> = self
            .groups
            .iter()
            .filter_map(|group| {
                from += group;
                self.digits.get(from - group..from)
            })
            .collect();
        let years = parts.iter().all(|part| part.starts_with("19") || part.starts_with("20"));
        years || parts.iter().filter(|part| part.ends_with("00")).count() >= 2
    }

    /// `2024-01-15-001`, `15-01-2024`.
    fn is_date(&self) -> bool {
        matches!(self.groups[..], [4, 1..=2, 1..=2, ..] | [1..=2, 1..=2, 4, ..])
    }
}
