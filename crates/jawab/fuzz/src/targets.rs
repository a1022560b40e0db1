use std::borrow::Cow;
use std::sync::OnceLock;

use jawab::privacy::{Masker, redact};
use jawab::{Context, Engine, Limits, Message, RuleSet, Scenarios, Source};
use serde_json::{Value, json};

/// A name and what it runs.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("rule_file", rule_file),
    ("pattern", pattern),
    ("regex", regex),
    ("text_template", text_template),
    ("condition", condition),
    ("message", message),
    ("context", context),
    ("scenarios", scenarios),
    ("privacy", privacy),
    ("compiled", compiled),
    ("state", state),
];

const RULES: &str = r#"
jawab: 1
language: id
settings: {languages: [id, en, fil, zh], fallback: {say: Sebentar.}}
teams: {finance: {respond_within: 1m}}
intents:
  deposit-missing:
    any: ["deposit ... (belum|tidak) masuk", "catat {*note}", "/kode (?<code>\\w+)/"]
    handoff: {team: finance, collect: [account, amount, phone], say: "Kami cek {{ slots.note | default('ya') }}."}
faq:
  deposit-how: {questions: [cara deposit, gimana isi saldo, how to deposit, 怎么充值], answer: Begini.}
"#;

/// Rules with everything that conversations use.
const DESK: &str = include_str!("../../tests/conversations/desk.yaml");

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        Engine::new(&RuleSet::from_yaml("rules.yaml", RULES).expect("valid")).expect("compiles")
    })
}

/// Loads a rule set; where it is one, decides a message by it.
fn load_and_decide(yaml: &str, message: &str, context: &Context) {
    match RuleSet::from_yaml("fuzz.yaml", yaml) {
        Err(error) => assert!(!error.diagnostics().is_empty()),
        Ok(rules) => {
            if let Ok(engine) = Engine::new(&rules) {
                let _ = engine.decide(Message::new(message).with_context(context)).to_json();
            }
        }
    }
}

/// A rule set of one rule; JSON is YAML.
fn one_rule(rule: &Value) -> String {
    let settings = json!({"fallback": {"say": "ok"}});
    json!({"jawab": 1, "language": "id", "settings": settings, "intents": {"a": rule}}).to_string()
}

/// A file of rules.
pub fn rule_file(data: &[u8]) {
    load_and_decide(&text(data), "halo", &Context::new());
}

/// A pattern, and a message of the same letters.
pub fn pattern(data: &[u8]) {
    let pattern = text(data);
    load_and_decide(&one_rule(&json!({"any": [pattern], "answer": "ok"})), &pattern, &Context::new());
}

/// A regular expression, and a message of the same letters.
pub fn regex(data: &[u8]) {
    let expression = text(data);
    let rule = json!({"any": [format!("/{expression}/")], "answer": "ok"});
    load_and_decide(&one_rule(&rule), &expression, &Context::new());
}

/// A text with facts.
pub fn text_template(data: &[u8]) {
    let context = Context::new().with("customer.name", "Sari").with("queue.waiting", 3);
    load_and_decide(&one_rule(&json!({"any": ["halo"], "answer": text(data)})), "halo", &context);
}

/// A condition on a fact of the same letters.
pub fn condition(data: &[u8]) {
    let expected = text(data);
    let rule = json!({"any": ["halo"], "when": {"time": expected}, "answer": "ok"});
    load_and_decide(&one_rule(&rule), "halo", &Context::new().with("time", expected.as_ref()));
}

/// A message.
pub fn message(data: &[u8]) {
    let message = text(data);
    let explanation = engine().explain(message.as_ref());
    assert_eq!(explanation.decision, engine().decide(message.as_ref()));
    let _ = (explanation.to_string(), explanation.decision.to_json());
}

/// The facts of a message, as JSON.
pub fn context(data: &[u8]) {
    if let Ok(Value::Object(facts)) = serde_json::from_slice(data) {
        let _ = engine().decide(Message::new("cara deposit").with_context(&facts.into())).to_json();
    }
}

/// A file of scenarios.
pub fn scenarios(data: &[u8]) {
    let source = Source::new("tests/fuzz.yaml", data);
    let _ = Scenarios::from_sources(&[source], engine().rules(), &Limits::default());
}

/// A text with secrets in it, or none.
pub fn privacy(data: &[u8]) {
    let (masker, text) = (Masker::default(), text(data));
    let masked = masker.mask(&text, &[]);
    assert_eq!(masker.mask(&masked.text, &[]).text, masked.text);
    let mut output = Vec::new();
    redact(&masker, data, &mut output, |_| ()).expect("memory takes everything");
    assert!(std::str::from_utf8(data).is_err() || output == masked.text.as_bytes());
}

/// Where the checksum of a compiled file stands, and what it is of begins.
const CHECKSUM: std::ops::Range<usize> = 12..44;

/// A compiled file, and changes to one whose checksum is put right again: every four bytes are a place and what is
/// written there.
pub fn compiled(data: &[u8]) {
    assert!(Engine::from_compiled(data).is_err(), "no fuzzer finds a checksum");
    let mut bytes = engine().to_compiled();
    for change in data.chunks_exact(4) {
        let place = usize::from(change[0]) << 16 | usize::from(change[1]) << 8 | usize::from(change[2]);
        let at = CHECKSUM.end + place % (bytes.len() - CHECKSUM.end);
        bytes[at] = change[3];
    }
    let sum = blake3::hash(&bytes[CHECKSUM.end..]);
    bytes[CHECKSUM].copy_from_slice(sum.as_bytes());
    let Ok(engine) = Engine::from_compiled(&bytes) else { return };
    for message in
        ["cara deposit gmn kak", "deposit 50rb blm masuk kode ab12", "catat sesuatu", "怎么充值", "dpst"]
    {
        let explanation = engine.explain(message);
        assert_eq!(explanation.decision, engine.decide(message));
    }
    let _ = (engine.rules().rules(), engine.rules().sources(), engine.to_compiled());
}

fn desk() -> &'static Engine {
    static DESK_ENGINE: OnceLock<Engine> = OnceLock::new();
    DESK_ENGINE.get_or_init(|| {
        Engine::new(&RuleSet::from_yaml("desk.yaml", DESK).expect("valid")).expect("compiles")
    })
}

/// Messages after which a conversation was saved.
const SAVED_AFTER: &[&[&str]] = &[
    &["mau dibatalkan"],
    &["deposit saya belum masuk", "500rb"],
    &["cara deposit gimana", "ga membantu"],
    &["saya takut, biaya lewat bca", "kalau gopay?", "halo"],
    &["deposit 500rb bca belum masuk, ref TRX9911223", "mana nih", "brengsek"],
    &["qwxv zzgrm"],
];

/// Messages with which a saved conversation goes on.
const GOES_ON_WITH: &[&str] = &[
    "yang mana",
    "yang kedua",
    "500rb lewat bca",
    "minimal deposit berapa",
    "cara deposit gimana",
    "berapa lama",
    "kalau bca?",
    "ga membantu",
    "sebentar ya",
    "deposit saya belum masuk",
    "qwxv zzgrm",
];

/// A saved state, and changes to a real one, each alone and all together: the first byte says to which, every three bytes
/// are a place, what is done there, and with what.
pub fn state(data: &[u8]) {
    go_on(&text(data));
    let Some((first, changes)) = data.split_first() else { return };
    let messages = SAVED_AFTER[usize::from(*first) % SAVED_AFTER.len()];
    let mut conversation = desk().conversation(Context::new().with("channel", "chat"));
    messages.iter().for_each(|message| drop(conversation.decide(*message)));
    let real: Value = serde_json::from_str(&conversation.to_json()).expect("a state is JSON");
    let mut all = real.clone();
    for change in changes.chunks_exact(3).take(8) {
        let mut alone = real.clone();
        for state in [&mut alone, &mut all] {
            let mut place = usize::from(change[0]) % values_in(state);
            value_at(state, &mut place).into_iter().for_each(|value| alter(value, change[1], change[2]));
        }
        go_on(&alone.to_string());
    }
    go_on(&all.to_string());
}

/// Goes on with a state, where it is one; what comes of it must be one as well.
fn go_on(state: &str) {
    for (message, next) in GOES_ON_WITH.iter().zip(GOES_ON_WITH.iter().cycle().skip(3)) {
        let Ok(mut conversation) = desk().resume(state) else { return };
        conversation.decide(*message);
        conversation.decide_burst(&["oke", *message, *next].map(Message::new));
        let saved = conversation.to_json();
        assert!(saved.len() <= 4_000, "{} bytes of {state}", saved.len());
        let resumed = desk().resume(&saved).unwrap_or_else(|error| panic!("{error}: {saved}"));
        assert_eq!(resumed.to_json(), saved);
    }
}

fn values_in(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(values_in).sum(),
        Value::Object(entries) => entries.values().map(values_in).sum(),
        _ => 0,
    }
}

/// A value in another by its place, each before those that are in it.
fn value_at<'v>(value: &'v mut Value, place: &mut usize) -> Option<&'v mut Value> {
    if *place == 0 {
        return Some(value);
    }
    *place -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|inner| value_at(inner, place)),
        Value::Object(entries) => entries.values_mut().find_map(|inner| value_at(inner, place)),
        _ => None,
    }
}

/// Puts something else in the place of a value, or changes how much is in it.
fn alter(value: &mut Value, how: u8, with: u8) {
    let (numbers, with) = ([0, 1, 2, 9, u64::from(u32::MAX), u64::MAX], usize::from(with));
    let texts = [
        "",
        "deposit-missing",
        "deposit-cancel",
        "method",
        "\u{1}",
        "\"",
        "最低",
        "2024-05-06T10:00:00+07:00",
    ];
    match (how % 4, value) {
        (0, value) => *value = numbers[with % numbers.len()].into(),
        (1, value) => *value = texts[with % texts.len()].repeat(1 + with / texts.len()).into(),
        (2, Value::Array(items)) => items.extend(items.last().cloned()),
        (2, Value::Object(entries)) => drop(entries.insert("\u{1}".repeat(with), with.into())),
        (3, Value::Array(items)) => drop(items.pop()),
        (3, Value::Object(entries)) => {
            if let Some(name) = entries.keys().nth(with % entries.len().max(1)).cloned() {
                entries.remove(&name);
            }
        }
        (_, value) => *value = Value::Null,
    }
}
