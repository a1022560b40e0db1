//! The one table of what all languages say of words, as the build script writes it.

use std::collections::BTreeMap;

use crate::codec::Slots;

/// Numbers by the keys of words, for one language: odd where something longer begins with the words.
pub(crate) type Numbers = BTreeMap<u64, u16>;

/// Numbers of several languages by the keys of words.
#[derive(Debug)]
pub(crate) struct Joined {
    pub(crate) count: usize,
    /// [`Slots`] of keys and twice the place of a gloss, one more where something longer begins with the words.
    pub(crate) slots: Vec<u8>,
    /// The numbers of all languages, 0 where one says nothing; each once.
    pub(crate) glosses: Vec<Vec<u16>>,
}

/// The numbers of all languages in one table.
pub(crate) fn joined(languages: &[Numbers]) -> Joined {
    let mut by_key = BTreeMap::<u64, Vec<u16>>::new();
    for (place, numbers) in languages.iter().enumerate() {
        for (&key, &number) in numbers {
            by_key.entry(key).or_insert_with(|| vec![0; languages.len()])[place] = number;
        }
    }
    let (mut places, mut glosses) = (BTreeMap::new(), Vec::new());
    let mut place = |gloss: Vec<u16>| {
        *places.entry(gloss).or_insert_with_key(|gloss| {
            glosses.push(gloss.clone());
            glosses.len() as u32 - 1
        })
    };
    let begins = |gloss: &[u16]| gloss.iter().any(|number| number % 2 == 1);
    let number = |(key, gloss): (u64, Vec<u16>)| (key, u32::from(begins(&gloss)) + 2 * place(gloss));
    let sorted: Vec<(u64, u32)> = by_key.into_iter().map(number).collect();
    Joined { count: sorted.len(), slots: Slots::bytes(&sorted), glosses }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_numbers_of_all_languages_and_equal_glosses_are_there_once() {
        let languages = [[(1, 4), (2, 3), (9, 4)], [(1, 6), (3, 8), (9, 6)]].map(Numbers::from);
        let Joined { count, slots, glosses } = joined(&languages);
        let slots = Slots::new(slots.as_chunks().0, count);
        let told = |key| {
            let number = slots.id(key)?;
            Some((glosses[number as usize / 2].as_slice(), number % 2 == 1))
        };
        let [both, begun, other]: [(&[u16], bool); 3] = [(&[4, 6], false), (&[3, 0], true), (&[0, 8], false)];
        assert_eq!([1, 2, 3, 9, 4].map(told), [Some(both), Some(begun), Some(other), Some(both), None]);
        assert_eq!(glosses.len(), 3);
    }
}
