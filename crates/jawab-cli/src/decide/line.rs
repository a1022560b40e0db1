//! One line of input to one line of output.

use jawab::{Context, Decision, Matcher, Message};
use serde::Serialize;
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::reader::{LINE_BYTES, RawLine};
use super::unique;

/// What a line of input is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// An object with `text`, and perhaps `context` and `id`.
    Json,
    /// The message itself.
    Plain,
}

/// A line of output.
pub(super) struct Decided {
    /// The decision or the error, with its line's end.
    pub(super) json: String,
    /// Whether the line of input could not be read.
    pub(super) unread: bool,
}

/// A line of output: what was decided.
#[derive(Serialize)]
struct Output<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'d Value>,
    #[serde(flatten)]
    decision: &'d Decision,
}

/// A line of output: why nothing was decided.
#[derive(Serialize)]
struct ErrorOutput<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'d Value>,
    error: LineError,
}

#[derive(Debug, Serialize)]
struct LineError {
    code: &'static str,
    line: u64,
    message: String,
}

/// What a line asks for.
#[derive(Debug, Default)]
struct Asked {
    id: Option<Value>,
    text: String,
    facts: Context,
}

/// Why a line asks for nothing: a code and a sentence, and the line's id where it has one.
type Unread = (&'static str, String, Option<Value>);

/// Decides a line, or tells why it cannot be read.
pub(super) fn decided(matcher: &mut Matcher, line: &RawLine, form: Form) -> Decided {
    match asked(line, form) {
        Ok(asked) => {
            let decision = matcher.decide(Message::new(&asked.text).with_context(&asked.facts));
            Decided { json: ended(&Output { id: asked.id.as_ref(), decision: &decision }), unread: false }
        }
        Err((code, message, id)) => {
            let error = LineError { code, line: line.number, message };
            Decided { json: ended(&ErrorOutput { id: id.as_ref(), error }), unread: true }
        }
    }
}

/// Neither output holds a map with keys that are no texts, so that both can always be written.
fn ended(output: &impl Serialize) -> String {
    let mut json = serde_json::to_string(output).unwrap_or_default();
    json.push('\n');
    json
}

fn asked(line: &RawLine, form: Form) -> Result<Asked, Unread> {
    if line.cut {
        return Err(("too-long-line", format!("the line is longer than {LINE_BYTES} bytes"), None));
    }
    let bytes = line.bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| line.number == 1).unwrap_or(&line.bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to() + 1;
        ("invalid-utf8", format!("the line is no UTF-8 from byte {at} on"), None)
    })?;
    match form {
        Form::Plain => Ok(Asked { text: text.to_owned(), ..Asked::default() }),
        Form::Json => from_json(text),
    }
}

fn from_json(line: &str) -> Result<Asked, Unread> {
    let mut object = object(line, "the line").map_err(|(code, message)| (code, message, None))?;
    let id = object.remove("id").filter(|id| !id.is_null());
    match message(&mut object) {
        Ok((text, facts)) => Ok(Asked { id, text, facts }),
        Err((code, message)) => Err((code, message, id)),
    }
}

/// The object that a text is; what the text is called comes into the sentence that tells what is wrong.
pub(crate) fn object(text: &str, name: &str) -> Result<Map<String, Value>, (&'static str, String)> {
    match unique::read(text) {
        Ok((_, Some(key))) => Err(("duplicate-key", format!("{name} has the key `{key}` twice"))),
        Ok((Value::Object(object), None)) => Ok(object),
        Ok(_) => Err(("wrong-type", format!("{name} is no JSON object"))),
        Err(error) => Err(("invalid-json", format!("{name} is no JSON{}", reason(text, &error)))),
    }
}

/// Text and facts of a message.
pub(crate) fn message(object: &mut Map<String, Value>) -> Result<(String, Context), (&'static str, String)> {
    let text = match object.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err(("wrong-type", "`text` is no text".to_owned())),
        None => return Err(("missing-text", "the object has no `text`".to_owned())),
    };
    match object.remove("context") {
        Some(Value::Object(facts)) => Ok((text, context(facts)?)),
        Some(Value::Null) | None => Ok((text, Context::new())),
        Some(_) => Err(("wrong-type", "`context` is no object".to_owned())),
    }
}

/// The facts of an object.
pub(crate) fn context(facts: Map<String, Value>) -> Result<Context, (&'static str, String)> {
    match facts.keys().find(|name| !Context::is_name(name)) {
        Some(name) => Err(("too-deep", too_deep(name))),
        None => Ok(facts.into()),
    }
}

/// What is wrong with a name of too many parts.
pub(crate) fn too_deep(name: &str) -> String {
    let start: String = name.chars().take(40).collect();
    format!("the name `{start}…` in `context` has more than {} parts", Context::PARTS)
}

/// Where the JSON goes wrong.
fn reason(text: &str, error: &serde_json::Error) -> String {
    match error.classify() {
        _ if text.trim().is_empty() => " but empty".to_owned(),
        Category::Eof => ": it ends too early".to_owned(),
        _ if error.line() == 1 => format!(" from column {} on", column(text, error.column())),
        _ => String::new(),
    }
}

/// The column by characters of one by bytes, both from 1.
fn column(text: &str, bytes: usize) -> usize {
    text.char_indices().take_while(|&(at, _)| at < bytes).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(bytes: &[u8]) -> RawLine {
        RawLine { number: 1, bytes: bytes.to_vec(), cut: false }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named_by_what_is_wrong_with_it() {
        let deep = "[".repeat(100_000);
        let dotted = |dots| format!("{{\"text\": \"a\", \"context\": {{\"a{}\": 1}}}}", ".a".repeat(dots));
        let (too_many, far_too_many) = (dotted(64), dotted(200_000));
        assert!(asked(&raw(dotted(63).as_bytes()), Form::Json).is_ok());
        let cases: [(&[u8], &str); 13] = [
            (too_many.as_bytes(), "too-deep"),
            (far_too_many.as_bytes(), "too-deep"),
            (b"", "invalid-json"),
            (b"{", "invalid-json"),
            (deep.as_bytes(), "invalid-json"),
            (b"{\"text\": \"\xff\"}", "invalid-utf8"),
            (b"[1]", "wrong-type"),
            (b"{}", "missing-text"),
            (b"{\"text\": null}", "wrong-type"),
            (b"{\"text\": \"a\", \"context\": 3}", "wrong-type"),
            (b"{\"text\": \"a\" \"context\": 3}", "invalid-json"),
            (b"{\"text\": \"a\", \"text\": \"b\"}", "duplicate-key"),
            (b"{\"text\": \"a\", \"context\": {\"x\": [{\"y\": 1, \"y\": 1}]}}", "duplicate-key"),
        ];
        for (bytes, code) in cases {
            let found = asked(&raw(bytes), Form::Json).unwrap_err();
            assert_eq!(found.0, code, "{}", String::from_utf8_lossy(bytes).get(..40).unwrap_or_default());
        }
    }

    #[test]
    fn json_that_is_none_is_told_in_words_of_the_command() {
        let cases = [
            ("", "the line is no JSON but empty"),
            ("[1, [", "the line is no JSON: it ends too early"),
            ("nonsense", "the line is no JSON from column 2 on"),
            (r#"{"a": 1} 2"#, "the line is no JSON from column 10 on"),
            (r#"{"text":"你好你好你好" "intent":null}"#, "the line is no JSON from column 18 on"),
            (r#"{"text":"nihaoo" "intent":null}"#, "the line is no JSON from column 18 on"),
            (r#"{"a": 1, "b": 2, "a": 3}"#, "the line has the key `a` twice"),
            ("3", "the line is no JSON object"),
        ];
        for (text, told) in cases {
            assert_eq!(object(text, "the line").unwrap_err().1, told, "{text}");
        }
    }

    #[test]
    fn an_id_comes_back_with_an_error_too() {
        let (_, _, id) = asked(&raw(br#"{"id": [7]}"#), Form::Json).unwrap_err();
        assert_eq!(id, Some(serde_json::json!([7])));
    }

    #[test]
    fn text_context_and_id_are_taken_from_the_object() {
        let line =
            br#"{"text": "min wd", "context": {"customer": {"name": "Sari"}}, "id": "a1", "other": 1}"#;
        let found = asked(&raw(line), Form::Json).unwrap();
        assert_eq!((found.text.as_str(), found.id), ("min wd", Some("a1".into())));
        assert_eq!(found.facts.get("customer.name"), Some(&"Sari".into()));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        assert_eq!(asked(&raw(b"\xef\xbb\xbfhi"), Form::Plain).unwrap().text, "hi");
    }
}
