//! What may stand beside a literal of a regular expression.

use std::ops::Range;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Sorts of neighbours, a bit for each.
pub(super) type Neighbours = u8;

const DIGIT: Neighbours = 1;
/// A letter of ASCII or an underscore.
const LETTER: Neighbours = 1 << 1;
const WHITE: Neighbours = 1 << 2;
const HYPHEN: Neighbours = 1 << 3;
/// Another character of ASCII.
const OTHER: Neighbours = 1 << 4;
/// A character that is not of ASCII.
const BEYOND: Neighbours = 1 << 5;
/// The message begins or ends there.
const NOTHING: Neighbours = 1 << 6;
const ANYTHING: Neighbours = (1 << 7) - 1;
const WORD: Neighbours = DIGIT | LETTER;

/// The sort of each byte.
const SORTS: [Neighbours; 256] = {
    let mut sorts = [BEYOND; 256];
    let mut byte = 0;
    while byte < 128 {
        sorts[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => LETTER,
            b'\t'..=b'\r' | b' ' => WHITE,
            b'-' => HYPHEN,
            _ => OTHER,
        };
        byte += 1;
    }
    sorts
};

/// Whether what stands before and after a stretch of a message may stand there.
pub(super) fn fits(message: &str, stretch: Range<usize>, beside: (Neighbours, Neighbours)) -> bool {
    let sort = |place: Option<usize>| {
        let byte = place.and_then(|place| message.as_bytes().get(place));
        byte.map_or(NOTHING, |&byte| SORTS[usize::from(byte)])
    };
    sort(stretch.start.checked_sub(1)) & beside.0 != 0 && sort(Some(stretch.end)) & beside.1 != 0
}

/// As letters: `<` where no word goes on; nothing for anything. Ends of messages are not shown.
#[cfg(test)]
pub(super) fn shown(neighbours: Neighbours) -> String {
    match neighbours | NOTHING {
        ANYTHING => String::new(),
        all if all == ANYTHING & !WORD => "<".to_owned(),
        _ => (0..6).filter(|bit| neighbours >> bit & 1 == 1).map(|bit| char::from(b"dls-.u"[bit])).collect(),
    }
}

/// In which direction to look from a literal.
#[derive(Debug, Clone, Copy)]
enum Direction {
    Before,
    After,
}

/// What comes next at one side of a part, in every match.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// A word begins or ends there.
    bound: bool,
    neighbours: Neighbours,
    /// Whether what comes behind it may come next as well.
    may_be_empty: bool,
}

/// What comes before and after a part.
pub(super) type Edges = (Edge, Edge);

impl Edge {
    /// The edge of which nothing is known.
    pub(super) const OPEN: Edge = Edge::solid(ANYTHING);
    const NOTHING: Edge = Edge { bound: false, neighbours: 0, may_be_empty: true };

    const fn solid(neighbours: Neighbours) -> Self {
        Edge { bound: false, neighbours, may_be_empty: false }
    }

    fn of(hir: &Hir, direction: Direction) -> Self {
        match hir.kind() {
            HirKind::Look(Look::WordUnicode | Look::WordAscii) => Edge { bound: true, ..Edge::NOTHING },
            HirKind::Empty | HirKind::Look(_) => Edge::NOTHING,
            HirKind::Literal(literal) => Edge::solid(sort_of(nearest(&literal.0, direction))),
            HirKind::Class(class) => Edge::solid(sorts_of(class)),
            HirKind::Capture(capture) => Edge::of(&capture.sub, direction),
            HirKind::Repetition(repetition) if repetition.min > 0 => Edge::of(&repetition.sub, direction),
            HirKind::Repetition(repetition) => {
                Edge { bound: false, may_be_empty: true, ..Edge::of(&repetition.sub, direction) }
            }
            HirKind::Concat(parts) => Edge::of_all(parts, direction),
            HirKind::Alternation(parts) => {
                let edges = parts.iter().map(|part| Edge::of(part, direction));
                edges.reduce(Edge::or).unwrap_or(Edge::OPEN)
            }
        }
    }

    fn of_all(parts: &[Hir], direction: Direction) -> Self {
        let next = |edge: Edge, part: &Hir| {
            if edge.may_be_empty { edge.then(Edge::of(part, direction)) } else { edge }
        };
        match direction {
            Direction::Before => parts.iter().rev().fold(Edge::NOTHING, next),
            Direction::After => parts.iter().fold(Edge::NOTHING, next),
        }
    }

    /// What comes next where `other` comes behind it.
    fn then(self, other: Edge) -> Self {
        if !self.may_be_empty {
            return self;
        }
        let bound = self.bound || self.neighbours == 0 && other.bound;
        Edge { bound, neighbours: self.neighbours | other.neighbours, ..other }
    }

    fn or(self, other: Edge) -> Self {
        Edge {
            bound: self.bound && other.bound,
            neighbours: self.neighbours | other.neighbours,
            may_be_empty: self.may_be_empty || other.may_be_empty,
        }
    }

    /// What may stand next to a literal that has this byte at the edge.
    fn beside(self, byte: Option<&u8>) -> Neighbours {
        let other_side = match sort_of(byte) {
            sort if sort & WORD == sort => ANYTHING & !WORD,
            sort if sort & BEYOND == 0 => WORD | BEYOND,
            _ => ANYTHING,
        };
        if self.bound { self.neighbours & other_side } else { self.neighbours }
    }
}

/// What may stand before and after a literal.
pub(super) fn beside(literal: &[u8], (before, after): Edges) -> (Neighbours, Neighbours) {
    (before.beside(literal.first()), after.beside(literal.last()))
}

/// The parts of a sequence, each with what comes before and after it.
pub(super) fn parts(parts: &[Hir], (before, after): Edges) -> impl Iterator<Item = (&Hir, Edges)> {
    parts.iter().enumerate().map(move |(at, part)| {
        let earlier = Edge::of_all(&parts[..at], Direction::Before).then(before);
        (part, (earlier, Edge::of_all(&parts[at + 1..], Direction::After).then(after)))
    })
}

/// The byte of a literal that is seen first from where it is looked at.
fn nearest(literal: &[u8], direction: Direction) -> Option<&u8> {
    match direction {
        Direction::Before => literal.last(),
        Direction::After => literal.first(),
    }
}

fn sort_of(byte: Option<&u8>) -> Neighbours {
    byte.map_or(ANYTHING, |&byte| SORTS[usize::from(byte)])
}

fn sorts_of(class: &Class) -> Neighbours {
    let sorts = |start: u32, end: u32| {
        let ascii = (start..=end.min(0x7f)).fold(0, |sorts, byte| sorts | SORTS[byte as usize]);
        ascii | if end > 0x7f { BEYOND } else { 0 }
    };
    match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter().map(|range| sorts(range.start() as u32, range.end() as u32));
            ranges.fold(0, |one, other| one | other)
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter().map(|range| sorts(range.start().into(), range.end().into()));
            ranges.fold(0, |one, other| one | other)
        }
    }
}
