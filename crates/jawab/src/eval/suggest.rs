use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::cluster::cluster;
use super::difference::counted;
use super::ending::for_doubt;
use super::judged::id;
use super::naming::Naming;
use super::proposal::Proposal;
use crate::decision::{Decision, rounded};
use crate::engine::masking::hidden_at;
use crate::engine::{Assessed, Engine};
use crate::message::Message;
use crate::privacy::{Found, Masker};
use crate::text::{Reading, TokenKind, Utterance};

/// What a rule set could learn from the messages that it did not understand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Suggestions {
    /// Messages that were decided, repeated ones included.
    pub messages: usize,
    /// Those handed off as not understood.
    pub not_understood: usize,
    /// Those of them that have no words, such as a number alone: nothing can be proposed for them.
    pub without_words: usize,
    /// Those of them that are in no proposal and near no rule, though they have words: too few are alike.
    pub alone: usize,
    /// New FAQ entries, the most frequent first.
    pub proposals: Vec<Proposal>,
    /// Further questions for rules that there are, those of the most messages first.
    pub further_questions: Vec<FurtherQuestions>,
}

/// Messages near a rule that would make good further questions for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FurtherQuestions {
    /// The rule.
    pub rule: Arc<str>,
    /// How many messages there are, also those that are not shown.
    pub messages: usize,
    /// The messages, the most frequent first, at most ten.
    pub questions: Vec<NearMessage>,
}

/// A message near a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NearMessage {
    /// The message.
    pub text: String,
    /// Language it is written in, where its words tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Arc<str>>,
    /// How often it was there.
    pub messages: usize,
    /// The estimated chance that the rule is right for it, 0 to 1.
    pub confidence: f64,
}

/// Fewest messages for which an entry is proposed.
const LEAST: usize = 2;
/// Most questions that are shown of a rule.
const QUESTIONS: usize = 10;
/// What part of the threshold a message must reach to be near a rule.
const NEAR: f64 = 0.75;

/// Proposes what to write into a rule set so that it understands more of messages like these.
///
/// Messages that are handed off as not understood (`no-match`, `low-confidence`, `ambiguous`) are taken. One is near a
/// rule where its best candidate has at least three quarters of the threshold and leads by the margin. The others are
/// grouped by likeness: the words that they share, rare ones more than common ones, at a cosine of at least two fifths to
/// the first message of a group. Groups of fewer than two messages are no proposal. Repeated messages count as often as
/// they are there. Secrets and personal data in them are masked as in [`Masker::mask`].
///
/// Deterministic. Each message is decided once; each wording is compared with at most 384 groups, so that the work grows
/// with the messages, not with their pairs.
///
/// ```
/// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
/// # jawab: 1
/// # language: en
/// # settings: {fallback: {say: One moment.}}
/// # faq: {hours: {questions: [when are you open], answer: Always.}}
/// # ")?;
/// # let engine = jawab::Engine::new(&rules)?;
/// let messages = ["can i pay by card", "pay by card?", "do you take card to pay"].map(jawab::Message::new);
/// let suggestions = jawab::eval::suggest(&engine, &messages);
/// let proposal = &suggestions.proposals[0];
/// assert_eq!((&*proposal.rule, proposal.messages), ("pay-card", 2));
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn suggest(engine: &Engine, messages: &[Message]) -> Suggestions {
    let mut wordings = not_understood(engine, messages);
    let count = |wordings: &[Wording]| wordings.iter().map(|wording| wording.messages).sum();
    let not_understood = count(&wordings);
    let wordless: Vec<Wording> = wordings.extract_if(.., |wording| wording.words.is_empty()).collect();
    let (near, far): (Vec<Wording>, Vec<Wording>) =
        wordings.into_iter().partition(|wording| wording.near.is_some());
    let words: Vec<Vec<String>> = far.iter().map(|wording| wording.words.clone()).collect();
    let questions = questions(engine);
    let mut groups = cluster(&words, &questions);
    let size = |group: &[usize]| group.iter().map(|&at| far[at].messages).sum::<usize>();
    let alone = groups.iter().map(|group| size(group)).filter(|&size| size < LEAST).sum();
    groups.retain(|group| size(group) >= LEAST);
    groups.sort_by_key(|group| std::cmp::Reverse(size(group)));
    let (rules, masker) = (&engine.rules().contents().rules, Masker::default());
    let naming = Naming::new(&questions);
    let mut taken: BTreeSet<String> = rules.iter().map(|rule| rule.id.text.clone()).collect();
    let proposal = |group: Vec<usize>| {
        let members: Vec<&Wording> = group.iter().map(|&at| &far[at]).collect();
        Proposal::of(engine, &masker, &naming, &members, &mut taken)
    };
    Suggestions {
        messages: messages.len(),
        not_understood,
        without_words: count(&wordless),
        alone,
        proposals: groups.into_iter().map(proposal).collect(),
        further_questions: further_questions(engine, &masker, near),
    }
}

/// Messages that read the same.
pub(super) struct Wording {
    /// As it is most often written; of equals as it was first.
    pub(super) text: String,
    /// How many messages.
    pub(super) messages: usize,
    /// What it says: the words that are no fillers, in their standard form.
    pub(super) words: Vec<String>,
    pub(super) language: Option<Arc<str>>,
    /// The best candidate.
    pub(super) best: Option<(u32, f64)>,
    /// The rule that it is near to, with its confidence.
    near: Option<(u32, f64)>,
    most: usize,
}

/// What was not understood, by wording, the most frequent first.
fn not_understood(engine: &Engine, messages: &[Message]) -> Vec<Wording> {
    let mut matcher = engine.matcher();
    let mut utterance = Utterance::new();
    let mut wordings = BTreeMap::<Vec<String>, Wording>::new();
    for (message, times) in counted(messages) {
        let assessed = matcher.assess(message);
        if !is_doubt(&assessed.decision) {
            continue;
        }
        engine.lexicon().read(message.text, &mut utterance);
        let words = words(&utterance);
        let wording = wordings.entry(words).or_insert_with_key(|words| {
            let language =
                utterance.language().and_then(|pack| engine.lexicon().pack_languages().get(pack as usize));
            Wording {
                text: String::new(),
                messages: 0,
                words: words.clone(),
                language: language.map(|&language| language.into()),
                best: assessed.best,
                near: near(engine, &assessed),
                most: 0,
            }
        });
        wording.messages += times;
        if times > wording.most {
            (wording.most, wording.text) = (times, message.text.to_owned());
        }
    }
    let mut wordings: Vec<Wording> = wordings.into_values().collect();
    wordings.sort_by(|one, other| other.messages.cmp(&one.messages).then_with(|| one.text.cmp(&other.text)));
    wordings
}

/// The words of the set's own questions.
fn questions(engine: &Engine) -> Vec<Vec<String>> {
    let mut utterance = Utterance::new();
    let questions = engine.rules().contents().rules.iter().flat_map(|rule| &rule.questions);
    let read = questions.map(|question| {
        engine.lexicon().read(&question.text, &mut utterance);
        words(&utterance)
    });
    read.collect()
}

fn is_doubt(decision: &Decision) -> bool {
    matches!(decision, Decision::Handoff(handoff) if handoff.rule.is_none() && for_doubt(&handoff.reason))
}

fn words(utterance: &Utterance) -> Vec<String> {
    told(utterance, utterance.reading().iter())
}

/// The words of a text without those that are masked in it.
pub(super) fn shown_words(engine: &Engine, text: &str, found: &[Found]) -> Vec<String> {
    let mut utterance = Utterance::new();
    engine.lexicon().read(text, &mut utterance);
    let is_hidden = |token: u32| {
        let span = utterance.tokens[token as usize].span.clone();
        hidden_at(found, (span.start, span.end)).is_some()
    };
    let shown = utterance.reading().iter().filter(|unit| !unit.tokens.clone().any(is_hidden));
    told(&utterance, shown)
}

/// Values say nothing of what is asked: other customers have other numbers.
fn told<'r>(utterance: &Utterance, units: impl Iterator<Item = &'r Reading>) -> Vec<String> {
    let words = units.filter(|unit| matches!(unit.kind, TokenKind::Word | TokenKind::Han));
    words.map(|unit| utterance.reading_text(unit).to_owned()).collect()
}

fn near(engine: &Engine, assessed: &Assessed) -> Option<(u32, f64)> {
    let settings = engine.settings();
    let (rule, confidence) = assessed.best?;
    let own = id(engine, rule);
    let others = assessed.decision.candidates().iter().filter(|candidate| candidate.rule != own);
    let runner_up = others.map(|candidate| candidate.confidence).fold(0.0, f64::max);
    let is_near = confidence >= NEAR * settings.threshold && confidence - runner_up >= settings.margin;
    is_near.then_some((rule, confidence))
}

fn further_questions(engine: &Engine, masker: &Masker, near: Vec<Wording>) -> Vec<FurtherQuestions> {
    let mut rules = BTreeMap::<u32, FurtherQuestions>::new();
    for wording in near {
        let Some((rule, confidence)) = wording.near else { continue };
        let empty = || FurtherQuestions { rule: id(engine, rule), messages: 0, questions: Vec::new() };
        let further = rules.entry(rule).or_insert_with(empty);
        further.messages += wording.messages;
        let Wording { text, language, messages, .. } = wording;
        if further.questions.len() < QUESTIONS {
            let text = masker.mask(&text, &[]).text;
            further.questions.push(NearMessage { text, language, messages, confidence: rounded(confidence) });
        }
    }
    let mut rules: Vec<FurtherQuestions> = rules.into_values().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.messages));
    rules
}
