use std::ops::Range;
use std::sync::Arc;

/// Where the texts stand that values quote.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Quoted<'b> {
    pub(crate) bytes: &'b [u8],
    /// By the numbers of their names among the shared texts.
    pub(crate) stretches: &'b [Range<usize>],
}

/// Bytes that values are read from.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    shared: &'b [Arc<str>],
    sources: Quoted<'b>,
    below: usize,
    last: [u32; 2],
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8], shared: &'b [Arc<str>]) -> Self {
        Reader { bytes, shared, sources: Quoted::default(), below: 0, last: [0; 2] }
    }

    /// The same bytes, whose indices are below a number.
    pub(crate) fn below(self, below: usize) -> Self {
        Reader { below, ..self }
    }

    /// The same bytes, whose texts may be parts of others.
    pub(crate) fn quoting(self, sources: Quoted<'b>) -> Self {
        Reader { sources, ..self }
    }

    /// A text that may stand in the source whose name has a number.
    pub(crate) fn quote(&mut self, name: usize, [start, end]: [u32; 2]) -> Option<&'b str> {
        let bytes = match self.index()? {
            0 => self.stands(name, start, end),
            1 => self.stands(name, start.checked_add(1)?, end.checked_sub(1)?),
            count => self.take(count - 2),
        };
        std::str::from_utf8(bytes?).ok()
    }

    /// Passes over a text that [`Reader::quote`] gives: sources are text, so only its ends are looked at.
    pub(crate) fn pass_quote(&mut self, name: usize, [start, end]: [u32; 2]) -> Option<()> {
        match self.index()? {
            0 => self.bounds(name, start, end),
            1 => self.bounds(name, start.checked_add(1)?, end.checked_sub(1)?),
            count => std::str::from_utf8(self.take(count - 2)?).ok().map(drop),
        }
    }

    fn bounds(&self, name: usize, start: u32, end: u32) -> Option<()> {
        let Quoted { bytes, stretches } = self.sources;
        let source = bytes.get(stretches.get(name)?.clone())?;
        let within = start <= end && end as usize <= source.len();
        // A byte that goes on a character is 10xxxxxx.
        let begins = |at: u32| source.get(at as usize).is_none_or(|byte| byte & 0xC0 != 0x80);
        (within && begins(start) && begins(end)).then_some(())
    }

    fn stands(&self, name: usize, start: u32, end: u32) -> Option<&'b [u8]> {
        let Quoted { bytes, stretches } = self.sources;
        let source = bytes.get(stretches.get(name)?.clone())?;
        source.get(start as usize..end as usize)
    }

    /// An index into what the reader was told the number of.
    pub(crate) fn place(&mut self) -> Option<usize> {
        let below = self.below;
        self.index().filter(|&index| index < below)
    }

    /// A number, written in as few bytes as it needs.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<u64> {
        let (&first, rest) = self.bytes.split_first()?;
        if first < 0x80 {
            self.bytes = rest;
            return Some(u64::from(first));
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Option<u64> {
        if let &[first, second @ 1..0x80, ..] = self.bytes {
            self.bytes = self.bytes.get(2..)?;
            return Some(u64::from(first & 0x7f) | u64::from(second) << 7);
        }
        let mut number = 0;
        for (at, &byte) in self.bytes.iter().take(10).enumerate() {
            let bits = u64::from(byte & 0x7f);
            let shifted = bits << (7 * at);
            if shifted >> (7 * at) != bits {
                return None;
            }
            number |= shifted;
            if byte < 0x80 {
                self.bytes = self.bytes.get(at + 1..)?;
                return (byte > 0).then_some(number);
            }
        }
        None
    }

    /// A number that is an index.
    pub(crate) fn index(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A number of 32 bits.
    pub(crate) fn word(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A number of 32 bits, of either sign.
    pub(crate) fn signed(&mut self) -> Option<i32> {
        let number = self.word()?;
        Some((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    /// Two numbers by how far they are from those of the last call.
    pub(crate) fn steps(&mut self) -> Option<[u32; 2]> {
        let steps = [self.signed()?, self.signed()?];
        self.last = [self.last[0].wrapping_add_signed(steps[0]), self.last[1].wrapping_add_signed(steps[1])];
        Some(self.last)
    }

    /// Begins a value that can be read alone.
    pub(crate) fn begin(&mut self) {
        self.last = [0; 2];
    }

    /// How many values follow that take at least one byte each.
    pub(crate) fn count(&mut self) -> Option<usize> {
        self.index().filter(|&count| count <= self.bytes.len())
    }

    /// Bytes with their number.
    pub(crate) fn stretch(&mut self) -> Option<&'b [u8]> {
        let count = self.count()?;
        self.take(count)
    }

    pub(crate) fn text(&mut self) -> Option<&'b str> {
        std::str::from_utf8(self.stretch()?).ok()
    }

    /// One of the texts that many values share.
    pub(crate) fn shared(&mut self) -> Option<&'b Arc<str>> {
        let index = self.index()?;
        self.shared.get(index)
    }

    /// Rows of numbers, each made a value.
    pub(crate) fn rows<const N: usize, T>(&mut self, make: impl Fn([u32; N]) -> T) -> Option<Vec<T>> {
        let bytes = self.number_bytes(N)?;
        Some(bytes.chunks_exact(4 * N).map(|row| make(words(row))).collect())
    }

    /// The same where not every row is a value.
    pub(crate) fn valid_rows<const N: usize, T>(
        &mut self,
        mut make: impl FnMut([u32; N]) -> Option<T>,
    ) -> Option<Vec<T>> {
        let bytes = self.number_bytes(N)?;
        let mut rows = Vec::with_capacity(bytes.len() / (4 * N));
        for row in bytes.chunks_exact(4 * N) {
            rows.push(make(words(row))?);
        }
        Some(rows)
    }

    /// Numbers that are read in one go.
    pub(crate) fn numbers(&mut self) -> Option<Vec<u32>> {
        self.rows(|[number]| number)
    }

    /// Rows of bytes, as they stand there.
    pub(crate) fn row_bytes<const BYTES: usize>(&mut self) -> Option<&'b [u8]> {
        let bytes = self.index()?.checked_mul(BYTES)?;
        self.take(bytes)
    }

    fn number_bytes(&mut self, numbers: usize) -> Option<&'b [u8]> {
        let bytes = self.index()?.checked_mul(4 * numbers)?;
        self.take(bytes)
    }

    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len()
    }

    /// Whether everything is read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// The numbers of a row.
fn words<const N: usize>(row: &[u8]) -> [u32; N] {
    let (words, _) = row.as_chunks::<4>();
    std::array::from_fn(|at| words.get(at).map_or(0, |word| u32::from_le_bytes(*word)))
}
