//! Where a secret would start: behind its word, over linking words, or in the next clause or message.

use super::pieces::Gap;
use super::search::{CueAt, Search};
use super::words::Cue;

/// Most linking words between a word and its secret, before and after it.
pub(super) const LINKS: usize = 7;
const LINKS_AFTER: usize = 12;

/// How firmly a text says that what follows is the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// It stands next to the word.
    Near,
    /// "is", "adalah", "ay", "是".
    Said,
    /// A colon or an equals sign.
    Labelled,
}

/// Where a secret may start.
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) link: Link,
    pub(super) quote: Option<char>,
    /// Whether it is a parameter of a link: `pin=1234&…`.
    pub(super) parameter: bool,
    /// Whether it comes in a clause of its own: "the code, it was …".
    pub(super) clause: bool,
    /// Whether words between tell what was done with the secret: "the code to him".
    telling: bool,
}

impl Search<'_> {
    /// Whether the place is still about the secret: in a further clause, or after words of what was done with it, only
    /// where that says so ("the code to him, it was 482913"), or where nothing else was said ("my pin, 482913").
    pub(super) fn is_meant(&self, told: &CueAt, place: &Place) -> bool {
        let said = place.link > Link::Near;
        match (place.clause, place.telling) {
            (false, telling) => !telling,
            (true, true) => said,
            (true, false) => said || told.cue != Cue::Code && self.only_names(told) && !self.is_round(place),
        }
    }

    fn is_round(&self, place: &Place) -> bool {
        self.pieces.digits(place.at).is_some_and(super::shapes::is_round)
    }

    /// Whether the clause up to the word says nothing but that there is a secret: "this is my pin".
    fn only_names(&self, told: &CueAt) -> bool {
        let before = (told.from.saturating_sub(LINKS)..told.from).rev();
        let mut clause = before.take_while(|&at| {
            self.pieces.gap(at + 1) < Gap::Line
                && !self.pieces.mark(at).is_some_and(|mark| self.words.is_clause_mark(mark))
        });
        !self.is_forgotten(told)
            && clause.all(|at| self.is_linking(at) || self.words.pronouns.contains(self.pieces.text(at)))
    }

    /// Whether the text ends with the name of a secret, so that what is written next is the secret: "my pin is".
    pub(super) fn ends_with_a_name(&self) -> bool {
        let Some(told) = self.cues.last() else { return false };
        self.kind_of(told).is_some()
            && self.only_names(told)
            && (told.to..self.len()).all(|at| self.is_linking(at))
    }

    /// Goes over linking words and marks to where the secret would start.
    pub(super) fn place_after(&self, to: usize) -> Option<Place> {
        let mut place =
            Place { at: to, link: Link::Near, quote: None, parameter: false, clause: false, telling: false };
        for _ in 0..LINKS_AFTER {
            let (word, mark) = (self.pieces.text(place.at), self.pieces.mark(place.at));
            if place.at >= self.len() || self.pieces.gap(place.at) == Gap::Break {
                return None;
            }
            match mark {
                Some(mark) if !place.clause && self.ends_clause_at(place.at, mark) => {
                    (place.clause, place.link, place.quote) = (true, Link::Near, None);
                }
                Some(mark) if self.words.is_strong_mark(mark) => {
                    place.link = Link::Labelled;
                    place.parameter = mark == '=' && self.pieces.gap(place.at) == Gap::None;
                    place.quote = None;
                }
                Some(mark) if self.words.is_weak_mark(mark) => {
                    place.quote =
                        closing(mark).filter(|_| self.pieces.gap(place.at + 1) == Gap::None).or(place.quote);
                }
                None if self.words.copulas.contains(word) => place.link = place.link.max(Link::Said),
                None if place.clause && self.words.pronouns.contains(word) => {}
                None if place.clause => return Some(place),
                None if self.words.linking.contains(word) => {}
                None if self.words.telling.contains(word) => place.telling = true,
                _ => return Some(place),
            }
            place.at += 1;
        }
        Some(place)
    }

    /// Whether a mark ends a clause: it is a wide one of Chinese, or what comes next stands apart.
    fn ends_clause_at(&self, at: usize, mark: char) -> bool {
        let wide = self.pieces.list.get(at).is_some_and(|piece| piece.end - piece.start > 1);
        self.words.is_clause_mark(mark) && (wide || self.pieces.gap(at + 1) > Gap::None)
    }
}

fn closing(mark: char) -> Option<char> {
    match mark {
        '"' | '\'' | '*' | '`' => Some(mark),
        '“' => Some('”'),
        '‘' => Some('’'),
        '「' => Some('」'),
        '(' => Some(')'),
        _ => None,
    }
}
