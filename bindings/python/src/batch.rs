//! Many messages in one call.

use std::ops::ControlFlow;

use jawab::{Context, Decision, Message};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::context::Facts;
use crate::failure::guarded;
use crate::text::Text;

/// Most threads of one call.
const THREADS: usize = 256;

/// What one thread decides before signals are looked at: messages, and bytes of messages.
const STRIDE: (usize, usize) = (4096, 256 * 1024);

pub(crate) fn threads(threads: Option<usize>) -> PyResult<usize> {
    let threads = threads.unwrap_or(1);
    let message = || PyValueError::new_err(format!("threads lies between 1 and {THREADS}, not {threads}"));
    (1..=THREADS).contains(&threads).then_some(threads).ok_or_else(message)
}

pub(crate) fn texts(texts: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
    if texts.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("texts is an iterable of str, not one str"));
    }
    let numbered = texts.try_iter()?.enumerate();
    numbered
        .map(|(at, text)| text?.extract().map_err(|error| at_item("texts", at, &error, texts.py())))
        .collect()
}

/// The facts of each message; nothing where no message has any.
pub(crate) fn contexts(contexts: Option<&Bound<'_, PyAny>>, texts: usize) -> PyResult<Vec<Option<Facts>>> {
    let Some(contexts) = contexts else { return Ok(Vec::new()) };
    let numbered = contexts.try_iter()?.enumerate();
    let facts = numbered
        .map(|(at, facts)| facts?.extract().map_err(|error| at_item("contexts", at, &error, contexts.py())));
    let facts: Vec<Option<Facts>> = facts.collect::<PyResult<_>>()?;
    if facts.len() != texts {
        let message = format!("there are {texts} texts and {} contexts", facts.len());
        return Err(PyValueError::new_err(message));
    }
    Ok(facts)
}

/// The same kind of error, naming the item.
fn at_item(list: &str, at: usize, error: &PyErr, py: Python<'_>) -> PyErr {
    let message = format!("{list}[{at}]: {}", error.value(py));
    if error.is_instance_of::<PyTypeError>(py) {
        PyTypeError::new_err(message)
    } else {
        PyValueError::new_err(message)
    }
}

/// A message as it waits for its turn.
pub(crate) type Waiting<'m> = (&'m str, Option<&'m Context>);

/// Each text with its facts; none where there are none.
pub(crate) fn waiting<'m>(texts: &'m [Text], contexts: &'m [Option<Facts>]) -> Vec<Waiting<'m>> {
    let facts = contexts.iter().map(|facts| facts.as_ref().map(|facts| &facts.0));
    texts.iter().map(Text::as_str).zip(facts.chain(std::iter::repeat(None))).collect()
}

/// Decides messages in their order, each handed to `take`, without holding the interpreter; a signal stops it.
pub(crate) fn decide(
    py: Python<'_>,
    engine: &jawab::Engine,
    messages: &[Waiting],
    threads: usize,
    mut take: impl FnMut(Decision) -> PyResult<()>,
) -> PyResult<()> {
    let mut rest = messages;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(stride(rest, threads));
        let decided = py.detach(|| guarded(|| engine.decide_many(&written(chunk), threads)))?;
        decided.into_iter().try_for_each(&mut take)?;
        py.check_signals()?;
        rest = after;
    }
    Ok(())
}

pub(crate) fn written<'m>(messages: &[Waiting<'m>]) -> Vec<Message<'m>> {
    messages.iter().map(|&(text, context)| message(text, context)).collect()
}

pub(crate) fn message<'m>(text: &'m str, context: Option<&'m Context>) -> Message<'m> {
    let message = Message::new(text);
    context.map_or(message, |context| message.with_context(context))
}

/// How many messages to decide before signals are looked at, at least one.
fn stride(messages: &[Waiting], threads: usize) -> usize {
    let (most, bytes) = (STRIDE.0 * threads, STRIDE.1 * threads);
    let add = |(count, sum): (usize, usize), (text, _): &Waiting| {
        let sum = sum + text.len();
        if sum > bytes { ControlFlow::Break(count) } else { ControlFlow::Continue((count + 1, sum)) }
    };
    match messages.iter().take(most).try_fold((0, 0), add) {
        ControlFlow::Break(count) | ControlFlow::Continue((count, _)) => count.max(1),
    }
}
