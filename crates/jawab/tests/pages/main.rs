//! Every code has a page whose bad examples raise exactly that code, and whose good ones raise nothing.

mod examples;
mod schema;

use examples::{Example, examples};
use jawab::{Code, Diagnostic, Engine, Severity};

/// What loading finds; for the codes of `check`, what that finds, too.
fn found_by(code: Code, example: &Example) -> Vec<Diagnostic> {
    let rules = match example.rules() {
        Ok(rules) => rules,
        Err(error) => return error.diagnostics().to_vec(),
    };
    let mut found = rules.warnings().to_vec();
    if code.severity() == Severity::Warning {
        found.extend(jawab::check(&Engine::new(&rules).expect("compiles")));
    }
    found
}

fn told(problems: &[Diagnostic]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Codes that no text in memory can raise.
const OF_FILES: &[Code] =
    &[Code::UnreadableFile, Code::NotCompiledRules, Code::OtherCompiledVersion, Code::DamagedCompiledRules];

#[test]
fn every_bad_example_raises_exactly_its_code() {
    for &code in Code::ALL.iter().filter(|code| !OF_FILES.contains(code)) {
        let bad = examples(code.page(), "Bad");
        assert!(!bad.is_empty(), "{code} has no bad example");
        for example in bad {
            let found = found_by(code, &example);
            let others = found.iter().filter(|problem| problem.code != code).count();
            let expected = if code == Code::TooManyProblems { found.len() - 1 } else { 0 };
            assert!(!found.is_empty() && others == expected, "{code}: {}", told(&found));
            assert!(found.iter().any(|problem| problem.code == code), "{code}: {}", told(&found));
        }
    }
}

#[test]
fn every_good_example_raises_nothing() {
    for &code in Code::ALL.iter().filter(|code| !OF_FILES.contains(code)) {
        let good = examples(code.page(), "Good");
        assert!(!good.is_empty(), "{code} has no good example");
        for example in good {
            let found = found_by(code, &example);
            assert!(found.is_empty(), "{code}: {}", told(&found));
        }
    }
}

#[test]
fn every_page_begins_with_its_code_and_says_what_it_means() {
    for &code in Code::ALL {
        let rest =
            code.page().strip_prefix(&format!("# {code}\n\n")).unwrap_or_else(|| panic!("{code}: no title"));
        let meaning = rest.split("\n## ").next().unwrap_or_default().trim();
        assert!(meaning.len() > 80, "{code}: {meaning}");
    }
}

#[test]
fn codes_are_found_by_their_names() {
    for &code in Code::ALL {
        assert_eq!(code.as_str().parse(), Ok(code));
    }
}
