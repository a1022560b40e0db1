use crate::eval::folder;
use crate::run::jawab;

pub(crate) const OLD: &str = "\
jawab: 1
language: en
settings: {languages: [en], threshold: 0.6, fallback: {say: One moment.}}
intents:
  parcel: {any: [parcel], answer: It is on its way.}
  refund: {any: [refund], answer: Within five days.}
  hello: {any: [hello], answer: Hello.}
  human: {any: [supervisor], handoff: {priority: high, say: One moment please.}}
";

const LOG: &str = "parcel\nparcel\nrefund\nhello\nsupervisor\nopening hours\nunknown\n\nparcel\n";

fn new() -> String {
    OLD.replace("refund: {any: [refund]", "money-back: {any: [refund]")
        .replace("answer: Hello.", "answer: Good day.")
        .replace("priority: high", "priority: urgent")
        .replace(
            "parcel: {any: [parcel], answer: It is on its way.}",
            "hours: {any: [hours], answer: Always.}",
        )
}

#[test]
fn changes_are_grouped_by_their_kind_and_counted() {
    let folder = folder("diff", &[("old.yaml", OLD), ("new.yaml", &new()), ("log.txt", LOG)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&[
        "diff",
        &path("old.yaml"),
        &path("new.yaml"),
        "--data",
        &path("log.txt"),
        "--format",
        "json",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&found["messages"], &found["changed"]), (&8.into(), &7.into()));
    let groups = found["groups"].as_array().unwrap();
    let kinds: Vec<_> = groups
        .iter()
        .map(|group| (group["change"].as_str().unwrap(), group["messages"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("answer-to-other-answer", 1),
            ("handoff-to-answer", 1),
            ("answer-to-handoff", 3),
            ("text", 1),
            ("details", 1)
        ]
    );
    assert_eq!(groups[2]["endings"][0]["examples"][0]["messages"], 3);
    let details = serde_json::json!([{"key": "priority", "old": "high", "new": "urgent"}]);
    assert_eq!(groups[4]["endings"][0]["examples"][0]["details"], details);
    assert_eq!(groups[3]["endings"][0]["examples"][0].get("details"), None);
}

#[test]
fn people_read_what_was_and_what_is() {
    let folder = folder("diff-human", &[("old.yaml", OLD), ("new.yaml", &new()), ("log.txt", LOG)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&["diff", &path("old.yaml"), &path("new.yaml"), "--data", &path("log.txt")]);
    for part in [
        "answer → handoff  3 messages",
        "3  answer by parcel → handoff, no-match",
        "parcel  (3 times)",
        "answer by refund → answer by money-back",
        "- Hello.",
        "+ Good day.",
        "handoff by human\n         supervisor\n           priority: high → urgent\n",
        "7 of 8 messages decided differently",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
}

#[test]
fn the_same_rules_decide_the_same() {
    let folder = folder("diff-same", &[("old.yaml", OLD), ("log.txt", LOG)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&["diff", &path("old.yaml"), &path("old.yaml"), "--data", &path("log.txt")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "0 of 8 messages decided differently\n"));
    let ran = jawab(&["diff", &path("old.yaml"), &path("gone.yaml"), "--data", &path("log.txt")]);
    assert!(ran.code == Some(2) && ran.err.contains("there is no file or folder"), "{}", ran.err);
}

#[test]
fn texts_for_who_asks_again_are_compared_in_the_language_and_with_the_facts_of_the_message() {
    let rules = |answer: &str| {
        format!(
            "jawab: 1\nlanguage: en\nsettings: {{languages: [en, id], fallback: {{say: One moment.}}}}\nintents:\n  price: {{any: [how much], answer: {answer}}}\n"
        )
    };
    let cases = [
        ("[A, B, C]", "[A, X, C]", 1, "texts.2: B → X\n"),
        ("[A, B]", "[A]", 1, "texts.2: B → nothing\n"),
        ("{en: [A, B], id: [C, D]}", "{en: [A, B], id: [C, X]}", 0, ""),
        ("[A, {text: B, when: {plan: vip}}]", "[A, {text: X, when: {plan: vip}}]", 0, ""),
    ];
    for (old, new, code, told) in cases {
        let (old, new) = (rules(old), rules(new));
        let folder =
            folder("diff-again", &[("old.yaml", &old), ("new.yaml", &new), ("log.txt", "how much\n")]);
        let path = |file: &str| folder.join(file).display().to_string();
        let ran = jawab(&["diff", &path("old.yaml"), &path("new.yaml"), "--data", &path("log.txt")]);
        assert!(ran.code == Some(code) && ran.out.contains(told), "{new}: {}{}", ran.out, ran.err);
    }
}
