use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::Engine;
use super::compile::{Compiled, entity_kind};
use super::details::{Asked, Values};
use super::masking::shown;
use super::refusal::{Refused, owner_is_human, refused};
use crate::classifier;
use crate::context::Context;
use crate::decision::{Case, Decision, Evidence, Languages, Policy, Scored, SlotValue, Slots, Verdict};
use crate::message::Message;
use crate::pattern::{self, Capture};
use crate::privacy::Found;
use crate::rules::{Language, Outcome};
use crate::signals::{Signal, Signals, cue_before};
use crate::text::{Entity, EntityKind, EntityValue, Utterance};

/// An engine with buffers of its own, for one thread that decides many messages.
///
/// ```
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// let mut matcher = jawab::Engine::new(&rules)?.matcher();
/// for text in ["when are you open", "are you open when?"] {
///     assert!(!matcher.decide(text).candidates().is_empty());
/// }
/// # Ok::<(), jawab::Error>(())
/// ```
#[derive(Debug)]
pub struct Matcher {
    pub(super) engine: Engine,
    pub(super) buffers: Buffers,
}

/// Names of values are left out of a message's language in messages of up to so many tokens, a bit for each.
const MOST_LABELLED: usize = 64;

/// What a conversation knows beside the message.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Memory<'m> {
    /// The language that the customer writes.
    pub(crate) spoken: Option<&'m Language>,
    /// Whether the message is too short to tell its own language, so that the customer's goes first.
    pub(crate) too_short_to_tell: bool,
    /// Marks of the texts that the winner has said before.
    pub(crate) said: &'m [u32],
}

/// What is reused from message to message.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    pub(super) utterance: Utterance,
    /// The language pack that the words of the message tell.
    pub(super) language: Option<u8>,
    pub(super) patterns: pattern::Scratch,
    pub(super) classifier: classifier::Scratch,
    pub(super) scored: Vec<Scored>,
    /// What patterns of a rule name together.
    pub(super) stretches: Vec<(u32, u32)>,
}

impl Matcher {
    pub(super) fn new(engine: Engine) -> Self {
        let mut matcher = Matcher { buffers: engine.spare.take(), engine };
        matcher.clear();
        matcher
    }

    /// Decides one message. Never fails, never panics, takes time linear in the message.
    pub fn decide<'m>(&mut self, message: impl Into<Message<'m>>) -> Decision {
        let message = message.into();
        let nothing = Context::new();
        let context = message.context.unwrap_or(&nothing);
        let verdict = self.judge(message.text, context, None);
        self.decision(message.text, context, verdict)
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.engine.compiled
    }

    /// The engine.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The message that was judged last, as it was read.
    pub(crate) fn utterance(&self) -> &Utterance {
        &self.buffers.utterance
    }

    /// The candidates of the message that was judged last, best first.
    pub(crate) fn scored(&self) -> &[Scored] {
        &self.buffers.scored
    }

    /// Makes a rule the best candidate because the conversation says so.
    pub(crate) fn choose(&mut self, rule: u32) {
        self.buffers.scored.retain(|scored| scored.rule != rule);
        self.buffers.scored.insert(0, Scored::chosen(rule));
    }

    /// Forgets the message that was judged last.
    pub(crate) fn clear(&mut self) {
        self.buffers.scored.clear();
        self.buffers.utterance.clear();
        self.buffers.language = None;
        self.buffers.patterns.matches.clear();
    }

    pub(super) fn policy(&self) -> Policy {
        self.engine.settings.policy()
    }

    pub(super) fn decision(&self, text: &str, context: &Context, verdict: Verdict) -> Decision {
        let case = self.case(context, Memory::default());
        match refused(text, context) {
            Some(Refused::Ignore(reason)) => return case.ignore(reason),
            _ if owner_is_human(context) => return case.ignore("human-owner"),
            Some(Refused::TooLong) => return case.fallback("too-long"),
            None => {}
        }
        match (verdict, self.buffers.scored.first()) {
            (Verdict::Win, Some(best)) => {
                case.win(best, self.captured(text, best, None), self.details(text, best))
            }
            (Verdict::Ambiguous(count), _) if self.engine.settings.clarify => case.ask(count),
            (Verdict::Ambiguous(_), _) => case.fallback("ambiguous"),
            (Verdict::LowConfidence, _) => case.fallback("low-confidence"),
            (Verdict::Win | Verdict::NoMatch, _) => case.fallback("no-match"),
        }
    }

    /// What is needed to speak about the message that was judged last.
    pub(crate) fn case<'m>(&'m self, context: &'m Context, memory: Memory<'m>) -> Case<'m> {
        let compiled = self.compiled();
        Case {
            contents: compiled.contents(),
            phrasebook: &compiled.phrasebook,
            names: &compiled.names,
            fingerprint: &compiled.fingerprint,
            context,
            scored: &self.buffers.scored,
            languages: self.languages(context, memory),
            said: memory.said,
        }
    }

    /// In which languages to speak: that of the evidence, where it suffices, else the message's, else the conversation's,
    /// else the set's. The conversation's comes first where the message is too short, or in no language that is known.
    pub(super) fn languages<'m>(&'m self, context: &'m Context, memory: Memory<'m>) -> Languages<'m> {
        let written = self.written();
        let then = context.get("language").and_then(Value::as_str).map(Language::new);
        let last = &self.compiled().contents().language;
        let usual = [then.as_ref().unwrap_or(last), last];
        let sure = |best: &&Scored| best.confidence >= self.policy().threshold;
        let best = self.buffers.scored.first().filter(sure);
        let evidence = best.and_then(|best| self.evidence_language(best, written, usual));
        let first = memory.spoken.filter(|_| memory.too_short_to_tell || written.is_none());
        Languages { first: [first, evidence, written, memory.spoken], then, last }
    }

    /// The language that the message that was judged last is written in.
    pub(crate) fn written(&self) -> Option<&Language> {
        self.buffers.language.and_then(|pack| self.compiled().pack_language(pack))
    }

    /// The language pack that the words of the message that was read tell.
    pub(super) fn language_told(&self) -> Option<u8> {
        let utterance = &self.buffers.utterance;
        let labelled = !utterance.entities.is_empty() && utterance.tokens.len() <= MOST_LABELLED;
        if labelled { self.language_without_labels() } else { utterance.language() }
    }

    /// What names a value tells no language: `ref no 123456` is written in all of them.
    fn language_without_labels(&self) -> Option<u8> {
        let (utterance, languages) = (&self.buffers.utterance, self.compiled().lexicon.pack_languages());
        let mut labels = 0_u64;
        for entity in utterance.entities.iter().filter(|entity| !matches!(entity.kind, EntityKind::List(_))) {
            let start = entity.tokens.start;
            let label =
                cue_before(utterance, start as usize, languages).map_or(start, |cue| cue.start as u32);
            labels |= (label..start).fold(0, |bits, token| bits | 1 << token);
        }
        utterance.language_without(labels, languages.len())
    }

    /// The language of the pattern or question that matched; the language the message is written in where the rule
    /// has evidence in that language too: patterns and questions of one rule often share words between languages.
    /// A question that is only like a message in no language that is known tells none where the rule has evidence in a
    /// usual one: names of banks are the same in all.
    fn evidence_language<'m>(
        &'m self,
        best: &Scored,
        written: Option<&'m Language>,
        usual: [&Language; 2],
    ) -> Option<&'m Language> {
        let compiled = self.compiled();
        let rule = &compiled.contents().rules[best.rule as usize];
        let speaks = |language: &Language| rule.asked_in().any(|(spoken, _)| spoken == language);
        if let Some(written) = written.filter(|written| speaks(written)) {
            return Some(written);
        }
        let matched = best.pattern.map(|at| self.buffers.patterns.matches[at as usize].pattern);
        let pattern = matched.map(|pattern| &compiled.pattern(compiled.roles.of(pattern)).language);
        let question = best.nearest.and_then(|number| compiled.question(number)).map(|q| &q.language);
        let tells = |language: &&Language| {
            best.evidence != Evidence::Question
                || !compiled.has_pack(language)
                || !usual.into_iter().any(speaks)
        };
        pattern.or_else(|| question.filter(tells))
    }

    /// What the winner's pattern captured; `private` is what must not be shown of the text, where that is known.
    pub(crate) fn captured(&self, text: &str, best: &Scored, private: Option<&[Found]>) -> Slots {
        let Some(at) = best.pattern else { return Slots::default() };
        let captures = self.buffers.patterns.captures(&self.buffers.patterns.matches[at as usize]);
        let (compiled, program) = (self.compiled(), &self.compiled().program);
        let found =
            private.map_or_else(|| Cow::Owned(self.private(text, captures.is_empty())), Cow::Borrowed);
        let named = captures.iter().map(|capture| {
            let kind = capture.entity.map(|entity| self.buffers.utterance.entities[entity as usize].kind);
            let value = shown(text, &found, kind, self.capture(text, capture));
            (compiled.names.shared(program.slot_name(capture.name)), value)
        });
        Slots(named.collect())
    }

    fn capture(&self, text: &str, capture: &Capture) -> SlotValue {
        let words = &text[capture.span.0 as usize..capture.span.1 as usize];
        match capture.entity.map(|entity| &self.buffers.utterance.entities[entity as usize]) {
            Some(entity) => self.slot_value(text, entity),
            None => SlotValue { value: words.into(), text: words.to_owned(), span: capture.span },
        }
    }

    pub(crate) fn slot_value(&self, text: &str, entity: &Entity) -> SlotValue {
        let value = match (self.buffers.utterance.value(entity), entity.kind) {
            (EntityValue::Number(number), _) if number.fract() == 0.0 && number.abs() < 9e15 => {
                (number as i64).into()
            }
            (EntityValue::Number(number), _) => number.into(),
            (EntityValue::Text(text), _) => text.into(),
            (EntityValue::ListValue(value), EntityKind::List(list)) => {
                self.compiled().lexicon.list_value(list, value).into()
            }
            (EntityValue::ListValue(_), _) => Value::Null,
        };
        let span = (entity.span.start, entity.span.end);
        SlotValue { value, text: text[span.0 as usize..span.1 as usize].to_owned(), span }
    }

    /// What is private in the message, where anything of it is shown.
    pub(super) fn private(&self, text: &str, nothing_shown: bool) -> Vec<Found> {
        if nothing_shown { Vec::new() } else { self.compiled().masker.find(text) }
    }

    /// What the message holds of the details that the winner's handoff collects.
    fn details(&self, text: &str, best: &Scored) -> Slots {
        let compiled = self.compiled();
        let Outcome::Handoff(handoff) = &compiled.contents().rules[best.rule as usize].outcome else {
            return Slots::default();
        };
        if self.buffers.utterance.entities.is_empty() {
            return Slots::default();
        }
        let private = self.private(text, handoff.collect.is_empty());
        let signals = Signals::of(&self.buffers.utterance, compiled.lexicon.pack_languages());
        let corrects = signals.has(Signal::Correction);
        let values = Values::new(self, text, &private, corrects);
        let mut found: Vec<(Arc<str>, SlotValue)> = Vec::new();
        for detail in &handoff.collect {
            // A number that may be an account or a reference is one detail, not two.
            let taken = |entity: &Entity| found.iter().any(|(_, value)| entity.overlaps(value.span));
            let Some(told) = values.of(&detail.slot_type, Asked::No, taken) else { continue };
            let kind = entity_kind(&detail.slot_type, &compiled.lexicon);
            found.push((compiled.names.shared(&detail.name), shown(text, &private, kind, told.value)));
        }
        Slots(found)
    }
}

impl Drop for Matcher {
    fn drop(&mut self) {
        self.engine.spare.give(std::mem::take(&mut self.buffers));
    }
}
