//! Peers in Python, in an environment of their own, and the plot.

use std::path::{Path, PathBuf};
use std::process::Command;

use benches::workload::{Definitions, Workload};
use serde::Deserialize;
use serde_json::json;

use crate::Failure;
use crate::table::{Peer, Row};

/// Peers that this program measures itself.
const IN_RUST: [&str; 1] = ["regex-set"];

/// What a peer tells.
#[derive(Deserialize)]
struct Told {
    micros: f64,
    /// The rule that it finds for each message.
    found: Vec<Option<u32>>,
}

/// Measures the peers of a workload on the same rules and messages.
pub(crate) fn in_python(
    definitions: &Definitions,
    name: &str,
    workload: &Workload,
    row: &mut Row,
    folder: &Path,
) -> Result<(), Failure> {
    let wanted =
        workload.peers.iter().filter(|(peer, most)| !IN_RUST.contains(&peer.as_str()) && row.rules <= **most);
    for (peer, _) in wanted {
        let Some(python) = interpreter() else {
            eprintln!("{peer} is not measured: there is no {}", environment().display());
            continue;
        };
        let sample = definitions.sample(workload, row.rules);
        let rules: Vec<_> =
            sample.rules.iter().map(|rule| json!({"text": rule.text, "said": rule.said})).collect();
        let file = folder.join(format!("{name}-{}.json", row.rules));
        std::fs::write(&file, json!({"rules": rules, "messages": sample.messages}).to_string())?;
        let output = Command::new(python).arg(script("peers.py")).arg(peer).arg(&file).output()?;
        if !output.status.success() {
            eprintln!("{peer}: {}", String::from_utf8_lossy(&output.stderr));
            continue;
        }
        let told: Told = serde_json::from_slice(&output.stdout)?;
        let different = told.found.iter().zip(&row.decided).filter(|(theirs, ours)| theirs != ours).count();
        let matched = told.found.iter().flatten().count();
        row.peers.push(Peer { different: Some(different), ..Peer::new(peer, told.micros, matched) });
    }
    Ok(())
}

/// Draws cost against number of rules.
pub(crate) fn plot(folder: &Path) -> Result<(), Failure> {
    let Some(python) = interpreter() else { return Ok(()) };
    let plot = folder.join("figures.png");
    let done =
        Command::new(python).arg(script("plot.py")).arg(folder.join("figures.csv")).arg(&plot).status()?;
    if done.success() {
        println!("{}", plot.display());
    }
    Ok(())
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name)
}

fn environment() -> PathBuf {
    benches::target_directory().join("bench-python")
}

fn interpreter() -> Option<PathBuf> {
    let python = environment().join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    python.exists().then_some(python)
}
