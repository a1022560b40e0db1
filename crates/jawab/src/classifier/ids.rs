//! The numbers of features by their keys.

use std::sync::Arc;

use crate::codec::{Reader, Rows, SLOT, Slots, Writer};

/// Numbers by keys, looked up as they stand in a file.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// How many keys there are.
    len: usize,
    slots: Rows<SLOT>,
}

impl Ids {
    /// Numbers the keys in their order, from 0 on. They must be good hashes, each there once.
    pub(super) fn of(keys: &[u64]) -> Self {
        let mut sorted: Vec<(u64, u32)> = keys.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        Ids { len: keys.len(), slots: Rows::own(Slots::bytes(&sorted)) }
    }

    /// Reads where the ids stand in a file, of which the section ends there.
    pub(super) fn read(from: &mut Reader, end: usize) -> Option<Self> {
        Some(Ids { len: from.index()?, slots: Rows::read(from, end)? })
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.number(self.len as u64);
        self.slots.write(out);
    }

    /// Whether these number so many features, where they stand in the file.
    pub(super) fn is_sound(&self, file: &[u8], features: usize) -> bool {
        self.len == features && Slots::new(self.slots.within(file), self.len).is_sound(features)
    }

    /// Gives them the file that they stand in.
    pub(super) fn keep(&mut self, file: &Arc<Vec<u8>>) {
        self.slots.keep(file);
    }

    pub(super) fn slots(&self) -> Slots<'_> {
        Slots::new(self.slots.all(), self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a file with slots of these would be taken, where there are so many features.
    fn is_sound(len: usize, sorted: &[(u64, u32)], features: usize) -> bool {
        let ids = Ids { len, slots: Rows::own(Slots::bytes(sorted)) };
        ids.is_sound(ids.slots.all().as_flattened(), features)
    }

    #[test]
    fn keys_are_numbered_in_their_order() {
        let keys = [u64::MAX, 7, 1 << 40, 0];
        let ids = Ids::of(&keys);
        assert!(ids.is_sound(ids.slots.all().as_flattened(), keys.len()));
        assert_eq!(ids.slots().keys(), keys);
        assert_eq!(keys.map(|key| ids.slots().id(key)), [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(ids.slots().id(8), None);
    }

    #[test]
    fn slots_that_number_other_features_are_refused() {
        assert!(is_sound(0, &[], 0) && is_sound(1, &[(9, 0)], 1));
        assert!(is_sound(2, &[(9, 0), (u64::MAX, 1)], 2), "what is free stands between them");
        assert!(!is_sound(1, &[(9, 0)], 2), "of another number of features");
        assert!(!is_sound(1, &[(9, 1)], 1), "no such feature");
    }
}
