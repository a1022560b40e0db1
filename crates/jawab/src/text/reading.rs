//! The reading for likeness, and the language of a message.

use super::lexicon::Lexicon;
use super::token::{Change, Phrase, Reading, Stretch, Token, TokenKind};
use super::utterance::Utterance;

/// Adds the reading to an utterance that has its tokens and phrases.
pub(super) fn build(lexicon: &Lexicon, utterance: &mut Utterance) {
    let meaningful = utterance.tokens.iter().any(|token| !token.is_skippable());
    let (mut at, mut next) = (0, 0);
    while at < utterance.tokens.len() {
        next += utterance
            .phrases
            .get(next..)
            .unwrap_or_default()
            .iter()
            .take_while(|phrase| (phrase.start as usize) < at)
            .count();
        let phrase = utterance.phrases.get(next).copied().filter(|phrase| phrase.start as usize == at);
        at = match phrase {
            Some(phrase) => push_phrase(lexicon, utterance, phrase),
            None => push_token(lexicon, utterance, at, meaningful),
        };
    }
}

fn push_phrase(lexicon: &Lexicon, utterance: &mut Utterance, phrase: Phrase) -> usize {
    let end = (phrase.start + phrase.len) as usize;
    let text = utterance.store(lexicon.word(phrase.word));
    let covered = utterance.tokens.get(phrase.start as usize..end).unwrap_or_default();
    let worst = covered.iter().map(|token| token.change).max_by_key(|&change| discount(change));
    let change = worst.filter(|&change| change != Change::None).unwrap_or(Change::Synonym);
    let negation = covered.iter().any(|token| token.negation);
    let tokens = phrase.start..end as u32;
    utterance.readings.push(Reading {
        word: phrase.word,
        tokens,
        kind: TokenKind::Word,
        negation,
        change,
        text,
    });
    end
}

/// How doubtful a change is.
fn discount(change: Change) -> u8 {
    match change {
        Change::None => 0,
        Change::Synonym => 1,
        Change::Spelling => 2,
        Change::Stretched => 3,
        Change::Form => 4,
        Change::Split => 5,
        Change::Vowels => 6,
        Change::Typo(distance) => 6 + distance,
    }
}

fn push_token(lexicon: &Lexicon, utterance: &mut Utterance, at: usize, meaningful: bool) -> usize {
    let Some(token) = utterance.tokens.get(at) else { return at + 1 };
    if meaningful && token.is_skippable() {
        return at + 1;
    }
    let tokens = at as u32..at as u32 + 1;
    let &Token { word, written, kind, negation, change, text, .. } = token;
    let text = if word == written { text } else { reading_text(lexicon, utterance, word, text) };
    utterance.readings.push(Reading { word, tokens, kind, negation, change, text });
    at + 1
}

/// The canonical spelling of a known word, so that synonyms read alike.
fn reading_text(
    lexicon: &Lexicon,
    utterance: &mut Utterance,
    word: super::token::WordId,
    text: Stretch,
) -> Stretch {
    if word.is_known() && lexicon.word(word) != utterance.stretch(text) {
        return utterance.store(lexicon.word(word));
    }
    text
}

/// The language with most votes, if it has half of them and no other has as many.
pub(super) fn language(tokens: &[Token], languages: usize) -> Option<u8> {
    let (mut votes, mut all) = ([0_u32; 8], 0);
    // A byte counts to 255.
    for tokens in tokens.chunks(255) {
        let mut ballots = 0;
        for set in tokens.iter().map(|token| token.languages) {
            ballots += BALLOTS[usize::from(set.bits())];
            all += u32::from(!set.is_empty());
        }
        for (votes, more) in votes.iter_mut().zip(ballots.to_le_bytes()) {
            *votes += u32::from(more);
        }
    }
    winner(&votes, all, languages)
}

impl Utterance {
    /// The language of the first 64 words without those that a bit is set for, and without abbreviations as `a/n`.
    pub(crate) fn language_without(&self, left_out: u64, languages: usize) -> Option<u8> {
        let (mut ballots, mut all) = (0, 0);
        let counts = |at: &usize| left_out >> at & 1 == 0 && !self.is_abbreviated(*at);
        for at in (0..self.tokens.len().min(64)).filter(counts) {
            let set = self.tokens.get(at).map_or(super::token::LanguageSet::NONE, |token| token.languages);
            ballots += BALLOTS[usize::from(set.bits())];
            all += u32::from(!set.is_empty());
        }
        winner(&ballots.to_le_bytes().map(u32::from), all, languages)
    }

    /// Whether a word is a letter that a stroke joins to another.
    fn is_abbreviated(&self, at: usize) -> bool {
        let joined = |first: usize| {
            let place = |at: usize| self.tokens.get(at).map_or(0..0, |token| token.surface.range());
            let (one, other) = (place(first), place(first + 1));
            one.len() == 1 && other.len() == 1 && self.buffer.get(one.end..other.start) == Some("/")
        };
        joined(at) || at > 0 && joined(at - 1)
    }
}

fn winner(votes: &[u32; 8], all: u32, languages: usize) -> Option<u8> {
    let (mut best, mut most, mut single) = (0, 0, false);
    for (language, &votes) in (0..).zip(votes.iter().take(languages)) {
        single = votes > most || single && votes < most;
        if votes > most {
            (best, most) = (language, votes);
        }
    }
    (single && most * 2 >= all).then_some(best)
}

/// For each set of languages one vote for each of them, a byte each.
const BALLOTS: [u64; 256] = {
    let (mut ballots, mut set) = ([0; 256], 0);
    while set < 256 {
        let mut language = 0;
        while language < 8 {
            ballots[set] |= (set as u64 >> language & 1) << (8 * language);
            language += 1;
        }
        set += 1;
    }
    ballots
};
