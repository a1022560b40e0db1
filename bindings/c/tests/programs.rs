//! Programs in C against the library as it is installed, compiled strictly as C11 and as C++17.

mod build;

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::Command;

use build::{Build, scratch};
use conformance::{Expected, Suite, export, repository};

/// The suite as a flat file.
fn suite_file(name: &str) -> PathBuf {
    let path = scratch(name).join("suite");
    let mut out = BufWriter::new(File::create(&path).expect("a file"));
    let suite = Suite::read().unwrap_or_else(|error| panic!("{error}"));
    export(&suite, &Expected::read().expect("the expected results"), &mut out).expect("the suite is written");
    path
}

fn passes(command: &mut Command) {
    let output = command.current_dir(repository()).output().expect("the program runs");
    let told = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&told));
}

#[test]
fn the_conformance_suite_runs_through_c() {
    let program = Build::c11("suite").shared().program("suite-c11");
    passes(Command::new(program).arg(suite_file("suite-c11")));
}

#[test]
fn the_conformance_suite_runs_through_cpp() {
    let program = Build::cpp17("suite").linked_statically().program("suite-cpp17");
    passes(Command::new(program).arg(suite_file("suite-cpp17")));
}

#[test]
fn the_conformance_suite_touches_no_memory_that_is_not_its_own() {
    let program = Build::c11("suite").sanitized().linked_statically().program("suite-asan");
    passes(Command::new(program).arg(suite_file("suite-asan")));
}
