//! A regular expression of a pattern, checked when it is parsed, compiled when a message first needs it.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Largest compiled size of one regular expression in bytes.
pub(crate) const REGEX_BYTES: usize = 1 << 20;

/// A checked regular expression: without regard to case, `.` also crosses line breaks.
#[derive(Debug)]
pub(crate) struct Expression {
    source: Box<str>,
    /// Number and name of each named group.
    groups: Box<[(usize, Box<str>)]>,
    compiled: OnceLock<Option<Regex>>,
}

/// Why an expression cannot be used.
#[derive(Debug)]
pub(super) enum Unusable {
    Syntax(Box<regex_syntax::Error>),
    TooLarge,
    MatchesNothing,
}

impl Expression {
    /// Reads an expression. Compiling takes ten times as long and thousand times the memory, so one that is surely small
    /// enough is compiled later.
    pub(super) fn new(source: &str) -> Result<Self, Unusable> {
        let hir =
            ParserBuilder::new().case_insensitive(true).dot_matches_new_line(true).build().parse(source);
        let hir = hir.map_err(|error| Unusable::Syntax(Box::new(error)))?;
        let mut groups = Vec::new();
        named_groups(&hir, &mut groups);
        let expression =
            Expression { source: source.into(), groups: groups.into(), compiled: OnceLock::new() };
        if most_bytes(&hir) > REGEX_BYTES && expression.regex().is_none() {
            return Err(Unusable::TooLarge);
        }
        let may_be_empty = hir.properties().minimum_len() == Some(0);
        if may_be_empty && expression.regex().is_some_and(|regex| regex.is_match("")) {
            return Err(Unusable::MatchesNothing);
        }
        Ok(expression)
    }

    /// An expression that was read before; one that cannot be used matches nothing. Its groups are the caller's.
    pub(super) fn unread(source: &str) -> Self {
        Expression { source: source.into(), groups: Box::default(), compiled: OnceLock::new() }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.source
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = (usize, &str)> {
        self.groups.iter().map(|(number, name)| (*number, name.as_ref()))
    }

    /// The expression, compiled. There is one: what could be too large was compiled when it was read.
    pub(super) fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let mut builder = RegexBuilder::new(&self.source);
            builder.case_insensitive(true).dot_matches_new_line(true).size_limit(REGEX_BYTES).build().ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

fn named_groups(hir: &Hir, groups: &mut Vec<(usize, Box<str>)>) {
    match hir.kind() {
        HirKind::Capture(capture) => {
            groups.extend(capture.name.clone().map(|name| (capture.index as usize, name)));
            named_groups(&capture.sub, groups);
        }
        HirKind::Repetition(repetition) => named_groups(&repetition.sub, groups),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().for_each(|part| named_groups(part, groups));
        }
        _ => {}
    }
}

/// More bytes than an expression compiles to, by the sizes of its classes: a test compares.
fn most_bytes(hir: &Hir) -> usize {
    const NODE: usize = 512;
    const CLASS: usize = 4_096;
    const RANGE: usize = 256;
    let all = |parts: &[Hir]| parts.iter().map(most_bytes).fold(0, usize::saturating_add);
    let inner = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len().saturating_mul(128),
        HirKind::Class(Class::Unicode(class)) => CLASS + class.ranges().len() * RANGE,
        HirKind::Class(Class::Bytes(class)) => CLASS + class.ranges().len() * RANGE,
        HirKind::Capture(capture) => most_bytes(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => all(parts),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(0).max(repetition.min).saturating_add(1);
            most_bytes(&repetition.sub).saturating_mul(times as usize)
        }
    };
    inner.saturating_add(NODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the expression compiles to at most so many bytes.
    fn fits(source: &str, bytes: usize) -> bool {
        let mut builder = RegexBuilder::new(source);
        builder.case_insensitive(true).dot_matches_new_line(true).size_limit(bytes).build().is_ok()
    }

    #[test]
    fn an_expression_that_is_compiled_later_is_surely_small_enough() {
        let parts = [
            "a",
            "ß",
            "é",
            "充",
            ".",
            r"\d",
            r"\w",
            r"\W",
            r"\s",
            r"\S",
            "[a-z]",
            "[^x]",
            r"\p{L}",
            r"\p{Lu}",
            r"\p{Han}",
            r"\p{So}",
            r"\P{L}",
            r"\b",
            "^",
            "()",
            "(a|b|)",
            "[α-ω]",
            r"[\x{10000}-\x{10ffff}]",
            "(?-u:a)",
            "k",
            r"\p{Greek}",
        ];
        let around = [
            "@",
            "@@",
            "@?",
            "@*",
            "@+",
            "@{3}",
            "@{2,}",
            "@{0,7}",
            "(@|x@)",
            "(?P<n>@)-@",
            "(@?){5}",
            "((@){3}){4}",
        ];
        for part in parts {
            for around in around {
                let source = around.replace('@', part);
                let hir = ParserBuilder::new().case_insensitive(true).dot_matches_new_line(true).build();
                let Ok(hir) = { hir }.parse(&source) else { continue };
                assert!(
                    fits(&source, most_bytes(&hir)),
                    "{source} is larger than {} bytes",
                    most_bytes(&hir)
                );
            }
        }
    }

    #[test]
    fn small_expressions_are_not_compiled_when_they_are_read() {
        for source in [r"\bTRX\d{6,}\b.*belum", r"kode[- ]?(?P<code>\d+)", r"nama\w* saya"] {
            assert!(Expression::new(source).expect(source).compiled.get().is_none(), "{source}");
        }
        assert!(matches!(Expression::new(r"\w{400}"), Err(Unusable::TooLarge)));
        assert!(matches!(Expression::new("a*"), Err(Unusable::MatchesNothing)));
        assert!(Expression::new(r"\w{20}").is_ok());
    }
}
