//! Candidates -> decision: rank them, judge the best, say its outcome.

mod access;
mod evidence;
mod names;
mod outcome;
mod phrases;
mod rank;
mod service;
mod speak;
mod types;

pub(crate) use evidence::{
    Findings, Part, Role, Roles, Scored, add_guesses, all_match, keep_allowed, matched,
};
pub(crate) use names::Names;
pub(crate) use outcome::{Case, Languages, rounded, title};
pub(crate) use phrases::{Phrasebook, Phrases, SummaryPhrases};
pub(crate) use rank::{Policy, Verdict, rank};
pub(crate) use speak::{Facts, in_turn, mark, say};
pub use types::{
    Answer, Ask, AskOption, Candidate, Decision, Evidence, Handoff, Ignore, Raise, SlotValue, Slots, Ticket,
    TicketMessage,
};
