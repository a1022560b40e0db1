//! Facts that come with a message.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use jawab::Context;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Failure, failure, freed, give, given, guarded, jawab_error, jawab_status};
use crate::text::{handle, read_text};

/// Facts that the host passes with a message: `channel`, `customer.name`, `time`, ….
pub struct jawab_context(pub(crate) Context);

/// No facts yet. Owned: free it with `jawab_context_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_context_new(
    context: Option<&mut MaybeUninit<*mut jawab_context>>, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(context, error, || Ok(handle(jawab_context(Context::new()))))
}

/// Facts from a JSON object; a dot in a key reaches into an object. Anything else is JAWAB_STATUS_INVALID_JSON. Owned:
/// free it with `jawab_context_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_context_from_json(
    json: *const c_char, json_len: usize, context: Option<&mut MaybeUninit<*mut jawab_context>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(context, error, || {
        // SAFETY: a text of the caller.
        let json = unsafe { read_text(json, json_len, "json")? };
        let facts: Map<String, Value> = parsed(json, "JSON object")?;
        Ok(handle(jawab_context(facts.into())))
    })
}

/// Frees facts, also while decisions that used them live. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_context_free(context: Option<Box<jawab_context>>) {
    freed(context);
}

/// Sets a fact to a text; a dot in the key reaches into an object: `customer.name`. Threads: one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_context_set_text(
    context: Option<&mut jawab_context>, key: *const c_char, key_len: usize, value: *const c_char,
    value_len: usize, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    guarded(error, || {
        // SAFETY: two texts of the caller.
        let (key, value) =
            unsafe { (read_text(key, key_len, "key")?, read_text(value, value_len, "value")?) };
        set(context, key, value.into())
    })
}

/// Sets a fact to a value of JSON: `3`, `true`, `["new", "gold"]`; a dot in the key reaches into an object. Anything
/// else is JAWAB_STATUS_INVALID_JSON. Threads: one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_context_set_json(
    context: Option<&mut jawab_context>, key: *const c_char, key_len: usize, json: *const c_char,
    json_len: usize, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    guarded(error, || {
        // SAFETY: two texts of the caller.
        let (key, json) = unsafe { (read_text(key, key_len, "key")?, read_text(json, json_len, "json")?) };
        set(context, key, parsed(json, "JSON")?)
    })
}

/// A value of JSON that comes in; `what` is how people call it.
pub(crate) fn parsed<T: DeserializeOwned>(json: &str, what: &str) -> Result<T, Failure> {
    let message = |error| format!("this is no {what}: {error}");
    serde_json::from_str(json).map_err(|error| failure(jawab_status::InvalidJson, message(error)))
}

fn set(context: Option<&mut jawab_context>, key: &str, value: Value) -> Result<(), Failure> {
    let context = given(context, "context")?;
    context.0 = std::mem::take(&mut context.0).with(key, value);
    Ok(())
}

/// Zero or one.
pub(crate) fn truth(value: i32, name: &str) -> Result<bool, Failure> {
    match value {
        0 | 1 => Ok(value == 1),
        _ => Err(failure(jawab_status::OutOfRange, format!("`{name}` is 0 or 1, not {value}"))),
    }
}
