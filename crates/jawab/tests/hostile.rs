//! Messages that nobody should send: no panic, a decision for each, no cost beyond linear.

use std::path::Path;
use std::time::{Duration, Instant};

use jawab::{Context, Decision, Engine, MESSAGE_BYTES, Matcher, Message, RuleSet};
use proptest::prelude::*;

fn support_pack() -> Engine {
    Engine::from_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/support"))
        .expect("the support pack")
}

fn reason(decision: &Decision) -> &str {
    match decision {
        Decision::Handoff(handoff) => &handoff.reason,
        Decision::Ignore(ignore) => &ignore.reason,
        decision => decision.action(),
    }
}

#[test]
fn unpleasant_messages_end_in_the_decision_they_should() {
    let mut matcher = support_pack().matcher();
    let long = "deposit ".repeat(MESSAGE_BYTES / 8);
    let too_long = format!("{long}x");
    let cases = [
        ("", "empty"),
        (" \t\r\n\u{a0}", "empty"),
        ("\0\u{7f}", "empty"),
        ("\u{200b}\u{feff}", "empty"),
        ("081234567890", "no-match"),
        ("12345", "no-match"),
        ("\u{202e}\u{5e9}\u{5dc}\u{5d5}\u{5dd}", "no-match"),
        ("مرحبا كيف حالك", "no-match"),
        ("?!?!", "no-match"),
        (&too_long, "too-long"),
        (&"x".repeat(10 << 20), "too-long"),
    ];
    for (message, expected) in cases {
        let start: String = message.chars().take(20).collect();
        assert_eq!(reason(&matcher.decide(message)), expected, "{start:?}");
    }
    assert_ne!(reason(&matcher.decide(&long)), "too-long");
}

#[test]
fn messages_that_are_not_the_customers_are_ignored() {
    let engine = support_pack();
    for sender in ["agent", "bot", "System"] {
        let context = Context::new().with("sender", sender);
        let decision = engine.decide(Message::new("cara deposit").with_context(&context));
        assert_eq!((decision.action(), reason(&decision)), ("ignore", "not-from-customer"));
    }
    let context = Context::new().with("owner", "human");
    let decision = engine.decide(Message::new("cara deposit").with_context(&context));
    assert_eq!((decision.action(), reason(&decision)), ("ignore", "human-owner"));
    assert_eq!(&*decision.candidates()[0].rule, "deposit-how", "still classified, for the agent");
}

fn decide(matcher: &mut Matcher, message: &str) -> String {
    let decision = matcher.decide(message);
    assert!(decision.candidates().len() <= 5);
    decision.to_json()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gets_one_decision_and_the_same_again(messages in prop::collection::vec("\\PC{0,80}|[a-z 0-9.,?]{0,60}", 40)) {
        let engine = support_pack_once();
        let mut matcher = engine.matcher();
        for message in &messages {
            let first = decide(&mut matcher, message);
            prop_assert_eq!(&first, &decide(&mut matcher, message), "a used matcher");
            prop_assert_eq!(&first, &engine.decide(message).to_json(), "a new matcher");
        }
    }
}

fn support_pack_once() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(support_pack)
}

#[test]
fn many_threads_decide_as_one() {
    let engine = support_pack_once();
    let texts = [
        "cara depo",
        "wd blm masuk",
        "magkano minimum deposit",
        "怎么充值",
        "what is the capital of france",
        "",
    ];
    let messages: Vec<Message> = texts.iter().cycle().take(100).map(|text| Message::new(text)).collect();
    let alone: Vec<String> = messages.iter().map(|&message| engine.decide(message).to_json()).collect();
    for threads in [0, 1, 2, 7, 1000] {
        let together = engine.decide_many(&messages, threads);
        assert_eq!(together.iter().map(Decision::to_json).collect::<Vec<_>>(), alone, "{threads} threads");
    }
}

#[test]
fn the_public_types_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + std::panic::UnwindSafe>() {}
    fn sent<T: Send>() {}
    shared::<Engine>();
    shared::<jawab::RuleSet>();
    shared::<Decision>();
    shared::<jawab::Explanation>();
    shared::<jawab::Error>();
    sent::<Matcher>();
}

/// Rules that collect, with a list of so many values.
fn collecting(values: usize) -> Engine {
    let banks: Vec<String> = (0..values).map(|bank| format!("bank{bank}")).collect();
    let rules = format!(
        "
jawab: 1
language: en
settings: {{fallback: {{say: One moment.}}, languages: [en, fil, id]}}
vocabulary: {{lists: {{bank: [{}]}}}}
intents:
  pay: {{any: pay now, handoff: {{collect: [amount, account], say: Ok.}}}}
  move: {{any: move now, handoff: {{collect: [bank], say: Ok.}}}}
",
        banks.join(", ")
    );
    Engine::new(&RuleSet::from_yaml("rules.yaml", &rules).expect("rules")).expect("an engine")
}

/// How long the last of the messages takes in a conversation.
fn time_of_last(engine: &Engine, messages: &[&str]) -> Duration {
    let mut conversation = engine.conversation(Context::new());
    let mut last = Duration::ZERO;
    for &message in messages {
        let start = Instant::now();
        conversation.decide(message);
        last = start.elapsed();
    }
    last
}

/// Asserts that the second takes less than `most` times as long as the first does so many times. Of each the shortest run
/// counts, and more are made while it seems too long: on a busy machine runs wait for others.
fn assert_growth(
    what: &str,
    most: u32,
    times: u32,
    small: impl Fn() -> Duration,
    large: impl Fn() -> Duration,
) {
    let (mut few, mut many) = (Duration::MAX, Duration::MAX);
    for run in 0..50 {
        if run >= 5 && many < few * most {
            return;
        }
        few = few.min((0..times).map(|_| small()).sum());
        many = many.min(large());
    }
    panic!("{what}: {few:?}, {many:?}");
}

#[test]
fn a_message_eight_times_as_long_takes_no_more_than_three_times_that() {
    let engine = collecting(1);
    for (what, words) in [
        ("numbers", "1 "),
        ("amounts", "50000 "),
        ("times", "10:30 "),
        ("values of lists", "bank0 1 "),
        ("secrets", "pin 1234 "),
        ("fillers that begin an expression", "eh "),
    ] {
        let times = (MESSAGE_BYTES - 8) / words.len();
        let [short, long] = [times / 8, times].map(|times| format!("pay now {}", words.repeat(times)));
        let time = |message: &str| time_of_last(&engine, &[message]);
        assert_growth(what, 3, 8, || time(&short), || time(&long));
    }
}

#[test]
fn fillers_are_not_held_against_every_value_of_a_list() {
    let answer = "please ".repeat(1_000);
    let [few, many] = [10, 2_000].map(collecting);
    let time = |engine| time_of_last(engine, &["move now", &answer]);
    assert_growth("values", 6, 1, || time(&few), || time(&many));
}
