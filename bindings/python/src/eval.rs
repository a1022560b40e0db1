//! Labelled messages -> figures, as the core has them.

use std::path::PathBuf;

use jawab::eval::{self, Labelled, Refusal};
use jawab::{ErrorKind, Limits, Scenarios};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;

use crate::batch;
use crate::context::Facts;
use crate::convert::{data, json};
use crate::engine::Engine;
use crate::failure::{guarded, raised};
use crate::rules::{FileText, RuleSet, sources_of};
use crate::text::Text;

fn read(py: Python<'_>, engine: &jawab::Engine, path: &PathBuf) -> PyResult<Scenarios> {
    let read = py.detach(|| guarded(|| Scenarios::from_path(path, engine.rules())))?;
    read.map_err(|error| raised(py, &error))
}

/// Runs the tests that stand beside the rules: the report as JSON.
#[pyfunction]
pub(crate) fn rule_tests(py: Python<'_>, engine: &Engine) -> PyResult<String> {
    json(&py.detach(|| guarded(|| eval::rule_tests(&engine.inner)))?)
}

/// Decides the scenario messages beside the rules at a path: the score as JSON.
#[pyfunction]
pub(crate) fn scenarios(py: Python<'_>, engine: &Engine, path: PathBuf) -> PyResult<String> {
    score(py, engine, &read(py, &engine.inner, &path)?)
}

/// Decides the messages of scenario files in memory: the score as JSON.
#[pyfunction]
pub(crate) fn scenarios_from_sources(
    py: Python<'_>,
    engine: &Engine,
    sources: Vec<(String, FileText)>,
) -> PyResult<String> {
    let sources = sources_of(&sources);
    let rules = engine.inner.rules();
    let read = py.detach(|| guarded(|| Scenarios::from_sources(&sources, rules, &Limits::default())))?;
    score(py, engine, &read.map_err(|error| raised(py, &error))?)
}

fn score(py: Python<'_>, engine: &Engine, messages: &Scenarios) -> PyResult<String> {
    json(&py.detach(|| guarded(|| eval::scenarios(&engine.inner, messages)))?)
}

/// A labelled message: its text, the rule that is right, facts.
type Triple = (Text, Option<String>, Option<Facts>);

fn labels(messages: Vec<Triple>) -> Vec<Labelled> {
    let labelled = messages.into_iter().map(|(text, intent, facts)| {
        let labelled = Labelled::new(text.as_str(), intent.as_deref());
        let context = facts.map(|facts| facts.0).unwrap_or_default();
        labelled.with_context(context)
    });
    labelled.collect()
}

/// The JSON of figures, or why there are none.
fn told(py: Python<'_>, figures: Result<impl Serialize, Refusal>) -> PyResult<String> {
    match figures {
        Ok(figures) => json(&figures),
        Err(Refusal::Rules(error)) if error.kind() == ErrorKind::Rules => Err(raised(py, &error)),
        Err(refusal) => Err(PyValueError::new_err(refusal.to_string())),
    }
}

/// Decides labelled messages: the figures as JSON.
#[pyfunction]
pub(crate) fn evaluate(py: Python<'_>, engine: &Engine, messages: Vec<Triple>) -> PyResult<String> {
    let messages = labels(messages);
    json(&py.detach(|| guarded(|| eval::evaluate(&engine.inner, &messages)))?)
}

/// Decides labelled messages: where each ended, as JSON.
#[pyfunction]
pub(crate) fn judgements(py: Python<'_>, engine: &Engine, messages: Vec<Triple>) -> PyResult<String> {
    let messages = labels(messages);
    json(&py.detach(|| guarded(|| eval::judgements(&engine.inner, &messages)))?)
}

/// Decides the set's own questions, each held back once: the figures as JSON.
#[pyfunction]
pub(crate) fn cross_validate(py: Python<'_>, rules: &RuleSet, folds: usize) -> PyResult<String> {
    let figures = py.detach(|| guarded(|| eval::cross_validate(&rules.rules, folds)))?;
    told(py, figures)
}

/// Finds the settings that answer most with few enough wrong answers: the choice as JSON.
#[pyfunction]
pub(crate) fn tune(
    py: Python<'_>,
    engine: &Engine,
    messages: Vec<Triple>,
    max_wrong: f64,
    confidence: f64,
) -> PyResult<String> {
    let messages = labels(messages);
    let tuning = py.detach(|| guarded(|| eval::tune(&engine.inner, &messages, max_wrong, confidence)))?;
    told(py, tuning)
}

/// Proposes what to write into a rule set so that it understands more of these messages: the proposals as JSON.
#[pyfunction]
pub(crate) fn suggest(py: Python<'_>, engine: &Engine, texts: &Bound<'_, PyAny>) -> PyResult<String> {
    let texts = batch::texts(texts)?;
    let messages: Vec<_> = texts.iter().map(|text| text.as_str().into()).collect();
    json(&py.detach(|| guarded(|| eval::suggest(&engine.inner, &messages)))?)
}

/// Which messages two engines decide differently: the changes as JSON.
#[pyfunction]
pub(crate) fn diff(py: Python<'_>, old: &Engine, new: &Engine, texts: &Bound<'_, PyAny>) -> PyResult<String> {
    let texts = batch::texts(texts)?;
    let messages: Vec<_> = texts.iter().map(|text| text.as_str().into()).collect();
    json(&py.detach(|| guarded(|| eval::diff(&old.inner, &new.inner, &messages)))?)
}

/// The scenario messages beside the rules at a path, each with where it must end: a tuple of `Labelled`.
///
/// Raises `RuleError` and `OSError` as `RuleSet.from_path` does.
///
/// >>> import jawab.eval
/// >>> messages = jawab.eval.labelled(jawab.Engine.from_path("rules/support"), "rules/support")
/// >>> len(messages) > 600
/// True
#[pyfunction]
pub(crate) fn labelled<'py>(py: Python<'py>, engine: &Engine, path: PathBuf) -> PyResult<Bound<'py, PyAny>> {
    let scenarios = read(py, &engine.inner, &path)?;
    let messages = scenarios.files.iter().flat_map(|file| &file.messages);
    let messages = messages.map(|message| (&message.text, &message.rule, message.context.as_object()));
    data(py, "labelled", &messages.collect::<Vec<_>>())
}
