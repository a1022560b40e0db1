//! The report for browsers: one page that needs nothing else.

use jawab::eval::{Evaluation, Proportion};
use serde_json::{Value, json};

use super::figures::interval;
use crate::failure::Failure;

const PAGE: &str = include_str!("../../report/page.html");
const STYLE: &str = include_str!("../../report/page.css");
const SCRIPT: &str = include_str!("../../report/page.js");

/// The page for an evaluation of the rules named on the messages named.
pub(super) fn page(rules: &str, messages: &str, evaluation: &Evaluation) -> Result<String, Failure> {
    let mut figures = serde_json::to_value(evaluation)?;
    let steps =
        evaluation.mistakes.iter().map(|mistake| mistake.explanation.as_ref().map(ToString::to_string));
    if let Some(Value::Array(mistakes)) = figures.get_mut("mistakes") {
        for (mistake, steps) in mistakes.iter_mut().zip(steps) {
            mistake["explanation"] = steps.into();
        }
    }
    for (name, share) in shares(evaluation) {
        figures[name]["range"] = interval(share).into();
    }
    let data = json!({ "rules": rules, "messages": messages, "evaluation": figures });
    Ok(filled(PAGE, &[("style", STYLE), ("data", &embedded(&data)), ("script", SCRIPT)]))
}

/// The shares that are shown with their intervals, by their names in JSON.
fn shares(of: &Evaluation) -> [(&'static str, &Proportion); 6] {
    [
        ("accuracy", &of.accuracy),
        ("answered", &of.answered),
        ("answered_right", &of.answered_right),
        ("wrong", &of.wrong),
        ("out_of_scope_recall", &of.out_of_scope_recall),
        ("out_of_scope_precision", &of.out_of_scope_precision),
    ]
}

/// JSON that cannot end the element it stands in: `<` is written as an escape.
fn embedded(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

/// The page with its marks `{{name}}` replaced, each once; what is put in is not looked at again.
fn filled(page: &str, parts: &[(&str, &str)]) -> String {
    let mut rest = page;
    let mut filled = String::new();
    for (name, part) in parts {
        let (before, after) = rest.split_once(&format!("{{{{{name}}}}}")).unwrap_or((rest, ""));
        filled.push_str(before);
        filled.push_str(part);
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_the_page_is_filled_in_its_place() {
        let filled = filled(PAGE, &[("style", "S{{data}}"), ("data", "D"), ("script", "J")]);
        assert!(filled.contains("S{{data}}") && filled.contains(">D<") && filled.contains('J'));
        assert!(filled.trim_end().ends_with("</html>"));
    }

    #[test]
    fn nothing_in_the_data_ends_its_element() {
        let data = json!({"text": "</script><script>alert(1)</script><!--"});
        assert!(!embedded(&data).contains('<'));
        assert_eq!(serde_json::from_str::<Value>(&embedded(&data)).unwrap(), data);
    }
}
