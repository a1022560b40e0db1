//! What is read is what another YAML reader reads.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value as Json;

use crate::diagnostic::SourceText;
use crate::rules::limits::Limits;
use crate::rules::node::{Node, Value};
use crate::rules::problems::Problems;
use crate::rules::yaml::{self, Budget};

fn same(node: &Node<'_>, other: &Json) -> bool {
    match (&node.value, other) {
        (Value::Null, Json::Null) => true,
        (Value::Scalar { text, plain }, Json::Null) => *plain && matches!(&**text, "~" | "null"),
        (Value::Scalar { text, plain }, Json::Bool(truth)) => *plain && text.parse() == Ok(*truth),
        (Value::Scalar { text, .. }, Json::String(other)) => text == other,
        (Value::Scalar { text, plain }, Json::Number(number)) => {
            *plain && text.parse() == Ok(number.as_f64().unwrap())
        }
        (Value::List(items), Json::Array(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| same(item, other))
        }
        (Value::Map(entries), Json::Object(others)) => {
            let found = |key: &Node<'_>| others.get(key.text().unwrap_or_default());
            entries.len() == others.len()
                && entries.iter().all(|(key, value)| found(key).is_some_and(|other| same(value, other)))
        }
        _ => false,
    }
}

fn check(text: &str, other: &Json) {
    let source = SourceText::new("a.yaml", text);
    let mut problems = Problems::new(10);
    let node = yaml::read(&source, &mut Budget::new(&Limits::default()), &mut problems);
    let node = node.unwrap_or_else(|| Node::new(Value::Null, crate::rules::node::Span::default()));
    assert!(same(&node, other), "{text}\n{node:?}\n{other}\n{:?}", problems.finish());
}

/// The YAML files of the repository's rule sets.
fn rule_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { rule_files(&path) } else { vec![path] }).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    files.sort();
    files
}

fn rules_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules")
}

#[test]
fn every_rule_file_is_read_as_by_another_reader() {
    let files = rule_files(&rules_folder());
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let other = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        check(&text, &other);
    }
}

/// Some readers of YAML take a question mark that ends a plain text there for a key.
#[test]
fn no_plain_text_within_brackets_ends_in_a_question_mark() {
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../jawab-cli/new");
    for file in rule_files(&rules_folder()).into_iter().chain(rule_files(&starter)) {
        let text = fs::read_to_string(&file).unwrap();
        for (line, number) in text.lines().zip(1..) {
            let found = ["?,", "?]", "?}"].iter().any(|end| line.contains(end));
            assert!(!found, "{}:{number}: {line}", file.display());
        }
    }
}

#[test]
fn every_way_to_write_a_text_is_read_as_by_another_reader() {
    let texts = [
        "a: b # c\n",
        "a: 'it''s'\n",
        "a: \"x\\ty\\u00e9\"\n",
        "a: |\n  one\n  two\n\nb: 1\n",
        "a: >-\n  one\n  two\n",
        "a: one\n  two\n",
        "a:\n- x\n- y: 1\n  z: 2\n",
        "{a: [1, 2.5, true, null, ~], b: {}}\n",
        "? a\n: b\n",
        "a: &x [1]\nb: *x\n",
        "a:\nb:\n",
        "\u{feff}a: 1\n",
        "a: |+\n  keep\n\n",
        "'a b': \"c\n  d\"\n",
        "- - a\n  - b\n- c\n",
        "a: 最低\r\nb: x\r\n",
    ];
    for text in texts {
        check(text, &serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")));
    }
}

fn json() -> impl Strategy<Value = Json> {
    let text = prop_oneof![
        "[a-z ]{0,8}",
        "(yes|no|null|~|1\\.0|- x|a: b|#|\\*a|&a|最低|'|\"|\\{|\\[)",
        "[ -~é最\n]{0,12}"
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        text.prop_map(Json::from)
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..6)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_another_writer_writes_is_read_as_it_was(value in json()) {
        let text = serde_yaml::to_string(&value).unwrap();
        let other: Json = serde_yaml::from_str(&text).unwrap();
        check(&text, &other);
    }
}
