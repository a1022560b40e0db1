//! Every code has a page whose bad examples raise exactly that code, and whose good ones raise nothing.

use super::{problems, told};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::engine::Engine;
use crate::rules::{Limits, RuleSet, Source};

/// An example: the files of one set and the limits it is read with.
pub(super) struct Example {
    pub(super) sources: Vec<Source>,
    limits: Limits,
}

/// The fenced blocks under a heading; those named `file:` one after the other are one set.
pub(super) fn examples(page: &str, heading: &str) -> Vec<Example> {
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let mut found: Vec<(bool, Example)> = Vec::new();
    for block in section.split("```yaml").skip(1) {
        let (info, rest) = block.split_once('\n').expect("the fence ends its line");
        let text = rest.split("```").next().expect("the block is closed");
        let bytes = if info.contains("escaped") { unescape(text) } else { text.as_bytes().to_vec() };
        let file = info.split_whitespace().find_map(|word| word.strip_prefix("file:"));
        let source = Source::new(file.unwrap_or("example.yaml"), bytes);
        match found.last_mut() {
            Some((true, set)) if file.is_some() => set.sources.push(source),
            _ => found.push((file.is_some(), Example { sources: vec![source], limits: limits(info) })),
        }
    }
    found.into_iter().map(|(_, example)| example).collect()
}

fn limits(info: &str) -> Limits {
    let mut limits = Limits::default();
    for setting in info.split_whitespace().filter_map(|word| word.strip_prefix("limits:")) {
        let (name, value) = setting.split_once('=').expect("name=value");
        let value = value.parse().expect("a number");
        match name {
            "file_bytes" => limits.file_bytes = value,
            "problems" => limits.problems = value,
            "depth" => limits.depth = value,
            "aliased_nodes" => limits.aliased_nodes = value,
            _ => panic!("{name}: no such limit in pages"),
        }
    }
    limits
}

/// `\xNN` stands for a byte.
fn unescape(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hex digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

/// What loading finds; for the codes of `check`, what that finds, too.
fn found_by(code: Code, example: &Example) -> Vec<Diagnostic> {
    let mut found = problems(&example.sources, &example.limits);
    if code.severity() == Severity::Warning && found.is_empty() {
        let rules = RuleSet::from_sources(&example.sources, &example.limits).expect("loads");
        found = crate::check(&Engine::new(&rules).expect("compiles"));
    }
    found
}

/// Codes that no text in memory can raise.
const OF_FILES: &[Code] = &[Code::UnreadableFile];

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
