//! What a decision and its explanation may show of a message.

use crate::classifier;
use crate::decision::{SlotValue, rounded};
use crate::privacy::{Found, Kind, replaced};
use crate::text::EntityKind;

/// A value of the message as it may be shown. A typed slot is what the rule asks for and is kept, unless it holds a
/// secret or somebody's identity; what else was captured is masked where it is private.
pub(crate) fn shown(text: &str, found: &[Found], kind: Option<EntityKind>, value: SlotValue) -> SlotValue {
    let asked_for = kind.is_some_and(|kind| kind != EntityKind::Number);
    let span = (value.span.0 as usize, value.span.1 as usize);
    let hidden: Vec<Found> = found
        .iter()
        .filter(|found| found.span.0 < span.1 && span.0 < found.span.1)
        .filter(|found| !asked_for || is_never_asked_for(found.kind))
        .copied()
        .collect();
    if hidden.is_empty() {
        return value;
    }
    let text = replaced(text, &hidden, span);
    SlotValue { value: text.as_str().into(), text, ..value }
}

/// No type of slot asks for these.
pub(crate) fn is_never_asked_for(kind: Kind) -> bool {
    kind.is_secret() || matches!(kind, Kind::IdentityNumber | Kind::TaxNumber)
}

/// What was found around a word of the message.
pub(crate) fn hidden_at(found: &[Found], span: (u32, u32)) -> Option<Found> {
    let overlaps = |found: &&Found| found.span.0 < span.1 as usize && (span.0 as usize) < found.span.1;
    found.iter().find(overlaps).copied()
}

/// The parts of a likeness that tell nothing of the hidden words.
pub(super) fn shown_parts(parts: Vec<classifier::Part>, hidden: &[&str]) -> Vec<(String, f64)> {
    let tells = |part: &classifier::Part| {
        let letters = part.text.trim_matches(|letter| matches!(letter, '…' | '^' | '$' | ' '));
        hidden.iter().any(|word| word.contains(letters) || part.text.contains(word))
    };
    parts.into_iter().filter(|part| !tells(part)).map(|part| (part.text, rounded(part.score))).collect()
}
