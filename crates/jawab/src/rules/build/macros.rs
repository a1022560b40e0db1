//! Macros: parsed, put in the order of their dependence, checked.

use std::collections::{BTreeMap, VecDeque};

use super::Document;
use super::patterns::{self, Expansion};
use super::symbols::{Names, Symbols, first_keys};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::pattern::{self, Template};
use crate::rules::model::{Entry, Macro};
use crate::rules::node::Node;
use crate::rules::problems::Problems;
use crate::rules::suggest;

/// A macro as its file has it.
struct Draft<'d> {
    source: &'d SourceText,
    node: &'d Node<'d>,
    template: Option<Template>,
}

/// Reads the macros of all files into the symbols.
pub(super) fn build(documents: &[Document<'_>], symbols: &mut Symbols, problems: &mut Problems) {
    let drafts = drafts(documents, problems);
    report_unknown(&drafts, problems);
    let order = in_order(&drafts);
    report_cycles(&drafts, &order, problems);
    let mut expansion = Expansion::default();
    let mut sound = BTreeMap::new();
    for name in order {
        let Some((name, Draft { source, node, template: Some(template) })) = drafts.get_key_value(name)
        else {
            continue;
        };
        match expansion.check(node.text().unwrap_or_default(), template) {
            Ok(Some(size)) => expansion.add(name, template, size),
            Ok(None) => continue,
            Err(error) => {
                problems.add(patterns::problem(source, node, &error));
                continue;
            }
        }
        sound.insert((*name).to_owned(), sound_macro(source, node, template));
    }
    drop(expansion);
    symbols.unsound =
        drafts.keys().filter(|name| !sound.contains_key(**name)).map(|name| (*name).to_owned()).collect();
    symbols.macros = sound;
}

fn sound_macro(source: &SourceText, node: &Node<'_>, template: &Template) -> Macro {
    let text = node.text().unwrap_or_default().to_owned();
    Macro { source: Entry { text, place: node.span.place(source) }, template: template.clone() }
}

fn drafts<'d>(documents: &'d [Document<'d>], problems: &mut Problems) -> BTreeMap<&'d str, Draft<'d>> {
    let (mut names, mut drafts) = (Names::default(), BTreeMap::new());
    for document in documents {
        let macros = document.section("vocabulary").and_then(|vocabulary| vocabulary.get("macros"));
        for (key, node) in first_keys(macros) {
            let new = names.define(key, document.source, Code::DuplicateEntry, "macro", problems);
            if let (true, Some(name)) = (new, key.text()) {
                let template = draft_template(document.source, node, problems);
                drafts.insert(name, Draft { source: document.source, node, template });
            }
        }
    }
    drafts
}

fn draft_template(source: &SourceText, node: &Node<'_>, problems: &mut Problems) -> Option<Template> {
    let text = node.text().filter(|text| !text.trim().is_empty())?;
    match pattern::parse(text) {
        Ok(Template::Regex(_)) => {
            let message = "a macro cannot be a regular expression";
            let problem = Diagnostic::new(Code::InvalidPattern, node.span.place(source), message);
            problems.add(
                problem.help(
                    "write it as a sentence template, or put the expression into the patterns themselves",
                ),
            );
            None
        }
        Ok(template) => Some(template),
        Err(error) => {
            problems.add(patterns::problem(source, node, &error));
            None
        }
    }
}

fn report_unknown(drafts: &BTreeMap<&str, Draft<'_>>, problems: &mut Problems) {
    for Draft { source, node, template } in drafts.values() {
        for reference in template.iter().flat_map(Template::macros) {
            if !drafts.contains_key(reference.name.as_str()) && !problems.incomplete() {
                let message = format!("there is no macro `{}`", reference.name);
                let place = node.inner(source, &reference.range).place(source);
                let mut problem = Diagnostic::new(Code::UnknownMacro, place, message);
                problem.help = suggest::advice(&reference.name, drafts.keys().copied());
                problems.add(problem);
            }
        }
    }
}

/// The macros that a macro names, each once.
fn inner_macros<'d>(drafts: &'d BTreeMap<&'d str, Draft<'d>>, name: &str) -> Vec<&'d str> {
    let template = drafts.get(name).and_then(|draft| draft.template.as_ref());
    let references = template.into_iter().flat_map(Template::macros);
    let known = references.filter_map(|reference| drafts.get_key_value(reference.name.as_str()));
    let mut names: Vec<&str> = known.map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The macros such that each stands after those it names; those in a circle and those that name them are left out.
fn in_order<'d>(drafts: &'d BTreeMap<&'d str, Draft<'d>>) -> Vec<&'d str> {
    let mut outer: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    for name in drafts.keys() {
        let inner = inner_macros(drafts, name);
        open.insert(name, inner.len());
        for needed in inner {
            outer.entry(needed).or_default().push(name);
        }
    }
    let mut ready: VecDeque<&str> =
        open.iter().filter(|(_, open)| **open == 0).map(|(name, _)| *name).collect();
    let mut order = Vec::new();
    while let Some(name) = ready.pop_front() {
        order.push(name);
        for user in outer.get(name).into_iter().flatten() {
            if let Some(open) = open.get_mut(user) {
                *open -= 1;
                ready.extend((*open == 0).then_some(*user));
            }
        }
    }
    order
}

/// Every circle once, told at the first of its macros by name.
fn report_cycles(drafts: &BTreeMap<&str, Draft<'_>>, order: &[&str], problems: &mut Problems) {
    let ordered: std::collections::BTreeSet<&str> = order.iter().copied().collect();
    let mut done = std::collections::BTreeSet::new();
    for start in drafts.keys().filter(|name| !ordered.contains(*name)) {
        let mut path: Vec<&str> = Vec::new();
        let mut next = Some(*start);
        while let Some(name) = next.filter(|name| done.insert(*name)) {
            path.push(name);
            next = inner_macros(drafts, name).into_iter().find(|needed| !ordered.contains(needed));
        }
        if let Some(from) = next.and_then(|name| path.iter().position(|seen| *seen == name)) {
            report_cycle(drafts, path.get(from..).unwrap_or_default(), problems);
        }
    }
}

fn report_cycle(drafts: &BTreeMap<&str, Draft<'_>>, cycle: &[&str], problems: &mut Problems) {
    let Some(first) = cycle.first().and_then(|name| drafts.get(name)) else { return };
    let mut steps: Vec<String> = cycle.iter().take(8).map(|name| format!("`<{name}>`")).collect();
    steps.extend((cycle.len() > 8).then(|| "…".to_owned()));
    steps.extend(cycle.first().map(|name| format!("`<{name}>`")));
    let message = format!("the macro contains itself: {}", steps.join(" names "));
    let problem = Diagnostic::new(Code::RecursiveMacro, first.node.span.place(first.source), message);
    problems.add(problem.help("write one of them without naming the next"));
}
