//! Dates in digits and with names of months.

use std::fmt::Write as _;

use super::{Finder, Role};
use crate::text::calendar::{LEAP_YEAR, days_in, is_article, is_ordinal, links_month};
use crate::text::token::{EntityKind, StoredValue, TokenKind};

/// Who tells days ago by more than a year means no day.
const MOST_DAYS_AGO: f64 = 366.0;
/// Small words between what is counted and the word that says it is past: `yang`, "na ang".
const MOST_BEFORE_AGO: usize = 2;
/// Words between two dates that tell each other: "may 8 to may 10".
const MOST_BETWEEN_DATES: usize = 2;

/// A date as far as it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: Option<u32>,
    month: u32,
    day: u32,
}

impl Date {
    fn new(year: Option<u32>, month: u32, day: u32) -> Option<Date> {
        let year = year.map(|year| if year < 100 { 2000 + year } else { year });
        (1..=days_in(month, year.unwrap_or(LEAP_YEAR))).contains(&day).then_some(Date { year, month, day })
    }

    /// Day before month, as all four languages' countries write it; the other way where only that is a date.
    fn of_digits(first: u32, second: u32, year: Option<u32>) -> Option<Date> {
        Date::new(year, second, first).or_else(|| Date::new(year, first, second))
    }
}

/// `12/3`, `12-03-2024`, `2024-03-12`; not `24/7`, which is always.
fn parse(text: &str) -> Option<Date> {
    let separator = text.bytes().find(|byte| matches!(byte, b'/' | b'-' | b'.'))?;
    let mut parts = text
        .split(char::from(separator))
        .map(|part| part.parse::<u32>().ok().map(|number| (number, part.len())));
    let ((first, first_len), (second, _), third) = (parts.next()??, parts.next()??, parts.next().flatten());
    match third {
        _ if text == "24/7" => None,
        Some((day, _)) if first_len == 4 => Date::new(Some(first), second, day),
        Some((year, _)) => Date::of_digits(first, second, Some(year)),
        None if separator == b'/' => Date::of_digits(first, second, None),
        None => None,
    }
}

impl Finder<'_> {
    /// A date in digits.
    pub(super) fn date(&mut self, at: usize) {
        if let Some(date) = parse(self.surface(at)) {
            self.push_date(at..at + 1, date);
        } else {
            self.chinese_date(at);
            self.lone_day_of_month(at, false);
        }
    }

    /// A date around the name of a month: `3 januari 2024`, `january 3`, "8th of june".
    pub(super) fn month(&mut self, at: usize, month: u8) -> usize {
        let month = u32::from(month);
        if let Some((before, day)) = self.day_before_month(at) {
            let year = self.year(at);
            if let Some(date) = Date::new(year, month, day) {
                self.push_date(before..at + 1 + usize::from(year.is_some()), date);
            }
        } else if let Some(day) =
            self.day(at + 1).filter(|_| self.joins(at) && !self.is_joined_by_hyphen(at + 1))
            && (self.surface(at) != "may" || self.is_may(at))
            && let Some(date) = Date::new(self.year(at + 1), month, day)
        {
            self.push_date(at..at + 2 + usize::from(date.year.is_some()), date);
        }
        at + 1
    }

    /// The day that stands before a month and where it begins; none of a range: "10-12 mei".
    fn day_before_month(&self, month: usize) -> Option<(usize, u32)> {
        let before = month.checked_sub(1).filter(|&before| self.joins(before))?;
        let linked =
            before.checked_sub(1).filter(|&day| links_month(self.surface(before)) && self.joins(day));
        let at = linked.unwrap_or(before);
        let day = self.day(at)?;
        match at.checked_sub(1).filter(|&start| self.is_joined_by_hyphen(start)) {
            Some(start) => is_ordinal(self.surface(start)).then_some((start, day)),
            None => Some((at, day)),
        }
    }

    fn is_joined_by_hyphen(&self, at: usize) -> bool {
        self.between(at) == "-"
    }

    /// Whether "may" before a number is the month: it is a common word in two languages.
    fn is_may(&self, at: usize) -> bool {
        let ordinal = self.small(at + 1).is_none();
        ordinal
            || self.year(at + 1).is_some()
            || self.is_alone(at..at + 2, false)
            || at > 0 && (self.is_capitalised(at) || self.is_before_date(at - 1))
            || self.is_beside_date(at)
    }

    /// Whether a word begins with a capital and goes on without.
    fn is_capitalised(&self, at: usize) -> bool {
        let span =
            self.tokens.get(at).map_or(0..0, |token| token.span.start as usize..token.span.end as usize);
        let mut letters = self.message.get(span).unwrap_or_default().chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    }

    /// Whether a word tells that a date follows: `on`, `noong`, `until`, `tanggal`.
    fn is_before_date(&self, at: usize) -> bool {
        matches!(self.role(at), Role::BeforeDate | Role::Range | Role::DayOfMonth) && self.joins(at)
    }

    /// "may 8 to may 10": whether another date or month is near.
    fn is_beside_date(&self, at: usize) -> bool {
        let date = self.entities.last().filter(|last| last.kind == EntityKind::Date);
        let from_date = date.and_then(|last| at.checked_sub(last.tokens.end as usize));
        let mut after = at + 2..=at + 2 + MOST_BETWEEN_DATES;
        from_date.is_some_and(|between| between <= MOST_BETWEEN_DATES)
            || after.any(|at| matches!(self.role(at), Role::Month(_)) && self.day(at + 1).is_some())
    }

    /// Whether a number is the day of what may be a month or the word "may": it is no amount.
    pub(super) fn is_day_of_may(&self, at: usize, end: usize) -> bool {
        let month = |at: usize| matches!(self.role(at), Role::Month(_)) && self.surface(at) == "may";
        let before = at.checked_sub(1).is_some_and(|before| month(before) && self.joins(before));
        end == at + 1 && before && self.small(at).is_some_and(|day| (1..=31).contains(&day))
    }

    /// A day's name where a message says no more.
    pub(super) fn lone_day(&mut self, at: usize, day: u8) -> usize {
        if self.is_alone(at..at + 1, false) {
            self.push(EntityKind::Date, at..at + 1, StoredValue::Day(day));
        }
        at + 1
    }

    /// "on the 8th", "noong ika-5".
    pub(super) fn day_after_preposition(&mut self, at: usize) -> usize {
        let start = at + 1 + usize::from(is_article(self.surface(at + 1)) && self.joins(at + 1));
        if self.joins(at) {
            self.lone_day_of_month(start, true);
        }
        at + 1
    }

    /// The day of a month that nobody names: "the 8th", `ika-5`, 5号.
    pub(super) fn lone_day_of_month(&mut self, at: usize, told: bool) {
        let prefixed = is_ordinal(self.surface(at)) && self.is_joined_by_hyphen(at);
        let number = at + usize::from(prefixed);
        let Some(day) = self.day(number) else { return };
        let han = self.surface(number + 1) == "号" && self.joins(number);
        let ordinal = prefixed || self.small(number).is_none();
        let end = number + 1 + usize::from(han);
        let is_month = |at: usize| matches!(self.role(at), Role::Month(_));
        let month = links_month(self.surface(end)) || is_month(end) || at > 0 && is_month(at - 1);
        if month || self.goes_on(end) || self.is_joined_by_hyphen(end - 1) {
            return;
        }
        if (ordinal || han) && self.is_alone(at..end, true) || told && ordinal && self.is_last(end) {
            self.push_day(at..end, day);
        }
    }

    /// Whether a clause ends before a token, or only small words and the end of the message follow.
    fn is_last(&self, end: usize) -> bool {
        !self.joins(end - 1)
            || self.tokens.get(end).is_none_or(|token| token.is_skippable() || self.is_small_word(end))
    }

    /// `tanggal 12`, where no month follows.
    pub(super) fn day_of_month(&mut self, at: usize) -> usize {
        let month = matches!(self.role(at + 2), Role::Month(_)) || self.surface(at + 2) == "月";
        if let Some(day) = self.small(at + 1).filter(|day| (1..=31).contains(day) && !month)
            && matches!(self.between(at), "" | " " | ". ")
        {
            self.push_day(at..at + 2, day);
        }
        at + 1
    }

    fn push_day(&mut self, tokens: std::ops::Range<usize>, day: u32) {
        let from = self.buffer.len();
        // Writing to a string cannot fail.
        let _ = write!(self.buffer, "---{day:02}");
        self.push_text(EntityKind::Date, tokens, from);
    }

    /// `3月12日`, `2024年3月12号`, 三月十二号.
    pub(super) fn chinese_date(&mut self, at: usize) {
        let month = self.count(at).filter(|&(_, end)| self.surface(end) == "月" && self.joins(end - 1));
        let Some((month, month_end)) = month else { return };
        let Some((day, end)) = self.count(month_end + 1) else { return };
        let Some((start, year)) = self.chinese_year(at) else { return };
        let named = matches!(self.surface(end), "日" | "号");
        let written = self.digits(month_end + 1).is_some();
        if let Some(date) = Date::new(year, month, day).filter(|_| named || written) {
            self.push_date(start..end + usize::from(named), date);
        }
    }

    /// Where a date begins of which the month does, with its year: `2024年`, 二零二四年; nothing if it has another.
    fn chinese_year(&self, month: usize) -> Option<(usize, Option<u32>)> {
        let Some(end) = month.checked_sub(1).filter(|&year| self.surface(year) == "年" && self.joins(year))
        else {
            return Some((month, None));
        };
        let last = end.checked_sub(1)?;
        if let Some(year) = self.small(last) {
            return Some((last, Some(year)));
        }
        let start = end.checked_sub(4)?;
        let year = (start..end).try_fold(0, |year, at| match self.role(at) {
            Role::Number(digit) if digit < 10.0 => Some(year * 10 + digit as u32),
            _ => None,
        })?;
        Some((start, Some(year)))
    }

    /// A whole number of at most four digits, in digits or in Chinese, and the token after it.
    pub(super) fn count(&self, at: usize) -> Option<(u32, usize)> {
        if let Some(number) = self.small(at) {
            return Some((number, at + 1));
        }
        let sum =
            self.sum(at).filter(|sum| self.is_han(at) && sum.value.fract() == 0.0 && sum.value < 100.0)?;
        Some((sum.value as u32, sum.end))
    }

    /// A day of the month: `3`, `3rd`.
    fn day(&self, at: usize) -> Option<u32> {
        let day = self.small(at).or_else(|| {
            let text = self.surface(at);
            let mixed = self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
            let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending));
            ordinal.filter(|_| mixed).and_then(|number| number.parse().ok())
        });
        day.filter(|day| (1..=31).contains(day))
    }

    /// The year after a token: `2024`, `, 2024`; `24` where nothing follows that it could count.
    fn year(&self, at: usize) -> Option<u32> {
        let near = matches!(self.between(at), " " | ", ");
        let short = |year: &u32| (20..40).contains(year) && !self.joins(at + 1);
        self.small(at + 1).filter(|year| near && ((1900..2100).contains(year) || short(year)))
    }

    /// `2 hari yang lalu`, "two weeks ago", 三天前: so many days before today, or the name of that day.
    pub(super) fn days_ago(&mut self, at: usize, counted: usize, count: f64) {
        let Role::Counted(days @ 1..) = self.role(counted) else { return };
        let Some(ago) = self.ago(counted) else { return };
        let days = count * f64::from(days);
        if days.fract() != 0.0 || !(1.0..=MOST_DAYS_AGO).contains(&days) || !self.joins(counted - 1) {
            return;
        }
        let from = self.buffer.len();
        // Writing to a string cannot fail.
        let _ = match days as u32 {
            1 => write!(self.buffer, "yesterday"),
            2 => write!(self.buffer, "day-before-yesterday"),
            days => write!(self.buffer, "{days}-days-ago"),
        };
        self.push_text(EntityKind::Date, at..ago + 1, from);
    }

    /// The word behind what was counted that says it is past, with small words between.
    fn ago(&self, counted: usize) -> Option<usize> {
        let last = (counted + 1..=counted + 1 + MOST_BEFORE_AGO).find(|&at| self.role(at) == Role::Ago)?;
        (counted..last).all(|at| self.joins(at) && (at == counted || self.is_small_word(at))).then_some(last)
    }

    fn push_date(&mut self, tokens: std::ops::Range<usize>, date: Date) {
        let from = self.buffer.len();
        // Writing to a string cannot fail.
        let _ = match date.year {
            Some(year) => write!(self.buffer, "{year:04}-{:02}-{:02}", date.month, date.day),
            None => write!(self.buffer, "--{:02}-{:02}", date.month, date.day),
        };
        self.push_text(EntityKind::Date, tokens, from);
    }
}
