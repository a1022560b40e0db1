//! Dates and times in the languages of all packs.

use super::han::is_han;
use super::languages::{Calendar, LanguagePack};
use super::lexicon::{DayPart, Role};

/// Days that have a name.
pub(super) const DAYS: [&str; 28] = [
    "today",
    "yesterday",
    "tomorrow",
    "day-before-yesterday",
    "day-after-tomorrow",
    "3-days-ago",
    "in-3-days",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "last-monday",
    "last-tuesday",
    "last-wednesday",
    "last-thursday",
    "last-friday",
    "last-saturday",
    "last-sunday",
    "next-monday",
    "next-tuesday",
    "next-wednesday",
    "next-thursday",
    "next-friday",
    "next-saturday",
    "next-sunday",
];
/// The first of the days of the week, and how many there are.
const MONDAY: u8 = 7;
const WEEK: u8 = 7;

fn day_named(name: &str) -> Option<u8> {
    (0..).zip(DAYS).find(|&(_, known)| known == name).map(|(day, _)| day)
}

fn part_named(name: &str) -> DayPart {
    match name {
        "morning" => DayPart::Morning,
        "noon" => DayPart::Noon,
        "afternoon" => DayPart::Afternoon,
        _ => DayPart::Night,
    }
}

/// The part of the day in Chinese, which stands before the hour without a space, that a text ends with.
pub(super) fn han_part_at_end(text: &str) -> Option<DayPart> {
    let parts = LanguagePack::calendars().flat_map(|calendar| calendar.day_parts);
    let mut han = parts.filter(|(name, _)| name.starts_with(is_han));
    han.find(|(name, _)| text.ends_with(name)).map(|&(_, part)| part_named(part))
}

/// Every word of dates and times with what it does, but for the days that have a name.
pub(super) fn words() -> impl Iterator<Item = (&'static str, Role)> {
    LanguagePack::calendars().flat_map(words_of)
}

fn words_of(calendar: &'static Calendar) -> impl Iterator<Item = (&'static str, Role)> {
    let all = |words: &'static [&'static str], role: Role| words.iter().map(move |&word| (word, role));
    let months = calendar.months.iter().map(|&(name, month)| (name, Role::Month(month as u8)));
    let parts = calendar.day_parts.iter().map(|&(word, part)| (word, Role::DayPart(part_named(part))));
    let days =
        calendar.lone_days.iter().filter_map(|&(word, day)| Some((word, Role::LoneDay(day_named(day)?))));
    months
        .chain(all(calendar.clocks, Role::Clock))
        .chain(all(calendar.oclock, Role::OClock))
        .chain(all(calendar.days_of_month, Role::DayOfMonth))
        .chain(all(calendar.before_dates, Role::BeforeDate))
        .chain(parts)
        .chain(days)
}

/// Every way to write a day that has a name.
pub(super) fn days() -> impl Iterator<Item = (String, u8)> {
    LanguagePack::calendars().flat_map(|calendar| {
        let named = calendar.days.iter().filter_map(|&(text, name)| Some((text, day_named(name)?)));
        named.flat_map(|(text, day)| {
            let week = |ways: &'static [&'static str], weeks: u8| {
                let ways = ways.iter().filter(move |_| (MONDAY..MONDAY + WEEK).contains(&day));
                ways.map(move |way| (way.replace("{}", text), day + weeks * WEEK))
            };
            std::iter::once((text.to_owned(), day))
                .chain(week(calendar.last, 1))
                .chain(week(calendar.next, 2))
                .collect::<Vec<_>>()
        })
    })
}

/// Every way to write an hour that has a name.
pub(super) fn hours() -> impl Iterator<Item = (&'static str, u8)> {
    let hours = LanguagePack::calendars().flat_map(|calendar| calendar.hours);
    hours.map(|&(name, hour)| (name, hour as u8))
}

/// Whether a word stands between a time and the part of the day.
pub(super) fn links_part(word: &str) -> bool {
    LanguagePack::calendars().any(|calendar| calendar.part_links.contains(&word))
}

/// Whether a word stands between a day and its month.
pub(super) fn links_month(word: &str) -> bool {
    LanguagePack::calendars().any(|calendar| calendar.of.contains(&word))
}

pub(super) fn is_article(word: &str) -> bool {
    LanguagePack::calendars().any(|calendar| calendar.articles.contains(&word))
}

/// Whether a word makes the number joined to it an ordinal.
pub(super) fn is_ordinal(word: &str) -> bool {
    LanguagePack::calendars().any(|calendar| calendar.ordinals.contains(&word))
}

/// Whether minutes behind a word are past the hour before it, or to it.
pub(super) fn sign_of_minutes(word: &str) -> Option<i32> {
    let mut minutes = LanguagePack::calendars().flat_map(|calendar| calendar.minutes);
    minutes.find(|(known, _)| *known == word).map(|&(_, sign)| sign as i32)
}

/// Whether minutes before a word are past the hour behind it, or to it.
pub(super) fn sign_of_hour(word: &str) -> Option<i32> {
    let mut links = LanguagePack::calendars().flat_map(|calendar| calendar.hour_links);
    links.find(|(known, _)| *known == word).map(|&(_, sign)| sign as i32)
}

/// A year of 366 days, for dates that name none.
pub(super) const LEAP_YEAR: u32 = 2000;

/// Days of a month.
pub(super) fn days_in(month: u32, year: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_name_what_there_is() {
        for calendar in LanguagePack::calendars() {
            for (text, name) in calendar.days.iter().chain(calendar.lone_days) {
                assert!(day_named(name).is_some(), "{text}");
            }
            for (text, part) in calendar.day_parts {
                assert!(["morning", "noon", "afternoon", "night"].contains(part), "{text}");
            }
            assert!(calendar.months.iter().all(|&(_, month)| (1.0..=12.0).contains(&month)));
        }
    }
}
