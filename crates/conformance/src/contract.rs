//! What a result must hold.

use serde_json::Value;

/// Where a result does not hold what it must; none where it does. A map asks for its keys only, null for a key that is
/// absent; lists are as long as they must be.
pub(crate) fn violation(expected: &Value, found: Option<&Value>, at: &str) -> Option<String> {
    match (expected, found) {
        (Value::Null, None | Some(Value::Null)) => None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_result_holds_what_is_asked_for_and_may_hold_more() {
        let found = json!({"a": 1, "b": {"c": [1, {"d": 2, "e": 3}]}});
        let cases = [
            (json!({}), None),
            (json!({"a": 1.0, "b": {"c": [1, {"d": 2}]}}), None),
            (json!({"x": null}), None),
            (json!({"a": null}), Some("x.a must be null and is 1")),
            (json!({"a": 2}), Some("x.a must be 2 and is 1")),
            (json!({"b": {"c": [1]}}), Some("x.b.c must be [1] and is [1,{\"d\":2,\"e\":3}]")),
            (json!({"b": {"c": [1, {"d": 3}]}}), Some("x.b.c[1].d must be 3 and is 2")),
            (json!({"z": 1}), Some("x.z must be 1 and is nothing")),
        ];
        for (expected, violated) in cases {
            assert_eq!(violation(&expected, Some(&found), "x").as_deref(), violated, "{expected}");
        }
    }
}
