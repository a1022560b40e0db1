//! The benchmarks, and the gate that counts instructions.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::step::{self, Run, cargo, command};

const REQUIREMENTS: &str = "benches/peers/requirements.txt";

/// Measures all workloads; peers in Python where an environment for them can be made.
pub(crate) fn bench(arguments: &[&str]) -> ExitCode {
    if !arguments.contains(&"--no-peers") {
        let mut run = Run::default();
        environment(&mut run);
    }
    let memory = ["build", "--release", "--quiet", "--package", "benches", "--bin", "memory"];
    Run::default().step(cargo(&memory));
    let measure = ["run", "--release", "--quiet", "--package", "benches", "--bin", "measure", "--"];
    step::passed_on(cargo(&[&measure, arguments].concat()))
}

/// An environment of the benchmarks' own, with the peers that are measured.
fn environment(run: &mut Run) {
    let folder = step::target_directory().join("bench-python");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let requirements = step::root().join(REQUIREMENTS);
    let (wanted, kept) = (std::fs::read(&requirements).ok(), folder.join("requirements.txt"));
    if wanted.is_some() && std::fs::read(&kept).ok() == wanted {
        return;
    }
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    if run.step(with(Path::new("python3"), &["-m", "venv"], &folder))
        && run.step(with(&python, &install, &requirements))
    {
        let _ = std::fs::copy(requirements, kept);
    }
}

fn with(program: &Path, arguments: &[&str], last: &PathBuf) -> std::process::Command {
    let mut command = command(program, arguments);
    command.arg(last);
    command
}

/// Counts instructions with the program that was built and compares them with those recorded, or records them.
pub(crate) fn gate(run: &mut Run, arguments: &[&str]) {
    run.step(step::built("release", "gate", arguments));
}
