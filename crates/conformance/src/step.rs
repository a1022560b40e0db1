//! What a case does, one thing after the other, and what comes out in Rust.

use jawab::{Context, Engine, EngineSettings, Error, Limits, Message, RuleSet, Scenarios, Source, eval};
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
    /// Sets one of the limits for the next `Load`.
    Limit(String, usize),
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
}

/// Facts that come with a message, where some do.
pub type Facts = Option<Map<String, Value>>;

/// The run of one case in Rust.
#[derive(Default)]
pub(crate) struct Run {
    sources: Vec<Source>,
    limits: Limits,
    engine: Option<Engine>,
}

impl Run {
    /// Does one thing; the result is a line of JSON, where the action has one.
    pub(crate) fn act(&mut self, action: &Action) -> Result<Option<String>, String> {
        match action {
            Action::Source(name, bytes) => {
                self.sources.push(Source::new(name, bytes));
                Ok(None)
            }
            Action::Limit(name, value) => set_limit(&mut self.limits, name, *value).map(|()| None),
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
        let message =
            facts.as_ref().map_or(Message::new(text), |_| Message::new(text).with_context(&context));
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

fn set_limit(limits: &mut Limits, name: &str, value: usize) -> Result<(), String> {
    let limit = match name {
        "file_bytes" => &mut limits.file_bytes,
        "total_bytes" => &mut limits.total_bytes,
        "files" => &mut limits.files,
        "nodes" => &mut limits.nodes,
        "aliased_nodes" => &mut limits.aliased_nodes,
        "depth" => &mut limits.depth,
        "rules" => &mut limits.rules,
        "questions_per_rule" => &mut limits.questions_per_rule,
        "text_bytes" => &mut limits.text_bytes,
        "problems" => &mut limits.problems,
        _ => return Err(format!("`{name}` is no limit")),
    };
    *limit = value;
    Ok(())
}
