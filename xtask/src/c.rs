//! The C library as it is installed, and the conformance suite through it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use xtask::dist;

use crate::step::{self, Run, cargo, command};

/// What the tests of the C library use where it is installed, and what is left out elsewhere.
const TOOLS: &[(&str, &str)] = &[
    ("c++", "the C programs are not compiled as C++"),
    ("valgrind", "the C programs are not watched by valgrind"),
    ("node", "the example in JavaScript is not run"),
    ("python3", "the example in Python is not run"),
];

/// Builds the library and lays it out.
pub(crate) fn dist(run: &mut Run, to: &Path) {
    run.step(cargo(&["build", "--release", "--quiet", "--package", "jawab-c"]));
    run.task(&format!("lay out {}", to.display()), || {
        dist::lay_out(&step::target_directory().join("release"), to).map_err(|error| error.to_string())
    });
}

/// Runs the conformance suite in Rust and through C, against the library as it is installed.
pub(crate) fn conformance(run: &mut Run) {
    let (target, root) = (step::target_directory(), dist::repository());
    let (installed, suite, program) = (target.join("dist"), target.join("conformance"), target.join("suite"));
    dist(run, &installed);
    let missing = TOOLS.iter().filter(|(tool, _)| !is_there(tool));
    missing.for_each(|(tool, left_out)| println!("── without {tool}: {left_out}"));
    run.step(conformance_command(&["export"], &suite));
    run.step(compile(&root.join("bindings/c/tests/c/suite.c"), &installed, &program));
    if is_there("valgrind") {
        let mut watched = command(Path::new("valgrind"), &["--quiet", "--error-exitcode=9"]);
        watched.arg("--suppressions=bindings/c/tests/valgrind.supp").arg(&program).arg(&suite);
        run.step(watched);
    }
    run.step(cargo(&["run", "--quiet", "--package", "conformance", "--", "run"]));
    let mut through_c = command(&program, &[]);
    through_c.arg(&suite);
    run.step(through_c);
}

fn conformance_command(arguments: &[&str], file: &Path) -> Command {
    let mut command = cargo(&["run", "--quiet", "--package", "conformance", "--"]);
    command.args(arguments).arg(file);
    command
}

/// As its user compiles a program.
fn compile(source: &Path, installed: &Path, program: &Path) -> Command {
    let lib: PathBuf = installed.join("lib");
    let strict = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-pedantic"];
    let mut compile = command(Path::new("cc"), &strict);
    compile.arg("-I").arg(installed.join("include")).arg(source).arg("-o").arg(program);
    compile.arg("-L").arg(&lib).arg(format!("-Wl,-rpath,{}", lib.display())).arg("-ljawab");
    compile
}

fn is_there(tool: &str) -> bool {
    let mut command = Command::new(tool);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
