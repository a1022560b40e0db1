//! The ways through a program that the words of a message take: buffers of the walk, used again for the next message.

use std::cmp::{Ordering, Reverse};

use super::graph::NodeId;
use super::program::{ANYTHING, Writing, edge_key, mark};
use crate::text::{Token, TokenKind, Utterance};

/// No state: the beginning of a way, the end of a list.
pub(super) const NONE: u32 = u32::MAX;

/// What the last step to a node took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Nothing,
    Words,
    Slot { name: u32, entity: u32 },
    Wildcard { name: u32 },
}

impl Taken {
    /// The name of the slot.
    fn name(self) -> Option<u32> {
        match self {
            Taken::Slot { name, .. } | Taken::Wildcard { name } => Some(name),
            Taken::Nothing | Taken::Words => None,
        }
    }
}

/// A node that words of the message lead to.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) node: NodeId,
    /// The first token of the way.
    pub(super) start: u32,
    /// How many tokens the way names.
    pub(super) explained: u32,
    /// Where its steps begin and end, summed: of equal ways, the one whose parts stand first is the best.
    pub(super) places: u32,
    /// The tokens of the last step.
    pub(super) tokens: (u32, u32),
    pub(super) taken: Taken,
    /// The state before the last step.
    pub(super) parent: u32,
    /// The next state at the same token.
    pub(super) next: u32,
}

/// A pattern that is complete.
#[derive(Debug, Clone, Copy)]
pub(super) struct Complete {
    pub(super) pattern: u32,
    pub(super) explained: u32,
    pub(super) tokens: (u32, u32),
    pub(super) places: u32,
    pub(super) state: u32,
}

impl Complete {
    /// By pattern, the better first: what names most, then what begins first, then what ends first, then whose parts stand
    /// first.
    fn compare(&self, other: &Complete) -> Ordering {
        let key = |of: &Complete| (of.pattern, Reverse(of.explained), of.tokens, of.places);
        key(self).cmp(&key(other))
    }
}

/// Buffers of the walk, used again for the next message.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub(super) states: Vec<State>,
    /// One for each token, and one behind the last.
    pub(super) places: Vec<Place>,
    pub(super) here: Vec<u32>,
    pub(super) complete: Vec<Complete>,
}

/// A token, or the end of the message, as the walk sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The last state that leads there.
    pub(super) head: u32,
    /// The next token from it on that carries meaning: long rows of fillers are jumped over.
    pub(super) meaning: u32,
    /// What it counts in a gap: a word two, a Chinese character one; nothing at the end.
    pub(super) half_words: u32,
    /// The marks of the words from it up to the next that carries meaning.
    pub(super) next: u32,
    /// The marks of all words from it on.
    pub(super) later: u32,
}

impl Place {
    fn of(token: &Token, exact: bool) -> Self {
        let half_words = match token.kind {
            _ if token.is_skippable() => 0,
            TokenKind::Han => 1,
            _ => 2,
        };
        let written = if exact { mark(edge_key(token.written, Writing::Exact)) } else { 0 };
        let next = ANYTHING | mark(edge_key(token.word, Writing::Any)) | written;
        Place { head: NONE, meaning: 0, half_words, next, later: 0 }
    }
}

/// Room for so many states and complete patterns is kept, far more than usual messages need: 1 MB.
const KEPT: usize = 1 << 14;

impl Ways {
    /// Gives back what an unusual message needed.
    pub(super) fn let_go(&mut self) {
        if self.states.capacity() > KEPT {
            self.states = Vec::new();
        }
        if self.complete.capacity() > KEPT {
            self.complete = Vec::new();
        }
    }

    pub(super) fn clear(&mut self, utterance: &Utterance, exact: bool) {
        self.let_go();
        self.states.clear();
        self.complete.clear();
        self.places.clear();
        self.places.extend(utterance.tokens.iter().map(|token| Place::of(token, exact)));
        for phrase in &utterance.phrases {
            self.places[phrase.start as usize].next |= mark(edge_key(phrase.word, Writing::Any));
        }
        let meaning = utterance.tokens.len() as u32;
        let mut behind = Place { head: NONE, meaning, half_words: 0, next: ANYTHING, later: ANYTHING };
        for (place, at) in self.places.iter_mut().rev().zip((0..meaning).rev()) {
            let carries_meaning = place.half_words > 0;
            place.meaning = if carries_meaning { at } else { behind.meaning };
            place.later = place.next | behind.later;
            place.next |= if carries_meaning { 0 } else { behind.next };
            behind = *place;
        }
        self.places.push(Place { head: NONE, meaning, half_words: 0, next: ANYTHING, later: ANYTHING });
    }

    /// How much work the last message was.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.states.len()
    }

    /// Whether no more room is kept than usual messages need.
    #[cfg(test)]
    pub(super) fn is_small(&self) -> bool {
        self.states.capacity() <= KEPT && self.complete.capacity() <= KEPT
    }

    /// The steps of a way, the last first.
    pub(super) fn steps(&self, state: u32) -> impl Iterator<Item = &State> {
        std::iter::successors(self.states.get(state as usize), |state| self.states.get(state.parent as usize))
    }

    /// Of ways that are equal in all else, in which order they come: by their steps from the last on, so that what
    /// follows cannot change it.
    fn by_steps(&self, one: u32, other: u32, names: &[String]) -> Ordering {
        let key =
            |step: &State| (step.taken.name().map_or("", |name| names[name as usize].as_str()), step.tokens);
        let steps = |of| self.steps(of).filter(|step| step.taken != Taken::Nothing).map(key);
        steps(one).cmp(steps(other)).then(one.cmp(&other))
    }

    /// Puts the complete patterns in order and leaves each once, by its best way.
    pub(super) fn settle(&mut self, names: &[String]) {
        let mut complete = std::mem::take(&mut self.complete);
        let order =
            |a: &Complete, b: &Complete| a.compare(b).then_with(|| self.by_steps(a.state, b.state, names));
        complete.sort_unstable_by(order);
        complete.dedup_by_key(|complete| complete.pattern);
        self.complete = complete;
    }

    pub(super) fn push(&mut self, state: State) {
        let head = &mut self.places[state.tokens.1 as usize].head;
        let next = std::mem::replace(head, self.states.len() as u32);
        self.states.push(State { next, ..state });
    }

    /// Puts the states that lead to a token into `here`, of each node only the best.
    pub(super) fn gather(&mut self, at: u32, names: &[String]) {
        let mut here = std::mem::take(&mut self.here);
        here.clear();
        let mut state = self.places[at as usize].head;
        while state != NONE {
            here.push(state);
            state = self.states[state as usize].next;
        }
        if here.len() > 1 {
            let states = &self.states;
            here.sort_unstable_by(|&one, &other| {
                let (a, b) = (&states[one as usize], &states[other as usize]);
                a.place()
                    .cmp(&b.place())
                    .then_with(|| a.compare(b))
                    .then_with(|| self.by_steps(one, other, names))
            });
            here.dedup_by_key(|state| states[*state as usize].place());
        }
        self.here = here;
    }
}

impl State {
    fn place(&self) -> (NodeId, bool) {
        (self.node, self.is_wild())
    }

    /// Whether it stands in a wildcard, which goes on.
    fn is_wild(&self) -> bool {
        matches!(self.taken, Taken::Wildcard { .. })
    }

    /// The better one first.
    fn compare(&self, other: &State) -> Ordering {
        let key = |of: &State| (Reverse(of.explained), of.start, of.places);
        key(self).cmp(&key(other))
    }
}
