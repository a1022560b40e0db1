//! What a decision holds, to the byte.

use jawab::{Context, Decision, Engine, Message, RuleSet};
use proptest::prelude::*;

const RULES: &str = r#"
jawab: 1
language: id
settings:
  languages: [id, en, fil, zh]
  threshold: 0.6
  fallback: {team: general, say: {id: "Saya teruskan ke tim kami, ya.", en: I am passing you on to our team.}}
teams:
  finance: {respond_within: 1m, update_every: 5m, resolve_within: 10m}
  general: {respond_within: 1m}
vocabulary:
  synonyms: {deposit: [depo, top up, 充值]}
  macros: {not-yet: "(belum|tidak|ga) [juga]"}
faq:
  deposit-how:
    questions:
      id: [Bagaimana cara deposit?, cara isi saldo]
      en: [How do I make a deposit?]
      zh: [怎么充值]
    answer:
      id: ["Buka Dompet, {{ customer.name }}.", "Buka Dompet, Kak."]
      en: Open your wallet.
      zh: 请打开钱包。
  hours:
    questions: [jam buka kapan]
    when: {channel: [web, app]}
    answer: Setiap hari.
intents:
  deposit-missing:
    title: {id: Deposit belum masuk, en: Deposit not credited}
    any: [deposit ... <not-yet> masuk, "transfer {amount} ... <not-yet> masuk"]
    none: [cara deposit]
    handoff:
      team: finance
      priority: high
      reason: payment-not-credited
      collect: [amount, reference]
      say: {id: Mohon maaf atas kendalanya.}
  human:
    any: [mau orang]
    priority: 5
    handoff: {team: general}
"#;

fn engine() -> Engine {
    Engine::new(&RuleSet::from_yaml("rules.yaml", RULES).expect("rules")).expect("an engine")
}

fn json(decision: &Decision) -> serde_json::Value {
    serde_json::from_str(&decision.to_json()).expect("JSON")
}

#[test]
fn a_handoff_carries_everything_in_one_order() {
    let decision = engine().decide("kak transfer 50rb ke bca blm masuk");
    let text = decision.to_json();
    let keys = [
        "\"action\":\"handoff\",\"rule\":\"deposit-missing\",\"reason\":\"payment-not-credited\",\"confidence\":0.9",
        ",\"language\":\"id\",\"text\":\"Mohon maaf atas kendalanya.\",\"team\":\"finance\",\"level\":1,\"priority\":\"high\"",
        ",\"respond_within\":60,\"update_every\":300,\"resolve_within\":600",
        ",\"slots\":{\"amount\":{\"value\":50000,\"text\":\"50rb\",\"span\":[13,17]}}",
        ",\"ticket\":{\"subject\":\"Deposit belum masuk\",\"fields\":{\"amount\":{\"value\":50000",
        "\"missing\":[\"reference\"],\"tags\":[\"deposit-missing\"]}",
        ",\"candidates\":[{\"rule\":\"deposit-missing\"",
        "\"evidence\":\"pattern\"}",
        ",\"rules\":\"b3:",
    ];
    let mut rest = text.as_str();
    for key in keys {
        let at = rest.find(key).unwrap_or_else(|| panic!("{key} is missing or out of order in {text}"));
        rest = &rest[at + key.len()..];
    }
}

#[test]
fn an_answer_comes_in_the_language_of_the_question() {
    let engine = engine();
    for (message, language, text) in [
        ("gmn cara depo", "id", "Buka Dompet, Kak."),
        ("how do i make a deposit pls", "en", "Open your wallet."),
        ("请问怎么充值", "zh", "请打开钱包。"),
    ] {
        let decision = json(&engine.decide(message));
        assert_eq!(decision["action"], "answer", "{message}");
        assert_eq!(
            (decision["language"].as_str(), decision["text"].as_str()),
            (Some(language), Some(text)),
            "{message}"
        );
    }
}

#[test]
fn a_text_uses_facts_where_they_are_and_the_next_variant_where_not() {
    let engine = engine();
    let context = Context::new().with("customer.name", "Sari");
    let named = engine.decide(Message::new("cara isi saldo").with_context(&context));
    assert_eq!(named.text(), Some("Buka Dompet, Sari."));
    assert_eq!(engine.decide("cara isi saldo").text(), Some("Buka Dompet, Kak."));
}

#[test]
fn a_fallback_speaks_the_language_of_the_message_else_of_the_conversation_else_of_the_set() {
    let engine = engine();
    let language = |text: &str, context: &Context| {
        json(&engine.decide(Message::new(text).with_context(context)))["language"].clone()
    };
    let none = Context::new();
    let english = Context::new().with("language", "en-GB");
    assert_eq!(language("what is the weather in london today", &none), "en");
    assert_eq!(language("qzx wvb", &english), "en");
    assert_eq!(language("qzx wvb", &none), "id");
}

#[test]
fn none_and_when_gate_patterns_and_questions() {
    let engine = engine();
    assert_eq!(engine.decide("depo blm masuk").rule(), Some("deposit-missing"));
    let vetoed = engine.why_not("cara deposit belum masuk", "deposit-missing").expect("a reason");
    assert_eq!(vetoed.failed, "none-pattern");
    let web = Context::new().with("channel", "web");
    assert_eq!(engine.decide(Message::new("jam buka kapan").with_context(&web)).rule(), Some("hours"));
    assert_eq!(engine.why_not("jam buka kapan", "hours").expect("a reason").failed, "when");
}

#[test]
fn a_higher_priority_wins_and_why_not_names_it() {
    let engine = engine();
    let message = "depo belum masuk, mau orang";
    assert_eq!(engine.decide(message).rule(), Some("human"));
    let why_not = engine.why_not(message, "deposit-missing").expect("a reason");
    assert_eq!(
        (why_not.failed, why_not.text.as_str()),
        ("outranked", "`human` comes first: its priority 5 is above 0")
    );
    assert_eq!(engine.why_not(message, "human"), None);
    assert_eq!(engine.why_not(message, "no-such-rule"), None);
}

#[test]
fn a_question_word_for_word_comes_before_a_pattern_that_names_less() {
    let yaml = "
jawab: 1
language: en
faq: {sunday: {questions: [what happens on sunday], answer: A sermon.}}
intents: {happens: {any: happens, answer: Much.}}
";
    let engine = Engine::new(&RuleSet::from_yaml("r.yaml", yaml).expect("rules")).expect("an engine");
    let why_not = engine.why_not("what happens on sunday", "happens").expect("a reason");
    let text = "`sunday` comes first: the message is a question of it, word for word";
    assert_eq!((why_not.failed, why_not.text.as_str()), ("outranked", text));
}

#[test]
fn an_explanation_tells_each_step() {
    let explanation = engine().explain("depo dr tadi blm masuk");
    let told = explanation.to_string();
    for step in [
        "blm→belum (spelling)",
        "pattern:    deposit-missing any: `deposit ... <not-yet> masuk`",
        "threshold 0.6",
        "decision:   handoff by deposit-missing",
    ] {
        assert!(told.contains(step), "{step} is missing in\n{told}");
    }
}

#[test]
fn other_settings_need_no_new_engine() {
    let engine = engine();
    let strict = engine.with_settings(engine.settings().with_threshold(1.0));
    assert_eq!(json(&strict.decide("depo blm masuk"))["reason"], "low-confidence");
    assert_eq!(engine.decide("depo blm masuk").rule(), Some("deposit-missing"));
}

#[test]
fn a_message_of_unknown_words_is_handed_off_by_small_rule_sets_too() {
    let rules = "
jawab: 1
language: en
faq:
  hours: {questions: [when are you open, what are your opening hours, are you open on sunday], answer: Always.}
  shipping: {questions: [how much is shipping, what does delivery cost, is shipping free], answer: Five dollars.}
";
    let engine = Engine::new(&RuleSet::from_yaml("small.yaml", rules).expect("rules")).expect("an engine");
    assert_eq!(engine.decide("when do you open").rule(), Some("hours"));
    for message in ["zzgrmbl qwxv", "how zzgrmbl qwxv", "brrr", "the capital of france"] {
        assert_eq!(engine.decide(message).rule(), None, "{message}: {}", engine.explain(message));
    }
}

#[test]
fn words_that_several_all_patterns_name_count_once() {
    let rules = |patterns: &str| {
        format!(
            "jawab: 1\nlanguage: id\nsettings: {{fallback: {{say: Sebentar.}}}}\nintents:\n  a: {{{patterns}, answer: A}}\n"
        )
    };
    let specificity = |patterns: &str| {
        let rules = RuleSet::from_yaml("rules.yaml", &rules(patterns)).expect("valid");
        Engine::new(&rules).expect("compiles").explain("deposit saya belum masuk bank").candidates[0]
            .specificity
            .to_string()
    };
    let once = specificity("all: [deposit ... masuk, bank]");
    assert_eq!(specificity("all: [deposit ... masuk, deposit ... masuk bank, ... masuk bank]"), once);
    assert_ne!(specificity("all: [deposit ... masuk, belum masuk bank]"), once);
}

/// Rules with enough questions for a threshold of their own, each on lines of its own.
const DESK: &[&str] = &[
    "deposit-how: {questions: [how do i deposit money, how can i top up my wallet, ways to add funds], answer: D.}",
    "withdraw-how: {questions: [how do i withdraw money, how can i cash out, ways to get my funds out], answer: W.}",
    "password-lost: {questions: [i forgot my password, reset my password, cannot log in any more], answer: P.}",
    "hours: {questions: [when are you open, what are your opening hours, are you open on sunday], answer: H.}",
    "fees: {questions: [what does a withdrawal cost, are there fees, how much do you charge], answer: F.}",
    "limits: {questions: [what is the largest deposit, how much can i withdraw a day, daily limit], answer: L.}",
    "close-account: {questions: [close my account, delete my account please, i want to leave], answer: C.}",
    "bonus: {questions: [where is my bonus, how do i get the welcome bonus, bonus not credited], answer: B.}",
];

/// What an engine of these rules decides, its threshold first.
fn desk(rules: &[&str]) -> Vec<String> {
    let text = format!("jawab: 1\nlanguage: en\nfaq:\n  {}\n", rules.join("\n  "));
    let rules = RuleSet::from_yaml("rules.yaml", &text).expect("rules");
    let engine = Engine::new(&rules).expect("an engine");
    let messages = [
        "money deposit how",
        "how much money",
        "forgot log in",
        "open on monday",
        "bonus",
        "account",
        "what is my daily deposit limit",
        "how do i get my money out of here",
        "the capital of france",
    ];
    let decided = messages.map(|message| {
        let mut decision = json(&engine.decide(message));
        decision["rules"].take();
        decision.to_string()
    });
    std::iter::once(format!("{:?}", engine.settings())).chain(decided).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rules_does_not_show(order in Just(DESK.to_vec()).prop_shuffle()) {
        prop_assert_eq!(desk(&order), desk(DESK));
    }
}
