//! The room as a whole, from text to rule set.

mod contents;
mod files;
mod hostile;
mod oracle;
mod places;
mod scenarios;

use crate::diagnostic::Diagnostic;
use crate::rules::{Limits, RuleSet, Source};

/// The problems of a set of texts, errors or warnings.
fn problems(sources: &[Source], limits: &Limits) -> Vec<Diagnostic> {
    match RuleSet::from_sources(sources, limits) {
        Ok(rules) => rules.warnings().to_vec(),
        Err(error) => error.diagnostics().to_vec(),
    }
}

fn problems_of(text: &str) -> Vec<Diagnostic> {
    problems(&[Source::new("a.yaml", text)], &Limits::default())
}

fn told(problems: &[Diagnostic]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A rule set that must load.
fn loaded(text: &str) -> RuleSet {
    RuleSet::from_yaml("a.yaml", text).unwrap_or_else(|error| panic!("{error}"))
}

const RULE: &str = "faq:\n  hours:\n    questions: [when are you open]\n    answer: Always.\n";
