//! `when`: what must hold of the facts that come with a message.

use serde_json::Value;

use crate::context::Context;
use crate::rules::scalar;
use crate::text::Language;

/// A fact and what it may be. A fact that is missing fails.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    fact: String,
    tests: Vec<Test>,
}

/// One thing that a fact may be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    /// This text, in any case; or a number or truth written like it.
    Text(String),
    Truth(bool),
    /// A number in these bounds.
    Number(Bounds),
    /// A time of day, in seconds: from the first up to before the second, over midnight where it is smaller.
    Time {
        from: u32,
        until: u32,
    },
}

/// Bounds of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) least: f64,
    pub(crate) most: f64,
    /// Whether the bounds themselves are left out.
    pub(crate) open: bool,
}

/// The name of the fact that is the rule of the conversation's topic, while it lives.
pub(crate) const PREVIOUS: &str = "previous";

impl Condition {
    /// A fact and what it may be.
    pub(crate) fn new(fact: &str, tests: Vec<Test>) -> Self {
        Condition { fact: fact.to_owned(), tests }
    }

    /// The name of the fact.
    pub(crate) fn fact(&self) -> &str {
        &self.fact
    }

    /// What the fact may be.
    pub(crate) fn tests(&self) -> &Vec<Test> {
        &self.tests
    }

    /// The texts that the fact may be; none among them for numbers and times.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.tests
            .iter()
            .filter_map(|test| if let Test::Text(text) = test { Some(text.as_str()) } else { None })
    }

    /// A value of the fact with which the condition holds.
    pub(crate) fn example(&self) -> Option<Value> {
        self.tests.first().map(Test::example)
    }

    /// Whether the fact is there and passes one of the tests; `previous` is a fact like the others.
    pub(crate) fn holds(&self, context: &Context) -> bool {
        self.holds_after(context, None)
    }

    /// As [`Condition::holds`], in a conversation whose topic is the given rule.
    pub(crate) fn holds_after(&self, context: &Context, previous: Option<&str>) -> bool {
        match (self.fact.as_str(), previous) {
            (PREVIOUS, Some(rule)) => self.tests.iter().any(|test| test.passes_text(rule)),
            (fact, _) => context.get(fact).is_some_and(|value| self.admits(value)),
        }
    }

    /// The text that the fact must be, in lower case, where it may be nothing else: the condition excludes every other
    /// one of the same fact for which this is another text.
    pub(crate) fn only_text(&self) -> Option<String> {
        let [Test::Text(text)] = self.tests.as_slice() else { return None };
        match self.fact.as_str() {
            "language" => Some(Language::new(text).as_str().to_owned()),
            _ => Some(lower_case(text).collect()),
        }
    }

    /// Whether both are of one fact, and no single value of it passes both.
    pub(crate) fn excludes(&self, other: &Condition) -> bool {
        let fits =
            |one: &Condition, other: &Condition| other.tests.iter().any(|test| one.admits(&test.example()));
        let ranges = || self.bounds().any(|one| other.bounds().any(|other| one.meets(other)));
        self.fact == other.fact && !(ranges() || fits(self, other) || fits(other, self))
    }

    fn bounds(&self) -> impl Iterator<Item = &Bounds> {
        self.tests.iter().filter_map(|test| if let Test::Number(bounds) = test { Some(bounds) } else { None })
    }

    /// Whether the fact may have a value.
    fn admits(&self, value: &Value) -> bool {
        if self.fact == "language" { self.speaks(value) } else { self.passes(value) }
    }

    fn passes(&self, value: &Value) -> bool {
        match value {
            Value::Array(values) => {
                values.iter().any(|value| self.tests.iter().any(|test| test.passes(value)))
            }
            value => self.tests.iter().any(|test| test.passes(value)),
        }
    }

    /// `id` is meant for `id-ID`, too.
    fn speaks(&self, tag: &Value) -> bool {
        let Some(tag) = tag.as_str() else { return false };
        self.texts().any(|wanted| Language::same(wanted, tag))
    }
}

impl Test {
    fn example(&self) -> Value {
        match self {
            Test::Text(text) => text.as_str().into(),
            Test::Truth(truth) => (*truth).into(),
            Test::Number(bounds) => bounds.example().into(),
            Test::Time { from, .. } => {
                format!("{:02}:{:02}:{:02}", from / 3600, from / 60 % 60, from % 60).into()
            }
        }
    }

    fn passes(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.passes_text(text),
            Value::Number(number) => number.as_f64().is_some_and(|number| self.passes_number(number)),
            Value::Bool(truth) => match self {
                Test::Truth(wanted) => wanted == truth,
                Test::Text(wanted) => wanted.eq_ignore_ascii_case(if *truth { "true" } else { "false" }),
                _ => false,
            },
            _ => false,
        }
    }

    fn passes_number(&self, number: f64) -> bool {
        match self {
            Test::Number(bounds) => bounds.hold(number),
            Test::Text(wanted) => scalar::number(wanted) == Some(number),
            _ => false,
        }
    }

    fn passes_text(&self, text: &str) -> bool {
        match self {
            Test::Text(wanted) => same_letters(wanted, text),
            Test::Truth(wanted) => text.eq_ignore_ascii_case(if *wanted { "true" } else { "false" }),
            Test::Number(bounds) => scalar::number(text.trim()).is_some_and(|number| bounds.hold(number)),
            Test::Time { from, until } => time_of_day(text).is_some_and(|time| in_range(time, *from, *until)),
        }
    }
}

impl Bounds {
    fn example(&self) -> f64 {
        match (self.least.is_finite(), self.most.is_finite()) {
            (true, true) => self.least.midpoint(self.most),
            (true, false) => self.least + 1.0,
            (false, true) => self.most - 1.0,
            (false, false) => 0.0,
        }
    }

    /// Whether some number is in both.
    fn meets(&self, other: &Bounds) -> bool {
        let (least, most) = (self.least.max(other.least), self.most.min(other.most));
        least < most || (self.hold(least) && other.hold(least))
    }

    fn hold(&self, number: f64) -> bool {
        if self.open {
            self.least < number && number < self.most
        } else {
            self.least <= number && number <= self.most
        }
    }
}

/// Reads what stands under a fact in `when`; the error is the advice.
pub(crate) fn parse(text: &str, plain: bool) -> Result<Test, &'static str> {
    let text = text.trim();
    match text {
        "true" | "false" if plain => return Ok(Test::Truth(text == "true")),
        _ => {}
    }
    // `"007"` in quotes is a code, not a number.
    let code = !plain && text.starts_with('0') && text.len() > 1 && !text.starts_with("0.");
    if let Some(number) = scalar::number(text).filter(|_| !code) {
        return Ok(Test::Number(Bounds { least: number, most: number, open: false }));
    }
    if text.starts_with(['<', '>', '=', '≤', '≥', '＜', '＞', '＝']) {
        return comparison(text).ok_or("write a number after the sign: `>3`, `>=3`, `<3`, `<=3`");
    }
    if text.starts_with("!=") || text.starts_with(['≠', '！']) {
        return Err("no sign says what a fact must not be: list what it may be, `[gold, silver]`");
    }
    if let Some((from, until)) = halves(text) {
        return range(from, until);
    }
    Ok(Test::Text(text.to_owned()))
}

/// The same under a fact of this name: a time is held against times alone.
pub(crate) fn parse_for(fact: &str, text: &str, plain: bool) -> Result<Test, &'static str> {
    let test = parse(text, plain)?;
    let is_time = match &test {
        Test::Time { .. } => true,
        Test::Text(text) => time_of_day(text).is_some(),
        Test::Truth(_) | Test::Number(_) => false,
    };
    if fact == "time" && !is_time { Err(WITH_COLONS) } else { Ok(test) }
}

const WITH_COLONS: &str = "write times with a colon: `22:00-06:00`";

fn comparison(text: &str) -> Option<Test> {
    let signs = text.find(|letter| !matches!(letter, '<' | '>' | '=')).unwrap_or(text.len());
    let (sign, number) = text.split_at(signs);
    let number = scalar::number(number.trim())?;
    let (least, most, open) = match sign {
        ">" => (number, f64::INFINITY, true),
        ">=" => (number, f64::INFINITY, false),
        "<" => (f64::NEG_INFINITY, number, true),
        "<=" => (f64::NEG_INFINITY, number, false),
        "=" | "==" => (number, number, false),
        _ => return None,
    };
    Some(Test::Number(Bounds { least, most, open }))
}

/// The two sides of a range: both begin with a digit and hold nothing but numbers and times.
fn halves(text: &str) -> Option<(&str, &str)> {
    let middle =
        text.char_indices().skip(1).find(|&(_, letter)| matches!(letter, '-' | '–')).map(|(at, _)| at)?;
    let (from, until) =
        (text.get(..middle)?.trim(), text.get(middle..)?.trim_start_matches(['-', '–']).trim());
    let numeric = |side: &str| {
        side.starts_with(|first: char| first.is_ascii_digit() || first == '-')
            && side.bytes().all(|byte| byte.is_ascii_digit() || b":.-".contains(&byte))
    };
    let code = |side: &str| {
        side.starts_with('0') && side.len() > 1 && side.bytes().all(|byte| byte.is_ascii_digit())
    };
    (numeric(from) && numeric(until) && !code(from) && !code(until) && until.matches('-').count() < 2)
        .then_some((from, until))
}

fn range(from: &str, until: &str) -> Result<Test, &'static str> {
    if from.contains(':') || until.contains(':') {
        let (Some(from), Some(until)) = (clock(from), clock(until)) else {
            return Err("write both times as hours and minutes, from 00:00 to 24:00: `22:00-06:00`");
        };
        return if from == until {
            Err("the two times are the same")
        } else {
            Ok(Test::Time { from, until })
        };
    }
    match (scalar::number(from), scalar::number(until)) {
        (Some(least), Some(most)) if least <= most => Ok(Test::Number(Bounds { least, most, open: false })),
        (Some(_), Some(_)) if is_dotted(from) && is_dotted(until) => {
            Err("write times with a colon: `22:00-06:00`; of numbers, the smaller first")
        }
        (Some(_), Some(_)) => Err("write the smaller number first"),
        _ => Ok(Test::Text(format!("{from}-{until}"))),
    }
}

/// Whether a number may be a time as it is written in Indonesia: `22.00`.
fn is_dotted(number: &str) -> bool {
    number.split_once('.').is_some_and(|(_, minutes)| minutes.len() == 2)
        && clock(&number.replace('.', ":")).is_some()
}

/// Seconds of `22:00` or `22:00:30`.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let mut part = |most: u32| {
        let digits = parts.next()?;
        let number: u32 = digits.parse().ok()?;
        (digits.len() <= 2 && number <= most && !digits.starts_with('+')).then_some(number)
    };
    let (hours, minutes) = (part(24)?, part(59)?);
    let seconds = if text.matches(':').count() == 2 { part(59)? } else { 0 };
    let time = hours * 3_600 + minutes * 60 + seconds;
    (parts.next().is_none() && time <= 86_400).then_some(time)
}

/// The time of day of `23:15`, `23:15:30` or an ISO date and time, as its writer's clock shows it.
fn time_of_day(text: &str) -> Option<u32> {
    let time = text.split(['T', ' ']).next_back()?;
    let end = time.find(|letter: char| !letter.is_ascii_digit() && letter != ':').unwrap_or(time.len());
    clock(time.get(..end)?)
}

fn in_range(time: u32, from: u32, until: u32) -> bool {
    if from < until { from <= time && time < until } else { from <= time || time < until }
}

fn same_letters(a: &str, b: &str) -> bool {
    a == b || lower_case(a).eq(lower_case(b))
}

fn lower_case(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn holds(expected: &str, fact: &Value) -> bool {
        let test = parse(expected, true).unwrap_or_else(|advice| panic!("{expected}: {advice}"));
        let condition = Condition { fact: "a.b".into(), tests: vec![test] };
        condition.holds(&Context::new().with("a.b", fact.clone()))
    }

    #[test]
    fn facts_are_held_against_values_and_ranges() {
        let cases = [
            ("gold", json!("gold"), true),
            ("gold", json!("Gold"), true),
            ("gold", json!("silver"), false),
            ("gold", json!(["new", "gold"]), true),
            ("gold", json!(null), false),
            ("gold", json!({"x": 1}), false),
            ("true", json!(true), true),
            ("true", json!("true"), true),
            ("true", json!(false), false),
            ("3", json!(3), true),
            ("3", json!(3.0), true),
            ("3", json!("3"), true),
            ("3", json!(4), false),
            (">3", json!(3), false),
            (">3", json!(3.5), true),
            (">=3", json!(3), true),
            ("<3", json!(-1), true),
            ("<= 3", json!(3), true),
            (">3", json!("many"), false),
            ("3-5", json!(3), true),
            ("3-5", json!(5), true),
            ("3 - 5", json!(5.1), false),
            ("-5--3", json!(-4), true),
            ("22:00-06:00", json!("23:15"), true),
            ("22:00-06:00", json!("06:00"), false),
            ("22:00-06:00", json!("2024-05-01T05:59:59+07:00"), true),
            ("22:00-06:00", json!("2024-05-01 12:00"), false),
            ("8:00-17:30", json!("08:00"), true),
            ("00:00-24:00", json!("23:59:59"), true),
            ("22:00-06:00", json!(23), false),
            ("e-mail", json!("E-mail"), true),
            ("0812-333", json!("0812-333"), true),
            ("0.5", json!(0.5), true),
            ("最低", json!("最低"), true),
        ];
        for (expected, fact, wanted) in cases {
            assert_eq!(holds(expected, &fact), wanted, "{expected} of {fact}");
        }
    }

    #[test]
    fn digits_in_quotes_that_begin_with_zero_are_a_code() {
        assert_eq!(parse("007", false), Ok(Test::Text("007".into())));
        assert_eq!(parse("7", false), parse("7", true));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_advice() {
        for text in [">", ">abc", "<>3", "25:00-06:00", "22:00-6", "22:61-23:00", "10:00-10:00", "5-3", "=>3"]
        {
            assert!(parse(text, true).is_err(), "{text}");
        }
        for (text, advice) in [
            ("!=vip", "list what it may be"),
            ("≠3", "list what it may be"),
            ("≥3", "`>=3`"),
            ("＞3", "`>=3`"),
            ("22.00-06.00", "with a colon: `22:00-06:00`"),
            ("5.5-3.2", "write the smaller number first"),
        ] {
            let given = parse(text, false).expect_err(text);
            assert!(given.contains(advice), "{text}: {given}");
        }
    }

    #[test]
    fn a_time_is_held_against_times_alone() {
        for text in ["22:00-06:00", "08:00", "2024-05-06T09:00:00+07:00"] {
            assert!(parse_for("time", text, true).is_ok(), "{text}");
        }
        for text in ["night", "9am-5pm", "9-17", "08.00-17.00", ">9", "true", "2024-05-06"] {
            assert_eq!(parse_for("time", text, true), Err(WITH_COLONS), "{text}");
            assert!(parse_for("shift", text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_missing_fact_fails_and_the_previous_rule_is_asked_of_the_conversation() {
        let condition = Condition { fact: PREVIOUS.into(), tests: vec![Test::Text("deposit".into())] };
        assert!(!condition.holds(&Context::new()));
        assert!(condition.holds_after(&Context::new(), Some("deposit")));
        assert!(!condition.holds_after(&Context::new(), Some("withdraw")));
    }

    #[test]
    fn a_language_is_meant_with_all_its_regions() {
        let condition = Condition { fact: "language".into(), tests: vec![Test::Text("id".into())] };
        assert!(condition.holds(&Context::new().with("language", "id-ID")));
        assert!(!condition.holds(&Context::new().with("language", "en")));
    }

    #[test]
    fn conditions_that_no_value_passes_both_exclude_each_other() {
        let condition = |fact: &str, tests: &[&str]| {
            let tests = tests.iter().map(|test| parse(test, true).expect(test)).collect();
            Condition { fact: fact.into(), tests }
        };
        let cases: [(&str, &[&str], &[&str], bool); 15] = [
            ("channel", &["web"], &["whatsapp"], true),
            ("channel", &["web"], &["WEB"], false),
            ("channel", &["web", "app"], &["whatsapp", "app"], false),
            ("vip", &["true"], &["false"], true),
            ("age", &["<18"], &[">=18"], true),
            ("age", &["<=18"], &["18-25"], false),
            ("age", &[">3"], &["5"], false),
            ("age", &[">5"], &["5"], true),
            ("age", &["1-10"], &["3-20"], false),
            ("time", &["22:00-06:00"], &["06:00-22:00"], true),
            ("time", &["22:00-06:00"], &["05:00-07:00"], false),
            ("language", &["en"], &["id"], true),
            ("language", &["en"], &["en-US"], false),
            ("previous", &["deposit"], &["withdraw"], true),
            ("plan", &["gold"], &["5"], true),
        ];
        for (fact, one, other, apart) in cases {
            let (one, other) = (condition(fact, one), condition(fact, other));
            assert_eq!((one.excludes(&other), other.excludes(&one)), (apart, apart), "{one:?} {other:?}");
        }
        assert!(!condition("a", &["x"]).excludes(&condition("b", &["y"])));
        let one_text = |fact: &str, tests: &[&str]| condition(fact, tests).only_text();
        assert_eq!(one_text("channel", &["WEB"]).as_deref(), Some("web"));
        assert_eq!(one_text("language", &["en-US"]).as_deref(), Some("en"));
        assert_eq!([one_text("channel", &["web", "app"]), one_text("age", &[">3"])], [None, None]);
    }

    proptest! {
        #[test]
        fn any_text_parses_or_is_refused(text in ".{0,20}", signs in "[-<>=:0-9. ]{0,12}", plain: bool) {
            let _ = parse(&text, plain);
            let _ = parse(&signs, plain);
            let _ = time_of_day(&text);
        }

        #[test]
        fn a_time_range_and_its_turn_share_no_time(from in 0u32..86_400, until in 0u32..86_400, time in 0u32..86_400) {
            prop_assume!(from != until);
            prop_assert_ne!(in_range(time, from, until), in_range(time, until, from));
        }
    }
}
