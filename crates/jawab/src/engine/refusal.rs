//! Messages that are decided before they are read: they are not for the bot, or too long.

use serde_json::Value;

use crate::context::Context;
use crate::message::MESSAGE_BYTES;

/// Why a message is decided before it is read.
pub(super) enum Refused {
    Ignore(&'static str),
    TooLong,
}

pub(super) fn refused(text: &str, context: &Context) -> Option<Refused> {
    if is_one_of(context, "sender", &["agent", "bot", "system"]) {
        return Some(Refused::Ignore("not-from-customer"));
    }
    if text.len() > MESSAGE_BYTES {
        return Some(Refused::TooLong);
    }
    text.chars().all(is_invisible).then_some(Refused::Ignore("empty"))
}

/// Space, control characters, and those that only join, part or direct others.
pub(crate) fn is_invisible(character: char) -> bool {
    let format = matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}');
    format || character.is_whitespace() || character.is_control()
}

fn is_one_of(context: &Context, fact: &str, values: &[&str]) -> bool {
    let value = context.get(fact).and_then(Value::as_str);
    value.is_some_and(|value| values.iter().any(|known| known.eq_ignore_ascii_case(value)))
}

pub(crate) fn owner_is_human(context: &Context) -> bool {
    is_one_of(context, "owner", &["human"])
}
