//! The suite in Rust, and what the suite promises of itself.

use std::collections::BTreeSet;

use conformance::{Expected, Suite, repository};

fn suite() -> Suite {
    std::env::set_current_dir(repository()).expect("the root of the repository");
    Suite::read().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_case_holds_its_contract_and_gives_the_same_bytes_as_before() {
    let (suite, expected) = (suite(), Expected::read().expect("the expected results"));
    let problem = |case: &conformance::Case| match case.run() {
        Err(problem) => Some(format!("{}: {problem}", case.name)),
        Ok(lines) if lines != expected.lines(&case.name) => Some(format!(
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
