//! How a text begins for a customer of a tone; what follows stays the same.

use super::answer::is_small_talk;
use super::{Conversation, Turn, joined, rule_number};
use crate::decision::{Decision, Facts, Slots, mark, say};
use crate::rules::Tone;

impl Conversation {
    /// Puts the opening of the tone before a text; not the one that was said last, and not before small talk.
    pub(super) fn open(&mut self, tone: Option<Tone>, turn: &Turn, decision: &mut Decision) {
        let said = self.state.opening.take();
        let engine = self.engine();
        let contents = engine.contents();
        let Some(tone) = tone else { return };
        let rule = decision.rule().and_then(|rule| rule_number(contents, rule));
        if rule.is_some_and(|rule| is_small_talk(&contents.rules[rule as usize])) {
            return;
        }
        let texts = &contents.settings.openings[tone as usize];
        let slots = Slots::default();
        let facts = Facts::new(turn.context, &slots).with_said(said.as_slice());
        let Some(language) = decision.language().map(crate::rules::Language::new) else {
            return;
        };
        let languages = [language];
        let Some((opening, of)) = say(texts, &languages, &facts).filter(|(_, of)| **of == languages[0])
        else {
            return;
        };
        let opened = mark(&opening);
        if let (true, Some(text)) = (said != Some(opened), decision.text_mut()) {
            *text = joined(&opening, text, of.as_str());
            self.state.opening = Some(opened);
        }
    }
}
