//! A customer who waits for a person.

use super::answer::is_small_talk;
use super::bounds::shortened;
use super::collect::QUESTION_WORDS;
use super::handoff::MORE;
use super::{Conversation, Signal, Turn, joined, rule_number};
use crate::decision::{Decision, Verdict, mark};
use crate::rules::{Outcome, Tone};
use crate::signals;
use crate::text::EntityKind;

/// Longest words of a customer that a summary quotes, in bytes.
const OVER_BYTES: usize = 120;

impl Conversation {
    /// A customer who waits for a person adds details (a number, a name) and little else: they go to those who have his
    /// handoff.
    pub(super) fn add_to_handoff(&mut self, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        if let Some(handed) = self.state.handed.as_ref()?.rule.as_deref() {
            let rule = rule_number(engine.contents(), handed)?;
            let Outcome::Handoff(_) = &engine.contents().rules[rule as usize].outcome else { return None };
        }
        let found = self.details(turn);
        // The words of a correction name what was wrong, too: "bukan 0812… tapi 0813…".
        let most = QUESTION_WORDS * if turn.signals.has(Signal::Correction) { 2 } else { 1 };
        let more = turn.is_certain(self.best()) || self.words_beside(&found) >= most;
        let tells = if found.is_empty() { self.is_about_an_account(turn) } else { !more };
        tells.then(|| {
            // He tells more of the same contact, which is no other one.
            self.state.counts.handoffs = self.state.counts.handoffs.saturating_sub(1);
            self.hand_off_again(MORE, turn)
        })
    }

    /// Whether a message tells the number of an account that is none of the details, and little else.
    fn is_about_an_account(&self, turn: &Turn) -> bool {
        let utterance = self.matcher.utterance();
        let account = utterance.entities.iter().any(|entity| entity.kind == EntityKind::Account);
        account && !turn.is_certain(self.best()) && utterance.content_words() <= 2 * QUESTION_WORDS
    }

    /// The words of a customer who waits: that the matter is over, which goes to the team, or that he is content.
    pub(super) fn heard_while_waiting(&mut self, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let contents = engine.contents();
        let handed = self.state.handed.as_ref()?;
        let rule = || handed.rule.as_deref().and_then(|rule| rule_number(contents, rule));
        let certain = self.best().filter(|_| turn.is_certain(self.best()));
        let matters = certain.is_some_and(|best| !is_small_talk(&contents.rules[best.rule as usize]));
        if matters || turn.wants_no_questions() || turn.signals.tone() == Some(Tone::Anger) {
            return None;
        }
        if self.is_settled(rule, turn) {
            return Some(self.withdraw(turn));
        }
        let agrees = turn.verdict != Verdict::Win
            && signals::agrees(self.matcher.utterance(), engine.lexicon().pack_languages());
        agrees.then(|| {
            let texts = self.phrases(&engine, turn).map(|(_, phrases)| phrases.agreed.as_slice());
            let said = texts.and_then(<[_]>::first).is_some_and(|text| self.state.last == Some(mark(text)));
            self.ask_for(|phrases| &phrases.agreed, u32::from(said), turn)
        })
    }

    /// Sends the handoff again with a note that the matter is over; this counts as no further contact.
    fn withdraw(&mut self, turn: &Turn) -> Decision {
        let engine = self.engine();
        self.state.counts.handoffs = self.state.counts.handoffs.saturating_sub(1);
        let mut decision = self.hand_off_again(MORE, turn);
        let text = self.phrases(&engine, turn).map(|(_, phrases)| phrases.withdrawn.clone());
        let desk = engine.contents().language.clone();
        let said = engine.phrasebook().in_first_of([&desk]).map(|(_, phrases)| &phrases.summary.over);
        if let (Decision::Handoff(handoff), Some(said)) = (&mut decision, said) {
            handoff.text = text.or(handoff.text.take());
            let over = said.replacen("{}", &shortened(&turn.masked.text, OVER_BYTES), 1);
            let before = handoff.ticket.summary.take().unwrap_or_default();
            handoff.ticket.summary = Some(joined(&before, &over, desk.as_str()));
        }
        decision
    }
}
