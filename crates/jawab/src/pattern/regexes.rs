//! Regular expressions, run only on messages that hold the literals they need.

use std::sync::{Arc, OnceLock};

use aho_corasick::{Anchored, automaton, dfa, nfa};
use rustc_hash::FxHashMap;

use super::expression::{Expression, Groups};
use super::find::{Capture, Scratch};
use super::literals::{Literal, required};
use super::neighbours::{Neighbours, fits};
use super::program::PatternId;
use crate::text::{Utterance, bytes, is_picture};

/// All regular expressions of a rule set.
#[derive(Debug, Default)]
pub(super) struct Regexes {
    pub(super) entries: Vec<Entry>,
    pub(super) literals: Automaton,
    /// What may stand before and after each literal.
    pub(super) beside: Vec<(Neighbours, Neighbours)>,
    /// For each literal, and one more, where the expressions begin in `waiting` that wait for it.
    pub(super) starts: Vec<u32>,
    pub(super) waiting: Vec<u32>,
    /// Further literals that expressions need, set by set.
    pub(super) further: Vec<u32>,
    /// Where each set begins in `further`; one more at the end.
    pub(super) further_starts: Vec<u32>,
    /// Expressions without a required literal.
    pub(super) always: Vec<u32>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) pattern: PatternId,
    pub(super) expression: Arc<Expression>,
    /// Group number and slot name of each named group.
    pub(super) groups: Vec<(u32, u32)>,
    /// Numbers of sets in [`Regexes::further`]: of each a message must hold a literal.
    pub(super) further: (u32, u32),
    /// Whether a message must hold a digit.
    pub(super) digit: bool,
}

/// Finds literals without regard to ASCII case.
#[derive(Debug, Default)]
pub(super) struct Automaton {
    texts: Vec<String>,
    /// Built when it is first needed; none where it would exceed its limits.
    built: OnceLock<Option<Table>>,
}

#[derive(Debug)]
enum Table {
    /// A step for every byte.
    Fast(dfa::DFA),
    Small(nfa::contiguous::NFA),
}

/// Literals of up to so many bytes become a table with a step for every byte: ten times as fast, and a hundred times as
/// large as they.
const FAST_BYTES: usize = 1 << 15;

impl Automaton {
    pub(super) fn later(texts: Vec<String>) -> Self {
        Automaton { texts, built: OnceLock::new() }
    }

    pub(super) fn texts(&self) -> &Vec<String> {
        &self.texts
    }

    fn get(&self) -> Option<&Table> {
        let build = || match self.texts.iter().map(String::len).sum() {
            ..=FAST_BYTES => dfa::DFA::new(&self.texts).ok().map(Table::Fast),
            _ => nfa::contiguous::NFA::new(&self.texts).ok().map(Table::Small),
        };
        self.built.get_or_init(build).as_ref()
    }
}

impl Table {
    /// Calls back with every literal of a message, and where it begins and ends.
    fn each(&self, message: &str, found: impl FnMut(usize, usize, usize)) {
        match self {
            Table::Fast(table) => each(table, message, found),
            Table::Small(table) => each(table, message, found),
        }
    }
}

fn each(table: &impl automaton::Automaton, message: &str, mut found: impl FnMut(usize, usize, usize)) {
    let Ok(mut state) = table.start_state(Anchored::No) else { return };
    for (end, byte) in (1..).zip(message.bytes()) {
        state = table.next_state(Anchored::No, state, byte.to_ascii_lowercase());
        let matches = if table.is_match(state) { table.match_len(state) } else { 0 };
        for literal in (0..matches).map(|index| table.match_pattern(state, index)) {
            found(literal.as_usize(), end - table.pattern_len(literal), end);
        }
    }
}

#[derive(Default)]
pub(super) struct RegexesBuilder {
    entries: Vec<Entry>,
    literals: Literals,
    /// The sets of literals of each expression.
    clauses: Vec<Vec<Vec<u32>>>,
}

/// Literals without regard to ASCII case, each once.
#[derive(Default)]
struct Literals {
    texts: Vec<String>,
    beside: Vec<(Neighbours, Neighbours)>,
    numbers: FxHashMap<Literal, u32>,
}

impl Literals {
    fn number(&mut self, mut literal: Literal) -> u32 {
        literal.text.make_ascii_lowercase();
        let next = self.texts.len() as u32;
        *self.numbers.entry(literal).or_insert_with_key(|literal| {
            self.texts.push(literal.text.clone());
            self.beside.push(literal.beside);
            next
        })
    }
}

impl RegexesBuilder {
    pub(super) fn add(
        &mut self,
        pattern: PatternId,
        expression: &Arc<Expression>,
        mut name_id: impl FnMut(&str) -> u32,
    ) {
        let required = required(expression.as_str());
        let digit = required.digit;
        let sets = required.clauses.into_iter();
        let numbered = sets.map(|set| set.into_iter().map(|literal| self.literals.number(literal)).collect());
        self.clauses.push(numbered.collect());
        let groups = expression.groups().map(|(group, name)| (group as u32, name_id(name))).collect();
        self.entries.push(Entry {
            pattern,
            expression: Arc::clone(expression),
            groups,
            further: (0, 0),
            digit,
        });
    }

    pub(super) fn finish(mut self) -> Regexes {
        let mut literals = Automaton::later(std::mem::take(&mut self.literals.texts));
        if literals.get().is_none() {
            // Without an automaton (it would exceed its limits) every expression is run: slower, never wrong.
            self.clauses.iter_mut().for_each(Vec::clear);
            (literals, self.literals.beside) = (Automaton::default(), Vec::new());
        }
        let mut regexes = Regexes { literals, further_starts: vec![0], ..Regexes::default() };
        let mut waiting = self.wait(&mut regexes);
        waiting.sort_unstable();
        waiting.dedup();
        for literal in 0..=regexes.literals.texts.len() as u32 {
            regexes.starts.push(waiting.partition_point(|&(of, _)| of < literal) as u32);
        }
        regexes.waiting = waiting.into_iter().map(|(_, entry)| entry).collect();
        regexes.beside = self.literals.beside;
        regexes.entries = self.entries;
        regexes
    }

    /// Lets each expression wait for the set of its literals that the fewest expressions need: pairs of literal and
    /// expression.
    fn wait(&mut self, regexes: &mut Regexes) -> Vec<(u32, u32)> {
        let mut needed = vec![0_u32; regexes.literals.texts.len()];
        self.clauses.iter().flatten().flatten().for_each(|&literal| needed[literal as usize] += 1);
        let mut waiting = Vec::new();
        for (index, clauses) in self.clauses.iter_mut().enumerate() {
            let often = |set: &Vec<u32>| set.iter().map(|&literal| needed[literal as usize]).sum::<u32>();
            let Some(rarest) = (0..clauses.len()).min_by_key(|&at| often(&clauses[at])) else {
                regexes.always.push(index as u32);
                continue;
            };
            waiting.extend(clauses.swap_remove(rarest).into_iter().map(|literal| (literal, index as u32)));
            let from = regexes.further_starts.len() as u32 - 1;
            for set in clauses.iter() {
                regexes.further.extend_from_slice(set);
                regexes.further_starts.push(regexes.further.len() as u32);
            }
            self.entries[index].further = (from, from + clauses.len() as u32);
        }
        waiting
    }
}

/// Buffers for expressions, used again for the next message.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// Expressions to run.
    expressions: Vec<u32>,
    /// For each literal, the last message that held it.
    seen: Vec<u32>,
    literals: Vec<u32>,
    /// Whether the message holds a digit.
    digit: bool,
    /// Number of the message, beginning with 1.
    message: u32,
    /// Where the groups of each expression were found that had any.
    groups: Vec<Groups>,
}

impl Regexes {
    pub(super) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        if self.entries.is_empty() {
            return;
        }
        let mut candidates = std::mem::take(&mut scratch.candidates);
        candidates.groups.resize_with(self.entries.len(), Groups::default);
        let ascii = message.is_ascii();
        self.candidates(message, ascii, &mut candidates);
        let Candidates { expressions, groups, .. } = &mut candidates;
        for &index in expressions.iter() {
            let (entry, groups) = (&self.entries[index as usize], &mut groups[index as usize]);
            entry.find(message, ascii, utterance, groups, scratch);
        }
        scratch.candidates = candidates;
    }

    fn candidates(&self, message: &str, ascii: bool, candidates: &mut Candidates) {
        candidates.expressions.clear();
        if !ascii && folds_to_ascii(message) {
            return candidates.expressions.extend(0..self.entries.len() as u32);
        }
        if !self.beside.is_empty() {
            let Some(literals) = self.literals.get() else {
                return candidates.expressions.extend(0..self.entries.len() as u32);
            };
            candidates.look(literals, message, &self.beside);
        }
        candidates.digit = holds_digit(message, ascii);
        let digit = candidates.digit;
        let may = |index: &&u32| digit || !self.entries[**index as usize].digit;
        candidates.expressions.extend(self.always.iter().filter(may));
        self.waiting_for(candidates);
        candidates.expressions.sort_unstable();
        candidates.expressions.dedup();
    }

    /// The expressions that wait for a literal of the message and have all others that they need.
    fn waiting_for(&self, candidates: &mut Candidates) {
        let Candidates { expressions, seen, literals, message, digit, .. } = candidates;
        let holds_one = |set: u32| {
            let (from, to) = (self.further_starts[set as usize], self.further_starts[set as usize + 1]);
            let set = &self.further[from as usize..to as usize];
            set.iter().any(|&literal| seen[literal as usize] == *message)
        };
        for &literal in literals.iter() {
            let (from, to) = (self.starts[literal as usize], self.starts[literal as usize + 1]);
            for &index in &self.waiting[from as usize..to as usize] {
                let entry = &self.entries[index as usize];
                let (from, to) = entry.further;
                if (*digit || !entry.digit) && (from..to).all(holds_one) {
                    expressions.push(index);
                }
            }
        }
    }
}

impl Candidates {
    /// Notes the literals that a message holds, each once.
    fn look(&mut self, automaton: &Table, message: &str, beside: &[(Neighbours, Neighbours)]) {
        self.seen.resize(beside.len(), 0);
        self.literals.clear();
        self.message = self.message.wrapping_add(1);
        if self.message == 0 {
            self.seen.fill(0);
            self.message = 1;
        }
        let Candidates { seen, literals, message: number, .. } = self;
        automaton.each(message, |literal, start, end| {
            if fits(message, start..end, beside[literal]) && seen[literal] != *number {
                seen[literal] = *number;
                literals.push(literal as u32);
            }
        });
    }
}

fn holds_digit(message: &str, ascii: bool) -> bool {
    let of_ascii = bytes::holds(message.as_bytes(), |byte| u8::from(byte.is_ascii_digit()));
    of_ascii
        || !ascii && bytes::beyond_ascii(message).any(|beyond| !is_picture(beyond) && beyond.is_numeric())
}

/// Whether the message holds one of the two characters that are not ASCII but equal an ASCII letter without
/// regard to case (U+017F, U+212A): the literals are compared in ASCII only.
fn folds_to_ascii(message: &str) -> bool {
    // Their first bytes; most messages have neither.
    let may = bytes::holds(message.as_bytes(), |byte| u8::from(byte == 0xc5) | u8::from(byte == 0xe2));
    may && message.contains(['\u{17F}', '\u{212A}'])
}

impl Entry {
    fn find(
        &self,
        message: &str,
        ascii: bool,
        utterance: &Utterance,
        groups: &mut Groups,
        scratch: &mut Scratch,
    ) {
        let tokens = |(start, end): (usize, usize)| utterance.tokens_in(start as u32, end as u32);
        if self.groups.is_empty() {
            if let Some(found) = self.expression.find(message, ascii) {
                scratch.push(self.pattern, tokens(found), std::iter::empty());
            }
        } else if let Some(found) = self.expression.find_groups(message, ascii, groups) {
            scratch.push(self.pattern, tokens(found), self.captures(groups));
        }
    }

    fn captures(&self, found: &Groups) -> impl Iterator<Item = Capture> {
        self.groups.iter().filter_map(|&(group, name)| {
            let (start, end) = found.get(group as usize)?;
            Some(Capture { name, span: (start as u32, end as u32), entity: None })
        })
    }
}
