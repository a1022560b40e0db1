//! Which variant of a text is said, in which language.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::types::Slots;
use crate::context::Context;
use crate::rules::{Language, Texts, Variant};

/// What texts may use: the host's facts and, under `slots`, the words found in the message.
pub(crate) struct Facts<'m> {
    pub(crate) context: &'m Context,
    slots: &'m Slots,
    /// Both as one value; made only for texts that use facts.
    value: OnceCell<Value>,
}

impl<'m> Facts<'m> {
    pub(crate) fn new(context: &'m Context, slots: &'m Slots) -> Self {
        Facts { context, slots, value: OnceCell::new() }
    }

    fn value(&self) -> &Value {
        self.value.get_or_init(|| {
            let mut facts = self.context.as_object().clone();
            let slots: Map<String, Value> =
                self.slots.iter().map(|(name, slot)| (name.to_owned(), slot.text.as_str().into())).collect();
            facts.insert("slots".to_owned(), slots.into());
            facts.into()
        })
    }
}

/// The text to say and its language: in the first of `languages` that has a variant which can be said now, else in
/// any language. Within a language the variant with most conditions first, else in the order of the file.
pub(crate) fn say<'t>(
    texts: &'t Texts,
    languages: &[Language],
    facts: &Facts,
) -> Option<(String, &'t Language)> {
    let spoken = |language: &Language| say_in(texts, Some(language), facts);
    languages.iter().find_map(spoken).or_else(|| say_in(texts, None, facts))
}

fn say_in<'t>(
    texts: &'t Texts,
    language: Option<&Language>,
    facts: &Facts,
) -> Option<(String, &'t Language)> {
    let fits = |variant: &&Variant| language.is_none_or(|language| variant.language == *language);
    let holds = |variant: &&Variant| variant.when.iter().all(|when| when.holds(facts.context));
    let mut variants: Vec<&Variant> = texts.variants.iter().filter(fits).filter(holds).collect();
    variants.sort_by_key(|variant| std::cmp::Reverse(variant.when.len()));
    variants.into_iter().find_map(|variant| Some((fill(variant, facts)?, &variant.language)))
}

fn fill(variant: &Variant, facts: &Facts) -> Option<String> {
    match variant.text.plain() {
        Some(text) => Some(text.to_owned()),
        None => variant.text.fill(facts.value()),
    }
}
