use std::collections::BTreeSet;

use serde::Serialize;

use super::labelled::{Labelled, numbers};
use crate::engine::Engine;
use crate::text::{Lexicon, TokenKind, Utterance};

/// Messages, and those of them of which figures tell nothing of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Repeats {
    /// How many messages.
    pub messages: usize,
    /// Those that read the same as a question of the rules, whatever numbers and addresses stand in them.
    pub own_questions: usize,
    /// Further messages that read the same as one before them, whatever numbers and addresses stand in them.
    pub copies: usize,
}

impl Repeats {
    /// Whether they are more than half, so that figures of these messages promise nothing for what customers will write.
    pub fn are_most(&self) -> bool {
        2 * (self.own_questions + self.copies) > self.messages
    }

    pub(super) fn add(&mut self, repeat: Option<Repeat>) {
        self.messages += 1;
        match repeat {
            Some(Repeat::OwnQuestion) => self.own_questions += 1,
            Some(Repeat::Copy) => self.copies += 1,
            None => {}
        }
    }
}

/// Counts the messages that are questions of the rules or copies of others; those with labels that are no rules of the
/// set count nowhere.
///
/// ```
/// use jawab::eval::{Labelled, repeats};
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// # let engine = jawab::Engine::new(&rules)?;
/// let messages = ["When are you open?", "open now?", "Open now"].map(|text| Labelled::new(text, Some("hours")));
/// let repeats = repeats(&engine, &messages);
/// assert_eq!((repeats.messages, repeats.own_questions, repeats.copies), (3, 1, 1));
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn repeats(engine: &Engine, labelled: &[Labelled]) -> Repeats {
    let (known, mut seen, mut repeats) = (numbers(engine.rules()), Seen::by(engine), Repeats::default());
    let is_known =
        |message: &&Labelled| message.intent.as_deref().is_none_or(|intent| known.contains_key(intent));
    labelled.iter().filter(is_known).for_each(|message| repeats.add(seen.repeat(&message.text)));
    repeats
}

/// What a message repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    OwnQuestion,
    Copy,
}

/// What the set's own questions say, and the messages so far.
pub(super) struct Seen<'e> {
    engine: &'e Engine,
    questions: BTreeSet<String>,
    messages: BTreeSet<String>,
}

impl<'e> Seen<'e> {
    pub(super) fn by(engine: &'e Engine) -> Self {
        let questions = engine.rules().contents().rules.iter().flat_map(|rule| &rule.questions);
        let questions = questions.map(|question| likeness(&question.text, engine.lexicon())).collect();
        Seen { engine, questions, messages: BTreeSet::new() }
    }

    pub(super) fn repeat(&mut self, text: &str) -> Option<Repeat> {
        let likeness = likeness(text, self.engine.lexicon());
        if self.questions.contains(&likeness) {
            return Some(Repeat::OwnQuestion);
        }
        (!self.messages.insert(likeness)).then_some(Repeat::Copy)
    }
}

/// What a text says, with one form for all numbers and one for all addresses: to likeness, they are the same.
fn likeness(text: &str, lexicon: &Lexicon) -> String {
    let mut utterance = Utterance::new();
    lexicon.read(text, &mut utterance);
    let words = utterance.tokens.iter().enumerate().map(|(at, token)| match token.kind {
        TokenKind::Number => "#",
        TokenKind::Entity => "@",
        TokenKind::Word | TokenKind::Han | TokenKind::Emoji => utterance.text(at),
    });
    words.collect::<Vec<_>>().join(" ")
}
