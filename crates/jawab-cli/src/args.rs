//! The flags, with the help that the command prints.

mod measure;

use std::path::PathBuf;

use clap::builder::styling::AnsiColor;
use clap::builder::{PossibleValuesParser, Styles, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jawab::Context;
use jawab::privacy::Kind;
use serde_json::Value;

pub(crate) use measure::{Bench, Diff, Eval, Labels, Suggest, Tune};

const EXIT_CODES: &str = "\
Exit codes:
  0  done, nothing to complain about
  1  problems were found: in the rules, in their tests, or in lines of input
  2  could not run: wrong arguments, a file that cannot be read, rules that cannot be used";

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Chat rules in, decisions out: answer, ask, hand off or ignore
#[derive(Debug, Parser)]
#[command(name = "jawab", version, styles = STYLES, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// When to use colors, such as --color never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorWhen,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal
    Auto,
    /// Also into files and pipes
    Always,
    /// Nowhere
    Never,
}

impl ColorWhen {
    pub(crate) fn write_global(self) {
        match self {
            ColorWhen::Auto => anstream::ColorChoice::Auto,
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what the rules say to a message; without a message, chat
    #[command(after_help = EXIT_CODES, after_long_help = ASK_EXAMPLES)]
    Ask(Ask),
    /// Find the problems in a rule set
    #[command(after_help = EXIT_CODES, after_long_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Write a rule set as a file that opens at once and decides the same
    #[command(after_help = EXIT_CODES, after_long_help = COMPILE_EXAMPLES)]
    Compile(Compile),
    /// Run the tests of a rule set: those beside its rules and the scenario files in its `tests` folder
    #[command(after_help = EXIT_CODES, after_long_help = TEST_EXAMPLES)]
    Test(Test),
    /// Decide many messages: JSON lines in, one decision a line out, in the same order
    #[command(after_help = EXIT_CODES, after_long_help = DECIDE_EXAMPLES)]
    Decide(Decide),
    /// Tell how well the rules do on labelled messages, or on their own questions
    #[command(after_help = EXIT_CODES, after_long_help = measure::EVAL_EXAMPLES)]
    Eval(Eval),
    /// Find the threshold and margin that answer most with few enough wrong answers
    #[command(after_help = EXIT_CODES, after_long_help = measure::TUNE_EXAMPLES)]
    Tune(Tune),
    /// Show which messages two rule sets decide differently
    #[command(after_help = EXIT_CODES, after_long_help = measure::DIFF_EXAMPLES)]
    Diff(Diff),
    /// Propose new FAQ entries and further questions from messages that were not understood
    #[command(after_help = EXIT_CODES, after_long_help = measure::SUGGEST_EXAMPLES)]
    Suggest(Suggest),
    /// Tell what a rule set costs: to load, in memory, a message, and where the time goes
    #[command(after_help = EXIT_CODES, after_long_help = measure::BENCH_EXAMPLES)]
    Bench(Bench),
    /// Copy text with secrets and personal data masked
    #[command(after_help = EXIT_CODES, after_long_help = REDACT_EXAMPLES)]
    Redact(Redact),
    /// Write a small commented rule set to start from
    #[command(after_help = "Example:\n  jawab new my-rules")]
    New(New),
    /// Print the JSON Schema of rule files, for completion in editors
    #[command(after_help = "Example:\n  jawab schema > rules.schema.json")]
    Schema,
}

const COMPILE_EXAMPLES: &str = "\
The file can stand for RULES wherever messages are decided: ask, decide, eval, diff, suggest, bench, and tune without \
--write. The YAML stays the source: check, test and tune --write want it, and so does every other version of jawab.

Examples:
  jawab compile rules/support -o rules.jawab
  jawab ask rules.jawab \"gmn cara depo kak\"

Exit codes: 0 done, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Compile {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    /// File to write, such as -o rules.jawab; one that is there is replaced, but no rule file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

const ASK_EXAMPLES: &str = "\
Examples:
  jawab ask rules/support \"gmn cara depo kak\"
  jawab ask rules/support \"min wd brp\" --explain --context customer.name=Sari
  jawab ask rules/support            chat in the terminal; Ctrl-D ends
  jawab ask rules/support < messages.txt

Exit codes: 0 done, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    /// What the customer writes, such as "gmn cara depo kak"; left out: a chat on a terminal, else a message a line
    /// from standard input
    pub(crate) message: Vec<String>,

    /// Tell each step: the words as they were read, patterns, candidates, thresholds
    ///
    /// Example: jawab ask rules/support "min wd brp" --explain
    #[arg(long)]
    pub(crate) explain: bool,

    /// Print the decision as JSON; with --explain the explanation
    ///
    /// Example: jawab ask rules/support "min wd brp" --json
    #[arg(long)]
    pub(crate) json: bool,

    /// A fact about the message, such as customer.name=Sari or queue.waiting=3; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = fact)]
    pub(crate) context: Vec<(String, Value)>,

    /// Tell why a rule did not decide the message, such as --why-not deposit-how
    #[arg(long, value_name = "RULE")]
    pub(crate) why_not: Option<String>,
}

impl Ask {
    /// The facts of `--context`.
    pub(crate) fn facts(&self) -> Context {
        self.context.iter().fold(Context::new(), |facts, (key, value)| facts.with(key, value.clone()))
    }
}

const CHECK_EXAMPLES: &str = "\
Examples:
  jawab check rules/support
  jawab check rules/support --errors-only --format github
  jawab check --explain duplicate-rule

Exit codes: 0 no problems, 1 problems, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Rule file or folder, such as rules/support
    #[arg(required_unless_present = "explain")]
    pub(crate) rules: Option<PathBuf>,

    /// How to print the problems, such as --format github in a workflow
    #[arg(long, default_value = "human")]
    pub(crate) format: CheckFormat,

    /// Leave warnings out; with nothing but warnings the exit code is 0
    ///
    /// Example: jawab check rules/support --errors-only
    #[arg(long)]
    pub(crate) errors_only: bool,

    /// Print the page of a problem's code, such as --explain duplicate-rule
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CheckFormat {
    /// With the offending lines, for people
    Human,
    /// One JSON object, for programs
    Json,
    /// Annotations of GitHub Actions
    Github,
}

const TEST_EXAMPLES: &str = "\
Examples:
  jawab test rules/support
  jawab test rules/support --all
  jawab test rules/support --format json

Exit codes: 0 all tests pass and no file is below its floor, 1 otherwise, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    /// How to print the results, such as --format json
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,

    /// Tell each step for every failure and miss, instead of one line
    ///
    /// Example: jawab test rules/support --all
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// One JSON object, for programs
    Json,
}

const DECIDE_EXAMPLES: &str = "\
Each line of input is an object: {\"text\": \"gmn cara depo kak\", \"context\": {\"channel\": \"whatsapp\"}, \"id\": 7}; \
`context` and `id` may be left out. A line that cannot be read gives {\"error\": {\"code\": …, \"line\": …, \"message\": …}} \
in its place.

Examples:
  jawab decide rules/support < messages.jsonl > decisions.jsonl
  jawab decide rules/support --plain --input messages.txt --threads 4

Exit codes: 0 every line was decided, 1 some could not be read, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    /// File to read instead of standard input, such as --input messages.jsonl
    #[arg(long, value_name = "FILE")]
    pub(crate) input: Option<PathBuf>,

    /// How many threads decide, such as --threads 4; left out: one for each processor
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<u16>,

    /// Each line is the message itself, not JSON
    ///
    /// Example: jawab decide rules/support --plain --input messages.txt
    #[arg(long)]
    pub(crate) plain: bool,
}

const REDACT_EXAMPLES: &str = "\
Reads text of any kind, writes the same with passwords, PINs, one-time codes, card, identity, tax, account and phone \
numbers and e-mail addresses masked as [password], [pin], …; everything else comes out byte for byte.

Examples:
  jawab redact < chat.log > masked.log
  jawab redact --input chat.log --kinds password,pin,otp
  jawab redact --json < chat.log     tell what was found and where

Exit codes: 0 done, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Redact {
    /// File to read instead of standard input, such as --input chat.log
    #[arg(long, value_name = "FILE")]
    pub(crate) input: Option<PathBuf>,

    /// What to mask, such as --kinds email,phone; left out: everything
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind_parser())]
    pub(crate) kinds: Vec<Kind>,

    /// Instead of the text, write what was found: one JSON object a line with its kind, line and bytes
    ///
    /// Example: jawab redact --json < chat.log
    #[arg(long)]
    pub(crate) json: bool,
}

fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    let names = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.as_str()));
    names.try_map(|name| name.parse::<Kind>().map_err(|()| "no kind"))
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// Folder to make, such as my-rules; one that holds files is left alone
    pub(crate) dir: PathBuf,
}

fn threads(text: &str) -> Result<u16, &'static str> {
    let threads = text.parse().ok().filter(|threads| (1..=256).contains(threads));
    threads.ok_or("write a whole number from 1 to 256")
}

fn whole(text: &str) -> Result<usize, &'static str> {
    text.parse().map_err(|_| "write a whole number, such as 20")
}

fn share(text: &str) -> Result<f64, &'static str> {
    text.parse().map_err(|_| "write a number from 0 to 1 with a point, such as 0.02")
}

/// `key=value`: a number, `true`, `false` and `null` as such, all else as text.
fn fact(text: &str) -> Result<(String, Value), String> {
    let (key, value) = text.split_once('=').ok_or("write it as key=value, such as customer.name=Sari")?;
    if key.split('.').any(str::is_empty) {
        return Err("the key is empty; write it as key=value, such as customer.name=Sari".to_owned());
    }
    if !Context::is_name(key) {
        return Err(format!("the key has more than {} parts", Context::PARTS));
    }
    let scalar =
        serde_json::from_str(value).ok().filter(|value: &Value| !value.is_object() && !value.is_array());
    Ok((key.to_owned(), scalar.unwrap_or_else(|| value.into())))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_flags_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_help_with_an_example() {
        for command in Cli::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            let arguments = command.get_arguments().filter(|argument| argument.get_id() != "help");
            for argument in arguments {
                let help = [argument.get_help(), argument.get_long_help()].into_iter().flatten();
                let help: String = help.map(ToString::to_string).collect();
                let example = help.contains("such as") || help.contains("Example:");
                assert!(example, "{} {}", command.get_name(), argument.get_id());
            }
        }
    }

    #[test]
    fn a_fact_is_a_scalar_where_it_is_one_and_else_text() {
        let cases = [
            ("queue.waiting=3", json!(3)),
            ("vip=true", json!(true)),
            ("name=Sari", json!("Sari")),
            ("name=", json!("")),
            ("code=\"3\"", json!("3")),
            ("note=a=b", json!("a=b")),
            ("list=[1]", json!("[1]")),
        ];
        for (text, value) in cases {
            assert_eq!(fact(text).map(|(_, value)| value), Ok(value), "{text}");
        }
        let deep = format!("a{}=x", ".a".repeat(64));
        for wrong in ["name", "=x", "a..b=x", ".a=x", &deep] {
            assert!(fact(wrong).is_err(), "{wrong}");
        }
    }
}
