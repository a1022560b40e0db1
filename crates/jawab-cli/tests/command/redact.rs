use std::fs;
use std::io::{BufRead, BufReader, Write};

use serde_json::json;

use crate::run::{folder, jawab, jawab_reading, start};

#[test]
fn what_is_private_is_masked_and_the_rest_comes_out_byte_for_byte() {
    let text = "[10:02] budi: pw sy Kucing99\r\n\t[10:03] hp 0812-3456-7890, TRX123456, Rp50.000\n\nno end";
    let ran = jawab_reading(&["redact"], text.as_bytes());
    let expected = "[10:02] budi: pw sy [password]\r\n\t[10:03] hp [phone], TRX123456, Rp50.000\n\nno end";
    assert_eq!((ran.out.as_str(), ran.code, ran.err.as_str()), (expected, Some(0), ""));
}

#[test]
fn only_the_kinds_that_are_named_are_masked() {
    let text = b"otp 482913 mail sari@mail.id";
    assert_eq!(jawab_reading(&["redact", "--kinds", "email,phone"], text).out, "otp 482913 mail [email]");
    let ran = jawab_reading(&["redact", "--kinds", "e-mail"], text);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("'email'"), "{}", ran.err);
}

#[test]
fn what_was_found_can_be_told_instead() {
    let found = jawab_reading(&["redact", "--json"], b"halo\npin 1234\nhp 081234567890\n").json();
    let expected = [
        json!({"kind": "pin", "line": 2, "span": [9, 13]}),
        json!({"kind": "phone", "line": 3, "span": [17, 29]}),
    ];
    assert_eq!(found, expected);
}

#[test]
fn text_may_come_from_a_file_and_need_not_be_utf8() {
    let path = folder("redact").join("chat.log");
    fs::write(&path, b"\xff\xfe caf\xe9 pin 1234\n").unwrap();
    let mut child = start(&["redact", "--input", path.to_str().unwrap()]);
    drop(child.stdin.take());
    assert_eq!(child.wait_with_output().unwrap().stdout, b"\xff\xfe caf\xe9 pin [pin]\n");
    assert_eq!(jawab(&["redact", "--input", "no-such-file"]).code, Some(2));
}

#[test]
fn a_line_comes_out_without_waiting_for_the_next() {
    let mut child = start(&["redact"]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        input.write_all(b"pin 1234\n").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, "pin [pin]\n");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}
