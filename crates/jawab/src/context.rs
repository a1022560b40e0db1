//! Facts that the host passes with a message.

use serde_json::{Map, Value};

/// Facts about a message, its sender and the moment: `channel`, `customer.name`, `time`, `queue.waiting`, ….
///
/// A JSON object; conditions (`when`) test it and texts (`{{ … }}`) use it. The engine adds nothing to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context(Map<String, Value>);

impl Context {
    /// No facts.
    pub fn new() -> Self {
        Context::default()
    }

    /// Most parts of a name, parted by dots: what a fact stands in nests no deeper.
    pub const PARTS: usize = 64;

    /// Whether a name has no more parts than [`Context::PARTS`]. Of a longer one, the last part takes in what is left,
    /// dots and all.
    pub fn is_name(name: &str) -> bool {
        name.split('.').nth(Context::PARTS).is_none()
    }

    /// The same facts and one more; a dot in the key reaches into an object: `customer.name`.
    ///
    /// ```
    /// let context = jawab::Context::new().with("customer.name", "Sari").with("queue.waiting", 3);
    /// assert_eq!(context.get("customer.name").and_then(|name| name.as_str()), Some("Sari"));
    /// ```
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        insert(&mut self.0, parts(key), value.into());
        self
    }

    /// The fact of the given name, a dot reaching into an object.
    #[inline]
    pub fn get(&self, key: &str) -> Option<&Value> {
        if self.0.is_empty() { None } else { self.find(key) }
    }

    fn find(&self, key: &str) -> Option<&Value> {
        let mut parts = parts(key);
        let first = self.0.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }

    /// The same facts and those of the other, which come first where both have one.
    #[must_use]
    pub fn and(&self, other: &Context) -> Context {
        let mut facts = self.0.clone();
        join(&mut facts, &other.0);
        Context(facts)
    }

    /// All facts.
    pub fn as_object(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl From<Map<String, Value>> for Context {
    /// Dots in keys reach into objects, as in [`Context::with`].
    fn from(facts: Map<String, Value>) -> Self {
        facts.into_iter().fold(Context::new(), |context, (key, value)| context.with(&key, value))
    }
}

fn parts(key: &str) -> impl Iterator<Item = &str> {
    key.splitn(Context::PARTS, '.')
}

fn insert<'k>(facts: &mut Map<String, Value>, parts: impl Iterator<Item = &'k str>, value: Value) {
    let mut parts = parts.peekable();
    let mut facts = facts;
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            facts.insert(part.to_owned(), value);
            return;
        }
        let inner = facts.entry(part).or_insert(Value::Null);
        if !inner.is_object() {
            *inner = Value::Object(Map::new());
        }
        let Value::Object(inner) = inner else { return };
        facts = inner;
    }
}

fn join(facts: &mut Map<String, Value>, others: &Map<String, Value>) {
    for (key, value) in others {
        match (facts.get_mut(key), value) {
            (Some(Value::Object(inner)), Value::Object(other)) => join(inner, other),
            _ => {
                facts.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dotted_key_reaches_into_objects_and_replaces_what_is_none() {
        let context = Context::new().with("customer", "x").with("customer.tier", "gold");
        assert_eq!(context.get("customer.tier"), Some(&Value::from("gold")));
        assert_eq!(context.get("customer.name"), None);
        assert_eq!(context.get("customer.tier.deeper"), None);
    }

    #[test]
    fn a_key_of_more_parts_than_are_known_nests_no_deeper() {
        let name = |parts: usize| vec!["a"; parts].join(".");
        for (parts, known) in [(1, true), (64, true), (65, false), (200_000, false)] {
            let name = name(parts);
            let context = Context::new().with(&name, 1).and(&Context::new().with("b", 2));
            assert_eq!(
                (Context::is_name(&name), context.get(&name)),
                (known, Some(&Value::from(1))),
                "{parts}"
            );
        }
        let context = Context::new().with(&name(66), 1);
        assert_eq!(context.get(&name(63)), Some(&serde_json::json!({"a.a.a": 1})));
    }
}
