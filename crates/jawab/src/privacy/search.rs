//! One text, all kinds: secrets first, then addresses, then numbers; what one has taken the next leaves alone.

use std::ops::Range;

use super::kind::Kind;
use super::mask::{Found, replaced};
use super::pieces::{Gap, Piece, PieceKind, Pieces};
use super::words::{Cue, Words};

/// Most pieces between a word and the number it tells of.
const NEAR: usize = 6;
/// Longest part of an e-mail address on either side of its `@`, in pieces.
const ADDRESS: usize = 20;

/// Most times that a text is looked at again: what has been masked may let its neighbours be seen.
const ROUNDS: usize = 8;

/// What must not be shown in a text, in its order. What is left holds nothing more.
pub(super) fn search(text: &str, words: &Words) -> Vec<Found> {
    let mut found = seen(text, words);
    for _ in 0..ROUNDS {
        if found.is_empty() {
            break;
        }
        let more = seen(&replaced(text, &found, (0, text.len())), words);
        if more.is_empty() {
            break;
        }
        let more = originals(&found, &more);
        found.extend(more);
        found.sort_unstable_by_key(|found| found.span);
    }
    found
}

/// The longest end of a message that may name what the next message holds, in bytes.
const LEAD: usize = 64;

/// Most words of a message beside the password that an earlier one named.
const BESIDE: usize = 2;

/// A message of more words without a digit is none that holds a secret alone: it is not searched.
const SECRET_WORDS: usize = BESIDE + 4;

/// The secret that a text begins with, where the one before it ended with its name.
pub(super) fn secret_after(lead: &str, text: &str, words: &Words) -> Option<Found> {
    let wordy = || text.split_whitespace().count() > SECRET_WORDS && !text.contains(char::is_numeric);
    let lead = lead.get(lead.ceil_char_boundary(lead.len().saturating_sub(LEAD))..).unwrap_or_default();
    if !words.may_end_with_a_name(lead) || wordy() || !Search::new(lead, words).ends_with_a_name() {
        return None;
    }
    let (start, both) = (lead.len() + 1, format!("{lead}\n{text}"));
    let mut search = Search::new(&both, words);
    search.secrets();
    let secret = search.found.iter().find(|found| found.span.0 >= start)?;
    let is_beside = |piece: &Piece| {
        piece.kind != PieceKind::Mark
            && piece.start >= start
            && (piece.end <= secret.span.0 || secret.span.1 <= piece.start)
    };
    let beside = search.pieces.list.iter().filter(|piece| is_beside(piece)).count();
    let span = (secret.span.0 - start, secret.span.1 - start);
    (secret.kind != Kind::Password || beside <= BESIDE).then_some(Found { kind: secret.kind, span })
}

/// What is seen at one look, in the order of the text.
fn seen(text: &str, words: &Words) -> Vec<Found> {
    let mut search = Search::new(text, words);
    search.addresses();
    search.secrets();
    search.numbers();
    let mut found = search.found;
    found.sort_unstable_by_key(|found| found.span);
    found
}

/// The places in the text of what was found in it once `known` had been replaced.
fn originals(known: &[Found], more: &[Found]) -> Vec<Found> {
    let (mut known, mut shown, mut written) = (known.iter().peekable(), 0, 0);
    let place = |found: &Found| {
        while let Some(before) = known.next_if(|before| shown + before.span.0 - written <= found.span.0) {
            shown += before.span.0 - written + before.kind.mask().len();
            written = before.span.1;
        }
        let start = written + found.span.0 - shown;
        Found { kind: found.kind, span: (start, start + found.span.1 - found.span.0) }
    };
    more.iter().map(place).collect()
}

/// A cue with its place in the text, in pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct CueAt {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) cue: Cue,
}

pub(super) struct Search<'t> {
    pub(super) text: &'t str,
    pub(super) words: &'t Words,
    pub(super) pieces: Pieces,
    /// All cues, in the order of the text.
    pub(super) cues: Vec<CueAt>,
    /// The cue that ends with each piece.
    ending: Vec<Option<Cue>>,
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl<'t> Search<'t> {
    fn new(text: &'t str, words: &'t Words) -> Self {
        let pieces = Pieces::of(text, words);
        let count = pieces.list.len();
        let mut search = Search {
            text,
            words,
            pieces,
            cues: Vec::new(),
            ending: vec![None; count],
            taken: vec![false; count],
            found: Vec::new(),
        };
        search.read_cues();
        search
    }

    fn read_cues(&mut self) {
        let mut at = 0;
        while at < self.len() {
            let Some((length, cue)) = self.words.cue_at(&self.pieces, at) else {
                at += 1;
                continue;
            };
            self.cues.push(CueAt { from: at, to: at + length, cue });
            self.ending[at + length - 1] = Some(cue);
            at += length;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.pieces.list.len()
    }

    pub(super) fn is_free(&self, pieces: Range<usize>) -> bool {
        self.taken.get(pieces).is_some_and(|taken| !taken.contains(&true))
    }

    pub(super) fn take(&mut self, kind: Kind, pieces: Range<usize>) {
        let (Some(first), Some(last)) =
            (self.pieces.list.get(pieces.start), self.pieces.list.get(pieces.end - 1))
        else {
            return;
        };
        self.found.push(Found { kind, span: (first.start, last.end) });
        self.taken[pieces].fill(true);
    }

    /// The cue in front of a piece, with at most a few linking words and marks between the two.
    pub(super) fn cue_before(&self, at: usize) -> Option<Cue> {
        let mut before = at;
        for _ in 0..NEAR {
            if before == 0 || self.pieces.gap(before) == Gap::Break {
                return None;
            }
            before -= 1;
            if self.taken[before] {
                return None;
            }
            if let Some(cue) = self.ending[before] {
                return Some(cue);
            }
            if !self.is_linking(before) {
                return None;
            }
        }
        None
    }

    /// Whether a piece only links a word to what it tells of.
    pub(super) fn is_linking(&self, at: usize) -> bool {
        let word = self.pieces.text(at);
        match self.pieces.mark(at) {
            Some(mark) => {
                self.words.is_strong_mark(mark)
                    || self.words.is_weak_mark(mark)
                    || matches!(mark, '+' | '#' | '.' | ')' | '/')
            }
            None => self.words.linking.contains(word) || self.words.copulas.contains(word),
        }
    }

    fn addresses(&mut self) {
        for at in 0..self.len() {
            if self.pieces.mark(at) == Some('@')
                && let Some(address) = self.address(at)
                && self.is_free(address.clone())
            {
                self.take(Kind::Email, address);
            }
        }
    }

    /// The e-mail address around an `@`.
    fn address(&self, at: usize) -> Option<Range<usize>> {
        let is_local =
            |at| self.is_word(at) || matches!(self.pieces.mark(at), Some('.' | '_' | '%' | '+' | '-'));
        let mut from = at;
        while from > 0 && at - from < ADDRESS && self.pieces.gap(from) == Gap::None && is_local(from - 1) {
            from -= 1;
        }
        let from = (from..at).find(|&from| self.is_word(from))?;
        Some(from..self.host_end(at + 1)?)
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.pieces.kind(at), Some(PieceKind::Letters | PieceKind::Digits | PieceKind::Mixed))
    }

    /// The end of a host's name: words joined by dots, the last one of letters; or one of the great mail services.
    fn host_end(&self, start: usize) -> Option<usize> {
        let mut end = None;
        let mut dots = 0;
        for at in start..(start + ADDRESS).min(self.len()) {
            match (self.pieces.gap(at), self.pieces.mark(at)) {
                (Gap::None, Some('.')) => dots += 1,
                (Gap::None, Some('-')) => {}
                (Gap::None, None) if self.is_word(at) => {
                    let last = dots > 0 && self.pieces.kind(at) == Some(PieceKind::Letters);
                    let known = dots == 0 && self.words.mail_hosts.contains(self.pieces.text(at));
                    let long = self.pieces.text(at).chars().nth(1).is_some();
                    end = if last && long || known { Some(at + 1) } else { end };
                }
                _ => break,
            }
        }
        end
    }
}
