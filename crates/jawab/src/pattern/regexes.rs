//! Regular expressions, run only on messages that hold a literal they need.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::{CaptureLocations, Regex};

use super::find::{Capture, Scratch};
use super::literals::required;
use super::program::PatternId;
use crate::text::Utterance;

/// All regular expressions of a rule set.
#[derive(Debug, Default)]
pub(super) struct Regexes {
    entries: Vec<Entry>,
    /// Finds the literals; the literal's number is an index into `by_literal`.
    literals: Option<AhoCorasick>,
    by_literal: Vec<u32>,
    /// Expressions without a required literal.
    always: Vec<u32>,
}

#[derive(Debug)]
struct Entry {
    pattern: PatternId,
    regex: Regex,
    /// Group number and slot name of each named group.
    groups: Vec<(usize, u32)>,
}

#[derive(Default)]
pub(super) struct RegexesBuilder {
    entries: Vec<Entry>,
    literals: Vec<String>,
    by_literal: Vec<u32>,
    always: Vec<u32>,
}

impl RegexesBuilder {
    pub(super) fn add(&mut self, pattern: PatternId, regex: &Regex, mut name_id: impl FnMut(&str) -> u32) {
        let index = self.entries.len() as u32;
        match required(regex.as_str()) {
            Some(set) => {
                self.by_literal.extend(set.iter().map(|_| index));
                self.literals.extend(set);
            }
            None => self.always.push(index),
        }
        let names = regex.capture_names().enumerate();
        let groups = names.filter_map(|(group, name)| name.map(|name| (group, name_id(name)))).collect();
        self.entries.push(Entry { pattern, regex: regex.clone(), groups });
    }

    pub(super) fn finish(self) -> Regexes {
        let automaton = || {
            let mut builder = AhoCorasickBuilder::new();
            builder.ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(&self.literals).ok()
        };
        let literals = if self.literals.is_empty() { None } else { automaton() };
        let all = || (0..self.entries.len() as u32).collect();
        // Without an automaton (it would exceed its limits) every expression is run: slower, never wrong.
        let always = if literals.is_none() { all() } else { self.always };
        Regexes { entries: self.entries, literals, by_literal: self.by_literal, always }
    }
}

impl Regexes {
    pub(super) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        if self.entries.is_empty() {
            return;
        }
        let mut candidates = std::mem::take(&mut scratch.literals);
        self.candidates(message, &mut candidates);
        scratch.groups.resize_with(self.entries.len(), || None);
        for &index in &candidates {
            self.entries[index as usize].find(message, utterance, index, scratch);
        }
        scratch.literals = candidates;
    }

    fn candidates(&self, message: &str, candidates: &mut Vec<u32>) {
        candidates.clear();
        if folds_to_ascii(message) {
            return candidates.extend(0..self.entries.len() as u32);
        }
        candidates.extend(&self.always);
        if let Some(literals) = &self.literals {
            let found = literals.find_overlapping_iter(message);
            candidates.extend(found.map(|found| self.by_literal[found.pattern().as_usize()]));
        }
        candidates.sort_unstable();
        candidates.dedup();
    }
}

/// Whether the message holds one of the two characters that are not ASCII but equal an ASCII letter without
/// regard to case (U+017F, U+212A): the literals are compared in ASCII only.
fn folds_to_ascii(message: &str) -> bool {
    !message.is_ascii() && message.contains(['\u{17F}', '\u{212A}'])
}

impl Entry {
    fn find(&self, message: &str, utterance: &Utterance, index: u32, scratch: &mut Scratch) {
        if self.groups.is_empty() {
            let Some(found) = self.regex.find(message) else { return };
            let tokens = utterance.tokens_in(found.start() as u32, found.end() as u32);
            return scratch.push(self.pattern, tokens, std::iter::empty());
        }
        let known = scratch.groups[index as usize].take();
        let mut groups = known.unwrap_or_else(|| self.regex.capture_locations());
        if let Some(found) = self.regex.captures_read(&mut groups, message) {
            let tokens = utterance.tokens_in(found.start() as u32, found.end() as u32);
            scratch.push(self.pattern, tokens, self.captures(&groups));
        }
        scratch.groups[index as usize] = Some(groups);
    }

    fn captures(&self, found: &CaptureLocations) -> impl Iterator<Item = Capture> {
        self.groups.iter().filter_map(|&(group, name)| {
            let (start, end) = found.get(group)?;
            Some(Capture { name, span: (start as u32, end as u32), entity: None })
        })
    }
}
