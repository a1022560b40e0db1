//! The compiled form of all sentence templates: one graph over the steps of their sentences.

use rustc_hash::FxHashMap;

use super::graph::NodeId;
use super::regexes::Regexes;
use crate::text::{EntityKind, WordId};

/// A pattern by the number it was added under.
pub(crate) type PatternId = u32;

/// All patterns of a rule set, compiled.
#[derive(Debug)]
pub(crate) struct Program {
    /// Edges that consume one word, by node and word; see [`edge_key`].
    pub(super) words: FxHashMap<u64, NodeId>,
    pub(super) nodes: Vec<Node>,
    pub(super) slot_edges: Vec<SlotEdge>,
    pub(super) accepts: Vec<PatternId>,
    pub(super) names: Vec<String>,
    /// Where sentences that begin with `^` begin.
    pub(super) anchored: Option<NodeId>,
    pub(super) regexes: Regexes,
}

/// What can follow after the steps that lead to a node, besides words.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// Node after a gap.
    pub(super) gap: Option<NodeId>,
    /// Node after `$`.
    pub(super) end: Option<NodeId>,
    /// Slots and wildcards, in [`Program::slot_edges`].
    pub(super) slots: (u32, u32),
    /// Patterns that are complete here, in [`Program::accepts`].
    pub(super) accepts: (u32, u32),
}

/// A step that takes a slot's value.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotEdge {
    /// Index into [`Program::names`].
    pub(super) name: u32,
    /// What the value must be; none: any words.
    pub(super) kind: Option<EntityKind>,
    pub(super) to: NodeId,
}

/// How a word of a pattern must be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Writing {
    /// In any way that means the word.
    Any,
    /// Exactly so.
    Exact,
}

/// The key of a word edge: node, word and writing in one number.
pub(super) fn edge_key(node: NodeId, word: WordId, writing: Writing) -> u64 {
    (u64::from(node) << 33) | (u64::from(word.0) << 1) | u64::from(writing == Writing::Exact)
}

impl Program {
    pub(super) fn word_edge(&self, node: NodeId, word: WordId, writing: Writing) -> Option<NodeId> {
        self.words.get(&edge_key(node, word, writing)).copied()
    }

    pub(super) fn slots(&self, node: &Node) -> &[SlotEdge] {
        &self.slot_edges[node.slots.0 as usize..node.slots.1 as usize]
    }

    pub(super) fn accepts(&self, node: &Node) -> &[PatternId] {
        &self.accepts[node.accepts.0 as usize..node.accepts.1 as usize]
    }

    /// The name of a captured slot.
    pub(crate) fn slot_name(&self, name: u32) -> &str {
        &self.names[name as usize]
    }
}
