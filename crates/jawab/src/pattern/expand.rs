//! A template stands for a bounded number of sentences; here they are counted and listed.

use std::collections::BTreeMap;

use regex::Regex;

use super::error::{Problem, TemplateError};
use super::syntax::{NESTING, Piece, SlotName, Template};

/// Most sentences that one pattern may stand for.
pub(crate) const SENTENCES: u64 = 2000;

/// The macros of a rule set by name.
pub(crate) type Macros<'r> = BTreeMap<&'r str, &'r Template>;

/// One step of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part<'t> {
    Text(String),
    Exact(&'t str),
    Gap,
    Wildcard(&'t str),
    Slot(&'t SlotName),
    Start,
    End,
}

/// One of the sentences that a template stands for.
pub(crate) type Sentence<'t> = Vec<Part<'t>>;

/// A pattern with its macros and alternatives written out.
pub(crate) enum Expansion<'t> {
    Sentences(Vec<Sentence<'t>>),
    Regex(&'t Regex),
}

impl<'t> Expansion<'t> {
    /// Writes out a checked template.
    pub(crate) fn new(template: &'t Template, macros: &Macros<'t>) -> Self {
        match template {
            Template::Regex(regex) => Expansion::Regex(regex),
            Template::Sentence(piece) => Expansion::Sentences(sentences(piece, macros)),
        }
    }

    /// All literal texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let sentences = if let Expansion::Sentences(sentences) = self { sentences.as_slice() } else { &[] };
        sentences.iter().flatten().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Exact(text) => Some(*text),
            _ => None,
        })
    }
}

/// Checks that a template of `bytes` bytes stands for a bounded number of sentences, none of them empty.
/// Its macros must be known; one that contains itself is found here as too deep.
pub(crate) fn check(template: &Template, macros: &Macros, bytes: usize) -> Result<(), TemplateError> {
    let Template::Sentence(piece) = template else { return Ok(()) };
    let problem = match count(piece, macros, 0) {
        None => Problem::TooDeep,
        Some(count) if count > SENTENCES => Problem::TooManySentences { count },
        Some(_) if can_be_empty(piece, macros) => Problem::MatchesNothing,
        Some(_) => return Ok(()),
    };
    Err(TemplateError::new(problem, 0..bytes))
}

/// How many sentences a piece stands for; nothing if macros nest too deep.
fn count(piece: &Piece, macros: &Macros, depth: usize) -> Option<u64> {
    let inner = |piece: &Piece| count(piece, macros, depth);
    match piece {
        Piece::Sequence(pieces) => product(1, pieces, inner),
        Piece::AnyOrder(pieces) => product(factorial(pieces.len()), pieces, inner),
        Piece::Alternatives(pieces) => {
            pieces.iter().try_fold(0_u64, |sum, piece| Some(sum.saturating_add(inner(piece)?)))
        }
        Piece::Macro(reference) => match macros.get(reference.name.as_str()) {
            Some(Template::Sentence(_)) if depth == NESTING => None,
            Some(Template::Sentence(piece)) => count(piece, macros, depth + 1),
            _ => Some(0),
        },
        _ => Some(1),
    }
}

fn product(times: u64, pieces: &[Piece], count: impl Fn(&Piece) -> Option<u64>) -> Option<u64> {
    pieces.iter().try_fold(times, |product, piece| Some(product.saturating_mul(count(piece)?)))
}

fn factorial(n: usize) -> u64 {
    (1..=n as u64).fold(1, u64::saturating_mul)
}

/// Whether the piece also stands for a sentence without content. Macros nest no deeper than [`NESTING`].
fn can_be_empty(piece: &Piece, macros: &Macros) -> bool {
    match piece {
        Piece::Text(text) => text.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation()),
        Piece::Sequence(pieces) | Piece::AnyOrder(pieces) => {
            pieces.iter().all(|piece| can_be_empty(piece, macros))
        }
        Piece::Alternatives(pieces) => pieces.iter().any(|piece| can_be_empty(piece, macros)),
        Piece::Macro(reference) => match macros.get(reference.name.as_str()) {
            Some(Template::Sentence(piece)) => can_be_empty(piece, macros),
            _ => false,
        },
        Piece::Gap | Piece::Start | Piece::End => true,
        Piece::Exact(_) | Piece::Slot(_) | Piece::Wildcard(_) => false,
    }
}

/// All sentences of a checked piece, in the order of the author's alternatives.
fn sentences<'t>(piece: &'t Piece, macros: &Macros<'t>) -> Vec<Sentence<'t>> {
    match piece {
        Piece::Text(text) => vec![vec![Part::Text(text.clone())]],
        Piece::Exact(text) => vec![vec![Part::Exact(text)]],
        Piece::Gap => vec![vec![Part::Gap]],
        Piece::Wildcard(name) => vec![vec![Part::Wildcard(name)]],
        Piece::Slot(slot) => vec![vec![Part::Slot(slot)]],
        Piece::Start => vec![vec![Part::Start]],
        Piece::End => vec![vec![Part::End]],
        Piece::Sequence(pieces) => in_sequence(pieces.iter().map(|piece| sentences(piece, macros))),
        Piece::Alternatives(pieces) => pieces.iter().flat_map(|piece| sentences(piece, macros)).collect(),
        Piece::AnyOrder(pieces) => in_any_order(pieces, macros),
        Piece::Macro(reference) => match macros.get(reference.name.as_str()) {
            Some(Template::Sentence(piece)) => sentences(piece, macros),
            _ => Vec::new(),
        },
    }
}

fn in_sequence<'t>(pieces: impl Iterator<Item = Vec<Sentence<'t>>>) -> Vec<Sentence<'t>> {
    pieces.fold(vec![Vec::new()], |heads, tails| {
        heads.iter().flat_map(|head| tails.iter().map(|tail| joined(head, tail))).collect()
    })
}

/// Every order of the pieces, with spaces between: `(a;b)` never stands for `ab`.
fn in_any_order<'t>(pieces: &'t [Piece], macros: &Macros<'t>) -> Vec<Sentence<'t>> {
    let space = || vec![vec![Part::Text(" ".to_owned())]];
    let orders = permutations(pieces.len()).into_iter();
    orders
        .flat_map(|order| {
            in_sequence(order.into_iter().flat_map(|at| [space(), sentences(&pieces[at], macros), space()]))
        })
        .collect()
}

/// `head` and `tail` as one sentence; texts that touch become one, so that `light[s]` is one word.
fn joined<'t>(head: &[Part<'t>], tail: &[Part<'t>]) -> Sentence<'t> {
    let mut sentence = head.to_vec();
    for part in tail {
        match (sentence.last_mut(), part) {
            (Some(Part::Text(text)), Part::Text(more)) => text.push_str(more),
            _ => sentence.push(part.clone()),
        }
    }
    sentence
}

fn permutations(n: usize) -> Vec<Vec<usize>> {
    let inserted = |order: &[usize], at: usize, new: usize| [&order[..at], &[new], &order[at..]].concat();
    (0..n).fold(vec![Vec::new()], |orders, new| {
        orders.iter().flat_map(|order| (0..=new).map(move |at| inserted(order, at, new))).collect()
    })
}
