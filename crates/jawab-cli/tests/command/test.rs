use std::fs;

use crate::run::{SHOP, folder, jawab};

/// The shop with other scenario messages.
fn shop_with(name: &str, scenarios: &str) -> String {
    let set = folder(name);
    let path = set.to_str().unwrap().to_owned();
    assert_eq!(jawab(&["new", &path]).code, Some(0));
    fs::write(set.join("tests/messages.yaml"), scenarios).unwrap();
    path
}

#[test]
fn a_set_that_does_what_its_tests_say_passes() {
    let ran = jawab(&["test", SHOP]);
    assert!(ran.out.contains("passed, 0 failed") && ran.out.contains("holds 80 %, 10 %"), "{}", ran.out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn a_failed_test_tells_what_was_expected_what_came_and_why() {
    let path = folder("failing").join("rules.yaml");
    let rules = "\
jawab: 1
language: en
settings: {languages: [en], fallback: {say: One moment.}}
faq:
  hours:
    questions: [when are you open]
    answer: Always.
    tests: {matches: [where is my parcel], rejects: [when are you open]}
";
    fs::write(&path, rules).unwrap();
    let ran = jawab(&["test", path.to_str().unwrap()]);
    let place = |line: &str| format!("{}:{line}", path.display());
    for part in [
        &format!("failed  where is my parcel  {}", place("8:23")),
        "expected  hours\n  got       handoff, ",
        "why       ",
        &format!("failed  when are you open  {}", place("8:54")),
        "expected  not hours\n  got       answer by hours\n",
        "beside the rules  0 passed, 2 failed",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_file_below_its_floor_fails_and_lists_every_miss() {
    let scenarios = "\
jawab: 1
floor: {right: 0.9}
messages:
  greeting: [hello, when are you open]
unanswerable: [where is my parcel, zzgrmbl qwxv]
";
    let ran = jawab(&["test", &shop_with("below", scenarios)]);
    for part in [
        "wrong answer  when are you open",
        "wrong handoff  where is my parcel",
        "expected  no rule",
        "messages.yaml         4  50.0 %  25.0 %  25.0 %   0.0 %  below 90 %, –",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert_eq!(ran.code, Some(1));
}

#[test]
fn misses_above_the_floor_are_listed_and_pass() {
    let scenarios = "jawab: 1\nfloor: {right: 0.5}\nmessages: {greeting: [hello, when are you open]}\n";
    let set = shop_with("above", scenarios);
    let ran = jawab(&["test", &set]);
    assert!(ran.out.contains("wrong answer  when are you open"), "{}", ran.out);
    assert_eq!(ran.code, Some(0));
    let all = jawab(&["test", &set, "--all"]);
    assert!(all.out.contains("  decision:   answer by opening-hours"), "{}", all.out);
}

#[test]
fn scenario_files_are_known_by_their_endings_in_all_folders() {
    let set = folder("endings");
    assert_eq!(jawab(&["new", set.to_str().unwrap()]).code, Some(0));
    fs::create_dir(set.join("tests/deeper")).unwrap();
    for file in ["deeper/more.yml", "notes.txt", "messages.json", ".draft.yaml"] {
        fs::write(set.join("tests").join(file), "jawab: 1\nmessages: {greeting: [hello there]}\n").unwrap();
    }
    let ran = jawab(&["test", set.to_str().unwrap(), "--format", "json"]);
    let results: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let files = results["scenarios"]["files"].as_array().unwrap();
    let ends = |at: usize, end: &str| files[at]["file"].as_str().unwrap().ends_with(end);
    assert!(
        files.len() == 2 && ends(0, "tests/deeper/more.yml") && ends(1, "tests/messages.yaml"),
        "{files:?}"
    );
}

#[test]
fn that_no_floor_is_set_is_told() {
    let wrong = "jawab: 1\nmessages: {greeting: [when are you open]}\n";
    let set = shop_with("floorless", wrong);
    let note = "no floor is set: however these messages end, the test passes";
    let ran = jawab(&["test", &set]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("0.0 %  no floor\n") && ran.out.contains(note), "{}", ran.out);
    for floor in ["floor: {right: 0}", "floor_of_all: {right: 0}"] {
        let ran = jawab(&["test", &shop_with("floored", &format!("{wrong}{floor}\n"))]);
        assert!(ran.code == Some(0) && !ran.out.contains(note), "{floor}: {}", ran.out);
    }
}

#[test]
fn json_holds_figures_misses_and_explanations() {
    let set = shop_with("json", "jawab: 1\nmessages: {greeting: [when are you open]}\n");
    let ran = jawab(&["test", &set, "--format", "json"]);
    let results: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(results["passed"], true);
    assert_eq!(results["scenarios"]["total"]["wrong"], 1);
    let miss = &results["scenarios"]["files"][0]["misses"][0];
    assert_eq!((&miss["verdict"], &miss["got"]["rule"]), (&"wrong".into(), &"opening-hours".into()));
    assert!(miss["explanation"]["candidates"].is_array());
}

#[test]
fn rules_that_cannot_be_used_cannot_be_tested() {
    let ran = jawab(&["test", "tests/mistakes/unknown-key.yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("error[unknown-key]"), "{}", ran.err);
}
