//! Files and folders become rule sets.

use std::fs;
use std::path::{Path, PathBuf};

use super::{RULE, told};
use crate::diagnostic::Code;
use crate::error::ErrorKind;
use crate::rules::{Limits, RuleSet, Source};

/// A folder that is removed at the end of a test.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Folder(std::env::temp_dir().join(format!("jawab-{name}-{}", std::process::id())));
        for (file, text) in files {
            let path = folder.0.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn rule(id: &str) -> String {
    format!("jawab: 1\nlanguage: en\nfaq:\n  {id}: {{questions: [q of {id}], answer: a}}\n")
}

fn ids(path: &Path) -> Vec<String> {
    let rules = RuleSet::from_path(path).unwrap_or_else(|error| panic!("{error}"));
    rules.contents().rules.iter().map(|rule| rule.id.text.clone()).collect()
}

#[test]
fn a_folder_is_read_in_path_order_without_tests_and_hidden_files() {
    let folder = Folder::new(
        "order",
        &[
            ("b.yaml", &rule("b")),
            ("a/z.yml", &rule("z")),
            ("a/c.YAML", &rule("c")),
            ("tests/t.yaml", "broken: ["),
            ("a/tests/t.yaml", "broken: ["),
            (".hidden.yaml", "broken: ["),
            ("notes.txt", "broken: ["),
        ],
    );
    assert_eq!(ids(&folder.0), ["c", "z", "b"]);
    assert_eq!(ids(&folder.0.join("b.yaml")), ["b"]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_are_read_once() {
    let folder = Folder::new("links", &[("a/b.yaml", &rule("b"))]);
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/back")).unwrap();
    assert_eq!(ids(&folder.0), ["b"]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_beside_the_problems_of_other_files() {
    let folder = Folder::new("unreadable", &[("b.yaml", "jawab: 1\nlanguage: en\nfaq: {x: {answer: y}}\n")]);
    std::os::unix::fs::symlink("nowhere.yaml", folder.0.join("a.yaml")).unwrap();
    let error = RuleSet::from_path(&folder.0).unwrap_err();
    let codes: Vec<Code> = error.diagnostics().iter().map(|problem| problem.code).collect();
    assert_eq!(
        (error.kind(), codes),
        (ErrorKind::Io, vec![Code::UnreadableFile, Code::MissingEvidence]),
        "{error}"
    );
    assert_eq!(error.diagnostics()[0].message, "this cannot be read: there is no such file or folder");
}

#[test]
fn a_path_without_rules_is_an_error() {
    let folder = Folder::new("empty", &[("notes.txt", "")]);
    let error = RuleSet::from_path(&folder.0).unwrap_err();
    assert_eq!(error.diagnostics()[0].code, Code::NoRules);
    let missing = RuleSet::from_path(folder.0.join("missing")).unwrap_err();
    assert_eq!((missing.kind(), missing.diagnostics().len()), (ErrorKind::Io, 1), "{missing}");
    assert_eq!(
        RuleSet::from_sources(&[], &Limits::default()).unwrap_err().diagnostics()[0].code,
        Code::NoRules
    );
}

#[test]
fn the_place_of_the_first_bad_byte_is_told() {
    let bytes = [b"jawab: 1\nlanguage: en # caf".as_slice(), &[0xE9], b"\n"].concat();
    let error = RuleSet::from_sources(&[Source::new("a.yaml", bytes)], &Limits::default()).unwrap_err();
    assert_eq!(
        told(error.diagnostics()),
        "a.yaml:2:19: error[invalid-utf8]: the byte 0xE9 at 27 is no UTF-8 (save the file as UTF-8)"
    );
}

#[test]
fn the_fingerprint_is_of_the_texts_and_their_order_alone() {
    let of = |sources: &[(&str, &str)]| {
        let sources: Vec<Source> = sources.iter().map(|(name, text)| Source::new(name, text)).collect();
        RuleSet::from_sources(&sources, &Limits::default()).unwrap().fingerprint().to_string()
    };
    let (a, b) = (rule("a"), rule("b"));
    let both = of(&[("x", &a), ("y", &b)]);
    assert_eq!(both.len(), 35);
    assert_eq!(both, of(&[("p", &a.replace('\n', "\r\n")), ("q", &format!("\u{feff}{b}"))]));
    assert_ne!(both, of(&[("x", &b), ("y", &a)]));
    assert_ne!(of(&[("x", &a)]), of(&[("x", &a.replace("answer: a", "answer: b"))]));
    let in_one = format!("jawab: 1\nlanguage: en\n{RULE}");
    assert_ne!(of(&[("x", &in_one)]), of(&[("x", &in_one), ("y", "jawab: 1\n")]));
}
