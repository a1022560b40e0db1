//! Patterns that cost more than they should.

use super::outline::quoted;
use crate::diagnostic::{Code, Diagnostic};
use crate::pattern::{Template, required_literals};
use crate::rules::{Contents, Pattern};

/// Finds regular expressions that have to run on every message, and words that were meant as one.
pub(super) fn check(contents: &Contents) -> Vec<Diagnostic> {
    let patterns = contents.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none));
    patterns.filter_map(|pattern| without_literal(pattern).or_else(|| unclosed(pattern))).collect()
}

fn without_literal(pattern: &Pattern) -> Option<Diagnostic> {
    let Template::Regex(regex) = &pattern.template else { return None };
    if !required_literals(regex.as_str()).clauses.is_empty() {
        return None;
    }
    let message = format!(
        "{} names no text of three letters or more, so it runs on every message",
        quoted(&pattern.source.text)
    );
    let warning = Diagnostic::new(Code::RegexWithoutLiteral, pattern.source.place.clone(), message);
    Some(warning.help("add a word that every match holds, or use a slot such as `{number}`"))
}

fn unclosed(pattern: &Pattern) -> Option<Diagnostic> {
    let Template::Sentence(_) = &pattern.template else { return None };
    let text = pattern.source.text.trim();
    let ends = text.ends_with('/') && !text.ends_with("\\/");
    if text.starts_with('/') == ends {
        return None;
    }
    let message = format!("{} is read as words, not as a regular expression", quoted(&pattern.source.text));
    let warning = Diagnostic::new(Code::UnclosedRegex, pattern.source.place.clone(), message);
    Some(warning.help("a regular expression begins and ends with `/`; for the sign itself, write `\\/`"))
}
