use std::fs;
use std::path::Path;

use crate::run::{SHOP, folder, jawab};

/// Each `tests/mistakes/<name>.yaml` holds one typical mistake; `<name>.txt` is what the author reads.
/// `BLESS=1` writes what is read now.
#[test]
fn typical_mistakes_are_told_with_the_place_and_advice() {
    let mistakes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut names: Vec<_> = fs::read_dir(&mistakes).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    assert!(names.len() >= 10);
    for path in names {
        let ran = jawab(&["check", path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap()]);
        let expected = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &ran.out).unwrap();
        }
        assert_eq!(ran.out, fs::read_to_string(&expected).unwrap(), "{}", path.display());
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    }
}

#[test]
fn a_clean_set_has_no_problems() {
    let ran = jawab(&["check", SHOP]);
    assert_eq!((ran.out.as_str(), ran.code), ("new: no problems\n", Some(0)));
}

#[test]
fn the_rule_sets_in_the_reference_have_no_problems() {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/README.md");
    let reference = fs::read_to_string(reference).unwrap();
    let blocks = reference.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap());
    let is_scenario = |block: &str| block.contains("\nmessages:") || block.contains("\nconversations:");
    let sets: Vec<&str> = blocks.filter(|block| !is_scenario(block)).collect();
    assert_eq!(sets.len(), 3);
    let path = folder("reference").join("rules.yaml");
    for set in sets {
        fs::write(&path, set).unwrap();
        for command in ["check", "test"] {
            let ran = jawab(&[command, path.to_str().unwrap()]);
            assert_eq!(ran.code, Some(0), "{set}\n{}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn json_lists_the_problems_with_their_places() {
    let ran = jawab(&["check", "tests/mistakes/unknown-key.yaml", "--format", "json"]);
    let listing: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&listing["errors"], &listing["warnings"]), (&1.into(), &0.into()));
    let problem = &listing["problems"][0];
    assert_eq!((&problem["code"], &problem["severity"]), (&"unknown-key".into(), &"error".into()));
    assert!(problem["place"]["line"].is_u64() && problem["help"].is_string());
}

#[test]
fn github_gets_a_command_for_each_problem() {
    let ran = jawab(&["check", "tests/mistakes/unknown-key.yaml", "--format", "github"]);
    let lines = ran.lines();
    assert_eq!((lines.len(), ran.code), (1, Some(1)));
    let expected = "::error file=tests/mistakes/unknown-key.yaml,line=9,col=5,endLine=9,endColumn=10,\
                    title=unknown-key::`anwser` is no key of a rule%0Ahelp: did you mean `answer`?";
    assert_eq!(lines[0], expected);
}

#[test]
fn a_file_that_is_no_text_is_a_problem_not_a_crash() {
    let path = folder("no-text").join("rules.yaml");
    let (deep, long) = ("[".repeat(20_000), "x".repeat(100_000));
    let cases: [&[u8]; 6] = [
        b"jawab: 1\nfaq: \"\xff\xfe\"\n",
        &[0; 4096],
        b"\xef\xbb\xbf",
        b"",
        deep.as_bytes(),
        long.as_bytes(),
    ];
    for bytes in cases {
        fs::write(&path, bytes).unwrap();
        let ran = jawab(&["check", path.to_str().unwrap()]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{}", ran.out.get(..200).unwrap_or(&ran.out));
    }
}

/// A link that leads nowhere is found in a folder, but cannot be read.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_a_problem_among_the_others() {
    let set = folder("unreadable");
    let rule = |n| format!("  r{n}: {{questions: [hello], answr: Always.}}\n");
    let rules: String = (0..8).map(rule).collect();
    fs::write(set.join("a.yaml"), format!("jawab: 1\nlanguage: en\nfaq:\n{rules}")).unwrap();
    std::os::unix::fs::symlink("/nowhere", set.join("b.yaml")).unwrap();
    let ran = jawab(&["check", set.to_str().unwrap(), "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), ""));
    let listing: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let codes: Vec<&str> =
        listing["problems"].as_array().unwrap().iter().map(|told| told["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"unreadable-file") && codes.len() > 8, "{codes:?}");
}

#[test]
fn a_line_that_is_too_long_to_show_has_its_place() {
    let path = folder("long-line").join("rules.yaml");
    let question = "x".repeat(70_000);
    let rules = format!("jawab: 1\nlanguage: en\nfaq:\n  a: {{questions: [{question}], answer: Always.}}\n");
    fs::write(&path, rules).unwrap();
    let ran = jawab(&["check", path.to_str().unwrap()]);
    assert!(ran.out.contains("rules.yaml:4:19\n") && !ran.out.contains("\n4 |"), "{}", ran.out);
}

#[test]
fn problems_of_scenario_files_are_found_too() {
    let set = folder("bad-scenario");
    assert_eq!(jawab(&["new", set.to_str().unwrap()]).code, Some(0));
    fs::write(set.join("tests/more.yaml"), "jawab: 1\nmessages: {greting: [hi]}\n").unwrap();
    let ran = jawab(&["check", set.to_str().unwrap()]);
    assert!(ran.out.contains("error[unknown-rule]: there is no rule `greting`"), "{}", ran.out);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn warnings_are_problems_unless_only_errors_are_asked_for() {
    let path = folder("warnings").join("rules.yaml");
    let rule = |id, answer| format!("  {id}:\n    questions: [when are you open]\n    answer: {answer}\n");
    let rules = [rule("one", "Always."), rule("two", "Never.")].concat();
    let settings = "jawab: 1\nlanguage: en\nsettings: {fallback: {say: One moment.}}\nfaq:\n";
    fs::write(&path, format!("{settings}{rules}")).unwrap();
    let ran = jawab(&["check", path.to_str().unwrap()]);
    assert!(ran.out.contains("warning["), "{}", ran.out);
    assert_eq!(ran.code, Some(1));
    let ran = jawab(&["check", path.to_str().unwrap(), "--errors-only"]);
    assert_eq!((ran.out.lines().count(), ran.code), (1, Some(0)));
}

#[test]
fn a_code_has_a_page() {
    let ran = jawab(&["check", "--explain", "unknown-key"]);
    assert!(ran.out.starts_with("# unknown-key\n"), "{}", ran.out);
    let ran = jawab(&["check", "--explain", "unknown-kay"]);
    assert_eq!((ran.code, ran.err.lines().next()), (Some(2), Some("error: there is no code `unknown-kay`")));
}

#[test]
fn what_is_not_there_cannot_be_checked() {
    let ran = jawab(&["check", "no-such-folder"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("error: there is no file or folder `no-such-folder`\nhelp: "), "{}", ran.err);
}
