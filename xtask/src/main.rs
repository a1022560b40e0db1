//! `cargo xtask test`: everything that must hold, on a machine with nothing but Rust.

mod c;
mod step;

use std::path::PathBuf;
use std::process::ExitCode;

use step::{Run, cargo};

const USAGE: &str = "\
usage: cargo xtask test

  test           formatting, lints, the rule packs, all tests
  conformance    write the expected results of the conformance suite anew
  dist [FOLDER]  build the C library and lay it out: include, lib, share; in target/dist where no folder is named";

/// Rule packs that must have no problems and pass their tests.
const PACKS: [&str; 2] = ["rules/support", "rules/minimal.yaml"];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("test"), None) => test(),
        (Some("conformance"), None) => conformance(),
        (Some("dist"), folder) => dist(folder),
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn dist(folder: Option<String>) -> ExitCode {
    let mut run = Run::default();
    c::dist(&mut run, &folder.map_or_else(|| step::target_directory().join("dist"), PathBuf::from));
    run.finish()
}

fn conformance() -> ExitCode {
    let mut run = Run::default();
    run.step(cargo(&["run", "--quiet", "--package", "conformance", "--", "bless"]));
    run.finish()
}

/// The tests of the workspace come last: their summary ends the output.
fn test() -> ExitCode {
    let mut run = Run::default();
    run.step(cargo(&["fmt", "--all", "--check"]));
    run.step(cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]));
    run.step(cargo(&["build", "--release", "--quiet", "--package", "jawab-cli"]));
    rule_packs(&mut run);
    run.step(cargo(&["test", "--workspace", "--doc", "--quiet"]));
    c::install(&mut run);
    c::examples(&mut run);
    c::conformance(&mut run);
    if step::has_nextest() {
        run.step(cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"]));
    } else {
        run.step(cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast"]));
    }
    run.finish()
}

fn rule_packs(run: &mut Run) {
    let jawab = step::target_directory().join("release/jawab");
    let fresh = step::target_directory().join("xtask-new");
    step::remove(&fresh);
    let fresh = fresh.display().to_string();
    run.step(step::command(&jawab, &["new", &fresh]));
    for pack in PACKS.into_iter().chain([fresh.as_str()]) {
        run.step(step::command(&jawab, &["check", pack]));
        run.step(step::command(&jawab, &["test", pack]));
    }
}
