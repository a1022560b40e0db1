//! Texts in quotes that YAML takes for characters.

use super::style::texts;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::rules::Contents;

/// Quotes as word processors write them: what opens and what closes.
const QUOTES: [(char, char); 3] = [('“', '”'), ('‘', '’'), ('„', '“')];

pub(super) fn check(contents: &Contents) -> Vec<Diagnostic> {
    let said = texts(contents).flat_map(|texts| &texts.variants);
    let said = said.map(|variant| (variant.text.source(), &variant.place));
    let rules = || contents.rules.iter();
    let questions = rules().flat_map(|rule| &rule.questions).chain(&contents.settings.out_of_scope);
    let questions = questions.map(|question| (question.text.as_str(), &question.place));
    let patterns = rules().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none));
    let patterns = patterns.map(|pattern| (pattern.source.text.as_str(), &pattern.source.place));
    said.chain(questions).chain(patterns).filter_map(|(text, place)| quoted(text, place)).collect()
}

/// A text that is quoted as a whole, or opens a quote that never closes.
fn quoted(text: &str, place: &Place) -> Option<Diagnostic> {
    let text = text.trim();
    let first = text.chars().next()?;
    let &(_, close) = QUOTES.iter().find(|(open, _)| *open == first)?;
    let rest = text.get(first.len_utf8()..)?;
    let inside = rest.find(close).is_some_and(|at| at + close.len_utf8() < rest.len());
    (!inside).then(|| {
        let message = format!("`{first}` is no quote of YAML, but a part of the text");
        let warning = Diagnostic::new(Code::TypographicQuotes, place.clone(), message);
        warning.help("write `\"`, or no quotes at all")
    })
}
