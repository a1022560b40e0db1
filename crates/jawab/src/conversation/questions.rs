//! How a detail is asked for.

use super::{Conversation, Turn};
use crate::decision::{Facts, Languages, Phrases, Slots, mark, say};
use crate::engine::Engine;
use crate::rules::{Collected, Language, SlotType, Texts};

/// Values of a list that are named as examples.
const EXAMPLES: usize = 3;

impl Conversation {
    /// How to ask for a detail: in the rule's words, else the set's, else the engine's; another time in other words.
    pub(super) fn question_for(
        &self,
        wanted: &Collected,
        asked: u32,
        turn: &Turn,
    ) -> Option<(String, Language)> {
        let engine = self.engine();
        let settings = &engine.contents().settings;
        let of_set = settings.asks.iter().find(|(name, _)| *name == wanted.name).map(|(_, texts)| texts);
        let own = Some(&wanted.ask).filter(|texts| !texts.variants.is_empty()).or(of_set);
        let languages = self.case(turn.context).languages;
        let (language, phrases) = self.phrases(&engine, turn)?;
        // The engine's own words are better than another language.
        let own = own.filter(|texts| texts.variants.iter().any(|variant| variant.language == language));
        if let Some(texts) = own
            && let Some(question) =
                self.in_new_words(asked, |asked| own_question(texts, &languages, asked, turn))
        {
            return Some(question);
        }
        let texts = built_in(phrases, &wanted.slot_type)?;
        let examples = examples(&wanted.slot_type, &engine);
        self.in_new_words(asked, |asked| {
            let text = texts.get(asked as usize % texts.len().max(1))?;
            Some((text.replace("{examples}", &examples), language.clone()))
        })
    }

    /// A question in other words than were said last: the same may have been asked for another detail or rule.
    fn in_new_words(
        &self,
        asked: u32,
        question: impl Fn(u32) -> Option<(String, Language)>,
    ) -> Option<(String, Language)> {
        let first = question(asked)?;
        let said = self.state.last == Some(mark(&first.0));
        if said { question(asked.saturating_add(1)) } else { Some(first) }
    }
}

/// The question in the author's words: the variants in turn; none where all of them were said.
fn own_question(texts: &Texts, languages: &Languages, asked: u32, turn: &Turn) -> Option<(String, Language)> {
    let slots = Slots::default();
    let mut said = Vec::new();
    for _ in 0..asked {
        let (text, _) = say(texts, languages.iter(), &Facts::new(turn.context, &slots).with_said(&said))?;
        said.push(mark(&text));
    }
    let (text, language) = say(texts, languages.iter(), &Facts::new(turn.context, &slots).with_said(&said))?;
    let again = said.contains(&mark(&text));
    (!again).then(|| (text, language.clone()))
}

fn built_in<'p>(phrases: &'p Phrases, slot_type: &SlotType) -> Option<&'p Vec<String>> {
    match slot_type {
        SlotType::BuiltIn(_) => phrases.ask.get(slot_type.name()),
        SlotType::List(_) => Some(&phrases.ask_list),
    }
}

/// Some values of a list, as customers write them.
fn examples(slot_type: &SlotType, engine: &Engine) -> String {
    let lists = &engine.contents().vocabulary.lists;
    let list = lists.iter().find(|list| list.name.text == slot_type.name());
    let values = list.map(|list| list.values.as_slice()).unwrap_or_default().iter().take(EXAMPLES);
    let written = values.map(|(value, written)| written.first().unwrap_or(value).text.as_str());
    written.collect::<Vec<_>>().join(", ")
}
