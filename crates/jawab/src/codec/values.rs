//! The values that all others are made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Reader, Stored, Writer};

/// Passes over a field of a struct.
pub(crate) fn pass_field<S, T: Stored>(_: impl Fn(&S) -> &T, from: &mut Reader) -> Option<()> {
    T::pass(from)
}

macro_rules! numbers {
    ($($type:ty)*) => {
        $(impl Stored for $type {
            fn write(&self, out: &mut Writer) {
                out.number(u64::from(*self));
            }

            fn read(from: &mut Reader) -> Option<Self> {
                <$type>::try_from(from.number()?).ok()
            }
        })*
    };
}

numbers!(u8 u32 u64);

/// An index, below what the reader was told.
impl Stored for usize {
    fn write(&self, out: &mut Writer) {
        out.number(*self as u64);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.place()
    }
}

impl Stored for bool {
    fn write(&self, out: &mut Writer) {
        out.number(u64::from(*self));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        match from.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Stored for i32 {
    fn write(&self, out: &mut Writer) {
        out.signed(*self);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.signed()
    }
}

impl Stored for f64 {
    fn write(&self, out: &mut Writer) {
        out.number(self.to_bits().swap_bytes());
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let number = f64::from_bits(from.number()?.swap_bytes());
        (!number.is_nan()).then_some(number)
    }
}

impl Stored for String {
    fn write(&self, out: &mut Writer) {
        out.stretch(self.as_bytes());
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.text().map(str::to_owned)
    }

    fn pass(from: &mut Reader) -> Option<()> {
        from.text().map(drop)
    }
}

impl Stored for Box<str> {
    fn write(&self, out: &mut Writer) {
        out.stretch(self.as_bytes());
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.text().map(Box::from)
    }

    fn pass(from: &mut Reader) -> Option<()> {
        from.text().map(drop)
    }
}

/// A text that many values share.
impl Stored for Arc<str> {
    fn write(&self, out: &mut Writer) {
        out.shared(self);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        from.shared().cloned()
    }

    fn pass(from: &mut Reader) -> Option<()> {
        from.shared().map(drop)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn write(&self, out: &mut Writer) {
        self.is_some().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(if bool::read(from)? { Some(T::read(from)?) } else { None })
    }

    fn pass(from: &mut Reader) -> Option<()> {
        if bool::read(from)? { T::pass(from) } else { Some(()) }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let count = from.count()?;
        // A value is at least a byte, but may be much more in memory.
        let mut values = Vec::with_capacity(count.min(from.left() / size_of::<T>().max(1)));
        for _ in 0..count {
            values.push(T::read(from)?);
        }
        Some(values)
    }

    fn pass(from: &mut Reader) -> Option<()> {
        for _ in 0..from.count()? {
            T::pass(from)?;
        }
        Some(())
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }

    fn pass(from: &mut Reader) -> Option<()> {
        A::pass(from)?;
        B::pass(from)
    }
}

impl<T: Stored, const N: usize> Stored for [T; N] {
    fn write(&self, out: &mut Writer) {
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let values: Option<Vec<T>> = (0..N).map(|_| T::read(from)).collect();
        values?.try_into().ok()
    }

    fn pass(from: &mut Reader) -> Option<()> {
        (0..N).try_for_each(|_| T::pass(from))
    }
}

impl<K: Stored + Ord, V: Stored> Stored for BTreeMap<K, V> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for (key, value) in self {
            key.write(out);
            value.write(out);
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(Vec::<(K, V)>::read(from)?.into_iter().collect())
    }

    fn pass(from: &mut Reader) -> Option<()> {
        Vec::<(K, V)>::pass(from)
    }
}
