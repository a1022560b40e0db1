//! `cargo xtask test`: everything that must hold, on a machine with nothing but Rust, Python and a C compiler; and what is
//! run by hand.

mod bench;
mod c;
mod python;
mod step;

use std::path::Path;
use std::process::ExitCode;

use step::{Run, cargo};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test           formatting, lints, the rule packs, all tests, those of the bindings too
  bench [--only WORKLOAD] [--most RULES] [--no-peers]
                 what loading and deciding cost beside others, as a table, CSV and a plot in target/bench
  gate [record]  instructions of fixed workloads against those recorded, or record them
  figures [DATA] [--part valid|test]
                 a table of figures on labelled messages that others wrote: folders of JSON lines in DATA, left out:
                 ../shared/data
  conformance    write the expected results of the conformance suite anew
  dist [FOLDER]  build the C library and lay it out: include, lib, share; in target/dist where no folder is named";

/// Rule packs that must have no problems and pass their tests.
const PACKS: [&str; 2] = ["rules/support", "rules/minimal.yaml"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test"] => test(),
        ["bench", arguments @ ..] => bench::bench(arguments),
        ["gate"] => gate(&[]),
        ["gate", "record"] => gate(&["record"]),
        ["figures", arguments @ ..] => figures(arguments),
        ["conformance"] => conformance(),
        ["dist"] => dist(&step::target_directory().join("dist")),
        ["dist", folder] => dist(Path::new(folder)),
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

/// Optimised as it is used: the table has times in it.
fn figures(arguments: &[&str]) -> ExitCode {
    let run = ["run", "--release", "--quiet", "--package", "benches", "--bin", "figures", "--"];
    step::passed_on(cargo(&[&run, arguments].concat()))
}

/// Compares the instructions of fixed workloads with those recorded.
fn gate(arguments: &[&str]) -> ExitCode {
    let mut run = Run::default();
    if run.step(step::build_release()) {
        bench::gate(&mut run, arguments);
    }
    run.finish()
}

fn dist(folder: &Path) -> ExitCode {
    let mut run = Run::default();
    c::dist(&mut run, folder);
    run.finish()
}

fn conformance() -> ExitCode {
    let mut run = Run::default();
    if run.step(step::build_for_tests("conformance")) {
        run.step(step::built("debug", "conformance", &["bless"]));
    }
    run.finish()
}

/// The tests of the workspace come last: their summary and the numbers of conformance cases end the output.
fn test() -> ExitCode {
    let mut run = Run::default();
    run.step(cargo(&["fmt", "--all", "--check"]));
    run.step(cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]));
    run.step(step::build_release());
    rule_packs(&mut run);
    bench::gate(&mut run, &[]);
    run.step(cargo(&["test", "--workspace", "--doc", "--quiet"]));
    python::test(&mut run);
    if !step::has_browser() {
        println!("── skipped: the report is opened in no browser, for no chromium is installed");
    }
    c::install(&mut run);
    c::examples(&mut run);
    c::conformance(&mut run);
    python::conformance(&mut run);
    if step::has_nextest() {
        run.step(cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"]));
    } else {
        run.step(cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast"]));
    }
    run.compare_conformance();
    run.finish()
}

fn rule_packs(run: &mut Run) {
    let jawab = |arguments: &[&str]| step::built("release", "jawab", arguments);
    let fresh = step::target_directory().join("xtask-new");
    step::remove(&fresh);
    let fresh = fresh.display().to_string();
    run.step(jawab(&["new", &fresh]));
    for pack in PACKS.into_iter().chain([fresh.as_str()]) {
        run.step(jawab(&["check", pack]));
        run.step(jawab(&["test", pack]));
    }
}
