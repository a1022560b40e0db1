//! Files of messages: JSON lines, CSV, or a message a line.

mod csv;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use jawab::eval::{Labelled, UnknownIntent, unknown_intents};
use jawab::{Context, Message, RuleSet};
use serde_json::{Map, Value};

use crate::args::Labels;
use crate::decide::line;
use crate::failure::Failure;
use crate::style::{NOTE, count};

/// A message as it was logged.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Logged {
    text: String,
    context: Context,
}

impl Logged {
    pub(crate) fn message(&self) -> Message<'_> {
        Message::new(&self.text).with_context(&self.context)
    }

    pub(crate) fn into_parts(self) -> (String, Context) {
        (self.text, self.context)
    }
}

/// The messages of log files, in their order.
pub(crate) fn logged(paths: &[PathBuf]) -> Result<Vec<Logged>, Failure> {
    each_once(paths)?;
    let mut all = Vec::new();
    for path in paths {
        each_row(path, Wanted::Log, &mut |row| all.push(Logged { text: row.text, context: row.context }))?;
    }
    if all.is_empty() { Err(no_message(paths, Wanted::Log)) } else { Ok(all) }
}

/// The labelled messages of files, in their order; those with unknown intents only where they are to be skipped.
pub(crate) fn labelled(labels: &Labels, rules: &RuleSet) -> Result<Vec<Labelled>, Failure> {
    if labels.data.is_empty() {
        return Err(Failure::helped(
            "no labelled messages are named",
            "name a file with `--data labelled.jsonl`",
        ));
    }
    each_once(&labels.data)?;
    let (mut all, mut places) = (Vec::new(), Vec::new());
    for path in &labels.data {
        each_row(path, Wanted::Labels, &mut |row| {
            places.push((path.as_path(), row.line));
            all.push(Labelled::new(row.text, row.intent.as_deref()).with_context(row.context));
        })?;
    }
    if all.is_empty() {
        return Err(no_message(&labels.data, Wanted::Labels));
    }
    let unknown = unknown_intents(rules, &all);
    let named = || named(&unknown, &all, &places);
    let left = all.len() - unknown.iter().map(|unknown| unknown.messages).sum::<usize>();
    match unknown.len() {
        0 => {}
        unknown if !labels.skip_unknown => return Err(unknown_failure(unknown, &named())),
        unknown if left == 0 => return Err(nothing_left(unknown, &named())),
        unknown => skipped(unknown, &named())?,
    }
    Ok(all)
}

/// Messages that are read twice would count twice.
fn each_once(paths: &[PathBuf]) -> Result<(), Failure> {
    let file = |path: &PathBuf| fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let files: Vec<PathBuf> = paths.iter().map(file).collect();
    let again = (1..files.len()).find(|&at| files[..at].contains(&files[at]));
    again.map_or(Ok(()), |at| {
        let message =
            format!("`{}` is named twice: each of its messages would count twice", paths[at].display());
        Err(Failure::helped(message, "name each file once"))
    })
}

const LABEL_HELP: &str = "write a line for each, such as {\"text\": \"min wd brp\", \"intent\": \"withdraw-minimum\"}; null is out of scope; \
     CSV has the names of its columns in the first line, `text,intent`";
const LOG_HELP: &str = "write a line for each, such as {\"text\": \"min wd brp\"}; CSV has the names of its columns in \
     the first line, `text` among them";
/// Most unknown intents that are named.
const NAMED: usize = 10;

const PLAIN_LABEL_HELP: &str = "write a line for each, such as {\"text\": \"min wd brp\", \"intent\": \"withdraw-minimum\"}: a \
     message a line, as in `.txt`, has no label and is for `diff` and `suggest` alone; CSV has the names of its columns in the first line, \
     `text,intent`";
const PLAIN_LOG_HELP: &str = "write a line for each, such as {\"text\": \"min wd brp\"}; a message a line is read of a file that ends in `.txt`";

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Messages, each with the rule that is right for it.
    Labels,
    /// Messages alone.
    Log,
}

impl Wanted {
    /// What a line of JSON looks like.
    fn help(self) -> &'static str {
        match self {
            Wanted::Labels => LABEL_HELP,
            Wanted::Log => LOG_HELP,
        }
    }

    /// The same for a line that is no object at all.
    fn plain_help(self) -> &'static str {
        match self {
            Wanted::Labels => PLAIN_LABEL_HELP,
            Wanted::Log => PLAIN_LOG_HELP,
        }
    }
}

fn no_message(paths: &[PathBuf], wanted: Wanted) -> Failure {
    let is_csv = paths.iter().all(|path| ends_in(path, "csv"));
    let help = if is_csv { csv::help(wanted) } else { wanted.help() };
    Failure::helped("the data holds no message", help)
}

/// Where each intent comes first: d.jsonl:7: `deposit-hw` (3 messages; did you mean `deposit-how`?).
fn named(unknown: &[UnknownIntent], all: &[Labelled], places: &[(&Path, u64)]) -> String {
    let told = unknown.iter().take(NAMED).map(|unknown| {
        let first = all.iter().position(|message| message.intent.as_ref() == Some(&unknown.intent));
        let (path, line) = first.map_or((Path::new(""), 0), |first| places[first]);
        let (messages, meant) = (count(unknown.messages, "message"), meant(unknown, path));
        format!("\n  {}:{line}: `{}` ({messages}{meant})", path.display(), unknown.intent)
    });
    let told: String = told.collect();
    let more = unknown.len().saturating_sub(NAMED);
    if more == 0 { told } else { format!("{told}\n  and {more} more") }
}

/// What was probably meant by an intent that is no rule.
fn meant(unknown: &UnknownIntent, path: &Path) -> String {
    let is_null = unknown.intent.eq_ignore_ascii_case("null");
    match &unknown.did_you_mean {
        _ if is_null && ends_in(path, "csv") => "; leave the cell empty where no rule is right".to_owned(),
        _ if is_null => "; write null without quotes where no rule is right".to_owned(),
        Some(near) => format!("; did you mean `{near}`?"),
        None => String::new(),
    }
}

fn unknown_failure(unknown: usize, named: &str) -> Failure {
    let message = format!("{} no rule of the set:{named}", counted(unknown));
    Failure::helped(
        message,
        "mend the labels, out of scope is null and in CSV an empty cell; or leave these messages out with \
         `--skip-unknown`",
    )
}

fn nothing_left(unknown: usize, named: &str) -> Failure {
    let message = format!("{} no rule of the set, so that no message is left:{named}", counted(unknown));
    Failure::helped(message, "take the file of labels that belongs to these rules, or mend its labels")
}

fn skipped(unknown: usize, named: &str) -> io::Result<()> {
    let message = format!("{} no rule of the set, their messages are left out:{named}", counted(unknown));
    writeln!(anstream::stderr(), "{NOTE}warning{NOTE:#}: {message}")
}

fn counted(unknown: usize) -> String {
    if unknown == 1 { "1 intent is".to_owned() } else { format!("{unknown} intents are") }
}

/// A message with what a file says of it.
struct Row {
    /// Where it begins, from 1.
    line: u64,
    text: String,
    intent: Option<String>,
    context: Context,
}

/// What is wrong with a line, and what to write instead.
struct Wrong {
    line: u64,
    message: String,
    help: &'static str,
}

type Take<'t> = &'t mut dyn FnMut(Row);

/// Hands over each row of a file; what is wrong is told with its line.
fn each_row(path: &Path, wanted: Wanted, take: Take) -> Result<(), Failure> {
    let bytes = bytes(path)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let plain = wanted == Wanted::Log && ends_in(path, "txt");
    let read = if ends_in(path, "csv") || !plain && csv::is_known(bytes) {
        csv::rows(bytes, wanted, take)
    } else {
        lines(bytes, wanted, plain, take)
    };
    read.map_err(|wrong| {
        Failure::helped(format!("{}:{}: {}", path.display(), wrong.line, wrong.message), wrong.help)
    })
}

fn lines(bytes: &[u8], wanted: Wanted, plain: bool, take: Take) -> Result<(), Wrong> {
    for (bytes, line) in bytes.split(|&byte| byte == b'\n').zip(1_u64..) {
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let message = format!("the line is no UTF-8 from byte {} on", error.valid_up_to() + 1);
            Wrong { line, message, help: "save the file as UTF-8" }
        })?;
        take(if plain { plain_row(text, line) } else { json_row(text, line, wanted)? });
    }
    Ok(())
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    read.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::told(format!("there is no file `{}`", path.display())),
        _ => Failure::file("read", path, &error),
    })
}

/// A file to be read bit by bit; a folder, which can be opened too, is told at once.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    let refused = |error: io::Error| Failure::file("read", path, &error);
    let file = File::open(path).map_err(refused)?;
    match file.metadata() {
        Ok(found) if found.is_dir() => Err(refused(io::ErrorKind::IsADirectory.into())),
        _ => Ok(file),
    }
}

/// Whether a file's name has this ending.
pub(crate) fn ends_in(path: &Path, end: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(end))
}

fn plain_row(text: &str, line: u64) -> Row {
    Row { line, text: text.to_owned(), intent: None, context: Context::new() }
}

fn json_row(json: &str, line: u64, wanted: Wanted) -> Result<Row, Wrong> {
    let help = if json.trim_start().starts_with('{') { wanted.help() } else { wanted.plain_help() };
    let wrong = |message| Wrong { line, message, help };
    let mut object = line::object(json, "the line").map_err(|(_, message)| wrong(message))?;
    let (text, context) = line::message(&mut object).map_err(|(_, message)| wrong(message))?;
    let intent = if wanted == Wanted::Labels { intent(&object).map_err(wrong)? } else { None };
    Ok(Row { line, text, intent, context })
}

fn intent(object: &Map<String, Value>) -> Result<Option<String>, String> {
    match object.get("intent") {
        Some(Value::String(intent)) if !intent.is_empty() => Ok(Some(intent.clone())),
        Some(Value::Null) => Ok(None),
        Some(_) => Err("`intent` is neither the id of a rule nor null".to_owned()),
        None => Err("the object has no `intent`".to_owned()),
    }
}
