//! Labelled messages of others, and rule sets made of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jawab::RuleSet;
use jawab::eval::Labelled;
use serde::Deserialize;

/// Which messages to try, where a set has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Valid,
    Test,
}

impl Part {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "valid" => Some(Part::Valid),
            "test" => Some(Part::Test),
            _ => None,
        }
    }

    pub(crate) fn file(self) -> &'static str {
        match self {
            Part::Valid => "valid",
            Part::Test => "test",
        }
    }
}

#[derive(Deserialize)]
struct Line {
    text: String,
    intent: Option<String>,
}

/// The messages of a file; none where the set has no such part.
pub(crate) fn messages(data: &Path, set: &str, part: &str) -> Result<Option<Vec<Labelled>>, Box<dyn Error>> {
    let path = data.join(set).join(format!("{part}.jsonl"));
    if !path.exists() {
        return if data.join(set).exists() {
            Ok(None)
        } else {
            Err(format!("{} is not there", data.join(set).display()).into())
        };
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let messages: Result<Vec<Labelled>, serde_json::Error> = text
        .lines()
        .map(|line| {
            let Line { text, intent } = serde_json::from_str(line)?;
            Ok(Labelled::new(text, intent.as_deref().map(id).as_deref()))
        })
        .collect();
    Ok(Some(messages.map_err(|error| format!("{}: {error}", path.display()))?))
}

/// An intent's name as the id of a rule: `Software Recommendation` is `software-recommendation`.
fn id(intent: &str) -> String {
    let plain: String = intent.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// A rule for each intent, with its messages as questions and its name as the answer; in the order of the messages.
pub(crate) fn rules(language: &str, messages: &[Labelled]) -> Result<RuleSet, jawab::Error> {
    let (mut places, mut intents) = (BTreeMap::new(), Vec::<(&str, Vec<&str>)>::new());
    for (intent, message) in messages.iter().filter_map(|message| Some((message.intent.as_deref()?, message)))
    {
        let place = *places.entry(intent).or_insert(intents.len());
        if place == intents.len() {
            intents.push((intent, Vec::new()));
        }
        intents[place].1.push(&message.text);
    }
    let mut yaml = format!("jawab: 1\nlanguage: {language}\nfaq:\n");
    for (intent, texts) in intents {
        let _ = writeln!(yaml, "  {intent:?}:\n    answer: {intent:?}\n    questions:");
        for text in texts {
            let _ = writeln!(yaml, "      - {}", serde_json::Value::from(text));
        }
    }
    RuleSet::from_yaml("intents.yaml", &yaml)
}

/// The first messages of each intent.
pub(crate) fn first(messages: &[Labelled], each: usize) -> Vec<Labelled> {
    let mut counts = BTreeMap::new();
    let chosen = messages.iter().filter(|message| {
        let count = counts.entry(message.intent.as_deref()).or_insert(0);
        *count += 1;
        *count <= each
    });
    chosen.cloned().collect()
}
