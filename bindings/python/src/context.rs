//! Facts about a message as Python's `dict`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Number, Value};

use crate::text::{Text, type_name};

/// Nesting of lists and dicts in a context.
const DEPTH: usize = 64;

/// Facts about a message.
pub(crate) struct Facts(pub(crate) jawab::Context);

impl<'py> FromPyObject<'_, 'py> for Facts {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        match value(&object, DEPTH, "")? {
            Value::Object(facts) => Ok(Facts(facts.into())),
            _ => Err(PyTypeError::new_err(format!("a context is a dict, not {}", type_name(&object)))),
        }
    }
}

/// What is JSON in Python, as JSON; the most usual first. `fact` is the name of the innermost fact that it is of.
fn value(object: &Bound<'_, PyAny>, depth: usize, fact: &str) -> PyResult<Value> {
    let Some(deeper) = depth.checked_sub(1) else {
        return Err(PyValueError::new_err(format!("a context is nested at most {DEPTH} deep{}", of(fact))));
    };
    if object.is_instance_of::<PyString>() {
        return Ok(object.extract::<Text>()?.as_str().into());
    }
    if let Ok(facts) = object.cast::<PyDict>() {
        return facts.iter().map(|(key, fact)| entry(&key, &fact, deeper)).collect();
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(truth.is_true().into());
    }
    if object.is_instance_of::<PyInt>() || object.is_instance_of::<PyFloat>() {
        return number(object, fact);
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return object.try_iter()?.map(|item| value(&item?, deeper, fact)).collect();
    }
    if object.is_instance_of::<PyMapping>() {
        return value(&object.py().get_type::<PyDict>().call1((object,))?, depth, fact);
    }
    // A value of an array is one of Python's in a shell.
    if object.get_type().module()? == "numpy" && object.hasattr("item")? {
        return value(&object.call_method0("item")?, deeper, fact);
    }
    let kind = type_name(object);
    let message =
        format!("a context holds str, int, float, bool, None, list and dict, not {kind}{}", of(fact));
    Err(PyTypeError::new_err(message))
}

fn entry(key: &Bound<'_, PyAny>, fact: &Bound<'_, PyAny>, depth: usize) -> PyResult<(String, Value)> {
    let name = key.extract::<Text>().map_err(|_| {
        PyTypeError::new_err(format!("the keys of a context are str, not {}", type_name(key)))
    })?;
    Ok((name.as_str().to_owned(), value(fact, depth, name.as_str())?))
}

/// A whole number that 64 bits hold, else the nearest float.
fn number(object: &Bound<'_, PyAny>, fact: &str) -> PyResult<Value> {
    if object.is_instance_of::<PyInt>() {
        if let Ok(number) = object.extract::<i64>() {
            return Ok(number.into());
        }
        if let Ok(number) = object.extract::<u64>() {
            return Ok(number.into());
        }
    }
    let number = Number::from_f64(object.extract()?);
    let message = || format!("a number of a context is finite, not {object}{}", of(fact));
    number.map(Value::Number).ok_or_else(|| PyValueError::new_err(message()))
}

fn of(fact: &str) -> String {
    if fact.is_empty() { String::new() } else { format!(" in `{fact}`") }
}
