//! The compiled form of all sentence templates: one graph over the steps of their sentences, in flat arrays.

use super::graph::NodeId;
use super::regexes::Regexes;
use crate::text::{EntityKind, WordId};

/// A pattern by the number it was added under.
pub(crate) type PatternId = u32;

/// Where all patterns begin.
pub(super) const ROOT: NodeId = 0;

/// No node.
pub(super) const NOWHERE: NodeId = NodeId::MAX;

/// All patterns of a rule set, compiled.
#[derive(Debug, Default)]
pub(crate) struct Program {
    /// The nodes that the first word of a pattern leads to, by the key of its edge: there are as many as a rule set has
    /// words, and every word of a message looks here.
    pub(super) first: Vec<NodeId>,
    /// Nodes from which something follows; one more stands behind the last, which is an end. Those that have [`Program::more`] come first,
    /// those at which patterns end and nothing follows have higher numbers and do not stand here.
    pub(super) nodes: Vec<Node>,
    /// Words that lead on, those of a node in order; see [`edge_key`].
    pub(super) keys: Vec<u32>,
    /// Where each of them leads.
    pub(super) targets: Vec<NodeId>,
    /// Of the first nodes.
    pub(super) more: Vec<More>,
    pub(super) slot_edges: Vec<SlotEdge>,
    /// Where the patterns that are complete at each node begin in [`Program::accepts`]; one more at the end.
    pub(super) accept_starts: Vec<u32>,
    pub(super) accepts: Vec<PatternId>,
    pub(super) names: Vec<String>,
    /// Whether any word must be written exactly so.
    pub(super) exact: bool,
    /// Where sentences that begin with `^` begin.
    pub(super) anchored: Option<NodeId>,
    pub(super) regexes: Regexes,
}

/// What can follow after the steps that lead to a node. Its words end where those of the next node begin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Node {
    /// Words, in [`Program::keys`].
    pub(super) edges: u32,
    /// Marks of the words that may follow; [`ANYTHING`] where a pattern is complete or what follows need not be a word.
    pub(super) next: u32,
}

/// What few nodes have: steps that take no word of the pattern's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct More {
    /// Node after a gap.
    pub(super) gap: NodeId,
    /// Node after `$`.
    pub(super) end: NodeId,
    /// Slots and wildcards, in [`Program::slot_edges`].
    pub(super) slots: (u32, u32),
    /// Marks of the words that may follow behind the gap.
    pub(super) later: u32,
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

/// The key of a word edge: word and writing in one number. Words are fewer than 2^31.
pub(super) fn edge_key(word: WordId, writing: Writing) -> u32 {
    if word.is_known() { (word.0 << 1) | u32::from(writing == Writing::Exact) } else { u32::MAX }
}

/// The mark of what goes on whatever words follow.
pub(super) const ANYTHING: u32 = 1 << 31;

/// The mark of a word edge by its key: one bit of 31, so that most words are told from others (Bloom 1970).
pub(super) fn mark(key: u32) -> u32 {
    1 << (key.wrapping_mul(0x9e37_79b1) >> 27).min(30)
}

/// The words that lead on from a node.
#[derive(Clone, Copy)]
pub(super) struct Edges<'p> {
    keys: &'p [u32],
    targets: &'p [NodeId],
}

/// Up to so many keys are compared one after the other.
const FEW: usize = 8;

impl Edges<'_> {
    pub(super) fn is_empty(self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn to(self, key: u32) -> Option<NodeId> {
        let at = if self.keys.len() <= FEW {
            self.keys.iter().position(|&known| known == key)?
        } else {
            self.keys.binary_search(&key).ok()?
        };
        self.targets.get(at).copied()
    }
}

impl Program {
    /// Whether a word leads on from a node only where it is written exactly so.
    pub(super) fn has_exact(&self) -> bool {
        let exact = |key: usize| key as u32 & 1 == u32::from(true);
        let begins = |(key, &to): (usize, &NodeId)| exact(key) && to != NOWHERE;
        self.first.iter().enumerate().any(begins) || self.keys.iter().any(|&key| exact(key as usize))
    }

    /// Where a word leads that begins a pattern.
    pub(super) fn first_edge(&self, key: u32) -> Option<NodeId> {
        self.first.get(key as usize).copied().filter(|&to| to != NOWHERE)
    }

    pub(super) fn edges(&self, node: NodeId) -> Edges<'_> {
        let Some(behind) = self.nodes.get(node as usize + 1) else {
            return Edges { keys: &[], targets: &[] };
        };
        let (from, to) = (self.nodes[node as usize].edges as usize, behind.edges as usize);
        Edges { keys: &self.keys[from..to], targets: &self.targets[from..to] }
    }

    pub(super) fn accepts(&self, node: NodeId) -> &[PatternId] {
        if self.next(node) & ANYTHING == 0 {
            return &[];
        }
        let (from, to) = (self.accept_starts[node as usize], self.accept_starts[node as usize + 1]);
        &self.accepts[from as usize..to as usize]
    }

    /// Marks of the words that may follow a node.
    pub(super) fn next(&self, node: NodeId) -> u32 {
        self.nodes.get(node as usize).map_or(ANYTHING, |node| node.next)
    }

    /// Whether patterns end at a node and nothing follows.
    pub(super) fn is_end(&self, node: NodeId) -> bool {
        node as usize + 1 >= self.nodes.len()
    }

    /// Whether anything can come of a node before words that have these marks, at once and up to the end of the message:
    /// of most nodes nothing does.
    pub(super) fn goes_on(&self, node: NodeId, next: u32, later: u32) -> bool {
        self.next(node) & next != 0 || self.more(node).is_some_and(|more| more.later & later != 0)
    }

    /// Lets each node know what may follow behind its gap.
    pub(super) fn look_behind_gaps(&mut self) {
        for node in 0..self.more.len() {
            let Some(gap) = self.gap(node as NodeId) else { continue };
            let another = if self.gap(gap).is_some() { ANYTHING } else { 0 };
            self.more[node].later = self.next(gap) | another;
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.accept_starts.len().saturating_sub(1)
    }

    /// Whether a node has neither gap nor slot nor the end of the message behind it.
    pub(super) fn takes_words_alone(&self, node: NodeId) -> bool {
        self.more(node).is_none()
    }

    fn more(&self, node: NodeId) -> Option<&More> {
        self.more.get(node as usize)
    }

    pub(super) fn gap(&self, node: NodeId) -> Option<NodeId> {
        self.more(node).map(|more| more.gap).filter(|&gap| gap != NOWHERE)
    }

    pub(super) fn end(&self, node: NodeId) -> Option<NodeId> {
        self.more(node).map(|more| more.end).filter(|&end| end != NOWHERE)
    }

    pub(super) fn slots(&self, node: NodeId) -> &[SlotEdge] {
        self.more(node).map_or(&[], |more| &self.slot_edges[more.slots.0 as usize..more.slots.1 as usize])
    }

    /// The names of all slots.
    pub(crate) fn slot_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The name of a captured slot.
    pub(crate) fn slot_name(&self, name: u32) -> &str {
        &self.names[name as usize]
    }
}
