//! Handing off: with everything that the agent needs.

use std::sync::Arc;

use serde_json::Value;

use super::answer::is_small_talk;
use super::collecting::Collecting;
use super::escalation::{Pressure, raise, rise_to};
use super::state::{Detail, Handed, Pending, Sender, Topic};
use super::ticket::{Story, summary};
use super::{Conversation, Turn, rule_number};
use crate::decision::{Decision, Handoff, SlotValue, Slots, TicketMessage, mark, title};
use crate::engine::Engine;
use crate::moment::Moment;
use crate::rules::{Language, Outcome};

/// The reason of a handoff that a customer tells more of.
pub(super) const MORE: &str = "requested";
/// Messages that were not understood which an agent is shown.
const WORDS: usize = 3;

impl Conversation {
    /// The handoff where no rule decides.
    pub(super) fn fall_back(&mut self, reason: &'static str, turn: &Turn) -> Decision {
        let decision = self.case(turn.context).fallback(reason);
        self.complete(decision, turn, None)
    }

    /// The handoff of a rule, with the details that were collected.
    pub(super) fn hand_off(
        &mut self,
        rule: u32,
        slots: Slots,
        collecting: &Collecting,
        turn: &Turn,
    ) -> Decision {
        if self.best().is_none_or(|best| best.rule != rule) {
            self.matcher.choose(rule);
        }
        let Some(best) = self.best() else { return self.fall_back("no-match", turn) };
        self.keep_fields(collecting);
        let decision = self.case(turn.context).win(&best, slots, fields(&collecting.fields));
        self.complete(decision, turn, Some(collecting))
    }

    /// A message of a customer who waits for a person: the same handoff again.
    pub(super) fn hand_off_again(&mut self, reason: &'static str, turn: &Turn) -> Decision {
        let engine = self.engine();
        let rule = self.state.handed.as_ref().and_then(|handed| handed.rule.as_deref());
        let number = rule.and_then(|rule| rule_number(engine.contents(), rule)).filter(|&number| {
            matches!(engine.contents().rules[number as usize].outcome, Outcome::Handoff(_))
        });
        let Some(number) = number else { return self.fall_back_again(reason, turn) };
        self.matcher.choose(number);
        self.prepare(number, Slots::default(), turn)
    }

    /// The handoff where no rule decides, of a customer who waits: for what it was before, where he tells more of it.
    fn fall_back_again(&mut self, reason: &'static str, turn: &Turn) -> Decision {
        let before = self.state.handed.as_ref().and_then(|handed| handed.reason.clone());
        let mut decision = self.fall_back(reason, turn);
        if let (true, Decision::Handoff(handoff), Some(before)) = (reason == MORE, &mut decision, before) {
            handoff.reason = Arc::from(before.as_str());
            self.state.handed.iter_mut().for_each(|handed| handed.reason = Some(before.clone()));
        }
        decision
    }

    /// Completes a handoff: level, ticket, and what is remembered of it.
    pub(super) fn complete(
        &mut self,
        decision: Decision,
        turn: &Turn,
        collecting: Option<&Collecting>,
    ) -> Decision {
        let Decision::Handoff(mut handoff) = decision else { return decision };
        let engine = self.engine();
        if self.state.handed.as_ref().is_some_and(|handed| handed.rule.as_deref() == handoff.rule.as_deref())
        {
            handoff.text = self.waiting(turn);
        }
        let contents = engine.contents();
        let open = self.others_open(&handoff);
        for collecting in &open {
            let other = contents.rules.named(&collecting.rule).map(|rule| &rule.outcome);
            if let Some(Outcome::Handoff(other)) = other {
                rise_to(&mut handoff, other);
            }
        }
        let settings = &contents.settings.escalation;
        raise(&mut handoff, &self.pressure(turn), settings, turn.context);
        self.write_ticket(&mut handoff, &engine, turn, collecting, &open);
        open.iter().for_each(|open| self.state.touch(&open.rule).handed = true);
        self.state.counts.handoffs = self.state.counts.handoffs.saturating_add(1);
        self.state.counts.not_understood = 0;
        if let Some(rule) = &handoff.rule {
            self.state.touch(rule).handed = true;
        }
        let rule = handoff.rule.as_deref().map(str::to_owned);
        let reason = rule.is_none().then(|| handoff.reason.to_string());
        self.state.handed = Some(Handed { rule, reason, respond_by: handoff.respond_by.clone() });
        Decision::Handoff(handoff)
    }

    /// Handoffs that were being prepared beside this one: they go with it.
    fn others_open(&mut self, handoff: &Handoff) -> Vec<Collecting> {
        if let Some(Pending::Detail(collecting)) = self.state.pending.take() {
            self.state.set_aside(collecting);
        }
        let mut open: Vec<Collecting> = self.state.open.drain(..).collect();
        open.retain(|open| Some(open.rule.as_str()) != handoff.rule.as_deref());
        open
    }

    /// What a waiting customer is told: not what he was told last.
    pub(super) fn waiting(&self, turn: &Turn) -> Option<String> {
        let engine = self.engine();
        let (_, phrases) = self.phrases(&engine, turn)?;
        let texts = &phrases.waiting;
        let from = self.state.counts.handoffs as usize % texts.len().max(1);
        let mut in_turn = texts.iter().cycle().skip(from).take(texts.len());
        in_turn.find(|text| self.state.last != Some(mark(text))).cloned()
    }

    fn pressure(&self, turn: &Turn) -> Pressure {
        let handed = self.state.handed.as_ref();
        let due = handed.and_then(|handed| handed.respond_by.as_deref()).and_then(Moment::parse);
        let time = turn.context.get("time").and_then(Value::as_str);
        let now = time.and_then(|time| Moment::parse_in(time, due.map(Moment::zone)));
        Pressure {
            anger: self.state.counts.anger,
            handoffs: self.state.counts.handoffs,
            late: now.zip(due).is_some_and(|(now, due)| now.is_after(due)),
        }
    }

    fn write_ticket(
        &self,
        handoff: &mut Handoff,
        engine: &Engine,
        turn: &Turn,
        collecting: Option<&Collecting>,
        open: &[Collecting],
    ) {
        if collecting.is_none_or(|collecting| collecting.fields.is_empty())
            && handoff.ticket.fields.is_empty()
        {
            let known: Vec<Detail> = self.state.details.iter().cloned().collect();
            handoff.ticket.fields = fields(&known);
        }
        let contents = engine.contents();
        let desk = [contents.language.clone()];
        let mut story = self.story(handoff, engine, &desk, collecting, turn);
        story.open = open.iter().filter_map(|open| told_of(open, engine, &desk)).collect();
        if let (None, Some(about)) = (&handoff.rule, &story.about) {
            handoff.ticket.subject.clone_from(about);
        }
        if let Some((language, phrases)) = engine.phrasebook().in_first_of(&desk) {
            handoff.ticket.summary = Some(summary(&story, phrases, language.as_str()));
        }
        handoff.ticket.language = self.spoken.as_ref().map(|language| language.as_str().into());
        let messages = self.state.messages.iter();
        handoff.ticket.messages = messages
            .map(|line| TicketMessage { from: Arc::from(line.from.as_str()), text: line.text.clone() })
            .collect();
    }

    fn story(
        &self,
        handoff: &Handoff,
        engine: &Engine,
        desk: &[Language],
        collecting: Option<&Collecting>,
        turn: &Turn,
    ) -> Story {
        let own = handoff.rule.as_deref();
        let topics = self.topics_beside(own, engine, desk);
        let titled = |wanted: fn(&Topic) -> bool| {
            let wanted = topics.iter().filter(|(topic, _)| wanted(topic));
            wanted.map(|(_, title)| title.clone()).collect()
        };
        let label = |name: &str| label(name, engine, desk);
        let named = |id: &str| engine.contents().rules.named(id).map(|rule| title(rule, desk).to_owned());
        let about = own.and_then(named).or_else(|| topics.last().map(|(_, title)| title.clone()));
        let labels = |names: &[Arc<str>]| names.iter().map(|name| label(name)).collect::<Vec<_>>();
        let skipped: &[String] = collecting.map(|c| c.skipped.as_slice()).unwrap_or_default();
        let words: &[(String, String)] = collecting.map(|c| c.unread.as_slice()).unwrap_or_default();
        let said_of = |name: &str| words.iter().find(|(of, _)| of == name).map(|(_, words)| words.clone());
        let missing = handoff.ticket.missing.iter().cloned();
        let (unknown, missing): (Vec<_>, Vec<_>) =
            missing.partition(|name| skipped.iter().any(|other| **other == **name));
        let (unread, missing): (Vec<_>, Vec<_>) =
            missing.into_iter().partition(|name| said_of(name).is_some());
        Story {
            words: own.is_none().then(|| self.not_understood_words()).flatten(),
            about,
            answered: titled(|topic| topic.times == 1),
            again: titled(|topic| topic.times > 1),
            handed: titled(|topic| topic.handed),
            fields: handoff
                .ticket
                .fields
                .iter()
                .map(|(name, slot)| (label(name), slot.text.clone()))
                .collect(),
            missing: labels(&missing),
            unread: unread.iter().filter_map(|name| Some((label(name), said_of(name)?))).collect(),
            open: Vec::new(),
            unknown: labels(&unknown),
            not_understood: matches!(&*handoff.reason, "low-confidence" | "no-match" | "ambiguous")
                || self.state.counts.not_understood > 0 && own.is_none(),
            unhelpful: self.state.counts.unhelpful > 0,
            requested: turn.wants_a_person(),
            tone: turn.signals.tone().or(self.state.tone),
        }
    }
}

impl Conversation {
    /// What else the conversation was about, but for small talk, with its titles.
    fn topics_beside(&self, own: Option<&str>, engine: &Engine, desk: &[Language]) -> Vec<(&Topic, String)> {
        let mut topics = Vec::new();
        for topic in self.state.topics.iter().filter(|topic| Some(topic.rule.as_str()) != own) {
            let rule = engine.contents().rules.named(&topic.rule).filter(|rule| !is_small_talk(rule));
            topics.extend(rule.map(|rule| (topic, title(rule, desk).to_owned())));
        }
        topics
    }

    /// The customer's last message, with those before it that were not understood either.
    fn not_understood_words(&self) -> Option<String> {
        let customers = self.state.messages.iter().rev().filter(|line| line.from == Sender::Customer);
        let count = self.state.counts.not_understood.max(1) as usize;
        let mut words: Vec<&str> = customers.take(count.min(WORDS)).map(|line| line.text.as_str()).collect();
        words.reverse();
        words.dedup();
        (!words.is_empty()).then(|| words.join(" / "))
    }
}

/// A handoff that was being prepared, as agents read it: its title, and what was told.
fn told_of(collecting: &Collecting, engine: &Engine, desk: &[Language]) -> Option<String> {
    let title = title(engine.contents().rules.named(&collecting.rule)?, desk);
    let field = |field: &Detail| format!("{} {}", label(&field.name, engine, desk), field.text);
    let fields: Vec<String> = collecting.fields.iter().map(field).collect();
    Some(if fields.is_empty() { title.to_owned() } else { format!("{title} ({})", fields.join(", ")) })
}

/// How agents call a detail: the word for its type where it is named after it, else its name.
fn label(name: &str, engine: &Engine, desk: &[Language]) -> String {
    let labels = engine.phrasebook().in_first_of(desk).and_then(|(_, phrases)| phrases.labels.get(name));
    labels.cloned().unwrap_or_else(|| name.to_owned())
}

/// Details as fields of a ticket; they are of several messages, so they have no place in this one.
fn fields(details: &[Detail]) -> Slots {
    let field = |detail: &Detail| {
        let value = SlotValue { value: detail.value.clone(), text: detail.text.clone(), span: (0, 0) };
        let name = detail.name.rsplit('/').next().unwrap_or_default();
        (Arc::from(name), value)
    };
    Slots(details.iter().map(field).collect())
}
