//! Files made to break the loader: each ends soon, with a diagnostic, and without a panic.

use std::fmt::Write;

use proptest::prelude::*;

use super::{RULE, problems, problems_of, told};
use crate::diagnostic::Code;
use crate::rules::{Limits, RuleSet, Source};

/// The only code of a text's problems.
fn code_of(text: &str) -> Code {
    let found = problems_of(text);
    assert!(found.len() == 1, "{} of {:?}…", told(&found), text.get(..30));
    found[0].code
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb =
        "jawab: 1\nvocabulary:\n  fillers: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..30 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "  x{level}: &a{level} [{inner}]").unwrap();
    }
    let found = problems_of(&bomb);
    assert!(found.iter().any(|problem| problem.code == Code::TooLarge), "{}", told(&found));
}

#[test]
fn nested_anchors_are_refused_before_their_copies_fill_the_memory() {
    let anchors = (0..40).map(|level| format!("&a{level} [")).collect::<Vec<_>>().concat();
    let text =
        format!("jawab: 1\nvocabulary:\n  fillers: {anchors}{}{}\n", "a, ".repeat(100_000), "]".repeat(40));
    assert!(problems_of(&text).iter().any(|problem| problem.code == Code::TooLarge));
}

#[test]
fn nesting_ten_thousand_deep_is_refused() {
    let block = (0..10_000).map(|level| " ".repeat(level) + "a:\n").collect();
    let flow = ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "? ".repeat(10_000)];
    for text in flow.into_iter().chain([block]) {
        assert_eq!(
            problems_of(&text).last().map(|problem| problem.code),
            Some(Code::TooDeep),
            "{:?}…",
            &text[..8]
        );
    }
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let found = problems(&[Source::new("a.yaml", "[".repeat(10_000))], &limits);
    assert_eq!(found[0].code, Code::TooDeep);
}

#[test]
fn aliases_do_not_nest_deeper_than_brackets() {
    let mut text = "jawab: 1\nvocabulary:\n  a0: &a0 [x]\n".to_owned();
    (1..100).for_each(|level| writeln!(text, "  a{level}: &a{level} [*a{}]", level - 1).unwrap());
    assert!(problems_of(&text).iter().any(|problem| problem.code == Code::TooDeep));
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused() {
    assert_eq!(code_of(&"a: b\n".repeat(20 << 20)), Code::TooLarge);
}

#[test]
fn all_files_together_have_a_bound() {
    let limits = Limits { total_bytes: 150, files: 2, ..Limits::default() };
    let source = |name| Source::new(name, format!("jawab: 1\nlanguage: en\n{RULE}"));
    assert!(problems(&[source("a")], &limits).is_empty());
    assert!(
        problems(&[source("a"), source("b")], &limits).iter().any(|problem| problem.code == Code::TooLarge)
    );
    assert_eq!(problems(&[source("a"), source("b"), source("c")], &limits)[0].code, Code::TooLarge);
}

#[test]
fn rules_questions_and_texts_have_bounds() {
    let text = "jawab: 1\nlanguage: en\nfaq:\n  a: {questions: [a, b, c], answer: x}\n  b: {questions: [d], answer: y}\n";
    let bounds = [
        Limits { rules: 1, ..Limits::default() },
        Limits { questions_per_rule: 2, ..Limits::default() },
        Limits { nodes: 10, ..Limits::default() },
    ];
    assert!(problems_of(text).is_empty());
    for limits in bounds {
        let found = problems(&[Source::new("a.yaml", text)], &limits);
        assert_eq!(
            found.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            [Code::TooLarge],
            "{}",
            told(&found)
        );
    }
    let long =
        format!("jawab: 1\nlanguage: en\nfaq:\n  a: {{questions: [{}], answer: x}}\n", "a".repeat(100_000));
    assert_eq!(code_of(&long), Code::TooLarge);
}

#[test]
fn macros_that_double_each_other_are_refused() {
    let mut text = format!("jawab: 1\nlanguage: en\n{RULE}vocabulary:\n  macros:\n    m0: word\n");
    (1..32).for_each(|level| writeln!(text, "    m{level}: <m{0}> <m{0}>", level - 1).unwrap());
    assert_eq!(code_of(&text), Code::TooComplexPattern);
}

#[test]
fn a_long_chain_of_macros_ends() {
    let mut text = format!("jawab: 1\nlanguage: en\n{RULE}vocabulary:\n  macros:\n    m0: word\n");
    (1..20_000).for_each(|level| writeln!(text, "    m{level}: <m{}>", level - 1).unwrap());
    assert_eq!(code_of(&text), Code::TooComplexPattern);
}

#[test]
fn ten_thousand_mistakes_on_one_line_are_told_in_time() {
    let rules = (0..10_000)
        .map(|n| format!("最{n}: {{questions: [a], answer: b, colour: c}}, "))
        .collect::<Vec<_>>()
        .concat();
    let found = problems_of(&format!("{{jawab: 1, language: en, faq: {{{rules}}}}}"));
    assert_eq!((found.len(), found.last().map(|problem| problem.code)), (1_001, Some(Code::TooManyProblems)));
}

#[test]
fn ten_thousand_references_to_nothing_are_told_in_time() {
    let rule = |n| {
        format!(
            "  rule-{n}: {{questions: [a], when: {{previous: rul-{n}x}}, any: <m{n}> {{s{n}}}, answer: b}}\n"
        )
    };
    let rules = (0..10_000).map(rule).collect::<Vec<_>>().concat();
    let found = problems_of(
        &format!("jawab: 1\nlanguage: en\nintents:\n{rules}")
            .replace("<m", "'<m")
            .replace("}, answer", "}', answer"),
    );
    assert_eq!(found.len(), 1_001, "{}", told(&found[..3]));
}

#[test]
fn an_anchor_that_contains_its_own_alias_is_refused() {
    let found = problems_of("jawab: 1\nvocabulary:\n  fillers: &a [*a]\n");
    assert!(found.iter().any(|problem| problem.code == Code::UnknownAlias), "{}", told(&found));
}

/// Pieces of which hostile files are made.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "jawab: 1\n",
        "language: en\n",
        "faq:\n",
        "  a:\n",
        "    questions:",
        " [",
        "]",
        "{",
        "}",
        ": ",
        ", ",
        "\n",
        "- ",
        "&a ",
        "*a",
        "!!str ",
        "<<: ",
        "'",
        "\"",
        "|\n",
        ">\n",
        "# ",
        "---\n",
        "\t",
        "  ",
        "answer: ",
        "{{ ",
        " }}",
        "<m>",
        "(a|",
        "/x+/",
        "any: ",
        "when: ",
        "\u{feff}",
        "\u{0}",
        "最",
        "? ",
        "%YAML 1.2\n",
        "settings: ",
        "teams:\n",
        "~",
        "no",
        "vocabulary:\n",
        "  macros:\n",
        "    m: <m>\n",
        "\r\n",
        "\u{85}",
        "\\x",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,5}"]
}

proptest! {
    #[test]
    fn any_bytes_load_or_are_refused_at_places_inside(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let length = bytes.len() as u32;
        if let Err(error) = RuleSet::from_sources(&[Source::new("a.yaml", bytes)], &Limits::default()) {
            prop_assert!(!error.diagnostics().is_empty());
            prop_assert!(error.diagnostics().iter().all(|problem| problem.place.end <= length));
        }
    }

    #[test]
    fn any_yaml_like_text_loads_or_is_refused(pieces in proptest::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        if let Err(error) = RuleSet::from_yaml("a.yaml", &text) {
            for problem in error.diagnostics() {
                let (start, end) = (problem.place.start as usize, problem.place.end as usize);
                prop_assert!(text.get(start..end).is_some(), "{} in {:?}", problem, text);
            }
        }
    }
}
