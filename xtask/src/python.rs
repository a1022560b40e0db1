//! The Python package: an environment of its own, the wheel, its tests.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::root;

use crate::step::{self, Run, command};

const PACKAGE: &str = "bindings/python";

/// The environment of the package, below `target`, and what it holds.
const ENVIRONMENT: &str = "python";
const REQUIREMENTS: &str = "bindings/python/requirements.txt";

/// The file of the tests that runs the conformance suite.
const SUITE: &str = "bindings/python/tests/test_conformance.py";

/// Builds the wheel into a virtual environment below `target` and runs the tests of the package there, all but the
/// conformance suite.
pub(crate) fn test(run: &mut Run) {
    let Some(python) = environment(run, ENVIRONMENT, REQUIREMENTS) else { return };
    let wheels = step::target_directory().join("wheels");
    step::remove(&wheels);
    let manifest = format!("{PACKAGE}/Cargo.toml");
    let build =
        ["-m", "maturin", "build", "--release", "--quiet", "--manifest-path", manifest.as_str(), "--out"];
    if !run.step(with(&python, &build, [&wheels])) {
        return;
    }
    let install = ["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall"];
    run.step(with(&python, &install, files(&wheels)));
    run.step(pytest(&python, &[PACKAGE, "--ignore", SUITE]));
}

/// Runs the conformance suite, as it was written below `target`, through the package.
pub(crate) fn conformance(run: &mut Run) {
    run.conformance("Python", pytest(&interpreter(ENVIRONMENT), &[SUITE]));
}

fn pytest(python: &Path, arguments: &[&str]) -> Command {
    let settings = format!("{PACKAGE}/pyproject.toml");
    with(python, &["-m", "pytest", "-c", settings.as_str()], arguments)
}

fn interpreter(environment: &str) -> PathBuf {
    let folder = step::target_directory().join(environment);
    folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// The interpreter of a virtual environment below `target`, with what the requirements name; made anew where they have
/// changed.
pub(crate) fn environment(run: &mut Run, environment: &str, requirements: &str) -> Option<PathBuf> {
    let (folder, python) = (step::target_directory().join(environment), interpreter(environment));
    let requirements = root().join(requirements);
    let (wanted, kept) = (fs::read(&requirements).ok()?, folder.join("requirements.txt"));
    if fs::read(&kept).is_ok_and(|kept| kept == wanted) {
        return Some(python);
    }
    step::remove(&folder);
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    let made = run.step(with(Path::new("python3"), &["-m", "venv"], [&folder]))
        && run.step(with(&python, &install, [&requirements]));
    (made && fs::write(kept, wanted).is_ok()).then_some(python)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

fn with(program: &Path, arguments: &[&str], more: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = command(program, arguments);
    command.args(more);
    command
}
