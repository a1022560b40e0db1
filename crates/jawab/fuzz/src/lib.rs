//! What each fuzz target does with any bytes: nothing may panic, and nothing may run without end.
//!
//! `cargo fuzz run pattern` runs one under libFuzzer, with `corpus/pattern` as the first inputs. The tests of `jawab`
//! run all of them on the corpora and on a bounded number of mutations, without libFuzzer.

mod targets;

pub use targets::*;
