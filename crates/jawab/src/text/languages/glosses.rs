//! Glosses: what each language says of words and of several in a row, in one table that the build script makes of the files
//! of all languages. A message is looked up once, whatever it is written in.

use super::pack::LANGUAGES;
use crate::text::keys::{join_words, word_key};

#[expect(clippy::unreadable_literal, reason = "nobody reads it")]
mod made {
    use super::Gloss;
    use crate::codec::Slots;

    include!(concat!(env!("OUT_DIR"), "/glosses.rs"));
}
#[cfg(test)]
pub(super) mod written;

use made::{GLOSSES, WORDS};

/// What each of [`LANGUAGES`] says of words in a row: numbers, odd where something longer begins with the words, above 1
/// where they say something themselves.
#[derive(Debug)]
pub(super) struct Gloss {
    /// What the words stand for.
    pub(super) meanings: [u16; LANGUAGES.len()],
    /// How messages are put that hold them.
    pub(super) signs: [u16; LANGUAGES.len()],
}

/// The glosses of the words of one message.
#[derive(Debug, Default)]
pub(crate) struct Glosses {
    /// Of the words from each place on the first, the first two and so on, as far as something begins with them.
    all: Vec<&'static Gloss>,
    /// Where those of each place begin; one more at the end.
    starts: Vec<u32>,
    /// The number of the gloss of each word.
    first: Vec<Option<u32>>,
}

/// The gloss with a number, and whether something longer begins with its words.
fn gloss(number: u32) -> Option<(&'static Gloss, bool)> {
    GLOSSES.get(number as usize / 2).map(|gloss| (gloss, !number.is_multiple_of(2)))
}

impl Gloss {
    /// The gloss of one word.
    pub(super) fn of(word: &str) -> Option<&'static Gloss> {
        WORDS.id(word_key(word)).and_then(gloss).map(|(gloss, _)| gloss)
    }
}

impl Glosses {
    /// Looks up the words with these keys.
    pub(crate) fn look_up(&mut self, words: &[u64]) {
        let Glosses { all, starts, first } = self;
        all.clear();
        starts.clear();
        starts.push(0);
        first.clear();
        WORDS.each(words, |&word| word, |_, number| first.push(number));
        for (at, (&word, &number)) in words.iter().zip(&*first).enumerate() {
            let (mut key, mut number, mut behind) = (word, number, words[at + 1..].iter());
            while let Some((gloss, begins)) = number.and_then(gloss) {
                all.push(gloss);
                let Some(&next) = behind.next().filter(|_| begins) else { break };
                key = join_words(Some(key), next);
                number = WORDS.id(key);
            }
            starts.push(all.len() as u32);
        }
    }

    /// How many words were looked up.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Those of the words from a place on: of the first, of the first two and so on.
    pub(super) fn from(&self, place: usize) -> &[&'static Gloss] {
        &self.all[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// How many words a language says something of together, the most in a row, and its number of them.
pub(super) fn longest(glosses: &[&'static Gloss], number: impl Fn(&Gloss) -> u16) -> Option<(usize, u16)> {
    let mut longest = None;
    for (before, gloss) in glosses.iter().enumerate() {
        let number = number(gloss);
        if number > 1 {
            longest = Some((before + 1, number));
        }
        if number.is_multiple_of(2) {
            break;
        }
    }
    longest
}
