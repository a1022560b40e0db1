use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::judged::id;
use super::naming::{Naming, Said};
use super::suggest::{Wording, shown_words};
use crate::engine::Engine;
use crate::privacy::Masker;

/// A new FAQ entry, all but its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// The id of the new rule, from the words that its messages share; no other rule has it.
    pub rule: String,
    /// How many messages it stands for.
    pub messages: usize,
    /// In how many wordings.
    pub wordings: usize,
    /// The messages as questions by language, the most frequent first, at most ten in all.
    pub questions: Vec<(Arc<str>, Vec<String>)>,
    /// The rule that comes nearest: perhaps the messages belong to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Arc<str>>,
    /// The entry in YAML, to stand under `faq`.
    pub yaml: String,
}

/// Most questions of an entry, and most characters of one: what is longer is a story, not a question.
const QUESTIONS: usize = 10;
const CHARACTERS: usize = 300;

impl Proposal {
    pub(super) fn of(
        engine: &Engine,
        masker: &Masker,
        naming: &Naming<'_>,
        members: &[&Wording],
        taken: &mut BTreeSet<String>,
    ) -> Self {
        let words = |text: &str| shown_words(engine, text, &masker.find(text));
        let said: Vec<Said> = members.iter().map(|member| (words(&member.text), member.messages)).collect();
        let rule = unused(naming.name(&said), taken);
        let set = Arc::from(engine.rules().contents().language.as_str());
        let questions = questions(masker, members, &set);
        let nearest = members.first().and_then(|first| first.best).map(|(rule, _)| id(engine, rule));
        Proposal {
            messages: members.iter().map(|member| member.messages).sum(),
            wordings: members.len(),
            yaml: yaml(&rule, &questions),
            rule,
            questions,
            nearest,
        }
    }
}

/// Messages whose words tell no language are in that of most others of their group, else in the set's.
fn questions(masker: &Masker, members: &[&Wording], set: &Arc<str>) -> Vec<(Arc<str>, Vec<String>)> {
    let mut votes = BTreeMap::<&Arc<str>, usize>::new();
    for (language, member) in members.iter().filter_map(|member| Some((member.language.as_ref()?, member))) {
        *votes.entry(language).or_default() += member.messages;
    }
    let usual = votes.iter().max_by_key(|(_, messages)| **messages).map_or(set, |(language, _)| *language);
    let mut questions = Vec::<(Arc<str>, Vec<String>)>::new();
    let short = members.iter().filter(|member| member.text.chars().count() <= CHARACTERS);
    for member in short.chain(&members[..1]).take(QUESTIONS) {
        let language = member.language.as_ref().unwrap_or(usual);
        let text = one_line(&masker.mask(&member.text, &[]).text);
        match questions.iter_mut().find(|(known, _)| known == language) {
            Some((_, known)) if known.contains(&text) => {}
            Some((_, known)) => known.push(text),
            None => questions.push((Arc::clone(language), vec![text])),
        }
    }
    questions
}

/// The beginning of a message without line breaks and other control characters.
fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() || c == '\u{feff}' { ' ' } else { c });
    let text: String = plain.take(CHARACTERS).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name, with a number where it is taken.
fn unused(name: String, taken: &mut BTreeSet<String>) -> String {
    let plain = crate::rules::is_name(&name) && crate::rules::changed_by_yaml(&name).is_none();
    let name = if plain { name } else { "new-question".to_owned() };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.unwrap_or(name);
    taken.insert(free.clone());
    free
}

/// Texts in double quotes as in JSON, which every YAML reader takes for the same text.
fn yaml(rule: &str, questions: &[(Arc<str>, Vec<String>)]) -> String {
    let entry = |text: &String| format!("        - {}\n", serde_json::to_string(text).unwrap_or_default());
    let list = |texts: &[String]| texts.iter().map(entry).collect::<String>();
    let asked = questions.iter().map(|(language, texts)| format!("      {language}:\n{}", list(texts)));
    let answers = questions.iter().map(|(language, _)| format!("      {language}: TODO\n"));
    let (asked, answers): (String, String) = (asked.collect(), answers.collect());
    format!("  {rule}:\n    questions:\n{asked}    answer:\n{answers}")
}
