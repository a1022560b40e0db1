//! What the parser complains of, in an author's words, and what most likely caused it.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::Code;
use crate::rules::node::Span;

/// A tab that indents the line of a syntax error or one of the two after it: what the parser complains of may be
/// that it took such a line for a part of the text before it.
pub(super) fn tab_near(text: &str, at: usize) -> Option<Span> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let mut from = start;
    for line in text.get(start..)?.split_inclusive('\n').take(3) {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..indent)?.find('\t') {
            return Some(Span::new(&(from + tab..from + tab + 1)));
        }
        from += line.len();
    }
    None
}

/// The text of an entry that begins with a bracket and goes on behind it: `- [kak] depo`.
pub(super) fn text_after_bracket(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.lines().next()?;
    let before = text.get(start..at)?.trim_end();
    let entry = line.trim_start().strip_prefix("- ").or_else(|| Some(line.split_once(": ")?.1))?.trim();
    let brackets =
        entry.starts_with('[') && before.ends_with(']') || entry.starts_with('{') && before.ends_with('}');
    brackets.then_some(entry)
}

/// The text of an entry whose `-` has no space behind it.
pub(super) fn entry_without_space(text: &str, at: usize) -> Option<&str> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let alone = text.get(start..at)?.trim().is_empty();
    let entry = text.get(at..)?.lines().next()?.strip_prefix('-')?;
    (alone && !entry.starts_with(['-', ' '])).then_some(entry.trim_end())
}

/// The parser's complaint in an author's words.
pub(super) fn explain(error: &ScanError) -> (Code, String, Option<&'static str>) {
    use ErrorKind as Kind;
    let quote = "a text that holds `: ` or ` #`, or begins with a special character, goes in quotes";
    let (message, help) = match error.kind() {
        Kind::UnclosedQuotedScalar => ("the quote that opens here is never closed", "add the closing quote"),
        Kind::UnclosedFlowCollection { .. } => {
            ("the bracket that opens here is never closed", "add the closing bracket")
        }
        Kind::MismatchedFlowCollectionEnd { .. } => {
            ("this bracket does not close the one that is open", "check the pairs of brackets")
        }
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => ("a `: ` is not allowed here", quote),
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => (
            "a `,` or the closing bracket is missing before this",
            "inside brackets, a text that holds a bracket goes in quotes",
        ),
        Kind::UnknownQuotedScalarEscape => (
            "the text in double quotes holds a `\\` that means nothing there",
            "write `\\\\`, or use single quotes",
        ),
        Kind::InvalidIndentation | Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry => {
            ("the line is not indented as the lines before it", "align it with the entry it belongs to")
        }
        Kind::UnexpectedCharacter { .. } | Kind::SimpleKeyExpected => {
            return (
                Code::InvalidYaml,
                format!("this is not YAML: {}", error.info().replace('\'', "`")),
                Some(quote),
            );
        }
        _ => return (Code::InvalidYaml, format!("this is not YAML: {}", error.info()), None),
    };
    (Code::InvalidYaml, message.to_owned(), Some(help))
}
