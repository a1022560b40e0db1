//! The suite in Rust, and what the suite promises of itself.

use std::collections::BTreeSet;

use conformance::{Expected, Sentence, Suite, repository, sentences};

fn suite() -> Suite {
    std::env::set_current_dir(repository()).expect("the root of the repository");
    Suite::read().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_case_holds_its_contract_and_gives_the_same_bytes_as_before() {
    let (suite, expected) = (suite(), Expected::read().expect("the expected results"));
    let problem = |case: &conformance::Case| match case.run() {
        Err(problem) => Some(format!("{}: {problem}", case.name)),
        Ok(lines) if !expected.agrees(case, &lines) => Some(format!(
            "{}: other bytes; where they are right, `cargo xtask conformance` writes them down\nwas {}\nis  {}",
            case.name,
            expected.lines(&case.name).join("\n    "),
            lines.join("\n    ")
        )),
        Ok(_) => None,
    };
    let problems: Vec<String> = suite.cases.iter().filter_map(problem).collect();
    assert!(
        problems.is_empty(),
        "{} of {} cases:\n{}",
        problems.len(),
        suite.cases.len(),
        problems.join("\n\n")
    );
}

#[test]
fn nothing_is_kept_of_cases_that_are_gone() {
    let suite = suite();
    let cases: BTreeSet<&str> = suite.cases.iter().map(|case| case.name.as_str()).collect();
    let expected = Expected::read().expect("the expected results");
    let gone: Vec<&str> = expected.names().filter(|name| !cases.contains(name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// What no case can show, and why.
const SHOWN_ELSEWHERE: &[(&str, &str)] = &[
    ("Syntax as in Home Assistant's intent templates", "where the syntax comes from"),
    ("An explanation shows it as `purchase = buy`", "scores of a model: tests of `classifier`"),
    ("| `category` |", "section 10"),
    ("In a conversation, details that are missing are asked for", "section 10"),
    ("Scenario files are the `*.yaml` and `*.yml`", "files of the command: its own tests"),
    ("`jawab eval` and `jawab tune` read labelled messages", "files of the command: its own tests"),
    ("Several files may be named", "files of the command: its own tests"),
    ("| JSON lines |", "files of the command: its own tests"),
    ("| `.csv` |", "files of the command: its own tests"),
    ("| `.txt` |", "files of the command: its own tests"),
    ("`--cross-validate K` needs no other messages", "not in C: tests of `eval`"),
    ("Patterns and vocabulary stay.", "not in C: tests of `eval`"),
    ("Questions that read the same stay together", "not in C: tests of `eval`"),
    ("Figures so found are harder than life", "an experience"),
    ("`jawab tune` promises", "not in C: tests of `eval`"),
    ("It tries thresholds of whole hundredths", "not in C: tests of `eval`"),
    ("Of what holds it takes what answers most", "not in C: tests of `eval`"),
    ("For 2 % at 95 % confidence it needs", "not in C: tests of `eval`"),
    ("Where most of the answered messages are questions", "not in C: tests of `eval`"),
    ("`jawab tune` warns of that", "files of the command: its own tests"),
    ("`--write` changes these two numbers", "files of the command: its own tests"),
    ("`jawab diff` groups by", "not in C: tests of `eval`"),
    ("Each message is decided as the first of a conversation", "not in C: tests of `eval`"),
    ("Confidences and candidates alone are no difference", "not in C: tests of `eval`"),
    ("`jawab suggest` takes what was handed off", "not in C: tests of `eval`"),
    ("Where the best rule has three quarters", "not in C: tests of `eval`"),
    ("The texts are the customers' own", "not in C: tests of `eval`"),
];

#[test]
fn every_sentence_of_the_reference_has_a_case() {
    let reference = std::fs::read_to_string(repository().join("rules/README.md")).expect("the reference");
    let sentences = sentences(&reference);
    assert!(sentences.len() > 80, "only {} sentences are found", sentences.len());
    let suite = suite();
    let shown = |sentence: &Sentence| {
        suite.cases.iter().any(|case| case.section == sentence.section && sentence.text.contains(&case.says))
            || SHOWN_ELSEWHERE.iter().any(|(part, _)| sentence.text.contains(part))
    };
    let missing: Vec<_> = sentences.iter().filter(|sentence| !shown(sentence)).collect();
    assert!(missing.is_empty(), "no case says so: {missing:#?}");
}

#[test]
fn every_case_names_a_sentence_of_the_reference() {
    let reference = std::fs::read_to_string(repository().join("rules/README.md")).expect("the reference");
    let sentences = sentences(&reference);
    let suite = suite();
    let stray: BTreeSet<(&str, &str)> = suite
        .cases
        .iter()
        .filter(|case| !sentences.iter().any(|s| s.section == case.section && s.text.contains(&case.says)))
        .map(|case| (case.section.as_str(), case.says.as_str()))
        .collect();
    assert!(stray.is_empty(), "the reference does not say so: {stray:#?}");
}

#[test]
fn there_are_enough_cases() {
    let suite = suite();
    assert!(suite.cases.len() >= 400, "{} cases", suite.cases.len());
}
