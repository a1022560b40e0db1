//! A YAML value that knows where it stands.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{Place, SourceText};

/// A range of bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn new(range: &Range<usize>) -> Self {
        Span { start: range.start as u32, end: range.end as u32 }
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn place(self, source: &SourceText) -> Place {
        source.place(self.range())
    }
}

/// A value of a rule file.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) span: Span,
    /// Whether a syntax error ended the file inside this value, so that what is missing in it means nothing.
    pub(crate) cut: bool,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    /// Nothing was written.
    Null,
    /// A text; `plain` where it stands without quotes, so that other YAML readers may see something else in it.
    Scalar {
        text: Cow<'a, str>,
        plain: bool,
    },
    List(Vec<Node<'a>>),
    /// Keys and values in the order of the file; equal keys are all there.
    Map(Vec<(Node<'a>, Node<'a>)>),
}

impl<'a> Node<'a> {
    pub(crate) fn new(value: Value<'a>, span: Span) -> Self {
        Node { value, span, cut: false }
    }

    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar without quotes.
    pub(crate) fn plain_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, plain: true } => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Node<'a>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a map; none for anything else.
    pub(crate) fn entries(&self) -> &[(Node<'a>, Node<'a>)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value under the first key of the given name.
    pub(crate) fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The first entry of the given name.
    pub(crate) fn entry(&self, key: &str) -> Option<&(Node<'a>, Node<'a>)> {
        self.entries().iter().find(|(name, _)| name.text() == Some(key))
    }

    /// Number of values in here, this one included, and how deep they nest (0 for a scalar).
    pub(crate) fn size(&self) -> (usize, usize) {
        let entries = self.entries().iter().flat_map(|(key, value)| [key, value]);
        let inner = self.items().iter().chain(entries).map(Node::size);
        let nests = usize::from(matches!(self.value, Value::List(_) | Value::Map(_)));
        inner.fold((1, nests), |(count, depth), (more, deep)| (count + more, depth.max(deep + nests)))
    }

    /// What kind of value it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar { .. } => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// The bytes of the file that hold the given bytes of a scalar's text: exact where the text stands in the
    /// file as it is, else the whole scalar.
    pub(crate) fn inner(&self, source: &SourceText, range: &Range<usize>) -> Span {
        let Some(text) = self.text() else { return self.span };
        let written = source.text().get(self.span.range()).unwrap_or_default();
        let offset = usize::from(written.starts_with(['"', '\'']) && !written.starts_with(text));
        let exact = written.get(offset..).is_some_and(|rest| rest.starts_with(text));
        if !exact || range.start > range.end || range.end > text.len() {
            return self.span;
        }
        let from = self.span.start as usize + offset;
        Span::new(&(from + range.start..from + range.end))
    }
}
