//! Holds the texts of a file against the format.

use crate::diagnostic::Code;
use crate::moment::{Hours, Moment, Zone};
use crate::rules::format::RULE;
use crate::rules::node::Node;
use crate::rules::shape::Shape;
use crate::rules::walk::{Walker, first_line, shown};
use crate::rules::{advice, scalar, suggest};
use crate::text::LANGUAGES;
use crate::text::Language;

impl Walker<'_> {
    pub(super) fn scalar(&mut self, node: &Node<'_>, shape: &Shape) {
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
            Shape::Moment if !self.changed(node) && Moment::parse(text).is_none() => {
                let message = format!("`{}` is no moment", shown(text));
                let help = "write date, time and offset: `\"2024-05-06T09:00:00+07:00\"`";
                self.report(Code::WrongType, node.span, message, Some(help.to_owned()));
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
        let mut joined = written.lines().skip(1).filter_map(advice::joined_key);
        if let Some((name, colon)) = joined.find(|(name, _)| RULE.field(name).is_some()) {
            let message = format!("YAML joins `{name}{colon}` to the text before it");
            let help = advice::of_joined(name, colon);
            return self.report(Code::YamlChangedValue, node.span, message, Some(help));
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
    pub(super) fn changed(&mut self, node: &Node<'_>) -> bool {
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

    pub(super) fn name(&mut self, node: &Node<'_>, text: &str) {
        if !scalar::is_name(text) {
            let message = format!("`{}` is no name", shown(text));
            let help = "names are lower-case letters and digits, joined by `-`, at most 100 bytes";
            self.report(Code::InvalidName, node.span, message, Some(help.to_owned()));
        }
    }

    pub(super) fn language_tag(&mut self, node: &Node<'_>, text: &str) {
        if !scalar::is_language_tag(text) {
            let message = format!("`{}` is no language", shown(text));
            let help = meant_language(text).map_or_else(
                || "write its tag: `id`, `en`, `fil`, `zh`".to_owned(),
                |tag| format!("did you mean `{tag}`?"),
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
        // A number of too many digits is none to the parser, but one to its author.
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        match node.plain_text().filter(|_| is_whole).map(str::parse::<i64>) {
            Some(Ok(number)) if (least..=most).contains(&number) => {}
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
        let language = meant_language(text).filter(|tag| words.contains(tag));
        let meant = language.map(|tag| format!("did you mean `{tag}`?"));
        let help = meant.or_else(|| suggest::advice(text, words.iter().copied()));
        self.report(Code::UnknownValue, node.span, message, help);
    }
}

/// The tag of the language that was most likely meant: a pack's for its regions, or that of a name.
fn meant_language(text: &str) -> Option<&'static str> {
    let language = Language::new(text);
    let pack = LANGUAGES.iter().find(|tag| **tag == language.as_str()).copied();
    let named = |wanted| LANGUAGE_NAMES.iter().find(|(name, _)| *name == wanted).map(|(_, tag)| *tag);
    // Of three letters, any two are near each other.
    let names = LANGUAGE_NAMES.iter().map(|(name, _)| *name).filter(|name| name.len() > 3);
    let near = || suggest::nearest(language.as_str(), names);
    pack.or_else(|| named(language.as_str())).or_else(|| near().and_then(named))
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
    ("in", "id"),
    ("ind", "id"),
    ("idn", "id"),
    ("eng", "en"),
    ("tgl", "fil"),
    ("ph", "fil"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cn", "zh"),
];
