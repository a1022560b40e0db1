//! The flags of the commands that measure rules on messages.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::{Format, share, whole};

pub(super) const EVAL_EXAMPLES: &str = "\
Each line of the data is an object: {\"text\": \"gmn cara depo kak\", \"intent\": \"deposit-how\", \"context\": {…}}; \
`intent` is the id of the rule that is right, or null where no rule is; `context` may be left out. CSV, known by .csv or by \
its first line, names the columns text, intent and perhaps context there.

Examples:
  jawab eval rules/support --data labelled.jsonl
  jawab eval rules/support --data may.jsonl --data june.csv --html report.html
  jawab eval rules/support --cross-validate 5

Exit codes: 0 done, 2 could not run";

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("messages").args(["data", "cross_validate"]).required(true))]
pub(crate) struct Eval {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    #[command(flatten)]
    pub(crate) labels: Labels,

    /// Instead of other messages, try the questions of the set: hold back one of K parts and learn from the rest, in
    /// turn, each question with facts that fulfil its rule's `when`, such as --cross-validate 5
    #[arg(long, value_name = "K", value_parser = whole)]
    pub(crate) cross_validate: Option<usize>,

    /// How to print the figures, such as --format json
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,

    /// Write a report that a browser shows, in one file, such as --html report.html
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

/// Messages with the rules that are right for them.
#[derive(Debug, Args)]
pub(crate) struct Labels {
    /// File of labelled messages, such as --data labelled.jsonl; may be repeated, `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Vec<PathBuf>,

    /// Leave out messages whose intent is no rule of the set
    ///
    /// Example: --data old.jsonl --skip-unknown
    #[arg(long)]
    pub(crate) skip_unknown: bool,
}

pub(super) const TUNE_EXAMPLES: &str = "\
The data is that of `jawab eval`: messages as customers write them, those that no rule answers among them, none of them \
taken from the questions of the rules.

Examples:
  jawab tune rules/support --data labelled.jsonl
  jawab tune rules/support --data labelled.jsonl --max-wrong 0.01 --write

Exit codes: 0 settings were found, 1 none can be shown to hold with these messages, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Tune {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    #[command(flatten)]
    pub(crate) labels: Labels,

    /// Largest share of wrong ones among the answered, such as --max-wrong 0.02 for 2 %
    #[arg(long, value_name = "SHARE", value_parser = share, default_value_t = 0.02)]
    pub(crate) max_wrong: f64,

    /// How sure it must be that this holds for other messages like these, such as --confidence 0.9
    #[arg(long, value_name = "SHARE", value_parser = share, default_value_t = 0.95)]
    pub(crate) confidence: f64,

    /// Put the settings that were found into the rule file; nothing else in it changes
    ///
    /// Example: jawab tune rules/support --data labelled.jsonl --write
    #[arg(long)]
    pub(crate) write: bool,

    /// How to print the result, such as --format json
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
}

pub(super) const DIFF_EXAMPLES: &str = "\
Each line of the data is an object: {\"text\": \"gmn cara depo kak\", \"context\": {…}}; `context` may be left out, and \
whatever else is there is passed over. CSV, known by .csv or by its first line, has a column text; in a file that ends in \
.txt each line is a message. Each message is decided as the first of a conversation; the texts that the rule has for who \
asks again are compared, too, what is said in the course of a conversation is not. Confidences and candidates alone are no \
difference.

Examples:
  jawab diff rules/support new-rules --data log.jsonl
  jawab diff old.yaml new.yaml --data log.txt --format json

Exit codes: 0 no difference, 1 some decisions differ, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Rule file or folder as it was, such as rules/support
    pub(crate) old: PathBuf,

    /// Rule file or folder as it is now, such as new-rules
    pub(crate) new: PathBuf,

    #[command(flatten)]
    pub(crate) log: Log,

    /// How to print the differences, such as --format json
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
}

/// Messages without labels.
#[derive(Debug, Args)]
pub(crate) struct Log {
    /// File of messages, such as --data log.jsonl; may be repeated, `-` is standard input
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) data: Vec<PathBuf>,
}

pub(super) const SUGGEST_EXAMPLES: &str = "\
The data is that of `jawab diff`. What comes out is a rule file of proposed FAQ entries: write an answer where it says \
TODO, and take out what does not belong there. Further questions for rules that there are stand in its comments.

Examples:
  jawab suggest rules/support --data log.jsonl > proposed.yaml
  jawab suggest rules/support --data log.jsonl --limit 50 --format json

Exit codes: 0 done, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Suggest {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    #[command(flatten)]
    pub(crate) log: Log,

    /// Most entries, and most rules with further questions, to print, such as --limit 50
    #[arg(long, value_name = "N", value_parser = whole, default_value_t = 20)]
    pub(crate) limit: usize,

    /// How to print them, such as --format json
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
}

pub(super) const BENCH_EXAMPLES: &str = "\
Every message is decided fifteen times, its fastest time counts. The times of a rule are those of the messages in which \
something speaks for it, as one of the five candidates that a decision tells.

Examples:
  jawab bench rules/support
  jawab bench rules/support --messages log.jsonl --limit 20

Exit codes: 0 done, 2 could not run";

#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Rule file or folder, such as rules/support
    pub(crate) rules: PathBuf,

    /// File of messages, such as --messages log.jsonl; may be repeated, `-` is standard input; left out: the messages of
    /// the scenario files
    #[arg(long, value_name = "FILE")]
    pub(crate) messages: Vec<PathBuf>,

    /// Most messages and rules to print, such as --limit 20
    #[arg(long, value_name = "N", value_parser = whole, default_value_t = 10)]
    pub(crate) limit: usize,

    /// How to print it, such as --format json
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
}
