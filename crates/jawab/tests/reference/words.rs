//! The words of the generated rules, and how the reference reads a message: piece by piece, trying every word.

use std::ops::Range;

/// Words that no typo of one letter turns into each other.
pub(crate) const WORDS: [&str; 12] = [
    "banku", "lomer", "sitap", "gadul", "kerwin", "toplas", "mubrig", "fenok", "hasved", "jorim", "pelduk",
    "vinso",
];
/// Words that no rule uses.
pub(crate) const OTHERS: [&str; 4] = ["ubo", "aje", "eki", "ifa"];
pub(crate) const FILLERS: [&str; 2] = ["nih", "yuk"];
pub(crate) const EMOJI: [&str; 2] = ["👍", "😭"];
pub(crate) const HAN: [&str; 4] = ["充", "值", "提", "现"];
/// A word, and what means the same: `fenok` and `sim sala`.
pub(crate) const SYNONYMS: [(&str, &str); 2] = [("gadul", "rewta"), ("fenok", "sim sala")];
/// Values of the list `bank`, and how they are written.
pub(crate) const BANKS: [(&str, &[&str]); 2] = [("aba", &["dotri", "klik dotri"]), ("bcb", &["wesmo"])];

/// A word of a message.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) span: Range<usize>,
    /// As written, but for case.
    pub(crate) written: String,
    /// The word that it is, or stands for.
    pub(crate) word: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Han,
    /// Fillers and emoji: may be passed over.
    Skippable,
}

impl Token {
    pub(crate) fn skippable(&self) -> bool {
        self.kind == Kind::Skippable
    }
}

/// Reads a message; `known` are the words that the rule set uses.
pub(crate) fn read(message: &str, known: &[String]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for chunk in message.split(' ') {
        if chunk.chars().any(is_han) {
            for (from, character) in chunk.char_indices() {
                tokens.push(token(&character.to_string(), at + from, known));
            }
        } else if !chunk.is_empty() {
            tokens.push(token(chunk, at, known));
        }
        at += chunk.len() + 1;
    }
    tokens
}

fn is_han(character: char) -> bool {
    HAN.iter().any(|han| han.starts_with(character))
}

fn token(chunk: &str, start: usize, known: &[String]) -> Token {
    let written = chunk.to_lowercase();
    let kind = match () {
        () if FILLERS.contains(&written.as_str()) || EMOJI.contains(&chunk) => Kind::Skippable,
        () if chunk.bytes().all(|byte| byte.is_ascii_digit()) => Kind::Number,
        () if HAN.contains(&chunk) => Kind::Han,
        () => Kind::Word,
    };
    let word = if kind == Kind::Word { meant(&written, known) } else { written.clone() };
    Token { span: start..start + chunk.len(), written, word, kind }
}

/// The word that stands for a word: itself, or of a misspelt one the only known word one letter away; then its head
/// among synonyms.
fn meant(written: &str, known: &[String]) -> String {
    let near =
        || known.iter().find(|word| FILLERS.iter().all(|filler| filler != word) && one_slip(written, word));
    let correct = written.chars().count() >= 4 && !known.iter().any(|word| word == written);
    let word = if correct { near().map_or(written, |word| word.as_str()) } else { written };
    head(word).to_owned()
}

/// The word that a synonym stands for.
pub(crate) fn head(word: &str) -> &str {
    SYNONYMS.iter().find(|(_, other)| *other == word).map_or(word, |(head, _)| head)
}

/// Whether one letter left out, added, changed, or swapped with its neighbour makes one word of the other.
fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let without = |word: &[char], at: usize| [&word[..at], &word[at + 1..]].concat();
    let shorter = |long: &[char], short: &[char]| (0..long.len()).any(|at| without(long, at) == short);
    let changed =
        || one.len() == other.len() && (0..one.len()).any(|at| without(&one, at) == without(&other, at));
    let swapped = || {
        (1..one.len()).any(|at| {
            let mut swapped = one.clone();
            swapped.swap(at - 1, at);
            swapped == other
        })
    };
    shorter(&one, &other) || shorter(&other, &one) || changed() || swapped()
}
