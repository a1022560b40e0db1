//! Scenario files are read with the same care as rules.

use super::files::Folder;
use super::{RULE, loaded, problems_of, told};
use crate::diagnostic::Code;
use crate::error::Error;
use crate::rules::{Limits, Scenarios, Source};

fn read(text: &str) -> Result<Scenarios, Error> {
    let rules = loaded(&format!("jawab: 1\nlanguage: en\n{RULE}"));
    Scenarios::from_sources(&[Source::new("t.yaml", text)], &rules, &Limits::default())
}

#[test]
fn messages_come_with_their_rule_facts_and_floor() {
    let text = "jawab: 1
language: id-ID
floor: {right: 0.95, wrong: 0.01}
messages:
  hours:
    - open when
    - {text: opn?, context: {channel: whatsapp, customer.vip: true, queue.waiting: 3}}
unanswerable:
  - capital of france
";
    let scenarios = read(text).unwrap();
    let file = &scenarios.files[0];
    let told: Vec<_> =
        file.messages.iter().map(|m| (m.text.as_str(), m.rule.as_deref(), m.place.line)).collect();
    assert_eq!(
        told,
        [("open when", Some("hours"), 6), ("opn?", Some("hours"), 7), ("capital of france", None, 9)]
    );
    assert_eq!((file.floor.right, file.floor.wrong, &*file.name), (Some(0.95), Some(0.01), "t.yaml"));
    let facts = serde_json::to_value(file.messages[1].context.as_object()).unwrap();
    let expected = serde_json::json!({"channel": "whatsapp", "customer": {"vip": true}, "language": "id", "queue": {"waiting": 3}});
    assert_eq!(facts, expected);
}

#[test]
fn problems_are_told_with_places() {
    let text = "jawab: 1\nfloor: {right: 95}\nmessages:\n  huors: [a, no]\n  hours: []\nunanswered: [b]\n";
    let error = read(text).unwrap_err();
    let found: Vec<String> = error.diagnostics().iter().map(|p| format!("{} {}", p.place, p.code)).collect();
    let expected = [
        "t.yaml:2:16 out-of-range",
        "t.yaml:4:3 unknown-rule",
        "t.yaml:4:14 yaml-changed-value",
        "t.yaml:5:10 empty-value",
        "t.yaml:6:1 unknown-key",
    ];
    assert_eq!(found, expected, "{}", told(error.diagnostics()));
    assert_eq!(error.diagnostics()[1].help.as_deref(), Some("did you mean `hours`?"));
    assert_eq!(error.diagnostics()[1].code, Code::UnknownRule);
}

#[test]
fn a_name_of_a_fact_has_a_bound() {
    let name = |parts: usize| vec!["a"; parts].join(".");
    let scenario =
        |parts| format!("jawab: 1\nmessages: {{hours: [{{text: a, context: {{{}: 1}}}}]}}\n", name(parts));
    let rules = |parts| format!("jawab: 1\nlanguage: en\n{RULE}    when: {{{}: 1}}\n", name(parts));
    assert!(read(&scenario(64)).is_ok() && problems_of(&rules(64)).is_empty());
    for parts in [65, 500] {
        let scenario = read(&scenario(parts)).unwrap_err();
        let (scenario, rules) = (scenario.diagnostics(), problems_of(&rules(parts)));
        assert!(scenario[0].code == Code::TooDeep && scenario.len() == 1, "{}", told(scenario));
        assert!(rules[0].code == Code::TooDeep && rules.len() == 1, "{}", told(&rules));
    }
}

#[test]
fn they_are_found_in_the_folder_tests_beside_the_rules() {
    let rules = loaded(&format!("jawab: 1\nlanguage: en\n{RULE}"));
    let message = "jawab: 1\nmessages: {hours: [a]}\n";
    let folder = Folder::new(
        "scenarios",
        &[("a.yaml", ""), ("tests/b.yaml", message), ("tests/more/c.yaml", message)],
    );
    let count = |path: &std::path::Path| Scenarios::from_path(path, &rules).unwrap().files.len();
    assert_eq!(
        (count(&folder.0), count(&folder.0.join("a.yaml")), count(&folder.0.join("tests/more"))),
        (2, 2, 0)
    );
    let nowhere = Scenarios::from_path(folder.0.join("b.yaml"), &rules).expect_err("nothing is there");
    assert!(nowhere.to_string().contains("there is no such file or folder"), "{nowhere}");
}
