use super::bytes::short;

/// Entries by the hash of how they are written, in one array (open addressing, linear probing: Knuth, volume 3, 6.4).
///
/// The same on every machine, so that it can be written to a file.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Hash and entry; a power of two, at most half of them taken.
    slots: Vec<(u32, u32)>,
    taken: usize,
}

/// No entry.
const FREE: u32 = u32::MAX;
/// Most slots in a row that are taken: a search passes them all. Of a million entries the longest row has a hundred.
const ROW: usize = 1024;
/// Fewest slots.
const FEWEST: usize = 64;

impl Index {
    /// The entry that is written so, as the caller says of those that may be.
    pub(super) fn find(&self, written: &[u8], is: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = hash(written);
        let mask = self.slots.len().wrapping_sub(1);
        let mut place = hash as usize & mask;
        // A free slot ends the search: half of them are.
        while let Some(&(filed, entry)) = self.slots.get(place).filter(|slot| slot.1 != FREE) {
            if filed == hash && is(entry) {
                return Some(entry);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// Adds an entry; the caller knows that none is written so.
    pub(super) fn insert(&mut self, written: &str, entry: u32) {
        if 2 * (self.taken + 1) > self.slots.len() {
            let more = (2 * self.slots.len()).max(FEWEST);
            let old = std::mem::replace(&mut self.slots, vec![(0, FREE); more]);
            old.into_iter().filter(|slot| slot.1 != FREE).for_each(|slot| self.put(slot));
        }
        self.put((hash(written.as_bytes()), entry));
        self.taken += 1;
    }

    fn put(&mut self, slot: (u32, u32)) {
        let mask = self.slots.len() - 1;
        let places = (0..self.slots.len()).map(|step| (slot.0 as usize + step) & mask);
        if let Some(free) = { places }.find(|&place| self.slots[place].1 == FREE) {
            self.slots[free] = slot;
        }
    }

    pub(super) fn slots(&self) -> &[(u32, u32)] {
        &self.slots
    }

    /// The index of such slots; none where they are none for so many entries.
    pub(super) fn from_slots(slots: Vec<(u32, u32)>, entries: usize) -> Option<Self> {
        let taken = slots.iter().filter(|slot| slot.1 != FREE).count();
        let known = slots.iter().all(|slot| (slot.1 as usize) < entries || slot.1 == FREE);
        let roomy = slots.len().is_power_of_two() && 2 * taken <= slots.len();
        let short = slots.split(|slot| slot.1 == FREE).all(|row| row.len() <= ROW);
        (known && short && (roomy || slots.is_empty())).then_some(Index { slots, taken })
    }
}

/// Multiplies and folds the upper half back, eight bytes at a time; the last eight may overlap those before.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let seed = bytes.len() as u64;
    let hash = match bytes.last_chunk::<8>() {
        Some(last) => {
            let next = |hash, chunk: &[u8; 8]| mix(hash, u64::from_le_bytes(*chunk));
            let before = bytes.as_chunks::<8>().0.get(usize::from(bytes.len() == 8)..).unwrap_or_default();
            next(before.iter().fold(seed, next), last)
        }
        None => mix(seed, short(bytes)),
    };
    (hash ^ hash >> 32) as u32
}

fn mix(hash: u64, word: u64) -> u64 {
    let product = u128::from(hash ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd1b5_4a32_d192_ed03;
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slots_of_which_a_search_would_pass_too_many_are_no_index() {
        let slots = |row: usize| {
            let mut slots = vec![(0, FREE); 4 * ROW];
            slots[..row].fill((0, 0));
            Index::from_slots(slots, 1)
        };
        assert!(slots(ROW).is_some() && slots(ROW + 1).is_none());
    }

    proptest! {
        #[test]
        fn every_entry_is_found_and_what_is_not_there_is_not(
            words in proptest::collection::btree_set("[a-c]{0,20}", 1..300),
            other in "[a-c]{0,20}",
        ) {
            let words: Vec<String> = words.into_iter().collect();
            let mut index = Index::default();
            for (entry, word) in (0..).zip(&words) {
                index.insert(word, entry);
            }
            let again = Index::from_slots(index.slots().to_vec(), words.len()).expect("the same index");
            for index in [index, again] {
                let find = |word: &str| index.find(word.as_bytes(), |entry| words[entry as usize] == word);
                for (entry, word) in (0..).zip(&words) {
                    prop_assert_eq!(find(word), Some(entry));
                }
                prop_assert_eq!(find(&other).is_some(), words.contains(&other));
            }
        }
    }

    #[test]
    fn slots_that_are_no_index_are_refused() {
        assert!(Index::from_slots(vec![(0, 0), (0, FREE), (0, FREE)], 1).is_none(), "no power of two");
        assert!(Index::from_slots(vec![(0, 0), (0, 0)], 1).is_none(), "no free slot ends a search");
        assert!(Index::from_slots(vec![(0, 1), (0, FREE)], 1).is_none(), "no such entry");
        assert!(Index::from_slots(vec![(0, 0), (0, FREE)], 1).is_some());
    }
}
