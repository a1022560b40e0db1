//! The state: small, plain, the same conversation once it was saved.

use jawab::{Context, Engine, ErrorKind, Message, RuleSet, Scenarios, Turn};

use crate::{desk, support_pack};

fn decide(conversation: &mut jawab::Conversation, turn: &Turn) -> String {
    let with_id = turn.id.as_deref().map(|id| turn.context.clone().with("id", id));
    let mut texts = turn.messages.iter().map(String::as_str);
    let first = Message::new(texts.next().unwrap_or_default());
    let first = first.with_context(with_id.as_ref().unwrap_or(&turn.context));
    let others = texts.map(|text| Message::new(text).with_context(&turn.context));
    let messages: Vec<Message> = std::iter::once(first).chain(others).collect();
    conversation.decide_burst(&messages).to_json()
}

#[test]
fn a_conversation_that_was_saved_at_any_cut_goes_on_as_if_it_was_not() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let scenarios = Scenarios::from_path(support_pack(), engine.rules()).expect("its scenarios");
    let mut cuts = 0;
    for scripted in scenarios.files.iter().flat_map(|file| &file.conversations) {
        let mut through = engine.conversation(scripted.context.clone());
        let states_and_decisions: Vec<(String, String)> =
            scripted.turns.iter().map(|turn| (through.to_json(), decide(&mut through, turn))).collect();
        for cut in 0..scripted.turns.len() {
            let mut resumed = engine.resume(&states_and_decisions[cut].0).expect("its own state");
            for (turn, (_, decision)) in scripted.turns.iter().zip(&states_and_decisions).skip(cut) {
                assert_eq!(decide(&mut resumed, turn), *decision, "{} cut at {cut}", scripted.name);
            }
            assert_eq!(resumed.to_json(), through.to_json(), "{} cut at {cut}", scripted.name);
            cuts += 1;
        }
    }
    assert!(cuts > 20, "{cuts} cuts");
}

#[test]
fn the_state_is_small_after_fifty_messages() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let scenarios = Scenarios::from_path(support_pack(), engine.rules()).expect("its scenarios");
    let messages: Vec<&str> =
        scenarios.files.iter().flat_map(|file| &file.messages).map(|message| message.text.as_str()).collect();
    let mut largest = 0;
    for fifty in messages.chunks(50) {
        let context = Context::new().with("channel", "whatsapp").with("customer.name", "Sari");
        let mut conversation = engine.conversation(context);
        for text in fifty {
            conversation.decide(*text);
            largest = largest.max(conversation.to_json().len());
        }
    }
    assert!((500..4_096).contains(&largest), "{largest} bytes");
}

#[test]
fn long_messages_and_large_facts_do_not_make_a_large_state() {
    let context = Context::new().with("note", "x".repeat(10_000)).with("channel", "line");
    let mut conversation = desk().conversation(context);
    for number in 0..50 {
        let facts = Context::new().with("id", format!("{number}-{}", "i".repeat(500)));
        let text = "depo belum masuk 最低 \u{1}\" ".repeat(200);
        conversation.decide(Message::new(&text).with_context(&facts));
        assert!(conversation.to_json().len() < 4_096, "{}", conversation.to_json().len());
    }
    assert!(conversation.to_json().contains(r#""channel":"line""#));
}

#[test]
fn a_state_of_other_rules_is_brought_over() {
    let mut conversation = desk().conversation(Context::new());
    conversation.decide("deposit saya belum masuk 500rb");
    let text = include_str!("desk.yaml");
    let other = |rules: String| {
        let engine = Engine::new(&RuleSet::from_yaml("r.yaml", &rules).expect("valid")).expect("compiles");
        engine.resume(&conversation.to_json()).expect("brought over").decide("lewat bca")
    };
    // The rule is still there: the collecting goes on.
    let same = other(text.replace("Rp50.000", "Rp60.000"));
    assert_eq!((same.action(), same.rule()), ("ask", Some("deposit-missing")));
    // It is gone: the message is judged as a new one.
    let gone = other(text.replace("deposit-missing", "deposit-lost"));
    assert_ne!(gone.rule(), Some("deposit-missing"));
}

#[test]
fn what_is_no_state_is_refused_with_a_clear_error() {
    let engine = desk();
    let good = engine.conversation(Context::new()).to_json();
    let bad = [
        String::new(),
        good[..good.len() - 1].to_owned(),
        good.replace(r#""version":1"#, r#""version":7"#),
        good.replace("rules", "rulez"),
        format!("{good}{good}"),
        " ".repeat(20_000),
    ];
    for json in bad {
        let error = engine.resume(&json).expect_err(&json);
        assert_eq!((error.kind(), error.diagnostics().len()), (ErrorKind::State, 0), "{json}");
        assert!(error.to_string().contains("state"), "{error}");
    }
}
