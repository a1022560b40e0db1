//! `jawab compile`: a rule set as a file that opens at once.

use std::io::Write;

use jawab::Engine;

use crate::args::Compile;
use crate::failure::{Exit, Failure};
use crate::style::{GOOD, NAME, count};
use crate::{load, output};

pub(crate) fn run(args: &Compile) -> Result<Exit, Failure> {
    let rules = load::rules(&args.rules)?;
    let file = output::target(&args.output, load::read_by(&rules), "rules.jawab")?;
    let bytes = Engine::new(&rules)?.to_compiled();
    output::replace(&file, &bytes)?;
    let (number, size) = (count(rules.rules().len(), "rule"), bytes.len());
    let (file, fingerprint) = (args.output.display(), rules.fingerprint());
    writeln!(
        anstream::stderr(),
        "{GOOD}compiled{GOOD:#} {number} into {NAME}{file}{NAME:#}: {size} bytes, {fingerprint}"
    )?;
    Ok(Exit::Clean)
}
