//! Finds the entry of a feature in the bag of a message.

/// Entries by features, in one array that is emptied by counting up (open addressing, linear probing: Knuth, volume 3, 6.4).
#[derive(Debug, Default)]
pub(super) struct EntryIndex {
    /// A power of two, at most half of them taken.
    slots: Vec<Slot>,
    round: u32,
    taken: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The round that it was taken in; taken in another one, it is free.
    round: u32,
    feature: u32,
    entry: u32,
}

/// Fewest slots.
const FEWEST: usize = 512;

impl EntryIndex {
    /// Forgets all features.
    pub(super) fn clear(&mut self) {
        self.taken = 0;
        if self.round == u32::MAX {
            self.slots.clear();
        }
        self.round = self.round.wrapping_add(1).max(1);
    }

    /// The entry of a feature: the next one where it is not there yet.
    pub(super) fn of(&mut self, feature: u32) -> usize {
        if 2 * self.taken >= self.slots.len() {
            self.grow();
        }
        let next = Slot { round: self.round, feature, entry: self.taken as u32 };
        let entry = self.put(next);
        self.taken += usize::from(entry == self.taken);
        entry
    }

    /// The entry of the feature of a slot, which is put where the feature is not there yet.
    fn put(&mut self, slot: Slot) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = start(slot.feature) & mask;
        // A free slot ends the search: half of them are.
        while let Some(known) = self.slots.get_mut(at) {
            if known.round != slot.round {
                *known = slot;
            }
            if known.feature == slot.feature {
                return known.entry as usize;
            }
            at = (at + 1) & mask;
        }
        slot.entry as usize
    }

    #[cold]
    fn grow(&mut self) {
        let more = (2 * self.slots.len()).max(FEWEST);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); more]);
        self.round = self.round.max(1);
        let round = self.round;
        for slot in old.into_iter().filter(|slot| slot.round == round) {
            self.put(slot);
        }
    }
}

/// Where the search for a feature begins, before it is cut to the number of slots (Knuth, volume 3, 6.4: by the golden ratio).
fn start(feature: u32) -> usize {
    (feature.wrapping_mul(0x9e37_79b9) >> 12) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn features_have_entries_in_the_order_in_which_they_come(
            messages in prop::collection::vec(prop::collection::vec(0..3000_u32, 0..1500), 1..4),
            round in prop::sample::select(&[0, u32::MAX - 1][..]),
        ) {
            let mut index = EntryIndex { round, ..EntryIndex::default() };
            for message in &messages {
                index.clear();
                let mut known: Vec<u32> = Vec::new();
                for &feature in message {
                    let entry = known.iter().position(|&other| other == feature).unwrap_or_else(|| {
                        known.push(feature);
                        known.len() - 1
                    });
                    prop_assert_eq!(index.of(feature), entry);
                }
            }
        }
    }
}
