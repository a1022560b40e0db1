//! Tells what spoke for and against a rule.

use super::gram::{Place, WordKind, Wording, grams};
use super::model::{Model, Scratch};
use crate::text::Glosses;

/// What the classifier saw in a message with regard to one rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Explanation {
    /// What spoke most for the rule, strongest first.
    pub(crate) speaks_for: Vec<Part>,
    /// What spoke most against it, strongest first.
    pub(crate) speaks_against: Vec<Part>,
    /// Share of the message's words that the questions know, by how much they tell.
    pub(crate) coverage: f64,
}

/// A word, two words or a piece of a word, and what it adds to the score.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// How it reads; `^` and `$` stand for the start and end of the message, `…` for letters left out, `+` joins words
    /// that stand near each other, or what they mean, `=` tells the concept that words stand for, or its topic. In
    /// brackets: what the whole message asks for (`ask` a fact, `how` to do something, `check` yes or no, `do`
    /// something, `tell` nothing) and of whom it speaks.
    pub(crate) text: String,
    /// What it adds.
    pub(crate) score: f64,
}

/// Parts that are told on each side.
const PARTS: usize = 8;

impl Model {
    /// What speaks for and against a rule in a message; none if the rule has no questions.
    pub(crate) fn explain<W: Wording>(&self, words: &W, rule: u32) -> Option<Explanation> {
        let class = self.rules.iter().position(|&known| known == rule)? as u32;
        let mut scratch = Scratch::default();
        self.classify(words, &mut scratch);
        let mut parts = self.parts(words, class, &scratch);
        parts.sort_by(|one, two| two.score.total_cmp(&one.score));
        Some(Explanation {
            speaks_for: parts.iter().filter(|part| part.score > 0.0).take(PARTS).cloned().collect(),
            speaks_against: parts.iter().rev().filter(|part| part.score < 0.0).take(PARTS).cloned().collect(),
            coverage: scratch.bag.coverage(),
        })
    }

    /// Every known feature of a message once, with what it adds to the score of a class.
    fn parts<W: Wording>(&self, words: &W, class: u32, scratch: &Scratch) -> Vec<Part> {
        let mut texts = vec![None; scratch.vector.len()];
        let ids = self.features.ids.slots();
        let mut meant = Vec::new();
        grams(words, self.features.senses(), &mut Vec::new(), &mut Glosses::default(), |gram| {
            if let Place::Concept(..) = gram.place {
                meant.push(gram.place);
            }
            let Some(id) = ids.id(gram.key) else { return };
            let place = scratch.vector.iter().position(|entry| entry.0 == id);
            if let Some(text) = place.and_then(|place| texts.get_mut(place)) {
                text.get_or_insert_with(|| describe(words, gram.place, &meant));
            }
        });
        let parts = scratch.vector.iter().zip(texts);
        parts
            .filter_map(|(&(feature, value), text)| {
                Some(Part { text: text?, score: f64::from(value * self.weights.weight(feature, class)) })
            })
            .collect()
    }
}

/// How a part reads; `meant` are the places of all concepts before it.
fn describe<W: Wording>(words: &W, place: Place, meant: &[Place]) -> String {
    match place {
        Place::Concepts(one, two) => {
            let [one, two] = [one, two].map(|at| describe(words, meant[at], &[]));
            format!("{one} + {two}")
        }
        Place::Word(word) => words.text(word).to_owned(),
        Place::First(word) => format!("^ {}", words.text(word)),
        Place::Last(word) => format!("{} $", words.text(word)),
        Place::Words(one, two) => format!("{} {}", words.text(one), words.text(two)),
        Place::Pair(one, two) => format!("{} + {}", words.text(one), words.text(two)),
        Place::Run(first, last) => (first..=last).map(|word| words.text(word)).collect(),
        Place::Concept(first, last, concept, _) => {
            format!("{} = {}", phrase(words, first..=last), concept.name)
        }
        Place::Topic(first, last, topic) => format!("{} = {}", phrase(words, first..=last), topic.name),
        Place::Act(act) => format!("({})", act.name()),
        Place::Persons(first, second) => persons(first, second).to_owned(),
        Place::Piece { word, from, to } => piece(words.text(word), from, to),
    }
}

fn persons(first: bool, second: bool) -> &'static str {
    match (first, second) {
        (true, true) => "(first and second person)",
        (true, false) => "(first person)",
        (false, true) => "(second person)",
        (false, false) => "(no person)",
    }
}

/// Words in a row, as they are written: Chinese without spaces.
fn phrase<W: Wording>(words: &W, range: std::ops::RangeInclusive<usize>) -> String {
    let mut text = String::new();
    for word in range {
        if !text.is_empty() && words.kind(word) != WordKind::Han {
            text.push(' ');
        }
        text.push_str(words.text(word));
    }
    text
}

fn piece(text: &str, from: usize, to: usize) -> String {
    let start = if from == 0 { "" } else { "…" };
    let end = if to >= text.len() { "" } else { "…" };
    format!("{start}{}{end}", text.get(from..to).unwrap_or_default())
}
