//! The benchmarks, and the gate that counts instructions.

use std::process::ExitCode;

use crate::python;
use crate::step::{self, Run, cargo};

const REQUIREMENTS: &str = "benches/peers/requirements.txt";

/// Measures all workloads; peers in Python where an environment for them can be made.
pub(crate) fn bench(arguments: &[&str]) -> ExitCode {
    if !arguments.contains(&"--no-peers") {
        // Without it, the peers in Python are left out.
        let _ = python::environment(&mut Run::default(), "bench-python", REQUIREMENTS);
    }
    let memory = ["build", "--release", "--quiet", "--package", "benches", "--bin", "memory"];
    Run::default().step(cargo(&memory));
    let measure = ["run", "--release", "--quiet", "--package", "benches", "--bin", "measure", "--"];
    step::passed_on(cargo(&[&measure, arguments].concat()))
}

/// Counts instructions with the program that was built and compares them with those recorded, or records them.
pub(crate) fn gate(run: &mut Run, arguments: &[&str]) {
    run.step(step::built("release", "gate", arguments));
}
