//! Labelled messages -> figures, as the core has them.

use std::path::PathBuf;

use jawab::{Scenarios, eval};
use pyo3::prelude::*;

use crate::convert::{data, plain};
use crate::engine::Engine;
use crate::failure::{guarded, raised};

fn read(py: Python<'_>, engine: &jawab::Engine, path: &PathBuf) -> PyResult<Scenarios> {
    let read = py.detach(|| guarded(|| Scenarios::from_path(path, engine.rules())))?;
    read.map_err(|error| raised(py, &error))
}

/// Runs the tests that stand beside the rules: a dict of `messages`, how many were decided, and `failures`.
///
/// >>> import jawab.eval
/// >>> jawab.eval.rule_tests(jawab.Engine.from_path("rules/minimal.yaml"))["failures"]
/// []
#[pyfunction]
pub(crate) fn rule_tests<'py>(py: Python<'py>, engine: &Engine) -> PyResult<Bound<'py, PyAny>> {
    plain(py, &py.detach(|| guarded(|| eval::rule_tests(&engine.inner)))?)
}

/// Decides the scenario messages beside the rules at a path (its folder `tests`) and counts how they end: a dict of
/// `files` – each with `figures`, `floor`, `passed`, `misses` –, the `total` and its `floor`.
///
/// Raises `RuleError` and `OSError` as `RuleSet.from_path` does.
#[pyfunction]
pub(crate) fn scenarios<'py>(py: Python<'py>, engine: &Engine, path: PathBuf) -> PyResult<Bound<'py, PyAny>> {
    let messages = read(py, &engine.inner, &path)?;
    plain(py, &py.detach(|| guarded(|| eval::scenarios(&engine.inner, &messages)))?)
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
