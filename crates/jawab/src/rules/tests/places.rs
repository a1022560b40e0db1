//! Problems are told where they are: line, column and the very text.

use super::{RULE, problems, problems_of, told};
use crate::diagnostic::Diagnostic;
use crate::rules::{Limits, Source};

/// `code line:column text` of every problem.
fn underlined(text: &str) -> Vec<String> {
    let found = problems_of(text);
    let line = |problem: &Diagnostic| {
        let place = &problem.place;
        let marked = &text[place.start as usize..place.end as usize];
        format!("{} {}:{} {marked}", problem.code, place.line, place.column)
    };
    found.iter().map(line).collect()
}

#[test]
fn every_problem_underlines_what_is_wrong() {
    let head = format!("jawab: 1\nlanguage: id\n{RULE}");
    let cases: &[(&str, &[&str])] = &[
        ("  x: {questions: [a], answr: b}\n", &["unknown-key 7:23 answr"]),
        (
            "  x: {questions: [a], handoff: {subject: b}}\n",
            &["missing-outcome 7:23 handoff", "unknown-key 7:33 subject"],
        ),
        ("  最低: {questions: [最低, no], answer: b}\n", &["yaml-changed-value 7:24 no"]),
        (
            "  x: {questions: [a], answer: 'halo {{ customer.name | shout }}'}\n",
            &["unfillable-text 7:39  customer.name | shout "],
        ),
        ("  x: {questions: [a], answer: \"ha\\tlo {{ x\"}\n", &["invalid-text 7:31 \"ha\\tlo {{ x\""]),
        ("  x: {questions: [a], any: 'a <b> c', answer: b}\n", &["unknown-macro 7:32 b"]),
        ("  x: {questions: [a], any: 'a {b} c', answer: b}\n", &["unknown-slot 7:32 b"]),
        // Only the type that is not there, not each use of the slot.
        ("  x: {questions: [a], any: 'a {b} c', slots: {b: c}, answer: b}\n", &["unknown-slot 7:50 c"]),
        ("  x: {questions: [a], any: a (b, answer: b}\n", &["invalid-pattern 7:30 ("]),
        (
            "  x: {questions: [a], answer: b, when: {time: '25:00-1:00'}}\n",
            &["invalid-condition 7:47 '25:00-1:00'"],
        ),
        ("  x: {questions: [a], answer: b, answer: c}\n", &["duplicate-key 7:34 answer"]),
        ("  x: {questions: [a], answer: [b\n", &["invalid-yaml 7:31 ["]),
        ("  x: {any: (a) [b], answer: c}\n", &["invalid-yaml 7:16 ["]),
        ("  x: [a\n", &["invalid-yaml 7:6 ["]),
        ("  x: {questions: [a], any: 'a {b', answer: '{{ slots.c }}'}\n", &["invalid-pattern 7:31 {"]),
        ("  x: {questions: [a], anny: 'a {b}', answer: '{{ slots.b }}'}\n", &["unknown-key 7:23 anny"]),
        ("\tx: 1\n", &["tab-indentation 7:1 \t"]),
        ("  x: {questions: [a\0b], answer: c}\n", &["invalid-yaml 7:20 \0"]),
        ("  x:\n    questions: [a]\n    answer:b\n", &["invalid-yaml 9:5 answer:"]),
        (
            "  x:\n    questions: [a]\n    answer: b\n     title:c\n",
            &["yaml-changed-value 9:13 b\n     title:c"],
        ),
        ("  x: {questions: [a: b, {c}], answer: d}\n", &["wrong-type 7:19 a: b", "wrong-type 7:25 {c}"]),
        ("  x:\n    questions: [a, b\n    answer: c\n", &["invalid-yaml 8:16 ["]),
        ("  x:\n    questions: [a,\n     b: c: d]\n    answer: c\n", &["invalid-yaml 9:10 :"]),
        ("  x: {questions: [a], answer: {id: PIN, OTP}}\n", &["empty-value 7:41 OTP"]),
        ("  x:\n    questions:\n    answer: b\n", &["empty-value 8:5 questions"]),
    ];
    for (rule, expected) in cases {
        let found = underlined(&format!("{head}{rule}"));
        assert_eq!(found, *expected, "{rule}");
    }
}

#[test]
fn the_second_of_two_names_the_first() {
    let sources = [
        Source::new("a.yaml", format!("jawab: 1\nlanguage: en\n{RULE}")),
        Source::new("b.yaml", format!("jawab: 1\nlanguage: en\n{RULE}")),
    ];
    let found = problems(&sources, &Limits::default());
    assert_eq!(
        told(&found),
        "b.yaml:4:3: error[duplicate-rule]: the rule `hours` is defined twice in this set (join the two, or rename one of them)"
    );
    assert_eq!(found[0].labels[0].place.to_string(), "a.yaml:4:3");
}

/// Sixteen problems in three files, one of them cut off by a syntax error.
#[test]
fn all_problems_of_all_files_are_told_at_once() {
    let first = "jawab: 1
language: indonesian
settings:
  treshold: 0.5
  margin: 10
teams:
  Finance: {respond_within: 1 minute}
faq:
  hours:
    questions: [jam buka, no]
    answer: 'Halo {{ name'
  hours:
    questions: [kapan buka]
";
    let second = "language: en
intents:
  hours:
    any: [open <now>, 'a {b'] # now is no macro
    handoff: {team: finanse, priority: hgh, collect: [colour]}
  nothing: {none: x}
";
    let third = "jawab: 1
language: en
faq:
  last:
    questions: [a
    answer: b
";
    let sources = [("a.yaml", first), ("b.yaml", second), ("c.yaml", third)]
        .map(|(name, text)| Source::new(name, text));
    let found = problems(&sources, &Limits::default());
    let codes: Vec<String> =
        found.iter().map(|problem| format!("{} {}", problem.place, problem.code)).collect();
    let expected = [
        "a.yaml:2:11 invalid-language",
        "a.yaml:4:3 unknown-key",
        "a.yaml:5:11 out-of-range",
        "a.yaml:7:3 invalid-name",
        "a.yaml:7:29 invalid-duration",
        "a.yaml:10:27 yaml-changed-value",
        "a.yaml:11:19 invalid-text",
        "a.yaml:12:3 duplicate-key",
        "a.yaml:12:3 missing-outcome",
        "b.yaml:1:1 missing-version",
        "b.yaml:3:3 duplicate-rule",
        "b.yaml:4:26 invalid-pattern",
        "b.yaml:5:40 unknown-value",
        "b.yaml:6:3 missing-evidence",
        "b.yaml:6:3 missing-outcome",
        "c.yaml:5:16 invalid-yaml",
    ];
    assert_eq!(codes, expected, "{}", told(&found));
}

#[test]
fn a_broken_file_raises_no_doubt_about_what_may_stand_in_it() {
    let broken = Source::new("a.yaml", "jawab: 1\nteams:\n  finance: {respond_within: 1m\n");
    let good =
        "jawab: 1\nlanguage: en\nintents:\n  x: {any: a <b>, handoff: {team: finance, prioritty: high}}\n";
    let found = problems(&[broken, Source::new("b.yaml", good)], &Limits::default());
    let codes: Vec<&str> = found.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["invalid-yaml", "unknown-key"], "{}", told(&found));
}
