use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Bytes that values are written to.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// Texts that many values share, each once.
    shared: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u64>,
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

    /// Writes bytes with their number.
    pub(crate) fn stretch(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes two numbers by how far they are from those of the last call.
    pub(crate) fn steps(&mut self, numbers: [u32; 2]) {
        for (number, last) in numbers.into_iter().zip(self.last) {
            let step = number.wrapping_sub(last) as i32;
            self.number(u64::from((step << 1 ^ step >> 31) as u32));
        }
        self.last = numbers;
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

    /// How many bytes are written.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes, and the texts that they share.
    pub(crate) fn finish(self) -> (Vec<u8>, Vec<Arc<str>>) {
        (self.bytes, self.shared)
    }
}
