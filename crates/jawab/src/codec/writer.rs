use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Bytes that values are written to.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// Texts that many values share, each once.
    shared: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u64>,
    /// Texts that stand beside what is written, by their names.
    sources: FxHashMap<Arc<str>, Arc<[u8]>>,
    last: [u32; 2],
}

impl Writer {
    /// Writes a number in as few bytes as it needs.
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Writes a number of either sign; small ones are short (zigzag).
    pub(crate) fn signed(&mut self, number: i32) {
        self.number(u64::from((number << 1 ^ number >> 31) as u32));
    }

    /// Writes bytes with their number.
    pub(crate) fn stretch(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes two numbers by how far they are from those of the last call.
    pub(crate) fn steps(&mut self, numbers: [u32; 2]) {
        for (number, last) in numbers.into_iter().zip(self.last) {
            self.signed(number.wrapping_sub(last) as i32);
        }
        self.last = numbers;
    }

    /// Names a text that stands beside what is written, so that parts of it need not be written again. Of two of a name
    /// the first counts.
    pub(crate) fn source(&mut self, name: Arc<str>, text: Arc<[u8]>) {
        self.sources.entry(name).or_insert(text);
    }

    /// Writes a text that stands in a source, at best between quotes; as it is where it does not.
    pub(crate) fn quote(&mut self, text: &str, source: &str, [start, end]: [u32; 2]) {
        let stands = |from: usize, to: usize| {
            self.sources.get(source).and_then(|source| source.get(from..to)) == Some(text.as_bytes())
        };
        let (start, end) = (start as usize, end as usize);
        if stands(start, end) {
            self.number(0);
        } else if stands(start + 1, end.saturating_sub(1)) {
            self.number(1);
        } else {
            self.number(2 + text.len() as u64);
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    /// Begins a value that can be read alone.
    pub(crate) fn begin(&mut self) {
        self.last = [0; 2];
    }

    /// Writes one of the texts that many values share.
    pub(crate) fn shared(&mut self, text: &Arc<str>) {
        let next = self.shared.len() as u64;
        let number = *self.numbers.entry(Arc::clone(text)).or_insert(next);
        if number == next {
            self.shared.push(Arc::clone(text));
        }
        self.number(number);
    }

    /// Writes rows of numbers that are read in one go.
    pub(crate) fn rows<const N: usize>(&mut self, rows: impl ExactSizeIterator<Item = [u32; N]>) {
        self.number(rows.len() as u64);
        self.bytes.reserve(rows.len() * N * 4);
        rows.flatten().for_each(|number| self.bytes.extend_from_slice(&number.to_le_bytes()));
    }

    /// Writes rows of bytes as they are.
    pub(crate) fn row_bytes<const BYTES: usize>(&mut self, rows: &[[u8; BYTES]]) {
        self.number(rows.len() as u64);
        self.bytes.extend_from_slice(rows.as_flattened());
    }

    /// How many bytes are written.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes, and the texts that they share.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<Arc<str>>) {
        (self.bytes, self.shared)
    }
}
