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

/// Text by strangers, safe in a terminal and on one line: what moves the cursor, sets colors or turns the direction of
/// writing is shown as JSON and YAML write it, `\u001b`.
pub(crate) fn escaped(text: &str) -> String {
    let shown = text.chars().map(|letter| match letter {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        letter if steers(letter) => format!("\\u{:04x}", u32::from(letter)),
        letter => letter.to_string(),
    });
    shown.collect()
}

/// Control characters but for tabs, further ends of lines, and the marks of direction.
fn steers(letter: char) -> bool {
    let direction = matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || matches!(letter, '\u{2028}' | '\u{2029}') || (letter.is_control() && letter != '\t')
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
    fn nothing_that_steers_a_terminal_is_shown_as_it_is() {
        let cases = [
            ("gmn cara depo kak 😀 充值", "gmn cara depo kak 😀 充值"),
            ("\u{1b}[31mred\u{7}", r"\u001b[31mred\u0007"),
            ("one\ntwo\r\n\tthree", "one\\ntwo\\r\\n\tthree"),
            ("\u{9b}2J\u{7f}\u{85}", r"\u009b2J\u007f\u0085"),
            ("a\u{202e}b\u{2066}c\u{200f}d\u{2028}e", r"a\u202eb\u2066c\u200fd\u2028e"),
        ];
        for (text, shown) in cases {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn durations_are_said_in_their_largest_units() {
        let cases =
            [(0, "0s"), (45, "45s"), (60, "1m"), (5400, "1h 30m"), (86_400, "1d"), (90_061, "1d 1h 1m 1s")];
        for (seconds, said) in cases {
            assert_eq!(duration(seconds), said);
        }
    }
}
