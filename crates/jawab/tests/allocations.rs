//! What deciding allocates once the buffers of a matcher have grown: what its decision holds, and nothing else.
//!
//! Counted is every allocation on the way from the message to the decision, against those that a copy of the decision
//! makes: its texts and lists belong to the host, so they are made anew for every message. Two things are counted apart,
//! because they allocate by their nature: the search for secrets, in messages of which words are shown, and filling a text
//! with facts.

use allocation_counter::measure;
use jawab::{Context, Decision, Engine, Message, RuleSet};

const PHRASES: &str = "
jawab: 1
language: id
settings: {languages: [id, en]}
intents:
  deposit: {any: [cara deposit, deposit lewat bank], answer: Buka Dompet.}
  withdraw: {any: [cara withdraw, tarik saldo], answer: Buka Penarikan.}
";
const TEMPLATES: &str = "
jawab: 1
language: id
settings: {languages: [id, en], fallback: {say: Sebentar ya.}}
vocabulary: {lists: {bank: {bca: [bca, klik bca]}}}
intents:
  missing: {any: ['(deposit|transfer) [saya] ... belum ... masuk'], answer: Kami cek.}
  bank: {any: ['transfer ke {bank} ... {amount}', '^ bank {*rest}'], answer: Bisa.}
  both: {all: [saldo, '(hilang;akun)'], none: [bonus], answer: Kami cek saldonya.}
";
const REGEXES: &str = r"
jawab: 1
language: id
settings: {languages: [id, en]}
intents:
  code: {any: ['/\bTRX(?P<code>\d{6,})\b/', '/kode[- ]?\d+/'], answer: Kami cek.}
  digits: {any: ['/\b\d{16}\b/'], answer: Nomor kartu jangan dikirim.}
";

fn engine(yaml: &str) -> Engine {
    Engine::new(&RuleSet::from_yaml("rules.yaml", yaml).expect("rules")).expect("an engine")
}

/// Allocations of each message's decision beyond those of the decision itself.
fn beyond(engine: &Engine, messages: &[&str]) -> Vec<i64> {
    let mut matcher = engine.matcher();
    for _ in 0..2 {
        messages.iter().for_each(|message| drop(matcher.decide(*message)));
    }
    let one = |message: &&str| {
        let mut decision: Option<Decision> = None;
        let decided = count(|| decision = Some(matcher.decide(*message)));
        let copied = count(|| drop(std::hint::black_box(decision.clone())));
        decided - copied - decision.map_or(0, |decision| searched(engine, message, &decision))
    };
    messages.iter().map(one).collect()
}

fn count(work: impl FnOnce()) -> i64 {
    measure(work).count_total as i64
}

/// What the search for secrets allocates where words of the message are shown: the slots of the rule's pattern, and the
/// details that it collects.
fn searched(engine: &Engine, message: &str, decision: &Decision) -> i64 {
    let (slots, collects) = match decision {
        Decision::Answer(answer) => (!answer.slots.is_empty(), false),
        Decision::Handoff(handoff) => (
            !handoff.slots.is_empty(),
            !handoff.ticket.fields.is_empty() || !handoff.ticket.missing.is_empty(),
        ),
        Decision::Ask(_) | Decision::Ignore(_) => (false, false),
    };
    let once = count(|| drop(std::hint::black_box(engine.masker().find(message))));
    once * (i64::from(slots) + i64::from(collects))
}

fn assert_nothing_beyond(engine: &Engine, messages: &[&str]) {
    for (message, beyond) in messages.iter().zip(beyond(engine, messages)) {
        assert!(beyond <= 0, "`{message}` allocates {beyond} times beyond its decision");
    }
}

#[test]
fn phrases_allocate_only_their_decision() {
    let messages =
        ["cara deposit gimana", "cra depositt", "tarik saldo dong 👍", "apa kabar", "怎么充值", ""];
    assert_nothing_beyond(&engine(PHRASES), &messages);
}

#[test]
fn templates_allocate_only_their_decision() {
    let messages = [
        "transfer saya dari tadi kok belum juga masuk",
        "transfer ke klik bca 50rb",
        "bank mana saja",
        "akun saya hilang saldo",
        "akun saya hilang saldo bonus",
    ];
    assert_nothing_beyond(&engine(TEMPLATES), &messages);
}

#[test]
fn regexes_allocate_only_their_decision() {
    let messages = ["ini TRX123456 ya", "kode-77", "4111111111111111", "belum ada"];
    assert_nothing_beyond(&engine(REGEXES), &messages);
}

#[test]
fn the_support_pack_allocates_only_its_decisions() {
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/support");
    let rules = RuleSet::from_path(pack).expect("the support pack");
    let scenarios = jawab::Scenarios::from_path(pack, &rules).expect("its scenarios");
    let messages: Vec<&str> =
        scenarios.files.iter().flat_map(|file| &file.messages).map(|message| message.text.as_str()).collect();
    let engine = Engine::new(&rules).expect("an engine");
    let beyond = beyond(&engine, &messages);
    let plain: Vec<_> =
        messages.iter().zip(beyond).filter(|(message, _)| !is_filled(&engine, message)).collect();
    assert!(plain.len() * 2 > messages.len(), "only {} of {} texts are plain", plain.len(), messages.len());
    for (message, beyond) in plain {
        assert!(beyond <= 0, "`{message}` allocates {beyond} times beyond its decision");
    }
}

/// Whether the text of the decision is filled with facts of the host: filling allocates values and names.
fn is_filled(engine: &Engine, message: &str) -> bool {
    let context = Context::new().with("customer.name", "Melati");
    let named = engine.decide(Message::new(message).with_context(&context));
    named.text() != engine.decide(message).text()
}
