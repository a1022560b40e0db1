//! What a case does, one thing after the other, and what comes out in Rust.

use jawab::eval::{self, Labelled};
use jawab::{
    Context, Conversation, Engine, EngineSettings, Error, ErrorKind, Limits, Message, RuleSet, Scenarios,
    Source,
};
use serde::Serialize;
use serde_json::{Map, Value};

/// One thing that a case does, and what it must say.
#[derive(Debug, Clone)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// What the result must hold by the contract; see the README.
    pub expect: Value,
}

/// What can be done. Each gives one line of JSON.
#[derive(Debug, Clone)]
pub enum Action {
    /// Names a rule file in memory for the next `Load` or `Score`.
    Source(String, Vec<u8>),
    /// Sets limits for the next `Load`.
    Limits(Map<String, Value>),
    /// Loads the sources named before, or the path; gives the warnings.
    Load(Option<String>),
    /// As `Load`, where that must fail; gives the problems.
    Refuse(Option<String>),
    /// Changes the settings of the engine: threshold, margin, clarify.
    Settings(Option<f64>, Option<f64>, Option<bool>),
    /// Decides a message; gives the decision.
    Decide(String, Facts),
    /// Explains a message; gives the explanation.
    Explain(String, Facts),
    /// Asks why a rule did not decide a message; gives the answer or null.
    WhyNot(String, Facts, String),
    /// Runs the tests beside the rules; gives the report.
    RuleTests,
    /// Runs the scenario files named before by `Source`; gives the score.
    Score,
    /// Decides labelled messages: text, the rule that is right, facts; gives the figures.
    Evaluate(Vec<(String, Option<String>, Facts)>),
    /// Starts a conversation with these facts.
    Converse(Facts),
    /// Decides a message of the conversation, or several typed in a burst; gives the decision.
    Turn(Vec<Sent>),
    /// Saves the conversation; gives its state.
    Save,
    /// Goes on with this state, or with the conversation's own, under the rules loaded last.
    Resume(Option<String>),
    /// As `Resume`, where that must fail; gives the message.
    RefuseState(String),
}

/// A message with its facts.
pub type Sent = (String, Facts);

/// Facts that come with a message, where some do.
pub type Facts = Option<Map<String, Value>>;

const NO_CONVERSATION: &str = "there is no conversation";

/// The run of one case in Rust.
#[derive(Default)]
pub(crate) struct Run {
    sources: Vec<Source>,
    limits: Limits,
    engine: Option<Engine>,
    conversation: Option<Conversation>,
}

impl Run {
    /// Does one thing; the result is a line of JSON, where the action has one.
    pub(crate) fn act(&mut self, action: &Action) -> Result<Option<String>, String> {
        match action {
            Action::Source(name, bytes) => {
                self.sources.push(Source::new(name, bytes));
                Ok(None)
            }
            Action::Limits(limits) => {
                let limits = serde_json::from_value(limits.clone().into());
                self.limits = limits.map_err(|error| error.to_string())?;
                Ok(None)
            }
            Action::Load(path) => self.load(path.as_deref()).map(Some),
            Action::Refuse(path) => self.refuse(path.as_deref()).map(Some),
            Action::Settings(threshold, margin, clarify) => {
                let engine = self.engine()?;
                self.engine =
                    Some(engine.with_settings(changed(engine.settings(), *threshold, *margin, *clarify)));
                Ok(None)
            }
            Action::Decide(text, facts) => self.decide(text, facts).map(Some),
            Action::Explain(text, facts) => {
                let context = context(facts);
                json(&self.engine()?.explain(Message::new(text).with_context(&context)))
            }
            Action::WhyNot(text, facts, rule) => {
                let context = context(facts);
                json(&self.engine()?.why_not(Message::new(text).with_context(&context), rule))
            }
            Action::RuleTests => json(&eval::rule_tests(self.engine()?)),
            Action::Score => {
                let sources = std::mem::take(&mut self.sources);
                let engine = self.engine()?;
                match Scenarios::from_sources(&sources, engine.rules(), &Limits::default()) {
                    Ok(scenarios) => json(&eval::scenarios(engine, &scenarios)),
                    Err(error) => json(error.diagnostics()),
                }
            }
            Action::Evaluate(labelled) => {
                let label = |(text, intent, facts): &(String, Option<String>, Facts)| {
                    Labelled::new(text, intent.as_deref()).with_context(context(facts))
                };
                let labelled: Vec<Labelled> = labelled.iter().map(label).collect();
                json(&eval::evaluate(self.engine()?, &labelled))
            }
            Action::Converse(facts) => {
                self.conversation = Some(self.engine()?.conversation(context(facts)));
                Ok(None)
            }
            Action::Turn(messages) => self.turn(messages).map(Some),
            Action::Save => Ok(Some(self.conversation()?.to_json())),
            Action::Resume(state) => {
                let own = || self.conversation.as_ref().map(Conversation::to_json);
                let state = state.clone().or_else(own).ok_or(NO_CONVERSATION)?;
                self.conversation = Some(self.engine()?.resume(&state).map_err(|error| error.to_string())?);
                Ok(None)
            }
            Action::RefuseState(state) => match self.engine()?.resume(state) {
                Ok(_) => Err("the state is taken".to_owned()),
                Err(error) if error.kind() == ErrorKind::State => json(&error.to_string()),
                Err(error) => Err(format!("another kind of error: {error}")),
            },
        }
    }

    fn conversation(&mut self) -> Result<&mut Conversation, String> {
        self.conversation.as_mut().ok_or_else(|| NO_CONVERSATION.to_owned())
    }

    /// A conversation that was saved and resumed decides as one that was not, and a message alone as a burst of one.
    fn turn(&mut self, messages: &[Sent]) -> Result<String, String> {
        let state = self.conversation()?.to_json();
        let mut resumed = self.engine()?.resume(&state).map_err(|error| error.to_string())?;
        let contexts: Vec<_> = messages.iter().map(|(_, facts)| facts.clone().map(Context::from)).collect();
        let with_facts = messages.iter().zip(&contexts);
        let messages: Vec<Message> =
            with_facts.map(|((text, _), context)| message(text, context.as_ref())).collect();
        let conversation = self.conversation()?;
        let decision = match messages.as_slice() {
            [message] => conversation.decide(*message),
            several => conversation.decide_burst(several),
        };
        let (decision, other) = (decision.to_json(), resumed.decide_burst(&messages).to_json());
        let (state, other_state) = (conversation.to_json(), resumed.to_json());
        if decision == other && state == other_state {
            Ok(decision)
        } else {
            Err(format!("saved and resumed it differs:\n{decision}\n{other}\n{state}\n{other_state}"))
        }
    }

    fn engine(&self) -> Result<&Engine, String> {
        self.engine.as_ref().ok_or_else(|| "no rule set is loaded".to_owned())
    }

    fn rules(&mut self, path: Option<&str>) -> Result<RuleSet, Error> {
        let sources = std::mem::take(&mut self.sources);
        match path {
            Some(path) => RuleSet::from_path(path),
            None => RuleSet::from_sources(&sources, &self.limits),
        }
    }

    fn load(&mut self, path: Option<&str>) -> Result<String, String> {
        let rules = self.rules(path).map_err(|error| format!("the rules are refused:\n{error}"))?;
        self.engine = Some(Engine::new(&rules).map_err(|error| error.to_string())?);
        line(rules.warnings())
    }

    fn refuse(&mut self, path: Option<&str>) -> Result<String, String> {
        match self.rules(path) {
            Ok(_) => Err("the rules are taken".to_owned()),
            Err(error) => line(error.diagnostics()),
        }
    }

    /// All ways to decide one message agree.
    fn decide(&self, text: &str, facts: &Facts) -> Result<String, String> {
        let (engine, context) = (self.engine()?, context(facts));
        let message = message(text, facts.as_ref().map(|_| &context));
        let decision = engine.decide(message).to_json();
        let mut matcher = engine.matcher();
        let many = engine.decide_many(&[message, message], 2);
        let others = [matcher.decide(message), matcher.decide(message)].into_iter().chain(many);
        match others.map(|other| other.to_json()).find(|other| *other != decision) {
            Some(other) => Err(format!("two ways to decide differ:\n{decision}\n{other}")),
            None => Ok(decision),
        }
    }
}

fn message<'m>(text: &'m str, context: Option<&'m Context>) -> Message<'m> {
    let message = Message::new(text);
    context.map_or(message, |context| message.with_context(context))
}

fn context(facts: &Facts) -> Context {
    facts.clone().map(Context::from).unwrap_or_default()
}

fn line(value: &(impl Serialize + ?Sized)) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<Option<String>, String> {
    line(value).map(Some)
}

fn changed(
    settings: EngineSettings,
    threshold: Option<f64>,
    margin: Option<f64>,
    clarify: Option<bool>,
) -> EngineSettings {
    let settings = threshold.map_or(settings, |threshold| settings.with_threshold(threshold));
    let settings = margin.map_or(settings, |margin| settings.with_margin(margin));
    clarify.map_or(settings, |clarify| settings.with_clarify(clarify))
}
