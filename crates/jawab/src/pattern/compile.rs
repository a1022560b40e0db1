//! Templates -> [`Program`].

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::expand::{Expansion, Part, Sentence};
use super::program::{Node, NodeId, PatternId, Program, SlotEdge, Writing, edge_key};
use super::regexes::RegexesBuilder;
use super::syntax::SlotName;
use crate::text::{EntityKind, Lexicon, Utterance, WordId};

/// One step of a sentence, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Word(WordId),
    Exact(WordId),
    Gap,
    Slot { name: u32, kind: Option<EntityKind> },
    Start,
    End,
}

/// The type of a slot that a pattern names.
pub(crate) type KindOf<'k> = dyn Fn(&SlotName) -> Option<EntityKind> + 'k;

/// Collects patterns and compiles them together.
pub(crate) struct ProgramBuilder<'r> {
    lexicon: &'r Lexicon,
    utterance: Utterance,
    children: Vec<BTreeMap<Step, NodeId>>,
    accepts: Vec<Vec<PatternId>>,
    names: Vec<String>,
    name_ids: FxHashMap<String, u32>,
    regexes: RegexesBuilder,
}

impl<'r> ProgramBuilder<'r> {
    pub(crate) fn new(lexicon: &'r Lexicon) -> Self {
        ProgramBuilder {
            lexicon,
            utterance: Utterance::default(),
            children: vec![BTreeMap::new()],
            accepts: vec![Vec::new()],
            names: Vec::new(),
            name_ids: FxHashMap::default(),
            regexes: RegexesBuilder::default(),
        }
    }

    /// Adds a pattern under a number, numbers rising; `kind_of` gives the type of each slot it names.
    pub(crate) fn add(&mut self, pattern: PatternId, expansion: &Expansion, kind_of: &KindOf) {
        match expansion {
            Expansion::Regex(regex) => {
                let name_id = |name: &str| intern(&mut self.names, &mut self.name_ids, name);
                self.regexes.add(pattern, regex, name_id);
            }
            Expansion::Sentences(sentences) => {
                for sentence in sentences {
                    let steps = self.steps(sentence, kind_of);
                    self.insert(pattern, &steps);
                }
            }
        }
    }

    fn steps(&mut self, sentence: &Sentence, kind_of: &KindOf) -> Vec<Step> {
        let mut steps = Vec::new();
        for part in sentence {
            match part {
                Part::Text(text) => self.words(text, &mut steps),
                Part::Exact(text) => self.exact_words(text, &mut steps),
                Part::Gap => steps.push(Step::Gap),
                Part::Wildcard(name) => steps.push(Step::Slot { name: self.name(name), kind: None }),
                Part::Slot(slot) => {
                    let name = self.name(&slot.name);
                    steps.extend(kind_of(slot).map(|kind| Step::Slot { name, kind: Some(kind) }));
                }
                Part::Start => steps.push(Step::Start),
                Part::End => steps.push(Step::End),
            }
        }
        trim_gaps(steps)
    }

    /// The words of a text; several that are one word of the lexicon ("top up") become one step.
    fn words(&mut self, text: &str, steps: &mut Vec<Step>) {
        self.lexicon.read(text, &mut self.utterance);
        let mut at = 0;
        while let Some(token) = self.utterance.tokens.get(at) {
            let phrase = self.utterance.phrases.iter().find(|phrase| phrase.start as usize == at);
            let (word, length) = phrase.map_or((token.word, 1), |phrase| (phrase.word, phrase.len as usize));
            steps.push(Step::Word(word));
            at += length;
        }
    }

    fn exact_words(&mut self, text: &str, steps: &mut Vec<Step>) {
        self.lexicon.read(text, &mut self.utterance);
        steps.extend(self.utterance.tokens.iter().map(|token| Step::Exact(token.written)));
    }

    fn name(&mut self, name: &str) -> u32 {
        intern(&mut self.names, &mut self.name_ids, name)
    }

    fn insert(&mut self, pattern: PatternId, steps: &[Step]) {
        let node = steps.iter().fold(0, |node, &step| self.child(node, step));
        let accepts = &mut self.accepts[node as usize];
        if !steps.is_empty() && accepts.last() != Some(&pattern) {
            accepts.push(pattern);
        }
    }

    fn child(&mut self, node: NodeId, step: Step) -> NodeId {
        let next = self.children.len() as NodeId;
        let child = *self.children[node as usize].entry(step).or_insert(next);
        if child == next {
            self.children.push(BTreeMap::new());
            self.accepts.push(Vec::new());
        }
        child
    }

    /// The program of all patterns added.
    pub(crate) fn finish(mut self) -> Program {
        self.merge_endings();
        let mut program = Program {
            words: FxHashMap::default(),
            nodes: Vec::with_capacity(self.children.len()),
            slot_edges: Vec::new(),
            accepts: Vec::new(),
            names: self.names,
            anchored: self.children[0].get(&Step::Start).copied(),
            regexes: self.regexes.finish(),
        };
        for (node, (children, accepts)) in self.children.iter().zip(&self.accepts).enumerate() {
            program.push(node as NodeId, children, accepts);
        }
        program
    }
}

impl ProgramBuilder<'_> {
    /// Makes one node of all nodes from which the same can follow: the sentences of a pattern with alternatives share
    /// not only their beginnings, but also their endings. A node's children have higher numbers than the node, so one
    /// pass from the end suffices.
    fn merge_endings(&mut self) {
        let count = self.children.len();
        let mut renamed: Vec<NodeId> = (0..count as NodeId).collect();
        let mut known: FxHashMap<(Vec<(Step, NodeId)>, Vec<PatternId>), NodeId> = FxHashMap::default();
        for node in (1..count).rev() {
            for child in self.children[node].values_mut() {
                *child = renamed[*child as usize];
            }
            let ending = (self.children[node].iter().map(|(&step, &to)| (step, to)).collect(), self.accepts[node].clone());
            renamed[node] = *known.entry(ending).or_insert(node as NodeId);
        }
        self.children[0].values_mut().for_each(|child| *child = renamed[*child as usize]);
        self.keep(&renamed);
    }

    /// Drops the nodes that were merged into others and numbers the rest without holes.
    fn keep(&mut self, renamed: &[NodeId]) {
        let kept = |node: &usize| renamed[*node] as usize == *node;
        let mut numbers = vec![0; renamed.len()];
        for (number, node) in (0..renamed.len()).filter(kept).enumerate() {
            numbers[node] = number as NodeId;
            self.children.swap(number, node);
            self.accepts.swap(number, node);
        }
        let count = (0..renamed.len()).filter(kept).count();
        self.children.truncate(count);
        self.accepts.truncate(count);
        let edges = self.children.iter_mut().flat_map(BTreeMap::values_mut);
        edges.for_each(|child| *child = numbers[*child as usize]);
    }
}

impl Program {
    fn push(&mut self, node: NodeId, children: &BTreeMap<Step, NodeId>, accepts: &[PatternId]) {
        let (slots_from, accepts_from) = (self.slot_edges.len() as u32, self.accepts.len() as u32);
        let mut flat = Node::default();
        for (&step, &to) in children {
            match step {
                Step::Word(word) => drop(self.words.insert(edge_key(node, word, Writing::Any), to)),
                Step::Exact(word) => drop(self.words.insert(edge_key(node, word, Writing::Exact), to)),
                Step::Gap => flat.gap = Some(to),
                Step::End => flat.end = Some(to),
                Step::Slot { name, kind } => self.slot_edges.push(SlotEdge { name, kind, to }),
                Step::Start => {}
            }
        }
        self.accepts.extend_from_slice(accepts);
        flat.slots = (slots_from, self.slot_edges.len() as u32);
        flat.accepts = (accepts_from, self.accepts.len() as u32);
        self.nodes.push(flat);
    }
}

fn intern(names: &mut Vec<String>, ids: &mut FxHashMap<String, u32>, name: &str) -> u32 {
    if let Some(&id) = ids.get(name) {
        return id;
    }
    let id = names.len() as u32;
    names.push(name.to_owned());
    ids.insert(name.to_owned(), id);
    id
}

/// A pattern is found anywhere: a gap at its start or end says nothing.
fn trim_gaps(mut steps: Vec<Step>) -> Vec<Step> {
    while steps.last() == Some(&Step::Gap) {
        steps.pop();
    }
    let leading = steps.iter().take_while(|&&step| step == Step::Gap).count();
    steps.drain(..leading);
    steps
}
