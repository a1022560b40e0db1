//! Patterns that cost more than they should.

use super::outline::quoted;
use crate::diagnostic::{Code, Diagnostic};
use crate::pattern::{Template, required_literals};
use crate::rules::{Contents, Pattern};

/// Finds regular expressions that have to run on every message.
pub(super) fn check(contents: &Contents) -> Vec<Diagnostic> {
    let patterns = contents.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none));
    patterns.filter_map(without_literal).collect()
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
