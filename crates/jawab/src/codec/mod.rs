//! Values as bytes: what a compiled rule set is written with and read from.
//!
//! Small values stand one after the other, numbers in as few bytes as they need (LEB128); large arrays are rows of 32-bit
//! numbers, little-endian, that are read in one go. Whatever the bytes are, reading ends with a value or with none: it
//! never panics, and allocates no more than a few times what is left of the bytes.

mod reader;
mod rows;
mod slots;
mod values;
mod writer;

pub(crate) use reader::{Quoted, Reader};
pub(crate) use rows::Rows;
pub(crate) use slots::{SLOT, Slots};
pub(crate) use values::pass_field;
pub(crate) use writer::Writer;

/// How a compiled rule set begins: no text does, and what changes line ends changes it.
pub(crate) const MAGIC: [u8; 8] = *b"\x8ajawab\r\n";

/// A value that can be written as bytes.
pub(crate) trait Stored: Sized {
    /// Writes the value.
    fn write(&self, out: &mut Writer);

    /// The value that stands next; none where the bytes are none.
    fn read(from: &mut Reader) -> Option<Self>;

    /// Passes over the value that stands next, without making it; none where [`Stored::read`] gives none.
    fn pass(from: &mut Reader) -> Option<()> {
        Self::read(from).map(drop)
    }
}

/// Writes the fields of a struct one after the other.
macro_rules! stored_fields {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::codec::Stored for $name {
            fn write(&self, out: &mut $crate::codec::Writer) {
                let $name { $($field),* } = self;
                $($crate::codec::Stored::write($field, out);)*
            }

            fn read(from: &mut $crate::codec::Reader) -> Option<Self> {
                Some($name { $($field: $crate::codec::Stored::read(from)?),* })
            }

            fn pass(from: &mut $crate::codec::Reader) -> Option<()> {
                $($crate::codec::pass_field(|of: &$name| &of.$field, from)?;)*
                Some(())
            }
        }
    };
}

/// Writes one of a few values as its place among them.
macro_rules! stored_one_of {
    ($name:ty, $all:expr) => {
        impl $crate::codec::Stored for $name {
            fn write(&self, out: &mut $crate::codec::Writer) {
                out.number($all.iter().position(|known| known == self).unwrap_or_default() as u64);
            }

            fn read(from: &mut $crate::codec::Reader) -> Option<Self> {
                $all.get(from.index()?).copied()
            }
        }
    };
}

pub(crate) use stored_fields;
pub(crate) use stored_one_of;

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Sample {
        name: String,
        numbers: Vec<u64>,
        nested: Option<Vec<(String, f64)>>,
        sign: i32,
        shared: Arc<str>,
    }

    stored_fields!(Sample { name, numbers, nested, sign, shared });

    fn written<T: Stored>(value: &T) -> (Vec<u8>, Vec<Arc<str>>) {
        let mut out = Writer::default();
        value.write(&mut out);
        out.finish()
    }

    fn sample() -> impl Strategy<Value = Sample> {
        let nested = proptest::option::of(proptest::collection::vec((".{0,4}", -1e9f64..1e9), 0..4));
        let parts =
            (".{0,9}", proptest::collection::vec(any::<u64>(), 0..5), nested, any::<i32>(), "[ab]{1,2}");
        parts.prop_map(|(name, numbers, nested, sign, shared)| Sample {
            name,
            numbers,
            nested,
            sign,
            shared: shared.into(),
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again_and_passed_over(value in sample()) {
            let (bytes, shared) = written(&value);
            let mut from = Reader::new(&bytes, &shared);
            prop_assert_eq!(Sample::read(&mut from), Some(value));
            prop_assert!(from.is_at_end());
            let mut from = Reader::new(&bytes, &shared);
            prop_assert_eq!(Sample::pass(&mut from), Some(()));
            prop_assert!(from.is_at_end());
        }

        #[test]
        fn any_bytes_are_read_or_refused_and_passing_agrees(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let shared = ["a".into(), "b".into()];
            let (mut read, mut passed) = (Reader::new(&bytes, &shared), Reader::new(&bytes, &shared));
            prop_assert_eq!(Sample::read(&mut read).is_some(), Sample::pass(&mut passed).is_some());
        }

        #[test]
        fn rows_are_read_as_they_were_written(rows in proptest::collection::vec(any::<[u32; 3]>(), 0..9)) {
            let mut out = Writer::default();
            out.rows(rows.iter().copied());
            let (bytes, _) = out.finish();
            prop_assert_eq!(Reader::new(&bytes, &[]).rows(|row: [u32; 3]| row), Some(rows));
        }
    }

    #[test]
    fn a_text_that_stands_in_a_source_is_two_places_and_any_other_its_bytes() {
        let source = "id: {any: ['where is it', \"a\\tb\"]}";
        let mut out = Writer::default();
        let name: Arc<str> = "r.yaml".into();
        out.source(name.clone(), source.as_bytes().into());
        out.shared(&name);
        let cases = [("id", [0, 2], 1), ("where is it", [11, 24], 1), ("a\tb", [26, 32], 4), ("", [9, 9], 1)];
        for (text, place, _) in cases {
            out.quote(text, &name, place);
        }
        let (bytes, shared) = out.finish();
        assert_eq!(bytes.len(), 1 + cases.iter().map(|(.., bytes)| bytes).sum::<usize>());
        let sources =
            Quoted { bytes: source.as_bytes(), stretches: &[Range { start: 0, end: source.len() }] };
        let mut from = Reader::new(&bytes, &shared).quoting(sources);
        let number = from.index().expect("a name");
        for (text, place, _) in cases {
            let mut passed = from.clone();
            assert_eq!(from.quote(number, place), Some(text));
            assert_eq!(passed.pass_quote(number, place), Some(()));
            assert_eq!(passed.left(), from.left());
        }
        assert!(from.is_at_end());
        for (mode, place) in [(0, [30, 99]), (0, [9, 8]), (1, [0, 0]), (1, [u32::MAX, u32::MAX]), (9, [0, 0])]
        {
            let mode = [mode];
            let mut from = Reader::new(&mode, &shared).quoting(sources);
            assert_eq!(from.clone().pass_quote(number, place), None, "{mode:?} {place:?}");
            assert_eq!(from.quote(number, place), None, "{mode:?} {place:?}");
        }
        assert_eq!(Reader::new(&[0], &shared).quote(number, [0, 0]), None, "no source");
    }

    #[test]
    fn a_length_that_the_bytes_do_not_hold_is_refused_before_anything_is_allocated() {
        let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3];
        assert_eq!(Vec::<u64>::read(&mut Reader::new(&huge, &[])), None);
        assert_eq!(String::read(&mut Reader::new(&huge, &[])), None);
        assert_eq!(Reader::new(&huge, &[]).rows(|[number]| number), None);
    }

    #[test]
    fn a_number_has_one_writing_only() {
        assert_eq!(Reader::new(&[0x80, 0x00], &[]).number(), None);
        assert_eq!(Reader::new(&[0x80, 0x01], &[]).number(), Some(128));
        assert_eq!(Reader::new(&[0xff; 11], &[]).number(), None);
    }
}
