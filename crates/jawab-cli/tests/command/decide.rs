use std::fs;
use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};

use crate::random::Random;
use crate::run::{Ran, SHOP, folder, jawab, jawab_reading, start};

/// Bytes without order, the same in every run.
fn noise(length: usize) -> Vec<u8> {
    let mut random = Random(1);
    (0..length).map(|_| random.number() as u8).collect()
}

/// One line out for each line in, each a decision or an error with the number of its line.
fn check_lines(ran: &Ran, input: &[u8]) {
    let lines = ran.json();
    let expected = input.split_inclusive(|&byte| byte == b'\n').count();
    assert_eq!(lines.len(), expected, "{}", ran.err);
    for (at, line) in lines.iter().enumerate() {
        match line.get("error") {
            Some(error) => assert_eq!(error["line"], at + 1),
            None => assert!(line["action"].is_string()),
        }
    }
}

#[test]
fn decisions_come_in_the_order_of_the_messages_with_their_ids() {
    let texts = ["hello", "where is my parcel", "when are you open"];
    let message = |at: usize| json!({"text": texts[at % 3], "id": at}).to_string() + "\n";
    let input: String = (0..3000).map(message).collect();
    let ran = jawab_reading(&["decide", SHOP, "--threads", "3"], input.as_bytes());
    let rules = ["greeting", "parcel-missing", "opening-hours"];
    for (at, decision) in ran.json().iter().enumerate() {
        assert_eq!((&decision["id"], &decision["rule"]), (&at.into(), &rules[at % 3].into()));
    }
    assert_eq!((ran.json().len(), ran.code, ran.err.as_str()), (3000, Some(0), ""));
    assert_eq!(jawab_reading(&["decide", SHOP, "--threads", "1"], input.as_bytes()).out, ran.out);
}

#[test]
fn a_decision_is_the_one_that_ask_gives_with_the_id_in_front() {
    let asked = jawab(&["ask", SHOP, "where is my parcel", "--json"]).out;
    let ran = jawab_reading(&["decide", SHOP], br#"{"text": "where is my parcel", "id": "a1"}"#);
    assert_eq!(ran.out, asked.replacen('{', r#"{"id":"a1","#, 1));
}

#[test]
fn facts_of_a_line_are_its_own() {
    let input =
        "{\"text\": \"hello\", \"context\": {\"customer\": {\"name\": \"Sari\"}}}\n{\"text\": \"hello\"}\n";
    let texts: Vec<_> = jawab_reading(&["decide", SHOP], input.as_bytes()).json();
    assert_eq!(
        (&texts[0]["text"], &texts[1]["text"]),
        (&"Hello, Sari! How may I help?".into(), &"Hello! How may I help?".into())
    );
}

#[test]
fn a_bad_line_gives_an_error_in_its_place_and_the_rest_goes_on() {
    let input =
        b"{\"text\": \"hello\"}\nnonsense\n\n{\"text\": \"\xff\"}\n{\"id\": 5}\n[]\n{\"text\": \"hello\"}";
    let ran = jawab_reading(&["decide", SHOP], input);
    check_lines(&ran, input);
    let lines = ran.json();
    let codes: Vec<_> = lines.iter().map(|line| line["error"]["code"].as_str().unwrap_or("-")).collect();
    let expected = ["-", "invalid-json", "invalid-json", "invalid-utf8", "missing-text", "wrong-type", "-"];
    assert_eq!((codes, ran.code), (expected.to_vec(), Some(1)));
    assert_eq!(lines[4]["id"], 5);
    assert_eq!(ran.err, "warning: 5 of 7 lines could not be read\n");
}

#[test]
fn anything_may_come_in() {
    let inputs = [
        ("random bytes", noise(1_000_000)),
        ("emoji", "😩🙏🏽👨‍👩‍👧‍👦🇮🇩 depo 😭\n".repeat(3000).into_bytes()),
        ("right to left", "مرحبا \u{202e}كيف أودع المال؟ שלום\u{200f}\n".repeat(3000).into_bytes()),
        ("empty lines", b"\n".repeat(3000)),
        ("nothing", Vec::new()),
        ("nul", vec![0; 100_000]),
    ];
    for (name, input) in inputs {
        for arguments in [&["decide", SHOP, "--plain"][..], &["decide", SHOP]] {
            let ran = jawab_reading(arguments, &input);
            assert!(matches!(ran.code, Some(0 | 1)), "{name}: {}", ran.err);
            check_lines(&ran, &input);
        }
    }
}

#[test]
fn a_line_of_ten_megabytes_is_decided_as_too_long() {
    let long = "depo ".repeat(2_000_000);
    let ran = jawab_reading(&["decide", SHOP, "--plain"], format!("{long}\nhello\n").as_bytes());
    let lines = ran.json();
    assert_eq!((&lines[0]["action"], &lines[0]["reason"]), (&"handoff".into(), &"too-long".into()));
    assert_eq!((&lines[1]["rule"], lines.len(), ran.code), (&"greeting".into(), 2, Some(0)));
    let ran = jawab_reading(&["decide", SHOP], json!({"text": long}).to_string().as_bytes());
    assert_eq!(ran.json()[0]["reason"], "too-long");
}

#[test]
fn a_message_is_decided_without_waiting_for_the_next() {
    let mut child = start(&["decide", SHOP, "--plain"]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        input.write_all(b"hello\n").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["rule"], "greeting");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let mut child = start(&["decide", SHOP, "--plain"]);
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // The pipe of the input breaks as soon as the run has ended.
    while input.write_all(&b"hello\n".repeat(1000)).is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn messages_may_come_from_a_file() {
    let path = folder("input").join("messages.txt");
    fs::write(&path, "hello\r\nwhere is my parcel").unwrap();
    let ran = jawab(&["decide", SHOP, "--plain", "--input", path.to_str().unwrap()]);
    let rules: Vec<_> = ran.json().iter().map(|decision| decision["rule"].clone()).collect();
    assert_eq!(rules, ["greeting", "parcel-missing"]);
    let ran = jawab(&["decide", SHOP, "--input", "no-such-file"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, "error: cannot read `no-such-file`: there is no such file or folder\n");
}

#[test]
fn a_folder_for_a_file_of_messages_is_told_by_its_name() {
    let folder = folder("folder-as-input").display().to_string();
    for arguments in [
        &["decide", SHOP, "--input", &folder][..],
        &["redact", "--input", &folder],
        &["suggest", SHOP, "--data", &folder],
        &["eval", SHOP, "--data", &folder],
    ] {
        let ran = jawab(arguments);
        assert_eq!(
            (ran.code, ran.err),
            (Some(2), format!("error: cannot read `{folder}`: it is a folder\n"))
        );
    }
}

#[test]
fn numbers_that_are_none_are_told_with_what_to_write() {
    for (arguments, told) in [
        (["decide", SHOP, "--threads", "0"], "write a whole number from 1 to 256"),
        (["bench", SHOP, "--limit", "ten"], "write a whole number, such as"),
        (["suggest", SHOP, "--limit", "ten"], "write a whole number, such as"),
        (["eval", SHOP, "--cross-validate", "5.5"], "write a whole number, such as"),
        (["tune", SHOP, "--max-wrong", "0,02"], "write a number from 0 to 1 with a point, such as 0.02"),
        (["tune", SHOP, "--confidence", "95%"], "write a number from 0 to 1 with a point, such as 0.02"),
    ] {
        let ran = jawab(&arguments);
        assert!(ran.code == Some(2) && ran.err.contains(told), "{arguments:?}: {}", ran.err);
    }
}
