//! What comes in.

use crate::context::Context;

/// Longest message that is read, in bytes; a longer one is handed off as `too-long`.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// A message as the customer wrote it, and what the host knows about it.
///
/// ```
/// use jawab::{Context, Message};
///
/// let context = Context::new().with("channel", "whatsapp");
/// let message = Message::new("min wd brp?").with_context(&context);
/// # let _ = message;
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Message<'m> {
    pub(crate) text: &'m str,
    pub(crate) context: Option<&'m Context>,
    pub(crate) id: Option<&'m str>,
}

impl<'m> Message<'m> {
    /// A message about which nothing else is known.
    pub fn new(text: &'m str) -> Self {
        Message { text, context: None, id: None }
    }

    /// The same message with facts about it.
    #[must_use]
    pub fn with_context(self, context: &'m Context) -> Self {
        Message { context: Some(context), ..self }
    }
}

impl<'m> Message<'m> {
    /// The same message with its id at the host's: a conversation ignores a message that comes again. The fact `id` does
    /// the same.
    #[must_use]
    pub fn with_id(self, id: &'m str) -> Self {
        Message { id: Some(id), ..self }
    }
}

impl<'m> From<&'m str> for Message<'m> {
    fn from(text: &'m str) -> Self {
        Message::new(text)
    }
}

impl<'m> From<&'m String> for Message<'m> {
    fn from(text: &'m String) -> Self {
        Message::new(text)
    }
}
