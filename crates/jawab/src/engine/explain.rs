//! The steps of a decision, told.

use std::sync::Arc;

use serde::Serialize;

use super::masking::{hidden_at, shown_parts};
use super::matcher::Matcher;
use crate::context::Context;
use crate::decision::{Decision, Evidence, Part as RulePart, Scored, rounded};
use crate::message::Message;
use crate::privacy::Found;
use crate::rules::{Pattern, Rule};
use crate::text::Token;

/// How a decision came about: what was read, what was found, how it was ranked.
///
/// [`Display`](std::fmt::Display) tells it in lines for a terminal; as JSON it is data.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The words as they were read.
    pub words: Vec<ReadWord>,
    /// What is private in the message and masked in all that is told of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<Found>,
    /// Language the message is written in, where its words tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Arc<str>>,
    /// Patterns that match, in the order of the rules.
    pub patterns: Vec<FoundPattern>,
    /// All candidates, best first.
    pub candidates: Vec<RankedRule>,
    /// Whether likeness to questions could change the decision. Where not, they were not compared for it, and its own
    /// candidates are only those that patterns speak for.
    pub questions_matter: bool,
    /// What speaks for and against the best candidate, by likeness to its questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likeness: Option<Likeness>,
    /// Least confidence to answer in force, 0 to 1.
    pub threshold: f64,
    /// Least lead over the runner-up in force, 0 to 1.
    pub margin: f64,
    /// What came of it.
    pub decision: Decision,
    /// What it changed in the state of the conversation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

/// A word of the message as it was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReadWord {
    /// Its bytes in the message.
    pub span: (u32, u32),
    /// As it was written, without regard to case.
    pub written: String,
    /// As it was understood.
    pub read: String,
    /// What changed it: `none`, `spelling`, `stretched`, `typo`, `vowels`, `split`, `form`, `synonym`.
    pub change: String,
    /// Whether a rule of the set uses the word.
    pub known: bool,
    /// Whether it is ignored.
    pub filler: bool,
    /// Whether it carries negation.
    pub negation: bool,
}

/// A pattern that matches.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FoundPattern {
    /// The rule.
    pub rule: Arc<str>,
    /// The part of the rule: `any`, `all` or `none`.
    pub part: &'static str,
    /// The pattern as its author wrote it.
    pub pattern: String,
    /// Bytes of the message.
    pub span: (u32, u32),
    /// How many words of the message it names.
    pub words: u32,
}

/// A candidate with the parts of its score.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RankedRule {
    /// The rule.
    pub rule: Arc<str>,
    /// Its priority.
    pub priority: i32,
    /// What speaks for it.
    pub evidence: Evidence,
    /// The estimated chance that it is right, 0 to 1.
    pub confidence: f64,
    /// Share of the message's words that its patterns name, 0 to 1.
    pub specificity: f64,
    /// Confidence from likeness to its questions alone, 0 to 1.
    pub likeness: f64,
    /// Its question most like the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
}

/// What speaks for and against a rule in a message, by likeness to its questions.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Likeness {
    /// The rule.
    pub rule: Arc<str>,
    /// Share of the message's words that questions of the set know, by how much they tell, 0 to 1.
    pub coverage: f64,
    /// Words and pieces of words that speak most for the rule, with what they add to its score, which has no bounds; the
    /// strongest first.
    pub speaks_for: Vec<(String, f64)>,
    /// Those that speak most against it, with what they take from its score, below 0; the strongest first.
    pub speaks_against: Vec<(String, f64)>,
}

/// Why a rule did not decide a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WhyNot {
    /// The rule.
    pub rule: Arc<str>,
    /// The first condition that failed: `not-read`, `none-pattern`, `no-evidence`, `when`, `threshold`, `outranked`,
    /// `ambiguous`, `human-owner` or `no-text`.
    pub failed: &'static str,
    /// The same in a sentence.
    pub text: String,
}

impl Matcher {
    /// `previous` is the rule that the conversation is about; `masked` what must not be shown of the message, where that
    /// is known.
    pub(crate) fn explain(
        &mut self,
        message: Message,
        previous: Option<&str>,
        masked: Option<Vec<Found>>,
    ) -> Explanation {
        let nothing = Context::new();
        let context = message.context.unwrap_or(&nothing);
        let verdict = self.judge(message.text, context, previous);
        let (decision, settled) =
            (self.decision(message.text, context, verdict), self.is_settled(verdict, context));
        self.judge_all(message.text, context, previous);
        let language = self.written();
        let find = || self.private(message.text, self.buffers.utterance.tokens.is_empty());
        let masked = masked.unwrap_or_else(find);
        Explanation {
            words: self.read_words(&masked),
            language: language.map(|language| language.as_str().into()),
            patterns: self.found_patterns(),
            candidates: self.buffers.scored.iter().map(|scored| self.ranked(scored)).collect(),
            questions_matter: !settled,
            likeness: self.buffers.scored.first().and_then(|best| self.likeness(best.rule, &masked)),
            threshold: rounded(self.policy().threshold),
            margin: rounded(self.policy().margin),
            decision,
            masked,
            changes: Vec::new(),
        }
    }

    fn read_words(&self, masked: &[Found]) -> Vec<ReadWord> {
        let utterance = &self.buffers.utterance;
        let told = |span, word: &str| {
            hidden_at(masked, span).map_or_else(|| word.to_owned(), |found| format!("[{}]", found.kind))
        };
        let read = |(at, token): (usize, &Token)| ReadWord {
            span: (token.span.start, token.span.end),
            written: told((token.span.start, token.span.end), utterance.surface(at)),
            read: told((token.span.start, token.span.end), utterance.text(at)),
            change: token.change.name().to_owned(),
            known: token.word.is_known(),
            filler: token.filler,
            negation: token.negation,
        };
        utterance.tokens.iter().enumerate().map(read).collect()
    }

    fn found_patterns(&self) -> Vec<FoundPattern> {
        let compiled = self.compiled();
        let matches = self.buffers.patterns.matches.iter();
        let found = matches.map(|found| {
            let role = compiled.roles.of(found.pattern);
            FoundPattern {
                rule: self.rule_id(role.rule),
                part: match role.part {
                    RulePart::Any => "any",
                    RulePart::All => "all",
                    RulePart::None => "none",
                },
                pattern: compiled.pattern(role).source.text.clone(),
                span: self.buffers.utterance.span_of(found.tokens),
                words: found.explained,
            }
        });
        found.collect()
    }

    fn ranked(&self, scored: &Scored) -> RankedRule {
        let nearest = scored.nearest.and_then(|number| self.compiled().question(number));
        RankedRule {
            rule: self.rule_id(scored.rule),
            priority: self.rule(scored.rule).priority,
            evidence: scored.evidence,
            confidence: rounded(scored.confidence),
            specificity: rounded(scored.specificity),
            likeness: rounded(scored.likeness),
            nearest: nearest.map(|question| question.text.clone()),
        }
    }

    fn likeness(&self, rule: u32, masked: &[Found]) -> Option<Likeness> {
        let told = self.compiled().model.explain(&self.buffers.utterance, rule)?;
        let hidden = self.hidden_words(masked);
        Some(Likeness {
            rule: self.rule_id(rule),
            coverage: rounded(told.coverage),
            speaks_for: shown_parts(told.speaks_for, &hidden),
            speaks_against: shown_parts(told.speaks_against, &hidden),
        })
    }

    /// The words of the message that are not told, as written and as read for likeness.
    fn hidden_words(&self, masked: &[Found]) -> Vec<&str> {
        let utterance = &self.buffers.utterance;
        let hidden = |token: &Token| hidden_at(masked, (token.span.start, token.span.end)).is_some();
        let tokens = utterance.tokens.iter().enumerate();
        let written = tokens.filter(|(_, token)| hidden(token)).map(|(at, _)| utterance.text(at));
        let read = utterance.reading().iter().filter(|reading| {
            let tokens = reading.tokens.start as usize..reading.tokens.end as usize;
            utterance.tokens[tokens].iter().any(hidden)
        });
        written.chain(read.map(|reading| utterance.reading_text(reading))).collect()
    }

    fn rule(&self, rule: u32) -> &Rule {
        &self.compiled().contents().rules[rule as usize]
    }

    fn rule_id(&self, rule: u32) -> Arc<str> {
        self.rule(rule).id.text.as_str().into()
    }

    pub(super) fn why_not(&mut self, message: Message, rule: &str) -> Option<WhyNot> {
        let rules = &self.compiled().contents().rules;
        let number = rules.number_of(rule)?;
        let explanation = self.explain(message, None, None);
        if explanation.decision.rule() == Some(rule) {
            return None;
        }
        let nothing = Context::new();
        let context = message.context.unwrap_or(&nothing);
        let (failed, text) = self.failed(number, &explanation, context);
        Some(WhyNot { rule: rule.into(), failed, text })
    }

    fn failed(&self, number: u32, explanation: &Explanation, context: &Context) -> (&'static str, String) {
        let rule = self.rule(number);
        if explanation.words.is_empty() && explanation.patterns.is_empty() {
            return ("not-read", not_read(&explanation.decision).to_owned());
        }
        let patterns = || explanation.patterns.iter().filter(|found| *found.rule == rule.id.text);
        if let Some(veto) = patterns().find(|found| found.part == "none") {
            return ("none-pattern", format!("its `none` pattern `{}` matches", veto.pattern));
        }
        if let Some(when) = rule.when.iter().find(|when| !when.holds(context)) {
            return ("when", format!("its condition on `{}` does not hold", when.fact()));
        }
        match self.buffers.scored.iter().position(|scored| scored.rule == number) {
            None => {
                let missing = missing(rule, &patterns().collect::<Vec<_>>());
                ("no-evidence", missing.unwrap_or_else(|| no_evidence(rule)))
            }
            Some(at) if self.buffers.scored[at].confidence < self.policy().threshold => {
                ("threshold", unsure(&explanation.candidates[at], explanation.threshold))
            }
            Some(at) => outranked(at, explanation),
        }
    }
}

/// Why a message without words that were read has none.
fn not_read(decision: &Decision) -> &'static str {
    match decision.reason() {
        Some("too-long") => "the message is too long",
        Some("not-from-customer") => "the message is not from the customer",
        _ => "the message holds no words",
    }
}

fn unsure(own: &RankedRule, threshold: f64) -> String {
    format!("its confidence {} is below the threshold {threshold}", own.confidence)
}

fn outranked(at: usize, explanation: &Explanation) -> (&'static str, String) {
    let (own, best) = (&explanation.candidates[at], &explanation.candidates[0]);
    match explanation.decision.reason() {
        Some("human-owner") if at == 0 => ("human-owner", "a person answers this customer".to_owned()),
        Some("no-text") if at == 0 => ("no-text", "none of its texts may be said now".to_owned()),
        reason if at == 0 || asks(&explanation.decision) || reason == Some("ambiguous") => {
            ("ambiguous", "another rule is too close to it".to_owned())
        }
        _ => ("outranked", format!("`{}` comes first: {}", best.rule, why_first(best, own))),
    }
}

fn asks(decision: &Decision) -> bool {
    matches!(decision, Decision::Ask(_))
}

/// Why one candidate stands before the other.
fn why_first(best: &RankedRule, own: &RankedRule) -> String {
    if best.priority > own.priority {
        format!("its priority {} is above {}", best.priority, own.priority)
    } else if best.evidence.is_certain() && !own.evidence.is_certain() {
        "a pattern or question of it matches, and this rule is only alike".to_owned()
    } else if best.evidence == Evidence::Identical && own.evidence != Evidence::Identical {
        "the message is a question of it, word for word".to_owned()
    } else if best.specificity > own.specificity {
        format!("its patterns name {} of the message, this rule's {}", best.specificity, own.specificity)
    } else {
        format!("its likeness is {}, this rule's {}", best.likeness, own.likeness)
    }
}

/// What is missing where some of a rule's patterns match.
fn missing(rule: &Rule, found: &[&FoundPattern]) -> Option<String> {
    let any = found.iter().any(|found| found.part == "any");
    if found.is_empty() || !any && !rule.any.is_empty() {
        return (!found.is_empty()).then(|| "none of its `any` patterns matches".to_owned());
    }
    let is_found = |pattern: &Pattern| found.iter().any(|found| found.pattern == pattern.source.text);
    let begun = rule.all.iter().find(|pattern| is_found(pattern)).map(|pattern| &pattern.language);
    let lacks =
        |pattern: &&Pattern| begun.is_none_or(|begun| pattern.language == *begun) && !is_found(pattern);
    let pattern = rule.all.iter().find(lacks)?;
    Some(format!("its `all` pattern `{}` does not match", pattern.source.text))
}

fn no_evidence(rule: &Rule) -> String {
    match (rule.questions.is_empty(), rule.any.is_empty() && rule.all.is_empty()) {
        (true, _) => "none of its patterns matches".to_owned(),
        (false, true) => "its questions have too little in common with the message".to_owned(),
        (false, false) => {
            "none of its patterns matches, and its questions have too little in common with the message"
                .to_owned()
        }
    }
}
