//! Finding all patterns of a [`Program`] in an utterance.
//!
//! From every token the graph is walked along the words that stand there. Gaps and wildcards make a walk branch;
//! a node after one is entered once per place in the message, so that the whole stays linear in the message.

use rustc_hash::FxHashSet;

use super::graph::NodeId;
use super::program::{Node, PatternId, Program, SlotEdge, Writing};
use crate::text::{TokenKind, Utterance};

/// Most words that a gap passes over. A Chinese character counts as half a word.
pub(crate) const GAP_WORDS: u32 = 5;

/// A pattern found in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PatternMatch {
    pub(crate) pattern: PatternId,
    /// Tokens from the first to after the last that the match covers.
    pub(crate) tokens: (u32, u32),
    /// How many tokens the pattern names, those under gaps and wildcards not among them.
    pub(crate) explained: u32,
    /// Captured slots, in [`Scratch::captures`].
    pub(crate) captures: (u32, u32),
}

/// A slot's value in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Capture {
    /// See [`Program::slot_name`].
    pub(crate) name: u32,
    /// Bytes of the message.
    pub(crate) span: (u32, u32),
    /// Index of the entity; none: words as written.
    pub(crate) entity: Option<u32>,
}

/// Buffers that are reused from message to message, and the last result.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) matches: Vec<PatternMatch>,
    captures: Vec<Capture>,
    path: Vec<Capture>,
    entered: FxHashSet<(NodeId, u32)>,
    pub(super) literals: Vec<u32>,
}

impl Scratch {
    /// The captured slots of a match.
    pub(crate) fn captures(&self, found: &PatternMatch) -> &[Capture] {
        &self.captures[found.captures.0 as usize..found.captures.1 as usize]
    }

    pub(super) fn push(&mut self, pattern: PatternId, tokens: (u32, u32), explained: u32, slots: &[Capture]) {
        let from = self.captures.len() as u32;
        self.captures.extend_from_slice(slots);
        let captures = (from, self.captures.len() as u32);
        self.matches.push(PatternMatch { pattern, tokens, explained, captures });
    }
}

impl Program {
    /// Finds every pattern once, where it explains most, else at its first place; ordered by pattern.
    pub(crate) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        scratch.matches.clear();
        scratch.captures.clear();
        scratch.entered.clear();
        let mut walk = Walk { program: self, utterance, scratch, start: 0 };
        walk.all_starts();
        self.regexes.find(message, utterance, scratch);
        let order = |found: &PatternMatch| (found.pattern, u32::MAX - found.explained, found.tokens);
        scratch.matches.sort_unstable_by_key(order);
        scratch.matches.dedup_by_key(|found| found.pattern);
    }
}

struct Walk<'w> {
    program: &'w Program,
    utterance: &'w Utterance,
    scratch: &'w mut Scratch,
    start: u32,
}

impl<'w> Walk<'w> {
    fn all_starts(&mut self) {
        if let Some(anchored) = self.program.anchored {
            self.enter(anchored, 0, 0);
        }
        let root = &self.program.nodes[0];
        for at in 0..self.len() {
            self.start = at;
            self.step(0, root, at, 0);
        }
    }

    fn len(&self) -> u32 {
        self.utterance.tokens.len() as u32
    }

    /// Continues after the steps that lead to `node`, with `explained` tokens taken, before token `at`.
    fn enter(&mut self, node: NodeId, at: u32, explained: u32) {
        let here: &'w Node = &self.program.nodes[node as usize];
        self.accept(here, at, explained);
        if let Some(end) = here.end.filter(|_| self.only_skippable_from(at)) {
            self.accept(&self.program.nodes[end as usize], at, explained);
        }
        let mut next = at;
        while next < self.len() {
            self.step(node, here, next, explained);
            if !self.utterance.skippable(next) {
                break;
            }
            next += 1;
        }
        if let Some(gap) = here.gap {
            self.gap(gap, at, explained);
        }
    }

    fn accept(&mut self, node: &Node, at: u32, explained: u32) {
        let program = self.program;
        for &pattern in program.accepts(node) {
            let path = std::mem::take(&mut self.scratch.path);
            self.scratch.push(pattern, (self.start, at), explained, &path);
            self.scratch.path = path;
        }
    }

    /// Takes what stands at token `at`.
    fn step(&mut self, node: NodeId, here: &'w Node, at: u32, explained: u32) {
        let utterance = self.utterance;
        let token = &utterance.tokens[at as usize];
        if let Some(to) = self.program.word_edge(node, token.word, Writing::Any) {
            self.enter(to, at + 1, explained + 1);
        }
        if let Some(to) = self.program.word_edge(node, token.written, Writing::Exact) {
            self.enter(to, at + 1, explained + 1);
        }
        for phrase in utterance.phrases_at(at) {
            if let Some(to) = self.program.word_edge(node, phrase.word, Writing::Any) {
                self.enter(to, at + phrase.len, explained + phrase.len);
            }
        }
        for edge in self.program.slots(here) {
            self.slot(edge, at, explained);
        }
    }

    fn slot(&mut self, edge: &SlotEdge, at: u32, explained: u32) {
        let utterance = self.utterance;
        let Some(kind) = edge.kind else { return self.wildcard(edge, at, explained) };
        for (index, entity) in utterance.entities_at(at) {
            if entity.kind == kind {
                let end = entity.tokens.end;
                let span = (entity.span.start, entity.span.end);
                let capture = Capture { name: edge.name, span, entity: Some(index) };
                self.scratch.path.push(capture);
                self.enter(edge.to, end, explained + end - at);
                self.scratch.path.pop();
            }
        }
    }

    fn wildcard(&mut self, edge: &SlotEdge, from: u32, explained: u32) {
        for at in from + 1..=self.len() {
            if !self.scratch.entered.insert((edge.to, at)) {
                return;
            }
            let span = self.utterance.span_of((from, at));
            self.scratch.path.push(Capture { name: edge.name, span, entity: None });
            self.enter(edge.to, at, explained);
            self.scratch.path.pop();
        }
    }

    fn gap(&mut self, to: NodeId, from: u32, explained: u32) {
        let mut passed = 0;
        for at in from..=self.len() {
            if self.scratch.entered.insert((to, at)) {
                self.enter(to, at, explained);
            }
            passed += self.half_words(at);
            if passed > 2 * GAP_WORDS {
                return;
            }
        }
    }

    fn half_words(&self, at: u32) -> u32 {
        match self.utterance.tokens.get(at as usize) {
            Some(token) if token.kind == TokenKind::Han => 1,
            Some(_) if self.utterance.skippable(at) => 0,
            _ => 2,
        }
    }

    fn only_skippable_from(&self, at: u32) -> bool {
        (at..self.len()).all(|at| self.utterance.skippable(at))
    }
}
