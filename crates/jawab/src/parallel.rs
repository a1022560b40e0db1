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

/// Most parts that a list is divided into.
const PARTS: usize = 4;

/// What comes of the parts of a list, in its order: at most [`PARTS`] of about the same weight, done at the same time
/// where each weighs enough.
///
/// # Panics
///
/// When one of the parts panics.
pub(crate) fn in_parts<'i, T: Sync, R: Send>(
    items: &'i [T],
    enough: usize,
    weight: &(impl Fn(&T) -> usize + Sync),
    work: &(impl Fn(&'i [T]) -> R + Sync),
) -> Vec<R> {
    divide(items, PARTS, enough, weight, work)
}

/// What comes of so many parts of a list, or of fewer where it has fewer items, in its order, done at the same time.
///
/// # Panics
///
/// When one of the parts panics.
pub(crate) fn in_so_many_parts<'i, T: Sync, R: Send>(
    items: &'i [T],
    parts: usize,
    work: &(impl Fn(&'i [T]) -> R + Sync),
) -> Vec<R> {
    divide(items, parts, 1, &|_| 1, work)
}

fn divide<'i, T: Sync, R: Send>(
    items: &'i [T],
    parts: usize,
    enough: usize,
    weight: &(impl Fn(&T) -> usize + Sync),
    work: &(impl Fn(&'i [T]) -> R + Sync),
) -> Vec<R> {
    let total: usize = items.iter().map(weight).sum();
    if parts < 2 || items.len() < 2 || total / 2 < enough {
        return vec![work(items)];
    }
    let (first, second) = (parts / 2, parts - parts / 2);
    let (one, other) = items.split_at(cut(items, total * first / parts, weight));
    let part = |items, parts| divide(items, parts, enough, weight, work);
    let (mut done, others) = join(|| part(one, first), || part(other, second));
    done.extend(others);
    done
}

/// Where a list of two or more is divided so that the first part weighs about so much; neither is empty.
fn cut<T>(items: &[T], weighs: usize, weight: impl Fn(&T) -> usize) -> usize {
    let mut before = 0;
    let in_first = items.iter().take_while(|item| {
        let half = weight(item).div_ceil(2);
        let fits = before + half <= weighs;
        before += weight(item);
        fits
    });
    in_first.count().clamp(1, items.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_done_in_parts_of_about_the_same_weight_in_its_order() {
        let parts =
            |weights: &[usize], enough| in_parts(weights, enough, &|&weight| weight, &<[usize]>::to_vec);
        assert_eq!(parts(&[1; 8], 1), vec![vec![1, 1]; 4]);
        assert_eq!(parts(&[1; 8], 3), vec![vec![1; 4]; 2], "a part must be worth a thread");
        assert_eq!(parts(&[1; 8], 5), vec![vec![1; 8]]);
        assert_eq!(parts(&[9, 1, 1, 1], 1), [vec![9], vec![1], vec![1, 1]], "one file may be most of it");
        assert_eq!(parts(&[1, 1, 1, 9], 1), [vec![1], vec![1, 1], vec![9]]);
        assert_eq!(parts(&[7], 1), [vec![7]]);
        assert_eq!(parts(&[], 1), [Vec::<usize>::new()]);
    }

    #[test]
    fn a_list_is_done_in_so_many_parts_as_are_asked_for() {
        let parts = |items: &[u8], parts| in_so_many_parts(items, parts, &<[u8]>::to_vec);
        assert_eq!(parts(&[1, 2, 3, 4, 5], 2), [vec![1, 2], vec![3, 4, 5]]);
        assert_eq!(parts(&[1, 2, 3, 4, 5, 6], 3), [[1, 2], [3, 4], [5, 6]]);
        assert_eq!(parts(&[1, 2, 3], 9), [[1], [2], [3]]);
        assert_eq!(parts(&[1, 2, 3], 0), [[1, 2, 3]]);
    }

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
