//! Problems as annotations of GitHub Actions.

use std::fmt::Write as _;
use std::io::{self, Write};

use jawab::{Diagnostic, Severity};

use super::source::Sources;

/// Prints each problem as a workflow command, one a line.
pub(crate) fn github(out: &mut impl Write, problems: &[Diagnostic]) -> io::Result<()> {
    let mut sources = Sources::default();
    problems.iter().try_for_each(|problem| writeln!(out, "{}", command(problem, &mut sources)))
}

fn command(problem: &Diagnostic, sources: &mut Sources) -> String {
    let (end_line, end_column) = sources.end(&problem.place);
    let mut message = problem.message.clone();
    for label in &problem.labels {
        let _ = write!(message, "\n{}: {}", label.place, label.note);
    }
    if let Some(help) = &problem.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!(
        "::{level} file={},line={},col={},endLine={end_line},endColumn={end_column},title={}::{}",
        property(&problem.place.file),
        problem.place.line,
        problem.place.column,
        property(problem.code.as_str()),
        data(&message)
    )
}

/// The message of a command: line breaks end a command and are escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command: `:` and `,` end a property and are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_or_a_property_is_escaped() {
        assert_eq!(data("100 %\r\na: b, c"), "100 %25%0D%0Aa: b, c");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
