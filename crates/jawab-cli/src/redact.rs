//! `jawab redact`: any text, with what is private masked.

use std::io::{self, BufWriter, Read, Write};

use jawab::privacy::{Kind, Masker, Redaction, redact};

use crate::args::Redact;
use crate::data;
use crate::failure::{Exit, Failure};

pub(crate) fn run(args: &Redact) -> Result<Exit, Failure> {
    let masker = Masker::new(if args.kinds.is_empty() { Kind::ALL } else { &args.kinds });
    match &args.input {
        Some(path) => copy(&masker, data::open(path)?, args.json)?,
        None => copy(&masker, io::stdin().lock(), args.json)?,
    }
    Ok(Exit::Clean)
}

fn copy(masker: &Masker, input: impl Read, json: bool) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    if !json {
        return Ok(redact(masker, input, out, |_| ())?);
    }
    let mut written = Ok(());
    redact(masker, input, io::sink(), |found| {
        if written.is_ok() {
            written = tell(&mut out, found);
        }
    })?;
    written?;
    Ok(out.flush()?)
}

fn tell(out: &mut impl Write, found: Redaction) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, &found)?;
    Ok(writeln!(out)?)
}
