//! Times of day.

use std::fmt::Write as _;

use super::{Finder, Role};
use crate::text::calendar::HAN_DAY_PARTS;
use crate::text::lexicon::DayPart;
use crate::text::token::{EntityKind, TokenKind};

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

impl Finder<'_> {
    /// The time that a number is part of.
    pub(super) fn time(&mut self, at: usize) {
        let Some(mut clock) = parse(self.surface(at)) else { return };
        let mut end = at + 1;
        let chinese = self.chinese_minutes(at, &mut clock, &mut end);
        let (start, mut part) = self.before_time(at);
        if let Some((after, found)) = self.day_part_after(end) {
            (end, part) = (after, Some(found));
        }
        let said = chinese || part.is_some() || start < at || clock.sure && !self.is_money(at);
        // "2 jam" is how long, not when; so is "2 jam 5 menit".
        let lasting = !chinese && start == at && self.role(end) == Role::Clock && self.joins(end - 1);
        if said && !lasting && end > at {
            let hour = hour_of_day(clock.hour, part);
            self.push_time(start..end, hour, clock.minute);
            // For patterns that name the word themselves: `jam {time}`.
            if start < at && self.role(start) == Role::Clock {
                self.push_time(at..end, hour, clock.minute);
            }
        }
    }

    /// `3点`, `3点半`, `3点30分`: moves the end past them.
    fn chinese_minutes(&self, at: usize, clock: &mut Clock, end: &mut usize) -> bool {
        if clock.sure || !matches!(self.surface(at + 1), "点" | "點" | "时") || !self.joins(at) {
            return false;
        }
        *end = at + 2;
        if self.surface(*end) == "半" {
            clock.minute = 30;
            *end += 1;
        } else if let Some(minute) = self.small(*end).filter(|&minute| minute < 60 && self.joins(at + 1)) {
            clock.minute = minute;
            *end += 1 + usize::from(self.surface(at + 3) == "分");
        }
        true
    }

    /// Where the words before a time begin ("jam", 下午), and the part of the day that they name.
    fn before_time(&self, at: usize) -> (usize, Option<DayPart>) {
        let before = self.before(at);
        if let Some(&(_, part)) = HAN_DAY_PARTS.iter().find(|(name, _)| before.ends_with(name)) {
            return (at.saturating_sub(2), Some(part));
        }
        let clock = at.checked_sub(1).filter(|&clock| self.role(clock) == Role::Clock && self.joins(clock));
        let lasting = |clock: usize| {
            clock.checked_sub(1).is_some_and(|number| {
                self.joins(number)
                    && self.tokens.get(number).is_some_and(|token| token.kind == TokenKind::Number)
            })
        };
        (clock.filter(|&clock| !lasting(clock)).unwrap_or(at), None)
    }

    /// The part of the day after a time, with the Filipino linker: "3 ng hapon".
    fn day_part_after(&self, end: usize) -> Option<(usize, DayPart)> {
        let linked = end + usize::from(self.surface(end) == "ng");
        match self.role(linked) {
            Role::DayPart(part) if self.joins(end - 1) && (linked == end || self.joins(end)) => {
                Some((linked + 1, part))
            }
            _ => None,
        }
    }

    /// Whether `10.30` is an amount: with a currency or a scale.
    fn is_money(&self, at: usize) -> bool {
        let unit = |role| matches!(role, Role::Currency | Role::Scale(_));
        let before = at.checked_sub(1).is_some_and(|before| unit(self.role(before)));
        let point = self.surface(at).contains('.');
        let symbol = self.before(at).ends_with(['₱', '$', '¥', '€', '£']);
        point && (before || symbol || unit(self.role(at + 1)))
    }

    fn push_time(&mut self, tokens: std::ops::Range<usize>, hour: u32, minute: u32) {
        let from = self.buffer.len();
        // Writing to a string cannot fail.
        let _ = write!(self.buffer, "{hour:02}:{minute:02}");
        self.push_text(EntityKind::Time, tokens, from);
    }
}
