//! Text that fits the screen; in a file, or for another program, it stays whole.

use std::borrow::Cow;

use clap::builder::styling::Style;
use console::{Term, measure_text_width, truncate_str};

/// Fewest columns that text is fitted to.
const LEAST: usize = 40;

/// The columns of the screen, as `COLUMNS` or the terminal tells; none where nothing bounds a line.
pub(crate) fn columns() -> Option<usize> {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    named.or_else(seen).map(|columns| columns.max(LEAST))
}

/// Whether texts fit beside one another.
pub(crate) fn fits(texts: &[&str]) -> bool {
    let width: usize = texts.iter().map(|text| measure_text_width(text)).sum();
    columns().is_none_or(|columns| width <= columns)
}

/// The text, with `…` for what does not fit on a line of which `taken` columns are taken.
pub(crate) fn cut(text: &str, taken: usize) -> Cow<'_, str> {
    let Some(columns) = columns() else { return text.into() };
    truncate_str(text, columns.saturating_sub(taken).max(LEAST / 2), "…")
}

/// A text in as many lines as it needs, all but the first indented.
pub(crate) fn folded(text: &str, indent: usize) -> Cow<'_, str> {
    match columns() {
        Some(columns) if measure_text_width(text) > columns => fold(text, columns, indent).into(),
        _ => text.into(),
    }
}

/// A text behind a head of its own style, in as many lines as it needs.
pub(crate) fn headed(style: Style, head: &str, text: &str) -> String {
    let whole = format!("{head}: {text}");
    let told = folded(&whole, 2);
    let rest = told.strip_prefix(head).unwrap_or(&told);
    format!("{style}{head}{style:#}{rest}")
}

fn fold(text: &str, columns: usize, indent: usize) -> String {
    let further = columns.saturating_sub(indent).max(2);
    let (mut line, mut rest) = split(text, columns);
    let mut folded = line.to_owned();
    while !rest.is_empty() {
        (line, rest) = split(rest, further);
        folded.push('\n');
        folded.push_str(&" ".repeat(indent));
        folded.push_str(line);
    }
    folded
}

/// The beginning that fits and what is left: apart at a space, or between alternatives, where such stands in the second
/// half of the line, as none does in Chinese.
fn split(text: &str, columns: usize) -> (&str, &str) {
    let fits = truncate_str(text, columns, "").len();
    let (line, rest) = text.split_at(fits);
    if rest.is_empty() || rest.starts_with(' ') {
        return (line, rest.trim_start());
    }
    match line.rfind([' ', '|']) {
        Some(end) if 2 * end > fits => (line[..=end].trim_end(), &text[end + 1..]),
        _ => (line, rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_spaces_and_chinese_where_the_screen_does() {
        let cases = [
            (
                "one two three four five six seven eight nine",
                "one two three four\n  five six seven\n  eight nine",
            ),
            (
                "储值三十万用OVO付的账号889900到晚上还没入账",
                "储值三十万用OVO付的\n  账号889900到晚上还\n  没入账",
            ),
            ("a `(one|two|three|four|five|six)` b", "a `(one|two|three|\n  four|five|six)` b"),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text, 20, 2), expected);
        }
    }
}
