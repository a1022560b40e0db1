//! What a conversation promises: see `desk.yaml` for the rules, and `desk/*.yaml` for the conversations.

mod generated;
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
