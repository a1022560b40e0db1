//! The facade that joins the rooms: a rule set in, an engine out, a decision for every message.

mod assess;
mod compile;
mod details;
mod explain;
mod file;
mod judge;
pub(crate) mod masking;
mod matcher;
mod refusal;
mod settings;
mod spare;
mod told;

use std::path::Path;
use std::sync::Arc;

pub(crate) use assess::{Assessed, winner};
pub use explain::{Explanation, FoundPattern, Likeness, RankedRule, ReadWord, WhyNot};
pub use matcher::Matcher;
pub(crate) use matcher::Memory;
pub(crate) use refusal::owner_is_human;
pub use settings::EngineSettings;
use spare::Spare;

use crate::decision::{Decision, Phrasebook};
use crate::error::Error;
use crate::message::Message;
use crate::parallel::in_so_many_parts;
use crate::privacy::Masker;
use crate::rules::{Contents, RuleSet, read_compiled};
use crate::text::Lexicon;
pub(crate) use compile::{Compiled, entity_kind};
pub(crate) use details::{Asked, Told, Values};

/// Most threads that decide messages at the same time.
const THREADS: usize = 256;

/// A rule set made ready to decide.
///
/// Immutable, cheap to clone, shared between threads. Each thread that decides many messages takes its own
/// [`Matcher`].
#[derive(Debug, Clone)]
pub struct Engine {
    compiled: Arc<Compiled>,
    settings: EngineSettings,
    spare: Arc<Spare>,
}

impl Engine {
    /// Compiles the patterns of a rule set and learns from its questions.
    ///
    /// # Errors
    ///
    /// Where the patterns together are too complex: more than 2^23 nodes, about a million usual patterns.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// let engine = jawab::Engine::new(&rules)?;
    /// assert_eq!(engine.decide("when are you open?").rule(), Some("hours"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn new(rules: &RuleSet) -> Result<Self, Error> {
        Engine::learning_from(rules, &|_, _| true)
    }

    /// The same, learning only from the questions that `keep` names by the number of their rule and their own.
    pub(crate) fn learning_from(rules: &RuleSet, keep: &dyn Fn(u32, u32) -> bool) -> Result<Self, Error> {
        let compiled = Compiled::new(rules, keep)?;
        Ok(Engine::of(compiled))
    }

    fn of(compiled: Compiled) -> Self {
        let settings = EngineSettings::of(&compiled);
        Engine { compiled: Arc::new(compiled), settings, spare: Arc::default() }
    }

    /// Loads a rule file or a folder of them and makes it ready, or opens a compiled file.
    ///
    /// A file is compiled rules where it begins as they do, or is called `*.jawab`.
    ///
    /// # Errors
    ///
    /// Where the path cannot be read, the rules have errors, or the compiled file cannot be used; see
    /// [`Error::diagnostics`].
    ///
    /// ```
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/minimal.yaml");
    /// let engine = jawab::Engine::from_path(path)?;
    /// assert_eq!(engine.decide("when do you open?").rule(), Some("opening-hours"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        match read_compiled(path) {
            Some(bytes) => Engine::open(&path.to_string_lossy(), bytes),
            None => Engine::new(&RuleSet::from_path(path)?),
        }
    }

    /// Decides one message. Never fails, never panics, takes time linear in the message.
    pub fn decide<'m>(&self, message: impl Into<Message<'m>>) -> Decision {
        self.matcher().decide(message)
    }

    /// Decides many messages, in their order, on at most `threads` threads (0 counts as 1, more than 256 as 256; what the
    /// host refuses is done on those that it gives).
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let messages = ["when are you open?", "who is the king?"].map(jawab::Message::new);
    /// let decisions = engine.decide_many(&messages, 2);
    /// assert_eq!((decisions[0].action(), decisions[1].action()), ("answer", "handoff"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn decide_many(&self, messages: &[Message], threads: usize) -> Vec<Decision> {
        let decided = in_so_many_parts(messages, threads.min(THREADS), &|part| self.decide_all(part));
        decided.into_iter().flatten().collect()
    }

    fn decide_all(&self, messages: &[Message]) -> Vec<Decision> {
        let mut matcher = self.matcher();
        messages.iter().map(|&message| matcher.decide(message)).collect()
    }

    /// A handle with its own buffers, for one thread that decides many messages.
    pub fn matcher(&self) -> Matcher {
        Matcher::new(self.clone())
    }

    /// The same engine with other settings; nothing is compiled again.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let cautious = engine.with_settings(engine.settings().with_threshold(1.0));
    /// assert_eq!(cautious.decide("are you open when?").reason(), Some("low-confidence"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    #[must_use]
    pub fn with_settings(&self, settings: EngineSettings) -> Self {
        Engine { settings, ..self.clone() }
    }

    /// The settings in force.
    pub fn settings(&self) -> EngineSettings {
        self.settings
    }

    /// The rule set.
    pub fn rules(&self) -> &RuleSet {
        &self.compiled.rules
    }

    /// Masks what must never be shown, as the rule set's `settings.privacy` says.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// let engine = jawab::Engine::new(&rules)?;
    /// assert_eq!(engine.masker().mask("my pin is 4821", &[]).text, "my pin is [pin]");
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn masker(&self) -> &Masker {
        &self.compiled.masker
    }

    /// What is compiled of the rule set.
    pub(crate) fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// The contents of the rule set.
    pub(crate) fn contents(&self) -> &Contents {
        self.compiled.contents()
    }

    /// The engine's own words.
    pub(crate) fn phrasebook(&self) -> &Phrasebook {
        &self.compiled.phrasebook
    }

    /// The words that the rule set knows.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.compiled.lexicon
    }

    /// Decides one message and tells each step.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let explanation = engine.explain("when are you opne?");
    /// let word = &explanation.words[3];
    /// assert_eq!((&*word.written, &*word.read, &*word.change), ("opne", "open", "typo"));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn explain<'m>(&self, message: impl Into<Message<'m>>) -> Explanation {
        self.matcher().explain(message.into(), None, None)
    }

    /// Why a rule did not decide this message: the first condition that failed. None where it did, or where the
    /// set has no such rule.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let why_not = engine.why_not("who is the king?", "hours").expect("it does not answer this");
    /// assert_eq!(why_not.failed, "no-evidence");
    /// assert_eq!(why_not.text, "its questions have too little in common with the message");
    /// assert_eq!(engine.why_not("when are you open?", "hours"), None);
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn why_not<'m>(&self, message: impl Into<Message<'m>>, rule: &str) -> Option<WhyNot> {
        self.matcher().why_not(message.into(), rule)
    }
}
