use std::fmt::{self, Display, Formatter};

use super::minutes;

/// A fixed offset from UTC, in minutes to the east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Zone(i16);

/// Zones of the region that have had one offset for decades (IANA time zone database, 2024a), and the names that
/// Indonesians use.
const NAMES: &[(&str, i16)] = &[
    ("UTC", 0),
    ("WIB", 420),
    ("WITA", 480),
    ("WIT", 540),
    ("Asia/Jakarta", 420),
    ("Asia/Pontianak", 420),
    ("Asia/Makassar", 480),
    ("Asia/Jayapura", 540),
    ("Asia/Manila", 480),
    ("Asia/Shanghai", 480),
    ("Asia/Hong_Kong", 480),
    ("Asia/Macau", 480),
    ("Asia/Taipei", 480),
    ("Asia/Singapore", 480),
    ("Asia/Kuala_Lumpur", 480),
    ("Asia/Kuching", 480),
    ("Asia/Brunei", 480),
    ("Asia/Bangkok", 420),
    ("Asia/Ho_Chi_Minh", 420),
    ("Asia/Phnom_Penh", 420),
    ("Asia/Vientiane", 420),
    ("Asia/Yangon", 390),
    ("Asia/Dili", 540),
    ("Asia/Tokyo", 540),
    ("Asia/Seoul", 540),
    ("Asia/Dhaka", 360),
    ("Asia/Kolkata", 330),
    ("Asia/Dubai", 240),
    ("Asia/Riyadh", 180),
    ("Asia/Qatar", 180),
    ("Asia/Kuwait", 180),
];

impl Zone {
    /// A name of the table, or an offset: `Asia/Jakarta`, `+07:00`.
    pub(crate) fn parse(text: &str) -> Option<Zone> {
        let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        named.map(|&(_, minutes)| Zone(minutes)).or_else(|| Zone::offset(text))
    }

    /// `Z`, `+07:00`, `-03:30`.
    pub(super) fn offset(text: &str) -> Option<Zone> {
        if matches!(text, "Z" | "z") {
            return Some(Zone(0));
        }
        let minutes = minutes(text.get(1..)?)? as i32;
        match text.as_bytes().first()? {
            b'+' => Zone::from_minutes(minutes),
            b'-' => Zone::from_minutes(-minutes),
            _ => None,
        }
    }

    /// The names that are known.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
        NAMES.iter().map(|(name, _)| *name)
    }

    pub(super) fn minutes(self) -> i32 {
        i32::from(self.0)
    }

    /// The offset of so many minutes, less than a day.
    pub(super) fn from_minutes(minutes: i32) -> Option<Zone> {
        i16::try_from(minutes).ok().filter(|minutes| minutes.abs() < 24 * 60).map(Zone)
    }

    pub(super) fn seconds(self) -> i64 {
        i64::from(self.0) * 60
    }
}

impl Display for Zone {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (sign, minutes) = (if self.0 < 0 { '-' } else { '+' }, self.0.unsigned_abs());
        if minutes == 0 {
            f.write_str("Z")
        } else {
            write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_names_of_the_region_or_offsets() {
        let cases = [
            ("Asia/Jakarta", Some("+07:00")),
            ("wib", Some("+07:00")),
            ("+05:30", Some("+05:30")),
            ("-03:00", Some("-03:00")),
            ("Z", Some("Z")),
            ("UTC", Some("Z")),
            ("Europe/Berlin", None),
            ("+7", None),
            ("+07:60", None),
            ("+24:00", None),
            ("+07.00", None),
            ("07:00", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Zone::parse(text).map(|zone| zone.to_string()).as_deref(), expected, "{text}");
        }
    }
}
