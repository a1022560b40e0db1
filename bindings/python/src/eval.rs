//! Labelled messages -> figures, as the core has them.

use std::path::PathBuf;

use jawab::{Limits, Scenarios, eval};
use pyo3::prelude::*;

use crate::convert::{data, json};
use crate::engine::Engine;
use crate::failure::{guarded, raised};
use crate::rules::{FileText, sources_of};

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
