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

/// The text of one rule file, with an index of its lines and characters.
#[derive(Debug, Clone)]
pub(crate) struct SourceText {
    name: Arc<str>,
    text: Arc<str>,
    line_starts: Vec<u32>,
    /// Characters that begin before every `STEP`th byte: a file may be one line.
    characters: Vec<u32>,
}

const STEP: usize = 256;

impl SourceText {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts = std::iter::once(0).chain(breaks.map(|(at, _)| at as u32 + 1)).collect();
        let counts = text.as_bytes().chunks(STEP).map(characters);
        let characters =
            counts.scan(0, |before, count| Some(std::mem::replace(before, *before + count))).collect();
        SourceText { name: name.into(), text: text.into(), line_starts, characters }
    }

    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn shared(&self) -> &Arc<str> {
        &self.text
    }

    /// The place of the given bytes; a range beyond the text or inside a character is moved to the nearest bound.
    pub(crate) fn place(&self, bytes: Range<usize>) -> Place {
        let start = self.text.floor_char_boundary(bytes.start);
        let end = self.text.ceil_char_boundary(bytes.end.max(start));
        let line = self.line_starts.partition_point(|&from| from as usize <= start);
        let from = self.line_starts.get(line.saturating_sub(1)).map_or(0, |&from| from as usize);
        let mark = u32::from(line == 1 && start > 0 && self.text.starts_with('\u{feff}'));
        Place {
            file: Arc::clone(&self.name),
            line: line as u32,
            column: 1 + self.characters_before(start) - self.characters_before(from) - mark,
            start: start as u32,
            end: end as u32,
        }
    }

    fn characters_before(&self, at: usize) -> u32 {
        let step = at / STEP;
        let rest = self.text.as_bytes().get(step * STEP..at).unwrap_or_default();
        self.characters.get(step).map_or_else(|| self.all_characters(), |before| before + characters(rest))
    }

    fn all_characters(&self) -> u32 {
        let last = self.characters.len().saturating_sub(1) * STEP;
        let rest = self.text.as_bytes().get(last..).unwrap_or_default();
        self.characters.last().copied().unwrap_or_default() + characters(rest)
    }
}

/// Characters that begin in a stretch of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0xC0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = SourceText::new("a.yaml", "a: 1\n最低: x\n");
        let place = source.place(13..14);
        assert_eq!((place.line, place.column), (2, 5));
        assert_eq!(place.to_string(), "a.yaml:2:5");
        assert_eq!(source.place(99..120).end, 15);
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = SourceText::new("a.yaml", "\u{feff}a: 1\n");
        assert_eq!(
            (source.place(0..0).column, source.place(3..4).column, source.place(6..7).column),
            (1, 1, 4)
        );
    }

    proptest! {
        #[test]
        fn lines_and_columns_are_those_of_counting(text in "(?s)[aé最\n]{0,700}", at in 0usize..2_000) {
            let at = text.floor_char_boundary(at);
            let before = &text[..at];
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let place = SourceText::new("a.yaml", &text).place(at..at);
            prop_assert_eq!((place.line as usize, place.column as usize), (before.matches('\n').count() + 1, column));
        }
    }
}
