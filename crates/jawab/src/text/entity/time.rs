//! Times of day.

use std::fmt::Write as _;

use super::{Finder, Role};
use crate::text::calendar::{han_part_at_end, is_article, links_part, sign_of_hour, sign_of_minutes};
use crate::text::lexicon::DayPart;
use crate::text::token::{EntityKind, TokenKind};

/// Minutes of a day.
const DAY: u32 = 24 * 60;
/// `5 p.m.`
const LETTERS: [(&str, DayPart); 2] = [("a", DayPart::Morning), ("p", DayPart::Afternoon)];

/// Hour and minute as written, and whether the writing itself says that it is a time.
#[derive(Clone, Copy)]
struct Clock {
    hour: u32,
    minute: u32,
    sure: bool,
}

/// `10`, `10:30`, `22.15`, `10:30:05`.
fn parse(text: &str) -> Option<Clock> {
    let colon = text.contains(':');
    let mut parts = text.split(if colon { ':' } else { '.' });
    let hour = parts.next().filter(|hour| hour.len() <= 2)?.parse().ok()?;
    let minute = parts.next();
    let valid = minute.is_none_or(|minute| minute.len() == 2) && (colon || parts.next().is_none());
    let clock =
        Clock { hour, minute: minute.map_or(Some(0), |minute| minute.parse().ok())?, sure: minute.is_some() };
    (valid && clock.hour <= 24 && clock.minute < 60).then_some(clock)
}

/// The hour on a clock of 24 hours.
fn hour_of_day(hour: u32, part: Option<DayPart>) -> u32 {
    match (part, hour) {
        (Some(DayPart::Morning | DayPart::Night), 12) | (_, 24) => 0,
        (Some(DayPart::Afternoon), 1..=11)
        | (Some(DayPart::Noon), 1..=4)
        | (Some(DayPart::Night), 6..=11) => hour + 12,
        _ => hour,
    }
}

/// What is said around an hour.
struct Around {
    /// The first token: the word for the clock, if there is one.
    start: usize,
    /// `setengah 3`: half an hour before it.
    half: bool,
    part: Option<DayPart>,
}

impl Finder<'_> {
    /// The time that a number is part of.
    pub(super) fn time(&mut self, at: usize) {
        if let Some(clock) = parse(self.surface(at)) {
            self.time_around(at, at + 1, clock);
        }
    }

    /// The time that a word for a number is part of: `alas tres`, 下午三点.
    pub(super) fn spoken_time(&mut self, at: usize) {
        let (han, sum) = (self.is_han(at), self.sum(at));
        let oclock = sum.is_some_and(|sum| self.role(sum.end) == Role::OClock);
        let clock = at.checked_sub(1).is_some_and(|clock| self.role(clock) == Role::Clock);
        if !han && !oclock && (!clock || self.surface(at - 1) == "at") {
            return;
        }
        let Some(sum) = sum.filter(|sum| sum.value <= 24.0 && sum.value.fract() == 0.0) else {
            return;
        };
        self.time_around(at, sum.end, Clock { hour: sum.value as u32, minute: 0, sure: false });
    }

    /// "half past three", "quarter to 5".
    pub(super) fn part_of_hour(&mut self, at: usize, part: f64) -> Option<usize> {
        let sign = sign_of_hour(self.surface(at + 1)).filter(|_| self.joins(at) && self.joins(at + 1))?;
        let hour = self
            .sum(at + 2)
            .filter(|hour| (1.0..=12.0).contains(&hour.value) && hour.value.fract() == 0.0)?;
        let (end, day_part) =
            self.day_part_after(hour.end).map_or((hour.end, None), |(to, part)| (to, Some(part)));
        let minute = hour_of_day(hour.value as u32, day_part) * 60 + DAY;
        self.push_time(at..end, minute.saturating_add_signed(sign * (part * 60.0) as i32) % DAY);
        Some(end)
    }

    fn time_around(&mut self, at: usize, after: usize, mut clock: Clock) {
        let mut end = after;
        let chinese = self.chinese_minutes(at, &mut clock, &mut end);
        let mut around = self.before_time(at);
        let spoken = around.start < at;
        let mut offset = if around.half { -30 } else { 0 };
        if let Some((to, minutes)) = self.minutes_after(end).filter(|_| spoken && !clock.sure) {
            (end, offset) = (to, minutes);
        }
        let oclock = self.role(end) == Role::OClock && self.joins(end - 1);
        end += usize::from(oclock);
        if let Some((to, found)) = self.day_part_after(end) {
            (end, around.part) = (to, Some(found));
        }
        let said = chinese || oclock || around.part.is_some() || spoken || clock.sure && !self.is_money(at);
        // "2 jam" is how long, not when; so is "2 jam 5 menit".
        let lasting = !chinese && !spoken && !oclock && self.role(end) == Role::Clock && self.joins(end - 1);
        if said && !lasting && end > at {
            let minute = hour_of_day(clock.hour, around.part) * 60 + clock.minute + DAY;
            let minute = minute.saturating_add_signed(offset) % DAY;
            self.push_time(around.start..end, minute);
            // For patterns that name the word themselves: `jam {time}`.
            if around.start + 1 == at && self.role(around.start) == Role::Clock {
                self.push_time(at..end, minute);
            }
        }
    }

    /// `3点`, `3点半`, `3点一刻`, `3点30分`, 三点二十分: moves the end past them.
    fn chinese_minutes(&self, at: usize, clock: &mut Clock, end: &mut usize) -> bool {
        let hour = *end;
        if clock.sure || !matches!(self.surface(hour), "点" | "點" | "时") || !self.joins(hour - 1) {
            return false;
        }
        *end = hour + 1;
        let minute = self.count(*end).filter(|_| self.joins(hour));
        match (self.surface(*end), minute) {
            ("半", _) => (clock.minute, *end) = (30, *end + 1),
            (_, Some((quarters, to))) if quarters < 4 && self.surface(to) == "刻" => {
                (clock.minute, *end) = (quarters * 15, to + 1);
            }
            // 三点五 may be a number.
            (_, Some((minute, to))) if minute < 60 && (self.surface(to) == "分" || minute > 9) => {
                (clock.minute, *end) = (minute, to + usize::from(self.surface(to) == "分"));
            }
            ("钟" | "整", _) => *end += 1,
            // 一点 also means a bit, 三点 three points: a number in characters is an hour only where it stands alone.
            _ => return !self.is_han(at) || self.is_alone(at..*end, true),
        }
        true
    }

    /// The words before a time ("jam", 下午), and the part of the day that they name.
    fn before_time(&self, at: usize) -> Around {
        let before = self.before(at);
        if let Some(part) = han_part_at_end(before) {
            return Around { start: at.saturating_sub(2), half: false, part: Some(part) };
        }
        let joined = |at: usize| at.checked_sub(1).filter(|&before| self.joins(before));
        let half = joined(at).filter(|&half| self.role(half) == Role::Part(0.5));
        let clock = joined(half.unwrap_or(at)).filter(|&clock| self.role(clock) == Role::Clock);
        let lasting = |number: usize| {
            let digits = self.tokens.get(number).is_some_and(|token| token.kind == TokenKind::Number);
            digits || self.surface(number + 1) != "at" && matches!(self.role(number), Role::Number(_))
        };
        let Some(start) = clock.filter(|&clock| !joined(clock).is_some_and(lasting)) else {
            return Around { start: at, half: false, part: None };
        };
        // "tadi malam sekitar jam 11".
        let near = |at: usize| joined(at).and_then(|part| self.day_part(part));
        let part = near(start).or_else(|| joined(start).and_then(near));
        Around { start, half: half.is_some(), part }
    }

    fn day_part(&self, at: usize) -> Option<DayPart> {
        if let Role::DayPart(part) = self.role(at) { Some(part) } else { None }
    }

    /// `lewat 15`, `kurang 10`, `kurang seperempat`: minutes past the hour or to it, and the token after them.
    fn minutes_after(&self, end: usize) -> Option<(usize, i32)> {
        let sign = sign_of_minutes(self.surface(end)).filter(|_| self.joins(end - 1))?;
        let part = if let Role::Part(part) = self.role(end + 1) { Some(part * 60.0) } else { None };
        let number = part.map(|minutes| (minutes, end + 2));
        let (minutes, to) = number.or_else(|| self.sum(end + 1).map(|sum| (sum.value, sum.end)))?;
        (self.joins(end) && minutes < 60.0).then(|| (to, sign * minutes as i32))
    }

    /// The part of the day after a time: "3 ng hapon", "12 tengah malam", `5 p.m.`
    fn day_part_after(&self, end: usize) -> Option<(usize, DayPart)> {
        let joined = |at: usize| self.joins(at.saturating_sub(1));
        if let Some(&(_, part)) = LETTERS.iter().find(|(letter, _)| *letter == self.surface(end))
            && self.surface(end + 1) == "m"
            && matches!(self.between(end), "." | ". ")
        {
            return joined(end).then_some((end + 2, part));
        }
        let linked = end + usize::from(links_part(self.surface(end)) && self.joins(end));
        let linked =
            linked + usize::from(linked > end && is_article(self.surface(linked)) && self.joins(linked));
        self.day_part(linked).filter(|_| joined(end)).map(|part| (linked + 1, part))
    }

    /// Whether `10.30` is an amount: with a currency or a scale.
    fn is_money(&self, at: usize) -> bool {
        let unit = |role| matches!(role, Role::Currency | Role::Scale(_));
        let point = self.surface(at).contains('.');
        point && (self.currency_before(at).is_some() || unit(self.role(at + 1)))
    }

    fn push_time(&mut self, tokens: std::ops::Range<usize>, minute: u32) {
        let (hour, minute, from) = (minute / 60, minute % 60, self.buffer.len());
        // Writing to a string cannot fail.
        let _ = write!(self.buffer, "{hour:02}:{minute:02}");
        self.push_text(EntityKind::Time, tokens, from);
    }
}
