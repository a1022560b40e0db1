//! The language in which the format of rule files is written down: see [`super::format`] for the format itself.

use crate::diagnostic::Code;
use crate::rules::node::{Node, Value};
use crate::rules::suggest;

/// What may stand at a place of a rule file.
#[derive(Debug)]
pub(crate) enum Shape {
    /// The format version.
    Version,
    /// A text that says something.
    Text,
    /// A text under the rules of a pattern.
    Pattern,
    /// A text that may use facts.
    Template,
    /// What a fact must be: a text, a number, true or false.
    Expected,
    /// Lower-case words joined by `-`.
    Name,
    /// A BCP 47 tag.
    LanguageTag,
    /// `90s`, `1m`, `2h`, `1d`.
    Duration,
    /// `Mon-Fri 09:00-17:00`.
    Hours,
    /// `Asia/Jakarta`, `+07:00`.
    Zone,
    /// `2024-05-06T09:00:00+07:00`.
    Moment,
    YesNo,
    /// A number from 0 to 1.
    Share,
    /// A whole number in these bounds.
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    /// At least one of the inner shape.
    List(&'static Shape),
    /// A map from the author's own keys.
    Map(Keys, &'static Shape),
    /// A map from known keys.
    Record(&'static Record),
    /// The first of these that fits the kind of the value.
    Either(&'static str, &'static [&'static Shape]),
}

/// What the author's own keys must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    Names,
    Texts,
    Facts,
    Languages,
}

/// A map with known keys.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) fields: &'static [Field],
}

/// A key of a [`Record`].
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: &'static Shape,
    pub(crate) doc: &'static str,
    /// What it is called where the key is missing; none where it may be missing.
    pub(crate) missing: Option<Code>,
}

impl Field {
    pub(crate) const fn new(key: &'static str, shape: &'static Shape, doc: &'static str) -> Self {
        Field { key, shape, doc, missing: None }
    }

    pub(crate) const fn required(mut self, missing: Code) -> Self {
        self.missing = Some(missing);
        self
    }
}

impl Record {
    /// What it is called in messages, with its article.
    pub(crate) fn called(&self) -> String {
        match self.name {
            "scenarios" => "a scenario file".to_owned(),
            "out of hours" => "`out_of_hours`".to_owned(),
            name @ ("tests" | "privacy") => format!("`{name}`"),
            name @ ("fallback" | "limits" | "openings" | "settings" | "vocabulary") => format!("the {name}"),
            name if name.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {name}"),
            name => format!("a {name}"),
        }
    }

    pub(crate) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.fields.iter().map(|field| field.key)
    }

    /// Whether the map has an unknown key that is most likely this one, misspelt.
    pub(crate) fn has_misspelt(&self, key: &str, node: &Node<'_>) -> bool {
        let unknown = node.entries().iter().filter_map(|(name, _)| name.text());
        unknown
            .filter(|name| self.field(name).is_none())
            .any(|name| suggest::nearest(name, self.keys()) == Some(key))
    }

    fn has_required_key_in(&self, node: &Node<'_>) -> bool {
        self.fields.iter().any(|field| field.missing.is_some() && node.get(field.key).is_some())
    }
}

impl Shape {
    /// The shape that a value of this kind is held against; none where the kind is wrong.
    pub(crate) fn chosen_for(&'static self, node: &Node<'_>) -> Option<&'static Shape> {
        let Shape::Either(_, choices) = self else {
            return self.has_kind_of(node).then_some(self);
        };
        let fits = choices.iter().filter_map(|choice| choice.chosen_for(node));
        let mut fits: Vec<&'static Shape> = fits.collect();
        let named = fits
            .iter()
            .position(|fit| matches!(fit, Shape::Record(record) if record.has_required_key_in(node)));
        let first =
            named.or_else(|| fits.iter().position(|fit| !matches!(fit, Shape::Record(_)))).unwrap_or(0);
        (!fits.is_empty()).then(|| fits.swap_remove(first))
    }

    /// Whether it, or one of its choices, is as asked for.
    pub(crate) fn takes(&self, is: &impl Fn(&Shape) -> bool) -> bool {
        match self {
            Shape::Either(_, choices) => choices.iter().any(|choice| choice.takes(is)),
            shape => is(shape),
        }
    }

    fn has_kind_of(&self, node: &Node<'_>) -> bool {
        match self {
            Shape::List(_) => matches!(node.value, Value::List(_)),
            Shape::Map(..) | Shape::Record(_) => matches!(node.value, Value::Map(_)),
            _ => matches!(node.value, Value::Scalar { .. }),
        }
    }

    /// What is wanted, for messages: with its article.
    pub(crate) fn wanted(&self) -> &'static str {
        match self {
            Shape::Version => "the format version 1",
            Shape::Text | Shape::Pattern | Shape::Template => "a text",
            Shape::Expected => "a text, a number, `true` or `false`",
            Shape::Name => "a name",
            Shape::LanguageTag => "a language",
            Shape::Duration => "a duration",
            Shape::Hours => "hours",
            Shape::Zone => "a time zone",
            Shape::Moment => "a moment",
            Shape::YesNo => "`true` or `false`",
            Shape::Share => "a number from 0 to 1",
            Shape::Whole(..) => "a whole number",
            Shape::OneOf(_) => "one of the known words",
            Shape::List(_) => "a list",
            Shape::Map(Keys::Languages, _) => "a map by language",
            Shape::Map(..) | Shape::Record(_) => "a map",
            Shape::Either(what, _) => what,
        }
    }
}
