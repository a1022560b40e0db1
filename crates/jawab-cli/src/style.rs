//! Colors and words that all commands share.

use clap::builder::styling::{AnsiColor, Style};

pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const NAME: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

/// `1 rule`, `2 rules`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Seconds as people say them: `45s`, `10m`, `1h 30m`, `2d`.
pub(crate) fn duration(seconds: u64) -> String {
    let units =
        [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let parts =
        units.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number}{unit}"));
    let said = parts.collect::<Vec<_>>().join(" ");
    if said.is_empty() { "0s".to_owned() } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_their_largest_units() {
        let cases =
            [(0, "0s"), (45, "45s"), (60, "1m"), (5400, "1h 30m"), (86_400, "1d"), (90_061, "1d 1h 1m 1s")];
        for (seconds, said) in cases {
            assert_eq!(duration(seconds), said);
        }
    }
}
