//! Patterns: sentence templates and regular expressions, compiled into one program that finds all of them in one walk.

mod bounds;
mod compile;
mod error;
mod expression;
mod find;
mod graph;
mod literals;
mod lower;
mod nearby;
mod neighbours;
mod program;
mod regexes;
mod search;
mod stored;
mod syntax;
#[cfg(test)]
mod tests;
mod walk;
mod ways;

pub(crate) use bounds::{Macros, check};
pub(crate) use compile::ProgramBuilder;
pub(crate) use error::{Problem, TemplateError};
pub(crate) use expression::Expression;
pub(crate) use find::{Capture, PatternMatch, Scratch};
pub(crate) use literals::required as required_literals;
pub(crate) use lower::{Lowered, Tree};
pub(crate) use program::Program;
pub(crate) use syntax::{SlotName, Template, parse};
