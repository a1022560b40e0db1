use std::str::FromStr;

use jawab::privacy::{self, Kind, Masker};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::convert::data;
use crate::failure::guarded;
use crate::text::Text;

/// Replaces private parts of these kinds, but for kinds to keep: a `Masked`.
#[pyfunction]
pub(crate) fn mask(
    py: Python<'_>,
    text: Text,
    kinds: Vec<String>,
    keep: Vec<String>,
) -> PyResult<Bound<'_, PyAny>> {
    let (masker, keep) = (Masker::new(&named(&kinds)?), named(&keep)?);
    let masked = guarded(|| masker.mask(text.as_str(), &keep))?;
    data(py, "masked", &masked)
}

fn named(kinds: &[String]) -> PyResult<Vec<Kind>> {
    let unknown = |name: &String| PyValueError::new_err(format!("there is no kind named {name:?}"));
    kinds.iter().map(|name| Kind::from_str(name).map_err(|()| unknown(name))).collect()
}

/// The names of all kinds.
#[pyfunction]
pub(crate) fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.as_str()).collect()
}

/// What to tell a customer who has sent a secret, in the language of a tag (`id`, `en`, `fil`, `zh`), else in English.
///
/// >>> from jawab.privacy import warning
/// >>> warning("fr") == warning("en")
/// True
#[pyfunction]
pub(crate) fn warning(language: &str) -> &'static str {
    privacy::warning(language)
}
