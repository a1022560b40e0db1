//! A regular expression of a pattern, checked when it is parsed, compiled when a message first needs it.

use std::sync::OnceLock;

use regex::{CaptureLocations, Regex, RegexBuilder, bytes};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::nearby::halves;

/// Largest compiled size of one regular expression in bytes.
pub(crate) const REGEX_BYTES: usize = 1 << 20;

/// A checked regular expression: without regard to case, `.` also crosses line breaks.
#[derive(Debug)]
pub(crate) struct Expression {
    source: Box<str>,
    /// Number and name of each named group.
    groups: Box<[(usize, Box<str>)]>,
    compiled: OnceLock<Option<Regex>>,
    /// The same for messages of ASCII alone, which are most: without the classes of Unicode it takes a fifth of the memory,
    /// and finds the same there. None where it names characters that are not of ASCII.
    ascii: OnceLock<Option<bytes::Regex>>,
    /// What stands before and after its only `.*`, see [`halves`].
    halves: OnceLock<Option<Box<[Expression; 2]>>>,
}

/// Where the groups of an expression were found last.
#[derive(Debug, Default)]
pub(super) struct Groups {
    unicode: Option<CaptureLocations>,
    ascii: Option<bytes::CaptureLocations>,
    in_ascii: bool,
}

impl Groups {
    /// The bytes of a group.
    pub(super) fn get(&self, group: usize) -> Option<(usize, usize)> {
        if self.in_ascii { self.ascii.as_ref()?.get(group) } else { self.unicode.as_ref()?.get(group) }
    }
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
        let expression = Expression { groups: groups.into(), ..Expression::unread(source) };
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
        Expression {
            source: source.into(),
            groups: Box::default(),
            compiled: OnceLock::new(),
            ascii: OnceLock::new(),
            halves: OnceLock::new(),
        }
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

    /// Where it is found first from a place on; `ascii` tells whether the message is of ASCII alone.
    pub(super) fn find(&self, message: &str, ascii: bool, from: usize) -> Option<(usize, usize)> {
        if let Some(regex) = self.in_ascii(ascii) {
            return regex.find_at(message.as_bytes(), from).map(|found| (found.start(), found.end()));
        }
        self.regex()?.find_at(message, from).map(|found| (found.start(), found.end()))
    }

    /// The same, with where its groups are.
    pub(super) fn find_groups(
        &self,
        message: &str,
        ascii: bool,
        from: usize,
        groups: &mut Groups,
    ) -> Option<(usize, usize)> {
        let regex = self.in_ascii(ascii);
        groups.in_ascii = regex.is_some();
        if let Some(regex) = regex {
            let locations = groups.ascii.get_or_insert_with(|| regex.capture_locations());
            let found = regex.captures_read_at(locations, message.as_bytes(), from)?;
            return Some((found.start(), found.end()));
        }
        let regex = self.regex()?;
        let locations = groups.unicode.get_or_insert_with(|| regex.capture_locations());
        regex.captures_read_at(locations, message, from).map(|found| (found.start(), found.end()))
    }

    fn in_ascii(&self, ascii: bool) -> Option<&bytes::Regex> {
        // Without regard to case, U+017F and U+212A are the letters `s` and `k`: what may name them is left to Unicode.
        let may_name = || [r"\x", r"\u", r"\U"].iter().any(|escape| self.source.contains(escape));
        let compile = || {
            if !self.source.is_ascii() || may_name() {
                return None;
            }
            let mut builder = bytes::RegexBuilder::new(&self.source);
            builder.unicode(false).case_insensitive(true).dot_matches_new_line(true);
            builder.size_limit(REGEX_BYTES).build().ok()
        };
        if ascii { self.ascii.get_or_init(compile).as_ref() } else { None }
    }

    /// What stands before its only `.*` and after it.
    pub(super) fn halves(&self) -> Option<&[Expression; 2]> {
        let halves = || halves(&self.source).map(|parts| Box::new(parts.map(Expression::unread)));
        self.halves.get_or_init(halves).as_deref()
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
    fn in_ascii_all_is_found_as_in_unicode() {
        let sources = [
            r"\bTRX-?\d{4,}\b",
            r"(?P<a>\w+)@(?P<b>[^@ ]+)",
            r"s\S*\s+(?P<k>k\W?)",
            r"[^a-y]{3}$",
            "^.{2,5}",
            r"(?m)^no\b.*(?P<end>x|y)$",
            "[k-s]+[[:punct:]]",
            r"\D\B.\w",
            "[^\\xE9]é?K",
            "(?i-s:a.b)|充|[α-ω]",
            r"\p{Lu}\P{L}",
            "(?u:\\w)(?-u:\\w)?!",
            "ſ\\w",
            r"\x{17f}|\u212A\b",
            "[[:^alpha:]]{2}",
            "[^[:^ascii:]]+",
            r"[\W\D&&[^k]]+",
            r"[\S--s]+",
        ];
        let messages = [
            "trx1234 and TRX-99999x",
            "me@x.com, You@y.org",
            "Sok k! sk\tK-",
            "zz!\nno more X\nno Y",
            "",
            "  a\nb aXb\u{7f} \u{0}",
            "K kk s. qs; E!",
        ];
        for source in sources {
            let expression = Expression::new(source).expect(source);
            for message in messages {
                let found = [true, false].map(|ascii| {
                    let mut groups = Groups::default();
                    let all = expression.find_groups(message, ascii, 0, &mut groups);
                    assert_eq!(all, expression.find(message, ascii, 0), "{source} in {message:?}");
                    (all, [1, 2].map(|group| all.and_then(|_| groups.get(group))))
                });
                assert_eq!(found[0], found[1], "{source} in {message:?}");
            }
        }
        assert!(Expression::new("[α-ω]").expect("a class").in_ascii(true).is_none());
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
