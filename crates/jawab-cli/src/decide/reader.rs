//! Lines of input in batches, each with its number.

use std::io::{self, BufRead, BufReader, Read};

/// Longest line that is kept; of a longer one only this much.
pub(super) const LINE_BYTES: usize = 64 * 1024 * 1024;
/// How much is read at once; a batch is the lines that end in it.
const READ_BYTES: usize = 1024 * 1024;

/// A line as it came in.
#[derive(Debug, PartialEq)]
pub(super) struct RawLine {
    /// Its number, from 1.
    pub(super) number: u64,
    /// Its bytes without the line's end.
    pub(super) bytes: Vec<u8>,
    /// Whether it was longer than what is kept.
    pub(super) cut: bool,
}

/// Input split into lines.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    number: u64,
    bytes_read: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Lines { input: BufReader::with_capacity(READ_BYTES, input), number: 0, bytes_read: 0 }
    }

    /// How many bytes were read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Replaces the batch by the next lines: as many as can be had without waiting. False at the end of the input.
    pub(super) fn next_batch(&mut self, batch: &mut Vec<RawLine>) -> io::Result<bool> {
        batch.clear();
        while let Some(line) = self.next_line()? {
            batch.push(line);
            if !self.input.buffer().contains(&b'\n') {
                break;
            }
        }
        Ok(!batch.is_empty())
    }

    fn next_line(&mut self) -> io::Result<Option<RawLine>> {
        let mut bytes = Vec::new();
        let read = self.input.by_ref().take(LINE_BYTES as u64).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        let cut = read == LINE_BYTES && !bytes.ends_with(b"\n");
        let skipped = if cut { self.input.skip_until(b'\n')? } else { 0 };
        self.bytes_read += (read + skipped) as u64;
        self.number += 1;
        without_end(&mut bytes);
        Ok(Some(RawLine { number: self.number, bytes, cut }))
    }
}

fn without_end(line: &mut Vec<u8>) {
    line.pop_if(|byte| *byte == b'\n');
    line.pop_if(|byte| *byte == b'\r');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Vec<String> {
        let (mut lines, mut batch, mut found) = (Lines::new(input), Vec::new(), Vec::new());
        while lines.next_batch(&mut batch).unwrap() {
            found.extend(
                batch.iter().map(|line| format!("{} {}", line.number, String::from_utf8_lossy(&line.bytes))),
            );
        }
        found
    }

    #[test]
    fn every_line_is_counted_the_last_one_too() {
        assert_eq!(all(b""), [""; 0]);
        assert_eq!(all(b"\n"), ["1 "]);
        assert_eq!(all(b"a\r\n\nb"), ["1 a", "2 ", "3 b"]);
    }

    #[test]
    fn a_batch_ends_where_waiting_would_begin() {
        let slow = b"a\nb\nc".chain(&b"d\n"[..]);
        let (mut lines, mut batch) = (Lines::new(slow), Vec::new());
        assert!(lines.next_batch(&mut batch).unwrap());
        assert_eq!(batch.len(), 2);
        assert!(lines.next_batch(&mut batch).unwrap());
        assert_eq!(batch, [RawLine { number: 3, bytes: b"cd".to_vec(), cut: false }]);
    }

    #[test]
    fn an_endless_line_is_cut_and_the_next_one_is_whole() {
        let long = io::repeat(b'x').take(LINE_BYTES as u64 + 9).chain(&b"\nnext\n"[..]);
        let (mut lines, mut batch) = (Lines::new(long), Vec::new());
        assert!(lines.next_batch(&mut batch).unwrap());
        assert!(batch[0].cut && batch[0].bytes.len() == LINE_BYTES);
        while batch.last().is_none_or(|line| line.number < 2) {
            assert!(lines.next_batch(&mut batch).unwrap());
        }
        assert_eq!(batch.last().map(|line| line.bytes.as_slice()), Some(&b"next"[..]));
    }
}
