//! Files of messages: JSON lines, CSV, or a message a line.

use std::fs;
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
    let mut all = Vec::new();
    for path in paths {
        let plain = ends_in(path, "txt");
        each_row(path, plain, &mut |row| {
            all.push(Logged { text: row.text, context: row.context });
            Ok(())
        })?;
    }
    if all.is_empty() { Err(Failure::helped("the data holds no message", LOG_HELP)) } else { Ok(all) }
}

/// The labelled messages of files, in their order; those with unknown intents only where they are to be skipped.
pub(crate) fn labelled(labels: &Labels, rules: &RuleSet) -> Result<Vec<Labelled>, Failure> {
    if labels.data.is_empty() {
        return Err(Failure::helped(
            "no labelled messages are named",
            "name a file with `--data labelled.jsonl`",
        ));
    }
    let mut all = Vec::new();
    for path in &labels.data {
        each_row(path, false, &mut |row| {
            let intent = row.intent?;
            all.push(Labelled::new(row.text, intent.as_deref()).with_context(row.context));
            Ok(())
        })?;
    }
    if all.is_empty() {
        return Err(Failure::helped("the data holds no message", LABEL_HELP));
    }
    let unknown = unknown_intents(rules, &all);
    match unknown.is_empty() {
        true => {}
        false if labels.skip_unknown => skipped(&unknown)?,
        false => return Err(unknown_failure(&unknown)),
    }
    Ok(all)
}

const LABEL_HELP: &str = "write a line for each, such as {\"text\": \"min wd brp\", \"intent\": \"withdraw-minimum\"}; null is out of scope";
const LOG_HELP: &str = "write a line for each, such as {\"text\": \"min wd brp\"}";
/// Most unknown intents that are named.
const NAMED: usize = 10;

/// `deposit-hw` (3 messages; did you mean `deposit-how`?).
fn named(unknown: &[UnknownIntent]) -> String {
    let told = unknown.iter().take(NAMED).map(|unknown| {
        let near = unknown.did_you_mean.as_ref().map(|near| format!("; did you mean `{near}`?"));
        format!(
            "\n  `{}` ({}{})",
            unknown.intent,
            count(unknown.messages, "message"),
            near.unwrap_or_default()
        )
    });
    let told: String = told.collect();
    let more = unknown.len().saturating_sub(NAMED);
    if more == 0 { told } else { format!("{told}\n  and {more} more") }
}

fn unknown_failure(unknown: &[UnknownIntent]) -> Failure {
    let message = format!("{} no rule of the set:{}", counted(unknown), named(unknown));
    Failure::helped(
        message,
        "mend the labels, null is out of scope; or leave these messages out with `--skip-unknown`",
    )
}

fn skipped(unknown: &[UnknownIntent]) -> io::Result<()> {
    let message =
        format!("{} no rule of the set, their messages are left out:{}", counted(unknown), named(unknown));
    writeln!(anstream::stderr(), "{NOTE}warning{NOTE:#}: {message}")
}

fn counted(unknown: &[UnknownIntent]) -> String {
    if unknown.len() == 1 { "1 intent is".to_owned() } else { format!("{} intents are", unknown.len()) }
}

/// A message with what a file says of it.
struct Row {
    text: String,
    /// The label, or what is wrong with it.
    intent: Result<Option<String>, String>,
    context: Context,
}

type Take<'t> = &'t mut dyn FnMut(Row) -> Result<(), String>;

/// Hands over each row of a file; what is wrong is told with its line.
fn each_row(path: &Path, plain: bool, take: Take) -> Result<(), Failure> {
    let bytes = bytes(path)?;
    if ends_in(path, "csv") {
        return csv_rows(path, &bytes, take);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1_u64..) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let row = std::str::from_utf8(line)
            .map_err(|error| format!("the line is no UTF-8 from byte {} on", error.valid_up_to() + 1))
            .and_then(|line| if plain { Ok(plain_row(line)) } else { json_row(line) });
        row.and_then(&mut *take).map_err(|wrong| at(path, number, &wrong))?;
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

fn ends_in(path: &Path, end: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(end))
}

fn at(path: &Path, line: u64, wrong: &str) -> Failure {
    let help = if wrong.contains("`intent`") { LABEL_HELP } else { LOG_HELP };
    Failure::helped(format!("{}:{line}: {wrong}", path.display()), help)
}

fn plain_row(line: &str) -> Row {
    Row { text: line.to_owned(), intent: Ok(None), context: Context::new() }
}

fn json_row(line: &str) -> Result<Row, String> {
    let mut object = line::object(line).map_err(|(_, message)| message)?;
    let (text, context) = line::message(&mut object).map_err(|(_, message)| message)?;
    Ok(Row { text, intent: intent(&object), context })
}

fn intent(object: &Map<String, Value>) -> Result<Option<String>, String> {
    match object.get("intent") {
        Some(Value::String(intent)) if !intent.is_empty() => Ok(Some(intent.clone())),
        Some(Value::Null) => Ok(None),
        Some(_) => Err("`intent` is neither the id of a rule nor null".to_owned()),
        None => Err("the object has no `intent`".to_owned()),
    }
}

/// Columns by their names in the first line.
struct Columns {
    text: usize,
    intent: Option<usize>,
    context: Option<usize>,
}

fn csv_rows(path: &Path, bytes: &[u8], take: Take) -> Result<(), Failure> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let head = reader.headers().map_err(|error| at(path, 1, &told(&error)))?.clone();
    let find = |name: &str| head.iter().position(|column| column.trim().eq_ignore_ascii_case(name));
    let Some(text) = find("text") else {
        let message = format!("{}:1: no column is named `text`", path.display());
        return Err(Failure::helped(message, "name the columns in the first line: `text,intent`"));
    };
    let columns = Columns { text, intent: find("intent"), context: find("context") };
    for record in reader.records() {
        let record = record
            .map_err(|error| at(path, error.position().map_or(1, csv::Position::line), &told(&error)))?;
        let line = record.position().map_or(1, csv::Position::line);
        csv_row(&record, &columns).and_then(&mut *take).map_err(|wrong| at(path, line, &wrong))?;
    }
    Ok(())
}

fn csv_row(record: &csv::StringRecord, columns: &Columns) -> Result<Row, String> {
    let text = record.get(columns.text).ok_or("the line has no `text`")?.to_owned();
    let intent = match columns.intent {
        Some(column) => {
            let cell = record.get(column).ok_or_else(|| "the line has no cell for `intent`".to_owned());
            cell.map(|intent| Some(intent.trim().to_owned()).filter(|intent| !intent.is_empty()))
        }
        None => Err("no column is named `intent`".to_owned()),
    };
    let context = match columns.context.and_then(|column| record.get(column)).filter(|cell| !cell.is_empty())
    {
        Some(json) => line::object(json).map_err(|_| "`context` is no JSON object".to_owned())?.into(),
        None => Context::new(),
    };
    Ok(Row { text, intent, context })
}

/// What is wrong, in words that do not name the reader.
fn told(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "the line is no UTF-8".to_owned(),
        _ => "the line is no CSV".to_owned(),
    }
}
