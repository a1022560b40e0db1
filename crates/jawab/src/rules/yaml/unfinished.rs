//! Nodes while a file is read: what they hold so far, and where they end.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ScalarStyle;

use crate::rules::node::{Node, Span, Value};

/// How far before a value its tag is looked for.
const TAG_BYTES: usize = 256;

/// Where a tag stands that is written shortly before a value.
pub(super) fn before(text: &str, value: usize, tag: &str) -> Option<Range<usize>> {
    let from = text.floor_char_boundary(value.saturating_sub(TAG_BYTES));
    let at = from + text.get(from..value)?.rfind(tag)?;
    Some(at..at + tag.len())
}

/// What ends where the file cannot be read further may go on behind it.
pub(super) fn cut_ends(root: &mut Node<'_>) {
    let mut last = Some(root);
    while let Some(node) = last.filter(|node| matches!(node.value, Value::List(_) | Value::Map(_))) {
        node.cut = true;
        last = match &mut node.value {
            Value::List(items) => items.last_mut(),
            Value::Map(entries) => entries.last_mut().map(|(_, value)| value),
            _ => None,
        };
    }
}

/// A scalar; an empty plain one is nothing.
pub(super) fn scalar(text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Node<'_> {
    let plain = style == ScalarStyle::Plain;
    let value = if plain && span.start == span.end { Value::Null } else { Value::Scalar { text, plain } };
    Node::new(value, span)
}

/// The last entry of a list, the last value of a map; with it, its key is no longer what its author meant.
pub(super) fn last_of<'n, 'a>(node: &'n mut Node<'a>) -> Option<&'n mut Node<'a>> {
    match &mut node.value {
        Value::List(items) => items.last_mut(),
        Value::Map(entries) => entries.last_mut().map(|(key, value)| {
            key.cut = true;
            value
        }),
        _ => None,
    }
}

pub(super) fn push<'a>(map: &mut Node<'a>, key: Node<'a>, value: Node<'a>) {
    if let Value::Map(entries) = &mut map.value {
        entries.push((key, value));
    }
}

/// Where a list or map ends: block ones are ended by what follows them, which is no part of them.
pub(super) fn end_of(node: &Node<'_>, end: Span) -> u32 {
    let last = match &node.value {
        Value::List(items) => items.last().map(|item| item.span.end),
        Value::Map(entries) => entries.last().map(|(_, value)| value.span.end),
        _ => None,
    };
    if end.start == end.end { last.unwrap_or(node.span.end) } else { end.end }
}
