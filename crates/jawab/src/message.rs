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
}

impl<'m> Message<'m> {
    /// A message about which nothing else is known.
    pub fn new(text: &'m str) -> Self {
        Message { text, context: None }
    }

    /// The same message with facts about it. By the fact `id`, its id with the host, a conversation ignores a message that
    /// comes again.
    #[must_use]
    pub fn with_context(self, context: &'m Context) -> Self {
        Message { context: Some(context), ..self }
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
