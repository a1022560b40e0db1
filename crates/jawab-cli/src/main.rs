//! The `jawab` command: flags, files and printing around the rule engine; no rule logic.

mod args;
mod ask;
mod bench;
mod chat;
mod check;
mod compile;
mod data;
mod decide;
mod diff;
mod eval;
mod failure;
mod load;
mod new;
mod output;
mod redact;
mod render;
mod repeats;
mod reply;
mod score;
mod screen;
mod style;
mod suggest;
mod test;
mod tune;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::failure::{Exit, Failure};

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.color.write_global();
    match run(&cli.command) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report(),
    }
}

fn run(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Ask(args) => ask::run(args),
        Command::Check(args) => check::run(args),
        Command::Compile(args) => compile::run(args),
        Command::Test(args) => test::run(args),
        Command::Decide(args) => decide::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Tune(args) => tune::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Suggest(args) => suggest::run(args),
        Command::Bench(args) => bench::run(args),
        Command::Redact(args) => redact::run(args),
        Command::New(args) => new::run(args),
        Command::Schema => schema(),
    }
}

fn schema() -> Result<Exit, Failure> {
    writeln!(std::io::stdout(), "{}", jawab::schema().trim_end())?;
    Ok(Exit::Clean)
}
