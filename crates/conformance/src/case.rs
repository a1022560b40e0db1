//! A case as it is written in YAML, and as steps.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::script::{WrittenTurn, conversation, conversations_at};
use crate::step::{Action, Facts, Step};

/// One case: a name, the sentence it shows to hold, and what is done.
#[derive(Debug, Clone)]
pub struct Case {
    /// `file/name`, unique.
    pub name: String,
    /// Section of the reference.
    pub section: String,
    /// The sentence, or a part of it, as the reference has it.
    pub says: String,
    /// What is done, in this order.
    pub steps: Vec<Step>,
    /// Whether its results are kept beside the cases; those of a whole rule pack are too many and change with its texts,
    /// so other languages are held against the run in Rust.
    pub is_kept: bool,
}

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFile {
    /// Heading of the section in the reference.
    pub(crate) section: String,
    /// Rule sets by name, for the cases of the file.
    #[serde(default)]
    pub(crate) rules: Map<String, Value>,
    pub(crate) sentences: Vec<SentenceOfFile>,
}

/// A sentence with the cases that show it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SentenceOfFile {
    pub(crate) says: String,
    /// The rules of its cases, where they name none.
    #[serde(default)]
    pub(crate) rules: Option<Value>,
    pub(crate) cases: Vec<WrittenCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenCase {
    pub(crate) case: String,
    #[serde(default)]
    pub(crate) rules: Option<Value>,
    #[serde(default)]
    limits: Facts,
    #[serde(default)]
    problems: Option<Vec<String>>,
    #[serde(default)]
    settings: WrittenSettings,
    #[serde(default)]
    messages: Vec<WrittenMessage>,
    #[serde(default)]
    rule_tests: Option<Value>,
    #[serde(default)]
    score: Option<WrittenScore>,
    #[serde(default)]
    labelled: Vec<WrittenLabelled>,
    #[serde(default)]
    conversation: Vec<WrittenTurn>,
    /// Whether all conversations beside the rules are run.
    #[serde(default)]
    pub(crate) conversations: bool,
    /// The one message of the case, written without a list.
    #[serde(default)]
    message: Option<Text>,
    #[serde(default)]
    context: Facts,
    #[serde(default)]
    expect: Option<Value>,
    #[serde(default)]
    explain: Option<Value>,
    #[serde(default)]
    why_not: Option<WrittenWhyNot>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSettings {
    #[serde(default)]
    threshold: Option<f64>,
    #[serde(default)]
    margin: Option<f64>,
    #[serde(default)]
    clarify: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMessage {
    message: Text,
    #[serde(default)]
    context: Facts,
    #[serde(default)]
    expect: Option<Value>,
    #[serde(default)]
    explain: Option<Value>,
    #[serde(default)]
    why_not: Option<WrittenWhyNot>,
}

/// A text, or a short one many times.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Text {
    Plain(String),
    Repeated { repeat: String, times: usize },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWhyNot {
    rule: String,
    #[serde(default)]
    failed: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLabelled {
    text: Text,
    intent: Option<String>,
    #[serde(default)]
    context: Facts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScore {
    scenarios: String,
    #[serde(default)]
    expect: Option<Value>,
    #[serde(default)]
    problems: Option<Vec<String>>,
}

impl WrittenCase {
    /// The steps of the case over the given rules; `rule_set` gives the rules of a name.
    pub(crate) fn steps(
        mut self,
        rules: &Value,
        rule_set: impl Fn(Value) -> Value,
    ) -> Result<Vec<Step>, String> {
        let mut steps = Vec::new();
        let path = add_sources(rules, &mut steps)?;
        steps.extend(self.limits.take().map(|limits| silent(Action::Limits(limits))));
        if let Some(problems) = self.problems.take() {
            steps.push(Step { action: Action::Refuse(path), expect: diagnostics(&problems)? });
            return Ok(steps);
        }
        steps.push(Step { action: Action::Load(path.clone()), expect: json!([]) });
        self.add_settings(&mut steps);
        self.add_labelled(&mut steps);
        self.own_message()
            .into_iter()
            .chain(std::mem::take(&mut self.messages))
            .for_each(|m| m.add(&mut steps));
        if let Some(expect) = self.rule_tests {
            steps.push(Step { action: Action::RuleTests, expect });
        }
        if let Some(score) = self.score {
            score.add(&mut steps)?;
        }
        if !self.conversation.is_empty() {
            steps.extend(conversation(self.context, self.conversation, rule_set)?);
        } else if self.conversations {
            steps.extend(conversations_at(&path.ok_or("conversations stand beside rules at a path")?)?);
        }
        Ok(steps)
    }

    /// What must come of the labelled messages.
    fn add_labelled(&mut self, steps: &mut Vec<Step>) {
        if self.labelled.is_empty() {
            return;
        }
        let label = |one: WrittenLabelled| (one.text.text(), one.intent, one.context);
        let labelled = std::mem::take(&mut self.labelled).into_iter().map(label).collect();
        let expect = self.expect.take().unwrap_or_default();
        steps.push(Step { action: Action::Evaluate(labelled), expect });
    }

    fn add_settings(&self, steps: &mut Vec<Step>) {
        let WrittenSettings { threshold, margin, clarify } = self.settings;
        if threshold.is_some() || margin.is_some() || clarify.is_some() {
            steps.push(silent(Action::Settings(threshold, margin, clarify)));
        }
    }

    fn own_message(&mut self) -> Option<WrittenMessage> {
        let message = self.message.take()?;
        let (context, expect) = (self.context.take(), self.expect.take());
        let (explain, why_not) = (self.explain.take(), self.why_not.take());
        Some(WrittenMessage { message, context, expect, explain, why_not })
    }
}

impl WrittenMessage {
    fn add(self, steps: &mut Vec<Step>) {
        let text = self.message.text();
        let facts = self.context;
        if let Some(expect) = self.expect {
            steps.push(Step { action: Action::Decide(text.clone(), facts.clone()), expect });
        }
        if let Some(expect) = self.explain {
            steps.push(Step { action: Action::Explain(text.clone(), facts.clone()), expect });
        }
        if let Some(asked) = self.why_not {
            let expect = asked.expect();
            steps.push(Step { action: Action::WhyNot(text, facts, asked.rule), expect });
        }
    }
}

impl WrittenWhyNot {
    /// Null where the rule did decide.
    fn expect(&self) -> Value {
        let Some(failed) = &self.failed else { return Value::Null };
        let mut expect = json!({"rule": self.rule, "failed": failed});
        if let (Some(text), Some(expect)) = (&self.text, expect.as_object_mut()) {
            expect.insert("text".to_owned(), text.as_str().into());
        }
        expect
    }
}

impl WrittenScore {
    fn add(self, steps: &mut Vec<Step>) -> Result<(), String> {
        steps.push(silent(Action::Source("tests/scenarios.yaml".to_owned(), self.scenarios.into_bytes())));
        let expect = match self.problems {
            Some(problems) => diagnostics(&problems)?,
            None => self.expect.ok_or("a score says what to expect")?,
        };
        steps.push(Step { action: Action::Score, expect });
        Ok(())
    }
}

impl Text {
    pub(crate) fn text(self) -> String {
        match self {
            Text::Plain(text) => text,
            Text::Repeated { repeat, times } => repeat.repeat(times),
        }
    }
}

pub(crate) fn silent(action: Action) -> Step {
    Step { action, expect: Value::Null }
}

/// Adds the rule files in memory, or gives the path: a text is a file `rules.yaml`, a map holds files by name or a
/// `path`.
pub(crate) fn add_sources(rules: &Value, steps: &mut Vec<Step>) -> Result<Option<String>, String> {
    match rules {
        Value::String(text) => steps.push(source("rules.yaml", text)),
        Value::Object(files) => {
            if let Some(path) = files.get("path").and_then(Value::as_str) {
                return Ok(Some(path.to_owned()));
            }
            for (name, text) in files {
                steps.push(source(name, text.as_str().ok_or("a rule file is a text")?));
            }
        }
        _ => return Err("rules are a name, a text, files by name or a `path`".to_owned()),
    }
    Ok(None)
}

/// `\xNN` stands for a byte.
fn source(name: &str, text: &str) -> Step {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            None => bytes.extend(format!("\\x{part}").as_bytes()),
        }
    }
    silent(Action::Source(name.to_owned(), bytes))
}

/// `unknown-team 8:21` or `unknown-team b.yaml:8:21`, one a line.
fn diagnostics(written: &[String]) -> Result<Value, String> {
    written.iter().map(|problem| diagnostic(problem).ok_or(format!("`{problem}`: code and place"))).collect()
}

fn diagnostic(written: &str) -> Option<Value> {
    let (code, place) = written.split_once(' ')?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line): (u32, u32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let mut expected = json!({"code": code, "place": {"line": line, "column": column}});
    if let Some(file) = parts.next() {
        expected["place"]["file"] = file.into();
    }
    Some(expected)
}
