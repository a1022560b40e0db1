//! What takes turns with the engine.

use std::hint::black_box;

use aho_corasick::{AhoCorasick, MatchKind};
use benches::workload::{Kind, Rule, Sample};
use cpu_time::ThreadTime;
use regex::RegexSet;

use crate::Failure;
use crate::table::Peer;

/// Least processor time of a round, so that the clock is fine enough.
const ROUND_SECONDS: f64 = 0.02;

/// Something else that looks for the rules in the messages.
pub(crate) struct Racer {
    pub(crate) name: String,
    /// Goes through all messages; microseconds a message.
    pub(crate) turn: Box<dyn FnMut() -> Result<f64, Failure>>,
    /// Messages in which it finds a rule.
    pub(crate) matched: usize,
    /// How many messages end otherwise than with the engine, where that can be compared.
    pub(crate) different: Option<usize>,
}

impl Racer {
    /// All that rules ask for as phrases, in the message in lower case: what looking for words costs at least.
    pub(crate) fn yardstick(sample: &Sample) -> Result<Self, Failure> {
        let mut phrases: Vec<String> = sample.rules.iter().map(Rule::phrase).collect();
        phrases.sort_unstable();
        phrases.dedup();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&phrases)?;
        let lower = sample.messages.iter().map(|message| message.to_lowercase()).collect();
        Ok(Racer::new("aho-corasick", lower, move |message| automaton.find_overlapping_iter(message).count()))
    }

    pub(crate) fn regex_set(sample: &Sample) -> Result<Self, Failure> {
        let sources = sample.rules.iter().filter(|rule| rule.kind == Kind::Regex);
        let set = regex::RegexSetBuilder::new(sources.map(|rule| &rule.text))
            .case_insensitive(true)
            .size_limit(1 << 30)
            .dfa_size_limit(64 << 20)
            .build()?;
        let count = move |message: &str| RegexSet::matches(&set, message).iter().count();
        Ok(Racer::new("regex-set", sample.messages.clone(), count))
    }

    /// `count` tells how many rules it finds in a message.
    fn new(name: &str, messages: Vec<String>, count: impl Fn(&str) -> usize + 'static) -> Self {
        let matched = messages.iter().filter(|message| count(message) > 0).count();
        let turn = move || {
            Ok(round(&messages, |message| {
                black_box(count(message));
            }))
        };
        Racer { name: name.to_owned(), turn: Box::new(turn), matched, different: None }
    }

    pub(crate) fn peer(&self, micros: f64) -> Peer {
        Peer { name: self.name.clone(), micros, matched: self.matched, different: self.different }
    }
}

/// Microseconds a message in one round, which is repeated until it is long enough to be timed. It begins with messages that
/// are not timed: what ran before has left its own data in the caches.
pub(crate) fn round(messages: &[String], mut work: impl FnMut(&str)) -> f64 {
    messages.iter().for_each(|message| work(message));
    let (start, mut done) = (ThreadTime::now(), 0);
    loop {
        messages.iter().for_each(|message| work(message));
        done += messages.len();
        let seconds = start.elapsed().as_secs_f64();
        if seconds > ROUND_SECONDS {
            return seconds * 1e6 / done as f64;
        }
    }
}
