//! Patterns: sentence templates and regular expressions, compiled into one program that finds all of them in one walk.

mod compile;
mod error;
mod expand;
mod find;
mod literals;
mod program;
mod regexes;
mod syntax;
#[cfg(test)]
mod tests;

pub(crate) use compile::ProgramBuilder;
pub(crate) use error::{Problem, TemplateError};
pub(crate) use expand::{Expansion, Macros, check};
pub(crate) use find::{Capture, PatternMatch, Scratch};
pub(crate) use program::Program;
pub(crate) use syntax::{SlotName, Template, parse};
