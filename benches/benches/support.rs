//! What the support pack costs: to load, and a message, alone and beside 10,000 further rules.

use benches::{extra_rules, question_rules, support_messages, support_pack, support_sources};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jawab::{Engine, Limits, RuleSet};

fn main() {
    divan::main();
}

/// From YAML on disk to an engine that decides.
#[divan::bench(sample_count = 20)]
fn load_pack() -> Engine {
    Engine::from_path(support_pack()).expect("the support pack")
}

/// 10,000 rules of ten questions each, from YAML to an engine that decides.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn load_many_questions(bencher: Bencher) {
    let sources = [question_rules(10_000)];
    bencher.bench_local(|| {
        let rules = RuleSet::from_sources(&sources, &Limits::default()).expect("rules");
        Engine::new(&rules).expect("an engine")
    });
}

/// One scenario message of the pack, with `extra` further rules; read the time of an item.
#[divan::bench(args = [0, 10_000], sample_count = 30)]
fn decide_scenarios(bencher: Bencher, extra: usize) {
    let mut sources = support_sources();
    sources.extend(extra_rules(extra));
    let rules = RuleSet::from_sources(&sources, &Limits::default()).expect("rules");
    let messages = support_messages(&rules);
    let mut matcher = Engine::new(&rules).expect("an engine").matcher();
    let decided = messages.iter().filter(|message| matcher.decide(*message).rule().is_some()).count();
    assert!(decided * 2 > messages.len(), "only {decided} of {} messages end in a rule", messages.len());
    bencher.counter(ItemsCount::new(messages.len())).bench_local(|| {
        for message in &messages {
            black_box(matcher.decide(message));
        }
    });
}

/// The same messages in conversations of ten; the time of an item holds a tenth of a new conversation.
#[divan::bench(sample_count = 30)]
fn converse_scenarios(bencher: Bencher) {
    let rules = RuleSet::from_path(support_pack()).expect("rules");
    let messages = support_messages(&rules);
    let engine = Engine::new(&rules).expect("an engine");
    bencher.counter(ItemsCount::new(messages.len())).bench_local(|| {
        for ten in messages.chunks(10) {
            let mut conversation = engine.conversation(jawab::Context::new());
            for message in ten {
                black_box(conversation.decide(message));
            }
        }
    });
}

/// One long message, by its length in bytes.
#[divan::bench(args = [128, 1024, 8192])]
fn decide_by_length(bencher: Bencher, bytes: usize) {
    let mut matcher = Engine::from_path(support_pack()).expect("the support pack").matcher();
    let message =
        "depo dr tadi blm masuk nih kak tolong dicek ya ".repeat(bytes / 47 + 1)[..bytes].to_owned();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .bench_local(|| black_box(matcher.decide(&message)));
}
