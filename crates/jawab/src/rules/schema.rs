//! The format as a JSON Schema, for completion in editors.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::rules::format;
use crate::rules::shape::{Field, Keys, Record, Shape};

/// The JSON Schema (draft 2020-12) of rule files, as text.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(&jawab::schema())?;
/// assert!(schema["properties"]["faq"].is_object());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn schema() -> String {
    let mut definitions = BTreeMap::new();
    let root = record(&format::RULE_FILE, &mut definitions);
    let mut whole = Map::new();
    whole.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    whole.insert("title".into(), "jawab rule file, version 1".into());
    whole.extend(root.as_object().cloned().unwrap_or_default());
    whole.insert("$defs".into(), Value::Object(definitions.into_iter().collect()));
    serde_json::to_string_pretty(&Value::Object(whole)).unwrap_or_default() + "\n"
}

type Definitions = BTreeMap<String, Value>;

fn record(record: &Record, definitions: &mut Definitions) -> Value {
    let property = |field: &Field, definitions: &mut Definitions| {
        let mut schema = shape(field.shape, definitions);
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".into(), field.doc.into());
        }
        (field.key.to_owned(), schema)
    };
    let properties: Map<String, Value> =
        record.fields.iter().map(|field| property(field, definitions)).collect();
    let required: Vec<&str> =
        record.fields.iter().filter(|field| field.missing.is_some()).map(|f| f.key).collect();
    json!({
        "type": "object",
        "description": record.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn shape(shape_: &Shape, definitions: &mut Definitions) -> Value {
    match shape_ {
        Shape::Version => json!({"const": 1}),
        Shape::Text | Shape::Pattern | Shape::Template => {
            json!({"type": ["string", "number"], "minLength": 1})
        }
        Shape::Expected => json!({"type": ["string", "number", "boolean"]}),
        Shape::Name => json!({"type": "string", "pattern": NAME, "maxLength": 100}),
        Shape::LanguageTag => json!({"type": "string", "pattern": LANGUAGE}),
        Shape::Duration => json!({"type": "string", "pattern": "^([0-9]+[smhd])+$"}),
        Shape::Hours => json!({"type": "string", "pattern": "^[A-Za-z,-]+\\s+[0-9:,\\s-]+$"}),
        Shape::Zone | Shape::Moment => json!({"type": "string", "minLength": 1}),
        Shape::YesNo => json!({"type": "boolean"}),
        Shape::Share => json!({"type": "number", "minimum": 0, "maximum": 1}),
        Shape::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Shape::OneOf(words) => json!({"enum": words}),
        Shape::List(of) => json!({"type": "array", "minItems": 1, "items": shape(of, definitions)}),
        Shape::Map(keys, of) => map(*keys, &shape(of, definitions)),
        Shape::Record(inner) => reference(inner, definitions),
        Shape::Either(_, choices) => {
            let choices: Vec<Value> = choices.iter().map(|choice| shape(choice, definitions)).collect();
            json!({"anyOf": choices})
        }
    }
}

const NAME: &str = "^[^\\sA-Z_.-]+(-[^\\sA-Z_.-]+)*$";
const LANGUAGE: &str = "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$";

fn map(keys: Keys, of: &Value) -> Value {
    let names = match keys {
        Keys::Names => json!({"pattern": NAME, "maxLength": 100}),
        Keys::Languages => json!({"pattern": LANGUAGE}),
        Keys::Texts | Keys::Facts => json!({"minLength": 1}),
    };
    json!({"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": of})
}

fn reference(inner: &Record, definitions: &mut Definitions) -> Value {
    if !definitions.contains_key(inner.name) {
        definitions.insert(inner.name.to_owned(), Value::Null);
        let schema = record(inner, definitions);
        definitions.insert(inner.name.to_owned(), schema);
    }
    json!({"$ref": format!("#/$defs/{}", inner.name)})
}
