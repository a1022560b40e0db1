//! A pattern as parts; how it is written, and where it matches: every way is tried.

use std::fmt::Write as _;
use std::ops::Range;

use regex::RegexBuilder;

use crate::words::{BANKS, Kind, SYNONYMS, Token};

/// Half-words that a gap passes over at most.
const GAP: usize = 10;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    Word(&'static str),
    Exact(&'static str),
    Gap,
    Number(String),
    Bank(String),
    Wildcard(String),
    Optional(Vec<Part>),
    OneOf(Vec<Vec<Part>>),
    AnyOrder(Vec<Vec<Part>>),
    Macro(&'static str, Vec<Part>),
    Start,
    End,
}

#[derive(Debug, Clone)]
pub(crate) enum Pattern {
    Sentence(Vec<Part>),
    Regex(String),
}

/// What a part of a pattern takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Step {
    /// The name of a slot; empty for words.
    pub(crate) slot: String,
    /// First token, and that after the last.
    pub(crate) tokens: (usize, usize),
    pub(crate) bytes: (usize, usize),
    wildcard: bool,
}

/// One way in which a pattern is found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    start: usize,
    end: usize,
    pub(crate) steps: Vec<Step>,
}

impl Way {
    /// The tokens that the pattern names.
    pub(crate) fn named(&self) -> Vec<usize> {
        self.steps
            .iter()
            .filter(|step| !step.wildcard)
            .flat_map(|step| step.tokens.0..step.tokens.1)
            .collect()
    }

    /// Best first: what names most, then what begins first, then what ends first, then whose parts stand first; of what
    /// is still equal, by the steps from the last on.
    fn order(&self) -> impl Ord + use<> {
        let places: usize = self.steps.iter().map(|step| step.tokens.0 + step.tokens.1).sum();
        let steps: Vec<Step> = self.steps.iter().rev().cloned().collect();
        (std::cmp::Reverse(self.named().len()), self.start, self.end, places, steps)
    }
}

impl Pattern {
    /// The best way in which the pattern is found.
    pub(crate) fn find(&self, message: &str, tokens: &[Token]) -> Option<Way> {
        match self {
            Pattern::Regex(source) => find_regex(source, message, tokens),
            Pattern::Sentence(parts) => {
                let mut ways = Vec::new();
                for start in 0..=tokens.len() {
                    let way = Way { start, end: start, ..Way::default() };
                    Search { tokens, ways: &mut ways }.go(parts, &way, true, false);
                }
                ways.into_iter().filter(|way| !way.steps.is_empty()).min_by_key(Way::order)
            }
        }
    }
}

fn find_regex(source: &str, message: &str, tokens: &[Token]) -> Option<Way> {
    let regex =
        RegexBuilder::new(source).case_insensitive(true).build().expect("an expression of the generator");
    let found = regex.captures(message)?;
    let step = |slot: &str, bytes: Range<usize>| {
        let shares = |token: &Token| token.span.start < bytes.end && bytes.start < token.span.end;
        let inside: Vec<usize> = (0..tokens.len()).filter(|&at| shares(&tokens[at])).collect();
        let tokens = (*inside.first()?, inside.last()? + 1);
        Some(Step {
            slot: slot.to_owned(),
            tokens,
            bytes: (bytes.start, bytes.end),
            wildcard: !slot.is_empty(),
        })
    };
    let whole = step("", found.get(0)?.range())?;
    let groups = regex.capture_names().flatten().filter_map(|name| step(name, found.name(name)?.range()));
    let (start, end) = whole.tokens;
    Some(Way { start, end, steps: std::iter::once(whole.clone()).chain(groups).collect() })
}

struct Search<'s> {
    tokens: &'s [Token],
    ways: &'s mut Vec<Way>,
}

impl Search<'_> {
    /// Goes on with `parts` where `way` ends. `fresh`: nothing was taken yet. `open`: a wildcard was the last part, which
    /// takes all that follows where nothing stops it.
    fn go(&mut self, parts: &[Part], way: &Way, fresh: bool, open: bool) {
        let Some((first, rest)) = parts.split_first() else {
            if !open || way.end == self.tokens.len() {
                self.ways.push(way.clone());
            }
            return;
        };
        let joined = |inner: &[Part]| [inner, rest].concat();
        match first {
            Part::Optional(inner) => {
                self.go(&joined(inner), way, fresh, open);
                self.go(rest, way, fresh, open);
            }
            Part::Macro(_, inner) => self.go(&joined(inner), way, fresh, open),
            Part::OneOf(branches) => {
                branches.iter().for_each(|inner| self.go(&joined(inner), way, fresh, open));
            }
            Part::AnyOrder(branches) => {
                for at in 0..branches.len() {
                    let mut others = branches.clone();
                    let one = others.remove(at);
                    let after = if others.is_empty() { Vec::new() } else { vec![Part::AnyOrder(others)] };
                    self.go(&[one, after, rest.to_vec()].concat(), way, fresh, open);
                }
            }
            Part::Start if way.end == 0 && fresh => self.go(rest, way, false, open),
            Part::End if self.tokens[way.end..].iter().all(Token::skippable) => {
                self.go(rest, way, fresh, false);
            }
            Part::Start | Part::End => {}
            Part::Gap if rest.iter().all(|part| *part == Part::Gap) => self.go(rest, way, fresh, open),
            Part::Gap if fresh => self.go(rest, way, true, open),
            Part::Gap => self.gap(rest, way),
            part => self.take(part, rest, way, fresh),
        }
    }

    fn gap(&mut self, rest: &[Part], way: &Way) {
        let mut passed = 0;
        for end in way.end..=self.tokens.len() {
            self.go(rest, &Way { end, ..way.clone() }, false, false);
            passed += match self.tokens.get(end).map(|token| token.kind) {
                Some(Kind::Han) => 1,
                Some(Kind::Word | Kind::Number) => 2,
                Some(Kind::Skippable) | None => 0,
            };
            if passed > GAP {
                return;
            }
        }
    }

    /// Takes a part here, or behind fillers.
    fn take(&mut self, part: &Part, rest: &[Part], way: &Way, fresh: bool) {
        for from in way.end..self.tokens.len() {
            for to in from + 1..=self.tokens.len() {
                if fits(part, &self.tokens[from..to]) {
                    self.went(part, rest, way, (from, to));
                }
            }
            if fresh || !self.tokens[from].skippable() {
                return;
            }
        }
    }

    fn went(&mut self, part: &Part, rest: &[Part], way: &Way, tokens: (usize, usize)) {
        let wildcard = matches!(part, Part::Wildcard(_));
        let slot = match part {
            Part::Number(name) | Part::Bank(name) | Part::Wildcard(name) => name.clone(),
            _ => String::new(),
        };
        let bytes = (self.tokens[tokens.0].span.start, self.tokens[tokens.1 - 1].span.end);
        let mut way = Way { end: tokens.1, ..way.clone() };
        way.steps.push(Step { slot, tokens, bytes, wildcard });
        self.go(rest, &way, false, wildcard);
    }
}

/// Whether a part may be exactly these tokens.
fn fits(part: &Part, tokens: &[Token]) -> bool {
    let written = |words: &str| words.split(' ').eq(tokens.iter().map(|token| token.word.as_str()));
    match part {
        Part::Word(word) => {
            let phrase = |(head, other): &(&str, &str)| head == word && written(other);
            written(word) || SYNONYMS.iter().filter(|(_, other)| other.contains(' ')).any(phrase)
        }
        Part::Exact(word) => tokens.len() == 1 && tokens[0].written == *word,
        Part::Number(_) => tokens.len() == 1 && tokens[0].kind == Kind::Number,
        Part::Bank(_) => BANKS.iter().flat_map(|(_, written)| *written).any(|bank| written(bank)),
        Part::Wildcard(_) => true,
        _ => false,
    }
}

impl Pattern {
    pub(crate) fn to_text(&self) -> String {
        match self {
            Pattern::Sentence(parts) => text(parts),
            Pattern::Regex(source) => format!("/{source}/"),
        }
    }

    /// The words that it names.
    pub(crate) fn words(&self) -> Vec<&'static str> {
        match self {
            Pattern::Sentence(parts) => parts.iter().flat_map(words).collect(),
            Pattern::Regex(_) => Vec::new(),
        }
    }
}

fn words(part: &Part) -> Vec<&'static str> {
    match part {
        Part::Word(word) | Part::Exact(word) => vec![word],
        Part::Optional(inner) | Part::Macro(_, inner) => inner.iter().flat_map(words).collect(),
        Part::OneOf(branches) | Part::AnyOrder(branches) => {
            branches.iter().flatten().flat_map(words).collect()
        }
        _ => Vec::new(),
    }
}

/// Parts as authors write them.
pub(crate) fn text(parts: &[Part]) -> String {
    let branches = |branches: &[Vec<Part>], between: &str| {
        branches.iter().map(|parts| text(parts)).collect::<Vec<_>>().join(between)
    };
    let mut written = String::new();
    for part in parts {
        let space = if written.is_empty() { "" } else { " " };
        let _ = match part {
            Part::Word(word) => write!(written, "{space}{word}"),
            Part::Exact(word) => write!(written, "{space}\"{word}\""),
            Part::Gap => write!(written, "{space}..."),
            Part::Number(name) => write!(written, "{space}{{{name}:number}}"),
            Part::Bank(name) => write!(written, "{space}{{{name}:bank}}"),
            Part::Wildcard(name) => write!(written, "{space}{{*{name}}}"),
            Part::Optional(inner) => write!(written, "{space}[{}]", text(inner)),
            Part::OneOf(inner) => write!(written, "{space}({})", branches(inner, "|")),
            Part::AnyOrder(inner) => write!(written, "{space}({})", branches(inner, ";")),
            Part::Macro(name, _) => write!(written, "{space}<{name}>"),
            Part::Start => write!(written, "{space}^"),
            Part::End => write!(written, "{space}$"),
        };
    }
    written
}
