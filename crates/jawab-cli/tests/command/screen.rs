//! What commands print on a screen of 80 columns.

use std::fs;

use console::measure_text_width;

use crate::run::{folder, jawab, jawab_on};

const RULES: &str = "\
jawab: 1
language: en
settings: {languages: [en, zh], threshold: 0.6, fallback: {say: One moment.}}
intents:
  parcel-that-never-came: {any: [parcel ... (late|lost|gone|missing), 包裹 ... (丢|没)], answer: It is on its way.}
  refund-of-what-was-paid: {any: [refund], none: [(not|never|no|without|neither|nor) ... refund], answer: Within five days.}
";

const SCENARIOS: &str = "\
jawab: 1
messages:
  parcel-that-never-came:
    - so where in the world is the parcel that i ordered with you three weeks ago, is it lost
    - 你好请问一下我三个星期以前在你们这里买的那个东西到现在还没有送到我家，麻烦帮我查一下好吗谢谢
";

/// Messages as long as they come, with the rules that are right.
const LABELLED: &str = r#"{"text": "the parcel is lost, and i ordered it with you three weeks ago for the birthday of my daughter", "intent": "refund-of-what-was-paid"}
{"text": "我三个星期以前在你们这里买的那个包裹到现在还没有送到我家，麻烦帮我查一下好吗谢谢，我很着急", "intent": "refund-of-what-was-paid"}
{"text": "i want a refund", "intent": "refund-of-what-was-paid"}
{"text": "who is king of the land beyond the seven mountains, and is it true that he has no crown at all", "intent": null}
"#;

/// The folder of a rule set with a scenario file, and one where rules decide otherwise.
fn sets(name: &str) -> [String; 3] {
    let folder = folder(name);
    for (set, rules) in [
        ("old", RULES.to_owned()),
        ("new", RULES.replace("On its way", "On the road").replace("refund]", "money]")),
    ] {
        fs::create_dir_all(folder.join(set).join("tests")).unwrap();
        fs::write(folder.join(set).join("rules.yaml"), rules).unwrap();
        fs::write(folder.join(set).join("tests/messages.yaml"), SCENARIOS).unwrap();
    }
    fs::write(folder.join("labelled.jsonl"), LABELLED).unwrap();
    ["old", "new", "labelled.jsonl"].map(|file| folder.join(file).display().to_string())
}

#[test]
fn nothing_is_wider_than_the_screen() {
    let [old, new, labelled] = sets("screen");
    let question = "my parcel of the third of november, which you have promised for monday, is gone";
    let commands: [&[&str]; 8] = [
        &["test", &old],
        &["test", &old, "--all"],
        &["eval", &old, "--data", &labelled],
        &["tune", &old, "--data", &labelled],
        &["diff", &old, &new, "--data", &labelled],
        &["bench", &old, "--messages", &labelled],
        &["ask", &old, "--explain", question],
        &[
            "ask",
            &old,
            "--why-not",
            "refund-of-what-was-paid",
            "i have never asked anybody for a refund of it",
        ],
    ];
    for command in commands {
        let ran = jawab_on(80, command);
        let lines = ran.out.lines().filter(|line| !line.starts_with("  at  "));
        let wide: Vec<&str> = lines.filter(|line| measure_text_width(line) > 80).collect();
        assert!(wide.is_empty() && !ran.out.is_empty(), "{command:?}: {wide:#?}\n{}", ran.out);
    }
}

#[test]
fn on_a_screen_messages_are_cut_or_go_on_in_the_next_line_and_elsewhere_they_stay_whole() {
    let [old, _, labelled] = sets("screen-cut");
    let eval = ["eval", &old, "--data", &labelled];
    let (shown, whole) = (jawab_on(80, &eval).out, jawab(&eval).out);
    assert!(
        shown.contains("the parcel is lost, and i ordered it with you three weeks ago for the bir…\n"),
        "{shown}"
    );
    assert!(
        shown.contains("我三个星期以前在你们这里买的那个包裹到现在还没有送到我家，麻烦帮我查一下…\n"),
        "{shown}"
    );
    assert!(whole.contains("of my daughter\n") && whole.contains("我很着急\n"), "{whole}");
    let test = jawab_on(80, &["test", &old]).out;
    let folded = "unsure  你好请问一下我三个星期以前在你们这里买的那个东西到现在还没有送到我家，麻\n        烦帮我查一下好吗谢谢\n  at        ";
    assert!(test.contains(folded), "{test}");
    assert!(jawab(&["test", &old]).out.contains("谢谢  "), "{test}");
}
