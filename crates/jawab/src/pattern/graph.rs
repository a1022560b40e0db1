//! Patterns as graphs of steps, and all graphs as one in which every step leads to one node only.

use rustc_hash::FxHashMap;

use super::program::PatternId;
use crate::text::{EntityKind, WordId};

/// One step of a sentence, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    Word(WordId),
    Exact(WordId),
    Gap,
    Slot { name: u32, kind: Option<EntityKind> },
    Start,
    End,
}

/// Number of a node.
pub(super) type NodeId = u32;

/// What may follow, and the patterns that are complete here.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GraphNode {
    pub(super) edges: Vec<(Step, NodeId)>,
    pub(super) accepts: Vec<PatternId>,
}

/// The patterns, each with a beginning of its own, sharing nothing. It is built from the ends.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: Vec<GraphNode>,
    starts: Vec<NodeId>,
}

impl Graph {
    pub(super) fn add(&mut self, node: GraphNode) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() as NodeId - 1
    }

    /// A node from which a step leads on.
    pub(super) fn before(&mut self, step: Step, next: NodeId) -> NodeId {
        // A pattern is found anywhere: a gap at its end says nothing.
        if step == Step::Gap && self.nodes[next as usize].edges.is_empty() {
            return next;
        }
        let accepts = if step == Step::Gap { self.nodes[next as usize].accepts.clone() } else { Vec::new() };
        self.add(GraphNode { edges: vec![(step, next)], accepts })
    }

    /// A node from which goes on what goes on from any of the given ones.
    pub(super) fn either(&mut self, nodes: &[NodeId]) -> NodeId {
        let mut either = GraphNode::default();
        for &node in nodes {
            either.edges.extend_from_slice(&self.nodes[node as usize].edges);
            either.accepts.extend_from_slice(&self.nodes[node as usize].accepts);
        }
        either.edges.sort_unstable();
        either.edges.dedup();
        either.accepts.sort_unstable();
        either.accepts.dedup();
        self.add(either)
    }

    /// Ends a pattern: it begins at `start`, or behind the gaps that stand there.
    pub(super) fn begin(&mut self, start: NodeId) {
        let behind: Vec<NodeId> = self.nodes[start as usize]
            .edges
            .iter()
            .filter(|(step, _)| *step == Step::Gap)
            .map(|&(_, to)| to)
            .collect();
        self.starts.push(start);
        behind.into_iter().for_each(|start| self.begin(start));
    }

    /// All patterns as one graph whose node 0 is the beginning of all: sets of nodes that the same steps lead to
    /// become one node (subset construction: Rabin, Scott 1959). Where patterns part, a set is a single node again, so
    /// the result is hardly larger than the patterns.
    /// None where it would have more than `most` nodes: patterns of many optional words can be made so that it does.
    pub(super) fn deterministic(self, most: usize) -> Option<Vec<GraphNode>> {
        let mut sets = Sets::new(&self.starts, self.nodes.len());
        let mut result: Vec<GraphNode> = Vec::new();
        let mut steps: Vec<(Step, NodeId)> = Vec::new();
        while result.len() < sets.bounds.len() {
            if sets.bounds.len() > most {
                return None;
            }
            let accepts = self.follow(sets.get(result.len()), result.is_empty(), &mut steps);
            let same_step = steps.chunk_by(|one, other| one.0 == other.0);
            let edges = same_step.map(|targets| (targets[0].0, sets.number(targets))).collect();
            result.push(GraphNode { edges, accepts });
        }
        Some(result)
    }

    /// The steps from a set of nodes with the nodes that they lead to, in order, and the patterns complete here. The
    /// beginning of a pattern before a gap is left out: it is begun behind the gap.
    fn follow(&self, set: &[NodeId], beginning: bool, steps: &mut Vec<(Step, NodeId)>) -> Vec<PatternId> {
        steps.clear();
        let mut accepts = Vec::new();
        for &node in set {
            let node = &self.nodes[node as usize];
            accepts.extend_from_slice(&node.accepts);
            steps.extend(node.edges.iter().filter(|(step, _)| !beginning || *step != Step::Gap));
        }
        steps.sort_unstable();
        steps.dedup();
        accepts.sort_unstable();
        accepts.dedup();
        accepts
    }
}

/// Sets of nodes by their numbers. Most are of one node.
struct Sets {
    nodes: Vec<NodeId>,
    bounds: Vec<(u32, u32)>,
    /// Number of the set of each node alone.
    alone: Vec<NodeId>,
    several: FxHashMap<Vec<NodeId>, NodeId>,
}

/// No set yet.
const UNKNOWN: NodeId = NodeId::MAX;

impl Sets {
    fn new(first: &[NodeId], nodes: usize) -> Self {
        let bounds = vec![(0, first.len() as u32)];
        Sets { nodes: first.to_vec(), bounds, alone: vec![UNKNOWN; nodes], several: FxHashMap::default() }
    }

    fn get(&self, number: usize) -> &[NodeId] {
        let (from, to) = self.bounds[number];
        &self.nodes[from as usize..to as usize]
    }

    /// The number of the set of nodes that a step leads to.
    fn number(&mut self, targets: &[(Step, NodeId)]) -> NodeId {
        let next = self.bounds.len() as NodeId;
        let number = match targets {
            [(_, node)] => &mut self.alone[*node as usize],
            _ => self.several.entry(targets.iter().map(|target| target.1).collect()).or_insert(UNKNOWN),
        };
        if *number == UNKNOWN {
            *number = next;
            let from = self.nodes.len() as u32;
            self.nodes.extend(targets.iter().map(|target| target.1));
            self.bounds.push((from, self.nodes.len() as u32));
            return next;
        }
        *number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: u32) -> Step {
        Step::Word(WordId(word))
    }

    /// `a [b] c` and `a b d` as a graph.
    fn two_patterns() -> Graph {
        let mut graph = Graph::default();
        let end = graph.add(GraphNode { edges: Vec::new(), accepts: vec![0] });
        let c = graph.before(word(3), end);
        let b = graph.before(word(2), c);
        let optional = graph.either(&[b, c]);
        let start = graph.before(word(1), optional);
        graph.begin(start);
        let end = graph.add(GraphNode { edges: Vec::new(), accepts: vec![1] });
        let d = graph.before(word(4), end);
        let b = graph.before(word(2), d);
        let start = graph.before(word(1), b);
        graph.begin(start);
        graph
    }

    #[test]
    fn patterns_share_their_beginnings_and_part_where_they_differ() {
        let nodes = two_patterns().deterministic(100).expect("a small graph");
        let follow = |words: &[u32]| {
            let step = |at: &GraphNode, wanted| {
                at.edges.iter().find(|(step, _)| *step == word(wanted)).map(|&(_, to)| to)
            };
            words.iter().try_fold(0, |at: NodeId, &wanted| step(&nodes[at as usize], wanted))
        };
        let accepts = |words| follow(words).map(|node| nodes[node as usize].accepts.clone());
        assert_eq!(accepts(&[1, 3]), Some(vec![0]));
        assert_eq!(accepts(&[1, 2, 3]), Some(vec![0]));
        assert_eq!(accepts(&[1, 2, 4]), Some(vec![1]));
        assert_eq!(accepts(&[1, 4]), None);
        assert_eq!(follow(&[1, 3]), follow(&[1, 2, 3]), "equal endings are one node");
    }

    #[test]
    fn a_graph_larger_than_allowed_is_refused() {
        assert_eq!(two_patterns().deterministic(5).map(|nodes| nodes.len()), Some(5));
        assert_eq!(two_patterns().deterministic(4), None);
    }
}
