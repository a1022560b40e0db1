//! `cargo xtask bench`: what loading and deciding cost, by the workloads of `workloads.yaml`, beside others.
//!
//! Every workload and size runs in a process of its own, so that its memory is its own. Within it, engine, yardstick and
//! peers take turns; times are processor time of the thread, medians of the rounds.

mod counts;
mod one;
mod python;
mod racers;
mod table;

use std::process::{Command, ExitCode, Stdio};

use benches::workload::Definitions;
use table::Row;

type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "usage: measure [--only WORKLOAD] [--most RULES] [--no-peers] | measure counts";

/// What is measured.
#[derive(Default)]
struct Chosen {
    only: Vec<String>,
    most: Option<usize>,
    without_peers: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["one", name, rules] => one::run(name, rules, true),
        ["one", name, rules, "--no-peers"] => one::run(name, rules, false),
        ["counts"] => counts::record(),
        words => chosen(words).and_then(|chosen| all(&chosen)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn chosen(mut words: &[&str]) -> Result<Chosen, Failure> {
    let mut chosen = Chosen::default();
    loop {
        words = match words {
            [] => return Ok(chosen),
            ["--only", name, rest @ ..] => {
                chosen.only.push((*name).to_owned());
                rest
            }
            ["--most", rules, rest @ ..] => {
                chosen.most = Some(rules.parse()?);
                rest
            }
            ["--no-peers", rest @ ..] => {
                chosen.without_peers = true;
                rest
            }
            _ => return Err(USAGE.into()),
        }
    }
}

fn all(chosen: &Chosen) -> Result<(), Failure> {
    let definitions = Definitions::built_in();
    let folder = benches::target_directory().join("bench");
    std::fs::create_dir_all(&folder)?;
    let mut rows = Vec::new();
    println!("{}", table::HEAD);
    for (name, workload) in &definitions.workloads {
        if !chosen.only.is_empty() && !chosen.only.contains(name) {
            continue;
        }
        for &rules in definitions.sizes(workload) {
            if chosen.most.is_some_and(|most| rules > most) {
                continue;
            }
            let row = measured(name, rules, chosen.without_peers)?;
            println!("{row}");
            rows.push(row);
        }
    }
    table::write(&rows, &folder.join("figures.csv"))?;
    println!("\n{}", folder.join("figures.csv").display());
    python::plot(&folder)
}

/// Measures one workload in a process of its own.
fn measured(name: &str, rules: usize, without_peers: bool) -> Result<Row, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["one", name, &rules.to_string()]).args(without_peers.then_some("--no-peers"));
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{name} of {rules} rules was not measured").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
