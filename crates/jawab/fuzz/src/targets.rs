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
