//! Rows of CSV files, with advice for who keeps them in a spreadsheet.

use ::csv::{ByteRecord, Position, Reader, ReaderBuilder, StringRecord};
use jawab::Context;

use super::{Row, Take, Wanted, Wrong};
use crate::decide::line;

const LABEL_HELP: &str =
    "name the columns in the first line, `text,intent`; an empty cell of `intent` is out of scope";
const LOG_HELP: &str = "name the columns in the first line, `text` among them";
const CELLS: &str =
    "write one cell for each column, with quotes where its text has a comma: `\"refund, please\",refund`";
const LINES: &str = "the row goes on over several lines: look for a quote that is not closed";
const ONCE: &str = "name each column once: take one of them out, or give it another name";
const QUOTE: &str =
    "write a quote at the end of the cell, and two for each quote within it: `\"he said \"\"refund\"\"\"`";
const CONTEXT: &str =
    "write an object in quotes, two for each of its own: `\"{\"\"channel\"\": \"\"whatsapp\"\"}\"`";
const COMMAS: &str = "separate the columns by commas: save it from the spreadsheet as CSV with commas";
const UTF8: &str = "save the file as UTF-8, in a spreadsheet as `CSV UTF-8`";

/// What a file should look like.
pub(super) fn help(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Labels => LABEL_HELP,
        Wanted::Log => LOG_HELP,
    }
}

/// Whether the first line of a file without a telling name names the columns of CSV.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let head = reader(bytes).into_byte_records().flatten().next();
    let head = head.and_then(|head| StringRecord::from_byte_record(head).ok()).unwrap_or_default();
    head.iter().any(|name| is(name, "text")) || other_separator(&head).is_some()
}

/// Hands over each row below the names of the columns.
pub(super) fn rows(bytes: &[u8], wanted: Wanted, take: Take) -> Result<(), Wrong> {
    quotes(bytes)?;
    let mut records = reader(bytes).into_byte_records().flatten();
    let head = records.next().unwrap_or_default();
    let line = line_of(&head, bytes);
    let columns = Columns::of(&read(&head, line)?, line, wanted)?;
    for record in records {
        let line = line_of(&record, bytes);
        take(columns.row(&read(&record, line)?, line)?);
    }
    Ok(())
}

/// Rows of any length, the first one too.
fn reader<R: std::io::Read>(input: R) -> Reader<R> {
    ReaderBuilder::new().flexible(true).has_headers(false).from_reader(input)
}

/// Looks at the quotes: one that is not closed would take in rows without a word.
fn quotes(bytes: &[u8]) -> Result<(), Wrong> {
    let (mut at, mut line) = (0, 1);
    let mut begins_cell = true;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte == b'"' && begins_cell {
            let wrong = |message: &str| Wrong { line, message: message.to_owned(), help: QUOTE };
            let end = closing(bytes, at)
                .ok_or_else(|| wrong("a cell of this row begins with a quote that nothing closes"))?;
            let behind = bytes[end..].iter().find(|&&byte| byte != b' ');
            if behind.is_some_and(|behind| !matches!(behind, b',' | b'\r' | b'\n')) {
                return Err(wrong("text stands behind the quote that closes a cell of this row"));
            }
            line += lines(&bytes[at..end]);
            at = end;
        }
        line += lines(&[byte]);
        begins_cell = matches!(byte, b',' | b'\r' | b'\n');
    }
    Ok(())
}

/// The place behind the quote that closes a cell; two are one of its text.
fn closing(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == b'"')? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.split(|&byte| byte == b'\n').skip(1).count() as u64
}

/// The line on which a row begins, behind empty ones.
fn line_of(record: &ByteRecord, bytes: &[u8]) -> u64 {
    let (line, byte) = record.position().map_or((1, 0), |at| (Position::line(at), Position::byte(at)));
    let rest = bytes.get(byte as usize..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    line + empty.filter(|&&byte| byte == b'\n').count() as u64
}

fn read(record: &ByteRecord, line: u64) -> Result<StringRecord, Wrong> {
    let read = StringRecord::from_byte_record(record.clone());
    read.map_err(|_| Wrong { line, message: "the row is no UTF-8".to_owned(), help: UTF8 })
}

/// The columns that are read; others are passed over.
const NAMES: [&str; 3] = ["text", "intent", "context"];

/// Columns by their names in the first line.
struct Columns {
    all: usize,
    text: usize,
    intent: Option<usize>,
    context: Option<usize>,
}

impl Columns {
    fn of(head: &StringRecord, line: u64, wanted: Wanted) -> Result<Self, Wrong> {
        if let Some(separator) = other_separator(head) {
            let message = format!("the columns are separated by {separator}");
            return Err(Wrong { line, message, help: COMMAS });
        }
        if let Some(name) =
            NAMES.iter().find(|name| head.iter().filter(|column| is(column, name)).count() > 1)
        {
            let message = format!("two columns are named `{name}`");
            return Err(Wrong { line, message, help: ONCE });
        }
        let find = |name: &str| head.iter().position(|column| is(column, name));
        let missing = |name: &str| {
            let message = format!("no column is named `{name}`");
            Wrong { line, message, help: help(wanted) }
        };
        let text = find("text").ok_or_else(|| missing("text"))?;
        let intent = match wanted {
            Wanted::Labels => Some(find("intent").ok_or_else(|| missing("intent"))?),
            Wanted::Log => None,
        };
        Ok(Columns { all: head.len(), text, intent, context: find("context") })
    }

    fn row(&self, record: &StringRecord, line: u64) -> Result<Row, Wrong> {
        let is_long = record.iter().any(|cell| cell.contains('\n'));
        let wrong = |message| Wrong { line, message, help: if is_long { LINES } else { CELLS } };
        let all = self.all;
        if record.len() > all {
            return Err(wrong(format!("the row has {} cells, the first line names {all}", record.len())));
        }
        let cell = |column, name| {
            record.get(column).ok_or_else(|| wrong(format!("the row has no cell for `{name}`")))
        };
        let text = cell(self.text, "text")?.to_owned();
        let intent = self.intent.map(|column| cell(column, "intent")).transpose()?.unwrap_or_default();
        let intent = Some(intent.trim().to_owned()).filter(|intent| !intent.is_empty());
        let context = self.context.and_then(|column| record.get(column)).unwrap_or_default();
        Ok(Row { line, text, intent, context: facts(context, line)? })
    }
}

fn facts(cell: &str, line: u64) -> Result<Context, Wrong> {
    if cell.is_empty() {
        return Ok(Context::new());
    }
    let object = line::object(cell, "`context`").and_then(line::context);
    object.map_err(|(_, message)| Wrong { line, message, help: CONTEXT })
}

fn is(column: &str, name: &str) -> bool {
    column.trim().eq_ignore_ascii_case(name)
}

/// What stands between the names of the columns instead of commas.
fn other_separator(head: &StringRecord) -> Option<&'static str> {
    let separates =
        |by: char| head.iter().any(|cell| cell.contains(by) && cell.split(by).any(|name| is(name, "text")));
    [(';', "`;`"), ('\t', "tabs")].into_iter().find(|(by, _)| separates(*by)).map(|(_, name)| name)
}
