//! Templates -> [`Program`].

use rustc_hash::FxHashMap;

use super::graph::{Graph, GraphNode, NodeId, Step};
use super::lower::{Lowered, Tree};
use super::program::{Node, PatternId, Program, SlotEdge, Writing, edge_key};
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
        let nodes = self.graph.deterministic(NODES)?;
        let starting = nodes[0].edges.iter().find(|(step, _)| *step == Step::Start);
        let mut program = Program {
            words: FxHashMap::default(),
            anchored: starting.map(|&(_, to)| to),
            nodes: Vec::with_capacity(nodes.len()),
            slot_edges: Vec::new(),
            accepts: Vec::new(),
            names: self.names.names,
            regexes: self.regexes.finish(),
        };
        nodes.iter().for_each(|node| program.push(node));
        Some(program)
    }
}

impl Program {
    fn push(&mut self, node: &GraphNode) {
        let number = self.nodes.len() as NodeId;
        let (slots_from, accepts_from) = (self.slot_edges.len() as u32, self.accepts.len() as u32);
        let mut flat = Node::default();
        for &(step, to) in &node.edges {
            match step {
                Step::Word(word) => drop(self.words.insert(edge_key(number, word, Writing::Any), to)),
                Step::Exact(word) => drop(self.words.insert(edge_key(number, word, Writing::Exact), to)),
                Step::Gap => flat.gap = Some(to),
                Step::End => flat.end = Some(to),
                Step::Slot { name, kind } => self.slot_edges.push(SlotEdge { name, kind, to }),
                Step::Start => {}
            }
        }
        self.accepts.extend_from_slice(&node.accepts);
        flat.slots = (slots_from, self.slot_edges.len() as u32);
        flat.accepts = (accepts_from, self.accepts.len() as u32);
        self.nodes.push(flat);
    }
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
