use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value};

use super::ending::Ending;
use crate::context::Context;
use crate::decision::{Decision, in_turn};
use crate::engine::Engine;
use crate::message::Message;
use crate::rules::Language;

/// Which messages two rule sets decide differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// Messages that were decided, repeated ones included.
    pub messages: usize,
    /// Those that are decided differently.
    pub changed: usize,
    /// The changes by their kind, those to look at first before the others.
    pub groups: Vec<ChangeGroup>,
}

/// All changes of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangeGroup {
    /// The kind.
    pub change: Change,
    /// How many messages.
    pub messages: usize,
    /// By where they ended and end, the most frequent first.
    pub endings: Vec<ChangedEnding>,
}

/// Messages that ended in one place and end in another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedEnding {
    /// Where they ended.
    pub old: Ending,
    /// Where they end.
    pub new: Ending,
    /// How many messages.
    pub messages: usize,
    /// Some of them, the most frequent first.
    pub examples: Vec<ChangedMessage>,
}

/// A message that is decided differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedMessage {
    /// The message.
    pub text: String,
    /// How often it was there.
    pub messages: usize,
    /// What the customer read; none where nothing was sent.
    pub old_text: Option<String>,
    /// What the customer reads.
    pub new_text: Option<String>,
    /// In what else the decisions differ, where both end in the same place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<ChangedDetail>,
}

/// A detail of a decision that is another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedDetail {
    /// Its key in the decision, such as `priority` or `ticket.tags`; `texts.2` is the second text of the rule that
    /// decides, for who asks again.
    pub key: String,
    /// What it was; null where it was not there.
    pub old: Value,
    /// What it is.
    pub new: Value,
}

/// In what two decisions differ. Confidences and candidates alone are no difference: the customer sees none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// Answered by another rule.
    AnswerToOtherAnswer,
    /// Handed off before, answered now.
    HandoffToAnswer,
    /// Asked about before, answered now.
    AskToAnswer,
    /// Answered before, handed off now.
    AnswerToHandoff,
    /// Answered before, asked about now.
    AnswerToAsk,
    /// Handed off by another rule or for another reason.
    HandoffToOtherHandoff,
    /// Handed off before, asked about now.
    HandoffToAsk,
    /// Asked about before, handed off now.
    AskToHandoff,
    /// Asked about with other options.
    AskToOtherAsk,
    /// Ignored before or now, or for another reason.
    Ignored,
    /// The same rule with another text or in another language.
    Text,
    /// The same rule and text with another team, urgency, time, slot or ticket, or with other texts for who asks again.
    Details,
}

/// Most examples of one change.
const EXAMPLES: usize = 5;

/// Decides messages with two rule sets, and tells where the decisions differ.
///
/// Each message is the first one of its conversation. The texts that the deciding rule has for who asks again are
/// compared, too; what is said in the course of a conversation is not.
///
/// ```
/// use jawab::{Engine, RuleSet, eval};
///
/// let engine = |answer: &str| {
///     let rules = format!("jawab: 1\nlanguage: en\nfaq:\n  hours: {{questions: [when are you open], answer: {answer}}}");
///     Engine::new(&RuleSet::from_yaml("r.yaml", &rules)?)
/// };
/// let difference = eval::diff(&engine("Always.")?, &engine("At nine.")?, &["when are you open".into()]);
/// assert_eq!(difference.groups[0].change, eval::Change::Text);
/// # Ok::<(), jawab::Error>(())
/// ```
pub fn diff(old: &Engine, new: &Engine, messages: &[Message]) -> Difference {
    let (mut before, mut after) = (old.matcher(), new.matcher());
    let mut changes = Changes::default();
    let mut changed = 0;
    for (message, times) in counted(messages) {
        let (was, is) = (before.decide(message), after.decide(message));
        let details = details((old, &was), (new, &is), message);
        if let Some(change) = change(&was, &is, !details.is_empty()) {
            changed += times;
            let example = ChangedMessage {
                text: message.text.to_owned(),
                messages: times,
                old_text: was.text().map(str::to_owned),
                new_text: is.text().map(str::to_owned),
                details,
            };
            changes.add(change, Ending::of(&was), Ending::of(&is), example);
        }
    }
    Difference { messages: messages.len(), changed, groups: changes.groups() }
}

/// Each message once, with how often it is there, in the order of the first times.
pub(super) fn counted<'m>(messages: &[Message<'m>]) -> Vec<(Message<'m>, usize)> {
    let mut places = BTreeMap::<(&str, String), usize>::new();
    let mut counted: Vec<(Message, usize)> = Vec::new();
    for &message in messages {
        let facts = message.context.map(|context| serde_json::to_string(context.as_object()));
        let facts = facts.and_then(Result::ok).unwrap_or_default();
        let place = *places.entry((message.text, facts)).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => counted.push((message, 1)),
        }
    }
    counted
}

fn change(old: &Decision, new: &Decision, in_details: bool) -> Option<Change> {
    let (before, after) = (Ending::of(old), Ending::of(new));
    let same = before == after;
    Some(match (old, new) {
        (Decision::Ignore(_), _) | (_, Decision::Ignore(_)) if !same => Change::Ignored,
        (Decision::Answer(_), Decision::Answer(_)) if !same => Change::AnswerToOtherAnswer,
        (Decision::Handoff(_), Decision::Handoff(_)) if !same => Change::HandoffToOtherHandoff,
        (Decision::Ask(_), Decision::Ask(_)) if !same => Change::AskToOtherAsk,
        (Decision::Answer(_), Decision::Handoff(_)) => Change::AnswerToHandoff,
        (Decision::Answer(_), Decision::Ask(_)) => Change::AnswerToAsk,
        (Decision::Handoff(_), Decision::Answer(_)) => Change::HandoffToAnswer,
        (Decision::Handoff(_), Decision::Ask(_)) => Change::HandoffToAsk,
        (Decision::Ask(_), Decision::Answer(_)) => Change::AskToAnswer,
        (Decision::Ask(_), Decision::Handoff(_)) => Change::AskToHandoff,
        _ if old.text() != new.text() => Change::Text,
        _ => return in_details.then_some(Change::Details),
    })
}

/// In what two decisions that end in the same place differ beside their texts.
fn details(old: (&Engine, &Decision), new: (&Engine, &Decision), message: Message) -> Vec<ChangedDetail> {
    let mut details = Vec::new();
    if Ending::of(old.1) == Ending::of(new.1) {
        differing(&seen(old.0, old.1, message), &seen(new.0, new.1, message), "", &mut details);
    }
    details
}

/// Adds the keys with other values, those within objects behind a point.
fn differing(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    within: &str,
    details: &mut Vec<ChangedDetail>,
) {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in keys {
        let key = format!("{within}{name}");
        match (old.get(name), new.get(name)) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                differing(old, new, &format!("{key}."), details);
            }
            (old, new) if old != new => {
                let [old, new] = [old, new].map(|value| value.cloned().unwrap_or_default());
                details.push(ChangedDetail { key, old, new });
            }
            _ => {}
        }
    }
}

/// A decision without its text and what nobody sees, but with what who asks again would read.
fn seen(engine: &Engine, decision: &Decision, message: Message) -> Map<String, Value> {
    let Ok(Value::Object(mut seen)) = serde_json::to_value(decision) else { return Map::new() };
    for unseen in ["candidates", "confidence", "rules", "text"] {
        seen.remove(unseen);
    }
    seen.insert("texts".to_owned(), further_texts(engine, decision, message).into());
    seen
}

/// The texts of the deciding rule behind the first, as they are written, by their place.
fn further_texts(engine: &Engine, decision: &Decision, message: Message) -> Map<String, Value> {
    let rule = decision.rule().and_then(|id| engine.rules().contents().rules.named(id));
    let (Some(rule), Some(language)) = (rule, decision.language().map(Language::new)) else {
        return Map::new();
    };
    let none = Context::new();
    let facts = message.context.unwrap_or(&none);
    let variants = in_turn(rule.outcome.texts(), Some(&language), facts).zip(1..).skip(1);
    variants.map(|(variant, place)| (place.to_string(), variant.text.source().into())).collect()
}

/// Changes by kind, and by where they ended and end as it is told.
#[derive(Default)]
struct Changes(BTreeMap<Change, BTreeMap<(String, String), ChangedEnding>>);

impl Changes {
    fn add(&mut self, change: Change, old: Ending, new: Ending, example: ChangedMessage) {
        let told = (old.to_string(), new.to_string());
        let empty = || ChangedEnding { old, new, messages: 0, examples: Vec::new() };
        let ending = self.0.entry(change).or_default().entry(told).or_insert_with(empty);
        ending.messages += example.messages;
        let place = ending.examples.partition_point(|other| other.messages >= example.messages);
        ending.examples.insert(place, example);
        ending.examples.truncate(EXAMPLES);
    }

    fn groups(self) -> Vec<ChangeGroup> {
        let group = |(change, endings): (Change, BTreeMap<_, ChangedEnding>)| {
            let mut endings: Vec<ChangedEnding> = endings.into_values().collect();
            endings.sort_by_key(|ending| std::cmp::Reverse(ending.messages));
            ChangeGroup { change, messages: endings.iter().map(|ending| ending.messages).sum(), endings }
        };
        self.0.into_iter().map(group).collect()
    }
}
