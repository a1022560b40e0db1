//! One walk over the tokens of a message finds all sentences of a program.
//!
//! Token by token, the nodes are kept that some words before lead to, each once and only by the best way to it
//! (dynamic programming: Bellman 1957; over automata: Thompson 1968). So the walk is linear in the message, whatever gaps
//! and wildcards a program has, and finds the best way of every pattern, not just one.

use super::graph::NodeId;
use super::program::{ANYTHING, Edges, Program, ROOT, SlotEdge, Writing, edge_key};
use super::ways::{Complete, NONE, Place, State, Taken, Ways};
use crate::text::{Token, Utterance};

/// Most words that a gap passes over. A Chinese character counts as half a word.
pub(crate) const GAP_WORDS: u32 = 5;

/// Most fillers or emoji in a row in which a pattern's own word is looked for; further ones are passed over.
pub(crate) const FILLERS: u32 = 8;

pub(super) struct Walk<'w> {
    program: &'w Program,
    utterance: &'w Utterance,
    ways: &'w mut Ways,
}

/// From where a way goes on: its last state, and its sums so far.
#[derive(Clone, Copy)]
struct From {
    state: u32,
    start: u32,
    explained: u32,
    places: u32,
}

impl From {
    /// Where a way begins.
    fn token(at: u32) -> Self {
        From { state: NONE, start: at, explained: 0, places: 0 }
    }
}

impl<'w> Walk<'w> {
    pub(super) fn new(program: &'w Program, utterance: &'w Utterance, ways: &'w mut Ways) -> Self {
        ways.clear(utterance, program.exact);
        Walk { program, utterance, ways }
    }

    pub(super) fn run(&mut self) {
        if let Some(anchored) = self.program.anchored {
            self.arrive(anchored, 0, From::token(0));
        }
        let (utterance, slots) = (self.utterance, self.program.slots(ROOT));
        for (token, at) in utterance.tokens.iter().zip(0..) {
            self.begin(token, at);
            slots.iter().for_each(|edge| self.slot(edge, at, From::token(at)));
            self.go_on_at(at);
        }
        self.go_on_at(self.len());
    }

    fn len(&self) -> u32 {
        self.utterance.tokens.len() as u32
    }

    /// Begins the patterns whose first step takes the words of token `at`.
    fn begin(&mut self, token: &Token, at: u32) {
        let from = From::token(at);
        if let Some(to) = self.program.first_edge(edge_key(token.word, Writing::Any)) {
            self.take(to, (at, at + 1), from);
        }
        if self.program.exact
            && let Some(to) = self.program.first_edge(edge_key(token.written, Writing::Exact))
        {
            self.take(to, (at, at + 1), from);
        }
        let utterance = self.utterance;
        for phrase in utterance.phrases_at(at) {
            if let Some(to) = self.program.first_edge(edge_key(phrase.word, Writing::Any)) {
                self.take(to, (at, at + phrase.len), from);
            }
        }
    }

    #[inline]
    fn go_on_at(&mut self, at: u32) {
        if self.ways.places[at as usize].head != NONE {
            self.go_on_from_all(at);
        }
    }

    fn go_on_from_all(&mut self, at: u32) {
        let last = self.ways.places[at as usize].head;
        if self.ways.states[last as usize].next == NONE {
            return self.go_on_from(last, at);
        }
        self.ways.gather(at, &self.program.names);
        for index in 0..self.ways.here.len() {
            self.go_on_from(self.ways.here[index], at);
        }
    }

    fn go_on_from(&mut self, number: u32, at: u32) {
        let state = self.ways.states[number as usize];
        let State { node, start, explained, places, .. } = state;
        let from = From { state: number, start, explained, places };
        match state.taken {
            Taken::Wildcard { .. } if at < self.len() => {
                let (tokens, places) = ((state.tokens.0, at + 1), places + 1);
                self.ways.push(State { places, tokens, ..state });
                self.go_on(node, at, from);
            }
            _ => self.arrive(node, at, from),
        }
    }

    /// Completes the patterns that end with `node`, and goes on behind it.
    fn arrive(&mut self, node: NodeId, at: u32, from: From) {
        self.complete(node, at, from);
        if !self.program.is_end(node) {
            self.go_on(node, at, from);
        }
    }

    fn complete(&mut self, node: NodeId, at: u32, from: From) {
        let From { state, start, explained, places } = from;
        let accepts = self.program.accepts(node);
        if accepts.is_empty() {
            return;
        }
        let complete = accepts.iter().map(|&pattern| Complete {
            pattern,
            explained,
            tokens: (start, at),
            places,
            state,
        });
        self.ways.complete.extend(complete);
    }

    /// Continues after `node`, which is not complete by this itself.
    fn go_on(&mut self, node: NodeId, at: u32, from: From) {
        if self.program.takes_words_alone(node) && self.ways.places[at as usize].meaning == at {
            return self.step(self.program.edges(node), at, from);
        }
        self.look(node, at, 0, from);
        if let Some(gap) = self.program.gap(node) {
            self.gap(gap, at, from);
        }
    }

    /// What stands behind a gap is looked for at each place that the gap reaches.
    fn gap(&mut self, to: NodeId, at: u32, from: From) {
        let (mut to, mut most) = (to, 2 * GAP_WORDS);
        loop {
            self.complete(to, at, from);
            if self.program.next(to) & self.ways.places[at as usize].later != 0 {
                self.look(to, at, most, from);
            }
            let Some(next) = self.program.gap(to) else { return };
            (to, most) = (next, self.beyond(at, most));
        }
    }

    /// How many half words from a token on a further gap reaches, behind one that reaches over `most`. It begins where the
    /// first cannot go on; what is nearer, the first reaches alone. Before a Chinese character (one half word) and ten Latin
    /// words (two each), the first stops after 9 half words of its 10, so that both reach over 19, not 20.
    fn beyond(&self, at: u32, most: u32) -> u32 {
        let (mut passed, mut limit) = (0, most);
        for place in &self.ways.places[at as usize..] {
            if passed + place.half_words > limit {
                if limit > most {
                    break;
                }
                limit = passed + 2 * GAP_WORDS;
            }
            passed += place.half_words;
        }
        passed
    }

    /// Looks for the steps from `node` at token `at` and behind: over fillers, and over so many half words.
    fn look(&mut self, node: NodeId, at: u32, most: u32, from: From) {
        let (edges, slots) = (self.program.edges(node), self.program.slots(node));
        let mut end = self.program.end(node);
        let only_words = slots.is_empty() && end.is_none();
        if only_words && edges.is_empty() {
            return;
        }
        let awaited = self.program.next(node) & !ANYTHING;
        let (mut at, mut passed, mut fillers) = (at, 0, 0);
        while let Some(&Place { meaning, half_words, next, later, .. }) = self.ways.places.get(at as usize) {
            if only_words && awaited & later == 0 {
                return;
            }
            if let Some(end) = end.take_if(|_| meaning == self.len()) {
                self.complete(end, at, from);
            }
            if meaning > at && fillers == FILLERS {
                (at, fillers) = (meaning, 0);
                continue;
            }
            if awaited & next != 0 {
                self.step(edges, at, from);
            }
            slots.iter().for_each(|edge| self.slot(edge, at, from));
            passed += half_words;
            if meaning == at && passed > most {
                return;
            }
            fillers = if meaning > at { fillers + 1 } else { 0 };
            at += 1;
        }
    }

    /// Takes the words that stand at token `at`.
    fn step(&mut self, edges: Edges, at: u32, from: From) {
        let utterance = self.utterance;
        let Some(token) = utterance.tokens.get(at as usize).filter(|_| !edges.is_empty()) else { return };
        if let Some(to) = edges.to(edge_key(token.word, Writing::Any)) {
            self.take(to, (at, at + 1), from);
        }
        if self.program.exact
            && let Some(to) = edges.to(edge_key(token.written, Writing::Exact))
        {
            self.take(to, (at, at + 1), from);
        }
        for phrase in utterance.phrases_at(at) {
            if let Some(to) = edges.to(edge_key(phrase.word, Writing::Any)) {
                self.take(to, (at, at + phrase.len), from);
            }
        }
    }

    /// Takes the tokens that a step names.
    fn take(&mut self, to: NodeId, tokens: (u32, u32), from: From) {
        let Place { next, later, .. } = self.ways.places[tokens.1 as usize];
        if self.program.goes_on(to, next, later) {
            let explained = from.explained + tokens.1 - tokens.0;
            self.push(to, tokens, Taken::Words, From { explained, ..from });
        }
    }

    fn push(&mut self, node: NodeId, tokens: (u32, u32), taken: Taken, from: From) {
        let From { state: parent, start, explained, places } = from;
        let places = places + tokens.0 + tokens.1;
        self.ways.push(State { node, start, explained, places, tokens, taken, parent, next: NONE });
    }

    fn slot(&mut self, edge: &SlotEdge, at: u32, from: From) {
        let SlotEdge { name, kind, to } = *edge;
        let Some(kind) = kind else {
            if at < self.len() {
                self.push(to, (at, at + 1), Taken::Wildcard { name }, from);
            }
            return;
        };
        let utterance = self.utterance;
        if utterance.entities.is_empty() {
            return;
        }
        for (index, entity) in utterance.entities_at(at).filter(|(_, entity)| entity.kind == kind) {
            let tokens = (at, entity.tokens.end);
            let explained = from.explained + tokens.1 - tokens.0;
            self.push(to, tokens, Taken::Slot { name, entity: index }, From { explained, ..from });
        }
    }
}
