use std::sync::OnceLock;

/// Values by their numbers, each made when it is first asked for.
///
/// Of many few are ever asked for, so room is made for [`STRETCH`] neighbours at a time.
#[derive(Debug)]
pub(crate) struct OnDemand<T> {
    stretches: Box<[OnceLock<Stretch<T>>]>,
    len: usize,
}

type Stretch<T> = Box<[OnceLock<T>; STRETCH]>;

const STRETCH: usize = 32;

impl<T> OnDemand<T> {
    /// So many values, none made yet.
    pub(crate) fn new(len: usize) -> Self {
        OnDemand { stretches: (0..len.div_ceil(STRETCH)).map(|_| OnceLock::new()).collect(), len }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The value of a number below [`OnDemand::len`].
    pub(crate) fn get(&self, number: usize, make: impl FnOnce() -> T) -> &T {
        let stretch =
            self.stretches[number / STRETCH].get_or_init(|| Box::new([const { OnceLock::new() }; STRETCH]));
        stretch[number % STRETCH].get_or_init(make)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn every_value_is_made_once_and_only_when_asked_for() {
        for len in [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH] {
            let (values, made) = (OnDemand::new(len), Cell::new(0));
            let make = |number| {
                made.set(made.get() + 1);
                number
            };
            for number in (0..len).chain(0..len).step_by(2) {
                assert_eq!(*values.get(number, || make(number)), number);
            }
            let asked: std::collections::BTreeSet<usize> = (0..len).chain(0..len).step_by(2).collect();
            assert_eq!((values.len(), made.get()), (len, asked.len()));
        }
    }
}
