use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::codec::{Reader, Stored};
use crate::diagnostic::{Code, Diagnostic, SourceText};
use crate::error::Error;
use crate::rules::advice;
use crate::rules::build::{self, Document};
use crate::rules::documents;
use crate::rules::format::RULE_FILE;
use crate::rules::limits::Limits;
use crate::rules::load::{self, Source};
use crate::rules::model::Contents;
use crate::rules::node::Span;
use crate::rules::problems::Problems;
use crate::rules::summary::{RuleSettings, RuleSummary};

/// A checked set of rules. Cheap to clone.
///
/// ```
/// let rules = jawab::RuleSet::from_yaml("greet.yaml", "
/// jawab: 1
/// language: en
/// faq:
///   greeting:
///     questions: [hello, good morning]
///     answer: Hello, how may I help?
/// ")?;
/// assert!(rules.fingerprint().starts_with("b3:"));
/// # Ok::<(), jawab::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct RuleSet(Arc<Checked>);

#[derive(Debug)]
pub(super) struct Checked {
    pub(super) sources: Sources,
    pub(super) contents: Contents,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) fingerprint: Arc<str>,
}

/// The texts that a set was read from.
#[derive(Debug)]
pub(super) enum Sources {
    Read(Vec<Source>),
    /// They stand in a compiled file, and are made when they are first asked for.
    Written {
        file: Arc<Vec<u8>>,
        stretch: Range<usize>,
        shared: Arc<[Arc<str>]>,
        made: OnceLock<Vec<Source>>,
    },
}

impl Sources {
    fn get(&self) -> &[Source] {
        match self {
            Sources::Read(sources) => sources,
            Sources::Written { file, stretch, shared, made } => made.get_or_init(|| {
                let bytes = file.get(stretch.clone()).unwrap_or_default();
                Vec::read(&mut Reader::new(bytes, shared)).unwrap_or_default()
            }),
        }
    }
}

impl From<Checked> for RuleSet {
    fn from(checked: Checked) -> Self {
        RuleSet(Arc::new(checked))
    }
}

impl RuleSet {
    /// Reads a file, or all `*.yaml` and `*.yml` files of a folder and its folders, in path order, except those in
    /// folders named `tests`.
    ///
    /// # Errors
    /// All problems of all files.
    ///
    /// ```
    /// # let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/minimal.yaml");
    /// let rules = jawab::RuleSet::from_path(path)?;
    /// assert_eq!(rules.rules().len(), 2);
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let limits = Limits::default();
        let mut problems = Problems::new(limits.problems);
        let files = load::read_rules(path.as_ref(), &limits, &mut problems);
        RuleSet::check(&files, &limits, problems)
    }

    /// Reads one text; the name stands for the file in problems.
    ///
    /// # Errors
    /// All problems of the text.
    pub fn from_yaml(name: &str, text: &str) -> Result<Self, Error> {
        RuleSet::from_sources(&[Source::new(name, text)], &Limits::default())
    }

    /// Reads several texts as one set.
    ///
    /// # Errors
    /// All problems of all texts.
    ///
    /// ```
    /// use jawab::{Limits, RuleSet, Source};
    ///
    /// let hello = "jawab: 1\nlanguage: en\nfaq: {greeting: {questions: [hello], answer: Hello.}}";
    /// let hey = "jawab: 1\nlanguage: en\nfaq: {greeting: {questions: [hey there], answer: Hey.}}";
    /// let sources = [Source::new("hello.yaml", hello), Source::new("hey.yaml", hey)];
    /// let refused = RuleSet::from_sources(&sources, &Limits::default()).unwrap_err();
    /// let problem = &refused.diagnostics()[0];
    /// assert_eq!((problem.code.as_str(), &*problem.place.file), ("duplicate-rule", "hey.yaml"));
    /// ```
    pub fn from_sources(sources: &[Source], limits: &Limits) -> Result<Self, Error> {
        let mut problems = Problems::new(limits.problems);
        let files = load::decode(sources, limits, &mut problems);
        RuleSet::check(&files, limits, problems)
    }

    fn check(files: &[SourceText], limits: &Limits, mut problems: Problems) -> Result<Self, Error> {
        let documents = documents::read(files, &RULE_FILE, limits, &mut problems);
        check_count(&documents, limits, &mut problems);
        let contents = build::build(&documents, limits, &mut problems);
        let warnings = problems.finish().map_err(Error::new)?;
        let (sources, fingerprint) =
            (Sources::Read(files.iter().map(Source::from).collect()), fingerprint(files));
        Ok(Checked { sources, contents, warnings, fingerprint }.into())
    }

    /// What should be mended although the set can be used.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.0.warnings
    }

    /// A name for exactly these rules: equal for equal texts in equal order, whatever the files are called.
    pub fn fingerprint(&self) -> &Arc<str> {
        &self.0.fingerprint
    }

    /// The texts that the set was read from, in their order: [`RuleSet::from_sources`] makes the same set of them.
    ///
    /// ```
    /// use jawab::{Limits, RuleSet};
    ///
    /// # let text = "
    /// # jawab: 1
    /// # language: en
    /// # faq: {greeting: {questions: [hello], answer: Hello.}}
    /// # ";
    /// let rules = RuleSet::from_yaml("greet.yaml", text)?;
    /// let again = RuleSet::from_sources(rules.sources(), &Limits::default())?;
    /// assert_eq!(rules.fingerprint(), again.fingerprint());
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn sources(&self) -> &[Source] {
        self.0.sources.get()
    }

    /// What the rules are called and where they stand, in the order of the files.
    ///
    /// ```
    /// # let text = "
    /// # jawab: 1
    /// # language: en
    /// # faq: {greeting: {questions: [hello, good morning], answer: Hello.}}
    /// # ";
    /// let rules = jawab::RuleSet::from_yaml("greet.yaml", text)?;
    /// let summary = &rules.rules()[0];
    /// assert_eq!((&*summary.id, summary.action, summary.questions), ("greeting", "answer", 2));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn rules(&self) -> Vec<RuleSummary> {
        self.contents().rules.iter().map(RuleSummary::of).collect()
    }

    /// The settings as they are written, with the defaults of those that are not.
    pub fn settings(&self) -> RuleSettings {
        let settings = &self.contents().settings;
        RuleSettings {
            languages: settings.languages.iter().map(|language| language.as_str().into()).collect(),
            threshold: settings.threshold,
            margin: settings.margin,
            clarify: settings.clarify,
        }
    }

    pub(crate) fn contents(&self) -> &Contents {
        &self.0.contents
    }
}

/// Reports a set with more rules than allowed, or with none.
fn check_count(documents: &[Document<'_>], limits: &Limits, problems: &mut Problems) {
    let sections = |document: &Document<'_>| {
        ["faq", "intents"]
            .iter()
            .filter_map(|key| Some(document.root.as_ref()?.get(key)?.entries().len()))
            .sum::<usize>()
    };
    let count: usize = documents.iter().map(sections).sum();
    let nowhere = SourceText::new("", "");
    let place = Span::default().place(documents.first().map_or(&nowhere, |first| first.source));
    if count > limits.rules {
        let message = format!("the set has {count} rules; at most {} are allowed", limits.rules);
        problems.add(Diagnostic::new(Code::TooLarge, place, message));
    } else if count == 0 && !problems.incomplete() && !has_rules_key(documents) {
        let message = "the set has no rules";
        problems
            .add(Diagnostic::new(Code::NoRules, place, message).help("add a rule under `faq` or `intents`"));
    }
}

/// Whether rules are meant to be there: an empty `faq`, a misspelt one, a rule outside of it, or a file that is no map
/// has been reported as such.
fn has_rules_key(documents: &[Document<'_>]) -> bool {
    let mut roots = documents.iter().filter_map(|document| document.root.as_ref());
    roots.any(|root| {
        root.text().is_some()
            || !root.items().is_empty()
            || ["faq", "intents"]
                .iter()
                .any(|key| root.get(key).is_some() || RULE_FILE.has_misspelt(key, root))
            || root.entries().iter().any(|(_, value)| advice::is_rule(value))
    })
}

/// The texts without what editors and version control change: line ends and byte-order marks.
fn fingerprint(files: &[SourceText]) -> Arc<str> {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let text = file.text().trim_start_matches('\u{feff}').replace("\r\n", "\n");
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let digest = hasher.finalize().to_hex();
    format!("b3:{}", digest.get(..32).unwrap_or_default()).into()
}
