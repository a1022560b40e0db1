//! What each language says of words and of several in a row, in one table that the build script makes of the files of all
//! languages: a message is looked up once, whatever it is written in.

use super::pack::LANGUAGES;
use crate::text::keys::{join_words, word_key};

#[expect(clippy::unreadable_literal, reason = "nobody reads it")]
mod made {
    use super::Row;
    use crate::codec::Slots;

    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
}
#[cfg(test)]
pub(super) mod written;

use made::{ROWS, WORDS};

/// What each of [`LANGUAGES`] says of words in a row: numbers, odd where something longer begins with the words, above 1
/// where they say something themselves.
#[derive(Debug)]
pub(super) struct Row {
    /// What they stand for.
    pub(super) meanings: [u16; LANGUAGES.len()],
    /// How messages are put that hold them.
    pub(super) signs: [u16; LANGUAGES.len()],
}

/// What the words of one message say.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// Of the words from each place on the first, the first two and so on, as far as something begins with them.
    rows: Vec<&'static Row>,
    /// Where those of each place begin; one more at the end.
    starts: Vec<u32>,
}

/// The row of a key, and whether something longer begins with its words.
fn row(key: u64) -> Option<(&'static Row, bool)> {
    let number = WORDS.id(key)?;
    ROWS.get(number as usize / 2).map(|row| (row, !number.is_multiple_of(2)))
}

impl Row {
    /// What languages say of one word.
    pub(super) fn of(word: &str) -> Option<&'static Row> {
        row(word_key(word)).map(|(row, _)| row)
    }
}

impl Phrases {
    /// Looks up the words with these keys.
    pub(crate) fn look_up(&mut self, words: &[u64]) {
        self.rows.clear();
        self.starts.clear();
        self.starts.push(0);
        for at in 0..words.len() {
            let mut key = None;
            for &word in &words[at..] {
                let joined = join_words(key, word);
                let Some((row, begins)) = row(joined) else { break };
                self.rows.push(row);
                if !begins {
                    break;
                }
                key = Some(joined);
            }
            self.starts.push(self.rows.len() as u32);
        }
    }

    /// How many words were looked up.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// What is said of the words from a place on: of the first, of the first two and so on.
    pub(super) fn from(&self, place: usize) -> &[&'static Row] {
        &self.rows[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

/// How many words a language says something of together, the most in a row, and its number of them.
pub(super) fn longest(rows: &[&'static Row], number: impl Fn(&Row) -> u16) -> Option<(usize, u16)> {
    let mut longest = None;
    for (before, row) in rows.iter().enumerate() {
        let number = number(row);
        if number > 1 {
            longest = Some((before + 1, number));
        }
        if number.is_multiple_of(2) {
            break;
        }
    }
    longest
}
