//! What must never come out unmasked.

use std::str::FromStr;

use jawab::privacy::{self, Found, Kind};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::convert::data;
use crate::failure::guarded;
use crate::text::Text;

/// Finds and masks secrets and personal data in what customers write.
///
/// `kinds` says what to look for, by the names of `jawab.privacy.KINDS`; left out, all. Immutable; takes time linear in
/// the text.
///
/// Raises `ValueError` for a name that is no kind.
///
/// >>> from jawab.privacy import Masker
/// >>> Masker().mask("pw sy Kucing99, hp 0812-3456-7890").text
/// 'pw sy [password], hp [phone]'
#[pyclass(frozen, eq, module = "jawab.privacy")]
#[derive(PartialEq)]
pub(crate) struct Masker(privacy::Masker);

#[pymethods]
impl Masker {
    #[new]
    #[pyo3(signature = (kinds=None))]
    fn new(kinds: Option<Vec<String>>) -> PyResult<Self> {
        Ok(Masker(match kinds {
            Some(kinds) => privacy::Masker::new(&named(&kinds)?),
            None => privacy::Masker::default(),
        }))
    }

    /// The kinds it looks for.
    #[getter]
    fn kinds<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.0.kinds().iter().map(|kind| kind.as_str()))
    }

    /// What must not be shown, in the order of the text: a tuple of `Found`, whose spans are bytes in UTF-8.
    fn find<'py>(&self, py: Python<'py>, text: Text) -> PyResult<Bound<'py, PyAny>> {
        let found: Vec<Found> = guarded(|| self.0.find(text.as_str()))?;
        data(py, "found", &found)
    }

    /// Replaces what must not be shown by its kind in brackets: a `Masked`. The kinds to `keep` stay, but for secrets: a
    /// password, PIN, one-time code, card security code or card number never does.
    #[pyo3(signature = (text, keep=None))]
    fn mask<'py>(
        &self,
        py: Python<'py>,
        text: Text,
        keep: Option<Vec<String>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let keep = named(&keep.unwrap_or_default())?;
        let masked = guarded(|| self.0.mask(text.as_str(), &keep))?;
        data(py, "masked", &masked)
    }

    /// Whether a text holds a secret that a customer must never share.
    fn has_secret(&self, text: Text) -> PyResult<bool> {
        guarded(|| self.0.has_secret(text.as_str()))
    }

    fn __repr__(&self) -> String {
        let kinds: Vec<_> = self.0.kinds().iter().map(|kind| kind.as_str()).collect();
        format!("Masker({kinds:?})")
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, &self.__repr__()).hash()
    }

    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>,)> {
        Ok((self.kinds(py)?,))
    }
}

fn named(kinds: &[String]) -> PyResult<Vec<Kind>> {
    let unknown = |name: &String| PyValueError::new_err(format!("there is no kind named {name:?}"));
    kinds.iter().map(|name| Kind::from_str(name).map_err(|()| unknown(name))).collect()
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
