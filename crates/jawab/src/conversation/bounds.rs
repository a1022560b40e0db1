//! What keeps every part of a state small.

use std::collections::VecDeque;
use std::io;

use serde::Serialize;
use serde_json::{Map, Value};

/// Counts the bytes that are written to it.
struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes of a value in JSON.
pub(super) fn json_size(value: &impl Serialize) -> usize {
    let mut counter = Counter(0);
    serde_json::to_writer(&mut counter, value).map_or(usize::MAX / 2, |()| counter.0)
}

/// Bytes of a text in JSON between its quotes, counted without writing it.
pub(super) fn written(text: &str) -> usize {
    let longer = |byte: &u8| 5 * u8::from(*byte < b' ') + u8::from(matches!(byte, b'"' | b'\\'));
    // 48 bytes add 240 at most, which fits into a byte: many are added in one instruction.
    let parts = text.as_bytes().chunks(48);
    text.len() + parts.map(|part| usize::from(part.iter().map(longer).sum::<u8>())).sum::<usize>()
}

/// Adds an item and drops the oldest where there are `most` already.
pub(super) fn push<T>(queue: &mut VecDeque<T>, most: usize, item: T) {
    if queue.len() == most {
        queue.pop_front();
    }
    queue.push_back(item);
}

/// The beginning of a text, in one line, without characters that JSON writes at length.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let end = text.floor_char_boundary(most);
    let start = text.get(..end).unwrap_or_default();
    // Without an early end, so that a processor looks at many bytes at once.
    let controls = start.bytes().fold(false, |seen, byte| seen | may_be_control(byte));
    let mut short = if controls { start.replace(char::is_control, " ") } else { start.to_owned() };
    if end < text.len() {
        short.push('…');
    }
    short
}

/// Whether a byte is a control character, or may begin one.
fn may_be_control(byte: u8) -> bool {
    byte.is_ascii_control() || byte == 0xc2
}

/// Deepest nesting of a fact that is kept: readers of JSON refuse what nests twice as deep.
const DEEPEST: usize = 64;

/// The facts that fit into so many bytes of JSON, in the order of their names.
pub(super) fn kept_facts(facts: &Map<String, Value>, most: usize) -> Map<String, Value> {
    let mut left = most;
    let mut kept = Map::new();
    for (name, value) in facts {
        let size = json_size(name) + json_size(value) + ":,".len();
        if size <= left && nesting(value) <= DEEPEST {
            left -= size;
            kept.insert(name.clone(), value.clone());
        }
    }
    kept
}

/// How many lists and objects stand in one another.
fn nesting(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(nesting).max().unwrap_or(0),
        Value::Object(facts) => 1 + facts.values().map(nesting).max().unwrap_or(0),
        _ => 0,
    }
}
