//! A column of messages in Arrow's layout -> columns of decisions in Arrow's layout.
//!
//! Buffers come in by the buffer protocol and are copied, which costs a few nanoseconds a message and lets every bound
//! be checked in safe code. See "Physical memory layout" of the Arrow columnar format, version 1.5.

use jawab::Decision;
use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::batch;
use crate::engine::Engine;

/// Messages in Arrow's `large_string` layout.
struct Column {
    /// Where each message begins and the last one ends, in bytes; the first stands where `bytes` begin.
    offsets: Vec<i64>,
    bytes: Vec<u8>,
    /// One bit a message, the least significant first; without it, no message is missing.
    validity: Option<Vec<u8>>,
    /// The bit of the first message.
    first_bit: usize,
}

impl Column {
    fn texts(&self) -> PyResult<Vec<Option<&str>>> {
        let pairs = self.offsets.iter().zip(self.offsets.iter().skip(1)).enumerate();
        pairs.map(|(row, (&from, &to))| self.text(row, from, to)).collect()
    }

    fn text(&self, row: usize, from: i64, to: i64) -> PyResult<Option<&str>> {
        if !self.is_there(row) {
            return Ok(None);
        }
        let base = self.offsets.first().copied().unwrap_or_default();
        let place = |offset: i64| usize::try_from(offset.checked_sub(base)?).ok();
        let bytes = place(from).zip(place(to)).and_then(|(from, to)| self.bytes.get(from..to));
        let bytes = bytes.ok_or_else(|| at_row(row, "its offsets lie outside the column's bytes"))?;
        std::str::from_utf8(bytes).map(Some).map_err(|_| at_row(row, "it is no UTF-8"))
    }

    fn is_there(&self, row: usize) -> bool {
        let at = self.first_bit.saturating_add(row);
        let bit = |bits: &Vec<u8>| bits.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1);
        self.validity.as_ref().is_none_or(bit)
    }
}

fn at_row(row: usize, problem: &str) -> PyErr {
    PyValueError::new_err(format!("row {row} of a chunk cannot be read: {problem}"))
}

/// Texts in Arrow's `large_string` layout, some missing.
#[derive(Default)]
struct Texts {
    offsets: Vec<u8>,
    bytes: Vec<u8>,
    validity: Bits,
}

/// Numbers in Arrow's layout, some missing.
#[derive(Default)]
struct Numbers {
    bytes: Vec<u8>,
    validity: Bits,
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.count.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.count % 8);
        }
        self.count += 1;
    }
}

impl Texts {
    fn new() -> Self {
        Texts { offsets: 0i64.to_ne_bytes().to_vec(), ..Texts::default() }
    }

    fn push(&mut self, text: Option<&str>) {
        self.bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
        self.offsets.extend_from_slice(&(self.bytes.len() as i64).to_ne_bytes());
        self.validity.push(text.is_some());
    }

    fn buffers<'py>(&self, py: Python<'py>) -> [Bound<'py, PyBytes>; 3] {
        [&self.validity.bytes, &self.offsets, &self.bytes].map(|bytes| PyBytes::new(py, bytes))
    }
}

impl Numbers {
    fn push<const N: usize>(&mut self, bytes: Option<[u8; N]>) {
        self.bytes.extend_from_slice(&bytes.unwrap_or([0; N]));
        self.validity.push(bytes.is_some());
    }

    fn buffers<'py>(&self, py: Python<'py>) -> [Bound<'py, PyBytes>; 2] {
        [&self.validity.bytes, &self.bytes].map(|bytes| PyBytes::new(py, bytes))
    }
}

/// The columns of a table of decisions.
struct Decisions {
    texts: [Texts; 7],
    confidence: Numbers,
    level: Numbers,
}

impl Decisions {
    const TEXTS: [&'static str; 7] = ["action", "rule", "reason", "language", "text", "team", "priority"];

    fn new() -> Self {
        let texts = std::array::from_fn(|_| Texts::new());
        Decisions { texts, confidence: Numbers::default(), level: Numbers::default() }
    }

    fn push(&mut self, decision: Option<&Decision>) {
        let row = decision.map_or([None; 7], row);
        self.texts.iter_mut().zip(row).for_each(|(column, text)| column.push(text));
        let (confidence, level) = decision.map_or((None, None), numbers);
        self.confidence.push(confidence.map(f64::to_ne_bytes));
        self.level.push(level.map(u8::to_ne_bytes));
    }

    fn buffers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (name, texts) in Decisions::TEXTS.iter().zip(&self.texts) {
            columns.set_item(name, texts.buffers(py))?;
        }
        columns.set_item("confidence", self.confidence.buffers(py))?;
        columns.set_item("level", self.level.buffers(py))?;
        Ok(columns)
    }
}

/// The texts of a decision in the order of [`Decisions::TEXTS`].
fn row(decision: &Decision) -> [Option<&str>; 7] {
    let (action, rule, text) = (Some(decision.action()), decision.rule(), decision.text());
    match decision {
        Decision::Answer(answer) => [action, rule, None, Some(&answer.language), text, None, None],
        Decision::Ask(ask) => [action, rule, None, Some(&ask.language), text, None, None],
        Decision::Ignore(ignore) => [action, rule, Some(&ignore.reason), None, text, None, None],
        Decision::Handoff(handoff) => {
            let (team, priority) = (handoff.team.as_deref(), handoff.priority.as_str());
            [action, rule, Some(&handoff.reason), Some(&handoff.language), text, team, Some(priority)]
        }
    }
}

fn numbers(decision: &Decision) -> (Option<f64>, Option<u8>) {
    match decision {
        Decision::Answer(answer) => (Some(answer.confidence), None),
        Decision::Handoff(handoff) => (handoff.confidence, Some(handoff.level)),
        Decision::Ask(_) | Decision::Ignore(_) => (None, None),
    }
}

/// Decides the messages of one chunk of a column: the buffers of the columns of decisions, by name.
#[pyfunction]
#[pyo3(signature = (engine, offsets, data, validity, first_bit, threads))]
pub(crate) fn decide_column<'py>(
    py: Python<'py>,
    engine: &Engine,
    offsets: PyBuffer<i64>,
    data: PyBuffer<u8>,
    validity: Option<PyBuffer<u8>>,
    first_bit: usize,
    threads: Option<usize>,
) -> PyResult<Bound<'py, PyDict>> {
    let validity = validity.map(|buffer| buffer.to_vec(py)).transpose()?;
    let column = Column { offsets: offsets.to_vec(py)?, bytes: data.to_vec(py)?, validity, first_bit };
    let texts = column.texts()?;
    let there: Vec<_> = texts.iter().flatten().map(|text| (*text, None)).collect();
    let (mut decisions, mut rows) = (Decisions::new(), texts.iter());
    batch::decide(py, &engine.inner, &there, batch::threads(threads)?, |decision| {
        // Stops behind the row of this decision.
        rows.by_ref().take_while(|text| text.is_none()).for_each(|_| decisions.push(None));
        decisions.push(Some(&decision));
        Ok(())
    })?;
    rows.for_each(|_| decisions.push(None));
    decisions.buffers(py)
}
