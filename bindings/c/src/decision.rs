//! What a decision holds.

use std::mem::MaybeUninit;
use std::sync::{Arc, OnceLock};

use jawab::{AskOption, Candidate, Decision, Evidence, Handoff, Priority, SlotValue, Slots, Ticket, Tone};

use crate::error::{Failure, at, failure, freed, give, given, jawab_error, jawab_status};
use crate::text::{handle, jawab_text};

/// What to do with a message.
pub struct jawab_decision {
    decision: Decision,
    json: OnceLock<String>,
}

/// What a decision says to do.
#[repr(i32)]
pub enum jawab_action {
    /// Send the text.
    Answer = 0,
    /// Ask the customer the text.
    Ask = 1,
    /// Pass the conversation to a person.
    Handoff = 2,
    /// Do nothing.
    Ignore = 3,
}

/// Texts of a decision.
#[repr(i32)]
pub enum jawab_field {
    /// What the customer reads; absent where nothing is sent.
    Text = 0,
    /// The rule that answers or hands off; absent where none does.
    Rule = 1,
    /// Why it is handed off or ignored.
    Reason = 2,
    /// Language of the text, BCP 47; absent where the message is ignored.
    Language = 3,
    /// Who takes a handoff; absent where no team is named.
    Team = 4,
    /// What the ticket of a handoff is about, for the agent.
    Subject = 5,
    /// Fingerprint of the rule set that decided.
    Rules = 6,
    /// The detail that a question asks for.
    Slot = 7,
    /// How the customer sounds, in a conversation: `thanks`, `worry`, `urgency` or `anger`.
    Tone = 8,
    /// The category of the ticket.
    Category = 9,
    /// What happened in the conversation so far, for the agent.
    Summary = 10,
    /// When the first response of a person is due, RFC 3339; where the host gives the fact `time`.
    RespondBy = 11,
    /// When the first update is due, RFC 3339.
    UpdateBy = 12,
    /// When the solution is due, RFC 3339.
    ResolveBy = 13,
}

/// Numbers of a decision.
#[repr(i32)]
pub enum jawab_number {
    /// The estimated chance that the rule is right, 0 to 1.
    Confidence = 0,
    /// Level of support of a handoff, from 1.
    Level = 1,
    /// How urgent a handoff is, a `jawab_priority`.
    Priority = 2,
    /// Seconds to the first response of a person.
    RespondWithin = 3,
    /// Seconds between updates to the customer.
    UpdateEvery = 4,
    /// Seconds to the solution.
    ResolveWithin = 5,
}

/// Lists of a decision; one that it does not have is empty.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum jawab_list {
    /// Rules that were considered, best first, at most five.
    Candidates = 0,
    /// Rules that the customer may have meant.
    Options = 1,
    /// Values that the rule's pattern found in the message.
    Slots = 2,
    /// Details for the ticket that the message holds.
    Fields = 3,
    /// Names of details for the ticket that the message does not hold.
    Missing = 4,
    /// Tags of the ticket, the rule's id first.
    Tags = 5,
}

/// How urgent a handoff is.
#[repr(i32)]
pub enum jawab_priority {
    /// Can wait.
    Low = 0,
    /// As usual.
    Normal = 1,
    /// Before others.
    High = 2,
    /// At once.
    Urgent = 3,
}

/// What speaks for a rule.
#[repr(i32)]
pub enum jawab_evidence {
    /// Likeness to its questions.
    Question = 0,
    /// A pattern matches.
    Pattern = 1,
    /// One of its questions, word for word.
    Identical = 2,
    /// The customer chose it, or it follows from the topic of the conversation.
    Conversation = 3,
}

/// A rule that was considered.
#[repr(C)]
#[derive(Default)]
pub struct jawab_candidate {
    /// Its id.
    pub rule: jawab_text,
    /// The estimated chance that it is right, 0 to 1.
    pub confidence: f64,
    /// A `jawab_evidence`.
    pub evidence: i32,
}

/// A value found in the message.
#[repr(C)]
#[derive(Default)]
pub struct jawab_slot {
    /// The name of the slot.
    pub name: jawab_text,
    /// The words of the message.
    pub text: jawab_text,
    /// The value in its standard form, where it is a text; absent where it is a number.
    pub value: jawab_text,
    /// The value where it is a number, else 0.
    pub number: f64,
    /// First byte in the message.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

/// A rule that the customer may have meant.
#[repr(C)]
#[derive(Default)]
pub struct jawab_option {
    /// Its id.
    pub rule: jawab_text,
    /// Its name for the customer.
    pub title: jawab_text,
}

const SLOTS: i32 = jawab_list::Slots as i32;
const FIELDS: i32 = jawab_list::Fields as i32;
const MISSING: i32 = jawab_list::Missing as i32;
const TAGS: i32 = jawab_list::Tags as i32;

pub(crate) fn decided(decision: Decision) -> *mut jawab_decision {
    handle(jawab_decision { decision, json: OnceLock::new() })
}

/// What to do, a `jawab_action`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_action(
    decision: Option<&jawab_decision>, action: Option<&mut MaybeUninit<i32>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(action, error, || {
        Ok(match of(decision)? {
            Decision::Answer(_) => jawab_action::Answer,
            Decision::Ask(_) => jawab_action::Ask,
            Decision::Handoff(_) => jawab_action::Handoff,
            Decision::Ignore(_) => jawab_action::Ignore,
        } as i32)
    })
}

/// A text of the decision, a `jawab_field`; absent where the decision has none. Lives as long as `decision`. Threads:
/// any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_field(
    decision: Option<&jawab_decision>, field: i32, text: Option<&mut MaybeUninit<jawab_text>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(text, error, || {
        let decision = of(decision)?;
        let (handoff, ticket) = (decision.handoff(), ticket(decision));
        let fields = [
            decision.text(),
            decision.rule(),
            decision.reason(),
            decision.language(),
            handoff.and_then(|handoff| handoff.team.as_deref()),
            ticket.map(|ticket| ticket.subject.as_str()),
            Some(decision.rules()),
            if let Decision::Ask(ask) = decision { ask.slot.as_deref() } else { None },
            decision.tone().map(Tone::as_str),
            ticket.and_then(|ticket| ticket.category.as_deref()),
            ticket.and_then(|ticket| ticket.summary.as_deref()),
            handoff.and_then(|handoff| handoff.respond_by.as_deref()),
            handoff.and_then(|handoff| handoff.update_by.as_deref()),
            handoff.and_then(|handoff| handoff.resolve_by.as_deref()),
        ];
        chosen(&fields, field, "field").map(Into::into)
    })
}

/// A number of the decision, a `jawab_number`; -1 where the decision has none. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_number(
    decision: Option<&jawab_decision>, number: i32, value: Option<&mut MaybeUninit<f64>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(value, error, || {
        let decision = of(decision)?;
        const { assert!(Priority::Urgent as i32 == jawab_priority::Urgent as i32) };
        let handoff = decision.handoff();
        let seconds = |time: fn(&Handoff) -> Option<u64>| handoff.and_then(time).map(|time| time as f64);
        let numbers = [
            decision.confidence(),
            handoff.map(|handoff| f64::from(handoff.level)),
            handoff.map(|handoff| f64::from(handoff.priority as i32)),
            seconds(|handoff| handoff.respond_within),
            seconds(|handoff| handoff.update_every),
            seconds(|handoff| handoff.resolve_within),
        ];
        Ok(chosen(&numbers, number, "number")?.unwrap_or(-1.0))
    })
}

/// How long a list of the decision is, a `jawab_list`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_len(
    decision: Option<&jawab_decision>, list: i32, len: Option<&mut MaybeUninit<usize>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(len, error, || {
        let decision = of(decision)?;
        let count = |slots: Option<&Slots>| slots.map_or(0, |slots| slots.iter().count());
        let lengths = [
            decision.candidates().len(),
            options(decision).len(),
            count(slots(decision, SLOTS)?),
            count(slots(decision, FIELDS)?),
            names(decision, MISSING)?.len(),
            names(decision, TAGS)?.len(),
        ];
        chosen(&lengths, list, "list")
    })
}

/// An entry of JAWAB_LIST_CANDIDATES, by index from 0. Its text lives as long as `decision`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_candidate(
    decision: Option<&jawab_decision>, index: usize, candidate: Option<&mut MaybeUninit<jawab_candidate>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(candidate, error, || Ok(at(of(decision)?.candidates(), index)?.into()))
}

/// An entry of JAWAB_LIST_OPTIONS, by index from 0. Its texts live as long as `decision`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_option(
    decision: Option<&jawab_decision>, index: usize, option: Option<&mut MaybeUninit<jawab_option>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(option, error, || {
        let option = at(options(of(decision)?), index)?;
        Ok(jawab_option { rule: (&*option.rule).into(), title: option.title.as_str().into() })
    })
}

/// An entry of JAWAB_LIST_SLOTS or JAWAB_LIST_FIELDS, by index from 0. Its texts live as long as `decision`. Threads:
/// any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_slot(
    decision: Option<&jawab_decision>, list: i32, index: usize, slot: Option<&mut MaybeUninit<jawab_slot>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(slot, error, || {
        let slots: Vec<_> = slots(of(decision)?, list)?.into_iter().flat_map(Slots::iter).collect();
        Ok(at(&slots, index)?.into())
    })
}

/// An entry of JAWAB_LIST_MISSING or JAWAB_LIST_TAGS, by index from 0. Lives as long as `decision`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_name(
    decision: Option<&jawab_decision>, list: i32, index: usize, name: Option<&mut MaybeUninit<jawab_text>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(name, error, || Ok((&**at(names(of(decision)?, list)?, index)?).into()))
}

/// The decision as one line of JSON: equal decisions are equal bytes. Lives as long as `decision`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_to_json(
    decision: Option<&jawab_decision>, json: Option<&mut MaybeUninit<jawab_text>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(json, error, || {
        let decision = given(decision, "decision")?;
        Ok(decision.json.get_or_init(|| decision.decision.to_json()).as_str().into())
    })
}

/// Frees a decision. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_decision_free(decision: Option<Box<jawab_decision>>) {
    freed(decision);
}

fn of(decision: Option<&jawab_decision>) -> Result<&Decision, Failure> {
    Ok(&given(decision, "decision")?.decision)
}

/// The entry of a table whose order is that of an enumeration of the header.
fn chosen<T: Copy>(table: &[T], key: i32, name: &str) -> Result<T, Failure> {
    let entry = usize::try_from(key).ok().and_then(|key| table.get(key)).copied();
    entry.ok_or_else(|| failure(jawab_status::OutOfRange, format!("there is no {name} {key}")))
}

fn options(decision: &Decision) -> &[AskOption] {
    if let Decision::Ask(ask) = decision { &ask.options } else { &[] }
}

fn slots(decision: &Decision, list: i32) -> Result<Option<&Slots>, Failure> {
    match list {
        SLOTS => Ok(decision.slots()),
        FIELDS => Ok(ticket(decision).map(|ticket| &ticket.fields)),
        _ => Err(failure(jawab_status::OutOfRange, format!("list {list} is no list of slots"))),
    }
}

fn names(decision: &Decision, list: i32) -> Result<&[Arc<str>], Failure> {
    match list {
        MISSING => Ok(ticket(decision).map_or(&[], |ticket| &ticket.missing)),
        TAGS => Ok(ticket(decision).map_or(&[], |ticket| &ticket.tags)),
        _ => Err(failure(jawab_status::OutOfRange, format!("list {list} is no list of names"))),
    }
}

fn ticket(decision: &Decision) -> Option<&Ticket> {
    decision.handoff().map(|handoff| &handoff.ticket)
}

impl From<&(&str, &SlotValue)> for jawab_slot {
    fn from((name, found): &(&str, &SlotValue)) -> Self {
        jawab_slot {
            name: (*name).into(),
            text: found.text.as_str().into(),
            value: found.value.as_str().into(),
            number: found.value.as_f64().unwrap_or(0.0),
            start: found.span.0,
            end: found.span.1,
        }
    }
}

impl From<&Candidate> for jawab_candidate {
    fn from(candidate: &Candidate) -> Self {
        const { assert!(Evidence::Conversation as i32 == jawab_evidence::Conversation as i32) };
        let (rule, confidence) = ((&*candidate.rule).into(), candidate.confidence);
        jawab_candidate { rule, confidence, evidence: candidate.evidence as i32 }
    }
}
