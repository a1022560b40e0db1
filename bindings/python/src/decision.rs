use jawab::Decision as Decided;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::convert::{data, loads};

/// What to do with a message: an `Answer`, `Ask`, `Handoff` or `Ignore`.
///
/// Made by the engine, immutable. It keeps what the engine decided and makes Python objects when they are read.
/// Decisions are equal where their JSON is.
///
/// >>> import jawab
/// >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
/// >>> match engine.decide("when are you open?"):
/// ...     case jawab.Answer(text): print(text)
/// ...     case jawab.Handoff(reason, team): print(reason, team)
/// We are here every day from 08:00 to 22:00.
#[pyclass(frozen, eq, subclass, module = "jawab")]
#[derive(PartialEq)]
pub(crate) struct Decision(Decided);

impl Decision {
    /// The decision as the class of its action.
    pub(crate) fn wrapped(py: Python<'_>, decided: Decided) -> PyResult<Bound<'_, PyAny>> {
        let base = |decided| PyClassInitializer::from(Decision(decided));
        Ok(match decided {
            Decided::Answer(_) => Bound::new(py, base(decided).add_subclass(Answer))?.into_any(),
            Decided::Ask(_) => Bound::new(py, base(decided).add_subclass(Ask))?.into_any(),
            Decided::Handoff(_) => Bound::new(py, base(decided).add_subclass(Handoff))?.into_any(),
            Decided::Ignore(_) => Bound::new(py, base(decided).add_subclass(Ignore))?.into_any(),
        })
    }
}

#[pymethods]
impl Decision {
    /// Reads a decision that `to_json` wrote.
    ///
    /// Raises `ValueError` for a text that is none.
    #[staticmethod]
    fn from_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
        let decided = serde_json::from_str(text);
        let decided =
            decided.map_err(|error| PyValueError::new_err(format!("this is no decision: {error}")))?;
        Decision::wrapped(py, decided)
    }

    /// The action: `answer`, `ask`, `handoff` or `ignore`.
    #[getter]
    fn action(&self) -> &'static str {
        self.0.action()
    }

    /// The rule that answers or hands off, None where no rule does.
    #[getter]
    fn rule(&self) -> Option<&str> {
        self.0.rule()
    }

    /// The estimated chance that the rule is right, 0 to 1, None where no rule decides.
    #[getter]
    fn confidence(&self) -> Option<f64> {
        self.0.confidence()
    }

    /// Why it is handed off or ignored.
    #[getter]
    fn reason(&self) -> Option<&str> {
        self.0.reason()
    }

    /// Language of the text, a tag as `id`; of the message where there is no text.
    #[getter]
    fn language(&self) -> Option<&str> {
        self.0.language()
    }

    /// What the customer reads, None where nothing is sent.
    #[getter]
    fn text(&self) -> Option<&str> {
        self.0.text()
    }

    /// What was considered, best first, at most five: a tuple of `Candidate`.
    #[getter]
    fn candidates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        data(py, "candidates", self.0.candidates())
    }

    /// Fingerprint of the rule set.
    #[getter]
    fn rules(&self) -> &str {
        self.0.rules()
    }

    /// The decision as one line of JSON, the same bytes in every language.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The decision as a dict, its keys as in JSON: absent where they say nothing.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        loads(py, &self.0.to_json())
    }

    fn __repr__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("jawab._show")?.call_method1("line", (slf,))
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("jawab._show")?.call_method1("html", (slf,))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, &self.0.to_json()).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let restore = py.import("jawab._pickle")?.getattr("decision")?;
        (restore, (self.0.to_json(),)).into_pyobject(py)
    }
}

/// A rule answers: send `text`.
#[pyclass(frozen, extends = Decision, module = "jawab")]
pub(crate) struct Answer;

#[pymethods]
impl Answer {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("text", "rule")
    }
}

/// Two or more rules are too close to choose, or a detail is missing: send `text`.
#[pyclass(frozen, extends = Decision, module = "jawab")]
pub(crate) struct Ask;

#[pymethods]
impl Ask {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("text", "options")
    }
}

/// A person takes over: pass the conversation to `team`, and send `text` where there is one.
#[pyclass(frozen, extends = Decision, module = "jawab")]
pub(crate) struct Handoff;

#[pymethods]
impl Handoff {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("reason", "team")
    }

    /// Who takes it, None where the rule set names no team.
    #[getter]
    fn team<'py>(slf: &Bound<'py, Self>) -> Option<Bound<'py, PyString>> {
        let team = slf.as_super().get().0.handoff()?.team.as_deref()?;
        Some(PyString::new(slf.py(), team))
    }
}

/// A message that is not for the bot: do nothing.
#[pyclass(frozen, extends = Decision, module = "jawab")]
pub(crate) struct Ignore;

#[pymethods]
impl Ignore {
    #[classattr]
    fn __match_args__() -> (&'static str,) {
        ("reason",)
    }
}
