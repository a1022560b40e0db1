//! jawab: an embeddable rule engine for support chats.

#[allow(dead_code, unused_imports, reason = "the engine that uses it is built next")]
mod classifier;
mod context;
mod diagnostic;
mod error;
#[allow(dead_code, unused_imports, reason = "the rooms that read rule sets are joined one by one")]
mod rules;
#[allow(dead_code, unused_imports, reason = "the rooms to its right use it as they are built")]
mod text;

pub use context::Context;
pub use diagnostic::{Code, Diagnostic, Label, Place, Severity};
pub use error::{Error, ErrorKind};
pub use rules::{
    Floor, Language, Limits, Priority, RuleSet, Scenario, ScenarioFile, Scenarios, Source, schema,
};
