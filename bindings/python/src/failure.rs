//! What can go wrong, as Python users expect to catch it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use jawab::{Code, Error, ErrorKind};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;

use crate::convert::data;

pyo3::import_exception!(jawab._errors, InternalError);

/// Runs a part of the core. A panic there is a fault of the engine: it becomes an `InternalError`.
pub(crate) fn guarded<T>(run: impl FnOnce() -> T) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        InternalError::new_err(text.unwrap_or_else(|| "the engine failed".to_owned()))
    })
}

/// The exception for an error of the core.
pub(crate) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    if error.kind() == ErrorKind::State {
        return PyValueError::new_err(error.to_string());
    }
    let maker = if error.kind() == ErrorKind::Io { "unreadable" } else { "RuleError" };
    let made = data(py, "diagnostics", error.diagnostics()).and_then(|diagnostics| {
        py.import("jawab._errors")?.getattr(maker)?.call1((error.to_string(), diagnostics))
    });
    made.map_or_else(|failed| failed, PyErr::from_value)
}

/// The page of a diagnostic code in Markdown: what it means, an example that raises it, one that does not.
///
/// Raises `KeyError` for a name that is no code.
///
/// >>> import jawab
/// >>> jawab.page("duplicate-rule").splitlines()[0]
/// '# duplicate-rule'
#[pyfunction]
pub(crate) fn page(code: &str) -> PyResult<&'static str> {
    Code::from_str(code).map(Code::page).map_err(|()| PyKeyError::new_err(code.to_owned()))
}

/// Fails as a fault of the engine would, to see what becomes of it.
#[pyfunction(name = "_panic")]
#[expect(clippy::panic, reason = "this is what it is for")]
pub(crate) fn panic(message: &str) -> PyResult<()> {
    guarded(|| panic!("{message}"))
}
