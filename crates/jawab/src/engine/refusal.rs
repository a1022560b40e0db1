//! Messages that are decided before they are read: they are not for the bot, or too long.

use serde_json::Value;

use crate::context::Context;
use crate::message::MESSAGE_BYTES;
use crate::text::is_blank;

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
    is_blank(text).then_some(Refused::Ignore("empty"))
}

fn is_one_of(context: &Context, fact: &str, values: &[&str]) -> bool {
    let value = context.get(fact).and_then(Value::as_str);
    value.is_some_and(|value| values.iter().any(|known| known.eq_ignore_ascii_case(value)))
}

pub(crate) fn owner_is_human(context: &Context) -> bool {
    is_one_of(context, "owner", &["human"])
}
