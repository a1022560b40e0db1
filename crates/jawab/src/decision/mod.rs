//! Candidates -> decision: rank them, judge the best, say its outcome.

mod evidence;
mod outcome;
mod phrases;
mod rank;
mod speak;
mod types;

pub(crate) use evidence::{Findings, Part, Role, Scored, candidates};
pub(crate) use outcome::{Case, rounded};
pub(crate) use phrases::Phrasebook;
pub(crate) use rank::{Policy, Verdict, rank};
pub use types::{
    Answer, Ask, AskOption, Candidate, Decision, Evidence, Handoff, Ignore, SlotValue, Slots, Ticket,
};
