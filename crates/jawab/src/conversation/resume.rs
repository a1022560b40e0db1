//! A state that was saved with other rules, brought over to these.

use super::state::{Detail, Pending, State};
use crate::engine::Engine;
use crate::rules::{Contents, Outcome};

/// Forgets what depends on rules that are gone; a question that no longer stands is dropped.
pub(super) fn bring_over(state: &mut State, engine: &Engine) {
    let fingerprint = engine.rules().fingerprint();
    if state.rules == **fingerprint {
        return;
    }
    fingerprint.as_ref().clone_into(&mut state.rules);
    let contents = engine.contents();
    let known = |id: &str| contents.rules.number_of(id).is_some();
    state.topics.retain(|topic| known(&topic.rule));
    // The texts of the rules may be others now, and values of a list may be gone.
    state.topics.iter_mut().for_each(|topic| topic.said.clear());
    let types = &engine.compiled().collected;
    let stays = |detail: &Detail| {
        let of = detail.name.split('/').next();
        types.iter().any(|(slot_type, _)| of == Some(slot_type.name()))
    };
    state.details.retain(stays);
    state.pending = state.pending.take().filter(|pending| still_stands(pending, contents));
    if let Some(handed) = &mut state.handed {
        handed.rule = handed.rule.take().filter(|rule| known(rule));
    }
}

fn still_stands(pending: &Pending, contents: &Contents) -> bool {
    let rule = |id: &str| contents.rules.named(id);
    match pending {
        Pending::Choice { options } => options.iter().all(|option| rule(option).is_some()),
        Pending::Detail(collecting) => rule(&collecting.rule).is_some_and(|rule| match &rule.outcome {
            Outcome::Handoff(handoff) => {
                let collects = |name: &str| handoff.collect.iter().any(|detail| detail.name == name);
                collects(&collecting.slot) && collecting.fields.iter().all(|field| collects(&field.name))
            }
            Outcome::Answer(_) => false,
        }),
    }
}
