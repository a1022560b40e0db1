//! What comes of the verdict: an answer that is never the same twice, a question, or a person.

use super::state::{Pending, Topic};
use super::{Conversation, Signal, Turn, joined};
use crate::decision::{Decision, Scored, Slots, Verdict, mark};
use crate::engine::Memory;
use crate::rules::{Outcome, Rule, Tone};

/// Why a rule answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    Asked,
    /// Its last answer did not help.
    Unhelpful,
}

impl Conversation {
    /// What comes of the verdict alone.
    pub(super) fn verdict(&mut self, turn: &Turn) -> Decision {
        if turn.parts.len() > 1
            && let Some(decision) = self.apart(turn)
        {
            return decision;
        }
        let clarify = self.engine().settings().clarify;
        match turn.verdict {
            Verdict::Win => self.win(turn),
            Verdict::Ambiguous(count) if clarify => self.clarify(count, turn),
            Verdict::Ambiguous(_) => self.not_understood("ambiguous", turn),
            Verdict::LowConfidence => self.not_understood("low-confidence", turn),
            Verdict::NoMatch => self.not_understood("no-match", turn),
        }
    }

    /// What the best candidate says or does.
    pub(super) fn win(&mut self, turn: &Turn) -> Decision {
        let Some(best) = self.best() else { return self.fall_back("no-match", turn) };
        let slots = self.captured(&best, turn);
        let engine = self.engine();
        match &engine.contents().rules[best.rule as usize].outcome {
            Outcome::Answer(_) => self.answer_or_hand_off(&best, slots, turn),
            Outcome::Handoff(_) => self.prepare(best.rule, slots, turn),
        }
    }

    pub(super) fn answer_or_hand_off(&mut self, best: &Scored, slots: Slots, turn: &Turn) -> Decision {
        self.answer(best, slots, turn, Occasion::Asked).unwrap_or_else(|| self.fall_back("repeated", turn))
    }

    /// The rule's answer: another text of it than before; none where it was given too often.
    pub(super) fn answer(
        &mut self,
        best: &Scored,
        slots: Slots,
        turn: &Turn,
        occasion: Occasion,
    ) -> Option<Decision> {
        let engine = self.engine();
        let rule = &engine.contents().rules[best.rule as usize];
        let about = mark_of(&slots);
        let before = self.state.topic(&rule.id.text).cloned().unwrap_or_default();
        let closes = self.state.topics.back().is_none_or(|topic| topic.rule != rule.id.text);
        let closing = closes && is_small_talk(rule) && turn.signals.has(Signal::Tone(Tone::Thanks));
        let same = before.times > 0 && (before.slots == about || occasion == Occasion::Unhelpful) && !closing;
        let times = if same { before.times.saturating_add(1) } else { 1 };
        if times > engine.contents().settings.limits.same_answer {
            return None;
        }
        let memory = Memory { said: &before.said, ..self.memory() };
        let decision = self.matcher.case(turn.context, memory).win(best, slots, Slots::default());
        let Decision::Answer(mut answer) = decision else { return Some(self.complete(decision, turn, None)) };
        let said = mark(&answer.text);
        if let (true, Some(lead)) =
            (times > 1 || before.said.contains(&said), self.lead(&before, said, occasion, turn))
        {
            answer.text = joined(&lead, &answer.text, &answer.language);
        }
        let topic = self.state.touch(&rule.id.text);
        (topic.times, topic.slots) = (times, about);
        topic.say(said);
        self.state.counts.not_understood = 0;
        if closing {
            self.begin_anew();
        }
        Some(Decision::Answer(answer))
    }

    /// What stands before an answer that was given before.
    fn lead(&self, before: &Topic, said: u32, occasion: Occasion, turn: &Turn) -> Option<String> {
        let engine = self.engine();
        let (_, phrases) = self.phrases(&engine, turn)?;
        let leads = match occasion {
            Occasion::Unhelpful => &phrases.another,
            Occasion::Asked if before.said.contains(&said) => &phrases.again,
            Occasion::Asked => return None,
        };
        leads.get(before.times.saturating_sub(1) as usize % leads.len().max(1)).cloned()
    }

    /// The matter is closed: what was said and asked before does not count against a new one.
    pub(super) fn begin_anew(&mut self) {
        self.state.topics.iter_mut().for_each(|topic| topic.times = 0);
        self.state.counts.unhelpful = 0;
    }

    /// Asks which of the first candidates was meant.
    fn clarify(&mut self, count: usize, turn: &Turn) -> Decision {
        let limit = self.engine().contents().settings.limits.not_understood;
        if turn.wants_no_questions() {
            return self.fall_back(if turn.wants_a_person() { "requested" } else { "ambiguous" }, turn);
        }
        self.state.counts.not_understood = self.state.counts.not_understood.saturating_add(1);
        if self.state.counts.not_understood > limit {
            return self.fall_back("repeated", turn);
        }
        let decision = self.case(turn.context).ask(count);
        let Decision::Ask(ask) = &decision else { return self.complete(decision, turn, None) };
        let options = ask.options.iter().map(|option| option.rule.to_string()).collect();
        self.state.pending = Some(Pending::Choice { options });
        decision
    }

    /// Asks for other words; after too many messages in a row, a person takes over.
    pub(super) fn not_understood(&mut self, reason: &'static str, turn: &Turn) -> Decision {
        if turn.wants_a_person() {
            return self.fall_back("requested", turn);
        }
        if self.state.handed.is_some() {
            return self.hand_off_again(reason, turn);
        }
        if self.is_settled(|| None, turn) {
            return self.settle(None, turn);
        }
        if self.state.turn > 1 && turn.wants_no_questions() {
            return self.fall_back(reason, turn);
        }
        let limit = self.engine().contents().settings.limits.not_understood;
        self.state.counts.not_understood = self.state.counts.not_understood.saturating_add(1);
        let count = self.state.counts.not_understood;
        if count >= limit {
            return self.fall_back(if count > 1 { "repeated" } else { reason }, turn);
        }
        if turn.signals.tone() == Some(Tone::Anger) {
            return self.fall_back(reason, turn);
        }
        self.ask_for(|phrases| &phrases.rephrase, count - 1, turn)
    }

    /// One of the engine's own questions.
    pub(super) fn ask_for(
        &mut self,
        pick: fn(&crate::decision::Phrases) -> &Vec<String>,
        place: u32,
        turn: &Turn,
    ) -> Decision {
        let engine = self.engine();
        let Some((language, phrases)) = self.phrases(&engine, turn) else {
            return self.fall_back("no-match", turn);
        };
        let texts = pick(phrases);
        let text = texts.get(place as usize % texts.len().max(1)).cloned().unwrap_or_default();
        Decision::Ask(self.case(turn.context).question(&language, text))
    }

    /// What the winner's pattern captured.
    pub(super) fn captured(&self, best: &Scored, turn: &Turn) -> Slots {
        self.matcher.captured(turn.text, best, Some(&turn.masked.found))
    }

    /// A text that was said last is not said again: a person takes over, or says that he will.
    pub(super) fn never_twice(&mut self, turn: &Turn, decision: &mut Decision) {
        let again = decision.text().is_some_and(|text| self.state.last == Some(mark(text)));
        match decision {
            Decision::Answer(_) | Decision::Ask(_) if again => {
                *decision = self.fall_back("repeated", turn);
                decision.set_tone(turn.signals.tone());
            }
            Decision::Handoff(handoff) if again => handoff.text = self.waiting(turn),
            _ => {}
        }
    }
}

impl Turn<'_> {
    pub(super) fn wants_a_person(&self) -> bool {
        self.signals.has(Signal::Person)
    }

    /// Whether the customer wants a person, or to be asked no more.
    pub(super) fn wants_no_questions(&self) -> bool {
        self.wants_a_person() || self.signals.has(Signal::Stop)
    }

    /// Whether the best candidate wins by more than likeness.
    pub(super) fn is_certain(&self, best: Option<Scored>) -> bool {
        self.verdict == Verdict::Win && best.is_some_and(|best| best.evidence.is_certain())
    }

    /// Whether the customer sends what must never be shared.
    pub(super) fn tells_a_secret(&self) -> bool {
        self.masked.found.iter().any(|found| found.kind.is_secret())
    }
}

/// Rules that stand behind all others are small talk: they never are what a conversation is about.
pub(super) fn is_small_talk(rule: &Rule) -> bool {
    rule.priority < 0
}

/// A mark of the values that an answer is about; 0 of none.
fn mark_of(slots: &Slots) -> u32 {
    slots.iter().fold(0, |sum, (name, slot)| sum ^ mark(name).rotate_left(1) ^ mark(&slot.text))
}
