//! A state that was saved with other rules, brought over to these.

use super::collecting::Collecting;
use super::state::{Detail, Pending, State};
use crate::engine::Engine;
use crate::rules::{Contents, Handoff, Outcome};

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
    state.open.retain(|open| handoff_stands(open, contents));
    state.pending = state.pending.take().filter(|pending| still_stands(pending, contents));
    if let Some(handed) = &mut state.handed {
        handed.rule = handed.rule.take().filter(|rule| known(rule));
    }
}

fn still_stands(pending: &Pending, contents: &Contents) -> bool {
    let rule = |id: &str| contents.rules.named(id);
    match pending {
        Pending::Choice { options } => options.iter().all(|option| rule(option).is_some()),
        Pending::Detail(collecting) => {
            let of = rule(&collecting.rule).map(|rule| &rule.outcome);
            let asks = matches!(of, Some(Outcome::Handoff(handoff)) if collects(handoff, &collecting.slot));
            asks && handoff_stands(collecting, contents)
        }
    }
}

fn handoff_stands(collecting: &Collecting, contents: &Contents) -> bool {
    let of = contents.rules.named(&collecting.rule).map(|rule| &rule.outcome);
    let Some(Outcome::Handoff(handoff)) = of else { return false };
    collecting.fields.iter().all(|field| collects(handoff, &field.name))
}

fn collects(handoff: &Handoff, name: &str) -> bool {
    handoff.collect.iter().any(|detail| detail.name == name)
}
