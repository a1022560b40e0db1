use std::path::PathBuf;

use jawab::{EngineSettings, Limits, Message};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

use crate::batch;
use crate::context::Facts;
use crate::conversation::Conversation;
use crate::convert::{data, json};
use crate::decision::Decision;
use crate::failure::{guarded, raised};
use crate::rules::RuleSet;
use crate::text::Text;

/// A rule set made ready to decide: `Engine(rules)`.
///
/// Immutable; one engine serves all threads. Loading compiles the patterns and learns from the questions, which takes
/// part of a second for hundreds of rules; a message then takes some ten microseconds.
///
/// >>> from jawab import Engine, RuleSet
/// >>> engine = Engine(RuleSet.from_yaml("r.yaml", """
/// ... jawab: 1
/// ... language: en
/// ... settings: {fallback: {say: One moment.}}
/// ... faq: {hours: {questions: [when are you open], answer: Always.}}
/// ... """))
/// >>> engine.decide("When are you open?").text
/// 'Always.'
#[pyclass(frozen, module = "jawab")]
pub(crate) struct Engine {
    pub(crate) inner: jawab::Engine,
    limits: Limits,
}

impl Engine {
    fn of(engine: jawab::Engine, limits: Limits) -> Self {
        Engine { inner: engine, limits }
    }
}

#[pymethods]
impl Engine {
    #[new]
    fn new(py: Python<'_>, rules: &RuleSet) -> PyResult<Self> {
        let made = py.detach(|| guarded(|| jawab::Engine::new(&rules.rules)))?;
        made.map(|engine| Engine::of(engine, rules.limits.clone())).map_err(|error| raised(py, &error))
    }

    /// Loads a rule file or a folder of them and makes it ready.
    ///
    /// Raises `RuleError` with all problems of all files; `FileNotFoundError`, `PermissionError` or another `OSError`
    /// where a path cannot be read, with all problems as its `diagnostics`, too.
    #[staticmethod]
    fn from_path(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let made = py.detach(|| guarded(|| jawab::Engine::from_path(&path)))?;
        made.map(|engine| Engine::of(engine, Limits::default())).map_err(|error| raised(py, &error))
    }

    /// Decides one message, in time linear in its length: an `Answer`, `Ask`, `Handoff` or `Ignore`.
    ///
    /// `context` holds facts that conditions test and texts use: `{"channel": "whatsapp", "customer.name": "Sari"}`; a
    /// dot reaches into a dict. Half a surrogate pair in the text is read as U+FFFD.
    ///
    /// Raises `TypeError` and `ValueError` for arguments that are no text or no JSON, and nothing else.
    #[pyo3(signature = (text, *, context=None))]
    fn decide<'py>(
        &self,
        py: Python<'py>,
        text: Text,
        context: Option<Facts>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let message = message(&text, context.as_ref());
        Decision::wrapped(py, guarded(|| self.inner.decide(message))?)
    }

    /// Decides many messages, in their order: a list of decisions.
    ///
    /// `contexts` gives each message its facts, or None. `threads`, 1 to 256, says how many threads share the work;
    /// left out, one. The interpreter runs other threads meanwhile, and Ctrl-C stops it within a fraction of a second.
    ///
    /// Raises `ValueError` where there are not as many contexts as texts.
    ///
    /// >>> from jawab import Engine
    /// >>> engine = Engine.from_path("rules/minimal.yaml")
    /// >>> len(engine.decide_many(["hello", "when are you open"], threads=2))
    /// 2
    #[pyo3(signature = (texts, contexts=None, threads=None))]
    fn decide_many<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        contexts: Option<&Bound<'py, PyAny>>,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let threads = batch::threads(threads)?;
        let texts = batch::texts(texts)?;
        let contexts = batch::contexts(contexts, texts.len())?;
        let messages = batch::waiting(&texts, &contexts);
        let decided = PyList::empty(py);
        batch::decide(py, &self.inner, &messages, threads, |decision| {
            decided.append(Decision::wrapped(py, decision)?)
        })?;
        Ok(decided)
    }

    /// A new conversation; the facts hold for all its messages, and a message may bring its own. Whole facts up to 1 KiB of JSON
    /// together are saved with its state, as they are: give larger ones, and what must not be stored, with each message.
    #[pyo3(signature = (context=None))]
    fn conversation(slf: &Bound<'_, Self>, context: Option<Facts>) -> PyResult<Conversation> {
        let facts = context.map(|facts| facts.0).unwrap_or_default();
        let made = guarded(|| slf.get().inner.conversation(facts))?;
        Ok(Conversation::new(made, slf.clone().unbind()))
    }

    /// A conversation that `Conversation.to_json` saved, with these rules or earlier ones.
    ///
    /// Raises `ValueError` for a text that is no state, is damaged, or is of another version.
    fn resume(slf: &Bound<'_, Self>, json: Text) -> PyResult<Conversation> {
        let resumed = guarded(|| slf.get().inner.resume(json.as_str()))?;
        let resumed = resumed.map_err(|error| raised(slf.py(), &error))?;
        Ok(Conversation::new(resumed, slf.clone().unbind()))
    }

    /// Decides one message and tells each step: what was read, what was found, how it was ranked.
    #[pyo3(signature = (text, *, context=None))]
    fn explain<'py>(
        &self,
        py: Python<'py>,
        text: Text,
        context: Option<Facts>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let told = guarded(|| self.inner.explain(message(&text, context.as_ref())))?;
        py.import("jawab._data")?.getattr("Explanation")?.call1((json(&told)?, told.to_string()))
    }

    /// Why a rule did not decide this message, a `WhyNot`: the first condition that failed. None where it did, or where
    /// the set has no such rule.
    #[pyo3(signature = (text, rule, *, context=None))]
    fn why_not<'py>(
        &self,
        py: Python<'py>,
        text: Text,
        rule: &str,
        context: Option<Facts>,
    ) -> PyResult<Bound<'py, PyAny>> {
        data(py, "why_not", &guarded(|| self.inner.why_not(message(&text, context.as_ref()), rule))?)
    }

    /// The same engine with other settings; nothing is compiled again. What is left out stays.
    ///
    /// `threshold` is the least confidence to answer and `margin` the least lead over the runner-up, both 0 to 1;
    /// `clarify` says whether to ask which rule was meant where two are too close, rather than hand off.
    ///
    /// Raises `ValueError` outside 0 to 1.
    #[pyo3(signature = (*, threshold=None, margin=None, clarify=None))]
    fn with_settings(
        &self,
        threshold: Option<f64>,
        margin: Option<f64>,
        clarify: Option<bool>,
    ) -> PyResult<Self> {
        let old = self.inner.settings();
        let settings = old
            .with_threshold(share("threshold", threshold.unwrap_or(old.threshold))?)
            .with_margin(share("margin", margin.unwrap_or(old.margin))?)
            .with_clarify(clarify.unwrap_or(old.clarify));
        Ok(Engine::of(self.inner.with_settings(settings), self.limits.clone()))
    }

    /// The settings in force, an `EngineSettings`.
    #[getter]
    fn settings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let EngineSettings { threshold, margin, clarify, .. } = self.inner.settings();
        data(py, "engine_settings", &(threshold, margin, clarify))
    }

    /// The rule set.
    #[getter]
    fn rules(&self) -> RuleSet {
        RuleSet { rules: self.inner.rules().clone(), limits: self.limits.clone() }
    }

    fn __repr__(&self) -> String {
        let (rules, settings) = (self.inner.rules(), self.inner.settings());
        let (count, threshold) = (rules.rules().len(), settings.threshold);
        format!("<Engine of {count} rules, threshold {threshold:.4}, {}>", rules.fingerprint())
    }

    fn __eq__(&self, other: &Self) -> bool {
        let same_rules = self.inner.rules().fingerprint() == other.inner.rules().fingerprint();
        same_rules && self.inner.settings() == other.inner.settings()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.inner.rules().fingerprint()).hash()
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let EngineSettings { threshold, margin, clarify, .. } = self.inner.settings();
        let restore = py.import("jawab._pickle")?.getattr("engine")?;
        (restore, (self.rules(), threshold, margin, clarify)).into_pyobject(py)
    }
}

fn message<'m>(text: &'m Text, context: Option<&'m Facts>) -> Message<'m> {
    batch::message(text.as_str(), context.map(|facts| &facts.0))
}

fn share(name: &str, value: f64) -> PyResult<f64> {
    let message = || PyValueError::new_err(format!("{name} lies between 0 and 1, not {value}"));
    (0.0..=1.0).contains(&value).then_some(value).ok_or_else(message)
}

/// Looks for what authors of rules commonly regret: duplicates, rules that others overrule, tests that fail, missing
/// translations, impolite or unreadable texts, unused vocabulary. A tuple of `Diagnostic`, sorted by place.
///
/// >>> import jawab
/// >>> jawab.check(jawab.Engine.from_path("rules/minimal.yaml"))
/// ()
#[pyfunction]
pub(crate) fn check<'py>(py: Python<'py>, engine: &Engine) -> PyResult<Bound<'py, PyAny>> {
    let warnings = py.detach(|| guarded(|| jawab::check(&engine.inner)))?;
    data(py, "diagnostics", &warnings)
}
