//! The C library as it is installed, and the conformance suite through it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use xtask::{dist, root};

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
    lay_out(run, to);
}

fn lay_out(run: &mut Run, to: &Path) {
    run.task(&format!("lay out {}", to.display()), || {
        dist::lay_out(&step::target_directory().join("release"), to).map_err(|error| error.to_string())
    });
}

/// Installs the library that was built below `target` and says which tools are missing.
pub(crate) fn install(run: &mut Run) {
    lay_out(run, &step::target_directory().join("dist"));
    let missing = TOOLS.iter().filter(|(tool, _)| !is_there(tool));
    missing.for_each(|(tool, left_out)| println!("── without {tool}: {left_out}"));
}

/// Runs the conformance suite in Rust and through C, against the library as it is installed.
pub(crate) fn conformance(run: &mut Run) {
    let (target, root) = (step::target_directory(), root());
    let (installed, suite, program) = (target.join("dist"), target.join("conformance"), target.join("suite"));
    run.step(step::build_for_tests("conformance"));
    let mut export = step::built("debug", "conformance", &["export"]);
    export.arg(&suite);
    run.step(export);
    run.step(compile(&root.join("bindings/c/tests/c/suite.c"), &installed, &program));
    if is_there("valgrind") {
        let mut watched = command(Path::new("valgrind"), &["--quiet", "--error-exitcode=9"]);
        watched.arg("--suppressions=bindings/c/tests/valgrind.supp").arg(&program).arg(&suite);
        run.step(watched);
    }
    run.conformance("Rust", step::built("debug", "conformance", &["run"]));
    let mut through_c = command(&program, &[]);
    through_c.arg(&suite);
    run.conformance("C", through_c);
}

/// Runs the programs of `examples/` that use the installed library: each must give the same commands.
pub(crate) fn examples(run: &mut Run) {
    let (target, root) = (step::target_directory(), root());
    let (installed, examples, program) =
        (target.join("dist"), root.join("examples"), target.join("support_platform"));
    let library = installed.join("lib").join(shared_library());
    run.step(compile(&examples.join("c/support_platform.c"), &installed, &program));
    run.task("example in C", || serve(command(&program, &[])));
    if is_there("python3") {
        let mut python = command(Path::new("python3"), &[]);
        python.arg(examples.join("ctypes/support_platform.py")).arg(&library);
        run.task("example in Python by ctypes", || serve(python));
    }
    if let Some(folder) = node_packages(run, &examples.join("node"), &target.join("node")) {
        let mut node = command(Path::new("node"), &[]);
        node.arg(folder.join("support_platform.js")).arg(&library);
        run.task("example in JavaScript by koffi", || serve(node));
    }
}

/// A copy of the example with the packages that it needs.
fn node_packages(run: &mut Run, example: &Path, copy: &Path) -> Option<PathBuf> {
    if !is_there("node") || !is_there("npm") {
        return None;
    }
    run.task("copy the example in JavaScript", || {
        let files = ["package.json", "support_platform.js"].into_iter();
        let made = std::fs::create_dir_all(copy);
        let copied = files.map(|file| std::fs::copy(example.join(file), copy.join(file)).map(drop));
        made.and(copied.collect()).map_err(|error| error.to_string())
    });
    let mut install =
        command(Path::new("npm"), &["install", "--silent", "--no-audit", "--no-fund", "--prefix"]);
    install.arg(copy);
    run.step(install);
    Some(copy.to_owned())
}

/// The commands that a program gives for the events are those of the file.
fn serve(mut program: Command) -> Result<(), String> {
    let examples = root().join("examples");
    let expected =
        std::fs::read_to_string(examples.join("commands.tsv")).map_err(|error| error.to_string())?;
    let events = std::fs::File::open(examples.join("events.tsv")).map_err(|error| error.to_string())?;
    program.arg("rules/minimal.yaml").stdin(events).current_dir(root());
    let output = program.output().map_err(|error| error.to_string())?;
    let (given, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if given == expected && output.status.success() { Ok(()) } else { Err(format!("{given}{told}")) }
}

fn shared_library() -> String {
    format!("{}jawab{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
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
