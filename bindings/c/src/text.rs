//! Texts across the border.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use serde::Serialize;

use crate::context::truth;
use crate::error::{Failure, failure, freed, give, given, jawab_error, jawab_status};

/// A text: UTF-8, not ended by a zero byte. `data` is NULL where it is absent.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct jawab_text {
    /// First byte.
    pub data: *const c_char,
    /// Number of bytes.
    pub len: usize,
}

/// A text of its own.
pub struct jawab_string(String);

/// How a result is written.
#[repr(i32)]
pub enum jawab_format {
    /// In lines for people.
    Text = 0,
    /// As one line of JSON.
    Json = 1,
}

impl jawab_text {
    /// A text that comes in with others.
    ///
    /// # Safety
    /// As [`array`].
    pub(crate) unsafe fn read<'a>(self, name: &str) -> Result<&'a str, Failure> {
        // SAFETY: by the contract of this function.
        unsafe { read_text(self.data, self.len, name) }
    }
}

impl From<&str> for jawab_text {
    fn from(text: &str) -> Self {
        jawab_text { data: text.as_ptr().cast(), len: text.len() }
    }
}

impl From<Option<&str>> for jawab_text {
    fn from(text: Option<&str>) -> Self {
        text.map(Into::into).unwrap_or_default()
    }
}

/// A handle for C, freed by its `_free` function.
pub(crate) fn handle<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

pub(crate) fn string(text: String) -> *mut jawab_string {
    handle(jawab_string(text))
}

pub(crate) fn json_of(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Which of the two formats.
pub(crate) fn is_json(format: i32) -> Result<bool, Failure> {
    const { assert!(jawab_format::Text as i32 == 0 && jawab_format::Json as i32 == 1) };
    truth(format, "format")
}

/// Bytes, or whatever else stands in a row.
///
/// # Safety
/// Where `data` is not NULL, `len` values that may be read and that nothing changes during the call stand there.
pub(crate) unsafe fn array<'a, T>(data: *const T, len: usize, name: &str) -> Result<&'a [T], Failure> {
    match (data.is_null(), len) {
        (true, 0) => return Ok(&[]),
        (true, _) => return given(None, name),
        _ => {}
    }
    if len > isize::MAX as usize / size_of::<T>() {
        let message = format!("`{name}` cannot have a length of {len}");
        return Err(failure(jawab_status::InvalidLength, message));
    }
    // SAFETY: by the contract of this function; the length is checked.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

/// A text that comes in.
///
/// # Safety
/// As [`array`].
pub(crate) unsafe fn read_text<'a>(data: *const c_char, len: usize, name: &str) -> Result<&'a str, Failure> {
    // SAFETY: by the contract of this function.
    let bytes = unsafe { array(data.cast::<u8>(), len, name)? };
    let message = |error| format!("`{name}` is not UTF-8: {error}");
    std::str::from_utf8(bytes).map_err(|error| failure(jawab_status::InvalidUtf8, message(error)))
}

/// Frees a text. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_string_free(string: Option<Box<jawab_string>>) {
    freed(string);
}

/// The bytes of a text; they live as long as `string`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_string_text(
    string: Option<&jawab_string>, text: Option<&mut MaybeUninit<jawab_text>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(text, error, || Ok(given(string, "string")?.0.as_str().into()))
}
