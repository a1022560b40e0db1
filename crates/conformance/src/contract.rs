//! What a result must hold.

use serde_json::{Map, Value};

/// Where a result does not hold what it must; none where it does. A map asks for its keys only, null for a key that is
/// absent; lists are as long as they must be. `{between: [0, 1]}` asks for a number, `{holds: text}` for a text with a part.
pub(crate) fn violation(expected: &Value, found: Option<&Value>, at: &str) -> Option<String> {
    match (expected, found) {
        (Value::Null, None | Some(Value::Null)) => None,
        (Value::Object(keys), Some(Value::Number(number))) if is_between(keys, number.as_f64()) => None,
        (Value::Object(keys), Some(Value::String(text))) if keys.len() == 1 && holds(keys, text) => None,
        (Value::Object(keys), Some(Value::Object(object))) => {
            keys.iter().find_map(|(key, value)| violation(value, object.get(key), &format!("{at}.{key}")))
        }
        (Value::Array(items), Some(Value::Array(others))) if items.len() == others.len() => items
            .iter()
            .zip(others)
            .enumerate()
            .find_map(|(index, (item, other))| violation(item, Some(other), &format!("{at}[{index}]"))),
        (Value::Number(one), Some(Value::Number(other))) if one.as_f64() == other.as_f64() => None,
        (expected, Some(found)) if expected == found => None,
        (expected, found) => {
            let found = found.map_or_else(|| "nothing".to_owned(), Value::to_string);
            Some(format!("{at} must be {expected} and is {found}"))
        }
    }
}

fn is_between(keys: &Map<String, Value>, number: Option<f64>) -> bool {
    let bound = |at: usize| keys.get("between").and_then(|bounds| bounds.get(at)).and_then(Value::as_f64);
    let (Some(least), Some(most), Some(number)) = (bound(0), bound(1), number) else { return false };
    keys.len() == 1 && (least..=most).contains(&number)
}

fn holds(keys: &Map<String, Value>, text: &str) -> bool {
    keys.get("holds").and_then(Value::as_str).is_some_and(|part| text.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_result_holds_what_is_asked_for_and_may_hold_more() {
        let found = json!({"a": 1, "t": "abc", "b": {"c": [1, {"d": 2, "e": 3}]}});
        let cases = [
            (json!({}), None),
            (json!({"a": 1.0, "b": {"c": [1, {"d": 2}]}}), None),
            (json!({"x": null}), None),
            (json!({"a": null}), Some("x.a must be null and is 1")),
            (json!({"a": 2}), Some("x.a must be 2 and is 1")),
            (json!({"b": {"c": [1]}}), Some("x.b.c must be [1] and is [1,{\"d\":2,\"e\":3}]")),
            (json!({"b": {"c": [1, {"d": 3}]}}), Some("x.b.c[1].d must be 3 and is 2")),
            (json!({"z": 1}), Some("x.z must be 1 and is nothing")),
            (json!({"a": {"between": [0, 1]}}), None),
            (json!({"a": {"between": [2, 3]}}), Some("x.a must be {\"between\":[2,3]} and is 1")),
            (json!({"t": {"holds": "bc"}}), None),
            (json!({"t": {"holds": "ac"}}), Some("x.t must be {\"holds\":\"ac\"} and is \"abc\"")),
        ];
        for (expected, violated) in cases {
            assert_eq!(violation(&expected, Some(&found), "x").as_deref(), violated, "{expected}");
        }
    }
}
