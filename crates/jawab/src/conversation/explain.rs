//! What a message changes in a conversation, told.

use serde_json::Value;

use super::Conversation;
use super::state::Sender;
use crate::decision::Decision;
use crate::engine::Explanation;
use crate::message::Message;

impl Conversation {
    /// Decides the next message and tells each step; [`Explanation::changes`] tells what it changed in the state.
    ///
    /// ```
    /// # let rules = jawab::RuleSet::from_yaml("r.yaml", "
    /// # jawab: 1
    /// # language: en
    /// # settings: {fallback: {say: One moment.}}
    /// # faq: {hours: {questions: [when are you open], answer: Always.}}
    /// # ")?;
    /// # let engine = jawab::Engine::new(&rules)?;
    /// let explanation = engine.conversation(jawab::Context::new()).explain("when are you open?");
    /// assert!(explanation.changes.contains(&"turn: 1".to_owned()));
    /// # Ok::<(), jawab::Error>(())
    /// ```
    pub fn explain<'m>(&mut self, message: impl Into<Message<'m>>) -> Explanation {
        let message = message.into();
        let before = self.values_of_state();
        let engine = self.engine();
        let previous = self.previous(&engine);
        let masked = engine.masker().mask_after(self.state.last_of(Sender::Customer), message.text).found;
        let decision: Decision = self.decide(message);
        let facts = message.context.map_or_else(|| (*self.facts).clone(), |own| self.facts.and(own));
        let mut explanation = engine.matcher().explain(message.with_context(&facts), previous, Some(masked));
        explanation.decision = decision;
        explanation.changes = changes(&before, &self.values_of_state());
        explanation
    }

    fn values_of_state(&self) -> Value {
        serde_json::to_value(&self.state).unwrap_or_default()
    }
}

/// Keys of the state whose values differ, each with its new value.
fn changes(before: &Value, after: &Value) -> Vec<String> {
    let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else { return Vec::new() };
    let gone = old.keys().filter(|key| !new.contains_key(*key)).map(|key| format!("{key}: forgotten"));
    let told = |key: &&String| !matches!(key.as_str(), "messages" | "last" | "opening" | "seen");
    let changed = new.iter().filter(|(key, value)| old.get(*key) != Some(value));
    gone.chain(changed.filter(|(key, _)| told(key)).map(|(key, value)| format!("{key}: {value}"))).collect()
}
