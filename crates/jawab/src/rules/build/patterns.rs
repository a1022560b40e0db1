//! Patterns: parsed, their macros and slots resolved.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{File, one_or_more};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::pattern::{self, Macros, Problem, Template, TemplateError};
use crate::rules::model::{Pattern, SlotType};
use crate::rules::node::{Node, Span};
use crate::text::Language;

/// Largest size in bytes of a pattern with its macros written out.
const EXPANDED_BYTES: usize = 1 << 14;

/// Types of a rule's slots, by the name that [`crate::rules::model::Rule::slots`] has them under.
pub(super) type SlotTypes = BTreeMap<String, SlotType>;

/// The types under a rule's `slots`; none for one that does not exist, which has been reported.
pub(super) type OwnTypes = BTreeMap<String, Option<SlotType>>;

/// The sound macros, for checking patterns that name them.
#[derive(Debug, Default)]
pub(crate) struct Expansion<'m> {
    macros: Macros<'m>,
    sizes: FxHashMap<&'m str, usize>,
}

impl<'m> Expansion<'m> {
    pub(super) fn add(&mut self, name: &'m str, template: &'m Template, size: usize) {
        self.macros.insert(name, template);
        self.sizes.insert(name, size);
    }

    /// All macros of a set that has been checked.
    pub(super) fn of(macros: &'m BTreeMap<String, crate::rules::model::Macro>) -> Self {
        let mut expansion = Expansion::default();
        let mut sizes: FxHashMap<&str, usize> = FxHashMap::default();
        for (name, known) in macros {
            expansion.macros.insert(name, &known.template);
            size_of(name, macros, &mut sizes, 0);
        }
        expansion.sizes = sizes;
        expansion
    }

    /// The size of a pattern with its macros written out; none where it names a macro that is not sound.
    pub(super) fn check(&self, text: &str, template: &Template) -> Result<Option<usize>, TemplateError> {
        let mut size = text.len();
        for reference in template.macros() {
            let Some(inner) = self.sizes.get(reference.name.as_str()) else { return Ok(None) };
            size += inner;
        }
        if size > EXPANDED_BYTES {
            return Err(TemplateError::new(Problem::TooLong { bytes: size }, 0..text.len()));
        }
        pattern::check(template, &self.macros, text.len())?;
        Ok(Some(size))
    }
}

/// Macros that have been checked nest no deeper than patterns may.
fn size_of<'m>(
    name: &'m str,
    macros: &'m BTreeMap<String, crate::rules::model::Macro>,
    sizes: &mut FxHashMap<&'m str, usize>,
    depth: usize,
) -> usize {
    if let (Some(size), _) | (None, Some(size)) =
        (sizes.get(name).copied(), (depth > 64).then_some(EXPANDED_BYTES))
    {
        return size;
    }
    let Some((name, known)) = macros.get_key_value(name) else { return 0 };
    let inner: usize = known
        .template
        .macros()
        .iter()
        .map(|inner| {
            macros.get_key_value(&inner.name).map_or(0, |(inner, _)| size_of(inner, macros, sizes, depth + 1))
        })
        .sum();
    let size = known.source.text.len() + inner;
    sizes.insert(name, size);
    size
}

/// A problem of a pattern, where it stands in the file.
pub(super) fn problem(source: &SourceText, node: &Node<'_>, error: &TemplateError) -> Diagnostic {
    let place = node.inner(source, &error.range).place(source);
    Diagnostic::new(code(&error.problem), place, error.problem.message()).help(error.problem.help())
}

fn code(problem: &Problem) -> Code {
    match problem {
        Problem::Empty | Problem::MatchesNothing | Problem::RegexMatchesNothing => Code::EmptyPattern,
        Problem::TooLong { .. }
        | Problem::TooDeep
        | Problem::TooManySentences { .. }
        | Problem::TooManyJoined { .. }
        | Problem::TooManyGaps { .. } => Code::TooComplexPattern,
        Problem::Regex { .. } | Problem::UnclosedRegex | Problem::RegexInSentence => Code::InvalidRegex,
        Problem::RegexTooLarge => Code::TooLargeRegex,
        _ => Code::InvalidPattern,
    }
}

/// Reads `any`, `all` or `none`; adds the slots they name.
pub(super) fn patterns(
    file: &mut File<'_>,
    node: Option<&Node<'_>>,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) -> Vec<Pattern> {
    let Some(node) = node else { return Vec::new() };
    let mut patterns = Vec::new();
    for (language, part) in file.by_language(node) {
        for item in one_or_more(part) {
            patterns.extend(pattern(file, &language, item, own, slots));
        }
    }
    patterns
}

fn pattern(
    file: &mut File<'_>,
    language: &Language,
    node: &Node<'_>,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) -> Option<Pattern> {
    let text = node.text().filter(|text| !text.trim().is_empty() && text.len() <= file.limits.text_bytes)?;
    let template = match pattern::parse(text) {
        Ok(template) => template,
        Err(error) => {
            file.problems.add(problem(file.source, node, &error));
            return None;
        }
    };
    resolve_macros(file, node, &template);
    resolve_slots(file, node, &template, own, slots);
    if let Err(error) = file.expansion.check(text, &template) {
        file.problems.add(problem(file.source, node, &error));
    }
    Some(Pattern { source: file.entry(node)?, language: language.clone(), template })
}

fn resolve_macros(file: &mut File<'_>, node: &Node<'_>, template: &Template) {
    let symbols = file.symbols;
    for reference in template.macros() {
        let known = symbols.macros.contains_key(&reference.name) || symbols.unsound.contains(&reference.name);
        if !known {
            let at = node.inner(file.source, &reference.range);
            let names = symbols.macros.keys().map(String::as_str);
            file.unknown(Code::UnknownMacro, at, "macro", &reference.name, names);
        }
    }
}

/// Slots of the pattern, at their places; those of its macros at the pattern.
fn resolve_slots(
    file: &mut File<'_>,
    node: &Node<'_>,
    template: &Template,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) {
    for slot in template.slots() {
        let name = slot.type_name.as_ref().unwrap_or(&slot.name);
        let at = node.inner(file.source, &slot.range);
        resolve_slot(file, name, at, own, slots);
    }
    for slot in file.macros_of(template).into_iter().flat_map(Template::slots) {
        let name = slot.type_name.as_ref().unwrap_or(&slot.name);
        resolve_slot(file, name, node.span, own, slots);
    }
}

/// Finds the type of a slot: the rule's own, a list, or a built-in one.
pub(super) fn resolve_slot(
    file: &mut File<'_>,
    name: &str,
    at: Span,
    own: &OwnTypes,
    slots: &mut SlotTypes,
) -> Option<SlotType> {
    let found = match own.get(name) {
        Some(None) => return None,
        Some(own) => own.clone(),
        None => file.symbols.slot_type(name),
    };
    if let Some(slot_type) = &found {
        slots.insert(name.to_owned(), slot_type.clone());
    } else {
        let symbols = file.symbols;
        let known = symbols.slot_type_names();
        file.unknown(Code::UnknownSlot, at, "list or built-in type", name, known);
    }
    found
}
