//! Messages that only the topic makes sense of: "kalau bca?", "ga membantu".

use std::sync::Arc;

use super::answer::{Occasion, is_small_talk};
use super::choice::split;
use super::{Conversation, Signal, Turn, rule_number};
use crate::decision::{Decision, SlotValue, Slots, Verdict};
use crate::engine::masking::shown;
use crate::engine::{Engine, entity_kind};
use crate::rules::{Outcome, Rule};
use crate::signals::end_of;
use crate::text::Entity;

/// Words up to which a message may be about the topic with another value.
const WORDS: u32 = 5;

impl Conversation {
    /// The topic's answer once more, for another value of one of its slots.
    pub(super) fn follow_up(&mut self, turn: &Turn) -> Option<Decision> {
        let best = self.best();
        let own_matter = turn.verdict == Verdict::Win && !turn.signals.has(Signal::About);
        if own_matter || turn.is_certain(best) || self.matcher.utterance().content_words() > WORDS {
            return None;
        }
        let engine = self.engine();
        let life = engine.contents().settings.limits.topic;
        let live =
            self.state.topics.iter().rev().filter(|topic| self.state.turn.saturating_sub(topic.turn) <= life);
        let (number, slots) = live.filter(|topic| topic.times > 0).find_map(|topic| {
            let number = rule_number(engine.contents(), &topic.rule)?;
            let rule = &engine.contents().rules[number as usize];
            let slots = self.other_values(rule, &engine, turn);
            (!slots.is_empty() && self.says_little_else(rule, &slots, turn)).then_some((number, slots))
        })?;
        self.matcher.choose(number);
        let best = self.best()?;
        Some(self.answer_or_hand_off(&best, slots, turn))
    }

    /// Values in the message for slots that the rule's patterns name, each for one slot; none where a slot of the same
    /// type stays without one: which of them has changed is not known.
    fn other_values(&self, rule: &Rule, engine: &Engine, turn: &Turn) -> Slots {
        let mut found: Vec<(Arc<str>, SlotValue)> = Vec::new();
        let mut empty = Vec::new();
        for slot in rule.any.iter().chain(&rule.all).flat_map(|pattern| pattern.template.slots()) {
            let Some(kind) = rule
                .slot_type(&slot.name, slot.type_name.as_deref())
                .and_then(|slot_type| entity_kind(slot_type, engine.lexicon()))
            else {
                continue;
            };
            if found.iter().any(|(name, _)| **name == *slot.name) {
                continue;
            }
            let free = |entity: &&Entity| {
                entity.kind == kind && !found.iter().any(|(_, value)| entity.overlaps(value.span))
            };
            match self.matcher.utterance().entities.iter().find(free) {
                Some(entity) => {
                    let value = self.matcher.slot_value(turn.text, entity);
                    let value = shown(turn.text, &turn.masked.found, Some(kind), value);
                    found.push((slot.name.as_str().into(), value));
                }
                None => empty.push((slot.name.as_str(), kind)),
            }
        }
        let entities = &self.matcher.utterance().entities;
        let half = empty.iter().any(|(name, kind)| {
            let missing = !found.iter().any(|(found, _)| **found == **name);
            missing && entities.iter().any(|entity| entity.kind == *kind)
        });
        if half { Slots::default() } else { Slots(found) }
    }

    /// Whether a message has no words beside the values but those of the rule and of a question about something else:
    /// "kalau bca?", but not "my bca card was stolen" or "not bca".
    fn says_little_else(&self, rule: &Rule, slots: &Slots, turn: &Turn) -> bool {
        let utterance = self.matcher.utterance();
        let engine = self.engine();
        let languages = engine.lexicon().pack_languages();
        let own = words_of(rule);
        let (mut at, mut strays) = (0, 0);
        while let Some(token) = utterance.tokens.get(at) {
            let word = [utterance.surface(at), utterance.text(at)];
            let value = slots
                .iter()
                .any(|(_, slot)| slot.span.0 <= token.span.start && token.span.end <= slot.span.1);
            let known = value || token.is_skippable() || own.iter().any(|own| word.contains(&own.as_str()));
            let aside = |signal| end_of(utterance, at, languages, signal);
            match aside(Signal::About).max(aside(Signal::Aside)) {
                Some(end) if !known => at = end,
                _ => {
                    if !known && token.negation && !self.stands_alone(at, turn) {
                        return false;
                    }
                    strays += u32::from(!known && !token.negation);
                    at += 1;
                }
            }
        }
        strays <= u32::from(turn.signals.has(Signal::About))
    }

    /// Whether a pause follows a word: the "no" of "no, from bca".
    pub(super) fn stands_alone(&self, at: usize, turn: &Turn) -> bool {
        let tokens = &self.matcher.utterance().tokens;
        let end = tokens.get(at).map_or(0, |token| token.span.end as usize);
        tokens.get(at + 1).is_some()
            && turn.text.get(end..).is_some_and(|rest| rest.starts_with([',', '.', '，']))
    }

    /// Another way to say an answer that did not help; after that, a person.
    pub(super) fn unhelpful(&mut self, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let contents = engine.contents();
        let best = self.best();
        let elsewhere = |rule: u32| {
            let rule = &contents.rules[rule as usize];
            matches!(rule.outcome, Outcome::Handoff(_)) || !is_small_talk(rule)
        };
        let unclear = turn.signals.has(Signal::Which) && turn.verdict != Verdict::Win;
        if !(unclear || turn.signals.has(Signal::Unhelpful)) {
            return None;
        }
        let number = self.answered(&engine)?;
        if turn.is_certain(best) && best.is_some_and(|best| best.rule != number && elsewhere(best.rule)) {
            return None;
        }
        self.state.counts.unhelpful = self.state.counts.unhelpful.saturating_add(1);
        let count = self.state.counts.unhelpful;
        if count >= contents.settings.limits.same_answer.max(2) || turn.wants_no_questions() {
            return Some(self.fall_back("repeated", turn));
        }
        if !self.has_more_to_say(number, &engine, turn) {
            return Some(self.ask_for(|phrases| &phrases.unclear, count - 1, turn));
        }
        self.matcher.choose(number);
        let best = self.best()?;
        let answer = self.answer(&best, Slots::default(), turn, Occasion::Unhelpful);
        Some(answer.unwrap_or_else(|| self.fall_back("repeated", turn)))
    }

    /// The rule that was answered last, while the topic lives.
    fn answered(&self, engine: &Engine) -> Option<u32> {
        let contents = engine.contents();
        let life = contents.settings.limits.topic;
        let mut topics = self.state.topics.iter().rev();
        topics.find_map(|topic| {
            let number = rule_number(contents, &topic.rule)?;
            let live = topic.times > 0 && self.state.turn.saturating_sub(topic.turn) <= life;
            (live && !is_small_talk(&contents.rules[number as usize])).then_some(number)
        })
    }

    /// Whether the rule has a text in the conversation's language that was not said yet.
    fn has_more_to_say(&self, number: u32, engine: &Engine, turn: &Turn) -> bool {
        let rule = &engine.contents().rules[number as usize];
        let Outcome::Answer(texts) = &rule.outcome else { return false };
        let said = self.state.topic(&rule.id.text).map_or(0, |topic| topic.said.len());
        let languages = self.case(turn.context).languages;
        let spoken =
            languages.iter().find(|language| texts.variants.iter().any(|v| v.language == **language));
        texts.variants.iter().filter(|variant| Some(&variant.language) == spoken).count() > said
    }
}

/// The words of a rule's questions and patterns.
fn words_of(rule: &Rule) -> Vec<String> {
    texts_of(rule).flat_map(|text| split(&text.to_lowercase())).collect()
}

/// A rule's patterns and questions as they are written.
pub(super) fn texts_of(rule: &Rule) -> impl Iterator<Item = &str> {
    let patterns = rule.any.iter().chain(&rule.all).map(|pattern| pattern.source.text.as_str());
    patterns.chain(rule.questions.iter().map(|question| question.text.as_str()))
}
