//! The text of rule files, read again to show the lines that a problem is about.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use jawab::Place;

/// Larger files are not read again to be shown.
const FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Longer stretches of lines are not shown: nobody reads them.
const SHOWN_BYTES: usize = 8 * 1024;

/// How compiled rules begin: there is nothing to read in them.
const COMPILED: &[u8] = b"\x8ajawab";

/// Files by name; none of those that cannot be read as text.
#[derive(Default)]
pub(crate) struct Sources {
    files: BTreeMap<Arc<str>, Option<Vec<u8>>>,
}

/// The whole lines of a file around a place.
#[derive(Debug, PartialEq)]
pub(crate) struct Excerpt {
    /// The lines; what is no UTF-8 is replaced.
    pub(crate) text: String,
    /// The bytes of `text` that the place means.
    pub(crate) span: std::ops::Range<usize>,
}

impl Sources {
    /// The lines around a place; none where the file is gone, has changed or holds too long a line.
    pub(crate) fn excerpt(&mut self, place: &Place) -> Option<Excerpt> {
        excerpt(self.bytes(&place.file)?, place.start as usize, place.end as usize)
    }

    /// Whether the file is a text, so that lines of it can be named.
    pub(crate) fn is_text(&mut self, file: &Arc<str>) -> bool {
        self.bytes(file).is_some()
    }

    /// Line and column, from 1, of the last character of a place.
    pub(crate) fn end(&mut self, place: &Place) -> (u32, u32) {
        let fallback = (place.line, place.column);
        let range = place.start as usize..place.end as usize;
        let Some(before) = self.bytes(&place.file).and_then(|bytes| bytes.get(range)) else {
            return fallback;
        };
        let text = String::from_utf8_lossy(before);
        let last = text.trim_end_matches(['\n', '\r']);
        match last.rsplit_once('\n') {
            Some((lines, line)) => {
                let breaks = 1 + lines.matches('\n').count() as u32;
                (place.line + breaks, line.chars().count() as u32)
            }
            None => (place.line, place.column + (last.chars().count() as u32).saturating_sub(1)),
        }
    }

    fn bytes(&mut self, file: &Arc<str>) -> Option<&[u8]> {
        self.files.entry(Arc::clone(file)).or_insert_with(|| read(file)).as_deref()
    }
}

fn read(file: &str) -> Option<Vec<u8>> {
    let small = fs::metadata(file).ok()?.len() <= FILE_BYTES;
    let is_text =
        |bytes: &Vec<u8>| ![COMPILED, b"\xff\xfe", b"\xfe\xff"].iter().any(|start| bytes.starts_with(start));
    if small { fs::read(file).ok().filter(is_text) } else { None }
}

fn excerpt(bytes: &[u8], start: usize, end: usize) -> Option<Excerpt> {
    let (before, rest) = bytes.split_at_checked(start)?;
    let (marked, after) = rest.split_at_checked(end.checked_sub(start)?)?;
    let from = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let to = after.iter().position(|&byte| byte == b'\n').unwrap_or(after.len());
    let (before, after) = (before.get(from..)?, after.get(..to)?);
    let after = after.strip_suffix(b"\r").unwrap_or(after);
    if before.len() + marked.len() + after.len() > SHOWN_BYTES {
        return None;
    }
    let mut text = String::from_utf8_lossy(before).into_owned();
    let start = text.len();
    text.push_str(&String::from_utf8_lossy(marked));
    let span = start..text.len();
    text.push_str(&String::from_utf8_lossy(after));
    Some(Excerpt { text, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_the_whole_lines_around_the_place() {
        let cases: [(&[u8], usize, usize, &str, &str); 6] = [
            (b"a: 1\r\nbb: 2\r\n", 6, 8, "bb: 2", "bb"),
            (b"a: 1\nbb: 2\nc: 3\n", 5, 7, "bb: 2", "bb"),
            (b"a: 1\nbb: 2", 9, 10, "bb: 2", "2"),
            (b"a: 1\nbb: 2\n", 0, 7, "a: 1\nbb: 2", "a: 1\nbb"),
            (b"a", 1, 1, "a", ""),
            (b"a: \xff!\n", 3, 4, "a: \u{fffd}!", "\u{fffd}"),
        ];
        for (bytes, start, end, text, marked) in cases {
            let found = excerpt(bytes, start, end).unwrap();
            assert_eq!((found.text.as_str(), &found.text[found.span.clone()]), (text, marked));
        }
    }

    #[test]
    fn a_place_beyond_the_file_and_an_endless_line_have_no_excerpt() {
        assert_eq!(excerpt(b"short", 3, 9), None);
        assert_eq!(excerpt(b"short", 9, 9), None);
        assert_eq!(excerpt(&vec![b'x'; SHOWN_BYTES + 1], 0, 1), None);
    }
}
