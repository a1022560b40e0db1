//! Figures on labelled messages that others wrote, as one table: `cargo xtask figures`.
//!
//! Every set becomes a rule set in memory, one FAQ rule an intent, and goes through the public interface alone. The
//! messages lie outside the project; nothing needs them but this.

mod sets;
mod spoil;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use sets::Part;

const USAGE: &str = "usage: figures [DATA] [--part valid|test]";

fn main() -> ExitCode {
    let Some((data, part)) = arguments(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match table::print(&data, part) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn arguments(arguments: impl Iterator<Item = String>) -> Option<(PathBuf, Part)> {
    let (mut data, mut part) = (None, Part::Valid);
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--part" => part = Part::named(&arguments.next()?)?,
            flag if flag.starts_with('-') => return None,
            _ if data.is_some() => return None,
            folder => data = Some(PathBuf::from(folder)),
        }
    }
    Some((data.unwrap_or_else(|| PathBuf::from("../shared/data")), part))
}
