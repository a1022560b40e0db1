//! What a customer must not see repeated, and an agent must not see, comes out of no decision and no explanation.

use jawab::privacy::Kind;
use jawab::{Code, Engine, RuleSet};

const RULES: &str = r#"
jawab: 1
language: id
settings: {languages: [id], fallback: {say: Sebentar ya.}}
teams: {finance: {respond_within: 1m}}
intents:
  deposit-missing:
    any: ["deposit ... belum masuk"]
    handoff: {team: finance, collect: [account, reference], say: Kami cek.}
  note:
    any: ["catat {*note}", "/nomor (?<number>\\d+)/"]
    answer: "Dicatat: {{ slots.note }}."
faq:
  login:
    questions: [tidak bisa login, gagal login dengan password]
    answer: Coba lagi.
"#;

fn engine() -> Engine {
    Engine::new(&RuleSet::from_yaml("rules.yaml", RULES).expect("valid")).expect("compiles")
}

#[test]
fn what_a_rule_collects_comes_out_and_all_else_that_is_private_does_not() {
    let json = |text: &str| engine().decide(text).to_json();
    let collected = json("deposit saya belum masuk akun 1234567890 hp 081299998888");
    assert!(collected.contains(r#""account":{"value":"1234567890""#), "{collected}");
    assert!(!collected.contains("081299998888"), "{collected}");
    let card = json("deposit belum masuk kartu 4111111111111111");
    assert!(card.contains(r#""missing":["account","#) && !card.contains("4111111111111111"), "{card}");
}

#[test]
fn captured_words_are_masked_in_slots_and_in_the_answer() {
    let decision = engine().decide("catat pw saya Kucing99 dan email sari@mail.id");
    assert_eq!(decision.text(), Some("Dicatat: pw saya [password] dan email [email]."));
    let json = decision.to_json();
    assert!(!json.contains("Kucing99") && !json.contains("sari@"), "{json}");
    assert!(json.contains(r#""span":[6,"#), "spans are those of the message as written: {json}");
}

#[test]
fn an_explanation_tells_no_secret() {
    let explanation = engine().explain("gagal login password saya: Kucing99 pin 4821");
    let json = serde_json::to_string(&explanation).expect("written");
    for secret in ["Kucing99", "kucing99", "cing", "4821"] {
        assert!(!json.contains(secret) && !explanation.to_string().contains(secret), "{secret}: {json}");
    }
    let kinds: Vec<Kind> = explanation.masked.iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [Kind::Password, Kind::Pin]);
}

#[test]
fn an_explanation_tells_no_secret_that_was_read_as_another_word() {
    let rules = "
jawab: 1
language: en
faq:
  first: {questions: [my password life today, the password life today, a password life today], answer: Fine.}
  other: {questions: [where is the branch], answer: There.}
";
    let engine = Engine::new(&RuleSet::from_yaml("rules.yaml", rules).expect("valid")).expect("compiles");
    let told = |text: &str| serde_json::to_string(&engine.explain(text).likeness).expect("written");
    assert!(told("my password life today").contains("life"));
    let hidden = told("my password: lie today");
    assert!(hidden.contains("today") && !hidden.contains("life"), "{hidden}");
}

#[test]
fn a_rule_set_says_what_is_masked() {
    let rules = RULES.replace("settings: {", "settings: {privacy: {mask: [email]}, ");
    let engine = Engine::new(&RuleSet::from_yaml("rules.yaml", &rules).expect("valid")).expect("compiles");
    let decision = engine.decide("catat hp 081234567890 email sari@mail.id");
    assert_eq!(decision.text(), Some("Dicatat: hp 081234567890 email [email]."));
    assert_eq!(engine.masker().kinds(), [Kind::Email]);
}

#[test]
fn a_kind_that_nobody_knows_is_an_error_with_advice() {
    let rules = RULES.replace("settings: {", "settings: {privacy: {mask: [e-mail]}, ");
    let error = RuleSet::from_yaml("rules.yaml", &rules).expect_err("unknown");
    let problem = &error.diagnostics()[0];
    assert_eq!((problem.code, problem.help.as_deref()), (Code::UnknownValue, Some("did you mean `email`?")));
}
