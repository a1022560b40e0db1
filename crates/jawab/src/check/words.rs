//! The words of an answer text, as its author wrote them.

use std::ops::Range;

use crate::text::is_han;

/// A word of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// In lower case, with a straight apostrophe.
    pub(super) folded: String,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether a sentence ends with it.
    pub(super) ends_sentence: bool,
}

/// The words in a part of a text; each Chinese character is one. Addresses, paths and the like hold none.
pub(super) fn words(text: &str, part: Range<usize>) -> impl Iterator<Item = Word> {
    chunks(text, part)
        .filter(|chunk| !is_address(&text[chunk.clone()]))
        .flat_map(move |chunk| words_of(text, &chunk))
}

/// What stands between spaces.
fn chunks(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let offset = part.start;
    let split = text[part].split_inclusive(char::is_whitespace).scan(offset, |at, chunk| {
        let start = *at;
        *at += chunk.len();
        Some(start..start + chunk.trim_end().len())
    });
    split.filter(|chunk| !chunk.is_empty())
}

fn is_address(chunk: &str) -> bool {
    let inner_dot = chunk
        .as_bytes()
        .windows(3)
        .any(|part| part[0].is_ascii_alphanumeric() && part[1] == b'.' && part[2].is_ascii_alphanumeric());
    inner_dot || chunk.contains(['@', '/', '_'])
}

fn words_of(text: &str, chunk: &Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let letters = &text[chunk.clone()];
    for (at, letter) in letters.char_indices() {
        let range = chunk.start + at..chunk.start + at + letter.len_utf8();
        let joins =
            |word: &Word| word.range.end == range.start && !is_han(letter) && !word.folded.ends_with(is_han);
        match words.last_mut() {
            Some(word) if is_inside(letters, at, letter) && joins(word) => word.push(letter, range.end),
            _ if letter.is_alphanumeric() => words.push(Word::new(letter, range)),
            Some(word) if ".!?;。！？；".contains(letter) => word.ends_sentence = true,
            _ => {}
        }
    }
    words
}

/// Whether the sign can continue a word: a letter, a digit, or an apostrophe before one.
fn is_inside(letters: &str, at: usize, letter: char) -> bool {
    let next = || letters[at + letter.len_utf8()..].chars().next();
    letter.is_alphanumeric() || matches!(letter, '\'' | '’') && next().is_some_and(char::is_alphanumeric)
}

impl Word {
    fn new(letter: char, range: Range<usize>) -> Self {
        Word { folded: letter.to_lowercase().collect(), range, ends_sentence: false }
    }

    fn push(&mut self, letter: char, end: usize) {
        self.folded.extend(if letter == '’' { '\'' } else { letter }.to_lowercase());
        self.range.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        words(text, 0..text.len()).map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_read_without_signs_and_addresses() {
        for (text, expected) in [
            ("Halo, Kak! Isi-ulang.", vec!["halo", "kak", "isi", "ulang"]),
            ("It isn’t 'yours'", vec!["it", "isn't", "yours"]),
            ("tulis ke a@b.co atau patrolisiber.id/x", vec!["tulis", "ke", "atau"]),
            ("打开APP。", vec!["打", "开", "app"]),
            ("", vec![]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_knows_where_it_stands_and_whether_a_sentence_ends_there() {
        let text = "Tidak. Ya";
        let found: Vec<_> =
            words(text, 0..text.len()).map(|word| (&text[word.range], word.ends_sentence)).collect();
        assert_eq!(found, [("Tidak", true), ("Ya", false)]);
    }
}
