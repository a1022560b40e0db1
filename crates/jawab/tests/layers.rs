//! The rooms of the core stand in one order, and a room imports only from rooms before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The order of ARCHITECTURE.md.
const ORDER: [&str; 18] = [
    "codec",
    "diagnostic",
    "error",
    "context",
    "message",
    "moment",
    "parallel",
    "text",
    "privacy",
    "pattern",
    "classifier",
    "rules",
    "signals",
    "decision",
    "engine",
    "conversation",
    "check",
    "eval",
];

/// What only tests of the rooms use.
const FOR_TESTS: &str = "random";

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the source").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { all_files(&path) } else { vec![path] }).collect()
}

/// The files of the source that are not only there for tests.
fn rust_files() -> Vec<PathBuf> {
    let files: Vec<PathBuf> = all_files(&source())
        .into_iter()
        .filter(|file| file.extension().is_some_and(|end| end == "rs"))
        .collect();
    let texts: Vec<String> =
        files.iter().map(|file| fs::read_to_string(file).expect("a source file")).collect();
    let test_modules = texts.iter().flat_map(|text| text.split("#[cfg(test)]\nmod ").skip(1));
    let names: Vec<&str> = test_modules.filter_map(|rest| rest.split([';', ' ']).next()).collect();
    let for_tests = |file: &PathBuf| {
        let relative = file.strip_prefix(source()).expect("a file of the source");
        relative.iter().any(|part| {
            Path::new(part).file_stem().is_some_and(|stem| names.iter().any(|name| stem == *name))
        })
    };
    let kept: Vec<bool> = files.iter().map(|file| !for_tests(file)).collect();
    files.into_iter().zip(kept).filter_map(|(file, kept)| kept.then_some(file)).collect()
}

/// The rooms that a text names as `crate::room`.
fn imported(text: &str) -> Vec<&str> {
    let named = text.split("crate::").skip(1);
    named.filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()).collect()
}

#[test]
fn a_room_imports_only_from_rooms_before_it() {
    let place = |room: &str| ORDER.iter().position(|known| *known == room);
    let mut checked = 0;
    for file in rust_files() {
        let relative = file.strip_prefix(source()).expect("a file of the source").to_owned();
        let room = relative.iter().next().and_then(|part| Path::new(part).file_stem()).expect("a name");
        let room = room.to_str().expect("a name in UTF-8");
        if room == "lib" {
            continue;
        }
        let own = place(room).unwrap_or_else(|| panic!("{room} has no place in the order"));
        let text = fs::read_to_string(&file).expect("a source file");
        for import in imported(&text).into_iter().filter(|import| *import != FOR_TESTS) {
            let other =
                place(import).unwrap_or_else(|| panic!("{}: crate::{import} is no room", relative.display()));
            assert!(other <= own, "{}: {room} must not import from {import}", relative.display());
            checked += 1;
        }
    }
    assert!(checked > 20, "only {checked} imports were found");
}

#[test]
fn nothing_but_the_loader_touches_the_world() {
    let forbidden =
        ["std::fs", "std::env", "std::time", "std::net", "std::process", "static mut", "thread_local!"];
    for file in rust_files() {
        let relative = file.strip_prefix(source()).expect("a file of the source").display().to_string();
        if relative.starts_with("rules/load") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for world in forbidden {
            assert!(!code.contains(world), "{relative} uses {world}");
        }
    }
}
