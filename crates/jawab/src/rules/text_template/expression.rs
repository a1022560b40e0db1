//! The expressions of texts: compiled, and proved to be of use, when rules are loaded.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use minijinja::{Environment, Error, ErrorKind, Expression, UndefinedBehavior, Value};
use serde_json::{Map, Value as Json, json};

use super::{TextError, object};
use crate::context::Context;
use crate::rules::nearest;
use crate::rules::walk::shown;

/// Steps an expression may take: filters over short texts take a few dozen.
const FUEL: u64 = 10_000;

/// Most bytes of an expression: each sign of it may nest one deeper, which costs stack while it is read.
const EXPRESSION_BYTES: usize = 1_000;

/// What expressions may use: immutable, the same for all rule sets.
static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    for maker_of_long_texts in ["range", "dict", "namespace", "debug"] {
        environment.remove_global(maker_of_long_texts);
    }
    environment
});

pub(super) fn compile(source: &str, range: Range<usize>) -> Result<Expression<'static, 'static>, TextError> {
    let written = source.get(range.clone()).unwrap_or_default();
    let refused = |error: &Error, unfillable| TextError {
        message: explain(error, written.trim(), unfillable),
        range: range.clone(),
        help: help(error),
        unfillable,
    };
    if written.trim().is_empty() {
        return Err(TextError {
            message: "the braces hold no fact".to_owned(),
            range: range.start - 2..range.end + 2,
            help: Some("write the name of a fact between them: `{{ customer.name }}`"),
            unfillable: false,
        });
    }
    if written.len() > EXPRESSION_BYTES {
        return Err(TextError {
            message: format!(
                "this expression has {} bytes, at most {EXPRESSION_BYTES} are read",
                written.len()
            ),
            range,
            help: Some(
                "put what is said as it stands outside of the braces, and each fact into braces of its own",
            ),
            unfillable: false,
        });
    }
    if let Some((name, at)) = unquoted_default(written) {
        return Err(TextError {
            message: format!("the default `{name}` is no text: without quotes it names a fact"),
            range: range.start + at..range.start + at + name.len(),
            help: Some("put it in quotes: `default(\"Kak\")`; another fact goes into a variant of its own"),
            unfillable: true,
        });
    }
    let expression =
        ENVIRONMENT.compile_expression_owned(written.to_owned()).map_err(|e| refused(&e, false))?;
    never_fillable(&expression).map_or(Ok(expression), |error| Err(refused(&error, true)))
}

fn explain(error: &Error, written: &str, unfillable: bool) -> String {
    let written = shown(written);
    if !unfillable {
        return format!("`{written}` cannot be read");
    }
    let why = match error.kind() {
        ErrorKind::UnknownFilter => ": there is no such filter",
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod | ErrorKind::UnknownTest => {
            ": there is no such function"
        }
        ErrorKind::TooManyArguments => ": it gives a filter too many values",
        ErrorKind::MissingArgument => ": it gives a filter too few values",
        ErrorKind::UndefinedError => ": nothing is there",
        ErrorKind::OutOfFuel => ": it takes too long",
        _ => "",
    };
    format!("no facts can fill `{written}`{why}")
}

/// A name in the brackets of `default`, with where it begins: most often a text without quotes. Facts that every host
/// may pass are left alone.
fn unquoted_default(written: &str) -> Option<(&str, usize)> {
    written.match_indices('(').find_map(|(open, _)| {
        let filter = written.get(..open)?.rsplit_once('|')?.1.trim();
        let inside = written.get(open + 1..)?.split([',', ')']).next()?;
        let name = inside.trim();
        let at = open + 1 + (inside.len() - inside.trim_start().len());
        (matches!(filter, "default" | "d") && is_unknown_name(name)).then_some((name, at))
    })
}

fn is_unknown_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "none")
        && !PLAIN_FACTS.contains(&text)
}

/// Filters that are of use in texts, with the advice where one of them was meant.
const FILTERS: [(&str, &str); 8] = [
    ("default", "did you mean `default`?"),
    ("upper", "did you mean `upper`?"),
    ("lower", "did you mean `lower`?"),
    ("title", "did you mean `title`?"),
    ("trim", "did you mean `trim`?"),
    ("round", "did you mean `round`?"),
    ("join", "did you mean `join`?"),
    ("replace", "did you mean `replace`?"),
];

/// The detail of the error reads "filter NAME is unknown".
fn unknown_filter(error: &Error) -> &'static str {
    let name = error.detail().and_then(|detail| detail.split_whitespace().nth(1)).unwrap_or_default();
    let near = nearest(name, FILTERS.map(|(known, _)| known));
    let meant = near.and_then(|near| FILTERS.iter().find(|(known, _)| *known == near));
    meant.map_or(
        "known are `default`, `upper`, `lower`, `title`, `trim`, `round`, `join`, `replace`",
        |(_, help)| help,
    )
}

fn help(error: &Error) -> Option<&'static str> {
    match error.kind() {
        ErrorKind::UnknownFilter => Some(unknown_filter(error)),
        ErrorKind::SyntaxError => {
            Some("write `{{ customer.name }}` or `{{ customer.name | default(\"Kak\") }}`")
        }
        ErrorKind::UndefinedError => Some("check the name, or add `| default(\"…\")`"),
        _ => None,
    }
}

/// Why no facts fill the expression; none if some do, or if it depends on their kinds.
fn never_fillable(expression: &Expression<'static, 'static>) -> Option<Error> {
    never_filled_by(expression, &expression.undeclared_variables(true))
}

/// The first slot of the expression that is not captured, where nothing fills it without those; an expression that
/// asks before it uses them is left alone.
pub(super) fn missing_slot(
    expression: &Expression<'static, 'static>,
    written: &str,
    captured: impl Fn(&str) -> bool,
) -> Option<String> {
    if !written.contains("slots.") || written.contains(" if ") {
        return None;
    }
    let slot = |fact: &String| fact.strip_prefix("slots.").filter(|slot| !captured(slot)).map(str::to_owned);
    let (absent, present): (Vec<String>, Vec<String>) =
        expression.undeclared_variables(true).into_iter().partition(|fact| slot(fact).is_some());
    let first = absent.iter().filter_map(slot).min()?;
    never_filled_by(expression, &HashSet::from_iter(present)).map(|_| first)
}

/// Why the expression is not filled whatever these facts are.
fn never_filled_by(expression: &Expression<'static, 'static>, facts: &HashSet<String>) -> Option<Error> {
    let mut last = None;
    for sample in [json!("7"), json!(7), json!(true), json!(["a", "b"])] {
        let error = match expression.eval(sample_facts(facts, &sample)) {
            Ok(value) if value.is_undefined() => Error::new(ErrorKind::UndefinedError, "nothing is there"),
            Err(error) if facts.is_empty() || is_certain(&error) => error,
            _ => return None,
        };
        last = Some(error);
    }
    last
}

/// Whether an error comes whatever the facts are.
fn is_certain(error: &Error) -> bool {
    use ErrorKind as Kind;
    let calls_a_fact = error.detail().is_some_and(|detail| detail.contains("not callable"));
    calls_a_fact
        || matches!(
            error.kind(),
            Kind::UnknownFilter
                | Kind::UnknownTest
                | Kind::UnknownFunction
                | Kind::UnknownMethod
                | Kind::TooManyArguments
                | Kind::MissingArgument
                | Kind::UndefinedError
                | Kind::OutOfFuel
        )
}

/// Facts that are plain values: nothing can be inside them.
const PLAIN_FACTS: &[&str] = &[
    "channel",
    "language",
    "owner",
    "sender",
    "time",
    "customer.name",
    "queue.waiting",
    "queue.wait_minutes",
];

/// A context that holds the sample under each of the names.
fn sample_facts(names: &HashSet<String>, sample: &Json) -> Value {
    let mut context = Context::new().with("slots", Json::Object(Map::new()));
    let sorted: BTreeSet<&String> = names.iter().collect();
    for name in sorted {
        let plain = PLAIN_FACTS
            .iter()
            .find(|plain| name.strip_prefix(**plain).is_some_and(|rest| rest.starts_with('.')));
        context = context.with(plain.map_or(name.as_str(), |plain| plain), sample.clone());
    }
    object(context.as_object())
}
