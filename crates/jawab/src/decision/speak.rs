//! Which variant of a text is said, in which language.

use std::cell::OnceCell;

use serde_json::{Map, Value, json};

use super::types::Slots;
use crate::context::Context;
use crate::moment::Moment;
use crate::rules::{Language, Texts, Variant};

/// What texts may use: the host's facts and, under `slots`, the words found in the message.
pub(crate) struct Facts<'m> {
    context: &'m Context,
    slots: &'m Slots,
    /// Marks of the texts that were said before: others come first.
    said: &'m [u32],
    /// When the team works next.
    opening: Option<Moment>,
    /// Both as one value; made only for texts that use facts.
    value: OnceCell<Value>,
}

impl<'m> Facts<'m> {
    pub(crate) fn new(context: &'m Context, slots: &'m Slots) -> Self {
        Facts { context, slots, said: &[], opening: None, value: OnceCell::new() }
    }

    /// The same facts; texts with these marks were said before.
    pub(crate) fn with_said(self, said: &'m [u32]) -> Self {
        Facts { said, ..self }
    }

    /// The same facts, and when the team works next.
    pub(crate) fn with_opening(self, opening: Option<Moment>) -> Self {
        Facts { opening, ..self }
    }

    fn value(&self) -> &Value {
        self.value.get_or_init(|| {
            let mut facts = self.context.as_object().clone();
            let slots: Map<String, Value> =
                self.slots.iter().map(|(name, slot)| (name.to_owned(), slot.text.as_str().into())).collect();
            facts.insert("slots".to_owned(), slots.into());
            if let Some(opening) = self.opening {
                facts.insert(
                    "team".to_owned(),
                    json!({"opens_at": opening.clock(), "opens_on": opening.date()}),
                );
            }
            facts.into()
        })
    }
}

/// The text to say and its language: in the first of `languages` that has a variant which can be said now, else in
/// any language. Within a language the variant with most conditions first, else in the order of the file; one that has
/// been said before only where all have been.
pub(crate) fn say<'t, 'l>(
    texts: &'t Texts,
    languages: impl IntoIterator<Item = &'l Language>,
    facts: &Facts,
) -> Option<(String, &'t Language)> {
    let spoken = |language: &Language| say_in(texts, Some(language), facts);
    languages.into_iter().find_map(spoken).or_else(|| say_in(texts, None, facts))
}

fn say_in<'t>(
    texts: &'t Texts,
    language: Option<&Language>,
    facts: &Facts,
) -> Option<(String, &'t Language)> {
    let mut said_before = None;
    for variant in in_turn(texts, language, facts.context) {
        let Some(text) = fill(variant, facts) else { continue };
        if facts.said.is_empty() || !facts.said.contains(&mark(&text)) {
            return Some((text, &variant.language));
        }
        said_before.get_or_insert((text, &variant.language));
    }
    said_before
}

/// The variants in a language, or in any, whose conditions hold, in the order in which they are said.
pub(crate) fn in_turn<'t>(
    texts: &'t Texts,
    language: Option<&Language>,
    context: &Context,
) -> impl Iterator<Item = &'t Variant> {
    let fits = move |variant: &&Variant| language.is_none_or(|language| variant.language == *language);
    let holds = move |variant: &&Variant| variant.when.iter().all(|when| when.holds(context));
    let most = texts.variants.iter().map(|variant| variant.when.len()).max().unwrap_or(0);
    let with = |conditions| texts.variants.iter().filter(move |variant| variant.when.len() == conditions);
    (0..=most).rev().flat_map(with).filter(fits).filter(holds)
}

/// A short mark by which a text is known again: FNV-1a (Fowler, Noll, Vo 1991).
pub(crate) fn mark(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |mark, byte| (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn fill(variant: &Variant, facts: &Facts) -> Option<String> {
    match variant.text.plain() {
        Some(text) => Some(text.to_owned()),
        None => variant.text.fill(facts.value()),
    }
}
