//! Commands run one after the other, each with its time.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// What has been run so far.
#[derive(Default)]
pub(crate) struct Run {
    failed: Vec<String>,
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

    /// Names the steps that failed; where none did, nothing stands below the summary of the tests.
    pub(crate) fn finish(&self) -> ExitCode {
        for name in &self.failed {
            println!("── FAILED: {name}");
        }
        if self.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
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

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// `cargo fmt --all`: the program without its folder, and the arguments.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
