//! A template stands for a bounded number of sentences; here they are counted.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{Problem, TemplateError};
use super::lower::joined_sentences;
use super::syntax::{NESTING, Piece, SlotName, Template};
use crate::text::holds_words;

/// Most sentences that one pattern may stand for.
pub(crate) const SENTENCES: u64 = 100_000;

/// Most sentences that what is written together in one pattern may stand for: they are written out.
pub(crate) const JOINED: u64 = 256;

/// Most gaps and wildcards of one sentence: each adds to what a word of a message costs.
pub(crate) const GAPS: usize = 32;

/// The macros of a rule set by name.
pub(crate) type Macros<'r> = BTreeMap<&'r str, &'r Template>;

/// Checks that a template of `bytes` bytes stands for a bounded number of sentences, none of them empty.
/// Its macros must be known; one that contains itself is found here as too deep.
pub(crate) fn check<'p>(
    template: &'p Template,
    macros: &Macros<'p>,
    bytes: usize,
) -> Result<(), TemplateError> {
    let Template::Sentence(piece) = template else { return Ok(()) };
    let problem = match count(piece, macros, 0) {
        None => Some(Problem::TooDeep),
        Some(count) if count > SENTENCES => Some(Problem::TooManySentences { count }),
        Some(_) => fault(piece, macros),
    };
    problem.map_or(Ok(()), |problem| Err(TemplateError::new(problem, 0..bytes)))
}

/// What is wrong with a piece that stands for few enough sentences.
fn fault<'p>(piece: &'p Piece, macros: &Macros<'p>) -> Option<Problem> {
    let gaps = gaps(piece, macros);
    let joined = || Some(joined_sentences(piece, macros)).filter(|&count| count > JOINED);
    (gaps > GAPS)
        .then_some(Problem::TooManyGaps { count: gaps })
        .or_else(|| can_be_empty(piece, macros).then_some(Problem::MatchesNothing))
        .or_else(|| misplaced(piece, macros, [false; 2]))
        .or_else(|| names(piece, macros).err().map(|name| Problem::NamedTwice { name: name.to_owned() }))
        .or_else(|| joined().map(|count| Problem::TooManyJoined { count }))
}

/// The names that sentences capture words under; or a name that one sentence has twice.
fn names<'p>(piece: &'p Piece, macros: &Macros<'p>) -> Result<BTreeSet<&'p str>, &'p str> {
    match piece {
        Piece::Slot(SlotName { name, .. }) | Piece::Wildcard(name) => Ok(BTreeSet::from([name.as_str()])),
        Piece::Sequence(pieces) | Piece::AnyOrder(pieces) => {
            pieces.iter().try_fold(BTreeSet::new(), |mut all, piece| {
                let twice = names(piece, macros)?.into_iter().find(|&name| !all.insert(name));
                twice.map_or(Ok(all), Err)
            })
        }
        Piece::Alternatives(pieces) => pieces.iter().try_fold(BTreeSet::new(), |mut all, piece| {
            all.append(&mut names(piece, macros)?);
            Ok(all)
        }),
        Piece::Macro(reference) => {
            sentence(&reference.name, macros).map_or(Ok(BTreeSet::new()), |piece| names(piece, macros))
        }
        Piece::Text(_) | Piece::Exact(_) | Piece::Gap | Piece::Start | Piece::End => Ok(BTreeSet::new()),
    }
}

/// A `^` that has something before it, or a `$` that has something behind it; the sides tell what stands around the piece.
fn misplaced(piece: &Piece, macros: &Macros, [before, behind]: [bool; 2]) -> Option<Problem> {
    let inner = |piece: &Piece| misplaced(piece, macros, [before, behind]);
    match piece {
        Piece::Start => before.then_some(Problem::Misplaced { anchor: '^' }),
        Piece::End => behind.then_some(Problem::Misplaced { anchor: '$' }),
        Piece::Sequence(pieces) => {
            let stands =
                |piece: &Piece| matches!(piece, Piece::Start | Piece::End) || !can_be_empty(piece, macros);
            let (first, last) = (pieces.iter().position(stands)?, pieces.iter().rposition(stands)?);
            pieces
                .iter()
                .enumerate()
                .find_map(|(at, piece)| misplaced(piece, macros, [before || at > first, behind || at < last]))
        }
        Piece::Alternatives(pieces) | Piece::AnyOrder(pieces) => pieces.iter().find_map(inner),
        Piece::Macro(reference) => sentence(&reference.name, macros).and_then(inner),
        Piece::Text(_) | Piece::Exact(_) | Piece::Gap | Piece::Slot(_) | Piece::Wildcard(_) => None,
    }
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
        Piece::Macro(reference) => match sentence(&reference.name, macros) {
            Some(_) if depth == NESTING => None,
            Some(piece) => count(piece, macros, depth + 1),
            None => Some(0),
        },
        _ => Some(1),
    }
}

/// The gaps and wildcards of the sentence that has most of them.
fn gaps(piece: &Piece, macros: &Macros) -> usize {
    let inner = |piece: &Piece| gaps(piece, macros);
    match piece {
        Piece::Gap | Piece::Wildcard(_) => 1,
        Piece::Sequence(pieces) | Piece::AnyOrder(pieces) => pieces.iter().map(inner).sum(),
        Piece::Alternatives(pieces) => pieces.iter().map(inner).max().unwrap_or(0),
        Piece::Macro(reference) => sentence(&reference.name, macros).map_or(0, inner),
        Piece::Text(_) | Piece::Exact(_) | Piece::Slot(_) | Piece::Start | Piece::End => 0,
    }
}

/// What a macro stands for, where it is a sentence.
fn sentence<'r>(name: &str, macros: &Macros<'r>) -> Option<&'r Piece> {
    match macros.get(name)? {
        Template::Sentence(piece) => Some(piece),
        Template::Regex(_) => None,
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
        Piece::Text(text) | Piece::Exact(text) => !holds_words(text),
        Piece::Sequence(pieces) | Piece::AnyOrder(pieces) => {
            pieces.iter().all(|piece| can_be_empty(piece, macros))
        }
        Piece::Alternatives(pieces) => pieces.iter().any(|piece| can_be_empty(piece, macros)),
        Piece::Macro(reference) => {
            sentence(&reference.name, macros).is_some_and(|piece| can_be_empty(piece, macros))
        }
        Piece::Gap | Piece::Start | Piece::End => true,
        Piece::Slot(_) | Piece::Wildcard(_) => false,
    }
}
