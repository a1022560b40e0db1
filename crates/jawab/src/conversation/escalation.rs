//! How level and priority of a handoff rise, each rise with its cause.

use std::sync::Arc;

use crate::context::Context;
use crate::decision::{Handoff, Raise};
use crate::rules::{Escalation, Priority};

/// Highest level of support.
const HIGHEST_LEVEL: u8 = 9;

/// What presses for a higher level.
#[derive(Debug, Default)]
pub(super) struct Pressure {
    /// Angry messages so far, this one included.
    pub(super) anger: u32,
    /// Handoffs before this one.
    pub(super) handoffs: u32,
    /// Whether a person should have answered by now.
    pub(super) late: bool,
}

/// Raises a handoff: for whom the settings say so, then for anger, repeated contact and waiting.
pub(super) fn raise(handoff: &mut Handoff, pressure: &Pressure, settings: &[Escalation], context: &Context) {
    for escalation in settings.iter().filter(|known| known.when.iter().all(|when| when.holds(context))) {
        let level = escalation.level.unwrap_or(0);
        rise(handoff, &escalation.cause, level, escalation.priority.unwrap_or(Priority::Low));
    }
    let (level, priority) = (handoff.level, handoff.priority);
    if pressure.anger > 0 {
        rise(handoff, "anger", level + u8::from(pressure.anger > 1), next(priority));
    }
    let level = handoff.level;
    if pressure.handoffs > 0 {
        rise(handoff, "repeated-contact", level + 1, Priority::Low);
    }
    let (level, priority) = (handoff.level, handoff.priority);
    if pressure.late {
        rise(handoff, "waiting", level + 1, next(priority));
    }
}

/// Raises a handoff to the level and priority of another open one that goes along with it.
pub(super) fn rise_to(handoff: &mut Handoff, other: &crate::rules::Handoff) {
    rise(handoff, "also-open", other.level.unwrap_or(0), other.priority);
}

/// Level and priority are at least these; the cause is told where one of them rose.
fn rise(handoff: &mut Handoff, cause: &str, level: u8, priority: Priority) {
    let level = Some(level.min(HIGHEST_LEVEL)).filter(|level| *level > handoff.level);
    let priority = Some(priority).filter(|priority| *priority > handoff.priority);
    if level.is_some() || priority.is_some() {
        handoff.level = level.unwrap_or(handoff.level);
        handoff.priority = priority.unwrap_or(handoff.priority);
        handoff.escalation.push(Raise { cause: Arc::from(cause), level, priority });
    }
}

fn next(priority: Priority) -> Priority {
    match priority {
        Priority::Low => Priority::Normal,
        Priority::Normal => Priority::High,
        Priority::High | Priority::Urgent => Priority::Urgent,
    }
}
