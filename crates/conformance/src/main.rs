//! `conformance run` runs the suite in Rust, `conformance export FILE` writes it for other bindings, `conformance bless`
//! writes the expected results anew.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use conformance::{Expected, Suite, export, repository};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["run"] => run(),
        ["bless"] => bless(),
        ["export", file] => write(file),
        _ => {
            eprintln!("usage: conformance run | bless | export FILE");
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

fn run() -> Result<(), Box<dyn Error>> {
    std::env::set_current_dir(repository())?;
    let (suite, expected) = (Suite::read()?, Expected::read()?);
    let failed =
        suite.cases.iter().filter(|case| !case.run().is_ok_and(|lines| expected.agrees(case, &lines)));
    let failed: Vec<&str> = failed.map(|case| case.name.as_str()).collect();
    println!("{} conformance cases in Rust, {} failures", suite.cases.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { Err(failed.join(", ").into()) }
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
    let mut out = BufWriter::new(File::create(file)?);
    std::env::set_current_dir(repository())?;
    let suite = Suite::read()?;
    export(&suite, &Expected::read()?, &mut out)?;
    out.flush()?;
    println!("{} cases in {file}", suite.cases.len());
    Ok(())
}
