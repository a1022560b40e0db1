//! Finds the word of the vocabulary that is meant by one written without its vowels: `pjk` for `pajak`, `mrming` for
//! `maraming`. Phones in Indonesia and the Philippines write so all day.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::correct::Target;

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
/// Fewest consonants that tell a word; two do where only the vowel between them is lost: `nme` for `name`.
const CONSONANTS: usize = 3;
/// Most vowels that a word written without its vowels still has.
const VOWELS_LEFT: usize = 1;
/// Longest word that such a short one is taken for: of three consonants little is left.
const LONGEST_OF_THREE: usize = 6;

/// Entry, frequency and text of a word.
type Known = (u32, u32, Box<str>);

/// Words by their consonants.
#[derive(Debug, Default)]
pub(super) struct Vowelless {
    by_consonants: FxHashMap<Box<str>, Vec<Known>>,
}

impl Vowelless {
    pub(super) fn new(targets: &[Target]) -> Self {
        let mut by_consonants: FxHashMap<Box<str>, Vec<Known>> = FxHashMap::default();
        for target in targets.iter().filter(|target| !target.guarded && target.text.is_ascii()) {
            let mut consonants = String::new();
            strip(&target.text, &mut consonants);
            let words = by_consonants.entry(consonants.into()).or_default();
            words.push((target.entry, target.frequency, target.text.clone()));
        }
        Vowelless { by_consonants }
    }

    /// The entry meant by a word that lost its vowels: the most frequent with these consonants, if it is the only most
    /// frequent. The buffer is used for the consonants.
    pub(super) fn find(&self, word: &str, consonants: &mut String) -> Option<u32> {
        strip(word, consonants);
        let loss = Loss::of(word, consonants.len())?;
        let fits = |text: &str| is_within(word, text) && loss.fits(word, text);
        let words = self.by_consonants.get(consonants.as_str())?;
        let most = words.iter().filter(|(.., text)| fits(text)).map(|&(_, frequency, _)| frequency).max()?;
        let mut best = words.iter().filter(|(_, frequency, text)| *frequency == most && fits(text));
        let (entry, ..) = best.next()?;
        best.next().is_none().then_some(*entry)
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
    consonants.extend(word.chars().filter(|letter| !VOWELS.contains(letter)));
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
        let target = |(entry, (text, frequency)): (usize, &(&str, u32))| Target {
            entry: entry as u32,
            frequency: *frequency,
            guarded: false,
            text: (*text).into(),
        };
        let vowelless = Vowelless::new(&words.iter().enumerate().map(target).collect::<Vec<_>>());
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
            let found = vowelless.find(word, &mut String::new()).map(|entry| words[entry as usize].0);
            assert_eq!(found, expected, "{word}");
        }
    }
}
