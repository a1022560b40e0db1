//! Problems of rule files, printed.

mod github;
mod human;
mod source;

pub(crate) use github::github;
pub(crate) use human::human;

use std::io::{self, Write};
use std::path::Path;

use jawab::{Diagnostic, Severity};
use serde::Serialize;

use crate::style::count;

/// `2 errors, 1 warning in 2 files`.
pub(crate) fn counts(problems: &[Diagnostic]) -> String {
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let parts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")];
    let parts = parts.iter().filter(|(number, _)| *number > 0).map(|&(number, noun)| count(number, noun));
    let mut files: Vec<_> = problems.iter().map(|problem| &problem.place.file).collect();
    files.sort();
    files.dedup();
    let noun = if files.iter().all(|file| Path::new(&***file).is_dir()) { "folder" } else { "file" };
    format!("{} in {}", parts.collect::<Vec<_>>().join(", "), count(files.len(), noun))
}

#[derive(Serialize)]
struct Listing<'p> {
    errors: usize,
    warnings: usize,
    problems: &'p [Diagnostic],
}

/// All problems as one JSON object.
pub(crate) fn json(out: &mut impl Write, problems: &[Diagnostic]) -> io::Result<()> {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let listing = Listing { errors, warnings: problems.len() - errors, problems };
    writeln!(out, "{}", serde_json::to_string_pretty(&listing)?)
}
