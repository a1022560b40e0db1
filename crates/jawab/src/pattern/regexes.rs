//! Regular expressions, run only on messages that hold the literals they need.

use std::mem::take;
use std::sync::{Arc, OnceLock};

use aho_corasick::automaton::{self, StateID};
use aho_corasick::{Anchored, dfa, nfa, packed};
use rustc_hash::FxHashMap;

use super::expression::{Expression, Groups};
use super::find::Scratch;
use super::literals::{Literal, required};
use super::nearby::Nearby;
use super::neighbours::{Neighbours, fits};
use super::program::PatternId;
use super::search::{LONG, Places};
use crate::text::{Utterance, bytes, is_picture};

/// All regular expressions of a rule set.
#[derive(Debug, Default)]
pub(super) struct Regexes {
    pub(super) entries: Vec<Entry>,
    pub(super) literals: Automaton,
    /// What may stand before and after each literal.
    pub(super) beside: Vec<(Neighbours, Neighbours)>,
    /// Where in `waiting` the expressions begin that wait for each literal; one more at the end.
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
    /// How to find matches in a long message by the places of literals, and the number of their set in
    /// [`Regexes::further`].
    pub(super) nearby: Option<(u32, Nearby)>,
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
    /// A step for every byte; of few literals, what finds the first of them by several bytes at once.
    Fast(dfa::DFA, Option<packed::Searcher>),
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
            ..=FAST_BYTES => dfa::DFA::builder()
                .prefilter(false)
                .build(&self.texts)
                .ok()
                .map(|table| Table::Fast(table, packed::Searcher::new(&self.texts))),
            _ => nfa::contiguous::NFA::builder().prefilter(false).build(&self.texts).ok().map(Table::Small),
        };
        self.built.get_or_init(build).as_ref()
    }
}

impl Table {
    /// Calls back with every literal of a text in lower case, and where it begins and ends.
    fn each(&self, text: &str, found: impl FnMut(usize, usize, usize)) {
        match self {
            Table::Fast(table, None) => each(table, text.as_bytes(), 0, found),
            Table::Fast(table, Some(searcher)) => {
                if let Some(first) = searcher.find(text) {
                    each(table, text.as_bytes(), first.start(), found);
                }
            }
            Table::Small(table) => each(table, text.as_bytes(), 0, found),
        }
    }
}

/// Calls back with the literals of a text that has none before a place.
fn each(
    table: &impl automaton::Automaton,
    text: &[u8],
    mut end: usize,
    mut found: impl FnMut(usize, usize, usize),
) {
    let Ok(mut state) = table.start_state(Anchored::No) else { return };
    while let Some((passed, special)) = next_special(table, state, &text[end..]) {
        (end, state) = (end + passed, special);
        let literals = if table.is_match(state) { table.match_len(state) } else { 0 };
        for literal in (0..literals).map(|index| table.match_pattern(state, index)) {
            found(literal.as_usize(), end - table.pattern_len(literal), end);
        }
    }
}

/// The next state at which literals end, and how many bytes lead there. A function of its own, so that all it needs is in
/// registers.
#[inline(never)]
fn next_special(
    table: &impl automaton::Automaton,
    mut state: StateID,
    text: &[u8],
) -> Option<(usize, StateID)> {
    let passed = text.iter().position(|&byte| {
        state = table.next_state(Anchored::No, state, byte);
        table.is_special(state)
    });
    passed.map(|passed| (passed + 1, state))
}

#[derive(Default)]
pub(super) struct RegexesBuilder {
    entries: Vec<Entry>,
    literals: Literals,
    /// The sets of literals of each expression.
    clauses: Vec<Vec<Vec<u32>>>,
    /// Where the matches of each expression stand.
    nearby: Vec<Option<(Vec<u32>, Nearby)>>,
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
        let mut numbered =
            |set: Vec<Literal>| set.into_iter().map(|literal| self.literals.number(literal)).collect();
        let clauses: Vec<Vec<u32>> = required.clauses.into_iter().map(&mut numbered).collect();
        // What waits for nothing has no place either.
        let nearby = required.nearby.filter(|_| !clauses.is_empty());
        self.nearby.push(nearby.map(|(set, nearby)| (numbered(set), nearby)));
        self.clauses.push(clauses);
        let groups = expression.groups().map(|(group, name)| (group as u32, name_id(name))).collect();
        self.entries.push(Entry {
            pattern,
            expression: Arc::clone(expression),
            groups,
            further: (0, 0),
            digit,
            nearby: None,
        });
    }

    pub(super) fn finish(mut self) -> Regexes {
        let mut literals = Automaton::later(std::mem::take(&mut self.literals.texts));
        if literals.get().is_none() {
            // Without an automaton (it would exceed its limits) every expression is run: slower, never wrong.
            self.clauses.iter_mut().for_each(Vec::clear);
            self.nearby.iter_mut().for_each(|nearby| *nearby = None);
            (literals, self.literals.beside) = (Automaton::default(), Vec::new());
        }
        let mut regexes = Regexes { literals, further_starts: vec![0], ..Regexes::default() };
        let mut waiting = self.wait(&mut regexes);
        self.place(&mut regexes);
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

impl RegexesBuilder {
    /// Gives the sets of literals that matches begin with their numbers.
    fn place(&mut self, regexes: &mut Regexes) {
        for (entry, nearby) in self.entries.iter_mut().zip(self.nearby.drain(..)) {
            let Some((set, nearby)) = nearby else { continue };
            entry.nearby = Some((regexes.further_starts.len() as u32 - 1, nearby));
            regexes.further.extend(set);
            regexes.further_starts.push(regexes.further.len() as u32);
        }
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
    /// Where the literals of a long message stand; nothing of others.
    places: Places,
    /// Whether the message holds a digit.
    digit: bool,
    /// Number of the message, beginning with 1.
    message: u32,
    /// The message in lower case, where nobody else knows it.
    buffer: String,
    /// Where the groups of each expression were found that had any.
    groups: Vec<Groups>,
}

impl Regexes {
    pub(super) fn find(&self, message: &str, utterance: &Utterance, scratch: &mut Scratch) {
        if self.entries.is_empty() {
            return;
        }
        let ascii = message.is_ascii();
        let candidates = &mut scratch.candidates;
        candidates.groups.resize_with(self.entries.len(), Groups::default);
        self.candidates(message, utterance.in_lower_case(message), ascii, candidates);
        if candidates.expressions.is_empty() {
            return;
        }
        let (mut groups, mut places) = (take(&mut candidates.groups), take(&mut candidates.places));
        let expressions = take(&mut candidates.expressions);
        for &index in &expressions {
            let (entry, groups) = (&self.entries[index as usize], &mut groups[index as usize]);
            if let Some(found) = self.find_one(entry, message, ascii, groups, &mut places) {
                let tokens = utterance.tokens_in(found.0 as u32, found.1 as u32);
                scratch.push(entry.pattern, tokens, entry.captures(groups));
            }
        }
        let candidates = &mut scratch.candidates;
        (candidates.groups, candidates.places, candidates.expressions) = (groups, places, expressions);
    }

    /// `lower` is the message in lower case, where that is known.
    fn candidates(&self, message: &str, lower: Option<&str>, ascii: bool, candidates: &mut Candidates) {
        candidates.expressions.clear();
        candidates.places.clear();
        if !ascii && folds_to_ascii(message) {
            return candidates.expressions.extend(0..self.entries.len() as u32);
        }
        if !self.beside.is_empty() {
            let Some(literals) = self.literals.get() else {
                return candidates.expressions.extend(0..self.entries.len() as u32);
            };
            candidates.look(literals, message, lower, &self.beside);
        }
        candidates.digit = holds_digit(message, ascii);
        let digit = candidates.digit;
        let may = |index: &&u32| digit || !self.entries[**index as usize].digit;
        candidates.expressions.extend(self.always.iter().filter(may));
        self.waiting_for(candidates);
        candidates.expressions.sort_unstable();
        candidates.expressions.dedup();
    }

    /// The literals of a set.
    pub(super) fn set(&self, set: u32) -> &[u32] {
        let (from, to) = (self.further_starts[set as usize], self.further_starts[set as usize + 1]);
        &self.further[from as usize..to as usize]
    }

    /// The expressions that wait for a literal of the message and have all others that they need.
    fn waiting_for(&self, candidates: &mut Candidates) {
        let Candidates { expressions, seen, literals, message, digit, .. } = candidates;
        let holds_one = |set: u32| self.set(set).iter().any(|&literal| seen[literal as usize] == *message);
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
    fn look(
        &mut self,
        automaton: &Table,
        message: &str,
        lower: Option<&str>,
        beside: &[(Neighbours, Neighbours)],
    ) {
        self.seen.resize(beside.len(), 0);
        self.literals.clear();
        self.message = self.message.wrapping_add(1);
        if self.message == 0 {
            self.seen.fill(0);
            self.message = 1;
        }
        let Candidates { seen, literals, places, message: number, buffer, .. } = self;
        places.are_known = message.len() >= LONG;
        let lower = lower.unwrap_or_else(|| {
            buffer.clear();
            buffer.push_str(message);
            buffer.make_ascii_lowercase();
            buffer
        });
        automaton.each(lower, |literal, start, end| {
            if !fits(message, start..end, beside[literal]) {
                return;
            }
            places.note(literal, start);
            if seen[literal] != *number {
                seen[literal] = *number;
                literals.push(literal as u32);
            }
        });
        places.sort();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::literals::tests::expressions;
    use super::super::search::Search;
    use super::*;

    fn regexes(sources: &[&str]) -> Regexes {
        let mut builder = RegexesBuilder::default();
        for (source, number) in sources.iter().zip(0..) {
            builder.add(number, &Arc::new(Expression::new(source).expect(source)), |_| 0);
        }
        builder.finish()
    }

    #[test]
    fn few_literals_are_found_as_among_many() {
        let few = ["abc", "bcd", "abcabc"].map(str::to_owned).to_vec();
        let many = few.iter().cloned().chain((0..300).map(|number| format!("z{number:03}"))).collect();
        for texts in [few, many] {
            let (automaton, mut found) = (Automaton::later(texts), Vec::new());
            let table = automaton.get().expect("an automaton");
            table.each("-- abcabcd", |literal, start, end| found.push((literal, start, end)));
            found.sort_unstable();
            assert_eq!(found, [(0, 3, 6), (0, 6, 9), (1, 7, 10), (2, 3, 9)]);
            table.each("ab cd", |_, _, _| panic!("nothing is there"));
        }
    }

    #[test]
    fn where_matches_stand_is_known_where_literals_begin_them() {
        for (source, expected) in [
            (r"\bsaldo\w* dana", Some(Nearby::Over(1))),
            (r"(saldo|dana)-?\d{4,}", Some(Nearby::Over(0))),
            (r"\bsaldo\b.*\b(dana|rekening)\b", Some(Nearby::Around)),
            (r".*saldo", None),
            (r"x\w* saldo", None),
            (r"saldo\s+dana", None),
            (r"saldo.*[dt]ana", None),
            (r"saldo.*dana.*hilang", None),
            (r"\d{4}", None),
        ] {
            let nearby = regexes(&[source]).entries[0].nearby.map(|(_, nearby)| nearby);
            assert_eq!(nearby, expected, "{source}");
        }
    }

    #[test]
    fn the_places_of_literals_tell_what_is_found_there() {
        let regexes = regexes(&[r"\babc\w* abc x", r"\babc\b.*\b(-x-|abcd)\b"]);
        let long = "saldo ".repeat(LONG);
        for (message, over, around) in [
            (format!("{long}abcd abc x {long}"), Some((0, 10)), None),
            (format!("{long}abcd  abc x abc"), None, None),
            (format!("{long}abc y abcd abcd z abcde"), None, Some((0, 15))),
        ] {
            let mut candidates = Candidates::default();
            regexes.candidates(&message, None, true, &mut candidates);
            let Candidates { mut places, .. } = candidates;
            let at = |start, end| Search::Found((long.len() + start, long.len() + end));
            let of = |entry: usize| regexes.set(regexes.entries[entry].nearby.expect("places").0);
            let (entry, groups) = (&regexes.entries[0], &mut Groups::default());
            let found = entry.find_over(2, &message, true, groups, places.of(of(0)));
            assert_eq!(found, over.map_or(Search::Nothing, |(start, end)| at(start, end)), "{message}");
            let found = regexes.entries[1].find_around(&message, true, places.of(of(1)).last());
            assert_eq!(found, around.map_or(Search::Nothing, |(start, end)| at(start, end)), "{message}");
        }
    }

    #[test]
    fn where_stretches_are_longer_than_the_message_it_is_run_once() {
        let (regexes, message) = (regexes(&[r"abc\w*x"]), "abc".repeat(LONG));
        let places: Vec<u32> = (0..message.len() as u32).step_by(3).collect();
        let entry = &regexes.entries[0];
        assert_eq!(entry.find_over(0, &message, true, &mut Groups::default(), &places[..1]), Search::Nothing);
        assert_eq!(entry.find_over(0, &message, true, &mut Groups::default(), &places), Search::Untold);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn in_a_long_message_all_is_found_as_in_the_whole(
            sources in prop::collection::vec(expressions(), 4),
            parts in prop::collection::vec("abc|ABC|a b|-x-|[abc1é ]|abc x|[a-c]{3}\n|1", LONG..LONG + 40),
        ) {
            let message = parts.concat();
            let read = |source: &String| Expression::new(source).ok().map(Arc::new);
            let expressions: Vec<Arc<Expression>> = sources.iter().filter_map(read).collect();
            let mut builder = RegexesBuilder::default();
            expressions.iter().zip(0..).for_each(|(of, number)| builder.add(number, of, |_| 0));
            let (regexes, mut candidates) = (builder.finish(), Candidates::default());
            let ascii = message.is_ascii();
            regexes.candidates(&message, None, ascii, &mut candidates);
            for (index, expression) in expressions.iter().enumerate() {
                let entry = &regexes.entries[index];
                let run = candidates.expressions.contains(&(index as u32));
                let mut find = || regexes.find_one(entry, &message, ascii, &mut Groups::default(), &mut candidates.places);
                let found = if run { find() } else { None };
                prop_assert_eq!(found, expression.find(&message, ascii, 0), "`{}`", expression.as_str());
            }
        }
    }
}
