//! Regular expressions, run only on messages that hold the literals they need.

use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::CaptureLocations;
use rustc_hash::FxHashMap;

use super::expression::Expression;
use super::find::{Capture, Scratch};
use super::literals::{Literal, is_ascii_word, required};
use super::program::PatternId;
use crate::text::Utterance;

/// All regular expressions of a rule set.
#[derive(Debug, Default)]
pub(super) struct Regexes {
    entries: Vec<Entry>,
    /// Finds the literals.
    literals: Option<AhoCorasick>,
    /// Whether a word begins and ends with each.
    bounds: Vec<(bool, bool)>,
    /// For each literal, and one more, where the expressions begin in `waiting` that wait for it.
    starts: Vec<u32>,
    waiting: Vec<u32>,
    /// Further literals that expressions need, set by set.
    further: Vec<Vec<u32>>,
    /// Expressions without a required literal.
    always: Vec<u32>,
}

#[derive(Debug)]
struct Entry {
    pattern: PatternId,
    expression: Arc<Expression>,
    /// Group number and slot name of each named group.
    groups: Vec<(usize, u32)>,
    /// In [`Regexes::further`]: of each set a message must hold a literal.
    further: (u32, u32),
    /// Whether a message must hold a digit.
    digit: bool,
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
    bounds: Vec<(bool, bool)>,
    numbers: FxHashMap<Literal, u32>,
}

impl Literals {
    fn number(&mut self, mut literal: Literal) -> u32 {
        literal.text.make_ascii_lowercase();
        let next = self.texts.len() as u32;
        *self.numbers.entry(literal).or_insert_with_key(|literal| {
            self.texts.push(literal.text.clone());
            self.bounds.push((literal.begins, literal.ends));
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
        let groups = expression.groups().map(|(group, name)| (group, name_id(name))).collect();
        self.entries.push(Entry {
            pattern,
            expression: Arc::clone(expression),
            groups,
            further: (0, 0),
            digit,
        });
    }

    pub(super) fn finish(mut self) -> Regexes {
        let automaton = || {
            let mut builder = AhoCorasickBuilder::new();
            let builder = builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard);
            builder.build(&self.literals.texts).ok()
        };
        let literals = if self.literals.texts.is_empty() { None } else { automaton() };
        if literals.is_none() {
            // Without an automaton (it would exceed its limits) every expression is run: slower, never wrong.
            self.clauses.iter_mut().for_each(Vec::clear);
        }
        let mut regexes = Regexes { literals, ..Regexes::default() };
        let mut waiting = self.wait(&mut regexes);
        waiting.sort_unstable();
        waiting.dedup();
        for literal in 0..=self.literals.texts.len() as u32 {
            regexes.starts.push(waiting.partition_point(|&(of, _)| of < literal) as u32);
        }
        regexes.waiting = waiting.into_iter().map(|(_, entry)| entry).collect();
        regexes.bounds = self.literals.bounds;
        regexes.entries = self.entries;
        regexes
    }

    /// Lets each expression wait for the set of its literals that the fewest expressions need: pairs of literal and
    /// expression.
    fn wait(&mut self, regexes: &mut Regexes) -> Vec<(u32, u32)> {
        let mut needed = vec![0_u32; self.literals.texts.len()];
        self.clauses.iter().flatten().flatten().for_each(|&literal| needed[literal as usize] += 1);
        let mut waiting = Vec::new();
        for (index, clauses) in self.clauses.iter_mut().enumerate() {
            let often = |set: &Vec<u32>| set.iter().map(|&literal| needed[literal as usize]).sum::<u32>();
            let Some(rarest) = (0..clauses.len()).min_by_key(|&at| often(&clauses[at])) else {
                regexes.always.push(index as u32);
                continue;
            };
            waiting.extend(clauses.swap_remove(rarest).into_iter().map(|literal| (literal, index as u32)));
            let from = regexes.further.len() as u32;
            regexes.further.append(clauses);
            self.entries[index].further = (from, regexes.further.len() as u32);
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
    groups: Vec<Option<CaptureLocations>>,
}

impl Regexes {
    pub(super) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        if self.entries.is_empty() {
            return;
        }
        let mut candidates = std::mem::take(&mut scratch.candidates);
        candidates.groups.resize_with(self.entries.len(), || None);
        self.candidates(message, &mut candidates);
        let Candidates { expressions, groups, .. } = &mut candidates;
        for &index in expressions.iter() {
            self.entries[index as usize].find(message, utterance, &mut groups[index as usize], scratch);
        }
        scratch.candidates = candidates;
    }

    fn candidates(&self, message: &str, candidates: &mut Candidates) {
        candidates.expressions.clear();
        if folds_to_ascii(message) {
            return candidates.expressions.extend(0..self.entries.len() as u32);
        }
        candidates.digit = message.chars().any(char::is_numeric);
        let digit = candidates.digit;
        let may = |index: &&u32| digit || !self.entries[**index as usize].digit;
        candidates.expressions.extend(self.always.iter().filter(may));
        if let Some(literals) = &self.literals {
            candidates.look(literals, message, &self.bounds);
            self.waiting_for(candidates);
        }
        candidates.expressions.sort_unstable();
        candidates.expressions.dedup();
    }

    /// The expressions that wait for a literal of the message and have all others that they need.
    fn waiting_for(&self, candidates: &mut Candidates) {
        let Candidates { expressions, seen, literals, message, digit, .. } = candidates;
        let holds_one = |set: &Vec<u32>| set.iter().any(|&literal| seen[literal as usize] == *message);
        for &literal in literals.iter() {
            let (from, to) = (self.starts[literal as usize], self.starts[literal as usize + 1]);
            for &index in &self.waiting[from as usize..to as usize] {
                let entry = &self.entries[index as usize];
                let (from, to) = entry.further;
                if (*digit || !entry.digit) && self.further[from as usize..to as usize].iter().all(holds_one)
                {
                    expressions.push(index);
                }
            }
        }
    }
}

impl Candidates {
    /// Notes the literals that a message holds, each once.
    fn look(&mut self, automaton: &AhoCorasick, message: &str, bounds: &[(bool, bool)]) {
        self.seen.resize(bounds.len(), 0);
        self.literals.clear();
        self.message = self.message.wrapping_add(1);
        if self.message == 0 {
            self.seen.fill(0);
            self.message = 1;
        }
        for found in automaton.find_overlapping_iter(message) {
            let literal = found.pattern().as_usize();
            let (begins, ends) = bounds[literal];
            let seen = &mut self.seen[literal];
            let parts_word = begins && goes_on(message, found.start().checked_sub(1))
                || ends && goes_on(message, Some(found.end()));
            if *seen != self.message && !parts_word {
                *seen = self.message;
                self.literals.push(found.pattern().as_u32());
            }
        }
    }
}

/// Whether a word surely goes on with the byte at a place. Letters that are not of ASCII are left to the expression.
fn goes_on(message: &str, at: Option<usize>) -> bool {
    at.and_then(|at| message.as_bytes().get(at)).is_some_and(|byte| is_ascii_word(*byte))
}

/// Whether the message holds one of the two characters that are not ASCII but equal an ASCII letter without
/// regard to case (U+017F, U+212A): the literals are compared in ASCII only.
fn folds_to_ascii(message: &str) -> bool {
    !message.is_ascii() && message.contains(['\u{17F}', '\u{212A}'])
}

impl Entry {
    fn find(
        &self,
        message: &str,
        utterance: &Utterance,
        groups: &mut Option<CaptureLocations>,
        scratch: &mut Scratch,
    ) {
        let Some(regex) = self.expression.regex() else { return };
        let tokens = |found: regex::Match| utterance.tokens_in(found.start() as u32, found.end() as u32);
        if self.groups.is_empty() {
            if let Some(found) = regex.find(message) {
                scratch.push(self.pattern, tokens(found), std::iter::empty());
            }
            return;
        }
        let groups = groups.get_or_insert_with(|| regex.capture_locations());
        if let Some(found) = regex.captures_read(groups, message) {
            scratch.push(self.pattern, tokens(found), self.captures(groups));
        }
    }

    fn captures(&self, found: &CaptureLocations) -> impl Iterator<Item = Capture> {
        self.groups.iter().filter_map(|&(group, name)| {
            let (start, end) = found.get(group)?;
            Some(Capture { name, span: (start as u32, end as u32), entity: None })
        })
    }
}
