//! The syntax of patterns, as far as loading needs it.

#![allow(clippy::needless_for_each, reason = "taken over as it is")]

mod error;
mod expand;
mod syntax;

pub(crate) use error::{Problem, TemplateError};
pub(crate) use expand::{Macros, check};
pub(crate) use syntax::{Piece, SlotName, Template, parse};

/// What the engine finds in messages by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntityKind {
    Number,
    Amount,
    Date,
    Time,
    Phone,
    Email,
    Url,
    Account,
    Reference,
}
