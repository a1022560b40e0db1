//! Moments that a host passes, time zones, and the hours of a team. No clock is read.

mod hours;
mod stored;
mod zone;

pub(crate) use hours::Hours;
pub(crate) use zone::Zone;

use std::fmt::{self, Display, Formatter};

const DAY: i64 = 86_400;

/// A second, and the offset of the clock that showed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// Since 1970 in UTC.
    seconds: i64,
    zone: Zone,
}

impl Moment {
    /// Reads a date and time with its offset (RFC 3339): `2024-05-06T09:00:00+07:00`.
    pub(crate) fn parse(text: &str) -> Option<Moment> {
        Moment::parse_in(text, None)
    }

    /// The same, where a date and time without offset is that of a clock in the zone.
    pub(crate) fn parse_in(text: &str, clock: Option<Zone>) -> Option<Moment> {
        let (date, rest) = (text.get(..10)?, text.get(11..)?);
        if !matches!(text.as_bytes().get(10)?, b'T' | b't' | b' ') {
            return None;
        }
        let (time, zone) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => (rest.get(..at)?, Zone::offset(rest.get(at..)?)?),
            None => (rest, clock?),
        };
        let days = days(number(date, 0, 4)?, number(date, 5, 2)?, number(date, 8, 2)?)?;
        let separators = [date.get(4..5), date.get(7..8), time.get(2..3), time.get(5..6)];
        if separators != [Some("-"), Some("-"), Some(":"), Some(":")] || !is_fraction(time.get(8..)?) {
            return None;
        }
        let (hour, minute, second) = (number(time, 0, 2)?, number(time, 3, 2)?, number(time, 6, 2)?);
        let valid = hour < 24 && minute < 60 && second <= 60;
        let local = days * DAY + hour * 3600 + minute * 60 + second.min(59);
        valid.then(|| Moment { seconds: local - zone.seconds(), zone })
    }

    /// So many seconds later; at most a century.
    pub(crate) fn plus(self, seconds: u64) -> Moment {
        let most = 100 * 366 * DAY;
        Moment { seconds: self.seconds + i64::try_from(seconds).unwrap_or(most).min(most), ..self }
    }

    /// The zone of the clock that showed it.
    pub(crate) fn zone(self) -> Zone {
        self.zone
    }

    /// The same moment as a clock of the zone shows it.
    pub(crate) fn in_zone(self, zone: Zone) -> Moment {
        Moment { zone, ..self }
    }

    /// Seconds since Monday 00:00 on its clock.
    fn second_of_week(self) -> u32 {
        // 1 January 1970 was a Thursday.
        (self.local() + 3 * DAY).rem_euclid(7 * DAY) as u32
    }

    fn local(self) -> i64 {
        self.seconds + self.zone.seconds()
    }

    /// Hours and minutes: `09:00`.
    pub(crate) fn clock(self) -> String {
        let second = self.local().rem_euclid(DAY);
        format!("{:02}:{:02}", second / 3600, second / 60 % 60)
    }

    /// The date: `2024-05-06`.
    pub(crate) fn date(self) -> String {
        let (year, month, day) = civil(self.local().div_euclid(DAY));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Whether this comes after the other.
    pub(crate) fn is_after(self, other: Moment) -> bool {
        self.seconds > other.seconds
    }
}

impl Display for Moment {
    /// As RFC 3339 writes it.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let second = self.local().rem_euclid(60);
        write!(f, "{}T{}:{second:02}{}", self.date(), self.clock(), self.zone)
    }
}

fn number(text: &str, from: usize, len: usize) -> Option<i64> {
    let digits = text.get(from..from + len)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Minutes since midnight on a clock: `09:00`.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = (number(text, 0, 2)?, number(text, 3, 2)?);
    (text.len() == 5 && text.get(2..3) == Some(":") && minutes < 60).then_some(hours * 60 + minutes)
}

/// Nothing, or a point and digits.
fn is_fraction(text: &str) -> bool {
    let digits = text.strip_prefix('.').unwrap_or_default();
    text.is_empty() || !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Days from 1 January 1970 (Hinnant, "chrono-compatible low-level date algorithms").
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let valid = (1..=12).contains(&month) && day >= 1;
    (valid && civil(days).2 == day).then_some(days)
}

/// The date of a day counted from 1 January 1970, the inverse of [`days`].
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn moments_are_read_as_rfc_3339_writes_them() {
        let cases = [
            ("2024-05-06T09:00:00+07:00", Some("2024-05-06T09:00:00+07:00")),
            ("2024-02-29 23:59:60.25Z", Some("2024-02-29T23:59:59Z")),
            ("2023-02-29T00:00:00Z", None),
            ("2024-04-31T00:00:00Z", None),
            ("2024-05-06T09:00:00", None),
            ("2024-05-06T24:00:00Z", None),
            ("2024-05-06T09:00:00+25:00", None),
            ("2024-05-06T09:00Z", None),
            ("最2024-05-06T09:00:00Z", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Moment::parse(text).map(|moment| moment.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_time_without_offset_is_that_of_a_clock() {
        let read = |text| Moment::parse_in(text, Zone::parse("WIB")).map(|moment| moment.to_string());
        assert_eq!(read("2024-05-06T09:00:00.5").as_deref(), Some("2024-05-06T09:00:00+07:00"));
        assert_eq!(read("2024-05-06T09:00:00Z").as_deref(), Some("2024-05-06T09:00:00Z"));
        assert_eq!(read("2024-05-06T09:00:00 "), None);
    }

    #[test]
    fn a_moment_moves_over_the_end_of_a_year_and_between_zones() {
        let moment = Moment::parse("2023-12-31T23:59:30+07:00").unwrap();
        assert_eq!(moment.plus(60).to_string(), "2024-01-01T00:00:30+07:00");
        assert_eq!(
            moment.in_zone(Zone::parse("Asia/Manila").unwrap()).to_string(),
            "2024-01-01T00:59:30+08:00"
        );
        assert_eq!(moment.second_of_week(), 7 * 86_400 - 30);
    }

    proptest! {
        #[test]
        fn days_and_dates_are_inverse(day in -200_000i64..2_000_000) {
            let (year, month, date) = civil(day);
            prop_assert_eq!(days(year, month, date), Some(day));
        }

        #[test]
        fn any_text_is_a_moment_or_none(text in "[-0-9TZ:+. ]{0,30}|.{0,30}") {
            let _ = Moment::parse(&text);
        }
    }
}
