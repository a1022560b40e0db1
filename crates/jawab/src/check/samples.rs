//! Messages that a rule is made for, written out.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Repetition};

use crate::pattern::{Expression, Lowered, Macros, Tree};
use crate::rules::{Contents, Pattern, Rule, SlotType};
use crate::text::EntityKind;

/// How many sentences of one pattern are tried.
const SENTENCES: usize = 8;
/// Longest message made from a regular expression, in bytes.
const REGEX_SAMPLE: usize = 400;
/// Stands for any words: nothing that a rule set uses, and nothing that looks like a typo of it.
const ANY_WORDS: &str = "xyzzy";

/// Some of the messages that a rule's pattern stands for; with what the rule's other `all` patterns want beside it.
pub(super) fn messages(contents: &Contents, macros: &Macros, rule: &Rule, pattern: &Pattern) -> Vec<String> {
    let others = rule.all.iter().filter(|other| other.source.place != pattern.source.place);
    let wanted: Vec<String> =
        others.filter_map(|other| sentences(contents, macros, rule, other).into_iter().next()).collect();
    let joined = |sentence: String| [&[sentence], wanted.as_slice()].concat().join(" ");
    sentences(contents, macros, rule, pattern).into_iter().map(joined).collect()
}

fn sentences(contents: &Contents, macros: &Macros, rule: &Rule, pattern: &Pattern) -> Vec<String> {
    match Lowered::new(&pattern.template, macros) {
        Lowered::Regex(regex) => regex_sample(regex).into_iter().collect(),
        Lowered::Sentence(tree) => {
            let mut written: Vec<String> =
                (0..SENTENCES).map(|turn| Sentence::of(&tree, contents, rule, turn)).collect();
            written.sort();
            written.dedup();
            written
        }
    }
}

/// A sentence while it is written out.
struct Sentence<'c> {
    contents: &'c Contents,
    rule: &'c Rule,
    /// Which of alternatives is taken: the next one at every choice, so that the turns differ in each.
    choice: usize,
    text: String,
}

impl<'c> Sentence<'c> {
    fn of(tree: &Tree, contents: &'c Contents, rule: &'c Rule, turn: usize) -> String {
        let mut sentence = Sentence { contents, rule, choice: turn, text: String::new() };
        sentence.write(tree);
        sentence.text
    }

    fn write(&mut self, tree: &Tree) {
        match tree {
            Tree::Text(text) => self.word(text),
            Tree::Exact(text) => self.word(text),
            Tree::Wildcard(_) => self.word(ANY_WORDS),
            Tree::Slot(slot) => {
                let slot_type = self.rule.slot_type(&slot.name, slot.type_name.as_deref());
                self.word(slot_type.map_or(ANY_WORDS, |slot_type| example(self.contents, slot_type)));
            }
            Tree::Sequence(inner) => inner.iter().for_each(|tree| self.write(tree)),
            Tree::Alternatives(inner) => self.write_one(inner),
            Tree::AnyOrder(inner) => self.write_turned(inner),
            Tree::Gap | Tree::Start | Tree::End => {}
        }
    }

    fn word(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    fn write_one(&mut self, alternatives: &[Tree]) {
        let chosen = self.choice % alternatives.len().max(1);
        self.choice += 1;
        alternatives.get(chosen).into_iter().for_each(|tree| self.write(tree));
    }

    fn write_turned(&mut self, parts: &[Tree]) {
        let (before, after) = parts.split_at(self.choice % parts.len().max(1));
        self.choice += 1;
        after.iter().chain(before).for_each(|tree| self.write(tree));
    }
}

fn example<'c>(contents: &'c Contents, slot_type: &SlotType) -> &'c str {
    match slot_type {
        SlotType::BuiltIn(kind) => entity(*kind),
        SlotType::List(name) => {
            let list = contents.vocabulary.lists.iter().find(|list| *list.name.text == **name);
            let value = list.and_then(|list| list.values.first());
            value.map_or(ANY_WORDS, |(value, written)| &written.first().unwrap_or(value).text)
        }
    }
}

fn entity(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Number => "7",
        EntityKind::Amount => "Rp50.000",
        EntityKind::Date => "2026-03-12",
        EntityKind::Time => "10:30",
        EntityKind::Phone => "081234567890",
        EntityKind::Email => "sari@example.com",
        EntityKind::Url => "https://example.com",
        EntityKind::Account => "1234567890",
        EntityKind::Reference => "TRX1234567",
        EntityKind::List(_) => ANY_WORDS,
    }
}

/// A message that the expression matches, where a simple one does.
fn regex_sample(regex: &Expression) -> Option<String> {
    let hir = regex_syntax::parse(regex.as_str()).ok()?;
    let mut sample = String::new();
    write_match(&hir, &mut sample);
    Some(sample).filter(|sample| regex.is_match(sample))
}

/// Writes a short match: the first of alternatives, the fewest repetitions, and a space for `.*`.
fn write_match(hir: &Hir, sample: &mut String) {
    if sample.len() > REGEX_SAMPLE {
        return;
    }
    match hir.kind() {
        HirKind::Literal(literal) => sample.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => sample.extend(member(class)),
        HirKind::Repetition(repetition) => write_repetition(repetition, sample),
        HirKind::Capture(capture) => write_match(&capture.sub, sample),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write_match(part, sample)),
        HirKind::Alternation(parts) => parts.iter().take(1).for_each(|part| write_match(part, sample)),
        HirKind::Empty | HirKind::Look(_) => {}
    }
}

fn write_repetition(repetition: &Repetition, sample: &mut String) {
    let takes_space = matches!(repetition.sub.kind(), HirKind::Class(class) if has(class, ' '));
    if repetition.min == 0 && takes_space {
        return sample.push(' ');
    }
    let times = (repetition.min as usize).min(REGEX_SAMPLE);
    (0..times).for_each(|_| write_match(&repetition.sub, sample));
}

fn member(class: &Class) -> Option<char> {
    let first = match class {
        Class::Unicode(class) => class.ranges().first().map(ClassUnicodeRange::start),
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start())),
    };
    ['1', 'a', ' '].into_iter().find(|&common| has(class, common)).or(first)
}

fn has(class: &Class, wanted: char) -> bool {
    match class {
        Class::Unicode(class) => {
            class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&wanted))
        }
        Class::Bytes(class) => {
            let mut ranges = class.ranges().iter();
            ranges.any(|range| (char::from(range.start())..=char::from(range.end())).contains(&wanted))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_expression_is_written_out_as_a_message_it_matches() {
        for (source, sample) in [
            (r"\bTRX\d{6,}\b.*belum", Some("TRX111111 belum")),
            ("(deposit|tarik dana) gagal", Some("deposit gagal")),
            (r"[A-Z]{2}\s?\d+", Some("AA 1")),
            (r"a\bb", None),
        ] {
            let parsed = crate::pattern::parse(&format!("/{source}/")).expect("valid");
            let crate::pattern::Template::Regex(expression) = parsed else { panic!("{source}") };
            assert_eq!(regex_sample(&expression).as_deref(), sample, "{source}");
        }
    }
}
