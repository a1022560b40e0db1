//! Runs one expression, in a long message only where the places of its literals tell it to.

use super::expression::Groups;
use super::find::Capture;
use super::nearby::{self, Nearby};
use super::regexes::{Entry, Regexes};

/// From so many bytes on it is worth noting where literals stand.
pub(super) const LONG: usize = 256;

/// Where the literals of a message stand.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) are_known: bool,
    /// Literals with where each begins, sorted.
    all: Vec<(u32, u32)>,
    /// Places of some of them, in order.
    some: Vec<u32>,
}

impl Places {
    pub(super) fn clear(&mut self) {
        self.are_known = false;
        self.all.clear();
    }

    /// Notes that a literal stands at a place.
    pub(super) fn note(&mut self, literal: usize, start: usize) {
        if self.are_known {
            self.all.push((literal as u32, start as u32));
        }
    }

    /// Ends the notes.
    pub(super) fn sort(&mut self) {
        self.all.sort_unstable();
    }

    /// The places of some literals, in their order.
    pub(super) fn of(&mut self, literals: &[u32]) -> &[u32] {
        self.some.clear();
        for &literal in literals {
            let from = self.all.partition_point(|&(known, _)| known < literal);
            let places = self.all[from..].iter().take_while(|place| place.0 == literal);
            self.some.extend(places.map(|place| place.1));
        }
        self.some.sort_unstable();
        &self.some
    }
}

/// What places tell of where an expression is found first.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Search {
    Found((usize, usize)),
    /// Nowhere.
    Nothing,
    /// Too little, or with more work than to run the expression on the whole message.
    Untold,
}

impl Regexes {
    /// Where an expression is found first.
    pub(super) fn find_one(
        &self,
        entry: &Entry,
        message: &str,
        ascii: bool,
        groups: &mut Groups,
        places: &mut Places,
    ) -> Option<(usize, usize)> {
        let search = match entry.nearby.filter(|_| places.are_known) {
            Some((set, Nearby::Over(white))) => {
                entry.find_over(white, message, ascii, groups, places.of(self.set(set)))
            }
            Some((set, Nearby::Around)) => entry.find_around(message, ascii, places.of(self.set(set)).last()),
            None => Search::Untold,
        };
        match search {
            Search::Found(found) => Some(found),
            Search::Nothing => None,
            Search::Untold => entry.find(message, ascii, 0, groups),
        }
    }
}

impl Entry {
    pub(super) fn find(
        &self,
        message: &str,
        ascii: bool,
        from: usize,
        groups: &mut Groups,
    ) -> Option<(usize, usize)> {
        if self.groups.is_empty() {
            return self.expression.find(message, ascii, from);
        }
        self.expression.find_groups(message, ascii, from, groups)
    }

    /// The first match that begins at one of the places and goes over no more white space.
    pub(super) fn find_over(
        &self,
        white: u32,
        message: &str,
        ascii: bool,
        groups: &mut Groups,
        places: &[u32],
    ) -> Search {
        let mut left = message.len();
        for &place in places {
            let start = place as usize;
            let end = nearby::end(message, start, white);
            let (Some(rest), Some(seen)) = (left.checked_sub(end - start), message.get(..end)) else {
                return Search::Untold;
            };
            left = rest;
            // A match that begins behind the place may end where the stretch is cut: it does not count.
            if let Some(found) = self.find(seen, ascii, start, groups).filter(|found| found.0 == start) {
                return Search::Found(found);
            }
        }
        Search::Nothing
    }

    /// The match of an expression with one `.*`: from the first match of what stands before it to the last of what stands
    /// behind it, which begins at `last`.
    pub(super) fn find_around(&self, message: &str, ascii: bool, last: Option<&u32>) -> Search {
        let Some(last) = last.map(|&last| last as usize) else { return Search::Nothing };
        let halves = self.expression.halves().filter(|_| self.groups.is_empty());
        let Some([before, behind]) = halves else { return Search::Untold };
        let Some((_, end)) = behind.find(message, ascii, last).filter(|found| found.0 == last) else {
            return Search::Untold;
        };
        match before.find(message, ascii, 0) {
            Some((start, gap)) if gap <= last => Search::Found((start, end)),
            // Both overlap, but what stands before may also match less.
            Some((start, _)) if start <= last => Search::Untold,
            _ => Search::Nothing,
        }
    }

    pub(super) fn captures(&self, found: &Groups) -> impl Iterator<Item = Capture> {
        self.groups.iter().filter_map(|&(group, name)| {
            let (start, end) = found.get(group as usize)?;
            Some(Capture { name, span: (start as u32, end as u32), entity: None })
        })
    }
}
