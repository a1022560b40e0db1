//! `conformance bless` writes the expected results anew, `conformance export FILE` the suite for other bindings.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use conformance::{Expected, Suite, export, repository};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["bless"] => bless(),
        ["export", file] => write(file),
        _ => {
            eprintln!("usage: conformance bless | conformance export FILE");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn bless() -> Result<(), Box<dyn Error>> {
    std::env::set_current_dir(repository())?;
    let suite = Suite::read()?;
    let broken: Vec<String> =
        suite.cases.iter().filter_map(|case| Some(format!("{}: {}", case.name, case.run().err()?))).collect();
    Expected::of(&suite).write(&suite)?;
    println!("{} cases; look at the difference before you commit it", suite.cases.len());
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n").into()) }
}

fn write(file: &str) -> Result<(), Box<dyn Error>> {
    let suite = Suite::read()?;
    let mut out = BufWriter::new(File::create(file)?);
    export(&suite, &Expected::read()?, &mut out)?;
    out.flush()?;
    println!("{} cases in {file}", suite.cases.len());
    Ok(())
}
