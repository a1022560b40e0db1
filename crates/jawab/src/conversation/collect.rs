//! Details that a handoff needs: taken from what was said, and asked for one at a time.

use super::answer::{Occasion, is_small_talk};
use super::burst::one_text;
use super::collecting::Collecting;
use super::follow_up::texts_of;
use super::state::{Detail, Pending};
use super::values::{Found, known_name};
use super::{Conversation, Signal, Turn, rule_number};
use crate::decision::{Ask, Decision, Scored, Slots, Verdict, mark};
use crate::rules::{Handoff, Language, Outcome, Rule, Tone};
use crate::signals;

/// A message with at least so many words besides the value asks something of its own.
pub(super) const QUESTION_WORDS: u32 = 3;
/// A message with a greeting and at most so many words is no more than a greeting.
const GREETING_WORDS: u32 = 3;

impl Conversation {
    /// Begins to prepare the handoff of a rule: takes what is known, asks for the first detail that is not.
    pub(super) fn prepare(&mut self, rule: u32, slots: Slots, turn: &Turn) -> Decision {
        let engine = self.engine();
        let of = &engine.contents().rules[rule as usize];
        let Outcome::Handoff(handoff) = &of.outcome else { return self.fall_back("no-match", turn) };
        self.state.counts.not_understood = 0;
        let mut collecting = self.state.take_up(&of.id.text);
        let found = self.values(&handoff.collect, None, turn);
        let (certain, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| found.certain);
        collecting.fill(certain, false);
        self.take_known(&mut collecting, handoff);
        collecting.fill(others, false);
        let again = self.state.topic(&of.id.text).is_some_and(|topic| topic.handed);
        let patience = self.state.counts.anger < 2 && !turn.wants_no_questions();
        if again || !patience || handoff.collect.is_empty() {
            return self.hand_off(rule, slots, &collecting, turn);
        }
        self.state.touch(&of.id.text);
        self.next(rule, slots, collecting, turn)
    }

    /// Takes values of earlier messages; each for one detail.
    fn take_known(&self, collecting: &mut Collecting, handoff: &Handoff) {
        let mut known: Vec<&Detail> = self.state.details.iter().collect();
        for wanted in &handoff.collect {
            if collecting.has(&wanted.name) {
                continue;
            }
            let called = |name: &str| known.iter().position(|detail| detail.name == name);
            if let Some(at) = called(&known_name(wanted)).or_else(|| called(wanted.slot_type.name())) {
                let detail = known.swap_remove(at);
                let told = collecting.fields.iter().any(|field| field.text == detail.text);
                if !told {
                    collecting.fields.push(Detail { name: wanted.name.clone(), ..detail.clone() });
                }
            }
        }
    }

    /// Asks for the first detail that is missing, or hands off.
    fn next(&mut self, rule: u32, slots: Slots, mut collecting: Collecting, turn: &Turn) -> Decision {
        let engine = self.engine();
        let contents = engine.contents();
        let Outcome::Handoff(handoff) = &contents.rules[rule as usize].outcome else {
            return self.fall_back("no-match", turn);
        };
        let limit = contents.settings.limits.ask;
        for wanted in &handoff.collect {
            let asked = collecting.times_asked(&wanted.name);
            if collecting.has(&wanted.name) || collecting.skipped.contains(&wanted.name) || asked >= limit {
                continue;
            }
            if let Some((text, language)) = self.question_for(wanted, asked, turn) {
                collecting.ask(&wanted.name);
                return self.wait_for(collecting, text, &language, turn);
            }
        }
        self.hand_off(rule, slots, &collecting, turn)
    }

    /// Says a text and waits for the detail that was asked for.
    fn wait_for(
        &mut self,
        collecting: Collecting,
        text: String,
        language: &Language,
        turn: &Turn,
    ) -> Decision {
        let question = self.case(turn.context).question(language, text);
        let rule = Some(collecting.rule.as_str().into());
        let slot = Some(collecting.slot.as_str().into());
        self.state.pending = Some(Pending::Detail(collecting));
        Decision::Ask(Ask { rule, slot, ..question })
    }

    /// Gives a customer time who wants it; none where he was told so last.
    fn give_time(&mut self, collecting: &Collecting, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let (language, phrases) = self.phrases(&engine, turn)?;
        let told = self.state.last == Some(mark(&phrases.patience));
        (!told).then(|| self.wait_for(collecting.clone(), phrases.patience.clone(), &language, turn))
    }

    /// Decides a message while details are collected; none where it is about something else that comes first.
    pub(super) fn collect(&mut self, mut collecting: Collecting, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let rule = rule_number(engine.contents(), &collecting.rule)?;
        let Outcome::Handoff(handoff) = &engine.contents().rules[rule as usize].outcome else { return None };
        let asked = collecting.slot.clone();
        let found = self.values(&handoff.collect, Some(&collecting), turn);
        let denies = signals::only_denies(self.matcher.utterance());
        // A secret is no question: its sender is warned, and asked again for what may be told. Nor is "no".
        let other = self.best().filter(|best| {
            turn.verdict == Verdict::Win && best.rule != rule && !denies && !turn.tells_a_secret()
        });
        if turn.wants_no_questions() || turn.signals.tone() == Some(Tone::Anger) {
            collecting.fill(found, true);
            return Some(self.hand_off(rule, Slots::default(), &collecting, turn));
        }
        let over = found.is_empty() && self.is_settled(|| Some(rule), turn);
        if over && other.is_none_or(|best| self.answers(best.rule)) {
            return Some(self.settle(other, turn));
        }
        if let Some(best) = other.filter(|best| self.is_question(best, &found, &asked, turn)) {
            return self.in_between(&best, rule, collecting, turn);
        }
        let told = found.iter().any(|found| found.detail.name == asked);
        let more = found.iter().any(|found| !collecting.has(&found.detail.name));
        let nothing = found.is_empty();
        collecting.fill(found, turn.signals.has(Signal::Correction) || !told);
        if nothing && (denies || turn.signals.has(Signal::Unknown)) {
            collecting.skipped.push(asked);
        } else if let (true, Some(best)) = (nothing, other) {
            return self.in_between(&best, rule, collecting, turn);
        } else if nothing
            && turn.signals.has(Signal::Patience)
            && let Some(decision) = self.give_time(&collecting, turn)
        {
            return Some(decision);
        } else if more && !told {
            collecting.take_back_question();
        } else if nothing && !self.repeats(rule, turn) {
            collecting.could_not_read(&turn.masked.text);
        }
        Some(self.next(rule, Slots::default(), collecting, turn))
    }

    /// Whether a message says no more than what is asked about already, or nothing in words.
    fn repeats(&self, rule: u32, turn: &Turn) -> bool {
        let same = turn.verdict == Verdict::Win && self.best().is_some_and(|best| best.rule == rule);
        same || self.matcher.utterance().content_words() == 0
    }

    /// Whether the customer says that the matter, of a rule, is over: "it came through, thanks", "ga jadi".
    pub(super) fn is_settled(&self, rule: impl Fn() -> Option<u32>, turn: &Turn) -> bool {
        let engine = self.engine();
        let undoes = || rule().is_some_and(|rule| undoes(&engine.contents().rules[rule as usize]));
        let asks = turn.text.contains(['?', '？']);
        !asks && signals::is_settled(self.matcher.utterance(), engine.lexicon().pack_languages(), undoes)
    }

    fn answers(&self, rule: u32) -> bool {
        matches!(self.engine().contents().rules[rule as usize].outcome, Outcome::Answer(_))
    }

    /// Closes a matter that is over: with the answer to what else was said, without a person. One that was set aside
    /// for it is taken up again.
    pub(super) fn settle(&mut self, other: Option<Scored>, turn: &Turn) -> Decision {
        let decision = self.settled(other, turn);
        let Some(open) = self.state.open.pop_back() else { return decision };
        let Some(rule) = rule_number(self.engine().contents(), &open.rule) else { return decision };
        let next = self.next(rule, Slots::default(), open, turn);
        behind(decision, next)
    }

    fn settled(&mut self, other: Option<Scored>, turn: &Turn) -> Decision {
        self.begin_anew();
        self.state.counts.not_understood = 0;
        let Some(best) = other else {
            let engine = self.engine();
            let texts = self.phrases(&engine, turn).map(|(_, phrases)| phrases.settled.as_slice());
            let said = texts.and_then(<[_]>::first).is_some_and(|text| self.state.last == Some(mark(text)));
            return self.ask_for(|phrases| &phrases.settled, u32::from(said), turn);
        };
        let slots = self.captured(&best, turn);
        self.answer_or_hand_off(&best, slots, turn)
    }

    /// Whether the message is a question of its own rather than the detail that was asked for.
    fn is_question(&self, best: &Scored, found: &[Found], asked: &str, turn: &Turn) -> bool {
        let beside = self.words_beside(found);
        let certain = turn.is_certain(Some(*best));
        if found.iter().any(|found| found.detail.name == asked) {
            return beside >= if certain { QUESTION_WORDS } else { 2 * QUESTION_WORDS };
        }
        let corrects = turn.signals.has(Signal::Correction) && !found.is_empty();
        let unknown = turn.signals.has(Signal::Unknown) && !certain;
        !corrects && !unknown && (certain || beside >= QUESTION_WORDS)
    }

    /// Whether a message is no more than "halo?", which in an open matter asks for no welcome.
    fn only_greets(&self) -> bool {
        let utterance = self.matcher.utterance();
        let short = utterance.content_words() <= GREETING_WORDS;
        short && signals::greets(utterance, self.engine().lexicon().pack_languages())
    }

    /// Answers a question and asks for the next detail; a customer who only wants time is not asked.
    fn in_between(
        &mut self,
        best: &Scored,
        rule: u32,
        collecting: Collecting,
        turn: &Turn,
    ) -> Option<Decision> {
        let engine = self.engine();
        let other = &engine.contents().rules[best.rule as usize];
        if let Outcome::Handoff(_) = other.outcome {
            return self.another(best.rule, rule, collecting, turn);
        }
        if is_small_talk(other) && self.only_greets() {
            return Some(self.next(rule, Slots::default(), collecting, turn));
        }
        let slots = self.captured(best, turn);
        let Some(decision) = self.answer(best, slots, turn, Occasion::Asked) else {
            return Some(self.hand_off(rule, Slots::default(), &collecting, turn));
        };
        let answers = matches!(decision, Decision::Answer(_));
        if !answers || is_small_talk(other) && turn.signals.has(Signal::Patience) {
            self.state.pending = Some(Pending::Detail(collecting));
            return Some(decision);
        }
        Some(behind(decision, self.next(rule, Slots::default(), collecting, turn)))
    }

    /// Another handoff is wanted, too. The one of the higher priority comes first, of equals the new one; the other is set
    /// aside and told in its ticket. None where the new one comes first.
    fn another(&mut self, other: u32, rule: u32, collecting: Collecting, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let of = &engine.contents().rules[other as usize];
        let this = &engine.contents().rules[rule as usize];
        self.keep_fields(&collecting);
        let (Outcome::Handoff(handoff), Outcome::Handoff(before)) = (&of.outcome, &this.outcome) else {
            return None;
        };
        if before.priority <= handoff.priority {
            self.state.set_aside(collecting);
            return None;
        }
        let mut waits = self.state.take_up(&of.id.text);
        waits.fill(self.values(&handoff.collect, None, turn), false);
        self.state.set_aside(waits);
        Some(if handoff.collect.is_empty() {
            self.hand_off(rule, Slots::default(), &collecting, turn)
        } else {
            self.next(rule, Slots::default(), collecting, turn)
        })
    }
}

/// Whether a rule is for undoing something, so that "don't" takes it back.
fn undoes(rule: &Rule) -> bool {
    texts_of(rule).any(|text| signals::is_about_undoing(&text.to_lowercase()))
}

/// What comes next, with an answer before it.
fn behind(first: Decision, mut next: Decision) -> Decision {
    let mut first = first;
    if let (Decision::Answer(answer), Decision::Ask(ask)) = (&mut first, &next) {
        answer.text = one_text(&answer.text, &ask.text);
        return first;
    }
    if let (Some(said), Some(text)) = (first.text(), next.text_mut()) {
        *text = one_text(said, text);
    }
    next
}
