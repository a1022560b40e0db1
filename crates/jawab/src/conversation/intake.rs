//! Which messages are for the bot at all.

use serde_json::Value;

use super::Conversation;
use super::state::Sender;
use crate::context::Context;
use crate::message::Message;
use crate::signals;
use crate::text::is_blank;

impl Conversation {
    /// Why a message is ignored before it is read.
    pub(super) fn refused(&mut self, message: &Message) -> Option<&'static str> {
        let sender = self.fact(message, "sender").and_then(Value::as_str).map(str::to_ascii_lowercase);
        if let Some(sender @ ("agent" | "bot" | "system")) = sender.as_deref() {
            self.hear(sender, message.text);
            return Some("not-from-customer");
        }
        let id = self.fact(message, "id").and_then(id_of);
        if id.is_some_and(|id| self.state.note_id(&id)) {
            return Some("duplicate");
        }
        if is_blank(message.text) {
            let media = self.fact(message, "media").is_some_and(|media| !media.is_null());
            return Some(if media { "media-only" } else { "empty" });
        }
        signals::is_media(message.text).then_some("media-only")
    }

    /// A person has taken over: what the bot asked is answered elsewhere.
    fn hear(&mut self, sender: &str, text: &str) {
        if sender == "agent" {
            let engine = self.engine();
            self.state.message(Sender::Agent, &engine.masker().mask(text, &[]).text);
            self.state.pending = None;
            if let Some(handed) = &mut self.state.handed {
                handed.respond_by = None;
            }
            self.state.fit();
        }
    }

    fn fact<'c>(&'c self, message: &Message<'c>, name: &str) -> Option<&'c Value> {
        let own = message.context.and_then(|context: &Context| context.get(name));
        own.or_else(|| self.facts.get(name))
    }
}

/// An id as text; hosts also count.
fn id_of(id: &Value) -> Option<String> {
    match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}
