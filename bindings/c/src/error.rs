//! Statuses and errors, and the guard around every call.

use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jawab::{Diagnostic, ErrorKind, Severity};

use crate::text::{jawab_text, json_of};

/// How a call went.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum jawab_status {
    /// It worked.
    Ok = 0,
    /// A pointer that must not be NULL is.
    NullPointer = 1,
    /// A length that no text or array can have.
    InvalidLength = 2,
    /// A text is not UTF-8.
    InvalidUtf8 = 3,
    /// A text is not the JSON that is asked for.
    InvalidJson = 4,
    /// A number is none of those that the parameter takes.
    OutOfRange = 5,
    /// The rules have problems; the error lists them as diagnostics.
    Rules = 6,
    /// A file or folder cannot be read; the error lists which as diagnostics.
    Io = 7,
    /// Another thread is using the handle.
    Busy = 8,
    /// A mistake of the library itself; please report the message.
    Internal = 9,
    /// The saved state of a conversation cannot be used.
    State = 10,
}

/// How bad a diagnostic is.
#[repr(i32)]
pub enum jawab_severity {
    /// The rule set works, but probably not as its author wants.
    Warning = 0,
    /// The rule set cannot be used.
    Error = 1,
}

/// Why a call failed.
pub struct jawab_error {
    status: jawab_status,
    message: String,
    diagnostics: Vec<Diagnostic>,
    json: String,
}

/// One problem in a rule file. The texts live as long as the handle it was asked of.
#[repr(C)]
#[derive(Default)]
pub struct jawab_diagnostic {
    /// A `jawab_severity`.
    pub severity: i32,
    /// The named code, `unknown-team`.
    pub code: jawab_text,
    /// What is wrong, in one sentence.
    pub message: jawab_text,
    /// What to write instead; may be absent.
    pub help: jawab_text,
    /// The file as it was named to the loader.
    pub file: jawab_text,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// First byte in the file.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

/// A call that failed, until it is handed out as a `jawab_error`.
pub(crate) struct Failure(Box<jawab_error>);

pub(crate) fn failure(status: jawab_status, message: impl Into<String>) -> Failure {
    let (message, diagnostics, json) = (message.into(), Vec::new(), "[]".to_owned());
    Failure(Box::new(jawab_error { status, message, diagnostics, json }))
}

impl From<jawab::Error> for Failure {
    fn from(error: jawab::Error) -> Self {
        let status = match error.kind() {
            ErrorKind::Io => jawab_status::Io,
            ErrorKind::State => jawab_status::State,
            _ => jawab_status::Rules,
        };
        let (message, diagnostics) = (error.to_string(), error.diagnostics().to_vec());
        Failure(Box::new(jawab_error { status, message, json: json_of(&diagnostics), diagnostics }))
    }
}

/// What a pointer must point at.
pub(crate) fn given<T>(pointer: Option<T>, name: &str) -> Result<T, Failure> {
    pointer.ok_or_else(|| failure(jawab_status::NullPointer, format!("`{name}` is NULL")))
}

/// The entry of a list.
pub(crate) fn at<T>(list: &[T], index: usize) -> Result<&T, Failure> {
    let message = || format!("there is no entry {index}: the list has {}", list.len());
    list.get(index).ok_or_else(|| failure(jawab_status::OutOfRange, message()))
}

/// Runs a call; neither its failure nor its panic passes unseen.
pub(crate) fn guarded(
    error: Option<&mut MaybeUninit<*mut jawab_error>>, call: impl FnOnce() -> Result<(), Failure>,
) -> jawab_status {
    let panicked = |_| Err(failure(jawab_status::Internal, "the library panicked"));
    let failed = catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(panicked).err();
    let status = failed.as_ref().map_or(jawab_status::Ok, |failed| failed.0.status);
    if let Some(error) = error {
        error.write(failed.map_or(std::ptr::null_mut(), |failed| Box::into_raw(failed.0)));
    }
    status
}

/// Frees a handle; NULL is none.
pub(crate) fn freed<T>(handle: Option<Box<T>>) {
    let free = || {
        drop(handle);
        Ok(())
    };
    guarded(None, free);
}

/// Runs a call and writes its result, or the value of nothing where it fails.
pub(crate) fn give<T: Default>(
    out: Option<&mut MaybeUninit<T>>, error: Option<&mut MaybeUninit<*mut jawab_error>>,
    call: impl FnOnce() -> Result<T, Failure>,
) -> jawab_status {
    guarded(error, || {
        let out = given(out, "the out-parameter")?;
        out.write(T::default());
        out.write(call()?);
        Ok(())
    })
}

impl From<&Diagnostic> for jawab_diagnostic {
    fn from(found: &Diagnostic) -> Self {
        const { assert!(Severity::Error as i32 == jawab_severity::Error as i32) };
        jawab_diagnostic {
            severity: found.severity as i32,
            code: found.code.as_str().into(),
            message: found.message.as_str().into(),
            help: found.help.as_deref().into(),
            file: (&*found.place.file).into(),
            line: found.place.line,
            column: found.place.column,
            start: found.place.start,
            end: found.place.end,
        }
    }
}

/// Frees an error. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_error_free(error: Option<Box<jawab_error>>) {
    freed(error);
}

/// The status that the failed call gave; JAWAB_STATUS_OK of NULL. Cannot fail. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_error_status(error: Option<&jawab_error>) -> jawab_status {
    error.map_or(jawab_status::Ok, |error| error.status)
}

/// What went wrong, for people: lower case, one line a problem. Absent of NULL. Cannot fail. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_error_message(error: Option<&jawab_error>) -> jawab_text {
    error.map(|error| error.message.as_str()).into()
}

/// How many problems of rule files the error lists; 0 of NULL. Cannot fail. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_error_diagnostics_len(error: Option<&jawab_error>) -> usize {
    error.map_or(0, |error| error.diagnostics.len())
}

/// A problem of a rule file, by index from 0, sorted by place. Its texts live as long as `error`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_error_diagnostic(
    error: Option<&jawab_error>, index: usize, diagnostic: Option<&mut MaybeUninit<jawab_diagnostic>>,
) -> jawab_status {
    give(diagnostic, None, || Ok(at(&given(error, "error")?.diagnostics, index)?.into()))
}

/// All problems with their further places, as a JSON list; `[]` where the error lists none. Absent of NULL. Cannot
/// fail. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_error_diagnostics_to_json(error: Option<&jawab_error>) -> jawab_text {
    error.map(|error| error.json.as_str()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_status_and_a_message() {
        let mut error = MaybeUninit::uninit();
        let status = guarded(Some(&mut error), || panic!("never seen"));
        assert_eq!(status, jawab_status::Internal);
        // SAFETY: `guarded` has written it, and no one else frees it.
        let error = unsafe { Box::from_raw(error.assume_init()) };
        assert_eq!((error.status, error.message.as_str()), (jawab_status::Internal, "the library panicked"));
    }

    #[test]
    fn a_failed_call_leaves_nothing_behind_its_out_parameters() {
        let mut number = MaybeUninit::new(7_usize);
        let status = give(Some(&mut number), None, || Err(failure(jawab_status::Busy, "busy")));
        assert_eq!(status, jawab_status::Busy);
        // SAFETY: it was written from the start.
        assert_eq!(unsafe { number.assume_init() }, 0);
    }
}
