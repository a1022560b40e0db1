//! How a run ends.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use jawab::Diagnostic;

use crate::render;
use crate::style::{BAD, HELP};

/// Most problems that a command other than `check` shows.
const SHOWN_PROBLEMS: usize = 5;

/// How a run that came to its end ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Clean,
    Problems,
    /// What went wrong has been told.
    Unable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => ExitCode::SUCCESS,
            Exit::Problems => ExitCode::from(1),
            Exit::Unable => ExitCode::from(2),
        }
    }
}

impl Exit {
    pub(crate) fn problems_if(found: bool) -> Self {
        if found { Exit::Problems } else { Exit::Clean }
    }
}

/// Why a run could not come to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What went wrong, and what to do about it.
    Told { message: String, help: Option<String> },
    /// Rules that cannot be used.
    Rules(jawab::Error),
    /// Output that cannot be written or input that cannot be read.
    Io(io::Error),
}

impl Failure {
    pub(crate) fn told(message: impl Into<String>) -> Self {
        Failure::Told { message: message.into(), help: None }
    }

    pub(crate) fn helped(message: impl Into<String>, help: impl Into<String>) -> Self {
        Failure::Told { message: message.into(), help: Some(help.into()) }
    }

    /// A file or folder that the system refuses.
    pub(crate) fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        Failure::told(format!("cannot {doing} `{}`: {}", path.display(), reason(error)))
    }

    /// Tells it on standard error; a reader that has gone away is no failure.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Failure::Io(error) if error.kind() == io::ErrorKind::BrokenPipe) {
            return ExitCode::SUCCESS;
        }
        // Where standard error cannot be written either, the exit code still tells.
        let _ = self.write(&mut anstream::stderr().lock());
        ExitCode::from(2)
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Failure::Told { message, help } => {
                writeln!(out, "{BAD}error{BAD:#}: {message}")?;
                help.iter().try_for_each(|help| writeln!(out, "{HELP}help{HELP:#}: {help}"))
            }
            Failure::Rules(error) => rules(out, error.diagnostics()),
            Failure::Io(error) => {
                writeln!(out, "{BAD}error{BAD:#}: cannot go on reading and writing: {}", reason(error))
            }
        }
    }
}

/// Why the system refuses a file, without the number of its error.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "there is no permission".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is no folder".to_owned(),
        io::ErrorKind::StorageFull => "no space is left".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_owned(),
    }
}

/// The first problems, and how to see all of them.
fn rules(out: &mut impl Write, problems: &[Diagnostic]) -> io::Result<()> {
    let shown = problems.len().min(SHOWN_PROBLEMS);
    render::human(out, &problems[..shown])?;
    writeln!(out, "{BAD}error{BAD:#}: the rules cannot be used: {}", render::counts(problems))?;
    let more = problems.len() - shown;
    if more == 0 { Ok(()) } else { writeln!(out, "{HELP}help{HELP:#}: `jawab check` shows the other {more}") }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Io(error.into())
    }
}

impl From<jawab::Error> for Failure {
    fn from(error: jawab::Error) -> Self {
        Failure::Rules(error)
    }
}
