//! Several messages typed in a burst: what each of them alone is about.

use super::answer::is_small_talk;
use super::{Conversation, Turn};
use crate::decision::{Answer, Decision, Verdict};
use crate::privacy::{Found, Masked, replaced};
use crate::rules::Outcome;

/// Most questions of a burst that are answered together.
const ANSWERS: usize = 3;

impl Conversation {
    /// Decides by the parts: a part that hands off comes first, else all questions are answered together. None where
    /// the whole says more: no part alone is understood, or all that are belong to the winner.
    pub(super) fn apart(&mut self, turn: &Turn) -> Option<Decision> {
        let engine = self.engine();
        let whole = self.best().filter(|_| turn.verdict == Verdict::Win).map(|best| best.rule);
        let mut found: Vec<(usize, u32)> = Vec::new();
        for (at, part) in turn.parts.iter().enumerate() {
            let verdict = self.matcher.judge(part, turn.context, turn.previous);
            let best = self.best().filter(|_| verdict == Verdict::Win).map(|best| best.rule);
            let known = |rule: u32| found.iter().any(|(_, other)| *other == rule);
            let rules = &engine.contents().rules;
            found.extend(
                best.filter(|&rule| !known(rule) && !is_small_talk(&rules[rule as usize]))
                    .map(|rule| (at, rule)),
            );
        }
        let hands_off =
            |rule: u32| matches!(engine.contents().rules[rule as usize].outcome, Outcome::Handoff(_));
        let others = found.iter().any(|(_, rule)| Some(*rule) != whole);
        if !others || whole.is_some_and(hands_off) {
            self.matcher.judge(turn.text, turn.context, turn.previous);
            return None;
        }
        if let Some(&(at, _)) = found.iter().find(|(_, rule)| hands_off(*rule)) {
            self.matcher.judge(turn.parts[at], turn.context, turn.previous);
            return Some(self.win_part(turn, at));
        }
        self.answer_all(turn, &found)
    }

    /// The answers to several questions, in one text; one that was answered too often ends them with a handoff.
    fn answer_all(&mut self, turn: &Turn, found: &[(usize, u32)]) -> Option<Decision> {
        let mut all: Option<Answer> = None;
        for &(at, _) in found.iter().take(ANSWERS) {
            self.matcher.judge(turn.parts[at], turn.context, turn.previous);
            match (self.win_part(turn, at), all.take()) {
                (Decision::Answer(next), None) => all = Some(next),
                (Decision::Answer(next), Some(mut first)) => {
                    first.text = one_text(&first.text, &next.text);
                    first.slots.add(next.slots);
                    all = Some(first);
                }
                (mut other, first) => {
                    if let (Decision::Handoff(handoff), Some(mut first)) = (&mut other, first) {
                        handoff.text =
                            Some(one_text(&first.text, handoff.text.as_deref().unwrap_or_default()));
                        first.slots.add(std::mem::take(&mut handoff.slots));
                        handoff.slots = first.slots;
                    }
                    return Some(other);
                }
            }
        }
        all.map(Decision::Answer)
    }

    /// What comes of one part; its text stands for the whole, so its values are found. Spans are those of the whole.
    fn win_part(&mut self, turn: &Turn, at: usize) -> Decision {
        let part = Turn {
            text: turn.parts[at],
            parts: &[],
            context: turn.context,
            previous: turn.previous,
            verdict: Verdict::Win,
            signals: turn.signals,
            masked: turn.masked_in_part(at),
        };
        let mut decision = self.win(&part);
        if let Some(slots) = decision.slots_mut() {
            slots.shift(turn.start_of(at));
        }
        decision
    }
}

pub(super) fn one_text(first: &str, next: &str) -> String {
    format!("{first}\n\n{next}")
}

impl Turn<'_> {
    /// The byte of the joined text at which a part begins.
    fn start_of(&self, at: usize) -> usize {
        self.parts[..at].iter().map(|part| part.len() + 1).sum()
    }

    /// What was masked in one of the parts, which the others may tell of: "my pin", then "482913".
    fn masked_in_part(&self, at: usize) -> Masked {
        let start = self.start_of(at);
        let end = start + self.parts[at].len();
        let inside = |found: &&Found| found.span.0 < end && start < found.span.1;
        let shift = |found: &Found| Found {
            span: (found.span.0.saturating_sub(start), found.span.1.min(end) - start),
            ..*found
        };
        let found: Vec<Found> = self.masked.found.iter().filter(inside).map(shift).collect();
        Masked { text: replaced(self.parts[at], &found, (0, end - start)), found }
    }
}
