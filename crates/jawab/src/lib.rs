//! jawab ("answer" in Indonesian): an embeddable rule engine for support chats.
//!
//! A rule set is YAML that FAQ editors write; a message comes in, one explained decision comes out: answer, ask,
//! hand off to a person, or ignore. Nothing is downloaded, nothing is trained beforehand.
//!
//! ```
//! use jawab::{Engine, RuleSet};
//!
//! let rules = RuleSet::from_yaml("desk.yaml", r#"
//! jawab: 1
//! language: id
//! teams: {finance: {respond_within: 1m}}
//! intents:
//!   deposit-missing:
//!     any: ["deposit ... (belum|tidak) masuk"]
//!     handoff: {team: finance, priority: high, say: Mohon maaf atas kendalanya.}
//! "#)?;
//! let engine = Engine::new(&rules)?;
//! let decision = engine.decide("deposit dr tadi blm masuk nih");
//! assert_eq!(decision.rule(), Some("deposit-missing"));
//! assert_eq!(decision.text(), Some("Mohon maaf atas kendalanya."));
//! # Ok::<(), jawab::Error>(())
//! ```
//!
//! The rule language is described in `rules/README.md`, the rooms of this crate in `ARCHITECTURE.md`.

mod check;
mod classifier;
mod codec;
mod context;
mod conversation;
mod decision;
mod diagnostic;
mod engine;
mod error;
pub mod eval;
mod message;
mod moment;
mod parallel;
mod pattern;
pub mod privacy;
#[cfg(test)]
#[path = "../tests/common/random.rs"]
mod random;
mod rules;
mod signals;
mod text;

pub use check::check;
pub use context::Context;
pub use conversation::Conversation;
pub use decision::{
    Answer, Ask, AskOption, Candidate, Decision, Evidence, Handoff, Ignore, Raise, SlotValue, Slots, Ticket,
    TicketMessage,
};
pub use diagnostic::{Code, Diagnostic, Label, Place, Severity};
pub use engine::{
    Engine, EngineSettings, Explanation, FoundPattern, Likeness, Matcher, RankedRule, ReadWord, WhyNot,
};
pub use error::{Error, ErrorKind};
pub use message::{MESSAGE_BYTES, Message};
pub use rules::{
    EditRefusal, Expectation, Floor, Language, Limits, Priority, RuleSet, RuleSettings, RuleSummary,
    Scenario, ScenarioFile, Scenarios, ScriptedConversation, SettingsEdit, Source, Tone, Turn, edit_settings,
    schema,
};
