//! One type for every problem in a rule file: a code, a place, a message, help.

mod code;
mod place;
mod stored;

pub use code::{Code, Severity};
pub use place::Place;
pub(crate) use place::SourceText;

use serde::Serialize;

/// One problem in a rule file, as plain data: rendering is the caller's.
///
/// Messages are lower case, name the author's own words in backticks and no type of the implementation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind of problem it is; each code has a page, see [`Code::page`].
    pub code: Code,
    /// Whether the rule set can still be used.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// Other places that belong to the problem, each with a note (`first defined here`).
    pub labels: Vec<Label>,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A further place that a [`Diagnostic`] points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there.
    pub note: String,
}

impl Diagnostic {
    /// A problem of the given kind at the given place; its severity is the code's.
    pub(crate) fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        let (message, labels) = (message.into(), Vec::new());
        Diagnostic { code, severity: code.severity(), message, place, labels, help: None }
    }

    /// The same problem with advice on what to write instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem with a further place.
    pub(crate) fn label(mut self, place: Place, note: impl Into<String>) -> Self {
        self.labels.push(Label { place, note: note.into() });
        self
    }
}

impl std::fmt::Display for Diagnostic {
    /// `file:line:column: error[code]: message (help)`, one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}[{}]: {}", self.place, self.severity, self.code, self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}
