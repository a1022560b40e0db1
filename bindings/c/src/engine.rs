//! Engines: rules made ready to decide, and matchers: engines with buffers of their own.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::sync::{Mutex, TryLockError};

use jawab::eval::Labelled;
use jawab::{Context, Engine, Limits, Matcher, Message, Scenarios, eval};

use crate::context::{jawab_context, truth};
use crate::decision::{decided, jawab_decision};
use crate::error::{Failure, failure, freed, give, given, guarded, jawab_error, jawab_status};
use crate::rules::{jawab_rule_set, jawab_source, read_sources};
use crate::text::{array, handle, is_json, jawab_string, jawab_text, json_of, read_text, string};

/// A rule set made ready to decide. Immutable.
pub struct jawab_engine(pub(crate) Engine);

/// An engine with buffers of its own, for one thread that decides many messages.
pub struct jawab_matcher(Mutex<Matcher>);

/// What can be changed of an engine without compiling its rules again.
#[repr(C)]
#[derive(Default)]
pub struct jawab_settings {
    /// Least confidence to answer, 0 to 1.
    pub threshold: f64,
    /// Least lead over the runner-up, 0 to 1.
    pub margin: f64,
    /// Whether to ask which rule was meant where two are too close (1) or to hand off (0).
    pub clarify: i32,
}

/// A message in an array.
#[repr(C)]
pub struct jawab_message {
    /// As the customer wrote it.
    pub text: jawab_text,
    /// Facts about it; NULL where there are none.
    pub context: *const jawab_context,
}

/// A message with the rule that is right for it.
#[repr(C)]
pub struct jawab_labelled {
    /// As the customer wrote it.
    pub text: jawab_text,
    /// The rule that should decide it; absent or empty where none may.
    pub intent: jawab_text,
    /// Facts about it; NULL where there are none.
    pub context: *const jawab_context,
}

/// # Safety
/// The texts and contexts must be readable, as for [`read_text`].
pub(crate) unsafe fn read_messages(messages: &[jawab_message]) -> Result<Vec<Message<'_>>, Failure> {
    let read = |sent: &jawab_message| {
        // SAFETY: by the contract of this function.
        let (text, context) = unsafe { (sent.text.read("text")?, sent.context.as_ref()) };
        Ok(message(text, context))
    };
    messages.iter().map(read).collect()
}

/// A message of text and facts that come in.
pub(crate) fn message<'m>(text: &'m str, context: Option<&'m jawab_context>) -> Message<'m> {
    let message = Message::new(text);
    context.map_or(message, |context| message.with_context(&context.0))
}

/// Compiles the patterns of a rule set and learns from its questions. The engine keeps what it needs of the rules.
/// Owned: free it with `jawab_engine_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_engine_new(
    rules: Option<&jawab_rule_set>, engine: Option<&mut MaybeUninit<*mut jawab_engine>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(engine, error, || Ok(handle(jawab_engine(Engine::new(&given(rules, "rules")?.0)?))))
}

/// Loads a rule file or a folder of them, or opens compiled rules, and makes it ready. Owned: free it with `jawab_engine_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_from_path(
    path: *const c_char, path_len: usize, engine: Option<&mut MaybeUninit<*mut jawab_engine>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(engine, error, || {
        // SAFETY: a text of the caller.
        let path = unsafe { read_text(path, path_len, "path")? };
        Ok(handle(jawab_engine(Engine::from_path(path)?)))
    })
}

/// Frees an engine, also while matchers and decisions of it live. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_engine_free(engine: Option<Box<jawab_engine>>) {
    freed(engine);
}

/// The rules of an engine. Owned: free them with `jawab_rule_set_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_engine_rules(
    engine: Option<&jawab_engine>, rules: Option<&mut MaybeUninit<*mut jawab_rule_set>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(rules, error, || Ok(handle(jawab_rule_set(given(engine, "engine")?.0.rules().clone()))))
}

/// The settings in force. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_engine_settings(
    engine: Option<&jawab_engine>, settings: Option<&mut MaybeUninit<jawab_settings>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(settings, error, || {
        let settings = given(engine, "engine")?.0.settings();
        let (threshold, margin, clarify) = (settings.threshold, settings.margin, settings.clarify.into());
        Ok(jawab_settings { threshold, margin, clarify })
    })
}

/// The same engine with other settings; nothing is compiled again, and both share their memory. A share outside 0 to 1
/// is JAWAB_STATUS_OUT_OF_RANGE. Owned: free it with `jawab_engine_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_engine_with_settings(
    engine: Option<&jawab_engine>, settings: Option<&jawab_settings>,
    changed: Option<&mut MaybeUninit<*mut jawab_engine>>, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(changed, error, || {
        let (engine, settings) = (&given(engine, "engine")?.0, given(settings, "settings")?);
        let changed = engine
            .settings()
            .with_threshold(share(settings.threshold, "threshold")?)
            .with_margin(share(settings.margin, "margin")?)
            .with_clarify(truth(settings.clarify, "clarify")?);
        Ok(handle(jawab_engine(engine.with_settings(changed))))
    })
}

fn share(value: f64, name: &str) -> Result<f64, Failure> {
    let outside = || failure(jawab_status::OutOfRange, format!("`{name}` is from 0 to 1, not {value}"));
    (0.0..=1.0).contains(&value).then_some(value).ok_or_else(outside)
}

/// Decides one message; `context` may be NULL. Takes time linear in the message. Owned: free the decision with
/// `jawab_decision_free`. Threads: any; one that decides many messages is faster with a matcher of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_decide(
    engine: Option<&jawab_engine>, text: *const c_char, text_len: usize, context: Option<&jawab_context>,
    decision: Option<&mut MaybeUninit<*mut jawab_decision>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(decision, error, || {
        // SAFETY: a text of the caller.
        let text = unsafe { read_text(text, text_len, "text")? };
        Ok(decided(given(engine, "engine")?.0.decide(message(text, context))))
    })
}

/// What is behind a lock that no one waits for.
pub(crate) fn only_user<T, R>(
    lock: Option<&Mutex<T>>, name: &str, use_it: impl FnOnce(&mut T) -> R,
) -> Result<R, Failure> {
    match given(lock, name)?.try_lock() {
        Ok(mut held) => Ok(use_it(&mut held)),
        Err(TryLockError::WouldBlock) => {
            Err(failure(jawab_status::Busy, format!("another thread is using `{name}`")))
        }
        Err(TryLockError::Poisoned(_)) => {
            Err(failure(jawab_status::Internal, format!("`{name}` cannot be used after a panic")))
        }
    }
}

/// A matcher of an engine; it keeps what it needs of it. Owned: free it with `jawab_matcher_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_matcher_new(
    engine: Option<&jawab_engine>, matcher: Option<&mut MaybeUninit<*mut jawab_matcher>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(matcher, error, || Ok(handle(jawab_matcher(Mutex::new(given(engine, "engine")?.0.matcher())))))
}

/// As `jawab_engine_decide`, without making buffers anew. Threads: one, another is refused with JAWAB_STATUS_BUSY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_matcher_decide(
    matcher: Option<&jawab_matcher>, text: *const c_char, text_len: usize, context: Option<&jawab_context>,
    decision: Option<&mut MaybeUninit<*mut jawab_decision>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(decision, error, || {
        // SAFETY: a text of the caller.
        let text = unsafe { read_text(text, text_len, "text")? };
        let decide = |matcher: &mut Matcher| matcher.decide(message(text, context));
        Ok(decided(only_user(matcher.map(|matcher| &matcher.0), "matcher", decide)?))
    })
}

/// Frees a matcher. Threads: one.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_matcher_free(matcher: Option<Box<jawab_matcher>>) {
    freed(matcher);
}

/// Decides many messages on at most `threads` threads (0 counts as 1, more than 256 as 256), which end before the call
/// does. Writes `messages_len` decisions to the array `decisions`, in the order of the messages, or NULL to all of them
/// where the call fails. Owned: free each with `jawab_decision_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_decide_many(
    engine: Option<&jawab_engine>, messages: *const jawab_message, messages_len: usize, threads: usize,
    decisions: *mut *mut jawab_decision, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    guarded(error, || {
        // SAFETY: the caller's array, for as many decisions as there are messages.
        let write = |at, decision| unsafe { decisions.add(at).write(decision) };
        let places = decisions.cast::<MaybeUninit<*mut jawab_decision>>();
        // SAFETY: an array of the caller, of which nothing is read.
        let room = unsafe { array(places, messages_len, "decisions") };
        (0..room.as_ref().map_or(0, |places| places.len())).for_each(|at| write(at, std::ptr::null_mut()));
        // SAFETY: an array of the caller, of texts of the caller.
        let messages = unsafe { array(messages, messages_len, "messages")? };
        room?;
        // SAFETY: texts and contexts of the caller.
        let messages = unsafe { read_messages(messages)? };
        let all = given(engine, "engine")?.0.decide_many(&messages, threads);
        all.into_iter().enumerate().for_each(|(at, decision)| write(at, decided(decision)));
        Ok(())
    })
}

/// Decides one message and tells each step, in a `jawab_format`; `context` may be NULL. Owned: free it with
/// `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_explain(
    engine: Option<&jawab_engine>, text: *const c_char, text_len: usize, context: Option<&jawab_context>,
    format: i32, explanation: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(explanation, error, || {
        // SAFETY: a text of the caller.
        let text = unsafe { read_text(text, text_len, "text")? };
        let told = given(engine, "engine")?.0.explain(message(text, context));
        Ok(string(if is_json(format)? { json_of(&told) } else { told.to_string() }))
    })
}

/// Why a rule did not decide a message: the first condition that failed, in a `jawab_format`; `context` may be NULL.
/// Writes NULL where the rule did decide, and where there is no such rule. Owned: free it with `jawab_string_free`.
/// Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_why_not(
    engine: Option<&jawab_engine>, text: *const c_char, text_len: usize, context: Option<&jawab_context>,
    rule: *const c_char, rule_len: usize, format: i32, answer: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(answer, error, || {
        let read = read_text;
        // SAFETY: two texts of the caller.
        let (text, rule) = unsafe { (read(text, text_len, "text")?, read(rule, rule_len, "rule")?) };
        let json = is_json(format)?;
        let answer = given(engine, "engine")?.0.why_not(message(text, context), rule);
        let told = answer.map(|answer| if json { json_of(&answer) } else { answer.text });
        Ok(told.map_or(std::ptr::null_mut(), string))
    })
}

/// Runs the tests that stand beside the rules; the report as JSON. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub extern "C" fn jawab_engine_rule_tests(
    engine: Option<&jawab_engine>, report: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(report, error, || Ok(string(json_of(&eval::rule_tests(&given(engine, "engine")?.0)))))
}

/// Decides all messages of scenario files and counts how they end, and runs their conversations, where `failures` lists
/// what was not as expected; the score as JSON. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_score(
    engine: Option<&jawab_engine>, scenarios: *const jawab_source, scenarios_len: usize,
    score: Option<&mut MaybeUninit<*mut jawab_string>>, error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(score, error, || {
        let engine = &given(engine, "engine")?.0;
        // SAFETY: an array of the caller, of texts of the caller.
        let sources = unsafe { read_sources(scenarios, scenarios_len)? };
        let scenarios = Scenarios::from_sources(&sources, engine.rules(), &Limits::default())?;
        Ok(string(json_of(&eval::scenarios(engine, &scenarios))))
    })
}

/// Decides labelled messages and tells all figures: accuracy, wrong answers, calibration and more; the evaluation as
/// JSON. Owned: free it with `jawab_string_free`. Threads: any.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jawab_engine_evaluate(
    engine: Option<&jawab_engine>, labelled: *const jawab_labelled, labelled_len: usize,
    evaluation: Option<&mut MaybeUninit<*mut jawab_string>>,
    error: Option<&mut MaybeUninit<*mut jawab_error>>,
) -> jawab_status {
    give(evaluation, error, || {
        let engine = &given(engine, "engine")?.0;
        // SAFETY: an array of the caller, of texts and contexts of the caller.
        let labelled = unsafe { array(labelled, labelled_len, "labelled")? };
        let read = |jawab_labelled { text, intent, context }: &jawab_labelled| {
            // SAFETY: two texts and a context of the caller.
            let (text, intent, context) =
                unsafe { (text.read("text")?, intent.read("intent")?, context.as_ref()) };
            let labelled = Labelled::new(text, Some(intent).filter(|intent| !intent.is_empty()));
            Ok(labelled.with_context(context.map_or_else(Context::new, |context| context.0.clone())))
        };
        let labelled: Vec<Labelled> = labelled.iter().map(read).collect::<Result<_, Failure>>()?;
        Ok(string(json_of(&eval::evaluate(engine, &labelled))))
    })
}
