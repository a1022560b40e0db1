//! What a word may stand for that nobody knows as it is written.

use super::correct::{self, Correction};
use super::lexicon::{Entry, Lexicon};
use super::spelling::{has_doubles, is_stretched, shorten};
use super::token::{Change, LanguageSet};
use super::utterance::Scratch;

/// What an unknown word stands for.
pub(super) enum Guess {
    /// An entry, found by the last step named.
    Entry(u32, Change),
    /// Two entries, the second from so many bytes on.
    Split(u32, u32, u32),
    /// Nothing, but its stretched letters were cut: the scratch has the word.
    Written,
    Unknown,
}

/// A word whose stretched letters were cut.
pub(super) enum Unstretched {
    /// There were none.
    Never,
    Known(u32),
    Unknown,
}

/// Shortest word whose doubled letters are cut: "good" is not "god".
const SHORTEST_DOUBLED: usize = 5;
/// Shortest half of two words run together.
const SHORTEST_HALF: usize = 3;
/// At least one half is so long: pairs of short words are in too many others by chance.
const LONGER_HALF: usize = 5;

impl Lexicon {
    pub(super) fn guess(&self, word: &str, mixed: bool, scratch: &mut Scratch) -> Guess {
        let stretched = match self.unstretch(word, scratch) {
            Unstretched::Known(entry) => return Guess::Entry(entry, Change::Stretched),
            Unstretched::Unknown => true,
            Unstretched::Never => false,
        };
        if !stretched {
            scratch.word.clear();
            scratch.word.push_str(word);
        }
        let guess = if correct::length(&scratch.word) < correct::ANY_EDIT_FROM {
            self.guess_short(mixed, scratch)
        } else {
            self.guess_unstretched(mixed, scratch)
        };
        guess.unwrap_or(if stretched { Guess::Written } else { Guess::Unknown })
    }

    /// Guesses at a word of two or three letters in the scratch.
    fn guess_short(&self, mixed: bool, scratch: &mut Scratch) -> Option<Guess> {
        if self.concepts.know(&scratch.word) {
            return None;
        }
        if let Some(guess) = self.vowels(scratch) {
            return Some(guess);
        }
        let Correction { entry, distance } = self.corrector.correct(&scratch.word).filter(|_| !mixed)?;
        Some(Guess::Entry(entry, Change::Typo(distance)))
    }

    /// Cuts stretched letters; the scratch has the word.
    pub(super) fn unstretch(&self, word: &str, scratch: &mut Scratch) -> Unstretched {
        if !is_stretched(word) {
            return Unstretched::Never;
        }
        let mut found = None;
        shorten(word, 3, &mut scratch.word, |writing| {
            found = self.find(writing).map(|(entry, _)| entry);
            found.is_some()
        });
        found.map_or(Unstretched::Unknown, Unstretched::Known)
    }

    /// Guesses at the word in the scratch.
    fn guess_unstretched(&self, mixed: bool, scratch: &mut Scratch) -> Option<Guess> {
        let Scratch { word, writing, stem } = scratch;
        if let Some(entry) = self.form(word, stem) {
            return Some(Guess::Entry(entry, Change::Form));
        }
        if self.concepts.know(word) {
            return None;
        }
        if let Some(entry) = self.undouble(word, writing, stem) {
            return Some(Guess::Entry(entry, Change::Stretched));
        }
        if mixed {
            return None;
        }
        let correction = self.corrector.correct(word);
        match correction {
            Some(Correction { entry, distance: distance @ 0..=1 }) => {
                Some(Guess::Entry(entry, Change::Typo(distance)))
            }
            _ => self
                .vowelless
                .find(word, writing, &self.corrector)
                .map(|entry| Guess::Entry(entry, Change::Vowels))
                .or_else(|| self.split(word))
                .or_else(|| correction.map(|found| Guess::Entry(found.entry, Change::Typo(found.distance)))),
        }
    }

    /// The word in the scratch with the vowels that it lost.
    fn vowels(&self, scratch: &mut Scratch) -> Option<Guess> {
        let entry = self.vowelless.find(&scratch.word, &mut scratch.writing, &self.corrector)?;
        Some(Guess::Entry(entry, Change::Vowels))
    }

    /// The rule set's word that is left without affixes.
    fn form(&self, word: &str, stem: &mut String) -> Option<u32> {
        let mut found = None;
        self.affixes.stem(word, stem, |stem, languages| {
            found = self.find(stem).and_then(|(at, entry)| self.stripped(at, entry, languages));
            found.is_some()
        });
        found
    }

    /// The one word of the rule set that an entry is or stands for, if affixes of these languages go with it.
    fn stripped(&self, at: u32, entry: &Entry, languages: LanguageSet) -> Option<u32> {
        let at = match *self.expansion(entry) {
            [] => at,
            [target] if !languages.common(entry.languages).is_empty() => target,
            _ => return None,
        };
        let target = self.entries.get(at as usize)?;
        (target.word.is_known() && target.takes_affixes_of(languages)).then_some(at)
    }

    fn undouble(&self, word: &str, writing: &mut String, stem: &mut String) -> Option<u32> {
        if !has_doubles(word) || word.chars().nth(SHORTEST_DOUBLED - 1).is_none() {
            return None;
        }
        let mut found = None;
        shorten(word, 2, writing, |writing| {
            found = self.find(writing).map(|(entry, _)| entry).or_else(|| self.form(writing, stem));
            found.is_some()
        });
        found
    }

    /// Two words of the rule set run together, if there is one way only to part them.
    fn split(&self, word: &str) -> Option<Guess> {
        if word.len() > 2 * correct::LONGEST {
            return None;
        }
        let mut splits = word.char_indices().map(|(at, _)| at).skip(SHORTEST_HALF).filter_map(|at| {
            let (first, second) = (word.get(..at)?, word.get(at..)?);
            [first, second].iter().any(|half| half.chars().nth(LONGER_HALF - 1).is_some()).then_some(())?;
            let (first, second) = (self.half(first)?, self.half(second)?);
            Some(Guess::Split(first, second, at as u32))
        });
        let split = splits.next()?;
        splits.next().is_none().then_some(split)
    }

    fn half(&self, half: &str) -> Option<u32> {
        half.chars().nth(SHORTEST_HALF - 1)?;
        let (at, entry) = self.find(half)?;
        let parts = self.expansion(entry);
        let known = parts
            .iter()
            .all(|&part| self.entries.get(part as usize).is_some_and(|part| part.word.is_known()));
        (if parts.is_empty() { entry.word.is_known() } else { known }).then_some(at)
    }
}
