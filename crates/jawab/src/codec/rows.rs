use std::ops::Range;
use std::sync::Arc;

use super::{Reader, Writer};

/// Rows of so many bytes that stay where they stand: in a compiled file, or in bytes of their own. A large table costs no
/// copy then, only a look at each row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows<const BYTES: usize> {
    file: Arc<Vec<u8>>,
    stretch: Range<usize>,
}

impl<const BYTES: usize> Rows<BYTES> {
    /// Rows in bytes of their own.
    pub(crate) fn own(bytes: Vec<u8>) -> Self {
        Rows { stretch: 0..bytes.len(), file: Arc::new(bytes) }
    }

    /// Rows in a file of which the reader reads a section that ends there; [`Rows::keep`] gives them the file.
    pub(crate) fn read(from: &mut Reader, end: usize) -> Option<Self> {
        let bytes = from.row_bytes::<BYTES>()?.len();
        let end = end - from.left();
        Some(Rows { file: Arc::default(), stretch: end - bytes..end })
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.row_bytes(self.all());
    }

    /// The rows, once they have their file.
    pub(crate) fn all(&self) -> &[[u8; BYTES]] {
        self.within(&self.file)
    }

    /// The rows in their file, while others write to it.
    pub(crate) fn within<'f>(&self, file: &'f [u8]) -> &'f [[u8; BYTES]] {
        file.get(self.stretch.clone()).unwrap_or_default().as_chunks().0
    }

    /// Gives the rows the file that they stand in.
    pub(crate) fn keep(&mut self, file: &Arc<Vec<u8>>) {
        self.file = Arc::clone(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_a_file_as_they_were_written() {
        let rows = Rows::<3>::own(vec![1, 2, 3, 4, 5, 6]);
        let mut out = Writer::default();
        out.number(7);
        rows.write(&mut out);
        out.number(8);
        let (file, _) = out.finish();
        let mut from = Reader::new(&file, &[]);
        from.number().expect("what stands before");
        let mut again = Rows::<3>::read(&mut from, file.len()).expect("rows");
        assert_eq!(from.number(), Some(8));
        assert_eq!(again.all(), [[0; 3]; 0]);
        assert_eq!(again.within(&file), rows.all());
        again.keep(&Arc::new(file));
        assert_eq!(again.all(), [[1, 2, 3], [4, 5, 6]]);
    }

    #[test]
    fn rows_that_are_not_there_are_none() {
        for bytes in
            [&[2, 1, 2, 3, 4, 5][..], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], &[]]
        {
            assert!(Rows::<3>::read(&mut Reader::new(bytes, &[]), bytes.len()).is_none(), "{bytes:?}");
        }
    }
}
