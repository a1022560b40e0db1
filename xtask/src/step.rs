//! Commands run one after the other, each with its time.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use xtask::root;

/// What has been run so far.
#[derive(Default)]
pub(crate) struct Run {
    failed: Vec<String>,
    /// Languages with the cases of the conformance suite that each has run.
    cases: Vec<(&'static str, Option<usize>)>,
}

impl Run {
    /// Runs a command; a failure is kept for the end, so that one run shows all of them. Says whether it passed.
    pub(crate) fn step(&mut self, mut command: Command) -> bool {
        let name = shown(&command);
        self.task(&name, || match command.current_dir(root()).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(_) => Err(String::new()),
            Err(error) => Err(format!("cannot run it: {error}\n")),
        })
    }

    /// Runs the conformance suite in a language: as [`Run::step`], and keeps the number of cases that the command tells.
    pub(crate) fn conformance(&mut self, language: &'static str, mut command: Command) {
        let name = shown(&command);
        let mut told = String::new();
        self.task(&name, || {
            let output = command.current_dir(root()).stderr(Stdio::inherit()).output();
            let output = output.map_err(|error| format!("cannot run it: {error}\n"))?;
            told = String::from_utf8_lossy(&output.stdout).into_owned();
            print!("{told}");
            if output.status.success() { Ok(()) } else { Err(String::new()) }
        });
        self.cases.push((language, cases_in(&told, language)));
    }

    /// Says how many cases of the conformance suite each language has run: it must be the same number, not none.
    pub(crate) fn compare_conformance(&mut self) {
        let number = |cases: &Option<usize>| cases.map_or("no".to_owned(), |cases| cases.to_string());
        let told = self.cases.iter().map(|(language, cases)| format!("{} in {language}", number(cases)));
        let told = told.collect::<Vec<_>>().join(", ");
        let first = self.cases.first().and_then(|(_, cases)| *cases).filter(|&cases| cases > 0);
        println!("── conformance cases: {told}");
        if first.is_none() || self.cases.iter().any(|(_, cases)| *cases != first) {
            self.failed.push(format!("the same conformance cases in every language: {told}"));
        }
    }

    /// Does something that is no command. Says whether it passed.
    pub(crate) fn task(&mut self, name: &str, task: impl FnOnce() -> Result<(), String>) -> bool {
        let start = Instant::now();
        println!("── {name}");
        let done = task();
        let passed = done.is_ok();
        print!("{}", done.err().unwrap_or_default());
        let verdict = if passed { "ok" } else { "FAILED" };
        println!("── {verdict} after {:.1} s", start.elapsed().as_secs_f64());
        if !passed {
            self.failed.push(name.to_owned());
        }
        passed
    }

    /// Names the steps that failed.
    pub(crate) fn finish(&self) -> ExitCode {
        for name in &self.failed {
            println!("── FAILED: {name}");
        }
        if self.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The number in a line such as `435 conformance cases in C, 0 failures`.
fn cases_in(told: &str, language: &str) -> Option<usize> {
    let asked = format!(" conformance cases in {language}, 0 failures");
    let count = told.lines().find_map(|line| line.strip_suffix(&asked))?;
    count.trim().parse().ok()
}

/// Runs a command in place of this one.
pub(crate) fn passed_on(mut command: Command) -> ExitCode {
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// The cargo that runs this.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    command(Path::new(&std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())), arguments)
}

/// Builds what is tested as it is released, all at once: so the dependencies have the same features for all of it and are
/// compiled once.
pub(crate) fn build_release() -> Command {
    let packages = ["--package", "jawab-cli", "--package", "jawab-c", "--package", "benches"];
    let targets = ["--lib", "--bin", "jawab", "--bin", "gate"];
    cargo(&[&["build", "--release", "--quiet"], &packages[..], &targets].concat())
}

/// Builds a program that tests use, of the very crates that they are compiled with.
pub(crate) fn build_for_tests(program: &str) -> Command {
    cargo(&["build", "--workspace", "--quiet", "--bin", program])
}

/// A program that was built, of the folder `release` or `debug`.
pub(crate) fn built(folder: &str, program: &str, arguments: &[&str]) -> Command {
    command(&target_directory().join(folder).join(program), arguments)
}

pub(crate) fn command(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

pub(crate) fn has_nextest() -> bool {
    let mut nextest = cargo(&["nextest", "--version"]);
    nextest.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Whether a test finds a browser to open pages in.
pub(crate) fn has_browser() -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&folders).any(|folder| names.iter().any(|name| folder.join(name).is_file()))
}

/// Where cargo builds to.
pub(crate) fn target_directory() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target))
}

/// Removes what an earlier run has left; what is not there need not be removed.
pub(crate) fn remove(folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
}

/// `cargo fmt --all`: the program without its folder, and the arguments.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_cases_is_that_of_the_language_and_of_a_run_without_failures() {
        let told = "....\n435 conformance cases in C, 0 failures\nall passed";
        assert_eq!(cases_in(told, "C"), Some(435));
        assert_eq!(cases_in(told, "Python"), None);
        assert_eq!(cases_in("435 conformance cases in C, 1 failures", "C"), None);
    }

    #[test]
    fn every_language_must_run_the_same_cases() {
        let fails = |cases: &[(&'static str, Option<usize>)]| {
            let mut run = Run { cases: cases.to_vec(), ..Run::default() };
            run.compare_conformance();
            !run.failed.is_empty()
        };
        assert!(!fails(&[("Rust", Some(435)), ("C", Some(435)), ("Python", Some(435))]));
        assert!(fails(&[("Rust", Some(435)), ("C", Some(434)), ("Python", Some(435))]));
        assert!(fails(&[("Rust", Some(435)), ("C", Some(435)), ("Python", None)]));
        assert!(fails(&[("Rust", Some(0)), ("C", Some(0))]) && fails(&[]));
    }
}
