//! Matchers that wait for their next message.

use std::sync::Mutex;

use jawab::{Decision, Engine, Matcher, Message};

/// As many threads find a matcher waiting for them at once.
const SLOTS: usize = 16;

/// A few matchers of one engine. A message takes one that nobody uses; nobody ever waits for one.
pub(crate) struct Pool {
    matchers: [Mutex<Matcher>; SLOTS],
}

impl Pool {
    pub(crate) fn new(engine: &Engine) -> Self {
        Pool { matchers: std::array::from_fn(|_| Mutex::new(engine.matcher())) }
    }

    /// Decides with a matcher that nobody uses, with a new one where all are in use.
    pub(crate) fn decide(&self, engine: &Engine, message: Message) -> Decision {
        let first = own_slot();
        let mut slots = (0..SLOTS).map(|step| &self.matchers[(first + step) % SLOTS]);
        match slots.find_map(|slot| slot.try_lock().ok()) {
            Some(mut matcher) => matcher.decide(message),
            None => engine.decide(message),
        }
    }
}

/// Where this thread begins to look: its own place in memory tells threads apart.
fn own_slot() -> usize {
    thread_local!(static MARK: u64 = const { 0 });
    MARK.with(|mark| std::ptr::from_ref(mark).addr() / 4096) % SLOTS
}
