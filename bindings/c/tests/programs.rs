//! Programs in C against the library as it is installed, compiled strictly as C11 and as C++17, and watched by
//! AddressSanitizer and valgrind.

mod build;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use build::{Build, scratch, valgrind};
use conformance::{Expected, Suite, export, repository};

/// The suite as a flat file.
fn suite_file(name: &str) -> PathBuf {
    std::env::set_current_dir(repository()).expect("the root of the repository");
    let path = scratch(name).join("suite");
    let mut out = BufWriter::new(File::create(&path).expect("a file"));
    let suite = Suite::read().unwrap_or_else(|error| panic!("{error}"));
    export(&suite, &Expected::read().expect("the expected results"), &mut out).expect("the suite is written");
    path
}

fn run(command: &mut Command) -> Output {
    command.current_dir(repository()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn passes(command: &mut Command) {
    let output = run(command);
    let told = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&told));
}

#[test]
fn the_suite_runs_through_c() {
    let program = Build::c11("suite").program("suite-c11");
    passes(Command::new(program).arg(suite_file("suite-c11")));
}

#[test]
fn the_suite_runs_through_cpp() {
    let Some(build) = Build::cpp17("suite") else { return };
    passes(Command::new(build.linked_statically().program("suite-cpp17")).arg(suite_file("suite-cpp17")));
}

#[test]
fn the_suite_touches_no_memory_that_is_not_its_own() {
    let program = Build::c11("suite").sanitized().linked_statically().program("suite-asan");
    passes(Command::new(program).arg(suite_file("suite-asan")));
}

#[test]
fn the_suite_fails_where_a_case_gives_other_bytes_or_is_missing_or_unknown() {
    let program = Build::c11("suite").program("suite-mistakes");
    let (folder, suite) = (scratch("mistakes"), fs::read(suite_file("suite-mistakes")).expect("the suite"));
    let text = String::from_utf8_lossy(&suite);
    let end = text.rfind("end ").expect("an end");
    let mistakes = [
        ("other-bytes", text.replacen("\"action\":\"handoff\"", "\"action\":\"handofF\"", 1)),
        ("one-case-missing", format!("{}end 3:999,\n", &text[..end])),
        ("no-end", text[..end].to_owned()),
        ("unknown-verb", text.replacen("\ndecide ", "\ndecode ", 1)),
    ];
    for (name, mistaken) in mistakes {
        assert_ne!(mistaken, text, "{name}");
        let file = folder.join(name);
        fs::write(&file, mistaken).expect("a file");
        assert_eq!(run(Command::new(&program).arg(&file)).status.code(), Some(1), "{name}");
    }
}

#[test]
fn the_library_is_used_in_c_and_cpp() {
    passes(&mut Command::new(Build::c11("use").program("use-c11")));
    let Some(build) = Build::cpp17("use") else { return };
    passes(&mut Command::new(build.program("use-cpp17")));
}

#[test]
fn the_program_of_the_readme_answers() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README");
    let code =
        readme.split("```c\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a program in C");
    let file = scratch("readme").join("readme.c");
    fs::write(&file, code).expect("a file");
    let output = run(&mut Command::new(Build::of_file(&file).program("readme")));
    assert!(output.status.success() && !output.stdout.is_empty(), "{output:?}");
}

#[test]
fn the_conversation_of_the_examples_is_saved_and_goes_on() {
    let program = Build::of_file(&repository().join("examples/c/conversation.c")).program("conversation");
    let messages = scratch("conversation").join("messages");
    fs::write(&messages, "where is my parcel?\nit is JX44812093\n").expect("a file");
    let mut command = Command::new(program);
    let output = run(command.arg("rules/minimal.yaml").stdin(File::open(messages).expect("the file")));
    let replies = String::from_utf8_lossy(&output.stdout);
    let actions: Vec<_> =
        replies.lines().filter_map(|line| line.split_once(": ")).map(|(action, _)| action).collect();
    assert_eq!(actions, ["ask", "handoff"], "{replies}");
}

#[test]
fn compiled_rules_are_opened_by_their_path() {
    let program = Build::of_file(&repository().join("examples/c/conversation.c")).program("compiled");
    let folder = scratch("compiled");
    let (messages, rules) = (folder.join("messages"), folder.join("rules.jawab"));
    fs::write(&messages, "where is my parcel?\nit is JX44812093\n").expect("a file");
    let engine = jawab::Engine::from_path(repository().join("rules/minimal.yaml")).expect("rules");
    fs::write(&rules, engine.to_compiled()).expect("a file");
    let of = |rules: &Path| {
        let input = File::open(&messages).expect("the file");
        run(Command::new(&program).arg(rules).stdin(input))
    };
    let (of_file, of_yaml) = (of(&rules), of(Path::new("rules/minimal.yaml")));
    assert!(of_file.status.success(), "{of_file:?}");
    assert_eq!(of_file.stdout, of_yaml.stdout);
}

#[test]
fn misuse_gives_a_status_and_a_message_in_c_and_cpp() {
    passes(&mut Command::new(Build::c11("misuse").program("misuse-c11")));
    let Some(build) = Build::cpp17("misuse") else { return };
    passes(&mut Command::new(build.program("misuse-cpp17")));
}

#[test]
fn use_and_misuse_are_clean_under_the_address_sanitizer() {
    for program in ["use", "misuse"] {
        let built = Build::c11(program).sanitized().linked_statically().program(&format!("{program}-asan"));
        passes(&mut Command::new(built));
    }
}

#[test]
fn use_and_misuse_are_clean_under_valgrind() {
    for program in ["use", "misuse"] {
        let built = Build::c11(program).program(&format!("{program}-valgrind"));
        let Some(mut watched) = valgrind(&built) else { return };
        passes(&mut watched);
    }
}

#[test]
fn eight_threads_on_one_engine_decide_alike_and_keep_no_memory() {
    passes(Command::new(Build::c11("threads").program("threads-c11")).arg("2"));
}

#[test]
fn every_function_of_the_header_is_misused() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let header = fs::read_to_string(own.join("include/jawab.h")).expect("the header");
    let misuse = fs::read_to_string(own.join("tests/c/misuse.c")).expect("the tests");
    let code = header.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words = code.flat_map(|line| line.split_whitespace());
    let functions: Vec<&str> = words.filter_map(|word| word.split_once('(')).map(|(name, _)| name).collect();
    let functions: Vec<&str> = functions.into_iter().filter(|name| name.starts_with("jawab_")).collect();
    assert!(functions.len() > 50, "only {} functions are found", functions.len());
    let missing: Vec<&&str> = functions.iter().filter(|name| !misuse.contains(**name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_binding_is_thin() {
    let source = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("the source");
    let texts = source.flatten().map(|entry| fs::read_to_string(entry.path()).expect("a file"));
    let code = |text: String| {
        let lines = text.split("#[cfg(test)]").next().unwrap_or_default().lines();
        lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count()
    };
    let lines: usize = texts.map(code).sum();
    assert!(lines < 1_000, "{lines} lines of code");
}
