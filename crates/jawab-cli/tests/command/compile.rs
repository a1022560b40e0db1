use std::fs;

use crate::eval::folder;
use crate::run::{SHOP, jawab};

/// The rules of the shop, compiled into a folder of the test's own.
fn compiled(name: &str) -> String {
    let file = folder(name, &[]).join("rules.jawab").display().to_string();
    let ran = jawab(&["compile", SHOP, "-o", &file]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert!(ran.err.contains("compiled 5 rules into") && ran.err.contains("b3:"), "{}", ran.err);
    file
}

#[test]
fn compiled_rules_stand_for_yaml_wherever_messages_are_decided() {
    let file = compiled("compile-decide");
    let log = folder("compile-log", &[("log.txt", "hello\nwhere is my parcel\nqwxv zzgrm\n")]);
    let log = log.join("log.txt").display().to_string();
    for arguments in [
        vec!["ask", "RULES", "where is my parcel", "--json"],
        vec!["ask", "RULES", "where is my parcel", "--explain"],
        vec!["decide", "RULES", "--plain", "--input", &log],
        vec!["eval", "RULES", "--cross-validate", "2", "--format", "json"],
        vec!["suggest", "RULES", "--data", &log],
        vec!["diff", SHOP, "RULES", "--data", &log],
    ] {
        let run = |rules: &str| {
            let arguments: Vec<&str> = arguments
                .iter()
                .map(|&argument| if argument == "RULES" { rules } else { argument })
                .collect();
            jawab(&arguments)
        };
        let (of_yaml, of_file) = (run(SHOP), run(&file));
        assert_eq!(
            (of_file.code, of_file.out),
            (of_yaml.code, of_yaml.out),
            "{arguments:?}: {}",
            of_file.err
        );
        assert_ne!(of_yaml.code, Some(2), "{arguments:?}: {}", of_yaml.err);
    }
    let bench = jawab(&["bench", &file, "--messages", &log, "--format", "json"]);
    assert_eq!((bench.code, bench.err.as_str()), (Some(0), ""));
}

#[test]
fn tuning_compiled_rules_tells_what_tuning_the_yaml_would() {
    let line = |at: usize| {
        let letter = |place: u32| char::from(b'a' + (at / 26_usize.pow(place) % 26) as u8);
        let nonsense = format!("zzq{}x{}x", letter(1), letter(0));
        format!("{{\"text\": \"where is my parcel {nonsense}\", \"intent\": \"parcel-missing\"}}\n")
    };
    let messages = (0..400).map(line).collect::<Vec<String>>().concat();
    let data = folder("compile-tune", &[("d.jsonl", &messages)]);
    let data = data.join("d.jsonl").display().to_string();
    let file = compiled("compile-tuned");
    let before = fs::read(&file).expect("the file");
    let tuned = |rules: &str| jawab(&["tune", rules, "--data", &data, "--format", "json"]);
    let (of_yaml, of_file) = (tuned(SHOP), tuned(&file));
    assert_eq!((of_file.code, &of_file.out), (of_yaml.code, &of_yaml.out), "{}", of_file.err);
    assert!(of_file.code == Some(0) && of_file.out.contains("threshold"), "{}{}", of_file.out, of_file.err);
    assert_eq!(fs::read(&file).expect("the file"), before, "only `--write` writes");
}

#[test]
fn commands_that_need_the_yaml_say_so() {
    let file = compiled("compile-yaml");
    let data = folder("compile-data", &[("d.jsonl", "{\"text\": \"hello\", \"intent\": null}\n")]);
    let data = data.join("d.jsonl").display().to_string();
    for arguments in [
        vec!["check", &file],
        vec!["test", &file],
        vec!["tune", &file, "--data", &data, "--write"],
        vec!["compile", &file, "-o", "never-written.jawab"],
    ] {
        let ran = jawab(&arguments);
        assert_ne!(ran.code, Some(0), "{arguments:?}");
        let told = ran.out + &ran.err;
        assert!(told.contains("compiled-rules") && told.contains("that they were compiled of"), "{told}");
    }
}

#[test]
fn a_damaged_file_is_refused_with_what_to_do() {
    let file = compiled("compile-damaged");
    let bytes = fs::read(&file).expect("the file");
    fs::write(&file, &bytes[..bytes.len() / 2]).expect("half of it");
    let ran = jawab(&["ask", &file, "hello"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("damaged-compiled-rules") && ran.err.contains("jawab compile"), "{}", ran.err);
    assert!(!ran.err.contains('\u{fffd}'), "shows bytes that nobody can read: {}", ran.err);
}

#[test]
fn the_same_rules_are_the_same_file_and_one_that_cannot_be_written_is_told() {
    let (one, other) = (compiled("compile-one"), compiled("compile-other"));
    assert_eq!(fs::read(one).expect("a file"), fs::read(other).expect("a file"));
    let ran = jawab(&["compile", SHOP, "-o", "no-such-folder/rules.jawab"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("cannot write `no-such-folder/rules.jawab`"), "{}", ran.err);
}
