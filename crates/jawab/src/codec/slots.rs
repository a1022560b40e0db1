//! Numbers by keys, looked up where they stand. It names no other part of the crate: the build script writes tables with it.

/// Numbers by keys, in one array (an ordered hash table: Amble and Knuth 1974): the keys stand in their order, each as near
/// behind its place as those before it leave free, so a search ends at the first key that is not lower.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slots<'s> {
    slots: &'s [[u8; SLOT]],
    places: usize,
}

/// Bytes of a key and its number.
pub(crate) const SLOT: usize = 12;
/// Keys that are looked up together.
const TOGETHER: usize = 16;
/// How far behind its place a key may stand: good hashes of a billion keys stand no farther than fifty.
const FARTHEST: usize = 256;
/// The number of what is no key.
const FREE: u32 = u32::MAX;

impl<'s> Slots<'s> {
    /// The slots of so many keys.
    pub(crate) const fn new(slots: &'s [[u8; SLOT]], keys: usize) -> Self {
        Slots { slots, places: places(keys) }
    }

    /// The bytes of the slots of keys with their numbers, in the order of the keys. They must be good hashes, each there
    /// once.
    pub(crate) fn bytes(sorted: &[(u64, u32)]) -> Vec<u8> {
        let places = places(sorted.len());
        let mut bytes = Vec::with_capacity(places * SLOT);
        for &(key, id) in sorted {
            while bytes.len() < place(key, places) * SLOT {
                // A free slot has the highest key, so that a search ends there.
                push(&mut bytes, u64::MAX, FREE);
            }
            push(&mut bytes, key, id);
        }
        bytes
    }

    /// The number of a key.
    pub(crate) fn id(self, key: u64) -> Option<u32> {
        let place = place(key, self.places);
        self.id_from(key, place, parts(self.slots.get(place)?))
    }

    /// Calls back with each of the items and the number of its key. Some are fetched before any is compared: they are far
    /// apart in memory.
    pub(crate) fn each<T>(
        self,
        items: &[T],
        key: impl Fn(&T) -> u64,
        mut found: impl FnMut(&T, Option<u32>),
    ) {
        for items in items.chunks(TOGETHER) {
            let mut fetched = [(0, 0, (0, FREE)); TOGETHER];
            for (fetched, item) in fetched.iter_mut().zip(items) {
                let key = key(item);
                let place = place(key, self.places);
                *fetched = (key, place, self.slots.get(place).map_or((u64::MAX, FREE), parts));
            }
            for (item, &(key, place, first)) in items.iter().zip(&fetched) {
                found(item, self.id_from(key, place, first));
            }
        }
    }

    /// The number of a key of which the search begins at a place, where that slot stands.
    fn id_from(self, key: u64, place: usize, first: (u64, u32)) -> Option<u32> {
        let behind = || self.slots.get(place + 1..)?.iter().map(parts).find(|&(filed, _)| filed >= key);
        let (filed, id) = if first.0 >= key { first } else { behind()? };
        (filed == key && id != FREE).then_some(id)
    }

    /// Whether the keys stand in their order, each so near its place that every search is short, with numbers below this.
    pub(crate) fn is_sound(self, numbers: usize) -> bool {
        let mut last = None;
        self.slots.iter().map(parts).enumerate().all(|(at, (key, id))| {
            if id == FREE {
                return key == u64::MAX;
            }
            let behind = at.checked_sub(place(key, self.places));
            let in_order = last.replace(key).is_none_or(|last| last < key);
            in_order && behind.is_some_and(|behind| behind <= FARTHEST) && (id as usize) < numbers
        })
    }

    /// All keys with their numbers.
    #[cfg(test)]
    pub(crate) fn taken(self) -> impl Iterator<Item = (u64, u32)> {
        self.slots.iter().map(parts).filter(|&(_, id)| id != FREE)
    }

    /// The keys in the order of their numbers.
    #[cfg(test)]
    pub(crate) fn keys(self) -> Vec<u64> {
        let mut taken: Vec<(u64, u32)> = self.taken().collect();
        taken.sort_unstable_by_key(|&(_, id)| id);
        taken.into_iter().map(|(key, _)| key).collect()
    }
}

/// The places of so many keys: a third more, so that a search looks at two or three.
const fn places(keys: usize) -> usize {
    keys.saturating_add(keys / 3)
}

/// Where the search for a key begins, in the order of the keys (Lemire 2019, "Fast random integer generation in an
/// interval").
fn place(key: u64, places: usize) -> usize {
    ((u128::from(key) * places as u128) >> 64) as usize
}

fn push(bytes: &mut Vec<u8>, key: u64, id: u32) {
    bytes.extend(key.to_le_bytes());
    bytes.extend(id.to_le_bytes());
}

fn parts(slot: &[u8; SLOT]) -> (u64, u32) {
    let [key @ .., a, b, c, d] = *slot;
    (u64::from_le_bytes(key), u32::from_le_bytes([a, b, c, d]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_that_a_search_would_have_to_pass_are_not_sound() {
        let sound = |taken: &[(u64, u32)], len| {
            let mut bytes = Vec::new();
            taken.iter().for_each(|&(key, id)| push(&mut bytes, key, id));
            Slots::new(bytes.as_chunks().0, len).is_sound(1000)
        };
        let row: Vec<(u64, u32)> = (0..1000).map(|key| (u64::from(key), key)).collect();
        assert!(sound(&row[..257], 257));
        assert!(!sound(&row[..258], 258), "too far from its place");
        assert!(!sound(&[(0, 0); 2], 2), "one key twice");
        assert!(!sound(&[(7, 0), (3, 1)], 2), "out of order");
        assert!(!sound(&[(0, FREE), (7, 1)], 1), "a free slot that ends no search");
        assert!(!sound(&[(u64::MAX, 0), (u64::MAX, FREE)], 2), "before its place");
    }

    fn keys() -> impl Strategy<Value = u64> {
        prop_oneof![any::<u64>(), 0..40_u64, u64::MAX - 40..=u64::MAX]
    }

    proptest! {
        #[test]
        fn every_key_has_its_number_and_others_have_none(
            known in prop::collection::btree_map(keys(), 0..FREE, 0..200), others in prop::collection::vec(keys(), 40),
        ) {
            let sorted: Vec<(u64, u32)> = known.clone().into_iter().collect();
            let bytes = Slots::bytes(&sorted);
            let slots = Slots::new(bytes.as_chunks().0, known.len());
            let sought: Vec<u64> = known.keys().copied().chain(others).collect();
            for &key in &sought {
                prop_assert_eq!(slots.id(key), known.get(&key).copied(), "{}", key);
            }
            let mut together = Vec::new();
            slots.each(&sought, |&key| key, |&key, id| together.push((key, id)));
            let one_by_one: Vec<_> = sought.iter().map(|&key| (key, slots.id(key))).collect();
            prop_assert_eq!(together, one_by_one);
            prop_assert!(slots.taken().eq(sorted));
        }

        #[test]
        fn what_is_written_of_good_hashes_is_sound(
            keys in prop::collection::btree_set(any::<u64>(), 0..3000),
        ) {
            let sorted: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
            let bytes = Slots::bytes(&sorted);
            let slots = Slots::new(bytes.as_chunks().0, sorted.len());
            prop_assert!(slots.is_sound(sorted.len()));
            prop_assert!(sorted.is_empty() || !slots.is_sound(sorted.len() - 1));
        }

        #[test]
        fn whatever_the_bytes_are_a_search_ends_with_one_of_their_numbers_or_with_none(
            len in prop_oneof![0..9_usize, Just(usize::MAX)],
            taken in prop::collection::vec((keys(), prop_oneof![0..9_u32, Just(FREE)]), 0..20),
            key in keys(),
        ) {
            let mut bytes = Vec::new();
            taken.iter().for_each(|&(key, id)| push(&mut bytes, key, id));
            let slots = Slots::new(bytes.as_chunks().0, len);
            prop_assert!(slots.id(key).is_none_or(|id| id < 9));
            slots.each(&[key], |&key| key, |_, id| assert_eq!(id, slots.id(key)));
        }
    }
}
