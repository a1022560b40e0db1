//! The decision, by trying every pattern of every rule.

use std::cmp::Reverse;

use crate::generate::{Rule, RuleBook};
use crate::pattern::Way;
use crate::words::{Token, read};

/// A name, the words, and their bytes.
pub(crate) type Slot = (String, String, (u32, u32));

/// A decision, as far as rules decide it.
#[derive(Debug, PartialEq)]
pub(crate) enum Expected {
    Answer { rule: String, slots: Vec<Slot> },
    Ask(Vec<String>),
    NoMatch,
    Ignored,
}

/// A rule that applies.
struct Candidate<'b> {
    rule: &'b Rule,
    /// How many words of the message its patterns name.
    explained: usize,
    best: Way,
}

pub(crate) fn decide(book: &RuleBook, message: &str, channel: &str) -> Expected {
    if message.is_empty() {
        return Expected::Ignored;
    }
    let tokens = read(message, &book.known());
    let words = tokens.iter().filter(|token| !token.skippable()).count();
    let rules = book.rules.iter().filter(|rule| rule.channels.is_empty() || rule.channels.contains(&channel));
    let mut candidates: Vec<Candidate> = rules.filter_map(|rule| candidate(rule, message, &tokens)).collect();
    let order = |of: &Candidate| (Reverse(of.rule.priority), Reverse(of.explained.min(words)));
    candidates.sort_by_key(order);
    let Some(first) = candidates.first() else { return Expected::NoMatch };
    let even = candidates.iter().filter(|other| order(other) == order(first));
    let even: Vec<String> = even.take(3).map(|even| even.rule.id.clone()).collect();
    if even.len() > 1 {
        return Expected::Ask(even);
    }
    Expected::Answer { rule: first.rule.id.clone(), slots: slots(&first.best, message) }
}

fn candidate<'b>(rule: &'b Rule, message: &str, tokens: &[Token]) -> Option<Candidate<'b>> {
    let any: Vec<Way> = rule.any.iter().filter_map(|pattern| pattern.find(message, tokens)).collect();
    let all: Vec<Way> = rule.all.iter().filter_map(|pattern| pattern.find(message, tokens)).collect();
    let none = rule.none.iter().any(|pattern| pattern.find(message, tokens).is_some());
    if none || all.len() < rule.all.len() || (any.is_empty() && !rule.any.is_empty()) {
        return None;
    }
    let mut together: Vec<usize> = all.iter().flat_map(Way::named).collect();
    together.sort_unstable();
    together.dedup();
    // The first of those that name most.
    let best = any.into_iter().chain(all).rev().max_by_key(|way| way.named().len())?;
    Some(Candidate { rule, explained: together.len().max(best.named().len()), best })
}

fn slots(way: &Way, message: &str) -> Vec<Slot> {
    let slots = way.steps.iter().filter(|step| !step.slot.is_empty());
    slots
        .map(|step| {
            let (from, to) = step.bytes;
            (step.slot.clone(), message[from..to].to_owned(), (from as u32, to as u32))
        })
        .collect()
}
