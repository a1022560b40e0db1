//! `vocabulary`: words and lists, joined over all files.

use rustc_hash::FxHashMap;

use super::symbols::{Names, Symbols, first_keys};
use super::{Document, entry, macros, one_or_more};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::rules::model::{Entry, List, Synonym, Vocabulary};
use crate::rules::node::{Node, Value};
use crate::rules::problems::Problems;
use crate::rules::walk::shown;

/// Reads the vocabulary of all files; macros stay with the symbols until the rules are built.
pub(crate) fn build(
    documents: &[Document<'_>],
    symbols: &mut Symbols,
    problems: &mut Problems,
) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    let (mut synonyms, mut lists) = (Names::default(), Names::default());
    for document in documents {
        let Some(node) = document.section("vocabulary") else { continue };
        let source = document.source;
        vocabulary.fillers.extend(entries(source, node.get("fillers")));
        for (word, others) in first_keys(node.get("synonyms")) {
            if synonyms.define(word, source, Code::DuplicateEntry, "synonym", problems) {
                let others = entries(source, Some(others));
                vocabulary.synonyms.extend(entry(source, word).map(|word| Synonym { word, others }));
            }
        }
        for (name, values) in first_keys(node.get("lists")) {
            if lists.define(name, source, Code::DuplicateEntry, "list", problems) {
                let values = list_values(source, values);
                spellings_of_two(&values, problems);
                vocabulary.lists.extend(entry(source, name).map(|name| List { name, values }));
            }
        }
    }
    symbols.lists = vocabulary.lists.iter().map(|list| list.name.text.as_str().into()).collect();
    macros::build(documents, symbols, problems);
    vocabulary
}

/// Reports what is written for two values of a list: a message would mean either.
fn spellings_of_two(values: &[(Entry, Vec<Entry>)], problems: &mut Problems) {
    let mut first: FxHashMap<String, (&Entry, &Entry)> = FxHashMap::default();
    for (value, written) in values {
        for spelling in written {
            let known = first.entry(spelling.text.to_lowercase()).or_insert((value, spelling));
            if known.0.text != value.text {
                let (one, other) = (shown(&known.0.text), shown(&value.text));
                let message = format!("`{}` stands for both `{one}` and `{other}`", shown(&spelling.text));
                let problem = Diagnostic::new(Code::DuplicateEntry, spelling.place.clone(), message);
                let place = known.1.place.clone();
                problems.add(problem.label(place, "first here").help("keep it under one of them"));
            }
        }
    }
}

fn entries(source: &SourceText, node: Option<&Node<'_>>) -> Vec<Entry> {
    node.map(one_or_more).unwrap_or_default().iter().filter_map(|item| entry(source, item)).collect()
}

/// A value in a plain list is written as it is.
fn list_values(source: &SourceText, node: &Node<'_>) -> Vec<(Entry, Vec<Entry>)> {
    if let Value::List(items) = &node.value {
        let values = items.iter().filter_map(|item| entry(source, item));
        return values.map(|value| (value.clone(), vec![value])).collect();
    }
    let values = first_keys(Some(node));
    values
        .filter_map(|(value, written)| Some((entry(source, value)?, entries(source, Some(written)))))
        .collect()
}
