//! A template stands for a bounded number of sentences; here they are counted.

use std::collections::BTreeMap;

use super::error::{Problem, TemplateError};
use super::lower::joined_sentences;
use super::syntax::{NESTING, Piece, Template};

/// Most sentences that one pattern may stand for.
pub(crate) const SENTENCES: u64 = 100_000;

/// Most sentences that what is written together in one pattern may stand for: they are written out.
pub(crate) const JOINED: u64 = 256;

/// The macros of a rule set by name.
pub(crate) type Macros<'r> = BTreeMap<&'r str, &'r Template>;

/// Checks that a template of `bytes` bytes stands for a bounded number of sentences, none of them empty.
/// Its macros must be known; one that contains itself is found here as too deep.
pub(crate) fn check(template: &Template, macros: &Macros, bytes: usize) -> Result<(), TemplateError> {
    let Template::Sentence(piece) = template else { return Ok(()) };
    let problem = match count(piece, macros, 0) {
        None => Problem::TooDeep,
        Some(count) if count > SENTENCES => Problem::TooManySentences { count },
        Some(_) if can_be_empty(piece, macros) => Problem::MatchesNothing,
        Some(_) => match joined_sentences(piece, macros) {
            0..=JOINED => return Ok(()),
            count => Problem::TooManyJoined { count },
        },
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
