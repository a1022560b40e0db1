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
        match value(&object, DEPTH)? {
            Value::Object(facts) => Ok(Facts(facts.into())),
            _ => Err(PyTypeError::new_err(format!("a context is a dict, not {}", type_name(&object)))),
        }
    }
}

/// What is JSON in Python, as JSON; the most usual first.
fn value(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    let Some(deeper) = depth.checked_sub(1) else {
        return Err(PyValueError::new_err(format!("a context is nested at most {DEPTH} deep")));
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
        return number(object);
    }
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return object.try_iter()?.map(|item| value(&item?, deeper)).collect();
    }
    if object.is_instance_of::<PyMapping>() {
        return value(&object.py().get_type::<PyDict>().call1((object,))?, depth);
    }
    let message =
        format!("a context holds str, int, float, bool, None, list and dict, not {}", type_name(object));
    Err(PyTypeError::new_err(message))
}

fn entry(key: &Bound<'_, PyAny>, fact: &Bound<'_, PyAny>, depth: usize) -> PyResult<(String, Value)> {
    let name = key.extract::<Text>().map_err(|_| {
        PyTypeError::new_err(format!("the keys of a context are str, not {}", type_name(key)))
    })?;
    Ok((name.as_str().to_owned(), value(fact, depth)?))
}

/// A whole number that 64 bits hold, else the nearest float.
fn number(object: &Bound<'_, PyAny>) -> PyResult<Value> {
    if object.is_instance_of::<PyInt>() {
        if let Ok(number) = object.extract::<i64>() {
            return Ok(number.into());
        }
        if let Ok(number) = object.extract::<u64>() {
            return Ok(number.into());
        }
    }
    let number = Number::from_f64(object.extract()?);
    number.map(Value::Number).ok_or_else(|| PyValueError::new_err("a number of a context is finite"))
}
