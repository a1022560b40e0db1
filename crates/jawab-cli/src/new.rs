//! `jawab new`: a small commented rule set to start from.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::args::New;
use crate::failure::{Exit, Failure};
use crate::style::{GOOD, NAME};

/// The files by their path in the new folder.
const FILES: [(&str, &str); 4] = [
    ("desk.yaml", include_str!("../new/desk.yaml")),
    ("faq.yaml", include_str!("../new/faq.yaml")),
    ("handoffs.yaml", include_str!("../new/handoffs.yaml")),
    ("tests/messages.yaml", include_str!("../new/tests/messages.yaml")),
];

pub(crate) fn run(args: &New) -> Result<Exit, Failure> {
    let dir = &args.dir;
    refuse_used(dir)?;
    for (name, text) in FILES {
        let path = dir.join(name);
        write(&path, text).map_err(|error| Failure::file("write", &path, &error))?;
    }
    told(dir)?;
    Ok(Exit::Clean)
}

/// Nothing of the author's is ever overwritten.
fn refuse_used(dir: &Path) -> Result<(), Failure> {
    let used = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(Failure::file("use", dir, &error)),
    };
    let message = || format!("`{}` holds files already", dir.display());
    if used { Err(Failure::helped(message(), "name a folder that is empty or not there")) } else { Ok(()) }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

fn told(dir: &Path) -> io::Result<()> {
    let (mut out, dir) = (anstream::stdout().lock(), dir.display());
    writeln!(out, "{GOOD}wrote{GOOD:#} a rule set to {NAME}{dir}{NAME:#}; now try")?;
    writeln!(out, "  jawab ask {dir} \"how much is shipping\"")?;
    writeln!(out, "  jawab check {dir}")?;
    writeln!(out, "  jawab test {dir}")
}
