//! Plain data from the core to Python, by way of JSON: it keeps the order of keys and is the same in every language.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use serde::Serialize;

/// What `json.loads` makes of a text.
pub(crate) fn loads<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOADS.import(py, "json", "loads")?.call1((json,))
}

/// A value as its JSON text.
pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A value as Python's lists, dicts and texts.
pub(crate) fn plain<'py>(py: Python<'py>, value: &(impl Serialize + ?Sized)) -> PyResult<Bound<'py, PyAny>> {
    loads(py, &json(value)?)
}

/// A value as what the function of this name in `jawab._data` makes of it.
pub(crate) fn data<'py>(
    py: Python<'py>,
    maker: &str,
    value: &(impl Serialize + ?Sized),
) -> PyResult<Bound<'py, PyAny>> {
    py.import("jawab._data")?.call_method1(maker, (plain(py, value)?,))
}
