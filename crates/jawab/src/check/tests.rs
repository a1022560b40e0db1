//! What `check` reports, and what it leaves alone, beyond the examples of the pages.

use std::time::{Duration, Instant};

use super::{check, effect, placeholders};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Engine;
use crate::rules::{Contents, RuleSet};
use crate::text::LexiconBuilder;

fn rule_set(rules: &str) -> RuleSet {
    let text = format!("jawab: 1\nlanguage: en\nsettings: {{fallback: {{say: One moment.}}}}\n{rules}");
    RuleSet::from_yaml("rules.yaml", &text).unwrap_or_else(|error| panic!("{error}"))
}

fn warnings(rules: &str) -> Vec<Diagnostic> {
    check(&Engine::new(&rule_set(rules)).expect("compiles"))
}

fn codes(rules: &str) -> Vec<Code> {
    warnings(rules).iter().map(|warning| warning.code).collect()
}

/// A rule whose answer is the given text.
fn answering(text: &str) -> String {
    format!("faq:\n  hours:\n    questions: [when are you open]\n    answer: \"{text}\"\n")
}

#[test]
fn everything_that_customers_read_is_looked_at() {
    const PLACES: [&str; 6] = ["CLOSED", "SAY", "OPENING", "SHARED", "HANDOFF", "ASK"];
    const RULES: &str = r#"
jawab: 1
language: en
teams: {desk: {hours: "Mon-Fri 09:00-17:00", out_of_hours: {say: CLOSED}}}
settings: {fallback: {say: SAY}, openings: {anger: OPENING}, asks: {amount: SHARED}}
intents:
  lost: {any: where is my parcel, handoff: {team: desk, say: HANDOFF, collect: [{name: account, ask: ASK}]}}
"#;
    let set = |rude: &str| {
        let said = |place: &str| if place == rude { "\"Send it asap pls\"" } else { "One moment" };
        let text = PLACES.iter().fold(RULES.to_owned(), |text, place| text.replace(place, said(place)));
        let set = RuleSet::from_yaml("rules.yaml", &text).unwrap_or_else(|error| panic!("{error}"));
        check(&Engine::new(&set).expect("compiles")).len()
    };
    let neutral = set("none");
    for place in PLACES {
        assert!(set(place) > neutral, "{place}");
    }
}

#[test]
fn neutral_texts_are_left_alone() {
    for text in [
        "If you entered a wrong number, it is not your fault. We correct it.",
        "It isn’t your mistake.",
        "You should have received an e-mail.",
        "Write to help@pls.example or open pls.example/u.",
        "Can't find it? Don't worry, we're here.",
        "Hello {{ customer.name | default('pls') }}!",
        "Choose option U.",
    ] {
        assert_eq!(codes(&answering(text)), [], "{text}");
    }
}

#[test]
fn questions_that_differ_in_numbers_are_no_duplicates() {
    let rule = |n| format!("  e{n}: {{questions: [what does error {n} mean], answer: Wait.}}\n");
    let found = warnings(&format!("faq:\n{}", (0..400).map(rule).collect::<String>()));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_word_of_a_text_is_underlined_where_it_stands() {
    for (text, code, marked) in [
        ("We are sorry. As I said, always.", Code::ImpoliteWord, "As I said"),
        ("It is not raining. Your fault!", Code::ImpoliteWord, "Your fault"),
        ("Open Wallet, pls wait.", Code::ChatAbbreviation, "pls"),
    ] {
        let rules = answering(text);
        let found = warnings(&rules);
        assert_eq!(found.iter().map(|warning| warning.code).collect::<Vec<_>>(), [code], "{text}");
        let whole = format!("jawab: 1\nlanguage: en\nsettings: {{fallback: {{say: One moment.}}}}\n{rules}");
        let place = &found[0].place;
        assert_eq!(&whole[place.start as usize..place.end as usize], marked);
    }
}

#[test]
fn a_rule_with_conditions_is_tried_where_they_hold() {
    let rules = "faq:
  greeting:
    questions: [hello there]
    answer: Good day.
  night-greeting:
    priority: 1
    questions: [good night to you]
    any: hello there
    when: {time: '22:00-06:00', queue.waiting: '>3', channel: [whatsapp, line], customer.vip: true}
    answer: 'Good night, {{ customer.name }}, {{ queue.waiting }} are before you.'
    tests: {matches: [hello there]}
";
    assert_eq!(codes(rules), []);
}

#[test]
fn a_warning_tells_which_rule_decides_and_points_there() {
    let found = warnings(
        "intents:
  urgent: {priority: 5, any: urgently, handoff: {say: At once.}}
faq:
  fee:
    questions: [what does it cost, is there a fee when I urgently deposit]
    answer: Nothing.
",
    );
    let [warning] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((warning.code, warning.place.line), (Code::StolenQuestion, 8));
    assert!(
        warning.message.contains("`urgent`") && warning.message.contains("priority 5"),
        "{}",
        warning.message
    );
    assert_eq!(warning.labels.iter().map(|label| label.place.line).collect::<Vec<_>>(), [5]);
}

#[test]
fn every_kind_of_pattern_is_tried() {
    for pattern in [
        "deposit {amount} [now] missing",
        "deposit {bank} missing",
        "{*thing} is missing",
        "^where is my deposit$",
        "/deposit (number )?\\d{5,} (missing|lost)/",
        "(deposit;missing)",
    ] {
        let rules = format!(
            "vocabulary: {{lists: {{bank: {{bca: [klik bca]}}}}}}
intents:
  all: {{priority: 9, any: [deposit, missing], handoff: {{say: We check it.}}}}
  lost: {{any: [lost it completely, '{pattern}'], handoff: {{say: We look for it.}}}}
  transfer: {{any: 'transfer {{bank}}', handoff: {{say: We look.}}}}
"
        );
        assert_eq!(codes(&rules), [Code::ShadowedPattern], "{pattern}");
    }
}

#[test]
fn a_rule_of_all_patterns_is_tried_with_all_of_them() {
    let rules = "intents:
  both: {all: [deposit, 'not arrived'], handoff: {say: We check it.}}
  one: {any: deposit, handoff: {say: We look.}}
";
    assert_eq!(codes(rules), []);
}

#[test]
fn warnings_are_sorted_by_place_and_their_labels_bounded() {
    let questions: Vec<String> = (0..20).map(|number| format!("urgently question {number}")).collect();
    let found = warnings(&format!(
        "intents:
  urgent: {{priority: 5, any: urgently, handoff: {{say: At once.}}}}
faq:
  fee: {{questions: [{}], answer: Obviously nothing.}}
",
        questions.join(", ")
    ));
    assert_eq!(
        found.iter().map(|warning| warning.code).collect::<Vec<_>>(),
        [Code::UnreachableRule, Code::ImpoliteWord]
    );
    assert_eq!(found[0].labels.len(), 5);
    assert!(found.is_sorted_by_key(|warning| (warning.place.line, warning.place.column)));
}

#[test]
fn a_synonym_is_used_when_any_of_its_words_is() {
    for (words, unused) in [("top up", 0), ("topup", 0), ("add money", 0), ("withdraw", 1)] {
        let rules = format!(
            "vocabulary: {{synonyms: {{top up: [topup, add money]}}}}
faq: {{how: {{questions: [how can I {words} here], answer: In the wallet.}}}}
"
        );
        assert_eq!(codes(&rules).len(), unused, "{words}");
    }
}

#[test]
fn a_team_that_stands_in_for_another_is_used() {
    let rules = |other: &str| {
        format!(
            "teams:
  finance: {{hours: 'Mon-Fri 09:00-17:00', out_of_hours: {{team: {other}, say: We are closed.}}}}
  night: {{respond_within: 10m}}
intents:
  lost: {{any: where is my parcel, handoff: {{team: finance, say: We look for it.}}}}
"
        )
    };
    assert_eq!(codes(&rules("night")), []);
    assert_eq!(codes(&rules("finance")), [Code::NoEffect, Code::UnusedVocabulary]);
}

#[test]
fn texts_in_languages_without_questions_and_packs_that_are_not_in_use_are_told() {
    let rules = |questions: &str, answer: &str| {
        format!("faq:\n  hours:\n    questions: {{{questions}}}\n    answer: {{{answer}}}\n")
    };
    let (one, two) = ("en: [when are you open]", "en: [when are you open], ms: [bila buka]");
    for (questions, answer, expected) in [
        (one, "en: Always.", 0),
        (one, "en: Always., ms: Sentiasa.", 1),
        (one, "en: Always., ms: [Sentiasa., Selalu.]", 1),
        (two, "en: Always., ms: Sentiasa.", 0),
    ] {
        assert_eq!(codes(&rules(questions, answer)).len(), expected, "{questions} {answer}");
    }
}

/// Asserts that a check of the second rules takes less than three times as long as eight of the first. Of each the shortest
/// run counts, and more are made while it seems too long: on a busy machine runs wait for others.
fn assert_growth(rules: [String; 2], check: impl Fn(&Contents) -> Vec<Diagnostic>) {
    let sets = rules.map(|rules| rule_set(&rules));
    let time = |times: usize, set: &RuleSet| {
        let start = Instant::now();
        (0..times).for_each(|_| assert!(!check(set.contents()).is_empty()));
        start.elapsed()
    };
    let (mut few, mut many) = (Duration::MAX, Duration::MAX);
    for run in 0..50 {
        if run >= 5 && many < few * 3 {
            return;
        }
        few = few.min(time(8, &sets[0]));
        many = many.min(time(1, &sets[1]));
    }
    panic!("{few:?}, {many:?}");
}

#[test]
fn checks_of_eight_times_as_many_macros_take_no_more_than_three_times_that() {
    let rules = |times: usize| {
        let all = |line: &dyn Fn(usize) -> String| (0..times).map(line).collect::<String>();
        let macros = all(&|at| format!("    m{at}: 'number {at} of {{n{at}:number}}'\n"));
        let rules = all(&|at| format!("  r{at}: {{questions: [hours {at}], answer: 'Number {{n{at}}}.'}}\n"));
        format!("vocabulary:\n  macros:\n{macros}faq:\n{rules}")
    };
    assert_growth([200, 1_600].map(rules), placeholders::check);
}

#[test]
fn checks_of_eight_times_as_many_synonyms_take_no_more_than_three_times_that() {
    let lexicon = LexiconBuilder::new(&[]).build();
    let rules = |times: usize| {
        let others: Vec<String> = (0..times).map(|at| format!("other{at}x")).collect();
        let back = others.join(": [head]\n    ");
        let synonyms = format!("    head: [{}]\n    {back}: [head]\n", others.join(", "));
        format!("vocabulary:\n  synonyms:\n{synonyms}{}", answering("Always."))
    };
    assert_growth([200, 1_600].map(rules), |contents| effect::check(contents, &lexicon));
}
