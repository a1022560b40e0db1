//! Texts that use facts: `Halo {{ customer.name }}`.

mod expression;

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use expression::{compile, missing_slot};
use minijinja::value::ValueKind;
use minijinja::{Expression, Value};
use serde_json::{Map, Value as Json};

use crate::context::Context;

/// Most problems of one text that are told.
const MOST_PROBLEMS: usize = 10;

/// A text with expressions in `{{ }}`; a text without them is kept as it is.
#[derive(Debug, Clone)]
pub(crate) struct TextTemplate {
    source: Arc<str>,
    pieces: Arc<[Piece]>,
    facts: Arc<BTreeSet<String>>,
}

#[derive(Debug)]
enum Piece {
    Literal(Range<usize>),
    Fact(Compiled),
}

/// An expression is evaluated with values of its own: a panic elsewhere cannot leave it half changed.
struct Compiled(AssertUnwindSafe<Expression<'static, 'static>>);

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Compiled")
    }
}

/// Why a text cannot be used.
#[derive(Debug, PartialEq)]
pub(crate) struct TextError {
    pub(crate) message: String,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    pub(crate) help: Option<&'static str>,
    /// Whether it is well formed, but no facts can fill it.
    pub(crate) unfillable: bool,
}

impl PartialEq for TextTemplate {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl TextTemplate {
    /// Reads a text and proves that there are facts which fill it.
    pub(crate) fn parse(source: &str) -> Result<Self, TextError> {
        let mut pieces = Vec::new();
        let mut facts = BTreeSet::new();
        let mut at = 0;
        while let Some(open) = next_opening(source, at)? {
            let close = closing(source, open)?;
            let expression = compile(source, open + 2..close)?;
            facts.extend(expression.undeclared_variables(true));
            pieces.extend([Piece::Literal(at..open), Piece::Fact(Compiled(AssertUnwindSafe(expression)))]);
            at = close + 2;
        }
        if !pieces.is_empty() {
            pieces.push(Piece::Literal(at..source.len()));
        }
        Ok(TextTemplate { source: source.into(), pieces: pieces.into(), facts: Arc::new(facts) })
    }

    /// All that is wrong with a text that cannot be used.
    pub(crate) fn problems(source: &str) -> Vec<TextError> {
        let (mut problems, mut at) = (Vec::new(), 0);
        while problems.len() < MOST_PROBLEMS {
            let open = match next_opening(source, at) {
                Ok(Some(open)) => open,
                Ok(None) => break,
                Err(error) => {
                    at = error.range.end;
                    problems.push(error);
                    continue;
                }
            };
            match closing(source, open) {
                Ok(close) => {
                    problems.extend(compile(source, open + 2..close).err());
                    at = close + 2;
                }
                Err(error) => {
                    problems.push(error);
                    break;
                }
            }
        }
        problems
    }

    /// A text that is said as it stands.
    pub(crate) fn literal(source: &str) -> Self {
        TextTemplate { source: source.into(), pieces: Arc::new([]), facts: Arc::default() }
    }

    /// The text as it is written.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The text where it uses no facts.
    pub(crate) fn plain(&self) -> Option<&str> {
        self.pieces.is_empty().then_some(&*self.source)
    }

    /// Bytes of the source that are said as they stand.
    pub(crate) fn literals(&self) -> impl Iterator<Item = Range<usize>> {
        let whole = self.pieces.is_empty().then_some(0..self.source.len());
        let literal =
            |piece: &Piece| if let Piece::Literal(range) = piece { Some(range.clone()) } else { None };
        whole.into_iter().chain(self.pieces.iter().filter_map(literal))
    }

    /// Names of the facts that the text uses, also those with a default.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().map(String::as_str)
    }

    /// The first slot that is not among the captured ones though nothing fills its expression without it; with the
    /// bytes of the expression.
    pub(crate) fn missing_slot(&self, captured: impl Fn(&str) -> bool) -> Option<(String, Range<usize>)> {
        let literals = self.literals().map(|literal| literal.end + 2);
        let expressions = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Fact(Compiled(expression)) => Some(expression),
            Piece::Literal(_) => None,
        });
        literals.zip(expressions).find_map(|(start, expression)| {
            let range = start..closing(&self.source, start - 2).ok()?;
            let slot = missing_slot(expression, self.source.get(range.clone())?, &captured)?;
            Some((slot, range))
        })
    }

    /// The text with the facts, an object, in it; none where one is missing.
    pub(crate) fn fill(&self, facts: &Json) -> Option<String> {
        if self.pieces.is_empty() {
            return Some(self.source.to_string());
        }
        let values = self.values(facts);
        let mut filled = String::with_capacity(self.source.len() + 16);
        for piece in self.pieces.iter() {
            match piece {
                Piece::Literal(range) => filled.push_str(self.source.get(range.clone())?),
                Piece::Fact(expression) => push(&mut filled, &expression.0.eval(values.clone()).ok()?)?,
            }
        }
        Some(filled)
    }

    /// Only the facts that are used: a context may hold much more. What a fact stands in is always there, so that
    /// `customer.name | default("…")` also works for a host that knows nothing of the customer.
    fn values(&self, facts: &Json) -> Value {
        let mut used = Context::new();
        for name in self.facts.iter() {
            let value = name.split('.').try_fold(facts, |inside, part| inside.get(part));
            match (value, name.rsplit_once('.')) {
                (Some(value), _) if !value.is_null() && value != "" => used = used.with(name, value.clone()),
                (_, Some((holder, _))) if used.get(holder).is_none() => {
                    used = used.with(holder, Json::Object(Map::new()));
                }
                _ => {}
            }
        }
        object(used.as_object())
    }
}

/// A fact as expressions see it.
fn value(fact: &Json) -> Value {
    match fact {
        Json::Null => Value::UNDEFINED,
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(whole)) => Value::from(whole),
            (None, None) => Value::from(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(values) => values.iter().map(value).collect::<Vec<Value>>().into(),
        Json::Object(facts) => object(facts),
    }
}

fn object(facts: &Map<String, Json>) -> Value {
    Value::from_pairs(facts.iter().map(|(name, fact)| (name.as_str(), value(fact))))
}

/// Writes a value; none where it is nothing that a customer can read.
fn push(filled: &mut String, value: &Value) -> Option<()> {
    match value.kind() {
        ValueKind::String | ValueKind::Number => filled.push_str(&value.to_string()),
        ValueKind::Bool => filled.push_str(if value.is_true() { "true" } else { "false" }),
        _ => return None,
    }
    Some(())
}

/// Where the next expression opens; blocks and comments are no part of the language.
fn next_opening(source: &str, from: usize) -> Result<Option<usize>, TextError> {
    let mut braces = source.get(from..).unwrap_or_default().match_indices('{').map(|(at, _)| from + at);
    let opening = |at: usize| Some((at, source.get(at..at + 2)?));
    match braces.find_map(|at| opening(at).filter(|(_, sign)| ["{{", "{%", "{#"].contains(sign))) {
        Some((at, "{{")) => Ok(Some(at)),
        Some((at, sign)) => Err(TextError {
            message: format!("`{sign}` is not known in texts"),
            range: at..at + 2,
            help: Some("use `{{ fact }}`, `{{ fact | default(\"…\") }}`, or a variant with `when`"),
            unfillable: false,
        }),
        None => Ok(None),
    }
}

/// Where the expression that opens at `open` closes: the first `}}` outside of quotes.
fn closing(source: &str, open: usize) -> Result<usize, TextError> {
    let mut quote = None;
    let mut escaped = false;
    let bytes = source.as_bytes();
    for (at, &byte) in bytes.iter().enumerate().skip(open + 2) {
        let is_quote = byte == b'"' || byte == b'\'';
        match quote {
            Some(_) if escaped || byte == b'\\' => escaped = !escaped,
            Some(open) => quote = (byte != open).then_some(open),
            None if byte == b'}' && bytes.get(at + 1) == Some(&b'}') => return Ok(at),
            None => quote = is_quote.then_some(byte),
        }
    }
    Err(TextError {
        message: "the `{{` that opens here is never closed".to_owned(),
        range: open..open + 2,
        help: Some("add `}}`"),
        unfillable: false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fill(text: &str) -> Option<String> {
        let facts = Context::new()
            .with("customer.name", "Sari")
            .with("queue.waiting", 3)
            .with("vip", true)
            .with("order", 12_345_678_901_234_567_890_u64)
            .with("gone", serde_json::Value::Null);
        let facts = Json::Object(facts.as_object().clone());
        TextTemplate::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).fill(&facts)
    }

    #[test]
    fn facts_fill_texts_and_missing_ones_do_not() {
        let cases = [
            ("Halo", Some("Halo")),
            ("Halo {{ customer.name }}!", Some("Halo Sari!")),
            ("{{ queue.waiting }} di depan", Some("3 di depan")),
            ("{{ customer.nick | default(\"Kak\") }}, halo", Some("Kak, halo")),
            ("{{ customer.nick }}", None),
            ("{{ nobody.name }}", None),
            ("{{ nobody.name | default('Kak') }}", Some("Kak")),
            ("{{ gone }}", None),
            ("{{ customer }}", None),
            ("{{ '}}' ~ customer.name }}", Some("}}Sari")),
            ("{{ queue.waiting * 2 }} menit", Some("6 menit")),
            ("{{ 'satu' if queue.waiting == 1 else 'banyak' }}", Some("banyak")),
            ("a } b {c}", Some("a } b {c}")),
            ("{{ vip }}", Some("true")),
            ("{{ order }}", Some("12345678901234567890")),
        ];
        for (text, filled) in cases {
            assert_eq!(fill(text).as_deref(), filled, "{text}");
        }
    }

    #[test]
    fn texts_may_be_shared_by_threads_and_used_after_a_panic() {
        fn shared<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
        shared::<TextTemplate>();
    }

    #[test]
    fn the_names_of_facts_are_known() {
        let text = TextTemplate::parse("{{ customer.name }} {{ queue.waiting | default(1) }} {{ channel }}")
            .unwrap();
        assert_eq!(text.facts().collect::<Vec<_>>(), ["channel", "customer.name", "queue.waiting"]);
    }

    #[test]
    fn what_cannot_be_read_or_filled_is_refused_where_it_stands() {
        let cases = [
            ("x {{ a", "{{", false, "the `{{` that opens here is never closed"),
            ("x {{ }} y", "{{ }}", false, "the braces hold no fact"),
            ("x {% if a %}", "{%", false, "`{%` is not known in texts"),
            ("x {{ a b }}", " a b ", false, "`a b` cannot be read"),
            ("x {{ 1 + }}", " 1 + ", false, "`1 +` cannot be read"),
            (
                "x {{ a | shout }}",
                " a | shout ",
                true,
                "no facts can fill `a | shout`: there is no such filter",
            ),
            (
                "x {{ a | upper(1) }}",
                " a | upper(1) ",
                true,
                "no facts can fill `a | upper(1)`: it gives a filter too many values",
            ),
            ("x {{ shout(a) }}", " shout(a) ", true, "no facts can fill `shout(a)`"),
            (
                "x {{ channel.name }}",
                " channel.name ",
                true,
                "no facts can fill `channel.name`: nothing is there",
            ),
            (
                "x {{ range(100000000) | join }}",
                " range(100000000) | join ",
                true,
                "no facts can fill `range(100000000) | join`",
            ),
            (
                "x {{ customer.name | default(Kak) }}",
                "Kak",
                true,
                "the default `Kak` is no text: without quotes it names a fact",
            ),
            (
                "x {{ customer.name | d( kak ) | upper }}",
                "kak",
                true,
                "the default `kak` is no text: without quotes it names a fact",
            ),
        ];
        for (text, marked, unfillable, message) in cases {
            let error = TextTemplate::parse(text).expect_err(text);
            let found = (&text[error.range.clone()], error.unfillable, error.message.as_str());
            assert_eq!(found, (marked, unfillable, message));
        }
    }

    #[test]
    fn an_expression_is_bounded_however_deep_it_nests() {
        let repeated = |start: &str, part: &str, most: usize, end: &str| {
            let times = (most - start.len() - end.len()) / part.len();
            let inside = format!("{start}{}{end}", part.repeat(times));
            inside.clone() + &" ".repeat(most - inside.len())
        };
        for (start, part, end) in
            [("a", "~a", ""), ("a", ".a", ""), ("", "-", "1"), ("", "(", ""), ("a", "|upper", "")]
        {
            let parse =
                |bytes| TextTemplate::parse(&format!("x {{{{{}}}}} y", repeated(start, part, bytes, end)));
            let told = "this expression has 1001 bytes, at most 1000 are read";
            let is_told =
                |bytes| parse(bytes).is_err_and(|error| error.message == told && error.range == (4..1005));
            assert!(is_told(1_001) && !is_told(1_000), "{part}");
            assert!(parse(60_000).is_err_and(|error| error.help.is_some()), "{part}");
        }
    }

    #[test]
    fn eight_times_as_many_expressions_take_no_more_than_three_times_that() {
        let least = |times| {
            let text = "{ {{a}}".repeat(times);
            let time = || {
                let start = std::time::Instant::now();
                assert_eq!(TextTemplate::parse(&text).unwrap().facts().collect::<Vec<_>>(), ["a"]);
                start.elapsed()
            };
            (0..5).map(|_| time()).min().unwrap()
        };
        let (few, many) = (least(2_500), least(20_000));
        assert!(many < few * 24, "{few:?}, {many:?}");
    }

    #[test]
    fn a_default_may_be_a_text_a_value_or_a_fact_of_every_host() {
        for default in ["'Kak'", "\"(Kak)\"", "7", "true", "channel", "customer.nick"] {
            let text = format!("{{{{ nick | default({default}) }}}}");
            assert!(TextTemplate::parse(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_text_waits_for_a_slot_where_nothing_else_can_be_said() {
        let cases = [
            ("{{ slots.amount }}", None),
            ("a {{ slots.amount }} {{ slots.bank }}", Some(("bank", " slots.bank "))),
            ("{{ slots.bank | upper }}", Some(("bank", " slots.bank | upper "))),
            ("{{ slots.amount.value }}", Some(("amount.value", " slots.amount.value "))),
            ("{{ slots.bank | default('x') }}", None),
            ("{{ slots.bank if slots.bank is defined else 'x' }}", None),
            ("{{ 'x' if channel == 'web' else slots.bank }}", None),
            ("{{ bank }}", None),
        ];
        for (text, expected) in cases {
            let found = TextTemplate::parse(text).unwrap().missing_slot(|slot| slot == "amount");
            let found = found.map(|(slot, range)| (slot, &text[range]));
            assert_eq!(found.as_ref().map(|(slot, at)| (slot.as_str(), *at)), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused_inside_itself(text in "[a-z{}%#\"'|. ()0-9é]{0,40}") {
            match TextTemplate::parse(&text) {
                Ok(template) => {
                    template.fill(&Json::Null);
                }
                Err(error) => prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error),
            }
        }

        #[test]
        fn a_text_without_braces_stays_as_it_is(text in "[^{]{0,40}") {
            prop_assert_eq!(TextTemplate::parse(&text).unwrap().fill(&Json::Null), Some(text));
        }
    }
}
