//! The one reader of the suite.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::case::{Case, CaseFile, SentenceOfFile, WrittenCase};
use crate::contract::violation;
use crate::folder;
use crate::step::Run;

/// All cases, in the order of their files.
#[derive(Debug)]
pub struct Suite {
    /// The cases.
    pub cases: Vec<Case>,
}

/// A mistake in a file of cases.
#[derive(Debug)]
pub struct SuiteError(String);

impl fmt::Display for SuiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SuiteError {}

impl Suite {
    /// Reads the files in `cases/`.
    ///
    /// # Errors
    /// Where a file cannot be read, or two cases have one name.
    pub fn read() -> Result<Self, SuiteError> {
        let mut files: Vec<_> = fs::read_dir(folder("cases"))
            .map_err(|error| SuiteError(error.to_string()))?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        files.sort();
        let mut cases = Vec::new();
        for file in &files {
            read_file(file, &mut cases)
                .map_err(|error| SuiteError(format!("{}: {error}", file.display())))?;
        }
        let mut names = BTreeSet::new();
        match cases.iter().find(|case| !names.insert(&case.name)) {
            Some(case) => Err(SuiteError(format!("two cases are called {}", case.name))),
            None => Ok(Suite { cases }),
        }
    }
}

fn read_file(path: &Path, cases: &mut Vec<Case>) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let file: CaseFile = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for sentence in file.sentences {
        let SentenceOfFile { says, rules, cases: written } = sentence;
        for case in written {
            let name = format!("{name}/{}", case.case);
            let is_kept = !case.conversations;
            let steps = rules_of(&case, rules.as_ref(), &file.rules)
                .and_then(|rules| case.steps(&rules, |rules| of_name(rules, &file.rules)))
                .map_err(|error| format!("{name}: {error}"))?;
            cases.push(Case { name, section: file.section.clone(), says: says.clone(), steps, is_kept });
        }
    }
    Ok(())
}

/// The rules of a case: its own, else its sentence's, else the only ones of the file; a name stands for a set of the
/// file.
fn rules_of(
    case: &WrittenCase,
    of_sentence: Option<&Value>,
    of_file: &serde_json::Map<String, Value>,
) -> Result<Value, String> {
    let only = if of_file.len() == 1 { of_file.values().next() } else { None };
    let rules = case.rules.as_ref().or(of_sentence).or(only).ok_or("it names no rules")?;
    Ok(of_name(rules.clone(), of_file))
}

fn of_name(rules: Value, of_file: &serde_json::Map<String, Value>) -> Value {
    rules.as_str().and_then(|name| of_file.get(name)).cloned().unwrap_or(rules)
}

impl Case {
    /// Does the case in Rust: one line of JSON for each step that has a result.
    ///
    /// # Errors
    /// What does not hold of the contract. Paths start at the root of the repository.
    pub fn run(&self) -> Result<Vec<String>, String> {
        let mut run = Run::default();
        let mut lines = Vec::new();
        for step in &self.steps {
            let Some(line) = run.act(&step.action)? else { continue };
            let found: Value = serde_json::from_str(&line).map_err(|error| error.to_string())?;
            if let Some(violated) = violation(&step.expect, Some(&found), "result") {
                return Err(format!("{violated}, in\n{line}"));
            }
            lines.push(line);
        }
        Ok(lines)
    }
}
