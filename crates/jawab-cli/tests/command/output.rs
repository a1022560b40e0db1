use std::fs;
use std::path::{Path, PathBuf};

use crate::eval::folder;
use crate::run::{Ran, jawab};

const RULES: &str = "jawab: 1\nlanguage: en\nsettings: {fallback: {say: One moment.}}\nfaq: {a: {questions: [hi], answer: Hi.}}\n";
const DATA: &str = "{\"text\": \"hi\", \"intent\": \"a\"}\n";

/// A folder with rules in all forms in which they are read, and data.
fn desk(name: &str) -> PathBuf {
    let files = [
        ("r.yaml", RULES),
        ("r.txt", RULES),
        ("d.jsonl", DATA),
        ("d.csv", "text,intent\nhi,a\n"),
        ("old", "old"),
    ];
    let folder = folder(name, &files);
    fs::create_dir(folder.join("set")).unwrap();
    fs::write(folder.join("set/r.yaml"), RULES).unwrap();
    let ran = run(&folder, &["compile", "set", "-o", "set/rules.jawab"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    folder
}

/// Runs the command with names of files in the folder; all other arguments have none of their names.
fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let is_path = |at: usize| at == 1 || ["-o", "--data", "--html"].contains(&arguments[at - 1]);
    let full = |(at, argument): (usize, &&str)| match *argument {
        "-" | "/dev/null" => (*argument).to_owned(),
        name if at > 0 && is_path(at) => folder.join(name).display().to_string(),
        other => other.to_owned(),
    };
    let arguments: Vec<String> = arguments.iter().enumerate().map(full).collect();
    jawab(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// All files of a folder with what they hold.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            files.extend(contents(&entry));
        } else {
            files.push((entry.clone(), fs::read(&entry).unwrap_or_default()));
        }
    }
    files.sort();
    files
}

#[test]
fn no_command_writes_over_what_it_reads_or_what_could_be_a_rule_file() {
    let folder = desk("output-refused");
    let (ending, read) = ("it has the ending of a rule file", "this run reads it");
    let cases: [(&[&str], &str); 13] = [
        (&["compile", "r.yaml", "-o", "r.yaml"], ending),
        (&["compile", "set", "-o", "set/r.yaml"], ending),
        (&["compile", "set", "-o", "new.YML"], ending),
        (&["compile", "r.txt", "-o", "r.txt"], read),
        (&["compile", "r.txt", "-o", "set/../r.txt"], read),
        (&["compile", "r.yaml", "-o", "-"], "that is the name of no file"),
        (&["compile", "r.yaml", "-o", "set"], "it is a folder"),
        (&["eval", "r.yaml", "--data", "d.jsonl", "--html", "d.jsonl"], read),
        (&["eval", "r.yaml", "--data", "d.jsonl", "--data", "d.csv", "--html", "d.csv"], read),
        (&["eval", "r.txt", "--data", "d.jsonl", "--html", "r.txt"], read),
        (&["eval", "set/rules.jawab", "--data", "d.jsonl", "--html", "set/rules.jawab"], read),
        (&["eval", "set", "--cross-validate", "2", "--html", "set/r.yaml"], ending),
        (&["eval", "r.yaml", "--data", "d.jsonl", "--html", "-"], "that is the name of no file"),
    ];
    let before = contents(&folder);
    for (arguments, told) in cases {
        let ran = run(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(
            ran.err.contains(told) && ran.err.contains("help: name another"),
            "{arguments:?} {}",
            ran.err
        );
        assert!(contents(&folder) == before, "{arguments:?} changed a file");
    }
}

#[test]
fn an_older_output_is_replaced_and_nothing_is_left_beside_it() {
    let folder = desk("output-replaced");
    for arguments in
        [&["compile", "r.yaml", "-o", "old"][..], &["eval", "r.yaml", "--data", "d.jsonl", "--html", "old"]]
    {
        let (files, old) = (contents(&folder).len(), fs::read(folder.join("old")).unwrap());
        let ran = run(&folder, arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_ne!(fs::read(folder.join("old")).unwrap(), old);
        assert_eq!(contents(&folder).len(), files, "a file is left");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_what_is_no_file_is_left_alone() {
    use std::os::unix::fs::symlink;
    let folder = desk("output-links");
    symlink("old", folder.join("link")).unwrap();
    symlink("r.yaml", folder.join("to-rules")).unwrap();
    symlink("gone", folder.join("broken")).unwrap();
    let ran = run(&folder, &["compile", "r.yaml", "-o", "link"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(folder.join("link").is_symlink() && fs::read(folder.join("old")).unwrap() != b"old");
    for (output, told) in [
        ("to-rules", "it has the ending of a rule file"),
        ("broken", "it is a link that leads to nothing"),
        ("/dev/null", "it is no ordinary file"),
    ] {
        for arguments in [
            &["compile", "r.yaml", "-o", output][..],
            &["eval", "r.yaml", "--data", "d.jsonl", "--html", output],
        ] {
            let ran = run(&folder, arguments);
            assert!(ran.code == Some(2) && ran.err.contains(told), "{arguments:?} {}", ran.err);
        }
    }
    assert_eq!(fs::read_to_string(folder.join("r.yaml")).unwrap(), RULES);
}
