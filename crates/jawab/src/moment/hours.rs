use super::{Moment, Zone, minutes};

const DAY: u32 = 86_400;
const WEEK: u32 = 7 * DAY;
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// When a team works: stretches of the week in seconds since Monday 00:00, in order, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hours(Vec<(u32, u32)>);

impl Hours {
    /// Reads `Mon-Fri 09:00-17:00`; days and times may be several, joined by commas, and times may cross midnight.
    /// The error is the advice.
    pub(crate) fn parse(lines: &[&str]) -> Result<Hours, &'static str> {
        let mut stretches = Vec::new();
        for line in lines {
            let (days, times) = line
                .trim()
                .split_once(char::is_whitespace)
                .ok_or("write days and times: `Mon-Fri 09:00-17:00`")?;
            for day in self::days(days)? {
                for time in times.split(',') {
                    let (from, until) = self::times(time.trim())?;
                    stretches.extend(wrapped(day * DAY + from, day * DAY + until));
                }
            }
        }
        Ok(Hours(joined(stretches)))
    }

    /// The stretches of the week.
    pub(super) fn stretches(&self) -> &Vec<(u32, u32)> {
        &self.0
    }

    /// The hours of such stretches; none where they are not in order or reach beyond the week.
    pub(super) fn from_stretches(stretches: Vec<(u32, u32)>) -> Option<Hours> {
        let bounds = || stretches.iter().flat_map(|&(from, until)| [from, until]);
        (bounds().is_sorted() && bounds().all(|second| second <= WEEK)).then_some(Hours(stretches))
    }

    /// Whether the team works then, by a clock of the zone, else by the moment's own.
    pub(crate) fn are_open(&self, moment: Moment, zone: Option<Zone>) -> bool {
        let second = local(moment, zone).second_of_week();
        self.0.iter().any(|&(from, until)| from <= second && second < until)
    }

    /// When the team works next: the moment itself where it works then.
    pub(crate) fn opening(&self, moment: Moment, zone: Option<Zone>) -> Moment {
        let moment = local(moment, zone);
        if self.are_open(moment, None) {
            return moment;
        }
        let second = moment.second_of_week();
        let wait = self.0.iter().map(|&(from, _)| (from + WEEK - second) % WEEK).min();
        moment.plus(u64::from(wait.unwrap_or(0)))
    }
}

fn local(moment: Moment, zone: Option<Zone>) -> Moment {
    zone.map_or(moment, |zone| moment.in_zone(zone))
}

fn days(text: &str) -> Result<Vec<u32>, &'static str> {
    let mut days = Vec::new();
    for part in text.split(',') {
        let (from, until) = part.split_once('-').unwrap_or((part, part));
        let (from, until) = (day(from)?, day(until)?);
        days.extend((0..=(until + 7 - from) % 7).map(|ahead| (from + ahead) % 7));
    }
    Ok(days)
}

fn day(text: &str) -> Result<u32, &'static str> {
    let text = text.trim().to_ascii_lowercase();
    let named = DAYS.iter().zip(0..).find(|(name, _)| text.len() >= 3 && name.starts_with(text.as_str()));
    named.map(|(_, day)| day).ok_or("days are `Mon`, `Tue`, `Wed`, `Thu`, `Fri`, `Sat`, `Sun`")
}

fn times(text: &str) -> Result<(u32, u32), &'static str> {
    const ADVICE: &str = "write two different times from 00:00 to 24:00: `09:00-17:00`";
    let (from, until) = text.split_once('-').ok_or(ADVICE)?;
    match (clock(from.trim()), clock(until.trim())) {
        (Some(from), Some(until)) if from < until => Ok((from, until)),
        (Some(from), Some(until)) if from > until && from < DAY => Ok((from, until + DAY)),
        _ => Err(ADVICE),
    }
}

fn clock(text: &str) -> Option<u32> {
    let seconds = minutes(text)? as u32 * 60;
    (seconds <= DAY).then_some(seconds)
}

/// A stretch that ends after Sunday goes on on Monday.
fn wrapped(from: u32, until: u32) -> impl Iterator<Item = (u32, u32)> {
    let rest = until.checked_sub(WEEK).filter(|rest| *rest > 0).map(|rest| (0, rest));
    [Some((from, until.min(WEEK))), rest].into_iter().flatten()
}

fn joined(mut stretches: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    stretches.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, until) in stretches {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(hours: &[&str], time: &str) -> String {
        let zone = Zone::parse("+07:00");
        Hours::parse(hours).unwrap().opening(Moment::parse(time).unwrap(), zone).to_string()
    }

    #[test]
    fn a_team_works_now_or_at_its_next_opening() {
        let office: &[&str] = &["Mon-Fri 09:00-17:00", "Sat 09:00-12:00,13:00-15:00"];
        let cases: [(&[&str], &str, &str); 7] = [
            (office, "2024-05-06T09:00:00+07:00", "2024-05-06T09:00:00+07:00"),
            (office, "2024-05-06T17:00:00+07:00", "2024-05-07T09:00:00+07:00"),
            (office, "2024-05-11T12:30:00+07:00", "2024-05-11T13:00:00+07:00"),
            (office, "2024-05-11T16:00:00+07:00", "2024-05-13T09:00:00+07:00"),
            (office, "2024-05-06T03:00:00Z", "2024-05-06T10:00:00+07:00"),
            (&["Fri-Sun 22:00-06:00"], "2024-05-13T05:59:00+07:00", "2024-05-13T05:59:00+07:00"),
            (&["Mon-Sun 00:00-24:00"], "2024-05-12T23:59:59+07:00", "2024-05-12T23:59:59+07:00"),
        ];
        for (hours, time, expected) in cases {
            assert_eq!(opening(hours, time), expected, "{hours:?} at {time}");
        }
    }

    #[test]
    fn what_names_no_hours_is_refused_with_advice() {
        for text in [
            "",
            "09:00-17:00",
            "Mon",
            "Mon-Fri",
            "Mo 09:00-17:00",
            "Mon 9-17",
            "Mon 09:00-09:00",
            "Mon 25:00-26:00",
        ] {
            assert!(Hours::parse(&[text]).is_err(), "{text}");
        }
    }
}
