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

/// A column that comes out, in Arrow's layout; some values missing.
#[derive(Default)]
struct Output {
    validity: Vec<u8>,
    /// Where each value begins.
    starts: Vec<i64>,
    bytes: Vec<u8>,
}

impl Output {
    fn push(&mut self, value: Option<&[u8]>, width: usize) {
        let row = self.starts.len();
        self.validity.resize(row / 8 + 1, 0);
        self.validity[row / 8] |= u8::from(value.is_some()) << (row % 8);
        self.starts.push(self.bytes.len() as i64);
        let end = self.bytes.len() + value.map_or(width, <[u8]>::len);
        self.bytes.extend_from_slice(value.unwrap_or_default());
        self.bytes.resize(end, 0);
    }

    fn buffers<'py>(&self, py: Python<'py>, has_offsets: bool) -> Vec<Bound<'py, PyBytes>> {
        let ends = self.starts.iter().copied().chain([self.bytes.len() as i64]);
        let offsets: Vec<u8> = ends.flat_map(i64::to_ne_bytes).collect();
        let parts = [Some(&self.validity), has_offsets.then_some(&offsets), Some(&self.bytes)];
        parts.into_iter().flatten().map(|bytes| PyBytes::new(py, bytes)).collect()
    }
}

/// The columns of a table of decisions: texts, then the confidence and the level.
#[derive(Default)]
struct Decisions([Output; 9]);

impl Decisions {
    const NAMES: [&'static str; 9] =
        ["action", "rule", "reason", "language", "text", "team", "priority", "confidence", "level"];
    const TEXTS: usize = 7;

    fn push(&mut self, decision: Option<&Decision>) {
        let [texts @ .., confidence, level] = &mut self.0;
        let row = decision.map_or([None; Decisions::TEXTS], row);
        texts.iter_mut().zip(row).for_each(|(column, text)| column.push(text.map(str::as_bytes), 0));
        let numbers = decision.map_or((None, None), numbers);
        confidence.push(numbers.0.map(f64::to_ne_bytes).as_ref().map(<[u8; 8]>::as_slice), 8);
        level.push(numbers.1.map(u8::to_ne_bytes).as_ref().map(<[u8; 1]>::as_slice), 1);
    }

    fn buffers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (at, (name, column)) in Decisions::NAMES.iter().zip(&self.0).enumerate() {
            columns.set_item(name, column.buffers(py, at < Decisions::TEXTS))?;
        }
        Ok(columns)
    }
}

/// The texts of a decision in the order of the columns.
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
    let (mut decisions, mut rows) = (Decisions::default(), texts.iter());
    batch::decide(py, &engine.inner, &there, batch::threads(threads)?, |decision| {
        // Stops behind the row of this decision.
        rows.by_ref().take_while(|text| text.is_none()).for_each(|_| decisions.push(None));
        decisions.push(Some(&decision));
        Ok(())
    })?;
    rows.for_each(|_| decisions.push(None));
    decisions.buffers(py)
}
