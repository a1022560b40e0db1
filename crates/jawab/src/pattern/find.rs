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

/// Most fillers or emoji in a row in which a pattern's own word is looked for; further ones are passed over.
pub(crate) const FILLERS: u32 = 8;

/// A pattern found in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PatternMatch {
    pub(crate) pattern: PatternId,
    /// Tokens from the first to after the last that the match covers.
    pub(crate) tokens: (u32, u32),
    /// How many tokens the pattern names, those under gaps and wildcards not among them.
    pub(crate) explained: u32,
    /// Which tokens those are, in [`Scratch::named`].
    pub(crate) named: (u32, u32),
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
    /// Stretches of tokens that matches name.
    named: Vec<(u32, u32)>,
    /// Those that the walk has taken.
    trail: Vec<(u32, u32)>,
    pub(super) entered: FxHashSet<(NodeId, u32)>,
    /// For each token, the next from it on that carries meaning.
    meaning: Vec<u32>,
    pub(super) literals: Vec<u32>,
}

impl Scratch {
    /// The captured slots of a match.
    pub(crate) fn captures(&self, found: &PatternMatch) -> &[Capture] {
        &self.captures[found.captures.0 as usize..found.captures.1 as usize]
    }

    /// The stretches of tokens that a match names.
    pub(crate) fn named(&self, found: &PatternMatch) -> &[(u32, u32)] {
        &self.named[found.named.0 as usize..found.named.1 as usize]
    }

    pub(super) fn push(
        &mut self,
        pattern: PatternId,
        tokens: (u32, u32),
        named: &[(u32, u32)],
        slots: &[Capture],
    ) {
        let explained = named.iter().map(|(from, to)| to - from).sum();
        let first = self.named.len() as u32;
        self.named.extend_from_slice(named);
        let named = (first, self.named.len() as u32);
        let from = self.captures.len() as u32;
        self.captures.extend_from_slice(slots);
        let captures = (from, self.captures.len() as u32);
        self.matches.push(PatternMatch { pattern, tokens, explained, named, captures });
    }
}

impl Program {
    /// Finds every pattern once, where it explains most, else at its first place; ordered by pattern.
    pub(crate) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        scratch.matches.clear();
        scratch.captures.clear();
        scratch.named.clear();
        scratch.entered.clear();
        look_ahead(utterance, &mut scratch.meaning);
        let mut walk = Walk { program: self, utterance, scratch, start: 0 };
        walk.all_starts();
        self.regexes.find(message, utterance, scratch);
        let order = |found: &PatternMatch| (found.pattern, u32::MAX - found.explained, found.tokens);
        scratch.matches.sort_unstable_by_key(order);
        scratch.matches.dedup_by_key(|found| found.pattern);
    }
}

/// Writes down where the next word with meaning is: walks jump over long rows of fillers instead of stepping.
fn look_ahead(utterance: &Utterance, meaning: &mut Vec<u32>) {
    let length = utterance.tokens.len() as u32;
    meaning.clear();
    meaning.resize(utterance.tokens.len() + 1, length);
    for at in (0..length).rev() {
        let next = if utterance.skippable(at) { meaning[at as usize + 1] } else { at };
        meaning[at as usize] = next;
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
            self.enter(anchored, 0);
        }
        let root = &self.program.nodes[0];
        for at in 0..self.len() {
            self.start = at;
            self.step(0, root, at);
        }
    }

    fn len(&self) -> u32 {
        self.utterance.tokens.len() as u32
    }

    /// Continues after the steps that lead to `node`, before token `at`.
    fn enter(&mut self, node: NodeId, at: u32) {
        self.accept(&self.program.nodes[node as usize], at);
        self.go_on(node, at);
    }

    /// Takes the tokens that a step names.
    fn take(&mut self, to: NodeId, tokens: (u32, u32)) {
        self.scratch.trail.push(tokens);
        self.enter(to, tokens.1);
        self.scratch.trail.pop();
    }

    /// Continues after `node`, which is not accepted itself.
    fn go_on(&mut self, node: NodeId, at: u32) {
        let here: &'w Node = &self.program.nodes[node as usize];
        if let Some(end) = here.end.filter(|_| self.only_skippable_from(at)) {
            self.accept(&self.program.nodes[end as usize], at);
        }
        let meaning = self.meaning(at);
        for next in (at..meaning.min(at + FILLERS)).chain((meaning < self.len()).then_some(meaning)) {
            self.step(node, here, next);
        }
        if let Some(gap) = here.gap {
            self.gap(gap, at);
        }
    }

    fn accept(&mut self, node: &Node, at: u32) {
        let program = self.program;
        for &pattern in program.accepts(node) {
            let path = std::mem::take(&mut self.scratch.path);
            let trail = std::mem::take(&mut self.scratch.trail);
            self.scratch.push(pattern, (self.start, at), &trail, &path);
            self.scratch.path = path;
            self.scratch.trail = trail;
        }
    }

    /// Takes what stands at token `at`.
    fn step(&mut self, node: NodeId, here: &'w Node, at: u32) {
        let utterance = self.utterance;
        let token = &utterance.tokens[at as usize];
        if let Some(to) = self.program.word_edge(node, token.word, Writing::Any) {
            self.take(to, (at, at + 1));
        }
        if let Some(to) = self.program.word_edge(node, token.written, Writing::Exact) {
            self.take(to, (at, at + 1));
        }
        for phrase in utterance.phrases_at(at) {
            if let Some(to) = self.program.word_edge(node, phrase.word, Writing::Any) {
                self.take(to, (at, at + phrase.len));
            }
        }
        for edge in self.program.slots(here) {
            self.slot(edge, at);
        }
    }

    fn slot(&mut self, edge: &SlotEdge, at: u32) {
        let utterance = self.utterance;
        let Some(kind) = edge.kind else { return self.wildcard(edge, at) };
        for (index, entity) in utterance.entities_at(at) {
            if entity.kind == kind {
                let end = entity.tokens.end;
                let span = (entity.span.start, entity.span.end);
                let capture = Capture { name: edge.name, span, entity: Some(index) };
                self.scratch.path.push(capture);
                self.take(edge.to, (at, end));
                self.scratch.path.pop();
            }
        }
    }

    /// Takes any words up to the next part of the pattern; where there is none, up to the end of the message.
    fn wildcard(&mut self, edge: &SlotEdge, from: u32) {
        for at in from + 1..=self.len() {
            if !self.scratch.entered.insert((edge.to, at)) {
                return;
            }
            let span = self.utterance.span_of((from, at));
            self.scratch.path.push(Capture { name: edge.name, span, entity: None });
            if at == self.len() {
                self.enter(edge.to, at);
            } else {
                self.go_on(edge.to, at);
            }
            self.scratch.path.pop();
        }
    }

    fn gap(&mut self, to: NodeId, from: u32) {
        let (mut passed, mut at) = (0, from);
        loop {
            if self.scratch.entered.insert((to, at)) {
                self.enter(to, at);
            }
            passed += self.half_words(at);
            if passed > 2 * GAP_WORDS || at >= self.len() {
                return;
            }
            // `enter` has looked at the fillers from here on; what counts stands behind them.
            at = self.meaning(at).max(at + 1);
        }
    }

    fn meaning(&self, at: u32) -> u32 {
        self.scratch.meaning.get(at as usize).copied().unwrap_or(at)
    }

    fn half_words(&self, at: u32) -> u32 {
        match self.utterance.tokens.get(at as usize) {
            Some(token) if token.kind == TokenKind::Han => 1,
            Some(_) if !self.utterance.skippable(at) => 2,
            _ => 0,
        }
    }

    fn only_skippable_from(&self, at: u32) -> bool {
        self.meaning(at) >= self.len()
    }
}
