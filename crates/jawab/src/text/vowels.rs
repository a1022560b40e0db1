//! Finds the word of the vocabulary that is meant by one written without its vowels: `pjk` for `pajak`, `mrming` for
//! `maraming`. Phones in Indonesia and the Philippines write so all day.

use std::cmp::Ordering;

use super::correct::{Corrector, Target};
use super::filings::Filings;
use super::index::hash;

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
/// Fewest consonants that tell a word; two do where only the vowel between them is lost: `nme` for `name`.
const CONSONANTS: usize = 3;
/// Most vowels that a word written without its vowels still has.
const VOWELS_LEFT: usize = 1;
/// Longest word that such a short one is taken for: of three consonants little is left.
const LONGEST_OF_THREE: usize = 6;

/// Words by their consonants.
#[derive(Debug, Default)]
pub(super) struct Vowelless {
    /// Numbers of the corrector's targets.
    by_consonants: Filings,
}

impl Vowelless {
    pub(super) fn new(corrector: &Corrector) -> Self {
        let (mut filed, mut consonants) = (Vec::new(), String::new());
        for (target, number) in corrector.targets().zip(0..) {
            if !target.guarded && target.text.is_ascii() {
                strip(target.text, &mut consonants);
                let hash = hash(consonants.as_bytes());
                filed.push((hash, (hash, number)));
            }
        }
        Vowelless { by_consonants: Filings::new(&filed) }
    }

    /// The entry meant by a word that lost its vowels: the most frequent with these consonants, if it is the only most
    /// frequent. The buffer is used for the consonants.
    pub(super) fn find(&self, word: &str, consonants: &mut String, corrector: &Corrector) -> Option<u32> {
        strip(word, consonants);
        let loss = Loss::of(word, consonants.len())?;
        let hash = hash(consonants.as_bytes());
        let fits = |text: &str| {
            loss.fits(word, text) && is_within(word, text) && letters_left(text).eq(consonants.chars())
        };
        let filed = self.by_consonants.under(hash).iter().filter(|&&(filed, _)| filed == hash);
        let words =
            filed.filter_map(|&(_, number)| corrector.target(number)).filter(|target| fits(target.text));
        let (mut best, mut alone): (Option<Target>, bool) = (None, true);
        for target in words {
            match best.map_or(Ordering::Greater, |best| target.frequency.cmp(&best.frequency)) {
                Ordering::Greater => (best, alone) = (Some(target), true),
                Ordering::Equal => alone = false,
                Ordering::Less => {}
            }
        }
        best.filter(|_| alone).map(|best| best.entry)
    }
}

/// What a word may have lost.
#[derive(Debug, Clone, Copy)]
enum Loss {
    /// The vowel between its first two of three letters, and nothing else.
    Between,
    /// Vowels anywhere, up to so many letters in all.
    Vowels { longest: usize },
}

impl Loss {
    fn of(word: &str, consonants: usize) -> Option<Self> {
        if !word.bytes().all(|letter| letter.is_ascii_lowercase()) || word.len() > consonants + VOWELS_LEFT {
            return None;
        }
        match consonants.cmp(&CONSONANTS) {
            Ordering::Equal => Some(Loss::Vowels { longest: LONGEST_OF_THREE }),
            Ordering::Greater => Some(Loss::Vowels { longest: usize::MAX }),
            Ordering::Less => (word.len() == 3 && word.ends_with(VOWELS)).then_some(Loss::Between),
        }
    }

    fn fits(self, word: &str, text: &str) -> bool {
        match self {
            Loss::Vowels { longest } => (word.len() + 1..=longest).contains(&text.len()),
            Loss::Between => text.get(..1) == word.get(..1) && text.get(2..) == word.get(1..),
        }
    }
}

/// Writes the word's consonants into the buffer.
fn strip(word: &str, consonants: &mut String) {
    consonants.clear();
    consonants.extend(letters_left(word));
}

/// A word's letters but its vowels.
fn letters_left(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|letter| !VOWELS.contains(letter))
}

/// Whether `text` becomes `word` by leaving letters out.
fn is_within(word: &str, text: &str) -> bool {
    let mut letters = text.bytes();
    word.bytes().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_without_vowels_leads_to_the_one_that_is_meant() {
        let words = [
            ("pajak", 3),
            ("maraming", 1),
            ("salamat", 3),
            ("selamat", 2),
            ("barang", 5),
            ("bareng", 1),
            ("kabarnya", 1),
            ("name", 1),
            ("bisa", 1),
            ("coat", 1),
            ("tree", 1),
        ];
        let targets = words.iter().zip(0..).map(|(&(text, frequency), entry)| Target {
            entry,
            frequency,
            guarded: false,
            text,
        });
        let corrector = Corrector::new(targets);
        let vowelless = Vowelless::new(&corrector);
        for (word, expected) in [
            ("pjk", Some("pajak")),
            ("mrming", Some("maraming")),
            ("slmat", Some("salamat")),
            ("slmt", Some("salamat")),
            ("brmg", None),
            ("brng", Some("barang")),
            ("kbrny", Some("kabarnya")),
            ("kbrnya", Some("kabarnya")),
            ("kabrnya", None),
            ("pj", None),
            ("pajak", None),
            ("mrmng1", None),
            ("nme", Some("name")),
            ("bsa", Some("bisa")),
            ("bs", None),
            ("nma", None),
            ("cat", None),
            ("tre", None),
        ] {
            let found =
                vowelless.find(word, &mut String::new(), &corrector).map(|entry| words[entry as usize].0);
            assert_eq!(found, expected, "{word}");
        }
    }
}
