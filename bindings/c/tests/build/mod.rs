//! Compiles a program of `tests/c` as its user would.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::dist;

/// Warnings that no program of ours has.
const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Werror", "-pedantic"];

/// How a program is compiled.
pub(crate) struct Build {
    compiler: &'static str,
    source: PathBuf,
    flags: Vec<&'static str>,
    is_static: bool,
}

/// An empty folder of its own.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The program under valgrind; nothing where that is not installed, `cargo xtask test` says so.
pub(crate) fn valgrind(program: &Path) -> Option<Command> {
    let suppressed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/valgrind.supp");
    let mut command = Command::new("valgrind");
    command.args(["--quiet", "--error-exitcode=9", "--leak-check=full"]);
    command.arg(format!("--suppressions={}", suppressed.display()));
    // Tables that are made once and never change are still reachable at the end, some of them by inner pointers only.
    command.args(["--show-leak-kinds=definite,indirect", "--errors-for-leak-kinds=definite,indirect"]);
    command.arg(program);
    is_there("valgrind").then_some(command)
}

fn is_there(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

impl Build {
    pub(crate) fn c11(program: &str) -> Self {
        Build::new("cc", program, vec!["-std=c11"])
    }

    /// Nothing where there is no compiler of C++; `cargo xtask test` says so.
    pub(crate) fn cpp17(program: &str) -> Option<Self> {
        is_there("c++").then(|| Build::new("c++", program, vec!["-xc++", "-std=c++17"]))
    }

    /// As C11.
    pub(crate) fn of_file(source: &Path) -> Self {
        Build { compiler: "cc", source: source.to_owned(), flags: vec!["-std=c11"], is_static: false }
    }

    fn new(compiler: &'static str, program: &str, flags: Vec<&'static str>) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/c/{program}.c"));
        Build { compiler, source, flags, is_static: false }
    }

    pub(crate) fn sanitized(mut self) -> Self {
        self.flags.extend(["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"]);
        self
    }

    pub(crate) fn linked_statically(self) -> Self {
        Build { is_static: true, ..self }
    }

    /// The program, in a folder of the given name, against the library laid out beside it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let folder = scratch(&format!("{name}-program"));
        let built = std::env::current_exe().expect("this test");
        dist::lay_out(built.parent().expect("a folder"), &folder).expect("the library is laid out");
        let (program, lib) = (folder.join("program"), folder.join("lib"));
        let mut compile = Command::new(self.compiler);
        compile.args(&self.flags).args(STRICT).arg("-O1").arg("-I").arg(folder.join("include"));
        compile.arg(&self.source).arg("-o").arg(&program);
        if self.is_static {
            compile.arg("-xnone").arg(lib.join("libjawab.a")).args([
                "-lpthread",
                "-lm",
                "-ldl",
                "-lutil",
                "-lrt",
            ]);
        } else {
            compile
                .arg("-L")
                .arg(&lib)
                .arg(format!("-Wl,-rpath,{}", lib.display()))
                .args(["-ljawab", "-lpthread"]);
        }
        let output = compile.output().unwrap_or_else(|error| panic!("{}: {error}", self.compiler));
        assert!(output.status.success(), "{compile:?}: {}", String::from_utf8_lossy(&output.stderr));
        program
    }
}
