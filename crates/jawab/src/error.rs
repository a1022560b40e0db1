use crate::diagnostic::{Code, Diagnostic};

/// Why a rule set, or the saved state of a conversation, cannot be used.
///
/// Its text lists every problem, one a line; [`Error::diagnostics`] has them as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    diagnostics: Vec<Diagnostic>,
    /// What is wrong where no file has the problem.
    message: Option<String>,
}

/// What kind of [`Error`] it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The rules have problems.
    Rules,
    /// A file or folder cannot be read.
    Io,
    /// The saved state of a conversation cannot be used.
    State,
}

impl Error {
    /// An error with at least one problem.
    pub(crate) fn new(diagnostics: Vec<Diagnostic>) -> Self {
        let unreadable = diagnostics.iter().any(|problem| problem.code == Code::UnreadableFile);
        let kind = if unreadable { ErrorKind::Io } else { ErrorKind::Rules };
        Error { kind, diagnostics, message: None }
    }

    /// A saved state that cannot be used.
    pub(crate) fn state(message: String) -> Self {
        Error { kind: ErrorKind::State, diagnostics: Vec::new(), message: Some(message) }
    }

    /// What kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// All problems, by place; none of a state, whose problem is the error's text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(message) = &self.message {
            f.write_str(message)?;
        }
        for (at, problem) in self.diagnostics.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
