use pyo3::prelude::*;

use crate::convert::{json, plain};
use crate::decision::Decision;

/// How a decision came about: what was read, what was found, how it was ranked. Printed, it tells each step in a line.
///
/// >>> import jawab
/// >>> explanation = jawab.Engine.from_path("rules/minimal.yaml").explain("whre is my parcel")
/// >>> [(word["written"], word["read"]) for word in explanation.to_dict()["words"]][0]
/// ('whre', 'where')
#[pyclass(frozen, eq, module = "jawab")]
#[derive(PartialEq)]
pub(crate) struct Explanation(pub(crate) jawab::Explanation);

#[pymethods]
impl Explanation {
    /// What came of it.
    #[getter]
    fn decision<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Decision::wrapped(py, self.0.decision.clone())
    }

    /// All steps as JSON.
    fn to_json(&self) -> PyResult<String> {
        json(&self.0)
    }

    /// All steps as a dict: `words`, `language`, `patterns`, `candidates`, `likeness`, `threshold`, `margin`,
    /// `decision`. Spans are byte ranges of the message in UTF-8.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.0)
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Explanation of {} words, {}>", self.0.words.len(), self.0.decision.action())
    }

    fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("jawab._show")?.call_method1("preformatted", (self.0.to_string(),))
    }
}

/// Why a rule did not decide a message. Printed, it says so in a sentence.
#[pyclass(frozen, eq, module = "jawab")]
#[derive(PartialEq)]
pub(crate) struct WhyNot(pub(crate) jawab::WhyNot);

#[pymethods]
impl WhyNot {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("failed", "text")
    }

    /// The rule.
    #[getter]
    fn rule(&self) -> &str {
        &self.0.rule
    }

    /// The first condition that failed: `not-read`, `none-pattern`, `no-evidence`, `when`, `threshold`, `outranked` or
    /// `ambiguous`.
    #[getter]
    fn failed(&self) -> &str {
        self.0.failed
    }

    /// The same in a sentence.
    #[getter]
    fn text(&self) -> &str {
        &self.0.text
    }

    /// The same as JSON.
    fn to_json(&self) -> PyResult<String> {
        json(&self.0)
    }

    fn __str__(&self) -> &str {
        &self.0.text
    }

    fn __repr__(&self) -> String {
        format!("WhyNot(rule={:?}, failed={:?}, text={:?})", self.0.rule, self.0.failed, self.0.text)
    }
}
