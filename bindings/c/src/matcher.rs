//! An engine with buffers of its own.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::{Mutex, TryLockError};

use jawab::Matcher;

use crate::context::jawab_context;
use crate::decision::{decided, jawab_decision};
use crate::engine::{jawab_engine, message};
use crate::error::{Failure, failure, freed, give, given, jawab_error, jawab_status};
use crate::text::{handle, read_text};

/// An engine with buffers of its own, for one thread that decides many messages.
pub struct jawab_matcher(Mutex<Matcher>);

/// What is behind a lock that no one waits for.
pub(crate) fn only_user<T, R>(
    lock: &Mutex<T>, name: &str, use_it: impl FnOnce(&mut T) -> R,
) -> Result<R, Failure> {
    match lock.try_lock() {
        Ok(mut held) => Ok(use_it(&mut held)),
        Err(TryLockError::WouldBlock) => {
            Err(failure(jawab_status::Busy, format!("another thread is using `{name}`")))
        }
        Err(TryLockError::Poisoned(_)) => {
            Err(failure(jawab_status::Internal, format!("`{name}` cannot be used after a panic")))
        }
    }
}

/// A matcher of an engine; it keeps what it needs of it. Owned: free it with `jawab_matcher_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_matcher_new(
    engine: Option<&jawab_engine>, matcher: Option<&mut MaybeUninit<*mut jawab_matcher>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(matcher, error, || Ok(handle(jawab_matcher(Mutex::new(given(engine, "engine")?.0.matcher())))))
}

/// As `jawab_engine_decide`, without making buffers anew. Threads: one, another is refused with JAWAB_STATUS_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_matcher_decide(
    matcher: Option<&jawab_matcher>, text: *const c_char, text_len: usize, context: Option<&jawab_context>,
    decision: Option<&mut MaybeUninit<*mut jawab_decision>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(decision, error, || {
        // SAFETY: a text of the caller.
        let text = unsafe { read_text(text, text_len, "text")? };
        let matcher = &given(matcher, "matcher")?.0;
        let decision = only_user(matcher, "matcher", |matcher| matcher.decide(message(text, context)))?;
        Ok(handle(decided(decision)))
    })
}

/// Frees a matcher. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_matcher_free(matcher: Option<Box<jawab_matcher>>) {
    freed(matcher);
}
