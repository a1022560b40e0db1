//! One suite for the engine in every language.
//!
//! `cases/` says, sentence by sentence of `rules/README.md`, what must come out; this crate reads it, runs it in Rust and
//! writes it as a flat file that other bindings run. See the README of this crate.

mod case;
mod contract;
mod expected;
mod export;
mod reader;
mod script;
mod sentences;
mod step;

use std::path::PathBuf;

pub use case::Case;
pub use expected::Expected;
pub use export::export;
pub use reader::{Suite, SuiteError};
pub use sentences::{Sentence, sentences};
pub use step::{Action, Facts, Sent, Step};

/// The root of the repository: paths in cases start here.
pub fn repository() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).map_or(own.clone(), PathBuf::from)
}

/// Where the suite is.
fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}
