//! Templates -> [`Program`].

use rustc_hash::FxHashMap;

use super::graph::{Graph, GraphNode, NodeId, Step};
use super::lower::{Lowered, Tree};
use super::program::{
    ANYTHING, More, NOWHERE, Node, PatternId, Program, ROOT, SlotEdge, Writing, edge_key, mark,
};
use super::regexes::RegexesBuilder;
use super::syntax::SlotName;
use crate::text::{EntityKind, Lexicon, Utterance};

/// Most nodes of a program: 100,000 patterns of the usual kind have a tenth of them.
pub(crate) const NODES: usize = 1 << 23;

/// The type of a slot that a pattern names.
pub(crate) type KindOf<'k> = dyn Fn(&SlotName) -> Option<EntityKind> + 'k;

/// Collects patterns and compiles them together.
pub(crate) struct ProgramBuilder<'r> {
    lexicon: &'r Lexicon,
    utterance: Utterance,
    graph: Graph,
    names: Names,
    regexes: RegexesBuilder,
}

impl<'r> ProgramBuilder<'r> {
    pub(crate) fn new(lexicon: &'r Lexicon) -> Self {
        let (utterance, graph) = (Utterance::default(), Graph::default());
        ProgramBuilder {
            lexicon,
            utterance,
            graph,
            names: Names::default(),
            regexes: RegexesBuilder::default(),
        }
    }

    /// Adds a pattern under a number; `kind_of` gives the type of each slot it names.
    pub(crate) fn add(&mut self, pattern: PatternId, lowered: &Lowered, kind_of: &KindOf) {
        match lowered {
            Lowered::Regex(regex) => self.regexes.add(pattern, regex, |name| self.names.number(name)),
            Lowered::Sentence(tree) => {
                let end = self.graph.add(GraphNode { edges: Vec::new(), accepts: vec![pattern] });
                let start = self.before(tree, end, kind_of);
                self.graph.begin(start);
            }
        }
    }

    /// The node from which a part of a pattern leads to `next`.
    fn before(&mut self, tree: &Tree, next: NodeId, kind_of: &KindOf) -> NodeId {
        match tree {
            Tree::Text(text) => self.words(text, next),
            Tree::Exact(text) => self.exact_words(text, next),
            Tree::Gap => self.graph.before(Step::Gap, next),
            Tree::Start => self.graph.before(Step::Start, next),
            Tree::End => self.graph.before(Step::End, next),
            Tree::Wildcard(name) => self.slot(name, None, next),
            Tree::Slot(slot) => match kind_of(slot) {
                Some(kind) => self.slot(&slot.name, Some(kind), next),
                None => self.graph.either(&[]),
            },
            Tree::Sequence(inner) => {
                inner.iter().rev().fold(next, |next, tree| self.before(tree, next, kind_of))
            }
            Tree::Alternatives(inner) => {
                let starts: Vec<NodeId> = inner.iter().map(|tree| self.before(tree, next, kind_of)).collect();
                self.graph.either(&starts)
            }
            Tree::AnyOrder(inner) => self.any_order(inner, next, kind_of),
        }
    }

    /// One node for each set of parts that are still to come.
    fn any_order(&mut self, inner: &[Tree], next: NodeId, kind_of: &KindOf) -> NodeId {
        let mut by_rest = vec![next];
        for rest in 1..1_usize << inner.len() {
            let first = (0..inner.len()).filter(|at| rest >> at & 1 == 1);
            let starts: Vec<NodeId> =
                first.map(|at| self.before(&inner[at], by_rest[rest & !(1 << at)], kind_of)).collect();
            by_rest.push(self.graph.either(&starts));
        }
        by_rest[by_rest.len() - 1]
    }

    /// The words of a text; several that are one word of the lexicon ("top up") become one step.
    fn words(&mut self, text: &str, next: NodeId) -> NodeId {
        self.lexicon.read(text, &mut self.utterance);
        let mut steps = Vec::new();
        let mut at = 0;
        while let Some(token) = self.utterance.tokens.get(at as usize) {
            let longest = self.utterance.phrases_at(at).first();
            let (word, length) = longest.map_or((token.word, 1), |phrase| (phrase.word, phrase.len));
            steps.push(Step::Word(word));
            at += length;
        }
        steps.into_iter().rev().fold(next, |next, step| self.graph.before(step, next))
    }

    fn exact_words(&mut self, text: &str, next: NodeId) -> NodeId {
        self.lexicon.read(text, &mut self.utterance);
        let words = self.utterance.tokens.iter().rev().map(|token| Step::Exact(token.written));
        words.fold(next, |next, step| self.graph.before(step, next))
    }

    fn slot(&mut self, name: &str, kind: Option<EntityKind>, next: NodeId) -> NodeId {
        let name = self.names.number(name);
        self.graph.before(Step::Slot { name, kind }, next)
    }

    /// The program of all patterns added; none where it would have more than [`NODES`] nodes.
    pub(crate) fn finish(self) -> Option<Program> {
        let nodes = in_order(self.graph.deterministic(NODES)?);
        let starting = nodes[0].edges.iter().find(|(step, _)| *step == Step::Start);
        let mut program = Program {
            anchored: starting.map(|&(_, to)| to),
            accept_starts: vec![0],
            names: self.names.names,
            regexes: self.regexes.finish(),
            ..Program::default()
        };
        nodes[0].edges.iter().for_each(|&(step, to)| program.begin(step, to));
        nodes.iter().zip(0..).for_each(|(node, number)| program.push(node, number));
        program.close();
        program.look_behind_gaps();
        program.exact = program.has_exact();
        program.shrink();
        Some(program)
    }
}

/// The key of the edge of a step that takes a word.
fn key_of(step: Step) -> Option<u32> {
    match step {
        Step::Word(word) => Some(edge_key(word, Writing::Any)),
        Step::Exact(word) => Some(edge_key(word, Writing::Exact)),
        _ => None,
    }
}

impl Program {
    fn begin(&mut self, step: Step, to: NodeId) {
        let Some(key) = key_of(step).filter(|&key| key != u32::MAX) else { return };
        let least = self.first.len().max(key as usize + 1);
        self.first.resize(least, NOWHERE);
        self.first[key as usize] = to;
    }

    fn push(&mut self, node: &GraphNode, number: NodeId) {
        self.accepts.extend_from_slice(&node.accepts);
        self.accept_starts.push(self.accepts.len() as u32);
        if Place::of(node, number) == Place::End {
            return;
        }
        self.close();
        let words = node.edges.iter().filter_map(|&(step, to)| Some((key_of(step)?, to)));
        // What leads on from the beginning stands in `first`.
        let mut words: Vec<(u32, NodeId)> = words.filter(|_| number != ROOT).collect();
        words.sort_unstable();
        self.keys.extend(words.iter().map(|&(key, _)| key));
        self.targets.extend(words.iter().map(|&(_, to)| to));
        let more = (Place::of(node, number) == Place::More).then(|| self.more_of(node));
        let other = more.is_some_and(|more| more.end != NOWHERE || more.slots.0 < more.slots.1);
        let anything = if other || !node.accepts.is_empty() { ANYTHING } else { 0 };
        if let Some(node) = self.nodes.last_mut() {
            node.next = words.iter().fold(anything, |marks, &(key, _)| marks | mark(key));
        }
        self.more.extend(more);
    }

    /// What follows after a node besides words.
    fn more_of(&mut self, node: &GraphNode) -> More {
        let from = self.slot_edges.len() as u32;
        let (mut gap, mut end) = (NOWHERE, NOWHERE);
        for &(step, to) in &node.edges {
            match step {
                Step::Gap => gap = to,
                Step::End => end = to,
                Step::Slot { name, kind } => self.slot_edges.push(SlotEdge { name, kind, to }),
                Step::Word(_) | Step::Exact(_) | Step::Start => {}
            }
        }
        More { gap, end, slots: (from, self.slot_edges.len() as u32), later: 0 }
    }

    /// Gives back the room that was kept for more.
    fn shrink(&mut self) {
        let Program { first, keys, targets, accepts, accept_starts, more, slot_edges, nodes, .. } = self;
        [first, keys, targets, accepts, accept_starts].into_iter().for_each(Vec::shrink_to_fit);
        more.shrink_to_fit();
        slot_edges.shrink_to_fit();
        nodes.shrink_to_fit();
    }

    /// Ends the last node where the next begins.
    fn close(&mut self) {
        self.nodes.push(Node { edges: self.keys.len() as u32, next: ANYTHING });
    }
}

/// Where a node stands among all, which tells what room it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Steps follow that take no word, or it is the root.
    More,
    /// Only words follow.
    Words,
    /// Patterns end, and nothing follows.
    End,
}

impl Place {
    fn of(node: &GraphNode, number: NodeId) -> Self {
        if number == ROOT || node.edges.iter().any(|&(step, _)| key_of(step).is_none()) {
            Place::More
        } else if node.edges.is_empty() && !node.accepts.is_empty() {
            Place::End
        } else {
            Place::Words
        }
    }
}

/// The nodes by their places, the root first, with the numbers that they then have.
fn in_order(mut nodes: Vec<GraphNode>) -> Vec<GraphNode> {
    let mut order: Vec<NodeId> = (0..nodes.len() as NodeId).collect();
    order.sort_by_key(|&number| Place::of(&nodes[number as usize], number));
    let mut numbers = vec![ROOT; nodes.len()];
    order.iter().zip(0..).for_each(|(&old, new)| numbers[old as usize] = new);
    let moved = |&old: &NodeId| {
        let mut node = std::mem::take(&mut nodes[old as usize]);
        node.edges.iter_mut().for_each(|(_, to)| *to = numbers[*to as usize]);
        node
    };
    order.iter().map(moved).collect()
}

/// Names of slots, each once.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        self.numbers.insert(name.to_owned(), self.names.len() as u32);
        self.names.push(name.to_owned());
        self.names.len() as u32 - 1
    }
}
