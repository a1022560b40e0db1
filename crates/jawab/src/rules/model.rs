//! A checked rule set as data. Every reference in it has been resolved; nothing in here can fail.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::context::Context;
use crate::diagnostic::Place;
use crate::moment::{Hours, Zone};
use crate::pattern::{Macros, Template};
use crate::privacy::Kind;
use crate::rules::condition::Condition;
use crate::rules::kept::Rules;
use crate::rules::text_template::TextTemplate;
use crate::text::EntityKind;
use crate::text::Language;

/// Everything that a rule set says.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) settings: Settings,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) teams: Vec<Team>,
    pub(crate) rules: Rules,
    /// Language of the first file: the one the set answers in where nothing else decides.
    pub(crate) language: Language,
}

impl Contents {
    /// The macros by name, as patterns need them.
    pub(crate) fn macros(&self) -> Macros<'_> {
        self.vocabulary.macros.iter().map(|(name, known)| (name.as_str(), &known.template)).collect()
    }
}

/// Settings of a rule set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settings {
    /// Language packs in use.
    pub(crate) languages: Vec<Language>,
    /// Least confidence to answer, 0 to 1; none: computed from the set's own questions.
    pub(crate) threshold: Option<f64>,
    /// Least lead over the runner-up, 0 to 1.
    pub(crate) margin: f64,
    /// Whether to ask which rule was meant where two are too close.
    pub(crate) clarify: bool,
    /// Handoff where nothing may be answered.
    pub(crate) fallback: Handoff,
    /// What is masked in everything that comes out.
    pub(crate) masked: Vec<Kind>,
    /// Messages that no rule answers: negative examples for the classifier.
    pub(crate) out_of_scope: Vec<Question>,
    /// What to ask for details, by their names, where a rule has no words of its own.
    pub(crate) asks: Vec<(String, Texts)>,
    /// How texts begin for a customer of the tone, in the order of [`Tone::ALL`].
    pub(crate) openings: [Texts; Tone::ALL.len()],
    /// For whom level and priority rise.
    pub(crate) escalation: Vec<Escalation>,
    pub(crate) limits: ConversationLimits,
}

/// How a customer sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Grateful.
    Thanks,
    /// Afraid for money or account.
    Worry,
    /// In a hurry.
    Urgency,
    /// Angry.
    Anger,
}

impl Tone {
    /// All tones, the one that matters most last.
    pub const ALL: [Tone; 4] = [Tone::Thanks, Tone::Worry, Tone::Urgency, Tone::Anger];

    /// The name in rule files and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Thanks => "thanks",
            Tone::Worry => "worry",
            Tone::Urgency => "urgency",
            Tone::Anger => "anger",
        }
    }
}

/// Facts for which level and priority are at least these.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Escalation {
    pub(crate) cause: String,
    pub(crate) when: Vec<Condition>,
    pub(crate) level: Option<u8>,
    pub(crate) priority: Option<Priority>,
}

/// How long a conversation is carried on before a person takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConversationLimits {
    /// Messages of the customer for which a topic lives.
    pub(crate) topic: u32,
    /// Times that one answer may be given.
    pub(crate) same_answer: u32,
    /// The message in a row that is not understood with which a person takes over.
    pub(crate) not_understood: u32,
    /// Times that one detail is asked for.
    pub(crate) ask: u32,
}

impl Default for ConversationLimits {
    fn default() -> Self {
        ConversationLimits { topic: 3, same_answer: 2, not_understood: 2, ask: 2 }
    }
}

/// Words of the rule set.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) fillers: Vec<Entry>,
    pub(crate) synonyms: Vec<Synonym>,
    pub(crate) lists: Vec<List>,
    pub(crate) macros: BTreeMap<String, Macro>,
}

/// A text with its place.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A word and the words and phrases that mean the same.
#[derive(Debug)]
pub(crate) struct Synonym {
    pub(crate) word: Entry,
    pub(crate) others: Vec<Entry>,
}

/// Values of a slot.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) name: Entry,
    pub(crate) values: Vec<(Entry, Vec<Entry>)>,
}

/// A named piece of a pattern.
#[derive(Debug)]
pub(crate) struct Macro {
    pub(crate) source: Entry,
    pub(crate) template: Template,
}

/// Who takes handoffs.
#[derive(Debug)]
pub(crate) struct Team {
    pub(crate) id: Entry,
    pub(crate) times: ServiceTimes,
    /// When it works; none: always.
    pub(crate) hours: Option<Hours>,
    /// The clock of its hours; none: that of the moment.
    pub(crate) zone: Option<Zone>,
    pub(crate) out_of_hours: OutOfHours,
}

/// What happens to handoffs while a team does not work.
#[derive(Debug, Default)]
pub(crate) struct OutOfHours {
    /// Who takes them instead; index into [`Contents::teams`].
    pub(crate) team: Option<usize>,
    /// What the customer is told instead.
    pub(crate) say: Texts,
}

/// Promised times in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ServiceTimes {
    pub(crate) respond_within: Option<u64>,
    pub(crate) update_every: Option<u64>,
    pub(crate) resolve_within: Option<u64>,
}

impl ServiceTimes {
    /// These times; where one is not promised, the other's.
    pub(crate) fn or(self, other: ServiceTimes) -> ServiceTimes {
        ServiceTimes {
            respond_within: self.respond_within.or(other.respond_within),
            update_every: self.update_every.or(other.update_every),
            resolve_within: self.resolve_within.or(other.resolve_within),
        }
    }
}

/// What a slot may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SlotType {
    /// Something that the engine finds by itself.
    BuiltIn(EntityKind),
    /// A value of the list of this name.
    List(Arc<str>),
}

impl SlotType {
    /// The built-in types by their names.
    pub(crate) const BUILT_IN: &'static [(&'static str, EntityKind)] = &[
        ("number", EntityKind::Number),
        ("amount", EntityKind::Amount),
        ("date", EntityKind::Date),
        ("time", EntityKind::Time),
        ("phone", EntityKind::Phone),
        ("email", EntityKind::Email),
        ("url", EntityKind::Url),
        ("account", EntityKind::Account),
        ("reference", EntityKind::Reference),
    ];

    /// The name of the built-in type or of the list.
    pub(crate) fn name(&self) -> &str {
        let built_in = |kind| SlotType::BUILT_IN.iter().find(|(_, known)| *known == kind);
        match self {
            SlotType::BuiltIn(kind) => built_in(*kind).map_or("", |(name, _)| name),
            SlotType::List(name) => name,
        }
    }
}

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuleKind {
    Faq,
    Intent,
}

/// An entry of `faq` or `intents`.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: Entry,
    /// Names for a customer, by language.
    pub(crate) title: Vec<(Language, String)>,
    pub(crate) questions: Vec<Question>,
    pub(crate) any: Vec<Pattern>,
    pub(crate) all: Vec<Pattern>,
    pub(crate) none: Vec<Pattern>,
    pub(crate) when: Vec<Condition>,
    pub(crate) priority: i32,
    /// Types of the slots that the rule's patterns name: under the type where the pattern gives one
    /// (`{name:type}`), else under the slot's name.
    pub(crate) slots: BTreeMap<String, SlotType>,
    pub(crate) outcome: Outcome,
    /// What it is about, as a name for the desk.
    pub(crate) category: Option<String>,
    pub(crate) tests: Tests,
}

impl Rule {
    /// The type of a slot as a pattern names it: `{name}` or `{name:type}`.
    pub(crate) fn slot_type(&self, name: &str, type_name: Option<&str>) -> Option<&SlotType> {
        self.slots.get(type_name.unwrap_or(name))
    }

    /// A context in which its conditions hold and its texts can be filled.
    pub(crate) fn fitting_context(&self) -> Context {
        let facts = self.outcome.texts().variants.iter().flat_map(|variant| variant.text.facts());
        let named = facts.filter(|fact| !fact.starts_with("slots"));
        let filled = named.fold(Context::new(), |context, fact| context.with(fact, fitting_value(fact)));
        let wanted = self.when.iter().filter_map(|when| Some((when.fact(), when.example()?)));
        wanted.fold(filled, |context, (fact, value)| context.with(fact, value))
    }

    /// The languages of its questions and of the patterns that find it, each as often as it has some, with their places.
    pub(crate) fn asked_in(&self) -> impl Iterator<Item = (&Language, &Place)> {
        let questions = self.questions.iter().map(|question| (&question.language, &question.place));
        let patterns = self.any.iter().chain(&self.all);
        questions.chain(patterns.map(|pattern| (&pattern.language, &pattern.source.place)))
    }
}

/// A value of a fact with which rules are tried: messages of others, and those that a person answers, are ignored.
fn fitting_value(fact: &str) -> &'static str {
    match fact {
        "sender" => "customer",
        "owner" => "bot",
        _ => "7",
    }
}

/// An example message of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    pub(crate) text: String,
    pub(crate) language: Language,
    pub(crate) place: Place,
}

/// A pattern of a rule; its macros are in [`Vocabulary::macros`], its slots in [`Rule::slots`].
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) source: Entry,
    pub(crate) language: Language,
    pub(crate) template: Template,
}

/// What a rule does.
#[derive(Debug)]
pub(crate) enum Outcome {
    Answer(Texts),
    Handoff(Handoff),
}

impl Outcome {
    /// What the customer is told.
    pub(crate) fn texts(&self) -> &Texts {
        match self {
            Outcome::Answer(texts) => texts,
            Outcome::Handoff(handoff) => &handoff.say,
        }
    }
}

/// Variants of a text in several languages, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Texts {
    pub(crate) variants: Vec<Variant>,
}

/// One way to say a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    pub(crate) language: Language,
    pub(crate) text: TextTemplate,
    pub(crate) when: Vec<Condition>,
    pub(crate) place: Place,
}

/// To whom a conversation is passed, and with what.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Handoff {
    /// Index into [`Contents::teams`].
    pub(crate) team: Option<usize>,
    pub(crate) level: Option<u8>,
    pub(crate) priority: Priority,
    pub(crate) reason: Option<String>,
    /// Names of the details to collect, in the order to ask.
    pub(crate) collect: Vec<Collected>,
    pub(crate) say: Texts,
    pub(crate) times: ServiceTimes,
    pub(crate) tags: Vec<String>,
}

/// A detail to collect for a handoff.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Collected {
    pub(crate) name: String,
    pub(crate) slot_type: SlotType,
    /// How to ask for it; the engine's own words where there are none.
    pub(crate) ask: Texts,
}

/// How urgent a handoff is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Can wait.
    Low,
    /// The default.
    #[default]
    Normal,
    /// Before others.
    High,
    /// At once.
    Urgent,
}

impl Priority {
    /// The priority as rule files and decisions name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Priority::Low => "low",
            Priority::Normal => "normal",
            Priority::High => "high",
            Priority::Urgent => "urgent",
        }
    }
}

/// Messages that must or must not end in a rule.
#[derive(Debug, Default)]
pub(crate) struct Tests {
    pub(crate) matches: Vec<Entry>,
    pub(crate) rejects: Vec<Entry>,
}
