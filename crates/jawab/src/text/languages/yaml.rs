//! The small strict part of YAML that language packs are written in: maps, lists and texts, nothing else. It names no other
//! part of the crate: the build script reads tables with it.

use granit_parser::{Event, Parser, ScanError, Span};

/// A value of a pack file; every scalar is text as written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::text) enum Node {
    Text(Box<str>),
    List(Vec<Node>),
    Map(Vec<(Box<str>, Node)>),
}

/// Packs nest four deep; far more is a mistake.
const DEPTH: usize = 12;

pub(in crate::text) fn parse(text: &str) -> Result<Node, String> {
    let mut parser = Parser::new_from_str(text);
    let first = next(&mut parser)?;
    node(&mut parser, first, DEPTH)
}

/// The next event that stands for data.
fn next<'a, P>(parser: &mut P) -> Result<Event<'a>, String>
where
    P: Iterator<Item = Result<(Event<'a>, Span), ScanError>>,
{
    for event in parser {
        let (event, _) = event.map_err(|error| error.to_string())?;
        let data = matches!(
            event,
            Event::Scalar(..)
                | Event::SequenceStart(..)
                | Event::SequenceEnd
                | Event::MappingStart(..)
                | Event::MappingEnd
                | Event::Alias(..)
        );
        if data {
            return Ok(event);
        }
    }
    Err("the file ends too early".to_owned())
}

fn node<'a, P>(parser: &mut P, event: Event<'a>, depth: usize) -> Result<Node, String>
where
    P: Iterator<Item = Result<(Event<'a>, Span), ScanError>>,
{
    if depth == 0 {
        return Err("nested too deep".to_owned());
    }
    match event {
        Event::Scalar(text, ..) => Ok(Node::Text(text.into())),
        Event::SequenceStart(..) => items(parser, depth),
        Event::MappingStart(..) => entries(parser, depth),
        other => Err(format!("unexpected {other:?}")),
    }
}

fn items<'a, P>(parser: &mut P, depth: usize) -> Result<Node, String>
where
    P: Iterator<Item = Result<(Event<'a>, Span), ScanError>>,
{
    let mut items = Vec::new();
    loop {
        match next(parser)? {
            Event::SequenceEnd => return Ok(Node::List(items)),
            event => items.push(node(parser, event, depth - 1)?),
        }
    }
}

fn entries<'a, P>(parser: &mut P, depth: usize) -> Result<Node, String>
where
    P: Iterator<Item = Result<(Event<'a>, Span), ScanError>>,
{
    let mut entries = Vec::new();
    loop {
        let key = match next(parser)? {
            Event::MappingEnd => return Ok(Node::Map(entries)),
            Event::Scalar(key, ..) => Box::from(key),
            other => return Err(format!("unexpected {other:?} as a key")),
        };
        let event = next(parser)?;
        entries.push((key, node(parser, event, depth - 1)?));
    }
}

/// A key and its text.
pub(in crate::text) type Pair = (Box<str>, Box<str>);

pub(in crate::text) fn map(value: Node) -> Result<Vec<(Box<str>, Node)>, String> {
    match value {
        Node::Map(entries) => Ok(entries),
        other => Err(format!("a map is wanted, not {other:?}")),
    }
}

pub(in crate::text) fn list(value: Node) -> Result<Vec<Node>, String> {
    match value {
        Node::List(items) => Ok(items),
        other => Err(format!("a list is wanted, not {other:?}")),
    }
}

pub(in crate::text) fn string(value: Node) -> Result<Box<str>, String> {
    match value {
        Node::Text(text) => Ok(text),
        other => Err(format!("a text is wanted, not {other:?}")),
    }
}

pub(in crate::text) fn strings_by_key(value: Node) -> Result<Vec<Pair>, String> {
    map(value)?.into_iter().map(|(key, value)| Ok((key, string(value)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Node {
        Node::Text(text.into())
    }

    #[test]
    fn maps_lists_and_texts_are_read_as_written() {
        let read = parse("a: {k: 1000}\nb: [no, 充值] # comment\nc:\n  - 'x y'\n").expect("valid");
        let expected = Node::Map(vec![
            ("a".into(), Node::Map(vec![("k".into(), text("1000"))])),
            ("b".into(), Node::List(vec![text("no"), text("充值")])),
            ("c".into(), Node::List(vec![text("x y")])),
        ]);
        assert_eq!(read, expected);
    }

    #[test]
    fn what_packs_do_not_use_is_refused() {
        for source in ["", "a: &x 1\nb: *x", "[a]: b", "a: [b", "[[[[[[[[[[[[[a]]]]]]]]]]]]]"] {
            assert!(parse(source).is_err(), "{source}");
        }
    }
}
