//! The syntax of patterns: text -> [`Template`].

use std::ops::Range;
use std::sync::Arc;

use super::error::{Problem, TemplateError};
use super::expression::{Expression, Unusable};

/// Deepest nesting of brackets in a pattern, and of macros in macros.
pub(crate) const NESTING: usize = 32;
/// Longest pattern in bytes.
pub(crate) const PATTERN_BYTES: usize = 4096;

/// A parsed pattern.
#[derive(Debug, Clone)]
pub(crate) enum Template {
    /// A sentence template.
    Sentence(Piece),
    /// A regular expression over the message as written.
    Regex(Arc<Expression>),
}

impl Template {
    /// A sentence without a word.
    pub(crate) fn nothing() -> Self {
        Template::Sentence(Piece::Sequence(Vec::new()))
    }
}

/// A part of a sentence template.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// Words as the author wrote them, spaces included.
    Text(String),
    /// Words that must be written exactly so.
    Exact(String),
    /// One after the other.
    Sequence(Vec<Piece>),
    /// One of them; an empty sequence among them makes the whole optional.
    Alternatives(Vec<Piece>),
    /// All of them in any order.
    AnyOrder(Vec<Piece>),
    /// `...`
    Gap,
    /// `{*name}`
    Wildcard(String),
    /// `{name}` or `{name:type}`
    Slot(SlotName),
    /// `<name>`
    Macro(Reference),
    /// `^`
    Start,
    /// `$`
    End,
}

/// A slot as a pattern names it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SlotName {
    pub(crate) name: String,
    /// The type after the colon; without one, the type of the slot's own name.
    pub(crate) type_name: Option<String>,
    pub(crate) range: Range<usize>,
}

/// A name in a pattern, with its bytes there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reference {
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
}

/// Parses a pattern.
pub(crate) fn parse(text: &str) -> Result<Template, TemplateError> {
    if text.len() > PATTERN_BYTES {
        return Err(TemplateError::new(Problem::TooLong { bytes: text.len() }, 0..text.len()));
    }
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(TemplateError::new(Problem::Empty, 0..text.len()));
    }
    match trimmed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
        Some(source) => parse_regex(source, text.len() - text.trim_start().len() + 1),
        None if is_unclosed_regex(trimmed) => {
            let start = text.len() - text.trim_start().len();
            Err(TemplateError::new(Problem::UnclosedRegex, start..start + trimmed.len()))
        }
        None => Parser { text, at: 0, depth: 0 }.template().map_err(|error| match inner_regex(text) {
            Some(range) => TemplateError::new(Problem::RegexInSentence, range),
            None => error,
        }),
    }
}

/// What looks like a regular expression behind other words of a pattern that cannot be read.
fn inner_regex(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let start = text.find(" /")? + 1;
    (text.get(start + 1..end)?.ends_with('/')).then_some(start..end)
}

fn parse_regex(source: &str, offset: usize) -> Result<Template, TemplateError> {
    let whole = offset..offset + source.len();
    let expression = Expression::new(source).map_err(|unusable| match unusable {
        Unusable::Syntax(error) => regex_error(&error, offset, whole),
        Unusable::TooLarge => TemplateError::new(Problem::RegexTooLarge, whole),
        Unusable::MatchesNothing => TemplateError::new(Problem::RegexMatchesNothing, whole),
    })?;
    Ok(Template::Regex(Arc::new(expression)))
}

/// Whether a pattern that begins with a slash is meant as a regular expression: it has what sentences have not. A mere
/// word behind a slash is a command of a bot.
fn is_unclosed_regex(text: &str) -> bool {
    let signs = [r"\b", r"\d", r"\w", r"\s", ".*", ".+", "(?", "[^", "[0-9", "[a-z", "[A-Z"];
    let Some(rest) = text.strip_prefix('/') else { return false };
    let flags =
        rest.rsplit_once('/').is_some_and(|(_, flags)| matches!(flags, "i" | "g" | "gi" | "ig" | "u" | "iu"));
    flags || signs.iter().any(|sign| rest.contains(sign))
}

/// What is wrong with an expression, and what to write instead.
fn in_words(kind: &regex_syntax::ast::ErrorKind) -> (&'static str, &'static str) {
    use regex_syntax::ast::ErrorKind as Kind;
    match kind {
        Kind::GroupUnclosed => ("its `(` is never closed", "add `)`; `\\(` is the character"),
        Kind::GroupUnopened => ("its `)` closes nothing", "add `(` or remove it; `\\)` is the character"),
        Kind::ClassUnclosed => ("its `[` is never closed", "add `]`; `\\[` is the character"),
        Kind::ClassRangeInvalid | Kind::ClassRangeLiteral => {
            ("a range in `[…]` has no order", "write the lower end first, `[a-z]`; `\\-` is the character")
        }
        Kind::EscapeUnrecognized => {
            ("what stands behind the `\\` means nothing", "remove the `\\`, or write `\\\\` to mean it")
        }
        Kind::EscapeUnexpectedEof => {
            ("nothing stands behind its last `\\`", "write `\\\\` to mean the character")
        }
        Kind::UnsupportedBackreference => {
            ("it refers back to a group", "name what may stand there again: back-references are not known")
        }
        Kind::UnsupportedLookAround => (
            "it looks around",
            "name the text around it, or exclude it by a `none` pattern: look-around is not known",
        ),
        Kind::RepetitionMissing => {
            ("nothing stands before what repeats", "put what repeats before it; `\\*` is the character")
        }
        Kind::RepetitionCountInvalid => {
            ("the first count in `{…}` is larger than the second", "write the smaller count first: `{1,2}`")
        }
        Kind::RepetitionCountUnclosed => ("its `{` is never closed", "add `}`; `\\{` is the character"),
        Kind::RepetitionCountDecimalEmpty | Kind::DecimalEmpty | Kind::DecimalInvalid => {
            ("a count in `{…}` is no number", "write whole numbers: `{2}`, `{1,3}`; `\\{` is the character")
        }
        Kind::GroupNameDuplicate { .. } => ("two groups have one name", "give each group a name of its own"),
        Kind::GroupNameEmpty | Kind::GroupNameInvalid | Kind::GroupNameUnexpectedEof => {
            ("a group has no name that can be read", "write it as `(?P<name>…)`, of letters, digits and `_`")
        }
        Kind::NestLimitExceeded(_) => ("its brackets are nested too deep", "use fewer brackets in brackets"),
        _ => MALFORMED,
    }
}

const MALFORMED: (&str, &str) =
    ("it is not well formed", "write a linear-time regular expression: no look-around, no back-references");

fn regex_error(error: &regex_syntax::Error, offset: usize, whole: Range<usize>) -> TemplateError {
    let ((problem, help), range) = match error {
        regex_syntax::Error::Parse(error) => (in_words(error.kind()), error.span()),
        regex_syntax::Error::Translate(error) => {
            let help = "name characters or classes that are known, such as `\\d`, `\\p{Han}`, `[a-z]`";
            (("it names no characters that are known", help), error.span())
        }
        _ => {
            let (problem, help) = MALFORMED;
            return TemplateError::new(Problem::Regex { problem, help }, whole);
        }
    };
    let range = offset + range.start.offset..offset + range.end.offset;
    TemplateError::new(Problem::Regex { problem, help }, range)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn template(mut self) -> Result<Template, TemplateError> {
        let piece = self.alternatives(false)?;
        match self.peek() {
            Some(found) => Err(self.unexpected(found)),
            None => Ok(Template::Sentence(piece)),
        }
    }

    /// Sequences between `|` or between `;`, up to a closing bracket.
    fn alternatives(&mut self, in_brackets: bool) -> Result<Piece, TemplateError> {
        let mut branches = vec![self.sequence()?];
        let mut separator = None;
        while let Some(found @ ('|' | ';')) = self.peek() {
            if !in_brackets || *separator.get_or_insert(found) != found {
                return Err(self.unexpected(found));
            }
            self.bump();
            branches.push(self.sequence()?);
        }
        Ok(match separator {
            None => branches.swap_remove(0),
            Some(';') => Piece::AnyOrder(branches),
            Some(_) => Piece::Alternatives(branches),
        })
    }

    fn sequence(&mut self) -> Result<Piece, TemplateError> {
        let mut pieces = Vec::new();
        while let Some(next) = self.peek() {
            pieces.push(match next {
                '|' | ';' | ')' | ']' => break,
                '(' | '[' => self.group(next)?,
                '{' => self.slot()?,
                '<' => self.macro_reference()?,
                '"' => self.exact()?,
                '^' => self.anchor(Piece::Start),
                '$' => self.anchor(Piece::End),
                '>' | '}' => return Err(self.unexpected(next)),
                _ if self.at_gap() => self.gap(),
                _ => self.words()?,
            });
        }
        Ok(if pieces.len() == 1 { pieces.swap_remove(0) } else { Piece::Sequence(pieces) })
    }

    fn group(&mut self, open: char) -> Result<Piece, TemplateError> {
        let from = self.at;
        self.bump();
        self.depth += 1;
        if self.depth > NESTING {
            return Err(TemplateError::new(Problem::TooDeep, from..self.at));
        }
        let inner = self.alternatives(true)?;
        self.close(if open == '(' { ')' } else { ']' }, from)?;
        self.depth -= 1;
        let nothing = Piece::Sequence(Vec::new());
        Ok(if open == '(' { inner } else { Piece::Alternatives(vec![inner, nothing]) })
    }

    fn close(&mut self, close: char, from: usize) -> Result<(), TemplateError> {
        match self.peek() {
            Some(found) if found == close => {
                self.bump();
                Ok(())
            }
            Some(found) => Err(self.unexpected(found)),
            None => Err(TemplateError::new(Problem::Unclosed { close }, from..from + 1)),
        }
    }

    fn slot(&mut self) -> Result<Piece, TemplateError> {
        let (inner, range) = self.bracketed('}')?;
        if let Some(name) = inner.strip_prefix('*') {
            return name_of(name, &range).map(Piece::Wildcard);
        }
        let (name, type_name) = match inner.split_once(':') {
            Some((name, type_name)) => (name, Some(name_of(type_name, &range)?)),
            None => (inner, None),
        };
        Ok(Piece::Slot(SlotName { name: name_of(name, &range)?, type_name, range }))
    }

    fn macro_reference(&mut self) -> Result<Piece, TemplateError> {
        let (inner, range) = self.bracketed('>')?;
        Ok(Piece::Macro(Reference { name: name_of(inner, &range)?, range }))
    }

    fn exact(&mut self) -> Result<Piece, TemplateError> {
        let (inner, range) = self.bracketed('"')?;
        match inner.trim() {
            "" => Err(TemplateError::new(Problem::Empty, range)),
            words => Ok(Piece::Exact(words.to_owned())),
        }
    }

    /// What stands between the bracket here and the next `close`.
    fn bracketed(&mut self, close: char) -> Result<(&str, Range<usize>), TemplateError> {
        let from = self.at + 1;
        let Some(length) = self.text[from..].find(close) else {
            return Err(TemplateError::new(Problem::Unclosed { close }, self.at..from));
        };
        self.at = from + length + 1;
        Ok((&self.text[from..from + length], from..from + length))
    }

    fn anchor(&mut self, piece: Piece) -> Piece {
        self.bump();
        piece
    }

    fn at_gap(&self) -> bool {
        self.text[self.at..].starts_with("...")
    }

    fn gap(&mut self) -> Piece {
        while self.peek() == Some('.') {
            self.bump();
        }
        Piece::Gap
    }

    /// Literal text up to the next special character.
    fn words(&mut self) -> Result<Piece, TemplateError> {
        let mut words = String::new();
        while let Some(next) = self.peek() {
            match next {
                '\\' => words.push(self.escaped()?),
                '|' | ';' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '"' | '^' | '$' => break,
                _ if self.at_gap() => break,
                _ => words.push(self.bump()),
            }
        }
        Ok(Piece::Text(words))
    }

    fn escaped(&mut self) -> Result<char, TemplateError> {
        let from = self.at;
        self.bump();
        match self.peek() {
            Some(_) => Ok(self.bump()),
            None => Err(TemplateError::new(Problem::LoneBackslash, from..from + 1)),
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> char {
        let next = self.peek().unwrap_or_default();
        self.at += next.len_utf8();
        next
    }

    fn unexpected(&self, found: char) -> TemplateError {
        TemplateError::new(Problem::Unexpected { found }, self.at..self.at + found.len_utf8())
    }
}

fn name_of(text: &str, range: &Range<usize>) -> Result<String, TemplateError> {
    let name = text.trim();
    if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return Ok(name.to_owned());
    }
    Err(TemplateError::new(Problem::BadName { name: name.to_owned() }, range.clone()))
}

impl Template {
    /// The macros that the pattern names.
    pub(crate) fn macros(&self) -> Vec<&Reference> {
        self.collect(|piece| if let Piece::Macro(reference) = piece { Some(reference) } else { None })
    }

    /// The slots that the pattern names, wildcards not among them.
    pub(crate) fn slots(&self) -> Vec<&SlotName> {
        self.collect(|piece| if let Piece::Slot(slot) = piece { Some(slot) } else { None })
    }

    /// The names under which words of a message are captured; those of its macros are theirs.
    pub(crate) fn captures(&self) -> Vec<&str> {
        if let Template::Regex(expression) = self {
            return expression.groups().map(|(_, name)| name).collect();
        }
        self.collect(|piece| match piece {
            Piece::Slot(slot) => Some(slot.name.as_str()),
            Piece::Wildcard(name) => Some(name),
            _ => None,
        })
    }

    fn collect<'t, T>(&'t self, pick: impl Fn(&'t Piece) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        if let Template::Sentence(piece) = self {
            piece.visit(&mut |piece| found.extend(pick(piece)));
        }
        found
    }
}

impl Piece {
    fn visit<'t>(&'t self, visitor: &mut dyn FnMut(&'t Piece)) {
        visitor(self);
        if let Piece::Sequence(inner) | Piece::Alternatives(inner) | Piece::AnyOrder(inner) = self {
            inner.iter().for_each(|piece| piece.visit(visitor));
        }
    }
}
