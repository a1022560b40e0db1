//! Work that is done at the same time where the host has threads to give.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// What both give. The second runs on this thread; the first on another where the host gives one, else before it.
///
/// # Panics
///
/// When one of the two panics.
pub(crate) fn join<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    let first = Mutex::new(Some(first));
    let run = || {
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        first.map(|first| first())
    };
    thread::scope(|scope| {
        let running = thread::Builder::new().spawn_scoped(scope, run).ok();
        let here = if running.is_none() { run() } else { None };
        let second = second();
        let first = match running.map(thread::ScopedJoinHandle::join) {
            Some(Ok(first)) => first,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => here,
        };
        (first.unwrap_or_else(|| unreachable!("taken by nobody else")), second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_results_come_in_order() {
        let words = ["one", "two"];
        assert_eq!(join(|| words[0].len(), || words.concat()), (3, "onetwo".to_owned()));
    }

    #[test]
    #[should_panic(expected = "no way")]
    fn a_panic_of_the_other_thread_is_one_here() {
        join(|| panic!("no way"), || ());
    }
}
