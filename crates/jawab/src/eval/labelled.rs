use std::collections::BTreeMap;

use serde::Serialize;

use crate::context::Context;
use crate::message::Message;
use crate::rules::{RuleSet, nearest};
use crate::text::{Lexicon, Utterance};

/// A message with the rule that is right for it.
///
/// ```
/// use jawab::eval::Labelled;
///
/// let known = Labelled::new("gmn cara depo", Some("deposit-how"));
/// let out_of_scope = Labelled::new("siapa presiden", None);
/// # let _ = (known, out_of_scope);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Labelled {
    /// What the customer writes.
    pub text: String,
    /// The rule that should decide it; none: out of scope, no rule may.
    pub intent: Option<String>,
    /// Facts passed with it.
    pub context: Context,
}

impl Labelled {
    /// A message about which nothing else is known.
    pub fn new(text: impl Into<String>, intent: Option<&str>) -> Self {
        Labelled { text: text.into(), intent: intent.map(str::to_owned), context: Context::new() }
    }

    /// The same message with facts about it.
    #[must_use]
    pub fn with_context(self, context: Context) -> Self {
        Labelled { context, ..self }
    }

    pub(super) fn message(&self) -> Message<'_> {
        Message::new(&self.text).with_context(&self.context)
    }
}

/// An intent of labelled messages that is no rule of the set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnknownIntent {
    /// The intent.
    pub intent: String,
    /// How many messages have it.
    pub messages: usize,
    /// The rule whose id is most like it, where one is near.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
}

/// The intents of labelled messages that are no rules of the set, by name.
///
/// ```
/// use jawab::eval::{Labelled, unknown_intents};
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// let unknown = unknown_intents(&rules, &[Labelled::new("open now?", Some("hour"))]);
/// assert_eq!(unknown[0].did_you_mean.as_deref(), Some("hours"));
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn unknown_intents(rules: &RuleSet, labelled: &[Labelled]) -> Vec<UnknownIntent> {
    let known = numbers(rules);
    let mut counts = BTreeMap::<&str, usize>::new();
    for intent in labelled.iter().filter_map(|message| message.intent.as_deref()) {
        if !known.contains_key(intent) {
            *counts.entry(intent).or_default() += 1;
        }
    }
    let unknown = counts.into_iter().map(|(intent, messages)| UnknownIntent {
        intent: intent.to_owned(),
        messages,
        did_you_mean: nearest(intent, known.keys().copied()).map(str::to_owned),
    });
    unknown.collect()
}

/// The rules by their ids.
pub(super) fn numbers(rules: &RuleSet) -> BTreeMap<&str, u32> {
    rules.contents().rules.iter().zip(0..).map(|(rule, number)| (rule.id.text.as_str(), number)).collect()
}

/// What a text says: texts that read the same have the same, whatever their spelling.
pub(super) fn wording(text: &str, lexicon: &Lexicon) -> String {
    let mut utterance = Utterance::new();
    lexicon.read(text, &mut utterance);
    let words: Vec<&str> = (0..utterance.tokens.len()).map(|token| utterance.text(token)).collect();
    words.join(" ")
}
