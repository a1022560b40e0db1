//! Buffers that matchers have left: a message of a new matcher need not let them grow again.

use std::sync::Mutex;

use super::matcher::Buffers;

/// Most buffers that are kept: so many threads deciding at the same time find some.
const KEPT: usize = 16;

/// Buffers that wait for the next matcher. What was in them does not matter: each message clears what it uses.
#[derive(Debug, Default)]
pub(super) struct Spare(Mutex<Vec<Buffers>>);

impl Spare {
    /// Buffers that have grown, where there are some and nobody else is just taking them.
    pub(super) fn take(&self) -> Buffers {
        let kept = self.0.try_lock();
        kept.ok().and_then(|mut kept| kept.pop()).unwrap_or_default()
    }

    /// Keeps buffers for the next matcher, but not what an unusual message needed; never waits.
    pub(super) fn give(&self, mut buffers: Buffers) {
        buffers.patterns.let_go();
        if let Ok(mut kept) = self.0.try_lock()
            && kept.len() < KEPT
        {
            kept.push(buffers);
        }
    }
}
