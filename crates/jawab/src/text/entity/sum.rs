//! How digits, words for numbers and what multiplies them make one number.
//!
//! A number is a row of groups, each smaller than what multiplied the one before it: `2 juta` `500 ribu`. A group is a
//! section and what multiplies all of it; a section is a row of terms: `tiga ratus` `lima puluh`.

use super::{Finder, Role};
use crate::text::calendar::han_part_at_end;
use crate::text::token::TokenKind;

/// Most groups of one number, and terms of one section.
const MOST_PARTS: usize = 6;
const MOST_VALUE: f64 = 1e15;
/// What multiplies by this and more multiplies all before it.
const THOUSAND: f64 = 1000.0;
/// "at" links Filipino numbers, but in English an hour may follow it.
const MOST_HOUR: f64 = 12.0;

/// A number as far as it was read; what nobody can read has no value.
#[derive(Clone, Copy)]
pub(super) struct Sum {
    pub(super) value: f64,
    /// The token after it.
    pub(super) end: usize,
    /// The scale of what was named last, 1,000 of a thousand: only less may be added.
    unit: f64,
    /// Whether it is digits that nothing multiplies.
    digits: bool,
    /// Whether anything multiplies it.
    scaled: bool,
}

impl Sum {
    fn plus(self, value: f64, unit: f64, end: usize) -> Sum {
        Sum { value: self.value + value, end, unit, digits: false, ..self }
    }

    fn times(self, by: f64) -> Sum {
        Sum { value: self.value * by, end: self.end + 1, unit: by, digits: false, scaled: true }
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

/// Whether two whole numbers are the same.
fn is(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.5
}

impl Finder<'_> {
    /// The longest number that starts at a token.
    pub(super) fn sum(&self, at: usize) -> Option<Sum> {
        let mut sum = self.group(at)?;
        for _ in 0..MOST_PARTS {
            let Some(longer) = self.next_group(sum) else { break };
            sum = longer;
        }
        (sum.value.is_nan() || sum.value < MOST_VALUE).then_some(sum)
    }

    fn group(&self, at: usize) -> Option<Sum> {
        let mut sum = self.section(at)?;
        while let Some(by) = self.scale(sum.end).filter(|&by| by == 0.0 || by >= THOUSAND)
            && sum.value < MOST_VALUE
        {
            let whole = if sum.unit >= THOUSAND { sum.unit * by } else { by };
            sum = Sum { unit: whole, ..sum.times(if by > 0.0 { by } else { f64::NAN }) };
        }
        Some(sum)
    }

    fn section(&self, at: usize) -> Option<Sum> {
        let mut sum = self.term(at)?;
        for _ in 0..MOST_PARTS {
            let Some(longer) = self.next_term(sum) else { break };
            sum = longer;
        }
        Some(self.with_part(sum).unwrap_or(sum))
    }

    /// A number in one word, and what multiplies it alone.
    fn term(&self, at: usize) -> Option<Sum> {
        let mut sum = self.one_word(at)?;
        if let Some(teen) = self.scale(sum.end).filter(|&teen| teen < 0.0 && sum.value < 10.0) {
            sum = sum.plus(-teen, 1.0, sum.end + 1);
        }
        sum = self.with_tenths(at, sum).unwrap_or(sum);
        while let Some(by) = self.scale(sum.end).filter(|&by| by > sum.value && self.is_small(by, sum.end)) {
            sum = sum.times(by);
        }
        Some(sum)
    }

    /// 三点五万 is 35,000, but not after 下午.
    fn with_tenths(&self, at: usize, sum: Sum) -> Option<Sum> {
        let digit =
            Some(sum.end + 1).filter(|_| self.surface(sum.end) == "点").and_then(|at| self.one_word(at))?;
        let scaled = digit.value < 10.0 && self.scale(digit.end).is_some_and(|by| by >= THOUSAND);
        let hour = han_part_at_end(self.before(at)).is_some();
        (scaled && !hour).then(|| sum.plus(digit.value / 10.0, 0.0, digit.end))
    }

    /// A number of one word; for a part (`setengah juta`) what it is a part of must follow, as after "a" million.
    fn one_word(&self, at: usize) -> Option<Sum> {
        let whole = Sum { value: 0.0, end: at + 1, unit: 0.0, digits: false, scaled: false };
        if self.tokens.get(at)?.kind == TokenKind::Number {
            return Some(Sum { value: super::number::parse(self.surface(at))?, digits: true, ..whole });
        }
        match self.role(at) {
            Role::Number(value) => {
                let alone = is(value, 10.0) && !self.is_han(at);
                Some(Sum { value, unit: if alone { 1.0 } else { unit(value) }, ..whole })
            }
            Role::Part(value) => {
                let end = self.after_links(at + 1);
                self.scale(end).filter(|&by| by >= THOUSAND).map(|_| Sum { value, end, ..whole })
            }
            // "a million", but not "and k", nor "a grand one".
            Role::Link if self.surface(at) == "a" && self.surface(at + 1).len() > 5 => {
                self.scale(at + 1).map(|_| Sum { value: 1.0, ..whole })
            }
            _ => None,
        }
    }

    /// What a word multiplies the number before it by.
    fn scale(&self, at: usize) -> Option<f64> {
        match self.role(at) {
            Role::Scale(by) if self.joins(at - 1) => Some(by),
            Role::Number(10.0) if self.is_han(at) && self.joins(at - 1) => Some(10.0),
            _ => None,
        }
    }

    /// Whether a word multiplies the last term alone: in 五千三百万 that is 千, too.
    fn is_small(&self, by: f64, at: usize) -> bool {
        by > 0.0 && by < THOUSAND || by == THOUSAND && self.is_han(at)
    }

    fn next_term(&self, sum: Sum) -> Option<Sum> {
        let han = self.is_han(sum.end - 1);
        if sum.unit <= 1.0 || sum.unit >= THOUSAND && !han || !self.joins(sum.end - 1) {
            return None;
        }
        if han {
            return self.chinese(sum, self.after_zeros(sum.end), Self::term);
        }
        let at = if sum.unit < 100.0 { sum.end } else { self.after_links(sum.end) };
        let next = self.term(at).filter(|next| !next.digits && next.value > 0.0 && next.value < sum.unit)?;
        self.may_link(sum.end, at, next.value).then(|| sum.plus(next.value, next.unit, next.end))
    }

    fn next_group(&self, sum: Sum) -> Option<Sum> {
        if sum.unit < THOUSAND || !self.joins(sum.end - 1) {
            return None;
        }
        if self.is_han(sum.end - 1) {
            return self.chinese(sum, self.after_zeros(sum.end), Self::group);
        }
        let at = self.after_links(sum.end);
        self.part_of(sum, at).or_else(|| {
            let next = self.group(at)?;
            let value = self.rest(sum, at, &next)?;
            Some(sum.plus(value, next.unit, next.end))
        })
    }

    /// What a smaller group adds: in `1 jt 250` the digits are thousands.
    fn rest(&self, sum: Sum, at: usize, next: &Sum) -> Option<f64> {
        let linked = at > sum.end;
        let smaller = next.value > 0.0 && next.value < sum.unit;
        if !smaller || linked && (self.tokens.get(at)?.kind == TokenKind::Number) {
            return None;
        }
        if next.digits {
            return self.digits_of_rest(sum, at).filter(|_| !self.goes_on(next.end));
        }
        let whole = next.unit >= THOUSAND
            || !self.goes_on(next.end) && (linked || next.value >= 100.0 || self.ends(next.end));
        (whole && self.may_link(sum.end, at, next.value)).then_some(next.value)
    }

    /// `1 jt 250` is 1,250,000, and `1 juta 500.000` as it stands; two amounts stay two.
    fn digits_of_rest(&self, sum: Sum, at: usize) -> Option<f64> {
        let text = self.surface(at);
        let value = super::number::parse(text)?;
        let thousands = self.digits(at).is_some() && text.len() == 3 && !text.starts_with('0');
        let by = sum.unit / THOUSAND;
        let lone = is(sum.unit, 1e4) && self.between(at - 1).is_empty() && self.lone_digit(at).is_some();
        match () {
            () if lone => Some(value * by * 100.0),
            () if thousands && (is(by, 1.0) || by >= THOUSAND && !self.currency_after(at + 1)) => {
                Some(value * by)
            }
            () if !thousands && text.ends_with("000") && value * 10.0 >= sum.unit => Some(value),
            () => None,
        }
    }

    /// What follows in Chinese: a last digit counts in the next lower place (一万五), but not after 零.
    fn chinese(&self, sum: Sum, at: usize, read: fn(&Self, usize) -> Option<Sum>) -> Option<Sum> {
        let zeros = at > sum.end;
        if let Some(digit) = self.lone_digit(at).filter(|_| !zeros && sum.unit > 10.0) {
            let short = !self.goes_on(at + 1);
            return short.then(|| sum.plus(digit * sum.unit / 10.0, 0.0, at + 1));
        }
        let next = read(self, at).filter(|next| next.value > 0.0 && next.value < sum.unit)?;
        let told = next.scaled || self.is_han(at) && (zeros || sum.unit <= 10.0);
        let digits = next.digits && next.value >= 100.0 && self.between(at - 1).is_empty();
        let counts = !next.scaled && self.goes_on(next.end);
        ((told || digits) && !(counts && sum.unit > 10.0)).then(|| sum.plus(next.value, next.unit, next.end))
    }

    /// A digit by itself that nothing multiplies, joined to what is before it: 五 or 5.
    pub(super) fn lone_digit(&self, at: usize) -> Option<f64> {
        let written = self.between(at.checked_sub(1)?).is_empty();
        let alone = written && self.surface(at) != "两" && self.scale(at + 1).is_none();
        let word = self.one_word(at).filter(|word| alone && (word.digits || self.is_han(at)))?;
        let digit = word.value >= 1.0 && word.value < 10.0 && word.value.fract() == 0.0;
        digit.then_some(word.value)
    }

    /// `dua setengah juta`, "two and a half".
    fn with_part(&self, sum: Sum) -> Option<Sum> {
        let at = self.after_links(sum.end);
        let Role::Part(part) = self.role(at) else { return None };
        let told = at > sum.end || self.scale(at + 1).is_some_and(|by| by >= THOUSAND) && self.is_direct(at);
        (sum.value < 100.0 && told && self.joins(at - 1)).then(|| sum.plus(part, 0.0, at + 1))
    }

    /// `2 juta setengah`, "two million and a half".
    fn part_of(&self, sum: Sum, at: usize) -> Option<Sum> {
        let Role::Part(part) = self.role(at) else { return None };
        let told = (at > sum.end || self.is_direct(at)) && !self.goes_on(at + 1) && self.joins(at - 1);
        (told && self.one_word(at + 1).is_none()).then(|| sum.plus(part * sum.unit, 0.0, at + 1))
    }

    /// Whether a part needs no "and a" before it: in English it may be of what follows.
    fn is_direct(&self, at: usize) -> bool {
        self.surface(at) != "half" && self.surface(at) != "quarter"
    }

    /// The token after words that link those of a number; the same one if there are none.
    fn after_links(&self, at: usize) -> usize {
        let links = |at: usize| self.is_link(at) && self.joins(at) && self.joins(at.saturating_sub(1));
        at + usize::from(links(at)) + usize::from(links(at) && links(at + 1))
    }

    fn is_link(&self, at: usize) -> bool {
        self.role(at) == Role::Link || self.role(at) == Role::Clock && self.surface(at) == "at"
    }

    fn may_link(&self, from: usize, at: usize, value: f64) -> bool {
        from == at || self.role(from) == Role::Link || value > MOST_HOUR
    }

    fn after_zeros(&self, mut at: usize) -> usize {
        while self.is_han(at) && self.role(at) == Role::Number(0.0) && self.joins(at) {
            at += 1;
        }
        at
    }

    pub(super) fn is_han(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Han)
    }

    /// Whether what follows a number tells that it is of its own: it counts days, names a date, goes on in digits.
    pub(super) fn goes_on(&self, end: usize) -> bool {
        let Some(token) = self.tokens.get(end) else { return false };
        let own = matches!(
            self.role(end),
            Role::Counted(_)
                | Role::Clock
                | Role::OClock
                | Role::DayPart(_)
                | Role::Month(_)
                | Role::DayOfMonth
                | Role::Scale(_)
                | Role::Number(_)
        );
        self.joins(end - 1) && (own || token.kind == TokenKind::Number)
    }

    /// Whether nothing follows that a number could count.
    fn ends(&self, end: usize) -> bool {
        !self.joins(end - 1)
            || self.role(end) == Role::Currency
            || self.tokens.get(end).is_some_and(crate::text::token::Token::is_skippable)
    }
}
