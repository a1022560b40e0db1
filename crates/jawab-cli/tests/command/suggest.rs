use std::fmt::Write as _;
use std::fs;

use crate::eval::folder;
use crate::run::jawab;

const RULES: &str = "\
jawab: 1
language: en
settings: {languages: [en, id, zh], threshold: 0.6, fallback: {say: One moment.}}
faq:
  hours: {questions: [when are you open, your opening hours, opening hours please], answer: Always.}
";

const LOG: &str = r#"{"text": "change my phone number", "intent": null}
{"text": "change my phone number"}
{"text": "how to change phone number 0812-3456-7890"}
{"text": "bagaimana cara tutup rekening saya"}
{"text": "tutup rekening saya: \"sekarang\" #1"}
{"text": "怎么修改手机号码"}
{"text": "修改手机号码"}
{"text": "when are you open"}
{"text": "quite alone here"}
"#;

#[test]
fn what_was_not_understood_becomes_entries_that_load() {
    let folder = folder("suggest", &[("r.yaml", RULES), ("log.jsonl", LOG)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&["suggest", &path("r.yaml"), "--data", &path("log.jsonl")]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for part in ["# 3 messages in 2 wordings", "change-phone-number:", "      id:", "      zh:", "TODO"] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!ran.out.contains("quite alone") && !ran.out.contains("0812"), "{}", ran.out);
    fs::create_dir(folder.join("set")).unwrap();
    fs::write(folder.join("set/r.yaml"), RULES).unwrap();
    fs::write(folder.join("set/proposed.yaml"), &ran.out).unwrap();
    let check = jawab(&["check", &path("set"), "--format", "json"]);
    assert!(check.out.contains("unfinished-text") && check.out.contains("\"errors\": 0"), "{}", check.out);
    fs::write(folder.join("set/proposed.yaml"), ran.out.replace("TODO", "We are glad to help.")).unwrap();
    let ask = jawab(&["ask", &path("set"), "please change my phone number"]);
    assert_eq!(ask.out, "We are glad to help.\n");
}

#[test]
fn proposals_are_data_too_and_end_at_the_limit() {
    let folder = folder("suggest-json", &[("r.yaml", RULES), ("log.jsonl", LOG)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let ran = jawab(&[
        "suggest",
        &path("r.yaml"),
        "--data",
        &path("log.jsonl"),
        "--format",
        "json",
        "--limit",
        "1",
    ]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&found["messages"], &found["not_understood"], &found["alone"]),
        (&9.into(), &8.into(), &1.into())
    );
    assert_eq!(found["proposals"].as_array().unwrap().len(), 1);
    assert_eq!(found["proposals"][0]["messages"], 3);
}

#[test]
fn entries_that_the_limit_leaves_out_are_told_and_none_is_called_unlike() {
    let folder =
        folder("suggest-limit", &[("r.yaml", RULES), ("log.jsonl", LOG), ("lone.txt", "quite alone here\n")]);
    let path = |file: &str| folder.join(file).display().to_string();
    let run = |log: &str, limit: &str| {
        jawab(&["suggest", &path("r.yaml"), "--data", &path(log), "--limit", limit]).out
    };
    let (none, alike) = (run("log.jsonl", "0"), "no two of these messages are alike");
    assert!(none.contains("entries left out; `--limit` shows more") && !none.contains(alike), "{none}");
    assert!(run("lone.txt", "0").contains(alike));
    fs::write(path("r.yaml"), RULES.replace("threshold: 0.6", "threshold: 1.0")).unwrap();
    fs::write(path("near.txt"), "when open\n").unwrap();
    assert!(run("near.txt", "1").contains("# Further questions for hours, 1 message:"));
    assert!(run("near.txt", "0").contains("# 1 rule with further questions left out; `--limit` shows more"));
}

#[test]
fn a_log_of_many_messages_is_done_in_the_time_of_its_length() {
    let words = [
        "blue", "green", "chair", "lamp", "door", "roof", "tree", "stone", "river", "cloud", "glass", "paper",
    ];
    let mut log = String::new();
    for at in 0..20_000_usize {
        let word = |step: usize| words[at / step % words.len()];
        let _ = writeln!(log, "{} {} {} {at}", word(1), word(12), word(144));
    }
    let folder = folder("suggest-many", &[("r.yaml", RULES), ("log.txt", &log)]);
    let path = |file: &str| folder.join(file).display().to_string();
    let arguments = ["suggest", &path("r.yaml"), "--data", &path("log.txt"), "--format", "json"];
    let (first, again) = (jawab(&arguments), jawab(&arguments));
    assert_eq!(first.out, again.out);
    let found: serde_json::Value = serde_json::from_str(&first.out).unwrap();
    assert_eq!(found["not_understood"], 20_000);
}

#[test]
fn messages_without_words_are_not_understood_either() {
    let folder =
        folder("suggest-wordless", &[("r.yaml", RULES), ("log.txt", "12345\n12345\n678\nzork blah\n")]);
    let path = |file: &str| folder.join(file).display().to_string();
    let arguments = ["suggest", &path("r.yaml"), "--data", &path("log.txt")];
    let told = "# 4 of 4 messages handed off as not understood; 1 of them like no other, 3 without words\n";
    assert!(jawab(&arguments).out.starts_with(told), "{}", jawab(&arguments).out);
    let json = jawab(&[&arguments[..], &["--format", "json"]].concat()).out;
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&found["not_understood"], &found["without_words"], &found["alone"]),
        (&4.into(), &3.into(), &1.into())
    );
}
