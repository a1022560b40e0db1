//! What the parser complains of, in an author's words, and what most likely caused it.

use granit_parser::{ErrorKind, ScanError};

use crate::rules::advice::{joined_key, of_joined};
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

/// Where a key and its value are joined on the line of a syntax error or the one before it, and what is wrong there.
pub(super) fn joined_key_near(text: &str, at: usize) -> Option<(Span, &'static str, String)> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let before = text.get(..start)?.trim_end().rfind('\n').map_or(0, |end| end + 1);
    [start, before].into_iter().find_map(|from| {
        let line = text.get(from..)?.lines().next()?;
        let (name, colon) = joined_key(line)?;
        let begin = from + line.find(name)?;
        let message =
            if colon == ':' { "a key and its value are joined here" } else { "this colon is none to YAML" };
        let span = Span::new(&(begin..begin + name.len() + colon.len_utf8()));
        Some((span, message, of_joined(name, colon)))
    })
}

/// Whether the bracket that opens at `open` is left open by its author: the line that cannot be read begins a key, and
/// nothing before it says that the list goes on there.
pub(super) fn is_left_open(text: &str, open: usize, at: usize) -> bool {
    let (Some(before), Some(bracket)) =
        (text.get(open..at), text.get(open..).and_then(|rest| rest.chars().next()))
    else {
        return false;
    };
    let Some((inside, line)) = before.rsplit_once('\n') else { return false };
    let goes_on = inside.trim_end().ends_with([',', bracket]);
    let key = line.trim_start();
    let is_key =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-\"'".contains(&byte));
    matches!(bracket, '[' | '{') && !goes_on && is_key
}

/// What is wrong with a bracket that is never closed.
pub(super) fn left_open(is_list: bool) -> (&'static str, &'static str) {
    if is_list {
        ("the `[` that opens here is never closed", "add the closing `]`")
    } else {
        ("the `{` that opens here is never closed", "add the closing `}`")
    }
}

/// A space at the beginning of a key that is none to YAML, so that it indents nothing.
pub(super) fn foreign_space(key: &str) -> Option<char> {
    key.chars()
        .next()
        .filter(|&first| first != ' ' && (first.is_whitespace() || matches!(first, '\u{200b}' | '\u{feff}')))
}

const QUOTE: &str = "a text that holds `: ` or ` #`, or begins with a special character, goes in quotes";

/// The parser's complaint in an author's words.
pub(super) fn explain(error: &ScanError) -> (String, &'static str) {
    use ErrorKind as Kind;
    let (message, help) = match error.kind() {
        Kind::UnclosedQuotedScalar => ("the quote that opens here is never closed", "add the closing quote"),
        Kind::InvalidTrailingSingleQuotedScalar => (
            "more text stands behind the closing quote",
            "write `''` for a `'` inside, or put the text in double quotes",
        ),
        Kind::InvalidTrailingDoubleQuotedScalar => (
            "more text stands behind the closing quote",
            "write `\\\"` for a `\"` inside, or put the text in single quotes",
        ),
        Kind::DocumentIndicatorInQuotedScalar => {
            ("the line breaks off a text in quotes", "close the quotes before it")
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate => (
            "the text in double quotes holds a `\\` that means nothing there",
            "write `\\\\`, or use single quotes",
        ),
        Kind::UnexpectedCharacter { character } => return unexpected(*character),
        kind => structure(kind),
    };
    (message.to_owned(), help)
}

/// What is wrong with how lines, brackets and keys stand.
fn structure(kind: &ErrorKind) -> (&'static str, &'static str) {
    use ErrorKind as Kind;
    match kind {
        Kind::UnclosedFlowCollection { open } => left_open(*open == '['),
        Kind::MismatchedFlowCollectionEnd { .. } => {
            ("this bracket does not close the one that is open", "check the pairs of brackets")
        }
        Kind::MisplacedFlowCollectionEnd => {
            ("this bracket closes nothing", "remove it; a text that begins with a bracket goes in quotes")
        }
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => ("a `: ` is not allowed here", QUOTE),
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => (
            "a `,` or the closing bracket is missing before this",
            "inside brackets, a text that holds a bracket goes in quotes",
        ),
        Kind::BlockEntryInFlowCollection => {
            ("a `- ` stands inside brackets", "inside brackets, entries are parted by `,`")
        }
        Kind::BlockSequenceEntryNotAllowed => {
            ("a `- ` is not allowed here", "begin each entry on a line of its own, or put the text in quotes")
        }
        Kind::InvalidIndentation
        | Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::InvalidQuotedScalarIndent
        | Kind::InvalidFlowScalarIndent => {
            ("the line is not indented as the lines before it", "align it with the entry it belongs to")
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => {
            ("a key stands here without its `: `", "write `key: value`; an entry of a list begins with `- `")
        }
        Kind::InvalidBlockScalarHeader
        | Kind::ZeroBlockScalarIndent
        | Kind::InvalidBlockScalarIndent
        | Kind::TabAtBlockScalarStart => (
            "the text behind `|` or `>` cannot be read",
            "write it below, indented with spaces; a text that begins with `|` or `>` goes in quotes",
        ),
        Kind::TabNotAllowed
        | Kind::TabInIndentation
        | Kind::TabInBlockIndentation
        | Kind::TabInPlainScalar => ("a tab stands here", "write spaces"),
        Kind::CommentInterceptedScalar => {
            ("a comment parts this text", "put the text in quotes, or the comment before it")
        }
        Kind::BomInsideDocument => {
            ("a byte-order mark stands inside the file", "remove it; it may have come with a copied text")
        }
        _ => ("this is not YAML", QUOTE),
    }
}

fn unexpected(character: char) -> (String, &'static str) {
    if character.is_control() {
        let message = format!("the control character U+{:04X} stands here", u32::from(character));
        return (message, "remove it; it may have come with a copied text");
    }
    (format!("a text without quotes cannot begin with `{character}`"), QUOTE)
}
