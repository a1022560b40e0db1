//! A gate that noise cannot fool: the instructions that fixed workloads take, counted by valgrind's callgrind, against those
//! recorded in `instructions.csv`.
//!
//! `gate` compares, `gate record` records anew, `gate run WORKLOAD RULES` is what is counted.

mod count;
mod recorded;
mod work;

use std::process::ExitCode;

use count::Count;
use recorded::Recorded;

type Failure = Box<dyn std::error::Error>;

/// What is counted: workloads of `workloads.yaml` with their sizes, and the support pack.
const COUNTED: [(&str, &str); 7] = [
    ("phrases-with-typos", "1000"),
    ("templates", "1000"),
    ("regexes", "100"),
    ("leading-gap", "1000"),
    ("long-messages", "1000"),
    ("support-pack", "1"),
    ("conversations", "1"),
];

/// Most that a workload may grow.
const MOST: f64 = 1.05;

/// Most that the support pack's messages may cost in conversations, as many times as without.
const CONVERSATION: f64 = 1.5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["run", workload, rules] => work::run(workload, rules).map(|()| true),
        ["record"] => record(),
        [] => compare(),
        _ => Err("usage: gate | gate record".into()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn record() -> Result<bool, Failure> {
    let counts = COUNTED.map(|(workload, rules)| Count::of(workload, rules));
    let counts: Vec<Count> = counts.into_iter().collect::<Result<_, _>>()?;
    Recorded::of(&counts)?.write()?;
    counts.iter().for_each(|count| println!("{}: {} instructions", count.workload, count.total));
    Ok(true)
}

/// Says whether no workload has grown by more than may be.
fn compare() -> Result<bool, Failure> {
    if let Some(why) = count::cannot_count() {
        println!("skipped: {why}");
        return Ok(true);
    }
    let recorded = Recorded::read()?;
    if let Some(why) = recorded.cannot_compare()? {
        println!("skipped: {why}");
        return Ok(true);
    }
    let (mut passed, mut stateless) = (true, None);
    for (workload, rules) in COUNTED {
        let Some(before) = recorded.count(workload) else {
            println!("{workload}: skipped, nothing is recorded; `cargo xtask gate record`");
            continue;
        };
        let count = Count::of(workload, rules)?;
        let grown = count.total as f64 / before.total as f64;
        println!("{workload}: {} instructions, {:+.1} %", count.total, (grown - 1.0) * 100.0);
        match (workload, stateless) {
            ("support-pack", _) => stateless = Some(count.total),
            ("conversations", Some(stateless)) => passed &= is_cheap(count.total, stateless),
            _ => {}
        }
        if grown > MOST {
            passed = false;
            println!(
                "{workload}: more than {:.0} % worse; {}",
                (MOST - 1.0) * 100.0,
                count.what_grew(before)
            );
        }
    }
    Ok(passed)
}

/// Whether a message in a conversation costs little more than one without.
fn is_cheap(conversations: u64, stateless: u64) -> bool {
    let times = conversations as f64 / stateless as f64;
    println!("conversations: {times:.2} times the messages without one, at most {CONVERSATION}");
    times <= CONVERSATION
}
