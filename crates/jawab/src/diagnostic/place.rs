use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

/// A stretch of a rule file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The file as it was named to the loader.
    pub file: Arc<str>,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Column of the first byte in characters, from 1.
    pub column: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last one; equal to `start` where the place is a point.
    pub end: u32,
}

impl std::fmt::Display for Place {
    /// `file:line:column`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The text of one rule file, with an index of its lines.
#[derive(Debug, Clone)]
pub(crate) struct SourceText {
    name: Arc<str>,
    text: Arc<str>,
    line_starts: Vec<u32>,
}

impl SourceText {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        SourceText { name: name.into(), text: text.into(), line_starts }
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The place of the given bytes; a range beyond the text or inside a character is moved to the nearest bound.
    pub(crate) fn place(&self, bytes: Range<usize>) -> Place {
        let start = self.text.floor_char_boundary(bytes.start);
        let end = self.text.ceil_char_boundary(bytes.end.max(start));
        let line = self.line_starts.partition_point(|&from| from as usize <= start);
        let column = 1 + self.text[self.line_starts[line - 1] as usize..start].chars().count();
        Place {
            file: Arc::clone(&self.name),
            line: line as u32,
            column: column as u32,
            start: start as u32,
            end: end as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = SourceText::new("a.yaml", "a: 1\n最低: x\n");
        let place = source.place(13..14);
        assert_eq!((place.line, place.column), (2, 5));
        assert_eq!(place.to_string(), "a.yaml:2:5");
        assert_eq!(source.place(99..120).end, 15);
    }
}
