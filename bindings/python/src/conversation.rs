use std::sync::{Mutex, MutexGuard};

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::batch;
use crate::context::Facts;
use crate::decision::Decision;
use crate::engine::Engine;
use crate::failure::{InternalError, guarded};
use crate::text::Text;

/// A conversation with one customer, made by `Engine.conversation` or `Engine.resume`.
///
/// Decides message after message and remembers what it must; what it remembers is saved by `to_json` and belongs to the
/// host. Threads may share it: messages are decided one after the other. After an `InternalError` it cannot be
/// used any more: resume it as it was saved before.
///
/// >>> import jawab
/// >>> engine = jawab.Engine.from_path("rules/minimal.yaml")
/// >>> conversation = engine.conversation({"channel": "web"})
/// >>> conversation.decide("where is my parcel?").action
/// 'ask'
/// >>> engine.resume(conversation.to_json()).decide("it is JX44812093").action
/// 'handoff'
#[pyclass(frozen, module = "jawab")]
pub(crate) struct Conversation {
    inner: Mutex<jawab::Conversation>,
    engine: Py<Engine>,
}

impl Conversation {
    pub(crate) fn new(inner: jawab::Conversation, engine: Py<Engine>) -> Self {
        Conversation { inner: Mutex::new(inner), engine }
    }

    fn lock(&self) -> PyResult<MutexGuard<'_, jawab::Conversation>> {
        let broken = |_| InternalError::new_err("`conversation` cannot be used after a panic");
        self.inner.lock().map_err(broken)
    }

    /// Decides with the lock taken within what is guarded: a panic there leaves the conversation broken.
    fn decided<'py>(
        &self,
        py: Python<'py>,
        decide: impl FnOnce(&mut jawab::Conversation) -> jawab::Decision,
    ) -> PyResult<Bound<'py, PyAny>> {
        Decision::wrapped(py, guarded(|| self.lock().map(|mut held| decide(&mut held)))??)
    }
}

#[pymethods]
impl Conversation {
    /// Decides the next message; arguments and errors as of `Engine.decide`, the facts beside those of the conversation.
    #[pyo3(signature = (text, *, context=None))]
    fn decide<'py>(
        &self,
        py: Python<'py>,
        text: Text,
        context: Option<Facts>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let message = batch::message(text.as_str(), context.as_ref().map(|facts| &facts.0));
        self.decided(py, |conversation| conversation.decide(message))
    }

    /// Decides several messages that the customer has typed in a burst: judged together, as if they were one, and apart.
    ///
    /// `contexts` has a dict or None for each text. Spans are those of the texts joined by line breaks.
    #[pyo3(signature = (texts, contexts=None))]
    fn decide_burst<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        contexts: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let texts = batch::texts(texts)?;
        let contexts = batch::contexts(contexts, texts.len())?;
        let messages = batch::written(&batch::waiting(&texts, &contexts));
        self.decided(py, |conversation| conversation.decide_burst(&messages))
    }

    /// The state as JSON of at most 4,000 bytes, secrets in messages masked; `Engine.resume` goes on with it.
    fn to_json(&self) -> PyResult<String> {
        Ok(self.lock()?.to_json())
    }

    fn __repr__(&self) -> PyResult<String> {
        Ok(format!("<Conversation {}>", self.to_json()?))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        Ok(std::ptr::eq(self, other) || self.to_json()? == other.to_json()?)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let resume = py.import("jawab._pickle")?.getattr("conversation")?;
        (resume, (&self.engine, self.to_json()?)).into_pyobject(py)
    }
}
