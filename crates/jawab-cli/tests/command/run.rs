//! One run of the command.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The rule set that `jawab new` writes: most tests use it.
pub(crate) const SHOP: &str = "new";

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }

    /// Each line of the output as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Runs the command in the folder of its crate, with nothing to read.
pub(crate) fn jawab(arguments: &[&str]) -> Ran {
    jawab_reading(arguments, b"")
}

/// Runs the command on a screen of so many columns.
pub(crate) fn jawab_on(columns: usize, arguments: &[&str]) -> Ran {
    let mut command = command(arguments);
    ran(command.env("COLUMNS", columns.to_string()), b"")
}

/// Runs the command with standard input.
pub(crate) fn jawab_reading(arguments: &[&str], input: &[u8]) -> Ran {
    ran(&mut command(arguments), input)
}

fn ran(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // A run that ends before it has read everything is judged by its output.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().unwrap()
    });
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Starts the command with pipes on all sides.
pub(crate) fn start(arguments: &[&str]) -> Child {
    command(arguments).spawn().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jawab"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("COLUMNS");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A folder of a test's own, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}
