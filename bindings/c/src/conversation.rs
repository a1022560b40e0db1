//! Conversations: message after message, with a state that belongs to the host.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::Mutex;

use jawab::{Context, Conversation};

use crate::context::jawab_context;
use crate::decision::{decided, jawab_decision};
use crate::engine::{jawab_engine, jawab_message, message, only_user, read_messages};
use crate::error::{freed, give, given, jawab_error, jawab_status};
use crate::text::{array, handle, jawab_string, read_text, string};

/// A conversation with one customer. It remembers what was said and asked, what is missing, and how often.
pub struct jawab_conversation(Mutex<Conversation>);

/// A new conversation. The facts hold for all its messages and may be NULL; up to 1 KiB of them is saved with the state,
/// as they are. Keeps what it needs of the engine. Owned: free it with `jawab_conversation_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_conversation_new(
    engine: Option<&jawab_engine>, context: Option<&jawab_context>,
    conversation: Option<&mut MaybeUninit<*mut jawab_conversation>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(conversation, error, || {
        let facts = context.map_or_else(Context::new, |context| context.0.clone());
        let conversation = given(engine, "engine")?.0.conversation(facts);
        Ok(handle(jawab_conversation(Mutex::new(conversation))))
    })
}

/// A conversation that `jawab_conversation_to_json` saved, with these rules or earlier ones: rules are known by their
/// ids, and what depends on those that are gone is forgotten. A text that is no state, is damaged or is of another
/// version is JAWAB_STATUS_STATE. Owned: free it with `jawab_conversation_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_resume(
    engine: Option<&jawab_engine>, state: *const c_char, state_len: usize,
    conversation: Option<&mut MaybeUninit<*mut jawab_conversation>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(conversation, error, || {
        // SAFETY: a text of the caller.
        let state = unsafe { read_text(state, state_len, "state")? };
        let conversation = given(engine, "engine")?.0.resume(state)?;
        Ok(handle(jawab_conversation(Mutex::new(conversation))))
    })
}

/// Decides the next message. `context` has facts of this message, beside those of the conversation, and may be NULL; the
/// fact `id` tells a message that comes again. Takes time linear in the message. Owned: free the decision with
/// `jawab_decision_free`. Threads: one, another is refused with JAWAB_STATUS_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_conversation_decide(
    conversation: Option<&jawab_conversation>, text: *const c_char, text_len: usize,
    context: Option<&jawab_context>, decision: Option<&mut MaybeUninit<*mut jawab_decision>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(decision, error, || {
        // SAFETY: a text of the caller.
        let text = unsafe { read_text(text, text_len, "text")? };
        let decide = |conversation: &mut Conversation| conversation.decide(message(text, context));
        Ok(decided(only_user(conversation.map(|held| &held.0), "conversation", decide)?))
    })
}

/// Decides several messages that the customer has typed in a burst: judged together, as if they were one, and apart.
/// Otherwise as `jawab_conversation_decide`; spans are those of the texts joined by line breaks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_conversation_decide_burst(
    conversation: Option<&jawab_conversation>, messages: *const jawab_message, messages_len: usize,
    decision: Option<&mut MaybeUninit<*mut jawab_decision>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(decision, error, || {
        // SAFETY: an array of the caller, of texts and contexts of the caller.
        let messages = unsafe { read_messages(array(messages, messages_len, "messages")?)? };
        let decide = |conversation: &mut Conversation| conversation.decide_burst(&messages);
        Ok(decided(only_user(conversation.map(|held| &held.0), "conversation", decide)?))
    })
}

/// The state as JSON of at most 4,000 bytes, secrets in messages masked; `jawab_engine_resume` goes on with it. Owned: free it with
/// `jawab_string_free`. Threads: one, another is refused with JAWAB_STATUS_BUSY.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_conversation_to_json(
    conversation: Option<&jawab_conversation>, json: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(json, error, || {
        let lock = conversation.map(|held| &held.0);
        only_user(lock, "conversation", |conversation| string(conversation.to_json()))
    })
}

/// Frees a conversation, also while decisions of it live. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_conversation_free(conversation: Option<Box<jawab_conversation>>) {
    freed(conversation);
}
