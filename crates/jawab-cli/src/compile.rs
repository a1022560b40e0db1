//! `jawab compile`: a rule set as a file that opens at once.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::args::Compile;
use crate::failure::{Exit, Failure};
use crate::load;
use crate::style::{GOOD, NAME, count};

pub(crate) fn run(args: &Compile) -> Result<Exit, Failure> {
    let rules = load::rules(&args.rules)?;
    let bytes = load::made_of(&rules)?.to_compiled();
    write(&args.output, &bytes)?;
    let (number, size) = (count(rules.rules().len(), "rule"), bytes.len());
    let (file, fingerprint) = (args.output.display(), rules.fingerprint());
    writeln!(
        anstream::stderr(),
        "{GOOD}compiled{GOOD:#} {number} into {NAME}{file}{NAME:#}: {size} bytes, {fingerprint}"
    )?;
    Ok(Exit::Clean)
}

/// Writes beside the file and renames: who opens it meanwhile finds the old one or the new one, never a part.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let failed = |error: &std::io::Error| Failure::file("write", path, error);
    if let Err(error) = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path)) {
        // What was written in part is of no use; where it cannot be removed either, the first error says why.
        let _ = fs::remove_file(&beside);
        return Err(failed(&error));
    }
    Ok(())
}
