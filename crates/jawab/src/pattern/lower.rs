//! A template with its macros put in, cut into words: what is written together without a space is one word, so
//! `light[s]` becomes `(light|lights)`.

use std::sync::Arc;

use super::bounds::Macros;
use super::expression::Expression;
use super::syntax::{Piece, SlotName, Template};
use crate::text::is_han;

/// A pattern whose texts are whole words.
pub(crate) enum Lowered<'t> {
    Sentence(Tree<'t>),
    Regex(&'t Arc<Expression>),
}

/// A part of a sentence whose texts are whole words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree<'t> {
    Text(String),
    Exact(&'t str),
    Gap,
    Wildcard(&'t str),
    Slot(&'t SlotName),
    Start,
    End,
    Sequence(Vec<Tree<'t>>),
    Alternatives(Vec<Tree<'t>>),
    AnyOrder(Vec<Tree<'t>>),
}

impl<'t> Lowered<'t> {
    /// Lowers a checked template.
    pub(crate) fn new(template: &'t Template, macros: &Macros<'t>) -> Self {
        match template {
            Template::Regex(regex) => Lowered::Regex(regex),
            Template::Sentence(piece) => Lowered::Sentence(cut(put_in(piece, macros))),
        }
    }

    /// All literal texts.
    pub(crate) fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        if let Lowered::Sentence(tree) = self {
            tree.texts(&mut texts);
        }
        texts
    }
}

impl<'t> Tree<'t> {
    fn texts<'a>(&'a self, texts: &mut Vec<&'a str>) {
        match self {
            Tree::Text(text) => texts.push(text),
            Tree::Exact(text) => texts.push(text),
            Tree::Sequence(inner) | Tree::Alternatives(inner) | Tree::AnyOrder(inner) => {
                inner.iter().for_each(|tree| tree.texts(texts));
            }
            _ => {}
        }
    }

    fn can_be_empty(&self) -> bool {
        match self {
            Tree::Text(text) => text.is_empty(),
            Tree::Sequence(inner) | Tree::AnyOrder(inner) => inner.iter().all(Tree::can_be_empty),
            Tree::Alternatives(inner) => inner.iter().any(Tree::can_be_empty),
            _ => false,
        }
    }

    /// Whether a word of it may go on where it ends (or begins, with `first`).
    fn is_open(&self, first: bool) -> bool {
        match self {
            Tree::Text(text) if first => text.chars().next().is_some_and(joins),
            Tree::Text(text) => text.chars().next_back().is_some_and(joins),
            Tree::Alternatives(inner) => inner.iter().any(|tree| tree.is_open(first)),
            Tree::Sequence(inner) if first => reaches(inner.iter(), first),
            Tree::Sequence(inner) => reaches(inner.iter().rev(), first),
            _ => false,
        }
    }

    /// How many sentences it stands for.
    fn count(&self) -> u64 {
        match self {
            Tree::Sequence(inner) => inner.iter().map(Tree::count).fold(1, u64::saturating_mul),
            Tree::Alternatives(inner) => inner.iter().map(Tree::count).sum(),
            _ => 1,
        }
    }

    /// All sentences; the bounds were checked.
    fn sentences(&self) -> Vec<Vec<Tree<'t>>> {
        match self {
            Tree::Sequence(inner) => in_sequence(inner.iter().map(Tree::sentences)),
            Tree::Alternatives(inner) => inner.iter().flat_map(Tree::sentences).collect(),
            other => vec![vec![other.clone()]],
        }
    }
}

/// Whether the outermost part, or one behind parts that may be empty, is open.
fn reaches<'a, 't: 'a>(inner: impl Iterator<Item = &'a Tree<'t>>, first: bool) -> bool {
    for tree in inner {
        if tree.is_open(first) {
            return true;
        }
        if !tree.can_be_empty() {
            return false;
        }
    }
    false
}

/// Whether a character belongs to a word of several: not space, not punctuation, not a Chinese character.
fn joins(character: char) -> bool {
    character.is_alphanumeric() && !is_han(character)
}

fn put_in<'t>(piece: &'t Piece, macros: &Macros<'t>) -> Tree<'t> {
    let all = |pieces: &'t [Piece]| pieces.iter().map(|piece| put_in(piece, macros)).collect();
    match piece {
        Piece::Text(text) => Tree::Text(text.clone()),
        Piece::Exact(text) => Tree::Exact(text),
        Piece::Gap => Tree::Gap,
        Piece::Wildcard(name) => Tree::Wildcard(name),
        Piece::Slot(slot) => Tree::Slot(slot),
        Piece::Start => Tree::Start,
        Piece::End => Tree::End,
        Piece::Sequence(pieces) => Tree::Sequence(all(pieces)),
        Piece::Alternatives(pieces) => Tree::Alternatives(all(pieces)),
        Piece::AnyOrder(pieces) => Tree::AnyOrder(all(pieces)),
        Piece::Macro(reference) => match macros.get(reference.name.as_str()) {
            Some(Template::Sentence(piece)) => put_in(piece, macros),
            _ => Tree::Alternatives(Vec::new()),
        },
    }
}

/// Writes out the parts that are written together; the others stay as they are.
fn cut(tree: Tree) -> Tree {
    match tree {
        Tree::Sequence(inner) => Tree::Sequence(runs(inner).into_iter().map(cut_run).collect()),
        Tree::Alternatives(inner) => Tree::Alternatives(inner.into_iter().map(cut).collect()),
        Tree::AnyOrder(inner) => Tree::AnyOrder(inner.into_iter().map(cut).collect()),
        other => other,
    }
}

/// Groups the parts of a sequence: those in one group touch inside a word, or may.
fn runs(inner: Vec<Tree>) -> Vec<Vec<Tree>> {
    let mut runs: Vec<Vec<Tree>> = Vec::new();
    let mut open = false;
    for tree in inner {
        let touches = open && (tree.is_open(true) || tree.can_be_empty());
        open = tree.is_open(false) || (open && tree.can_be_empty());
        match runs.last_mut() {
            Some(run) if touches => run.push(tree),
            _ => runs.push(vec![tree]),
        }
    }
    runs
}

/// How many sentences are written out where a piece is cut into words; its bounds but this were checked.
pub(super) fn joined_sentences(piece: &Piece, macros: &Macros) -> u64 {
    joined_in(put_in(piece, macros))
}

fn joined_in(tree: Tree) -> u64 {
    match tree {
        Tree::Sequence(inner) => runs(inner).into_iter().map(joined_in_run).sum(),
        Tree::Alternatives(inner) | Tree::AnyOrder(inner) => inner.into_iter().map(joined_in).sum(),
        _ => 0,
    }
}

fn joined_in_run(mut run: Vec<Tree>) -> u64 {
    if run.len() == 1 { joined_in(run.swap_remove(0)) } else { Tree::Sequence(run).count() }
}

fn cut_run(mut run: Vec<Tree>) -> Tree {
    if run.len() == 1 {
        return cut(run.swap_remove(0));
    }
    let sentences = Tree::Sequence(run).sentences();
    Tree::Alternatives(sentences.into_iter().map(Tree::Sequence).collect())
}

fn in_sequence<'t>(pieces: impl Iterator<Item = Vec<Vec<Tree<'t>>>>) -> Vec<Vec<Tree<'t>>> {
    pieces.fold(vec![Vec::new()], |heads, tails| {
        heads.iter().flat_map(|head| tails.iter().map(|tail| joined(head, tail))).collect()
    })
}

/// `head` and `tail` as one sentence; texts that touch become one.
fn joined<'t>(head: &[Tree<'t>], tail: &[Tree<'t>]) -> Vec<Tree<'t>> {
    let mut sentence = head.to_vec();
    for part in tail {
        match (sentence.last_mut(), part) {
            (Some(Tree::Text(text)), Tree::Text(more)) => text.push_str(more),
            _ => sentence.push(part.clone()),
        }
    }
    sentence
}
