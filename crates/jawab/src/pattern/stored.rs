//! Programs as bytes.

use std::sync::Arc;

use super::bounds::GAPS;
use super::expression::Expression;
use super::nearby::Nearby;
use super::program::{More, NOWHERE, Node, Program, SlotEdge};
use super::regexes::{Automaton, Entry, Regexes};
use crate::codec::{Reader, Stored, Writer};
use crate::text::EntityKind;

/// What stands for no kind of a slot.
const NO_KIND: u32 = u32::MAX;

impl Stored for Program {
    fn write(&self, out: &mut Writer) {
        out.rows(self.first.iter().map(|&to| [to]));
        out.rows(self.nodes.iter().map(|node| [node.edges, node.next]));
        out.rows(self.keys.iter().map(|&key| [key]));
        out.rows(self.targets.iter().map(|&to| [to]));
        out.rows(self.more.iter().map(|more| [more.gap, more.end, more.slots.0, more.slots.1, more.later]));
        let kind = |kind: Option<EntityKind>| kind.map_or(NO_KIND, EntityKind::to_number);
        out.rows(self.slot_edges.iter().map(|edge| [edge.name, kind(edge.kind), edge.to]));
        out.rows(self.accept_starts.iter().map(|&start| [start]));
        out.rows(self.accepts.iter().map(|&pattern| [pattern]));
        self.names.write(out);
        self.anchored.write(out);
        self.regexes.write(out);
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let kind = |kind| Some(kind).filter(|&kind| kind != NO_KIND).map(EntityKind::from_number);
        let mut program = Program {
            first: from.numbers()?,
            nodes: from.rows(|[edges, next]| Node { edges, next })?,
            keys: from.numbers()?,
            targets: from.numbers()?,
            more: from.rows(|[gap, end, first, last, later]| More {
                gap,
                end,
                slots: (first, last),
                later,
            })?,
            slot_edges: from.rows(|[name, of, to]| SlotEdge { name, kind: kind(of), to })?,
            accept_starts: from.numbers()?,
            accepts: from.numbers()?,
            names: Stored::read(from)?,
            anchored: Stored::read(from)?,
            regexes: Stored::read(from)?,
            exact: false,
        };
        program.exact = program.has_exact();
        Some(program)
    }
}

impl Program {
    /// Whether every number in it leads to something, for so many patterns.
    pub(crate) fn is_sound(&self, patterns: usize) -> bool {
        let Some((last, nodes)) = self.nodes.split_last() else { return false };
        let leads = |to: &u32| (*to as usize) < self.len();
        let may_lead = |to: &u32| *to == NOWHERE || leads(to);
        let within = |more: &More| {
            may_lead(&more.gap)
                && may_lead(&more.end)
                && more.slots.0 <= more.slots.1
                && more.slots.1 as usize <= self.slot_edges.len()
        };
        !nodes.is_empty()
            && self.more.len() <= nodes.len()
            && nodes.len() <= self.len()
            && self.nodes.is_sorted_by_key(|node| node.edges)
            && last.edges as usize == self.keys.len()
            && self.accept_starts.is_sorted()
            && self.accept_starts.last().is_some_and(|&last| last as usize == self.accepts.len())
            && self.keys.len() == self.targets.len()
            && self.first.iter().all(may_lead)
            && self.targets.iter().all(leads)
            && self.more.iter().all(within)
            && self.slot_edges.iter().all(|edge| leads(&edge.to) && (edge.name as usize) < self.names.len())
            && self.accepts.iter().all(|&pattern| (pattern as usize) < patterns)
            && self.anchored.iter().all(leads)
            && self.gaps_end()
            && self.regexes.is_sound(patterns, self.names.len())
    }

    /// Whether every row of gaps ends, after [`GAPS`] at the latest, as those of patterns do.
    fn gaps_end(&self) -> bool {
        let mut lengths = vec![0; self.len()];
        let mut row = Vec::new();
        let nodes = 0..self.more.len() as u32;
        for node in nodes.filter(|&node| self.gap(node).is_some()) {
            let mut next = Some(node);
            while let Some(gap) = next.filter(|&gap| lengths[gap as usize] == 0 && row.len() <= GAPS) {
                row.push(gap);
                next = self.gap(gap);
            }
            let behind = next.map_or(0, |gap| lengths[gap as usize]);
            if behind + row.len() > GAPS {
                return false;
            }
            row.drain(..).rev().zip(behind + 1..).for_each(|(gap, length)| lengths[gap as usize] = length);
        }
        true
    }
}

impl Stored for Regexes {
    fn write(&self, out: &mut Writer) {
        self.entries.write(out);
        self.literals.texts().write(out);
        out.rows(self.beside.iter().map(|&(before, after)| [u32::from(before) | u32::from(after) << 8]));
        for numbers in [&self.starts, &self.waiting, &self.further, &self.further_starts, &self.always] {
            out.rows(numbers.iter().map(|&number| [number]));
        }
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(Regexes {
            entries: Stored::read(from)?,
            literals: Automaton::later(Stored::read(from)?),
            beside: from.rows(|[beside]| (beside as u8, (beside >> 8) as u8))?,
            starts: from.numbers()?,
            waiting: from.numbers()?,
            further: from.numbers()?,
            further_starts: from.numbers()?,
            always: from.numbers()?,
        })
    }
}

impl Regexes {
    fn is_sound(&self, patterns: usize, names: usize) -> bool {
        let literals = self.literals.texts().len();
        let entry = |index: &u32| (*index as usize) < self.entries.len();
        let sets = self.further_starts.len().saturating_sub(1);
        let sound = |entry: &Entry| {
            (entry.pattern as usize) < patterns
                && entry.groups.iter().all(|&(_, name)| (name as usize) < names)
                && entry.further.0 <= entry.further.1
                && entry.further.1 as usize <= sets
                && entry.nearby.is_none_or(|(set, _)| (set as usize) < sets)
        };
        let divides = |starts: &[u32], len: usize| {
            starts.is_sorted() && starts.last().is_none_or(|&last| last as usize <= len)
        };
        self.entries.iter().all(sound)
            && self.beside.len() == literals
            && self.starts.len() == literals + 1
            && divides(&self.starts, self.waiting.len())
            && divides(&self.further_starts, self.further.len())
            && self.waiting.iter().chain(&self.always).all(entry)
            && self.further.iter().all(|&literal| (literal as usize) < literals)
    }
}

/// White space and one more, or 0.
impl Stored for Nearby {
    fn write(&self, out: &mut Writer) {
        out.number(match self {
            Nearby::Around => 0,
            Nearby::Over(white) => u64::from(*white) + 1,
        });
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let number = from.word()?;
        Some(number.checked_sub(1).map_or(Nearby::Around, Nearby::Over))
    }
}

impl Stored for Entry {
    fn write(&self, out: &mut Writer) {
        let Entry { pattern, expression, groups, further, digit, nearby } = self;
        pattern.write(out);
        out.stretch(expression.as_str().as_bytes());
        groups.write(out);
        further.write(out);
        digit.write(out);
        nearby.write(out);
    }

    /// An expression that no rule file could hold is never found.
    fn read(from: &mut Reader) -> Option<Self> {
        Some(Entry {
            pattern: Stored::read(from)?,
            expression: Arc::new(Expression::unread(from.text()?)),
            groups: Stored::read(from)?,
            further: Stored::read(from)?,
            digit: Stored::read(from)?,
            nearby: Stored::read(from)?,
        })
    }
}
