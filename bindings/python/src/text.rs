//! Messages as Python's `str`.

use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};

/// The text of a message, without a copy where it is valid Unicode.
pub(crate) enum Text {
    Backed(PyBackedStr),
    Mended(String),
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Text::Backed(text) => text,
            Text::Mended(text) => text,
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match object.extract::<PyBackedStr>() {
            Ok(text) => Ok(Text::Backed(text)),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(object.py()) => mended(&object),
            Err(_) => Err(PyTypeError::new_err(format!("expected a str, not {}", type_name(&object)))),
        }
    }
}

/// Half a character, as platforms leave where they cut a message inside an emoji, is read as U+FFFD, which has as many
/// bytes.
fn mended(text: &Bound<'_, PyAny>) -> PyResult<Text> {
    let bytes = text.cast::<PyString>()?.call_method1("encode", ("utf-8", "surrogatepass"))?;
    let mut bytes = bytes.cast::<PyBytes>()?.as_bytes().to_vec();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == 0xED && bytes.get(at + 1).is_some_and(|next| *next >= 0xA0) {
            bytes.splice(at..at + 3, "\u{FFFD}".bytes());
        }
        at += 1;
    }
    Ok(Text::Mended(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The name of an object's type.
pub(crate) fn type_name(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "an object".to_owned(), |name| name.to_string())
}
