use std::fs;

use crate::run::{folder, jawab};

#[test]
fn a_new_set_passes_check_and_test_and_answers() {
    let set = folder("fresh");
    let path = set.join("shop");
    let path = path.to_str().unwrap();
    let ran = jawab(&["new", path]);
    assert!(ran.out.contains(&format!("jawab test {path}")), "{}", ran.out);
    for command in ["check", "test"] {
        let ran = jawab(&[command, path]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    }
    assert!(jawab(&["ask", path, "how much is shipping"]).out.contains("5 dollars"));
}

#[test]
fn nothing_is_overwritten() {
    let set = folder("used");
    fs::write(set.join("notes.txt"), "mine").unwrap();
    let ran = jawab(&["new", set.to_str().unwrap()]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("holds files already"), "{}", ran.err);
    assert_eq!(fs::read_dir(&set).unwrap().count(), 1);
    assert_eq!(jawab(&["new", set.join("notes.txt").to_str().unwrap()]).code, Some(2));
}

#[test]
fn the_schema_is_json_and_help_documents_the_exit_codes() {
    let schema: serde_json::Value = serde_json::from_str(&jawab(&["schema"]).out).unwrap();
    assert!(schema["$schema"].is_string());
    let help = jawab(&["--help"]);
    assert!(help.out.contains("Exit codes:") && help.code == Some(0), "{}", help.out);
}
