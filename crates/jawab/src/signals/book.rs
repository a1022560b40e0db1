//! The expressions of all languages, by their first word.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Signal;
use crate::rules::Tone;
use crate::text::{Utterance, is_han};

/// The expressions of some signals.
pub(super) struct Book {
    holds: fn(Signal) -> bool,
    expressions: Vec<Expression>,
    /// Expressions by their first word.
    starts: FxHashMap<Box<str>, Vec<u16>>,
    pub(super) media: Vec<String>,
    /// Parts of words by which a rule is known to be for undoing something.
    pub(super) cancels: Vec<String>,
    /// Words that may stand between a negation and what it turns.
    pub(super) softeners: FxHashSet<String>,
}

pub(super) struct Expression {
    /// The words after the first.
    rest: Box<[Box<str>]>,
    language: Spoken,
    pub(super) signal: Signal,
}

/// Languages with expressions, each a bit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken(u8);

impl Spoken {
    pub(super) fn of(languages: &[&str]) -> Self {
        let spoken = |(place, (tag, _)): (usize, &(&str, _))| u8::from(languages.contains(tag)) << place;
        Spoken(FILES.iter().enumerate().map(spoken).sum())
    }

    fn has(self, language: Spoken) -> bool {
        self.0 & language.0 != 0
    }
}

/// The expressions of each language.
pub(super) const FILES: [(&str, &str); 4] = [
    ("id", include_str!("id.json")),
    ("en", include_str!("en.json")),
    ("fil", include_str!("fil.json")),
    ("zh", include_str!("zh.json")),
];

/// What every message is searched for.
pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::of(Signal::is_heard));
/// What is looked up only beside a value or a signal.
pub(super) static MARGIN: LazyLock<Book> = LazyLock::new(|| Book::of(|signal| !signal.is_heard()));

/// The file of a language.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) anger: Vec<String>,
    pub(super) worry: Vec<String>,
    pub(super) urgency: Vec<String>,
    pub(super) thanks: Vec<String>,
    pub(super) unhelpful: Vec<String>,
    pub(super) person: Vec<String>,
    pub(super) stop: Vec<String>,
    pub(super) unknown: Vec<String>,
    pub(super) patience: Vec<String>,
    pub(super) correction: Vec<String>,
    pub(super) other: Vec<String>,
    pub(super) both: Vec<String>,
    pub(super) which: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) ordinals: Vec<Vec<String>>,
    pub(super) last: Vec<String>,
    pub(super) automatic: Vec<String>,
    pub(super) media: Vec<String>,
    pub(super) softeners: Vec<String>,
    pub(super) cues: Cues,
    pub(super) units: Vec<String>,
    pub(super) slips: Vec<String>,
    pub(super) settled: Vec<String>,
    pub(super) taken_back: Vec<String>,
    pub(super) cancels: Vec<String>,
    pub(super) agrees: Vec<String>,
    pub(super) greetings: Vec<String>,
    pub(super) doubts: Vec<String>,
    pub(super) asides: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    pub(super) account: Vec<String>,
    pub(super) bank: Vec<String>,
    pub(super) reference: Vec<String>,
    pub(super) phone: Vec<String>,
    pub(super) amount: Vec<String>,
}

impl Book {
    fn of(holds: fn(Signal) -> bool) -> Self {
        let mut book = Book {
            holds,
            expressions: Vec::new(),
            starts: FxHashMap::default(),
            media: Vec::new(),
            cancels: Vec::new(),
            softeners: FxHashSet::default(),
        };
        FILES.iter().for_each(|(tag, text)| book.add(Spoken::of(&[tag]), text));
        book
    }

    fn add(&mut self, language: Spoken, text: &str) {
        // A test reads every file, so the default is never taken.
        let file: File = serde_json::from_str(text).unwrap_or_default();
        let lists = [
            (Signal::Tone(Tone::Anger), file.anger),
            (Signal::Tone(Tone::Worry), file.worry),
            (Signal::Tone(Tone::Urgency), file.urgency),
            (Signal::Tone(Tone::Thanks), file.thanks),
            (Signal::Unhelpful, file.unhelpful),
            (Signal::Person, file.person),
            (Signal::Stop, file.stop),
            (Signal::Unknown, file.unknown),
            (Signal::Patience, file.patience),
            (Signal::Correction, file.correction),
            (Signal::Other, file.other),
            (Signal::Both, file.both),
            (Signal::Which, file.which),
            (Signal::About, file.about),
            (Signal::Last, file.last),
            (Signal::Automatic, file.automatic),
            (Signal::Unit, file.units),
            (Signal::Slip, file.slips),
            (Signal::Settled, file.settled),
            (Signal::TakenBack, file.taken_back),
            (Signal::Agrees, file.agrees),
            (Signal::Greeting, file.greetings),
            (Signal::Doubt, file.doubts),
            (Signal::Aside, file.asides),
            (Signal::Cue(super::BANK), file.cues.bank),
            (Signal::Cue("account"), file.cues.account),
            (Signal::Cue("reference"), file.cues.reference),
            (Signal::Cue("phone"), file.cues.phone),
            (Signal::Cue("amount"), file.cues.amount),
        ];
        let ordinals = file.ordinals.into_iter().enumerate().map(|(at, list)| (Signal::Ordinal(at), list));
        let holds = self.holds;
        for (signal, list) in lists.into_iter().chain(ordinals).filter(|(signal, _)| holds(*signal)) {
            list.iter().for_each(|text| self.expression(language, signal, text));
        }
        self.media.extend(file.media);
        self.cancels.extend(file.cancels);
        self.softeners.extend(file.softeners);
    }

    fn expression(&mut self, language: Spoken, signal: Signal, text: &str) {
        let text = text.replace('\'', "");
        let words = words(&text);
        let Some((first, rest)) = words.split_first() else { return };
        self.starts.entry(Box::from(*first)).or_default().push(self.expressions.len() as u16);
        let rest = rest.iter().copied().map(Box::from).collect();
        self.expressions.push(Expression { rest, language, signal });
    }

    /// The expressions that begin at a token, each with the token after it.
    pub(super) fn at<'b>(
        &'b self,
        utterance: &'b Utterance,
        at: usize,
        spoken: Spoken,
    ) -> impl Iterator<Item = (&'b Expression, usize)> {
        let (surface, text) = (utterance.surface(at), utterance.text(at));
        let written = self.starts.get(surface);
        let read = (text != surface).then(|| self.starts.get(text)).flatten();
        let numbers = written.into_iter().chain(read).flatten();
        numbers.filter_map(move |&number| {
            let found =
                self.expressions.get(usize::from(number)).filter(|found| spoken.has(found.language))?;
            Some((found, found.end(utterance, at + 1)?))
        })
    }
}

impl Expression {
    /// The token after the expression, where its first word ends at `at`; some fillers between its words are passed over.
    fn end(&self, utterance: &Utterance, at: usize) -> Option<usize> {
        self.rest.iter().try_fold(at, |mut at, word| {
            let last = at + super::FILLERS;
            while !is_word(utterance, at, word) {
                if at == last || !is_filler(utterance, at) {
                    return None;
                }
                at += 1;
            }
            Some(at + 1)
        })
    }
}

fn is_filler(utterance: &Utterance, at: usize) -> bool {
    utterance.tokens.get(at).is_some_and(|token| token.filler)
}

/// Whether a token is the word, as written or as read.
fn is_word(utterance: &Utterance, at: usize, word: &str) -> bool {
    utterance.surface(at) == word || utterance.text(at) == word
}

/// The words of an expression as messages are split: every Chinese character is one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in text.split([' ', '-', '/']).filter(|part| !part.is_empty()) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let len = if is_han(first) { first.len_utf8() } else { rest.find(is_han).unwrap_or(rest.len()) };
            let (word, after) = rest.split_at(len);
            words.push(word);
            rest = after;
        }
    }
    words
}
