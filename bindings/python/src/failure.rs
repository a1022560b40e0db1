//! What can go wrong, as Python users expect to catch it.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use jawab::{Code, Diagnostic, Error, ErrorKind};
use pyo3::exceptions::{PyKeyError, PyOSError};
use pyo3::prelude::*;

use crate::convert::data;

pyo3::import_exception!(jawab._errors, InternalError);
pyo3::import_exception!(jawab._errors, RuleError);

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
    match error.kind() {
        ErrorKind::Io => unreadable(py, error),
        _ => broken_rules(py, error),
    }
}

fn broken_rules(py: Python<'_>, error: &Error) -> PyErr {
    match data(py, "diagnostics", error.diagnostics()) {
        Ok(diagnostics) => RuleError::new_err((error.to_string(), diagnostics.unbind())),
        Err(failed) => failed,
    }
}

/// An `OSError` for the file that cannot be read – its subclass follows from the number –, the other problems as notes,
/// and all as `diagnostics`.
fn unreadable(py: Python<'_>, error: &Error) -> PyErr {
    let is_file = |problem: &&Diagnostic| problem.code == Code::UnreadableFile;
    let path = error.diagnostics().iter().find(is_file).map(|problem| problem.place.file.to_string());
    let raised = match path.as_deref().and_then(why_unreadable) {
        Some((number, why)) => PyOSError::new_err((number, why, path)),
        None => PyOSError::new_err(error.to_string()),
    };
    // What cannot be added must not hide the error itself.
    let _ = data(py, "diagnostics", error.diagnostics())
        .and_then(|diagnostics| raised.value(py).setattr("diagnostics", diagnostics));
    for other in error.diagnostics().iter().filter(|problem| !is_file(problem)) {
        let _ = raised.value(py).call_method1("add_note", (other.to_string(),));
    }
    raised
}

/// The system's number and words for what is wrong with a path.
fn why_unreadable(path: &str) -> Option<(i32, String)> {
    let opened = File::open(path).and_then(|mut file| io::copy(&mut file, &mut io::sink()));
    let listed = || std::fs::read_dir(path);
    let error = opened.err().filter(|error| error.kind() != io::ErrorKind::IsADirectory);
    let error =
        error.or_else(|| listed().err().filter(|error| error.kind() != io::ErrorKind::NotADirectory))?;
    let number = error.raw_os_error()?;
    let text = error.to_string();
    Some((number, text.split(" (os error").next().unwrap_or(&text).to_owned()))
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
