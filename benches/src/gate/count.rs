//! Instructions of a workload, in all and by function.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;

/// The instructions of a workload.
#[derive(Debug, PartialEq)]
pub(crate) struct Count {
    pub(crate) workload: String,
    pub(crate) total: u64,
    /// By function, those that it calls not among them.
    pub(crate) functions: BTreeMap<String, u64>,
}

/// Why nothing can be counted here.
pub(crate) fn cannot_count() -> Option<&'static str> {
    let valgrind =
        Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match valgrind {
        Ok(status) if status.success() => None,
        _ => Some("instructions are not counted, for there is no valgrind"),
    }
}

impl Count {
    /// Runs a workload in this program under callgrind.
    pub(crate) fn of(workload: &str, rules: &str) -> Result<Self, Failure> {
        let file = benches::target_directory().join(format!("callgrind-{workload}.out"));
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--toggle-collect=gate::work::decide_all*", "--compress-strings=no"])
            .arg(format!("--callgrind-out-file={}", file.display()))
            .arg(std::env::current_exe()?)
            .args(["run", workload, rules])
            .output()?;
        if !output.status.success() {
            return Err(format!("{workload}: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        Count::read(workload, &file)
    }

    fn read(workload: &str, file: &Path) -> Result<Self, Failure> {
        let functions = functions(&std::fs::read_to_string(file)?);
        let total = functions.values().sum();
        if total == 0 {
            return Err(format!("{workload}: callgrind has counted nothing").into());
        }
        Ok(Count { workload: workload.to_owned(), total, functions })
    }

    /// The functions that have grown most.
    pub(crate) fn what_grew(&self, before: &Count) -> String {
        let more = |(name, &count): (&String, &u64)| {
            let known = before.functions.get(name).copied().unwrap_or(0);
            (count.saturating_sub(known), name.clone())
        };
        let mut grown: Vec<(u64, String)> =
            self.functions.iter().map(more).filter(|grown| grown.0 > 0).collect();
        grown.sort_unstable_by(|one, other| other.cmp(one));
        let told = grown.iter().take(3).map(|(more, name)| format!("`{name}` takes {more} more"));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// The cost of each function in a file of callgrind: lines of costs below `fn=`, but for the line below `calls=`, which is the
/// cost of what is called (valgrind's manual, callgrind format).
fn functions(text: &str) -> BTreeMap<String, u64> {
    let mut functions: BTreeMap<String, u64> = BTreeMap::new();
    let (mut current, mut is_call) = (String::new(), false);
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("fn=") {
            current = without_hash(name);
        } else if line.starts_with("calls=") {
            is_call = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '*')) {
            let cost = line.split(' ').nth(1).and_then(|cost| cost.parse::<u64>().ok());
            if !std::mem::take(&mut is_call) {
                *functions.entry(current.clone()).or_default() += cost.unwrap_or(0);
            }
        }
    }
    functions.retain(|_, cost| *cost > 0);
    functions
}

/// A function's name without the compiler's hash, which changes with every change.
fn without_hash(name: &str) -> String {
    let name = name.split_once(") ").filter(|_| name.starts_with('(')).map_or(name, |(_, name)| name);
    name.rsplit_once("::h").filter(|(_, hash)| hash.len() == 16).map_or(name, |(name, _)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_those_of_the_function_itself() {
        let text = "fn=one::h0123456789abcdef\n10 5\n+1 7\ncfn=two\ncalls=2 20\n* 100\n12 1\nfn=two\n20 99\n";
        let expected = BTreeMap::from([("one".to_owned(), 13), ("two".to_owned(), 99)]);
        assert_eq!(functions(text), expected);
    }

    #[test]
    fn the_function_that_grew_is_named() {
        let count = |functions: &[(&str, u64)]| Count {
            workload: "w".to_owned(),
            total: functions.iter().map(|of| of.1).sum(),
            functions: functions.iter().map(|&(name, count)| (name.to_owned(), count)).collect(),
        };
        let told =
            count(&[("a", 100), ("b", 70), ("c", 5)]).what_grew(&count(&[("a", 99), ("b", 10), ("c", 9)]));
        assert_eq!(told, "`b` takes 60 more, `a` takes 1 more");
    }
}
