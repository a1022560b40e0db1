//! Holds a file against the format and reports everything that does not fit.

use rustc_hash::FxHashMap;

use crate::context::Context;
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::rules::advice;
use crate::rules::format::{RULE_FILE, TEXT};
use crate::rules::limits::Limits;
use crate::rules::node::{Node, Span, Value};
use crate::rules::problems::Problems;
use crate::rules::shape::{Keys, Record, Shape};
use crate::rules::{scalar, suggest};

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
    if let Some(key) = root.and_then(|root| advice::of_scenario(root, record)) {
        return walker.scenario(key);
    }
    match root {
        Some(node) if matches!(node.value, Value::Map(_)) => walker.record(node, record, start),
        Some(node) if !matches!(node.value, Value::Null) => {
            walker.wrong_type(node, "a map of keys", Some(advice::of_file(node)));
        }
        Some(nothing) => walker.missing_keys(nothing, record, start),
        None => walker.missing_keys(&Node::new(Value::Null, start), record, start),
    }
}

pub(super) struct Walker<'w> {
    pub(super) source: &'w SourceText,
    pub(super) limits: &'w Limits,
    problems: &'w mut Problems,
}

impl Walker<'_> {
    /// `owner`: the key the value stands under, where problems of a whole map are shown.
    fn value(&mut self, node: &Node<'_>, shape: &'static Shape, owner: Span) {
        if matches!(node.value, Value::Null) {
            return self.nothing(node, shape, owner);
        }
        let Some(shape) = shape.chosen_for(node) else {
            return self.wrong_type(node, shape.wanted(), advice::of_kind(self.source, node, shape));
        };
        match shape {
            Shape::List(of) => self.list(node, of),
            Shape::Map(keys, of) => self.map(node, *keys, of),
            Shape::Record(record) if advice::is_text(self.source, node, record) => {
                self.wrong_type(node, "a text", advice::of_kind(self.source, node, &TEXT));
            }
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

    fn wrong_type(&mut self, node: &Node<'_>, wanted: &str, help: Option<String>) {
        if !node.cut {
            let message = format!("{} stands where {wanted} is expected", node.kind());
            self.report(Code::WrongType, first_line(node, self.source), message, help);
        }
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
        let lacks_id = advice::lacks_id(node, of);
        let (strays, entries): (Vec<_>, Vec<_>) =
            node.entries().iter().partition(|(key, _)| lacks_id && advice::is_key_of_rule(key));
        strays.first().into_iter().for_each(|(key, _)| self.stray_key(key));
        for (key, value) in entries {
            self.key(key, keys);
            if key.text() != Some("<<") {
                self.value(value, of, key.span);
            }
        }
    }

    fn stray_key(&mut self, key: &Node<'_>) {
        let name = shown(key.text().unwrap_or_default());
        let message = format!("`{name}` belongs to a rule, but no rule stands above it");
        let help = "write the rule's id above its keys, such as `opening-hours:`, and indent them below it";
        self.report(Code::WrongType, key.span, message, Some(help.to_owned()));
    }

    fn record(&mut self, node: &Node<'_>, record: &'static Record, owner: Span) {
        self.duplicate_keys(node);
        for (key, value) in node.entries() {
            match key.text().and_then(|name| record.field(name)) {
                Some(field) => self.value(value, field.shape, key.span),
                None => self.unknown_key(key, Some(value), record),
            }
        }
        self.missing_keys(node, record, owner);
        self.promises(node);
        self.raises(node, record, owner);
    }

    /// Reports an escalation that raises nothing.
    fn raises(&mut self, node: &Node<'_>, record: &'static Record, owner: Span) {
        let has = |key: &&str| node.get(key).is_some() || record.has_misspelt(key, node);
        if record.field("cause").is_some() && !node.cut && !["level", "priority"].iter().any(has) {
            let message = "this escalation raises neither level nor priority".to_owned();
            let help = "add `level` or `priority`: what they are at least where `when` holds".to_owned();
            self.report(Code::MissingKey, owner, message, Some(help));
        }
    }

    /// Reports a first answer that is promised later than the end.
    fn promises(&mut self, node: &Node<'_>) {
        let promise = |key| node.get(key).and_then(|node| Some((node, scalar::duration(node.text()?)?)));
        let (Some((first, respond)), Some((_, resolve))) =
            (promise("respond_within"), promise("resolve_within"))
        else {
            return;
        };
        if respond > resolve {
            let message = "the first answer is promised later than the end of the matter".to_owned();
            let help = "write at most what `resolve_within` says".to_owned();
            self.report(Code::OutOfRange, first.span, message, Some(help));
        }
    }

    fn missing_keys(&mut self, node: &Node<'_>, record: &'static Record, owner: Span) {
        for field in record.fields {
            let Some(code) = field.missing else { continue };
            if !node.cut && node.get(field.key).is_none() && !record.has_misspelt(field.key, node) {
                let message = format!("the key `{}` is missing", field.key);
                let help = match code {
                    Code::MissingVersion => "begin the file with `jawab: 1`".to_owned(),
                    _ => format!("add `{}`: {}", field.key, lower_first(field.doc)),
                };
                self.report(code, owner, message, Some(help));
            }
        }
    }

    fn unknown_key(&mut self, key: &Node<'_>, value: Option<&Node<'_>>, record: &'static Record) {
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
                let message = format!("`{}` is no key of {}", shown(name), record.called());
                let rule = record.field("faq").is_some() && value.is_some_and(advice::is_rule);
                let below = || Some("a rule stands below `faq` or `intents`, indented".to_owned());
                let help = if rule { below() } else { suggest::advice(name, record.keys()) };
                self.report(Code::UnknownKey, key.span, message, help);
            }
            None => self.wrong_key(key),
        }
    }

    /// Reports a scenario file that stands among the rules.
    fn scenario(&mut self, key: &Node<'_>) {
        let message =
            format!("`{}` belongs to a scenario file, not to rules", shown(key.text().unwrap_or_default()));
        let help =
            "put the file into the folder `tests` of the rules, and check the rules: `jawab test` runs it";
        self.report(Code::UnknownKey, key.span, message, Some(help.to_owned()));
        self.problems.cut_off();
    }

    fn wrong_key(&mut self, key: &Node<'_>) {
        let written = self.source.text().get(first_line(key, self.source).range()).unwrap_or_default();
        let help = format!(
            "if a text begins with this bracket, put the whole text in quotes: {}",
            in_quotes(&format!("{written} …"))
        );
        self.wrong_type(key, "a key", Some(help));
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
        let Some(name) = key.text() else { return self.wrong_key(key) };
        if name == "<<" {
            return self.unknown_key(key, None, &RULE_FILE);
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
            Keys::Facts if !Context::is_name(name) => self.deep_fact(key, name),
            Keys::Texts | Keys::Facts => {}
        }
    }

    fn deep_fact(&mut self, key: &Node<'_>, name: &str) {
        let message = format!("the name `{}` has too many dots", shown(name));
        let help = format!("a name has at most {} parts, such as the two of `customer.tier`", Context::PARTS);
        self.report(Code::TooDeep, key.span, message, Some(help));
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: String, help: Option<String>) {
        let mut problem = Diagnostic::new(code, span.place(self.source), message);
        problem.help = help;
        self.problems.add(problem);
    }
}

/// An author's text for a message: its beginning where it is long.
pub(crate) fn shown(text: &str) -> String {
    let mut letters = text.chars();
    let start: String =
        letters.by_ref().take(60).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if letters.next().is_some() { start + "…" } else { start }
}

/// An author's text in the quotes that it needs: single ones where it holds a `"` or a `\`.
pub(crate) fn in_quotes(text: &str) -> String {
    let text = shown(text);
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// The first line of a value: whole lists and maps are too much to underline.
pub(super) fn first_line(node: &Node<'_>, source: &SourceText) -> Span {
    let written = source.text().get(node.span.range()).unwrap_or_default();
    let length = written.lines().next().unwrap_or_default().len() as u32;
    Span { start: node.span.start, end: node.span.start + length }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
