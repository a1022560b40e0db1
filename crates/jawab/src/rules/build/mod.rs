//! Files of the right shape -> [`Contents`]: resolves every reference and reports those that lead nowhere.
//!
//! What does not have the right shape has been reported before and is passed over here.

mod macros;
mod patterns;
mod rule;
mod settings;
mod symbols;
mod texts;
mod vocabulary;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::pattern::Template;
use crate::rules::kept::Rules;
use crate::rules::limits::Limits;
use crate::rules::model::{Contents, Entry, Rule, RuleKind, Team};
use crate::rules::node::{Node, Span, Value};
use crate::rules::problems::Problems;
use crate::rules::suggest;
use crate::rules::walk::shown;
use crate::text::LANGUAGES;
use crate::text::Language;
use patterns::Expansion;
use symbols::Symbols;

/// A file that has been read.
pub(crate) struct Document<'a> {
    pub(crate) source: &'a SourceText,
    pub(crate) root: Option<Node<'a>>,
}

impl Document<'_> {
    fn language(&self) -> Option<Language> {
        self.root.as_ref()?.get("language")?.text().map(Language::new)
    }

    /// Where a key of the file stands; else its value.
    fn key_span(&self, key: &str, value: &Node<'_>) -> Span {
        self.root.as_ref().and_then(|root| root.entry(key)).map_or(value.span, |(key, _)| key.span)
    }

    fn section(&self, key: &str) -> Option<&Node<'_>> {
        self.root.as_ref()?.get(key)
    }
}

/// Builds the contents of a rule set; with problems they are incomplete and must not be used.
pub(crate) fn build(documents: &[Document<'_>], limits: &Limits, problems: &mut Problems) -> Contents {
    let (mut symbols, mut vocabulary, mut teams) = symbols::collect(documents, problems);
    let expansion = Expansion::of(&symbols.macros);
    out_of_hours(documents, &symbols, &expansion, limits, problems, &mut teams);
    let rules = build_rules(documents, &symbols, &expansion, limits, problems);
    let declared = documents.iter().find_map(Document::language);
    let mut settings = settings::build(documents, &symbols, &expansion, limits, problems);
    vocabulary.macros = std::mem::take(&mut symbols.macros);
    if settings.languages.is_empty() {
        settings.languages = spoken(&rules, declared.as_ref());
    }
    let language = declared.or_else(|| settings.languages.first().cloned());
    let language = language.unwrap_or_else(|| Language::new("en"));
    Contents { settings, vocabulary, teams, rules: Rules::Made(rules), language }
}

/// What teams do out of their hours: it may name other teams, and use texts.
fn out_of_hours(
    documents: &[Document<'_>],
    symbols: &Symbols,
    expansion: &Expansion<'_>,
    limits: &Limits,
    problems: &mut Problems,
    teams: &mut [Team],
) {
    for document in documents {
        let mut file = File::new(document, symbols, expansion, limits, problems);
        file.captured = Captured::Any;
        for (id, body) in document.section("teams").map(Node::entries).unwrap_or_default() {
            let team = id.text().and_then(|id| symbols.teams.get(id)).and_then(|&at| teams.get_mut(at));
            if let (Some(team), Some(node)) = (team, body.get("out_of_hours")) {
                team.out_of_hours.team = node.get("team").and_then(|team| rule::team_index(&mut file, team));
                team.out_of_hours.say = texts::texts(&mut file, node.get("say"));
            }
        }
    }
}

fn build_rules(
    documents: &[Document<'_>],
    symbols: &Symbols,
    expansion: &Expansion<'_>,
    limits: &Limits,
    problems: &mut Problems,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    for document in documents {
        let mut file = File::new(document, symbols, expansion, limits, problems);
        for (section, kind) in [("faq", RuleKind::Faq), ("intents", RuleKind::Intent)] {
            let entries = document.section(section).map(Node::entries).unwrap_or_default();
            rules.extend(entries.iter().filter_map(|(id, body)| rule::build(&mut file, id, body, kind)));
        }
    }
    rules
}

/// The built-in languages of the rules' texts, in the order of the packs.
fn spoken(rules: &[Rule], declared: Option<&Language>) -> Vec<Language> {
    let packs = LANGUAGES.iter().map(|tag| Language::new(tag));
    let used = |language: &Language| {
        declared == Some(language)
            || rules.iter().any(|rule| {
                rule.questions.iter().any(|question| question.language == *language)
                    || rule.any.iter().chain(&rule.all).any(|pattern| pattern.language == *language)
            })
    };
    packs.filter(used).collect()
}

/// A file while its rules are built.
pub(crate) struct File<'f> {
    source: &'f SourceText,
    language: Option<Language>,
    /// What its rules are about.
    category: Option<&'f str>,
    symbols: &'f Symbols,
    expansion: &'f Expansion<'f>,
    limits: &'f Limits,
    problems: &'f mut Problems,
    /// Whether the missing language has been reported.
    speechless: bool,
    /// The slots that texts may use.
    captured: Captured,
}

/// Slots that may have words of a message when a text is said.
enum Captured {
    /// Those of any rule.
    Any,
    /// Those of the patterns of a rule.
    Of(BTreeSet<String>),
    /// None: the text is not said for a pattern.
    Nothing,
}

impl<'f> File<'f> {
    fn new(
        document: &'f Document<'_>,
        symbols: &'f Symbols,
        expansion: &'f Expansion<'f>,
        limits: &'f Limits,
        problems: &'f mut Problems,
    ) -> Self {
        let language = document.language();
        let category = document.section("category").and_then(Node::text);
        let source = document.source;
        File {
            source,
            language,
            category,
            symbols,
            expansion,
            limits,
            problems,
            speechless: false,
            captured: Captured::Nothing,
        }
    }

    fn report(&mut self, code: Code, at: Span, message: impl Into<String>, help: Option<String>) {
        let mut problem = Diagnostic::new(code, at.place(self.source), message);
        problem.help = help;
        self.problems.add(problem);
    }

    /// Reports a name that nothing has; not where a file is broken in which it may stand.
    fn unknown<'k>(
        &mut self,
        code: Code,
        at: Span,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        if self.problems.incomplete() {
            return;
        }
        self.problems.add_with(|| {
            let message = format!("there is no {what} `{}`", shown(name));
            let mut problem = Diagnostic::new(code, at.place(self.source), message);
            problem.help = suggest::advice(name, known);
            problem
        });
    }

    /// The text of a node with its place.
    fn entry(&self, node: &Node<'_>) -> Option<Entry> {
        entry(self.source, node)
    }

    /// The language of a plain text: the file's, which must be given then.
    fn plain_language(&mut self, at: Span) -> Language {
        if let Some(language) = &self.language {
            return language.clone();
        }
        if !std::mem::replace(&mut self.speechless, true) && !self.problems.incomplete() {
            let help = "add it below `jawab: 1`, such as `language: id`, or give the texts by language";
            self.report(
                Code::MissingLanguage,
                at,
                "the file does not say in which language its texts are",
                Some(help.to_owned()),
            );
        }
        Language::new("en")
    }

    /// The macros that a pattern names, through all levels.
    fn macros_of(&self, template: &Template) -> Vec<&'f Template> {
        let symbols = self.symbols;
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        let named = |template: &Template| -> Vec<String> {
            template.macros().into_iter().map(|reference| reference.name.clone()).collect()
        };
        let mut open = named(template);
        while let Some(name) = open.pop() {
            let Some((name, known)) = symbols.macros.get_key_value(&name) else { continue };
            if seen.insert(name) {
                found.push(&known.template);
                open.extend(named(&known.template));
            }
        }
        found
    }

    /// The parts of a value that may be given by language; a plain one is in the file's language.
    fn by_language<'n, 'a>(&mut self, node: &'n Node<'a>) -> Vec<(Language, &'n Node<'a>)> {
        match &node.value {
            Value::Null => Vec::new(),
            Value::Map(_) if node.get("text").is_none() => {
                let entries = node.entries().iter();
                entries.filter_map(|(tag, part)| Some((Language::new(tag.text()?), part))).collect()
            }
            _ => vec![(self.plain_language(node.span), node)],
        }
    }
}

fn entry(source: &SourceText, node: &Node<'_>) -> Option<Entry> {
    let text = node.text()?.to_owned();
    Some(Entry { text, place: node.span.place(source) })
}

/// The items of a list; a single value counts as a list of one.
pub(crate) fn one_or_more<'n, 'a>(node: &'n Node<'a>) -> &'n [Node<'a>] {
    match &node.value {
        Value::List(items) => items,
        Value::Null => &[],
        _ => std::slice::from_ref(node),
    }
}
