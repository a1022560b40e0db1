//! `jawab bench`: what a rule set costs to load and to decide with, and where the time goes.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use jawab::{Context, Matcher, Message, RuleSet, Scenarios};
use serde::Serialize;

use crate::args::{Bench, Format};
use crate::data;
use crate::eval::percent;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::screen::cut;
use crate::style::{count, escaped};

/// How often each message is decided; the fastest time counts, for the others hold what else the machine does.
const ROUNDS: usize = 15;
const WITHOUT_MESSAGES: &str = "no messages to decide: the rule set has no scenario files";
const HELP: &str = "name a log with `--messages log.jsonl`";

/// What was measured.
#[derive(Debug, Serialize)]
struct Report {
    rules: usize,
    messages: usize,
    /// To read, check, compile and learn.
    load_seconds: f64,
    /// What loading added to the memory of the process, with the engine's own code and tables; none where the system
    /// does not tell.
    memory_bytes: Option<u64>,
    micros: Micros,
    messages_per_second: f64,
    slowest_messages: Vec<Slow>,
    costliest_rules: Vec<Costly>,
}

/// Microseconds a message.
#[derive(Debug, Serialize)]
struct Micros {
    mean: f64,
    p50: f64,
    p99: f64,
    max: f64,
}

#[derive(Debug, Serialize)]
struct Slow {
    micros: f64,
    /// Length of the message.
    bytes: usize,
    /// The rule that decides it.
    rule: Option<String>,
    text: String,
}

/// A rule by the time of the messages in which something speaks for it.
#[derive(Debug, Clone, Serialize)]
struct Costly {
    rule: String,
    /// How many these are.
    messages: usize,
    /// Mean time of these in microseconds.
    micros: f64,
    /// Their share of the time of all messages.
    share: f64,
}

pub(crate) fn run(args: &Bench) -> Result<Exit, Failure> {
    let (before, start) = (memory(), Instant::now());
    let engine = load::engine(&args.rules)?;
    let load_seconds = start.elapsed().as_secs_f64();
    let memory_bytes = memory().zip(before).map(|(after, before)| after.saturating_sub(before));
    let messages = messages(args, engine.rules())?;
    let mut matcher = engine.matcher();
    let times = times(&mut matcher, &messages);
    let report = Report {
        rules: engine.rules().rules().len(),
        messages: messages.len(),
        load_seconds,
        memory_bytes,
        micros: Micros::of(&times),
        messages_per_second: times.len() as f64 * 1e6 / times.iter().sum::<f64>(),
        slowest_messages: slowest(&mut matcher, &messages, &times, args.limit),
        costliest_rules: costliest(&mut matcher, &messages, &times, args.limit),
    };
    let mut out = anstream::stdout().lock();
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?,
        Format::Human => report.tell(&mut out)?,
    }
    Ok(Exit::Clean)
}

/// The messages of the log that was named, else those of the scenario files.
fn messages(args: &Bench, rules: &RuleSet) -> Result<Vec<(String, Context)>, Failure> {
    if !args.messages.is_empty() {
        let logged = data::logged(&args.messages)?;
        return Ok(logged.into_iter().map(data::Logged::into_parts).collect());
    }
    let without = || Failure::helped(WITHOUT_MESSAGES, HELP);
    if !Path::new(&args.rules).is_dir() {
        return Err(without());
    }
    let scenarios = Scenarios::from_path(&args.rules, rules)?;
    let all = scenarios.files.into_iter().flat_map(|file| file.messages);
    let all: Vec<(String, Context)> = all.map(|message| (message.text, message.context)).collect();
    if all.is_empty() { Err(without()) } else { Ok(all) }
}

/// The fastest time of each message in microseconds.
fn times(matcher: &mut Matcher, messages: &[(String, Context)]) -> Vec<f64> {
    let mut times = vec![f64::INFINITY; messages.len()];
    for _ in 0..ROUNDS {
        for ((text, context), fastest) in messages.iter().zip(&mut times) {
            let start = Instant::now();
            drop(black_box(matcher.decide(Message::new(text).with_context(context))));
            *fastest = fastest.min(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    times
}

impl Micros {
    fn of(times: &[f64]) -> Self {
        let mut sorted = times.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        // The nearest rank: of fewer than a hundred messages the slowest is the 99th percentile.
        let at = |share: f64| sorted[(sorted.len() as f64 * share).ceil() as usize - 1];
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        Micros { mean, p50: at(0.5), p99: at(0.99), max: at(1.0) }
    }
}

fn slowest(matcher: &mut Matcher, messages: &[(String, Context)], times: &[f64], limit: usize) -> Vec<Slow> {
    let mut order: Vec<usize> = (0..messages.len()).collect();
    order.sort_by(|&one, &other| times[other].total_cmp(&times[one]));
    order.truncate(limit);
    let slow = |at: usize| {
        let (text, context) = &messages[at];
        let decision = matcher.decide(Message::new(text).with_context(context));
        let text = beginning(text);
        Slow {
            micros: times[at],
            bytes: messages[at].0.len(),
            rule: decision.rule().map(str::to_owned),
            text,
        }
    };
    order.into_iter().map(slow).collect()
}

/// The beginning of a message.
fn beginning(text: &str) -> String {
    text.chars().take(60).collect()
}

fn costliest(
    matcher: &mut Matcher,
    messages: &[(String, Context)],
    times: &[f64],
    limit: usize,
) -> Vec<Costly> {
    let mut by_rule: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    for ((text, context), time) in messages.iter().zip(times) {
        let decision = matcher.decide(Message::new(text).with_context(context));
        for candidate in decision.candidates() {
            let of_rule = by_rule.entry(candidate.rule.to_string()).or_default();
            *of_rule = (of_rule.0 + 1, of_rule.1 + time);
        }
    }
    let all: f64 = times.iter().sum();
    let costly = |(rule, (messages, time)): (String, (usize, f64))| Costly {
        rule,
        messages,
        micros: time / messages as f64,
        share: time / all,
    };
    let mut rules: Vec<Costly> = by_rule.into_iter().map(costly).collect();
    rules.sort_by(|one, other| other.share.total_cmp(&one.share));
    rules.truncate(limit);
    rules
}

impl Report {
    fn tell(&self, out: &mut impl Write) -> io::Result<()> {
        let Micros { mean, p50, p99, max } = self.micros;
        let memory = self.memory_bytes.map_or_else(String::new, |bytes| {
            format!(", {:.1} MB with the engine's own", bytes as f64 / 1e6)
        });
        writeln!(
            out,
            "load      {:.0} ms for {}{memory}",
            self.load_seconds * 1e3,
            count(self.rules, "rule")
        )?;
        writeln!(
            out,
            "decide    {mean:.1} µs a message (p50 {p50:.1}, p99 {p99:.1}, max {max:.1})\n          \
             {}, {:.0} a second on one core",
            count(self.messages, "message"),
            self.messages_per_second
        )?;
        writeln!(out, "\nslowest messages\n      µs  bytes  rule")?;
        for slow in &self.slowest_messages {
            let rule = slow.rule.as_deref().unwrap_or("none");
            let more = if slow.text.len() < slow.bytes { "…" } else { "" };
            let told = format!("{rule}: {}{more}", escaped(&slow.text));
            writeln!(out, "{:8.1} {:6}  {}", slow.micros, slow.bytes, cut(&told, 17))?;
        }
        writeln!(out, "\nrules by the time of the messages in which something speaks for them")?;
        writeln!(out, "   share       µs  messages  rule")?;
        for rule in &self.costliest_rules {
            writeln!(
                out,
                "{:>8} {:8.1} {:9}  {}",
                percent(Some(rule.share)),
                rule.micros,
                rule.messages,
                rule.rule
            )?;
        }
        Ok(())
    }
}

/// Bytes of this process in memory, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_times_of_messages_by_the_nearest_rank() {
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        let cases: [(&[f64], [f64; 4]); 4] = [
            (&[3.0], [3.0, 3.0, 3.0, 3.0]),
            (&[1.0, 2.0], [1.5, 1.0, 2.0, 2.0]),
            (&[6.0, 3.0, 3.0], [4.0, 3.0, 6.0, 6.0]),
            (&hundred, [50.5, 50.0, 99.0, 100.0]),
        ];
        for (times, expected) in cases {
            let Micros { mean, p50, p99, max } = Micros::of(times);
            assert!([mean, p50, p99, max].iter().eq(&expected), "{times:?}: {mean} {p50} {p99} {max}");
        }
    }
}
