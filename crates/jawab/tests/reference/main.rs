//! The engine against a slow, obvious evaluator that tries every rule on every message: the same decisions.

mod evaluate;
mod generate;
mod pattern;
#[path = "../common/random.rs"]
mod random;
mod words;

use evaluate::Expected;
use generate::RuleBook;
use jawab::{Context, Decision, Engine, Message, RuleSet};
use random::Random;

/// Rule sets of a usual run; the variable `JAWAB_REFERENCE_SETS` names another number.
const SETS: usize = 1_000;
const MESSAGES: usize = 4;

/// What the engine decided, as the reference tells it.
fn told(decision: &Decision) -> Expected {
    match decision {
        Decision::Answer(answer) => Expected::Answer {
            rule: answer.rule.to_string(),
            slots: answer
                .slots
                .iter()
                .map(|(name, slot)| (name.to_owned(), slot.text.clone(), slot.span))
                .collect(),
        },
        Decision::Ask(ask) => {
            Expected::Ask(ask.options.iter().map(|option| option.rule.to_string()).collect())
        }
        Decision::Handoff(handoff) => {
            assert_eq!(&*handoff.reason, "no-match", "rules of the generator answer");
            Expected::NoMatch
        }
        Decision::Ignore(_) => Expected::Ignored,
    }
}

/// Runs so many rule sets; returns how many of the messages ended in an answer, a question, and in slots.
fn run(sets: usize) -> (usize, usize, usize) {
    let (mut answers, mut questions, mut with_slots) = (0, 0, 0);
    for seed in 0..sets {
        let mut random = Random(seed as u64);
        let book = RuleBook::new(&mut random);
        let yaml = book.to_yaml();
        let rules = RuleSet::from_yaml("rules.yaml", &yaml)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}\n{yaml}"));
        let engine = Engine::new(&rules).expect("an engine");
        let mut opened = Engine::from_compiled(&engine.to_compiled()).expect("an engine").matcher();
        let mut matcher = engine.matcher();
        for _ in 0..MESSAGES {
            let message = book.message(&mut random);
            let channel = *random.pick(&["web", "app", "chat"]);
            let context = Context::new().with("channel", channel);
            let decision = matcher.decide(Message::new(&message).with_context(&context));
            let again = opened.decide(Message::new(&message).with_context(&context));
            assert_eq!(again.to_json(), decision.to_json(), "seed {seed}, opened: `{message}`\n{yaml}");
            let expected = evaluate::decide(&book, &message, channel);
            assert_eq!(told(&decision), expected, "seed {seed}, `{message}` on {channel}\n{yaml}");
            match expected {
                Expected::Answer { slots, .. } => {
                    answers += 1;
                    with_slots += usize::from(!slots.is_empty());
                }
                Expected::Ask(_) => questions += 1,
                _ => {}
            }
        }
    }
    (answers, questions, with_slots)
}

#[test]
fn the_engine_decides_as_the_reference_does() {
    let sets = std::env::var("JAWAB_REFERENCE_SETS").ok().and_then(|sets| sets.parse().ok()).unwrap_or(SETS);
    let (answers, questions, with_slots) = run(sets);
    println!(
        "{sets} rule sets, {} messages: {answers} answers ({with_slots} with slots), {questions} questions",
        sets * MESSAGES
    );
    let all = sets * MESSAGES;
    assert!(
        answers * 3 > all && questions * 40 > all && with_slots * 10 > all,
        "the generator reaches every outcome"
    );
}
