//! The numbers of features by their keys.

use std::sync::Arc;

use crate::codec::{Reader, Rows, Writer};

/// Numbers by keys, in one array (an ordered hash table: Amble and Knuth 1974): the keys stand in their order, each as near
/// behind its place as those before it leave free, so a search ends at the first key that is not lower. It is looked up as
/// it stands in a file.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// How many keys there are.
    len: usize,
    slots: Rows<SLOT>,
}

/// The numbers at hand, to look up many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slots<'s> {
    slots: &'s [[u8; SLOT]],
    places: usize,
}

/// Bytes of a key and its number.
const SLOT: usize = 12;
/// The number of what is no key.
const FREE: u32 = u32::MAX;

impl Ids {
    /// Numbers the keys in their order, from 0 on. They must be good hashes, each there once.
    pub(super) fn of(keys: &[u64]) -> Self {
        let mut sorted: Vec<(u64, u32)> = keys.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        let mut slots = Vec::with_capacity(places(keys.len()) * SLOT);
        for (key, id) in sorted {
            let place = place(key, places(keys.len()));
            while slots.len() < place * SLOT {
                // What is free is not lower than any key that is sought from there on.
                push(&mut slots, u64::MAX, FREE);
            }
            push(&mut slots, key, id);
        }
        Ids { len: keys.len(), slots: Rows::own(slots) }
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
        let slots = self.slots.within(file);
        let sound = |slot: &[u8; SLOT]| {
            let (_, id) = parts(slot);
            id == FREE || (id as usize) < features
        };
        self.len == features && slots.iter().all(sound)
    }

    /// Gives them the file that they stand in.
    pub(super) fn keep(&mut self, file: &Arc<Vec<u8>>) {
        self.slots.keep(file);
    }

    pub(super) fn slots(&self) -> Slots<'_> {
        Slots { slots: self.slots.all(), places: places(self.len) }
    }
}

impl Slots<'_> {
    /// The number of a key.
    pub(super) fn id(self, key: u64) -> Option<u32> {
        let from = self.slots.get(place(key, self.places)..)?;
        let (filed, id) = from.iter().map(parts).find(|&(filed, _)| filed >= key)?;
        (filed == key && id != FREE).then_some(id)
    }

    /// All keys with their numbers.
    pub(super) fn taken(self) -> impl Iterator<Item = (u64, u32)> {
        self.slots.iter().map(parts).filter(|&(_, id)| id != FREE)
    }

    /// The keys in the order of their numbers.
    #[cfg(test)]
    pub(super) fn keys(self) -> Vec<u64> {
        let mut taken: Vec<(u64, u32)> = self.taken().collect();
        taken.sort_unstable_by_key(|&(_, id)| id);
        taken.into_iter().map(|(key, _)| key).collect()
    }
}

/// The places of so many keys: a third more, so that a search looks at two or three.
fn places(keys: usize) -> usize {
    keys.saturating_add(keys / 3)
}

/// Where the search for a key begins, in the order of the keys (Lemire 2019, "Fast random integer generation in an
/// interval").
fn place(key: u64, places: usize) -> usize {
    ((u128::from(key) * places as u128) >> 64) as usize
}

fn push(slots: &mut Vec<u8>, key: u64, id: u32) {
    slots.extend(key.to_le_bytes());
    slots.extend(id.to_le_bytes());
}

fn parts(slot: &[u8; SLOT]) -> (u64, u32) {
    let [key @ .., a, b, c, d] = *slot;
    (u64::from_le_bytes(key), u32::from_le_bytes([a, b, c, d]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Ids of such slots, as a file would hold them.
    fn stored(len: usize, slots: &[(u64, u32)]) -> Ids {
        let mut bytes = Vec::new();
        slots.iter().for_each(|&(key, id)| push(&mut bytes, key, id));
        Ids { len, slots: Rows::own(bytes) }
    }

    fn is_sound(ids: &Ids, features: usize) -> bool {
        ids.is_sound(ids.slots.all().as_flattened(), features)
    }

    fn keys() -> impl Strategy<Value = u64> {
        prop_oneof![any::<u64>(), 0..40_u64, u64::MAX - 40..=u64::MAX]
    }

    proptest! {
        #[test]
        fn every_key_has_its_number_and_others_have_none(
            known in prop::collection::hash_set(keys(), 0..200), others in prop::collection::vec(keys(), 40),
        ) {
            let known: Vec<u64> = known.into_iter().collect();
            let ids = Ids::of(&known);
            prop_assert!(is_sound(&ids, known.len()));
            for (&key, number) in known.iter().zip(0..) {
                prop_assert_eq!(ids.slots().id(key), Some(number));
            }
            for key in others {
                prop_assert_eq!(ids.slots().id(key).is_some(), known.contains(&key), "{}", key);
            }
            prop_assert_eq!(ids.slots().keys(), known);
        }

        #[test]
        fn whatever_a_file_holds_a_search_ends_with_a_feature_or_with_none(
            len in prop_oneof![0..9_usize, Just(usize::MAX)],
            slots in prop::collection::vec((keys(), prop_oneof![0..9_u32, Just(FREE)]), 0..20),
            key in keys(),
        ) {
            let ids = stored(len, &slots);
            let found = ids.slots().id(key);
            prop_assert!(found.is_none_or(|id| !is_sound(&ids, len) || (id as usize) < len));
        }
    }

    #[test]
    fn slots_that_number_other_features_are_refused() {
        assert!(is_sound(&stored(0, &[]), 0) && is_sound(&stored(1, &[(u64::MAX, FREE), (9, 0)]), 1));
        assert!(!is_sound(&stored(1, &[(9, 0)]), 2), "of another number of features");
        assert!(!is_sound(&stored(1, &[(9, 1)]), 1), "no such feature");
    }
}
