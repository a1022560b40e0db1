//! The JSON Schema is current, accepts what the loader accepts, and refuses what it refuses.

use std::fs;
use std::path::{Path, PathBuf};

use jawab::{Code, schema};
use regex::Regex;
use serde_json::Value;

use crate::examples::examples;

/// Holds a value against the parts of JSON Schema that the schema uses; the path of the first misfit.
fn fits(value: &Value, schema: &Value, root: &Value, path: &str) -> Result<(), String> {
    let rules = schema.as_object().ok_or("a schema is an object")?;
    for (rule, wanted) in rules {
        if !holds(value, rule, wanted, schema, root, path)? {
            return Err(format!("{path}: {rule} {wanted}"));
        }
    }
    Ok(())
}

fn holds(
    value: &Value,
    rule: &str,
    wanted: &Value,
    schema: &Value,
    root: &Value,
    path: &str,
) -> Result<bool, String> {
    let number = value.as_f64();
    let length = |least: bool| {
        let wanted = wanted.as_u64().unwrap() as usize;
        value.as_str().is_none_or(|text| if least { text.len() >= wanted } else { text.len() <= wanted })
    };
    Ok(match rule {
        "$schema" | "title" | "description" | "$defs" => true,
        "$ref" => {
            let name = wanted.as_str().unwrap().trim_start_matches("#/$defs/");
            fits(value, &root["$defs"][name], root, path)?;
            true
        }
        "const" => value == wanted,
        "enum" => wanted.as_array().unwrap().contains(value),
        "type" => match wanted {
            Value::Array(types) => types.iter().any(|wanted| is_a(value, wanted)),
            wanted => is_a(value, wanted),
        },
        "minLength" => length(true),
        "maxLength" => length(false),
        "minimum" => number.is_none_or(|number| number >= wanted.as_f64().unwrap()),
        "maximum" => number.is_none_or(|number| number <= wanted.as_f64().unwrap()),
        "pattern" => {
            value.as_str().is_none_or(|text| Regex::new(wanted.as_str().unwrap()).unwrap().is_match(text))
        }
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= wanted.as_u64().unwrap()),
        "minProperties" => value.as_object().is_none_or(|map| map.len() as u64 >= wanted.as_u64().unwrap()),
        "required" => wanted.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
        "anyOf" => wanted.as_array().unwrap().iter().any(|choice| fits(value, choice, root, path).is_ok()),
        "items" => {
            let items = value.as_array().into_iter().flatten().enumerate();
            items
                .map(|(at, item)| fits(item, wanted, root, &format!("{path}/{at}")))
                .collect::<Result<Vec<()>, _>>()?;
            true
        }
        "propertyNames" => {
            let names = value.as_object().into_iter().flat_map(|map| map.keys());
            names
                .map(|name| fits(&name.as_str().into(), wanted, root, path))
                .collect::<Result<Vec<()>, _>>()?;
            true
        }
        "properties" | "additionalProperties" => properties(value, schema, root, path)?,
        rule => return Err(format!("{rule} is not checked here")),
    })
}

fn properties(value: &Value, schema: &Value, root: &Value, path: &str) -> Result<bool, String> {
    for (key, inner) in value.as_object().into_iter().flatten() {
        let schema = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        if schema == &Value::Bool(false) {
            return Err(format!("{path}/{key} is not known"));
        }
        fits(inner, schema, root, &format!("{path}/{key}"))?;
    }
    Ok(true)
}

fn is_a(value: &Value, wanted: &Value) -> bool {
    match wanted.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        other => panic!("{other}: no such type"),
    }
}

fn validate(text: &str) -> Result<(), String> {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let value: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    fits(&value, &schema, &schema, "")
}

/// The YAML files of a folder and its folders; those in folders named `tests` are no rule files.
fn rule_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let wanted = entries.filter(|path| !path.ends_with("tests"));
    let mut files: Vec<PathBuf> =
        wanted.flat_map(|path| if path.is_dir() { rule_files(&path) } else { vec![path] }).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    files
}

fn rules_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules")
}

fn text_of(file: &(String, Vec<u8>)) -> &str {
    std::str::from_utf8(&file.1).expect("UTF-8")
}

#[test]
fn the_committed_schema_is_current() {
    let path = rules_folder().join("schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, schema()).unwrap();
    }
    let committed: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let current: Value = serde_json::from_str(&schema()).unwrap();
    assert_eq!(committed, current, "write it again with UPDATE_SCHEMA=1");
}

#[test]
fn every_rule_file_and_every_good_example_fits_the_schema() {
    for file in rule_files(&rules_folder()) {
        assert_eq!(validate(&fs::read_to_string(&file).unwrap()), Ok(()), "{}", file.display());
    }
    for &code in Code::ALL {
        for file in examples(code.page(), "Good").iter().flat_map(|example| &example.files) {
            assert_eq!(validate(text_of(file)), Ok(()), "{code}");
        }
    }
}

#[test]
fn bad_examples_of_the_wrong_shape_do_not_fit_the_schema() {
    let of_shape = [
        Code::MissingVersion,
        Code::WrongVersion,
        Code::UnknownKey,
        Code::MissingKey,
        Code::WrongType,
        Code::EmptyValue,
        Code::OutOfRange,
        Code::UnknownValue,
        Code::InvalidName,
        Code::InvalidLanguage,
        Code::InvalidDuration,
    ];
    for code in of_shape {
        for example in examples(code.page(), "Bad") {
            assert!(validate(text_of(&example.files[0])).is_err(), "{code}");
        }
    }
}
