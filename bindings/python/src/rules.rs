use std::path::PathBuf;

use jawab::{Limits, Source};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::context::Facts;
use crate::convert::{data, plain};
use crate::failure::{guarded, raised};
use crate::text::{Text, type_name};

/// A checked set of rules, immutable.
///
/// Everything that can be wrong with rules is found here: `RuleError` tells all problems of all files, each with file,
/// line, column, a named code and advice.
///
/// >>> from jawab import RuleSet
/// >>> rules = RuleSet.from_yaml("greet.yaml", """
/// ... jawab: 1
/// ... language: en
/// ... faq:
/// ...   greeting:
/// ...     questions: [hello, good morning]
/// ...     answer: Hello, how may I help?
/// ... """)
/// >>> [rule.id for rule in rules.rules]
/// ['greeting']
#[pyclass(frozen, module = "jawab")]
pub(crate) struct RuleSet {
    pub(crate) rules: jawab::RuleSet,
    pub(crate) limits: Limits,
}

/// Bytes of a rule file.
pub(crate) struct FileText(Vec<u8>);

impl<'py> FromPyObject<'_, 'py> for FileText {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            return Ok(FileText(bytes.as_bytes().to_vec()));
        }
        let text = object.extract::<Text>();
        let text = text.map_err(|_| {
            PyTypeError::new_err(format!("expected str or bytes, not {}", type_name(&object)))
        })?;
        Ok(FileText(text.as_str().as_bytes().to_vec()))
    }
}

#[pymethods]
impl RuleSet {
    /// Reads a file, or all `*.yaml` and `*.yml` files of a folder and its folders, in path order, except those in
    /// folders named `tests`.
    ///
    /// Raises `RuleError` with all problems of all files; `FileNotFoundError`, `PermissionError` or another `OSError`
    /// where a path cannot be read, with all problems as its `diagnostics`, too.
    #[staticmethod]
    fn from_path(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let loaded = py.detach(|| guarded(|| jawab::RuleSet::from_path(&path)))?;
        let limits = Limits::default();
        loaded.map(|rules| RuleSet { rules, limits }).map_err(|error| raised(py, &error))
    }

    /// Reads one text (`str`, or `bytes` in UTF-8); the name stands for the file in problems.
    ///
    /// Raises `RuleError` with all problems of the text.
    #[staticmethod]
    fn from_yaml(py: Python<'_>, name: &str, text: FileText) -> PyResult<Self> {
        RuleSet::from_sources(py, vec![(name.to_owned(), text)], None)
    }

    /// Reads several texts as one set: pairs of a name and a text, in the order that counts.
    ///
    /// `limits` bounds what the set may hold, by the names of `jawab.Limits`: `{"file_bytes": 1_000_000}`.
    ///
    /// Raises `RuleError` with all problems of all texts, `TypeError` for a limit that does not exist.
    #[staticmethod]
    #[pyo3(signature = (sources, *, limits=None))]
    fn from_sources(
        py: Python<'_>,
        sources: Vec<(String, FileText)>,
        limits: Option<Facts>,
    ) -> PyResult<Self> {
        let limits = limits.map_or_else(|| Ok(Limits::default()), limits_of)?;
        let sources = sources_of(&sources);
        let loaded = py.detach(|| guarded(|| jawab::RuleSet::from_sources(&sources, &limits)))?;
        loaded.map(|rules| RuleSet { rules, limits }).map_err(|error| raised(py, &error))
    }

    /// What should be mended although the set can be used, a tuple of `Diagnostic`; `jawab.check` finds more.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        data(py, "diagnostics", self.rules.warnings())
    }

    /// The rules in the order of the files, a tuple of `Rule`.
    #[getter]
    fn rules<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        data(py, "rules", &self.rules.rules())
    }

    /// The settings as they are written, with the defaults of those that are not: a `RuleSettings`.
    #[getter]
    fn settings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        data(py, "rule_settings", &self.rules.settings())
    }

    /// A name for exactly these rules: equal for equal texts in equal order, whatever the files are called.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.rules.fingerprint()
    }

    fn __repr__(&self) -> String {
        format!("<RuleSet of {} rules, {}>", self.rules.rules().len(), self.rules.fingerprint())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.rules.fingerprint() == other.rules.fingerprint()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        pyo3::types::PyString::new(py, self.rules.fingerprint()).hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let sources = self.rules.sources().iter();
        let sources: Vec<_> =
            sources.map(|source| (source.name(), PyBytes::new(py, source.bytes()))).collect();
        let restore = py.import("jawab._pickle")?.getattr("rule_set")?;
        (restore, (sources, plain(py, &self.limits)?)).into_pyobject(py)
    }
}

pub(crate) fn sources_of(named: &[(String, FileText)]) -> Vec<Source> {
    named.iter().map(|(name, text)| Source::new(name, &text.0)).collect()
}

fn limits_of(given: Facts) -> PyResult<Limits> {
    let named = serde_json::Value::Object(given.0.as_object().clone());
    serde_json::from_value(named).map_err(|error| PyTypeError::new_err(error.to_string()))
}

/// The JSON Schema of rule files, for completion and checks in editors, as text.
///
/// >>> import json, jawab
/// >>> json.loads(jawab.schema())["type"]
/// 'object'
#[pyfunction]
pub(crate) fn schema() -> String {
    jawab::schema()
}
