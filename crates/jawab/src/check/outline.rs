//! What warnings quote.

use crate::diagnostic::Place;

/// Longest quotation in characters.
const SHOWN: usize = 80;

/// A text as messages quote it: in backticks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("`{}…`", line.get(..cut).unwrap_or_default()),
        None => format!("`{line}`"),
    }
}

/// The place of `bytes` of a text that stands at `place`, where the file writes the text as it is or in simple quotes
/// on one line; else the place of the whole text.
pub(super) fn within(place: &Place, text: &str, bytes: &std::ops::Range<usize>) -> Place {
    let written = place.end.saturating_sub(place.start) as usize;
    let quotes = match written.checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return place.clone(),
    };
    let Some(before) = text.get(..bytes.start).filter(|_| !text.contains('\n')) else { return place.clone() };
    let start = place.start + quotes + bytes.start as u32;
    Place {
        column: place.column + quotes + before.chars().count() as u32,
        start,
        end: start + bytes.len() as u32,
        ..place.clone()
    }
}
