//! What a conversation promises: see `desk.yaml` for the rules, and `desk/*.yaml` for the conversations.

mod generated;
#[path = "../common/random.rs"]
mod random;
mod state;

use std::path::{Path, PathBuf};

use jawab::{Context, Decision, Engine, Limits, Message, RuleSet, Scenarios, Source, eval};

/// A small desk with everything that conversations use.
fn desk() -> Engine {
    Engine::new(&RuleSet::from_yaml("desk.yaml", include_str!("desk.yaml")).expect("valid"))
        .expect("compiles")
}

fn support_pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/support")
}

#[test]
fn the_desks_conversations_go_as_expected() {
    let engine = desk();
    let sources = [
        Source::new("details.yaml", include_str!("desk/details.yaml")),
        Source::new("turns.yaml", include_str!("desk/turns.yaml")),
        Source::new("service.yaml", include_str!("desk/service.yaml")),
    ];
    let scenarios = Scenarios::from_sources(&sources, engine.rules(), &Limits::default()).expect("valid");
    let tests = eval::conversations(&engine, &scenarios);
    let told: Vec<String> = tests
        .failures
        .iter()
        .map(|f| {
            format!(
                "{}: {}: expected {} {}, got {} ({}) {:?}",
                f.place, f.conversation, f.key, f.expected, f.got, f.ending, f.text
            )
        })
        .collect();
    assert!(tests.failures.is_empty() && tests.turns > 60, "{} turns\n{}", tests.turns, told.join("\n"));
}

#[test]
fn a_message_of_a_burst_is_judged_alone_and_with_the_others() {
    let mut conversation = desk().conversation(Context::new());
    let burst = ["halo kak", "cara deposit gimana", "minimal deposit berapa"].map(Message::new);
    let Decision::Answer(answer) = conversation.decide_burst(&burst) else { panic!("both are answered") };
    assert!(answer.text.contains("Dompet") && answer.text.contains("Rp50.000"), "{}", answer.text);

    let burst = ["cara deposit gimana", "eh deposit saya belum masuk 500rb"].map(Message::new);
    let decision = desk().conversation(Context::new()).decide_burst(&burst);
    assert_eq!((decision.action(), decision.rule()), ("ask", Some("deposit-missing")));
}

#[test]
fn values_of_a_burst_have_their_places_in_the_joined_texts() {
    let burst = ["halo kak", "minimal deposit berapa", "biaya lewat bca"];
    let decision = desk().conversation(Context::new()).decide_burst(&burst.map(Message::new));
    assert!(decision.text().is_some_and(|text| text.starts_with("Minimal")), "{decision:?}");
    let (start, end) = decision.slots().and_then(|slots| slots.get("method")).expect("a method").span;
    assert_eq!(&burst.join("\n")[start as usize..end as usize], "bca");
}

#[test]
fn a_question_of_a_burst_that_was_answered_too_often_is_handed_off_with_what_was_answered() {
    let mut conversation = desk().conversation(Context::new());
    conversation.decide("minimal deposit berapa");
    conversation.decide("minimal deposit berapa");
    let burst = ["biaya lewat bca", "minimal deposit berapa"].map(Message::new);
    let decision = conversation.decide_burst(&burst);
    assert_eq!((decision.action(), decision.reason()), ("handoff", Some("repeated")));
    assert_eq!(decision.text(), Some("Biaya bca gratis.\n\nSaya teruskan ke tim."));
}

#[test]
fn what_is_known_of_an_ignored_message_of_a_burst_says_nothing_of_the_others() {
    let (customer, agent) = (Context::new().with("id", "a-1"), Context::new().with("sender", "agent"));
    let burst = [
        Message::new("deposit saya belum masuk").with_context(&customer),
        Message::new("saya bantu ya").with_context(&agent),
    ];
    let decision = desk().conversation(Context::new()).decide_burst(&burst);
    assert_eq!((decision.action(), decision.rule()), ("ask", Some("deposit-missing")));
    let decision = desk().conversation(Context::new()).decide_burst(&burst[1..]);
    assert_eq!((decision.action(), decision.reason()), ("ignore", Some("not-from-customer")));
}

#[test]
fn a_question_that_comes_with_another_context_is_told_in_the_explanation() {
    let mut conversation = desk().conversation(Context::new());
    let explanation = conversation.explain("deposit saya belum masuk");
    assert_eq!(explanation.decision.action(), "ask");
    assert!(
        explanation.changes.iter().any(|change| change.starts_with("pending: ")),
        "{:?}",
        explanation.changes
    );
    assert!(explanation.to_string().contains("state:      pending"));
}

#[test]
fn a_rule_that_only_the_topic_allows_is_told_in_the_explanation() {
    let mut conversation = desk().conversation(Context::new());
    conversation.decide("cara deposit gimana");
    let explanation = conversation.explain("berapa lama");
    assert_eq!(explanation.decision.rule(), Some("how-long"));
    assert!(explanation.candidates.iter().any(|ranked| &*ranked.rule == "how-long"), "{explanation}");
}

#[test]
fn the_ticket_tells_the_story_and_shows_no_secret() {
    let mut conversation = desk().conversation(Context::new());
    conversation.decide("cara deposit gimana kak");
    conversation.decide("pw saya Kucing99 ya");
    conversation.decide("depo saya belum masuk 500rb dari bca");
    let Decision::Handoff(handoff) = conversation.decide("gak tau nomornya") else { panic!("handed off") };
    let summary = handoff.ticket.summary.expect("a summary");
    for part in ["Deposit belum masuk", "Cara deposit", "500rb", "bca", "referensi"] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
    assert_eq!(handoff.ticket.category.as_deref(), Some("money"));
    assert_eq!(handoff.ticket.language.as_deref(), Some("id"));
    let messages: Vec<&str> = handoff.ticket.messages.iter().map(|message| message.text.as_str()).collect();
    assert!(messages.iter().any(|text| text.contains("[password]")), "{messages:?}");
    assert!(!conversation.to_json().contains("Kucing99"));
}

/// Texts one after the other in a conversation of the support pack; the last decision, and all that came out.
fn told(engine: &Engine, texts: &[&str]) -> (Decision, String) {
    let mut conversation = engine.conversation(Context::new());
    let (mut last, mut out) = (None, String::new());
    for text in texts {
        let mut explained = engine.resume(&conversation.to_json()).expect("its own state");
        let explanation = serde_json::to_string(&explained.explain(*text)).expect("JSON");
        let decision = conversation.decide(*text);
        out.extend([explanation, decision.to_json(), conversation.to_json()]);
        last = Some(decision);
    }
    (last.expect("a decision"), out)
}

#[test]
fn a_secret_that_the_message_before_named_is_masked_and_warned_of() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let cases: &[(&[&str], &str, &str)] = &[
        (&["pin saya", "482913"], "pin", "482913"),
        (&["halo kak, ini pin saya", "482 913 ya"], "pin", "482 913"),
        (&["kode otp yang masuk", "482913"], "otp", "482913"),
        (&["password saya adalah", "Melati_77"], "password", "Melati_77"),
        (&["my pin is", "482913"], "pin", "482913"),
        (&["the verification code is:", "482913 thanks"], "otp", "482913"),
        (&["i got the code", "482913"], "otp", "482913"),
        (&["ito po ang otp ko", "482913 po"], "otp", "482913"),
        (&["我的密码是", "Mimi8899"], "password", "Mimi8899"),
        (&["验证码是", "482913"], "otp", "482913"),
    ];
    for (texts, kind, secret) in cases {
        let (decision, out) = told(&engine, texts);
        assert!(!out.contains(secret), "{texts:?}: {out}");
        let json = serde_json::to_value(&decision).expect("JSON");
        assert_eq!(json["masked"][0]["kind"], *kind, "{texts:?}: {json}");
        assert_eq!(json["masked"][0]["span"], serde_json::json!([0, secret.len()]), "{texts:?}");
        assert!(decision.text().is_some_and(|text| text.contains("PIN")), "{texts:?}: {json}");
    }
}

#[test]
fn a_number_after_words_of_a_secret_that_is_not_told_is_none() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let cases: &[&[&str]] = &[
        &["lupa pin kak", "88120045"],
        &["mau ganti pin", "88120045"],
        &["otp belum masuk", "88120045"],
        &["kode promo saya", "482913"],
        &["kode voucher", "482913"],
        &["nomor pesanan saya", "482913"],
        &["saya depo", "482913"],
        &["pin saya", "50rb belum masuk"],
        &["pin saya?", "482913"],
        &["my promo code is", "482913"],
        &["my order number is", "482913"],
        &["i forgot my password", "depo50rb"],
        &["i never got the code", "88120045"],
        &["wala pa pong otp", "88120045"],
        &["promo code ko", "482913"],
        &["没收到验证码", "88120045"],
        &["订单号是", "482913"],
        &["忘记密码", "Sari88"],
    ];
    for texts in cases {
        let (decision, _) = told(&engine, texts);
        let json = serde_json::to_value(&decision).expect("JSON");
        assert!(json.get("masked").is_none(), "{texts:?}: {json}");
    }
}
