//! jawab: an embeddable rule engine for support chats.

mod context;

pub use context::Context;
