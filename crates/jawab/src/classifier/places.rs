//! Where in a list the features of one message stand.

/// Places of features by open addressing (Knuth, volume 3, 6.4). The slots of earlier messages are told by their number, so
/// that nothing is cleared between messages.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// A power of two, at most half of them of this message.
    slots: Vec<Slot>,
    taken: usize,
    /// Number of the message, beginning with 1.
    message: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    message: u32,
    feature: u32,
    place: u32,
}

/// Fewest slots.
const FEWEST: usize = 256;

impl Places {
    /// Forgets all features.
    pub(super) fn clear(&mut self) {
        self.taken = 0;
        self.message = self.message.wrapping_add(1);
        if self.message == 0 {
            self.slots.fill(Slot::default());
            self.message = 1;
        }
    }

    /// The place of a feature; `next` where it has none so far.
    pub(super) fn of(&mut self, feature: u32, next: u32) -> u32 {
        if 2 * self.taken >= self.slots.len() {
            self.grow();
        }
        let (message, mask) = (self.message, self.slots.len().wrapping_sub(1));
        for probe in start(feature)..=start(feature) + mask {
            let Some(slot) = self.slots.get_mut(probe & mask) else { break };
            if slot.message != message {
                *slot = Slot { message, feature, place: next };
                self.taken += 1;
                return next;
            }
            if slot.feature == feature {
                return slot.place;
            }
        }
        next
    }

    fn grow(&mut self) {
        let more = (2 * self.slots.len()).max(FEWEST);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); more]);
        let message = self.message;
        self.taken = 0;
        for slot in old.into_iter().filter(|slot| slot.message == message) {
            self.of(slot.feature, slot.place);
        }
    }
}

/// Where a feature is looked for first.
fn start(feature: u32) -> usize {
    (feature.wrapping_mul(0x9e37_79b1) >> 8) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_feature_keeps_its_first_place(
            messages in proptest::collection::vec(proptest::collection::vec(0..2000_u32, 0..600), 1..5),
        ) {
            let mut places = Places::default();
            for message in &messages {
                places.clear();
                let mut known = HashMap::new();
                for (next, &feature) in (0..).zip(message) {
                    let place = *known.entry(feature).or_insert(next);
                    prop_assert_eq!(places.of(feature, next), place);
                }
            }
        }
    }

    #[test]
    fn places_of_the_first_message_are_forgotten_when_the_numbers_begin_anew() {
        let mut places = Places { message: u32::MAX - 1, ..Places::default() };
        places.clear();
        assert_eq!(places.of(7, 0), 0);
        places.clear();
        assert_eq!((places.of(7, 3), places.of(7, 4)), (3, 3));
    }
}
