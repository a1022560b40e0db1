//! One workload of one size: counts first, then times.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use benches::workload::Definitions;
use jawab::{Engine, Matcher, RuleSet};

use crate::racers::{Racer, round};
use crate::table::Row;
use crate::{Failure, counts, python};

pub(crate) fn run(name: &str, rules: &str, with_peers: bool) -> Result<(), Failure> {
    let definitions = Definitions::built_in();
    let workload = definitions.workloads.get(name).ok_or("no such workload")?;
    let rules = rules.parse()?;
    let sample = definitions.sample(workload, rules);
    // By the clock: loading uses two threads.
    let start = Instant::now();
    let set = RuleSet::from_yaml("rules.yaml", &sample.yaml)?;
    let read = start.elapsed().as_secs_f64();
    let engine = Engine::new(&set)?;
    let load = start.elapsed().as_secs_f64();
    drop(set);
    let peak = memory("VmHWM")?;
    let mut matcher = engine.matcher();
    let decided = counts::decided(&mut matcher, &sample);
    counts::check(name, rules, decided.iter().flatten().count())?;
    let mut racers = vec![Racer::yardstick(&sample)?];
    let wanted = workload.peers.iter().filter(|(_, most)| with_peers && rules <= **most);
    for (peer, _) in wanted {
        racers.extend(match peer.as_str() {
            "regex-set" => Some(Racer::regex_set(&sample)?),
            peer => python::racer(peer, &format!("{name}-{rules}"), &sample, &decided)?,
        });
    }
    let times = race(&mut matcher, &mut racers, &sample.messages, definitions.rounds)?;
    let latency = latency(&mut matcher, &sample.messages, definitions.rounds);
    let others = racers.iter().zip(&times[1..]).skip(1);
    let row = Row {
        workload: name.to_owned(),
        rules,
        messages: sample.messages.len(),
        matched: decided.iter().flatten().count(),
        read_seconds: read,
        load_seconds: load,
        peak_bytes: peak,
        bytes_per_rule: bytes_per_rule(name, rules)?,
        micros: times[0],
        yardstick_micros: times[1],
        p50: latency[latency.len() / 2],
        p99: latency[latency.len() * 99 / 100],
        max: latency[latency.len() - 1],
        peers: others.map(|(racer, &micros)| racer.peer(micros)).collect(),
    };
    println!("{}", serde_json::to_string(&row)?);
    Ok(())
}

/// What the engine keeps of the heap, counted by a program of its own: counting would take time here.
fn bytes_per_rule(workload: &str, rules: usize) -> Result<u64, Failure> {
    let program = std::env::current_exe()?.with_file_name("memory");
    let output = Command::new(program).args([workload, &rules.to_string()]).output()?;
    let text = String::from_utf8(output.stdout)?;
    let kept = text.lines().find_map(|line| line.strip_prefix("kept_bytes_a_rule,"));
    Ok(kept
        .ok_or("`memory` has counted nothing: build it with `cargo build --release -p benches`")?
        .parse()?)
}

/// Microseconds a message: of the engine, then of each racer; medians of rounds in turns.
fn race(
    matcher: &mut Matcher,
    racers: &mut [Racer],
    messages: &[String],
    rounds: usize,
) -> Result<Vec<f64>, Failure> {
    let mut times = vec![Vec::new(); racers.len() + 1];
    for _ in 0..rounds {
        times[0].push(round(messages, |message| drop(black_box(matcher.decide(message)))));
        for (racer, times) in racers.iter_mut().zip(&mut times[1..]) {
            times.push((racer.turn)()?);
        }
    }
    Ok(times.into_iter().map(median).collect())
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The time of each message in microseconds, shortest first: of each the fastest of some rounds, for whatever else the
/// machine does is in the others.
fn latency(matcher: &mut Matcher, messages: &[String], rounds: usize) -> Vec<f64> {
    let mut fastest = vec![f64::INFINITY; messages.len()];
    for _ in 0..rounds {
        for (message, fastest) in messages.iter().zip(&mut fastest) {
            let start = Instant::now();
            drop(black_box(matcher.decide(message)));
            *fastest = fastest.min(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    fastest.sort_unstable_by(f64::total_cmp);
    fastest
}

/// A figure of this process in bytes, as the system tells it; 0 where it does not.
fn memory(figure: &str) -> Result<u64, Failure> {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return Ok(0) };
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'));
    let kilobytes = line.and_then(|rest| rest.split_whitespace().next()).ok_or("no figure of memory")?;
    Ok(kilobytes.parse::<u64>()? * 1024)
}
