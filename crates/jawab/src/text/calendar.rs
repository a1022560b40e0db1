//! Words of dates and times, in the languages of the packs.

use super::lexicon::{DayPart, Role};

/// Days that have a name; the first of each row is the standard form.
pub(super) const DAYS: [(&str, &[&str]); 14] = [
    ("today", &["today", "hari ini", "harini", "ngayong araw", "今天", "今日"]),
    ("yesterday", &["yesterday", "kemarin", "kemaren", "kmrn", "kahapon", "昨天", "昨日"]),
    ("tomorrow", &["tomorrow", "tmrw", "besok", "bsk", "bukas ng", "明天", "明日"]),
    ("day-before-yesterday", &["day before yesterday", "kemarin lusa", "kamakalawa", "前天"]),
    ("day-after-tomorrow", &["day after tomorrow", "lusa", "后天"]),
    ("3-days-ago", &["大前天"]),
    ("in-3-days", &["大后天"]),
    ("monday", &["monday", "senin", "lunes", "星期一", "周一"]),
    ("tuesday", &["tuesday", "selasa", "martes", "星期二", "周二"]),
    ("wednesday", &["wednesday", "rabu", "miyerkules", "星期三", "周三"]),
    ("thursday", &["thursday", "kamis", "huwebes", "星期四", "周四"]),
    ("friday", &["friday", "jumat", "jum at", "biyernes", "星期五", "周五"]),
    ("saturday", &["saturday", "sabtu", "sabado", "星期六", "周六"]),
    ("sunday", &["sunday", "ahad", "hari minggu", "linggo ng", "星期日", "星期天", "周日"]),
];

const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan", "enero"],
    &["februari", "february", "feb", "pebruari", "pebrero"],
    &["maret", "march", "marso"],
    &["april", "apr", "abril"],
    &["mei", "may", "mayo"],
    &["juni", "june", "jun", "hunyo"],
    &["juli", "july", "jul", "hulyo"],
    &["agustus", "august", "aug", "agu", "agt", "agosto"],
    &["september", "sept", "sep", "setyembre"],
    &["oktober", "october", "oct", "okt", "oktubre"],
    &["november", "nov", "nopember", "nobyembre"],
    &["desember", "december", "dec", "des", "disyembre"],
];

const CLOCKS: [&str; 5] = ["jam", "pukul", "pkl", "alas", "at"];
const DAYS_OF_MONTH: [&str; 2] = ["tanggal", "tgl"];

const DAY_PARTS: [(&str, DayPart); 20] = [
    ("am", DayPart::Morning),
    ("pagi", DayPart::Morning),
    ("subuh", DayPart::Morning),
    ("umaga", DayPart::Morning),
    ("siang", DayPart::Noon),
    ("tanghali", DayPart::Noon),
    ("pm", DayPart::Afternoon),
    ("sore", DayPart::Afternoon),
    ("hapon", DayPart::Afternoon),
    ("malam", DayPart::Night),
    ("gabi", DayPart::Night),
    ("kagabi", DayPart::Night),
    ("dini", DayPart::Morning),
    ("morning", DayPart::Morning),
    ("noon", DayPart::Noon),
    ("afternoon", DayPart::Afternoon),
    ("evening", DayPart::Afternoon),
    ("tonight", DayPart::Night),
    ("night", DayPart::Night),
    ("midnight", DayPart::Night),
];

/// Words between a time and the part of the day.
pub(super) const LINKERS: [&str; 5] = ["ng", "sa", "tengah", "in", "at"];

/// Words between the hour and minutes, and whether those are past it or to it.
pub(super) const MINUTES: [(&str, i32); 3] = [("lewat", 1), ("lebih", 1), ("kurang", -1)];

/// Parts of the day in Chinese, which stand before the hour without a space.
pub(super) const HAN_DAY_PARTS: [(&str, DayPart); 11] = [
    ("上午", DayPart::Morning),
    ("早上", DayPart::Morning),
    ("凌晨", DayPart::Morning),
    ("中午", DayPart::Noon),
    ("下午", DayPart::Afternoon),
    ("晚上", DayPart::Night),
    ("今晚", DayPart::Night),
    ("昨晚", DayPart::Night),
    ("明晚", DayPart::Night),
    ("今早", DayPart::Morning),
    ("明早", DayPart::Morning),
];

/// Every word of dates and times with what it does, but for the days that have a name.
pub(super) fn words() -> impl Iterator<Item = (&'static str, Role)> {
    let months = MONTHS
        .iter()
        .zip(1..)
        .flat_map(|(names, month)| names.iter().map(move |&name| (name, Role::Month(month))));
    let clocks = CLOCKS.iter().map(|&word| (word, Role::Clock));
    let days_of_month = DAYS_OF_MONTH.iter().map(|&word| (word, Role::DayOfMonth));
    let parts = DAY_PARTS.iter().map(|&(word, part)| (word, Role::DayPart(part)));
    months.chain(clocks).chain(days_of_month).chain(parts)
}

/// Every way to write a day that has a name.
pub(super) fn days() -> impl Iterator<Item = (&'static str, u8)> {
    DAYS.iter().zip(0..).flat_map(|((_, names), day)| names.iter().map(move |&name| (name, day)))
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
