//! Peers in Python, in an environment of their own, and the plot.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use benches::workload::Sample;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::Failure;
use crate::racers::Racer;

/// A peer in a process of its own, which goes through the messages whenever it is told to.
struct Process {
    child: Child,
    told: BufReader<ChildStdout>,
    /// Closed to end it.
    tell: Option<ChildStdin>,
}

/// What a peer says once it has gone through the messages for the first time.
#[derive(Deserialize)]
struct First {
    /// The rule that it finds for each message that it reached in its time.
    found: Vec<Option<u32>>,
}

impl Process {
    fn start(python: &Path, peer: &str, file: &Path) -> Result<Self, Failure> {
        let mut child = Command::new(python)
            .arg(script("peers.py"))
            .arg(peer)
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let told = BufReader::new(child.stdout.take().ok_or("no output")?);
        let tell = child.stdin.take();
        Ok(Process { child, told, tell })
    }

    fn read<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let mut line = String::new();
        self.told.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }

    /// Microseconds a message in one more round; those of the last round where the peer has used up its time.
    fn turn(&mut self) -> Result<f64, Failure> {
        writeln!(self.tell.as_mut().ok_or("no input")?)?;
        self.read()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.tell = None;
        // It ends by itself: what it may still say is of no use.
        drop(self.child.wait());
    }
}

/// A peer on the same rules and messages; none, with a word about it, where it cannot be run.
pub(crate) fn racer(
    peer: &str,
    name: &str,
    sample: &Sample,
    decided: &[Option<u32>],
) -> Result<Option<Racer>, Failure> {
    let Some(python) = interpreter() else {
        eprintln!("{peer} is not measured: there is no {}", environment().display());
        return Ok(None);
    };
    let rules: Vec<_> =
        sample.rules.iter().map(|rule| json!({"text": rule.text, "said": rule.said})).collect();
    let folder = benches::target_directory().join("bench");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.json"));
    std::fs::write(&file, json!({"rules": rules, "messages": sample.messages}).to_string())?;
    let mut process = Process::start(&python, peer, &file)?;
    let Ok(First { found }) = process.read() else {
        eprintln!("{peer} is not measured: it has failed");
        return Ok(None);
    };
    let different = found.iter().zip(decided).filter(|(theirs, ours)| theirs != ours).count();
    let matched = found.iter().flatten().count();
    let turn = Box::new(move || process.turn());
    Ok(Some(Racer { name: peer.to_owned(), turn, matched, different: Some(different) }))
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
