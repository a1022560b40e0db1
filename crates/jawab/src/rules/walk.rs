//! Holds a file against the format and reports everything that does not fit.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::moment::{Hours, Zone};
use crate::rules::limits::Limits;
use crate::rules::node::{Node, Span, Value};
use crate::rules::problems::Problems;
use crate::rules::scalar;
use crate::rules::shape::{Keys, Record, Shape};
use crate::rules::suggest;

/// Reports what in the file does not have the shape of the given record.
pub(crate) fn check_file(
    source: &SourceText,
    root: Option<&Node<'_>>,
    record: &'static Record,
    limits: &Limits,
    problems: &mut Problems,
) {
    let mut walker = Walker { source, limits, problems };
    let start = Span::new(&(0..0));
    match root {
        Some(node) if matches!(node.value, Value::Map(_)) => walker.record(node, record, start),
        Some(node) if !matches!(node.value, Value::Null) => walker.wrong_type(node, "a map of keys"),
        Some(nothing) => walker.missing_keys(nothing, record, start),
        None => walker.missing_keys(&Node::new(Value::Null, start), record, start),
    }
}

struct Walker<'w> {
    source: &'w SourceText,
    limits: &'w Limits,
    problems: &'w mut Problems,
}

impl Walker<'_> {
    /// `owner`: the key the value stands under, where problems of a whole map are shown.
    fn value(&mut self, node: &Node<'_>, shape: &'static Shape, owner: Span) {
        if matches!(node.value, Value::Null) {
            return self.nothing(node, shape, owner);
        }
        let Some(shape) = shape.chosen_for(node) else {
            return self.wrong_type(node, shape.wanted());
        };
        match shape {
            Shape::List(of) => self.list(node, of),
            Shape::Map(keys, of) => self.map(node, *keys, of),
            Shape::Record(record) => self.record(node, record, owner),
            _ => self.scalar(node, shape),
        }
    }

    fn nothing(&mut self, node: &Node<'_>, shape: &Shape, owner: Span) {
        if node.cut {
            return;
        }
        let at = if node.span.start < node.span.end { node.span } else { owner };
        let after = self.source.text().get(owner.end as usize..).unwrap_or_default().trim_start();
        let help = if after.starts_with([',', '}']) {
            "if it belongs to the text before it, put that text in quotes: in braces, a `,` ends a text"
                .to_owned()
        } else {
            format!("write {}, or remove the key", shape.wanted())
        };
        self.report(Code::EmptyValue, at, "nothing is written here".to_owned(), Some(help));
    }

    fn wrong_type(&mut self, node: &Node<'_>, wanted: &str) {
        if node.cut {
            return;
        }
        let message = format!("{} stands where {wanted} is expected", node.kind());
        let list = wanted.starts_with("a list") && matches!(node.value, Value::Scalar { .. });
        let help =
            node.text().filter(|_| list).map(|text| format!("write it as a list: `[{}]`", shown(text)));
        self.report(Code::WrongType, first_line(node, self.source), message, help);
    }

    fn list(&mut self, node: &Node<'_>, of: &'static Shape) {
        if node.items().is_empty() && !node.cut {
            self.report(
                Code::EmptyValue,
                node.span,
                "the list is empty".to_owned(),
                Some("add an entry, or remove the key".to_owned()),
            );
        }
        for item in node.items() {
            self.value(item, of, item.span);
        }
    }

    fn map(&mut self, node: &Node<'_>, keys: Keys, of: &'static Shape) {
        if node.entries().is_empty() && !node.cut {
            self.report(
                Code::EmptyValue,
                node.span,
                "the map is empty".to_owned(),
                Some("add an entry, or remove the key".to_owned()),
            );
        }
        self.duplicate_keys(node);
        for (key, value) in node.entries() {
            self.key(key, keys);
            self.value(value, of, key.span);
        }
    }

    fn record(&mut self, node: &Node<'_>, record: &'static Record, owner: Span) {
        self.duplicate_keys(node);
        for (key, value) in node.entries() {
            match key.text().and_then(|name| record.field(name)) {
                Some(field) => self.value(value, field.shape, key.span),
                None => self.unknown_key(key, record),
            }
        }
        self.missing_keys(node, record, owner);
    }

    fn missing_keys(&mut self, node: &Node<'_>, record: &'static Record, owner: Span) {
        for field in record.fields {
            let Some(code) = field.missing else { continue };
            if !node.cut && node.get(field.key).is_none() {
                let message = format!("the key `{}` is missing", field.key);
                let help = match code {
                    Code::MissingVersion => "begin the file with `jawab: 1`".to_owned(),
                    _ => format!("add `{}`: {}", field.key, lower_first(field.doc)),
                };
                self.report(code, owner, message, Some(help));
            }
        }
    }

    fn unknown_key(&mut self, key: &Node<'_>, record: &'static Record) {
        match key.text() {
            Some("<<") => {
                let help = "write the keys out, or give the whole value with an alias: `key: *name`";
                self.report(
                    Code::MergeKey,
                    key.span,
                    "`<<` merges maps, which rule files do not".to_owned(),
                    Some(help.to_owned()),
                );
            }
            Some(name) => {
                let message = format!("`{}` is no key of a {}", shown(name), record.name);
                self.report(Code::UnknownKey, key.span, message, suggest::advice(name, record.keys()));
            }
            None => self.wrong_type(key, "a key"),
        }
    }

    fn duplicate_keys(&mut self, node: &Node<'_>) {
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        for (key, _) in node.entries() {
            let Some(name) = key.text() else { continue };
            if let Some(first) = seen.get(name) {
                self.duplicate_key(key, name, *first);
            } else {
                seen.insert(name, key.span);
            }
        }
    }

    fn duplicate_key(&mut self, key: &Node<'_>, name: &str, first: Span) {
        self.problems.add_with(|| {
            let message = format!("the key `{}` stands here twice", shown(name));
            Diagnostic::new(Code::DuplicateKey, key.span.place(self.source), message)
                .label(first.place(self.source), "first here")
                .help("keep one of them")
        });
    }

    fn key(&mut self, key: &Node<'_>, keys: Keys) {
        let Some(name) = key.text() else { return self.wrong_type(key, "a key") };
        if name == "<<" {
            return self.unknown_key(key, &crate::rules::format::RULE_FILE);
        }
        if name.trim().is_empty() {
            return self.report(Code::EmptyValue, key.span, "the key is empty".to_owned(), None);
        }
        if self.changed(key) {
            return;
        }
        match keys {
            Keys::Names => self.name(key, name),
            Keys::Languages => self.language_tag(key, name),
            Keys::Texts | Keys::Facts => {}
        }
    }

    fn scalar(&mut self, node: &Node<'_>, shape: &Shape) {
        let Some(text) = node.text() else { return };
        match shape {
            Shape::Version => self.version(node, text),
            Shape::Text | Shape::Pattern | Shape::Template => self.text(node, text),
            Shape::Expected => self.expected(node, text),
            Shape::Name if !self.changed(node) => self.name(node, text),
            Shape::LanguageTag if !self.changed(node) => self.language_tag(node, text),
            Shape::Duration if scalar::duration(text).is_none() => {
                let message = format!("`{}` is no duration", shown(text));
                let help = "write a whole number and its unit: `90s`, `1m`, `2h`, `1d`";
                self.report(Code::InvalidDuration, node.span, message, Some(help.to_owned()));
            }
            Shape::Hours => self.hours(node, text),
            Shape::Zone if Zone::parse(text).is_none() => {
                let message = format!("`{}` is no time zone that is known here", shown(text));
                let near = suggest::nearest(text, Zone::names());
                let help = near.map_or_else(
                    || "write an offset, `+07:00`, or a name, `Asia/Jakarta`".to_owned(),
                    |near| format!("did you mean `{near}`? an offset is known, too: `+07:00`"),
                );
                self.report(Code::InvalidTimeZone, node.span, message, Some(help));
            }
            Shape::YesNo if !matches!(node.plain_text(), Some("true" | "false")) => {
                let message = format!("`{}` stands where `true` or `false` is expected", shown(text));
                self.report(
                    Code::WrongType,
                    node.span,
                    message,
                    Some("write `true` or `false`, without quotes".to_owned()),
                );
            }
            Shape::Share => self.share(node, text),
            Shape::Whole(least, most) => self.whole(node, text, *least, *most),
            Shape::OneOf(words) => self.one_of(node, text, words),
            _ => {}
        }
    }

    fn hours(&mut self, node: &Node<'_>, text: &str) {
        if let Err(advice) = Hours::parse(&[text]) {
            let message = format!("`{}` are no hours", shown(text));
            self.report(Code::InvalidHours, node.span, message, Some(advice.to_owned()));
        }
    }

    fn version(&mut self, node: &Node<'_>, text: &str) {
        if text != "1" {
            let message = format!("`{}` is no version of the format", shown(text));
            self.report(Code::WrongVersion, node.span, message, Some("write `jawab: 1`".to_owned()));
        }
    }

    fn text(&mut self, node: &Node<'_>, text: &str) {
        if text.trim().is_empty() {
            self.report(
                Code::EmptyValue,
                node.span,
                "the text is empty".to_owned(),
                Some("write it, or remove the entry".to_owned()),
            );
        } else if text.len() > self.limits.text_bytes {
            let message = format!("the text is longer than {} bytes", self.limits.text_bytes);
            self.report(Code::TooLarge, first_line(node, self.source), message, None);
        } else if !self.changed(node) {
            self.cut_or_joined(node);
        }
    }

    /// Reports a plain text of which YAML took a part for a comment, or to which it joined the next entry.
    fn cut_or_joined(&mut self, node: &Node<'_>) {
        let (Some(_), Some(written)) = (node.plain_text(), self.source.text().get(node.span.range())) else {
            return;
        };
        let rest = self.source.text().get(node.span.end as usize..).and_then(|rest| rest.lines().next());
        let comment = rest.unwrap_or_default().trim_start();
        if comment.strip_prefix('#').is_some_and(|word| word.starts_with(char::is_alphanumeric)) {
            let message = format!(
                "YAML takes `{}` for a comment: it is not part of the text",
                shown(comment.trim_end())
            );
            let help = "put the text in quotes; a comment has a space behind its `#`";
            return self.report(Code::YamlChangedValue, node.span, message, Some(help.to_owned()));
        }
        let mut further = written.lines().skip(1).map(str::trim).filter(|line| line.starts_with('-'));
        if let Some(entry) = further.next() {
            let message = format!("YAML joins `{}` to the text before it", shown(entry));
            let help = format!(
                "write `- {}` to begin an entry, or put the text in quotes",
                shown(entry.trim_start_matches('-').trim())
            );
            self.report(Code::YamlChangedValue, node.span, message, Some(help));
        }
    }

    fn expected(&mut self, node: &Node<'_>, text: &str) {
        let number = node.plain_text().and_then(scalar::number).is_some();
        if !number && !matches!(node.plain_text(), Some("true" | "false")) {
            self.text(node, text);
        }
    }

    /// Whether a plain text is one that YAML readers turn into something else; reported then.
    fn changed(&mut self, node: &Node<'_>) -> bool {
        let Some((text, becomes)) =
            node.plain_text().and_then(|text| Some((text, scalar::changed_by_yaml(text)?)))
        else {
            return false;
        };
        let message = format!("without quotes, YAML readers may take `{text}` for {becomes}");
        self.report(
            Code::YamlChangedValue,
            node.span,
            message,
            Some(format!("put it in quotes: \"{text}\"")),
        );
        true
    }

    fn name(&mut self, node: &Node<'_>, text: &str) {
        if !scalar::is_name(text) {
            let message = format!("`{}` is no name", shown(text));
            let help = "names are lower-case letters and digits, joined by `-`, at most 100 bytes";
            self.report(Code::InvalidName, node.span, message, Some(help.to_owned()));
        }
    }

    fn language_tag(&mut self, node: &Node<'_>, text: &str) {
        if !scalar::is_language_tag(text) {
            let message = format!("`{}` is no language", shown(text));
            let near = suggest::nearest(text, LANGUAGE_NAMES.iter().map(|(name, _)| *name));
            let tag = near.and_then(|near| LANGUAGE_NAMES.iter().find(|(name, _)| *name == near));
            let help = tag.map_or_else(
                || "write its tag: `id`, `en`, `fil`, `zh`".to_owned(),
                |(_, tag)| format!("did you mean `{tag}`?"),
            );
            self.report(Code::InvalidLanguage, node.span, message, Some(help));
        }
    }

    fn share(&mut self, node: &Node<'_>, text: &str) {
        match node.plain_text().and_then(scalar::number) {
            Some(share) if (0.0..=1.0).contains(&share) => {}
            Some(_) => self.out_of_range(node, text, "a number from 0 to 1"),
            None => self.no_number(node, text, "a number from 0 to 1"),
        }
    }

    fn whole(&mut self, node: &Node<'_>, text: &str, least: i64, most: i64) {
        let wanted = format!("a whole number from {least} to {most}");
        match node.plain_text().and_then(|text| text.parse::<i64>().ok()) {
            Some(number) if (least..=most).contains(&number) => {}
            Some(_) => self.out_of_range(node, text, &wanted),
            None => self.no_number(node, text, &wanted),
        }
    }

    fn out_of_range(&mut self, node: &Node<'_>, text: &str, wanted: &str) {
        let message = format!("`{}` is out of range", shown(text));
        self.report(Code::OutOfRange, node.span, message, Some(format!("write {wanted}")));
    }

    fn no_number(&mut self, node: &Node<'_>, text: &str, wanted: &str) {
        let message = format!("`{}` stands where {wanted} is expected", shown(text));
        self.report(Code::WrongType, node.span, message, Some(format!("write {wanted}, without quotes")));
    }

    fn one_of(&mut self, node: &Node<'_>, text: &str, words: &'static [&'static str]) {
        if self.changed(node) || words.contains(&text) {
            return;
        }
        let message = format!("`{}` is not known here", shown(text));
        let help = suggest::advice(text, words.iter().copied());
        self.report(Code::UnknownValue, node.span, message, help);
    }

    fn report(&mut self, code: Code, span: Span, message: String, help: Option<String>) {
        let mut problem = Diagnostic::new(code, span.place(self.source), message);
        problem.help = help;
        self.problems.add(problem);
    }
}

/// Names people write where a tag is wanted.
const LANGUAGE_NAMES: &[(&str, &str)] = &[
    ("indonesian", "id"),
    ("indonesia", "id"),
    ("bahasa", "id"),
    ("english", "en"),
    ("inggris", "en"),
    ("filipino", "fil"),
    ("tagalog", "fil"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("malay", "ms"),
];

/// An author's text for a message: its beginning where it is long.
pub(crate) fn shown(text: &str) -> String {
    let mut letters = text.chars();
    let start: String =
        letters.by_ref().take(60).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if letters.next().is_some() { start + "…" } else { start }
}

/// The first line of a value: whole lists and maps are too much to underline.
fn first_line(node: &Node<'_>, source: &SourceText) -> Span {
    let written = source.text().get(node.span.range()).unwrap_or_default();
    let length = written.lines().next().unwrap_or_default().len() as u32;
    Span { start: node.span.start, end: node.span.start + length }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
