//! Settings of a rule file changed in place: everything else stays as its author wrote it, to the byte.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::SourceText;
use crate::error::Error;
use crate::rules::limits::Limits;
use crate::rules::load::{self, Source};
use crate::rules::node::{Node, Value};
use crate::rules::problems::Problems;
use crate::rules::rule_set::RuleSet;
use crate::rules::scalar;
use crate::rules::yaml::{self, Budget};

/// A rule file with other settings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettingsEdit {
    /// The file, as the loader names it: a path where the set was read from one.
    pub file: Arc<str>,
    /// What it held.
    pub before: String,
    /// What it should hold.
    pub after: String,
}

/// Why settings are not changed in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditRefusal {
    /// The rules cannot be used as they are.
    #[error(transparent)]
    Rules(#[from] Error),
    /// The settings stand in a form that cannot be changed without changing more.
    #[error("the settings in `{0}` cannot be changed without changing more of the file")]
    Form(Arc<str>),
}

/// Puts a threshold, and a margin where one is given, into the settings of the rule set at a path. Nothing is written:
/// the caller gets the file's new text, which was read again and found to differ in nothing else.
///
/// Where the settings name no threshold, it comes to a line of its own in them; where the set has no settings, they
/// come behind the first lines of its first file.
///
/// # Errors
///
/// Where the rules cannot be used, or where the settings stand behind an alias or in another form that cannot be
/// changed alone.
///
/// ```
/// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/minimal.yaml");
/// let edit = jawab::edit_settings(path, 0.75, None)?;
/// assert!(edit.after.contains("  threshold: 0.75\n"));
/// # Ok::<(), jawab::EditRefusal>(())
/// ```
pub fn edit_settings(
    path: impl AsRef<Path>,
    threshold: f64,
    margin: Option<f64>,
) -> Result<SettingsEdit, EditRefusal> {
    let limits = Limits::default();
    let mut problems = Problems::new(limits.problems);
    let files = load::read_rules(path.as_ref(), &limits, &mut problems);
    problems.finish().map_err(Error::new)?;
    edit(&files, threshold, margin)
}

fn edit(files: &[SourceText], threshold: f64, margin: Option<f64>) -> Result<SettingsEdit, EditRefusal> {
    let values: Vec<(&str, f64)> =
        std::iter::once(("threshold", threshold)).chain(margin.map(|margin| ("margin", margin))).collect();
    rule_set(files.iter().map(|file| (file.name(), file.text())))?;
    let holder = files.iter().find(|file| read(file).is_some_and(|root| root.get("settings").is_some()));
    let Some(file) = holder.or(files.first()) else {
        return Err(EditRefusal::Form("".into()));
    };
    let refusal = || EditRefusal::Form(Arc::clone(file.name()));
    let root = read(file).ok_or_else(refusal)?;
    let changes = changes(file.text(), &root, &values).ok_or_else(refusal)?;
    let after = changed(file.text(), changes).ok_or_else(refusal)?;
    let new = SourceText::new(file.name(), &after);
    let texts = files.iter().map(|other| if std::ptr::eq(other, file) { &new } else { other });
    let edited = rule_set(texts.map(|file| (file.name(), file.text()))).map_err(|_| refusal())?;
    let settings = &edited.contents().settings;
    let set = settings.threshold == Some(threshold)
        && margin.is_none_or(|margin| settings.margin.total_cmp(&margin).is_eq());
    let same = read(&new).is_some_and(|new| is_same_but_for(&root, &new, &values));
    if !set || !same {
        return Err(refusal());
    }
    Ok(SettingsEdit { file: Arc::clone(file.name()), before: file.text().to_owned(), after })
}

fn rule_set<'t>(texts: impl Iterator<Item = (&'t Arc<str>, &'t str)>) -> Result<RuleSet, Error> {
    let sources: Vec<Source> = texts.map(|(name, text)| Source::new(name, text)).collect();
    RuleSet::from_sources(&sources, &Limits::default())
}

fn read(source: &SourceText) -> Option<Node<'_>> {
    let limits = Limits::default();
    yaml::read(source, &mut Budget::new(&limits), &mut Problems::new(limits.problems))
}

/// A part of a file and what to put in its place.
type Replacement = (Range<usize>, String);

fn changes(text: &str, root: &Node, values: &[(&str, f64)]) -> Option<Vec<Replacement>> {
    match root.entry("settings") {
        None => Some(vec![new_section(text, root, values)?]),
        Some((key, Node { value: Value::Null, .. })) => {
            let colon = text.get(key.span.range().end..)?.find(':')? + key.span.range().end + 1;
            Some(vec![(colon..colon, format!(" {{{}}}", inline(values)))])
        }
        Some((_, settings @ Node { value: Value::Map(_), .. })) => in_settings(text, settings, values),
        Some(_) => None,
    }
}

fn in_settings(text: &str, settings: &Node, values: &[(&str, f64)]) -> Option<Vec<Replacement>> {
    let begin = settings.span.range().start;
    if text.get(begin..)?.starts_with('*') {
        return None;
    }
    let (known, missing): (Vec<_>, Vec<_>) = values.iter().partition(|(key, _)| settings.get(key).is_some());
    let known = known.iter().filter_map(|(key, value)| {
        let range = settings.get(key)?.span.range();
        Some((range, number(*value)))
    });
    let mut changes: Vec<Replacement> = known.collect();
    if !missing.is_empty() {
        let flow = text.get(begin..)?.starts_with('{');
        changes.push(if flow { in_braces(settings, &missing) } else { in_lines(text, settings, &missing)? });
    }
    Some(changes)
}

/// Behind the opening brace.
fn in_braces(settings: &Node, values: &[(&str, f64)]) -> Replacement {
    let inside = settings.span.range().start + 1;
    let separator = if settings.entries().is_empty() { "" } else { ", " };
    (inside..inside, format!("{}{separator}", inline(values)))
}

/// On lines of their own: behind a setting that ends with its line, else before the first one and its comment.
fn in_lines(text: &str, settings: &Node, values: &[(&str, f64)]) -> Option<Replacement> {
    let (first, _) = settings.entries().first()?;
    let start = first.span.range().start;
    let indent = text.get(line_start(text, start)..start)?;
    if !indent.chars().all(|space| space == ' ') {
        return None;
    }
    let by_name = ["margin", "threshold", "languages"].iter().filter_map(|key| settings.entry(key));
    let line_end = line_end(text);
    let lines = |separator: &str| {
        let line = |(key, value): &(&str, f64)| format!("{key}: {}", number(*value));
        values.iter().map(line).collect::<Vec<_>>().join(separator)
    };
    let separator = format!("{line_end}{indent}");
    let mut entries = by_name.chain(settings.entries());
    if let Some(end) = entries.find_map(|(key, value)| end_of_line(text, key, value)) {
        return Some((end..end, format!("{separator}{}", lines(&separator))));
    }
    let start = above_comments(text, line_start(text, start));
    Some((start..start, format!("{indent}{}{line_end}", lines(&separator))))
}

/// The start of the first of the comment lines that stand directly before a line, else of the line itself.
fn above_comments(text: &str, mut line: usize) -> usize {
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    while let Some(end) = line.checked_sub(1) {
        let start = line_start(text, end);
        if !text.get(start..end).is_some_and(is_comment) {
            break;
        }
        line = start;
    }
    line
}

fn new_section(text: &str, root: &Node, values: &[(&str, f64)]) -> Option<Replacement> {
    let begin = root.span.range().start;
    if text.get(begin..)?.starts_with('{') {
        return Some((begin + 1..begin + 1, format!("settings: {{{}}}, ", inline(values))));
    }
    let mut heads = ["language", "jawab"].iter().filter_map(|key| root.entry(key));
    let end = heads.find_map(|(key, value)| end_of_line(text, key, value))?;
    let line_end = line_end(text);
    let line = |(key, value): &(&str, f64)| format!("{line_end}  {key}: {}", number(*value));
    let lines: String = values.iter().map(line).collect();
    Some((end..end, format!("{line_end}settings:{lines}")))
}

/// Where the line of an entry ends that stands on one line, a comment behind it included.
fn end_of_line(text: &str, key: &Node, value: &Node) -> Option<usize> {
    let (start, end) = (key.span.range().start, value.span.range().end);
    if matches!(value.value, Value::Null) || text.get(start..end)?.contains('\n') {
        return None;
    }
    let rest = text.get(end..)?.split('\n').next()?;
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    let ends = rest.trim_start().is_empty() || rest.trim_start().starts_with('#');
    ends.then_some(end + rest.len())
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn inline(values: &[(&str, f64)]) -> String {
    let entries = values.iter().map(|(key, value)| format!("{key}: {}", number(*value)));
    entries.collect::<Vec<_>>().join(", ")
}

/// With two digits, as people write shares; with more where they are there.
fn number(value: f64) -> String {
    let short = format!("{value:.2}");
    if scalar::number(&short) == Some(value) { short } else { value.to_string() }
}

fn changed(text: &str, mut changes: Vec<Replacement>) -> Option<String> {
    changes.sort_by_key(|(range, _)| range.start);
    let (mut after, mut at) = (String::with_capacity(text.len() + 64), 0);
    for (range, replacement) in changes {
        after.push_str(text.get(at..range.start)?);
        after.push_str(&replacement);
        at = range.end;
    }
    after.push_str(text.get(at..)?);
    Some(after)
}

/// Whether two files say the same, but for these settings.
fn is_same_but_for(old: &Node, new: &Node, values: &[(&str, f64)]) -> bool {
    let others = |root: &Node<'_>| entries_without(root, &["settings"]);
    let keys: Vec<&str> = values.iter().map(|(key, _)| *key).collect();
    let settings =
        |root: &Node<'_>| root.get("settings").map(|node| entries_without(node, &keys)).unwrap_or_default();
    others(old) == others(new) && settings(old) == settings(new)
}

/// The entries of a map as text without their places.
fn entries_without(map: &Node, keys: &[&str]) -> Vec<(Option<String>, String)> {
    let kept = map.entries().iter().filter(|(key, _)| !key.text().is_some_and(|key| keys.contains(&key)));
    kept.map(|(key, value)| (key.text().map(str::to_owned), told(value))).collect()
}

fn told(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar { text, plain } => format!("{text:?} {plain}"),
        Value::List(items) => format!("[{}]", items.iter().map(told).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", told(key), told(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "faq:\n  hours: {questions: [when are you open], answer: Always.}\n";

    fn edited(text: &str) -> Result<String, EditRefusal> {
        edit(&[SourceText::new("r.yaml", text)], 0.57, Some(0.05)).map(|edit| edit.after)
    }

    #[test]
    fn settings_are_changed_and_nothing_else_is() {
        let cases = [
            // Both are there: the numbers alone change, comments and spacing stay.
            (
                "jawab: 1\nlanguage: en\nsettings:\n  threshold:  0.6   # least\n  margin: .1 # lead\n",
                "jawab: 1\nlanguage: en\nsettings:\n  threshold:  0.57   # least\n  margin: 0.05 # lead\n",
            ),
            // One is missing: it comes behind the other.
            (
                "jawab: 1\nlanguage: en\nsettings:\n    clarify: true\n    margin: 0.1 # lead\n",
                "jawab: 1\nlanguage: en\nsettings:\n    clarify: true\n    margin: 0.05 # lead\n    threshold: 0.57\n",
            ),
            // Both are missing: behind the first setting on one line.
            (
                "jawab: 1\nlanguage: en\nsettings:\n  # which\n  languages: [en] # packs\n  clarify: true\n",
                "jawab: 1\nlanguage: en\nsettings:\n  # which\n  languages: [en] # packs\n  threshold: 0.57\n  margin: 0.05\n  clarify: true\n",
            ),
            // No setting ends with its line: before the first.
            (
                "jawab: 1\nlanguage: en\nsettings:\n  fallback:\n    say: |\n      One moment.\n",
                "jawab: 1\nlanguage: en\nsettings:\n  threshold: 0.57\n  margin: 0.05\n  fallback:\n    say: |\n      One moment.\n",
            ),
            // Nor does the comment part from what it tells of.
            (
                "jawab: 1\nlanguage: en\nsettings: # ours\n  # set with care\n\n  # when we are not sure:\n  #   (rarely)\n  fallback:\n    say: |\n      One moment.\n",
                "jawab: 1\nlanguage: en\nsettings: # ours\n  # set with care\n\n  threshold: 0.57\n  margin: 0.05\n  # when we are not sure:\n  #   (rarely)\n  fallback:\n    say: |\n      One moment.\n",
            ),
            // Flow style, filled and empty.
            (
                "jawab: 1\nlanguage: en\nsettings: {clarify: false, margin: 0.2}\n",
                "jawab: 1\nlanguage: en\nsettings: {threshold: 0.57, clarify: false, margin: 0.05}\n",
            ),
            (
                "jawab: 1\nlanguage: en\nsettings: {}\n",
                "jawab: 1\nlanguage: en\nsettings: {threshold: 0.57, margin: 0.05}\n",
            ),
            // No settings at all.
            (
                "jawab: 1\nlanguage: en # desk\n",
                "jawab: 1\nlanguage: en # desk\nsettings:\n  threshold: 0.57\n  margin: 0.05\n",
            ),
            // Line ends and a byte-order mark are kept.
            (
                "\u{feff}jawab: 1\r\nlanguage: en\r\n",
                "\u{feff}jawab: 1\r\nlanguage: en\r\nsettings:\r\n  threshold: 0.57\r\n  margin: 0.05\r\n",
            ),
        ];
        for (before, after) in cases {
            let expected = Ok(format!("{after}{RULES}"));
            assert_eq!(edited(&format!("{before}{RULES}")), expected, "{before}");
        }
    }

    #[test]
    fn a_file_without_a_last_line_end_and_one_in_braces_are_changed() {
        let after = edited("{jawab: 1, language: en, faq: {a: {questions: [hi there], answer: Yes.}}}");
        assert!(
            after
                .is_ok_and(|after| after.starts_with("{settings: {threshold: 0.57, margin: 0.05}, jawab: 1"))
        );
        let last = format!("{RULES}jawab: 1\nlanguage: en");
        assert_eq!(edited(&last), Ok(format!("{last}\nsettings:\n  threshold: 0.57\n  margin: 0.05")));
    }

    #[test]
    fn what_cannot_be_changed_alone_is_refused() {
        let aliased = format!("x: &s {{clarify: true}}\njawab: 1\nlanguage: en\nsettings: *s\n{RULES}");
        assert!(edited(&aliased).is_err());
        assert!(matches!(edited("jawab: 1\nfaq: 3\n"), Err(EditRefusal::Rules(_))));
    }

    #[test]
    fn the_settings_of_a_folder_are_changed_in_the_file_that_has_them() {
        let rules = SourceText::new("a.yaml", &format!("jawab: 1\nlanguage: en\n{RULES}"));
        let desk = SourceText::new("b.yaml", "jawab: 1\nlanguage: en\nsettings: {threshold: 0.6}\n");
        let edit = edit(&[rules, desk], 0.5, None).expect("an edit");
        assert_eq!(
            (&*edit.file, &*edit.after),
            ("b.yaml", "jawab: 1\nlanguage: en\nsettings: {threshold: 0.50}\n")
        );
    }
}
