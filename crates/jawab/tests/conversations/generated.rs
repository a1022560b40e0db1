//! Conversations in random order, from random and damaged states: no panic, no loop, no secret.

use jawab::{Context, Conversation, Decision, Engine, Message};

use crate::random::Random;
use crate::support_pack;

const CONVERSATIONS: usize = 20_000;

/// What customers write, in no order.
const MESSAGES: &[&str] = &[
    "halo kak",
    "cara deposit gimana",
    "deposit saya belum masuk",
    "depo 500rb lewat bca belum masuk",
    "50rb",
    "eh salah, 500rb",
    "akun saya 88120045",
    "gak tau",
    "lupa kak",
    "bca",
    "ref TRX9911223",
    "2",
    "yang pertama",
    "the first one",
    "una",
    "第一个",
    "something else",
    "lainnya",
    "kalau bca?",
    "yang mana?",
    "ga membantu",
    "still not working",
    "没用",
    "hindi nakatulong",
    "saya marah banget!!",
    "urgent please",
    "khawatir uang hilang",
    "makasih kak",
    "stop",
    "mau bicara dengan orang",
    "转人工",
    "talk to a human",
    "qwxv zzgrm",
    "asdf",
    "???",
    "👍",
    "",
    "withdraw saya ditolak",
    "magkano minimum deposit",
    "提款还没到账",
    "how do I reset my password",
    "jam 9 pagi",
    "kemarin",
    "min wd brp",
    "apakah kamu robot",
    "out of office",
    "[Sticker]",
    "081234567890",
    "ok",
    "tidak",
    "akun saya dihack orang",
    "bonus saya belum masuk tanggal 5",
    "sari@mail.id",
    "。。。",
    "1 2 3",
    "bukan itu",
];

/// What must never come out, in the words that it comes in.
const SECRETS: &[(&str, &str)] = &[
    ("password saya: Kucing99x", "Kucing99x"),
    ("pin saya 482913", "482913"),
    ("kode otp 739105", "739105"),
    ("kartu saya 4111111111111111", "4111111111111111"),
    ("my password is Harimau77", "Harimau77"),
    ("密码是Panda88", "Panda88"),
    ("deposit belum masuk, pin saya 604417 akun 88120045", "604417"),
    ("cvv 739", "cvv 739"),
];

fn context(random: &mut Random) -> Context {
    let context = Context::new().with("channel", *random.pick(&["chat", "whatsapp"]));
    match random.below(6) {
        0 => context.with("time", format!("2024-05-06T{:02}:30:00+07:00", random.below(24))),
        1 => context.with("owner", *random.pick(&["bot", "human"])),
        2 => context.with("customer.tier", "vip"),
        3 => context.with("sender", *random.pick(&["customer", "agent"])),
        _ => context,
    }
}

/// A state with some of its bytes cut off, changed, doubled or left as they are.
fn damaged(state: &str, random: &mut Random) -> String {
    let mut bytes = state.as_bytes().to_vec();
    match random.below(4) {
        0 => bytes.truncate(random.below(bytes.len())),
        1 => {
            for _ in 0..=random.below(3) {
                let at = random.below(bytes.len());
                bytes[at] = b"0123456789\"{}[],:abcn-"[random.below(22)];
            }
        }
        2 => {
            let at = random.below(bytes.len());
            let piece = bytes[at..].to_vec();
            bytes.splice(at..at, piece);
        }
        _ => {}
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What has come out of a conversation, to see that it does not go round in circles.
#[derive(Default)]
struct Course {
    last: Option<String>,
    /// Questions in a row that ask for no detail.
    unclear: usize,
    /// Questions in a row.
    asks: usize,
}

impl Course {
    fn goes_on(&mut self, decision: &Decision, told: &str) {
        let Some(text) = decision.text() else { return };
        assert!(self.last.as_deref() != Some(text), "the same twice: {text}\n{told}");
        self.last = Some(text.to_owned());
        if let Decision::Ask(ask) = decision {
            self.asks += 1;
            self.unclear = if ask.slot.is_none() { self.unclear + 1 } else { 0 };
        } else {
            (self.asks, self.unclear) = (0, 0);
        }
        assert!(self.unclear <= 3 && self.asks <= 10, "{} questions in a row\n{told}", self.asks);
    }
}

#[test]
fn generated_conversations_never_panic_loop_or_tell_a_secret() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let (mut resumed, mut refused, mut handoffs) = (0, 0, 0);
    for seed in 0..CONVERSATIONS {
        let mut random = Random(seed as u64);
        let mut conversation = engine.conversation(context(&mut random));
        let (mut planted, mut told, mut course) = (Vec::new(), Vec::new(), Course::default());
        for _ in 0..3 + random.below(5) {
            if random.below(4) == 0 {
                match engine.resume(&damaged(&conversation.to_json(), &mut random)) {
                    // A damaged state that can still be read may have forgotten what was said.
                    Ok(other) => (conversation, resumed, course) = (other, resumed + 1, Course::default()),
                    Err(_) => refused += 1,
                }
            }
            let text = if random.below(6) == 0 {
                let (text, secret) = *random.pick(SECRETS);
                planted.push(secret);
                text
            } else {
                *random.pick(MESSAGES)
            };
            let facts = context(&mut random);
            let decision = decide(&mut conversation, text, &facts, &mut random);
            handoffs += usize::from(decision.action() == "handoff");
            told.push(format!("> {text}\n< {}", decision.text().unwrap_or_default()));
            course.goes_on(&decision, &format!("seed {seed}\n{}", told.join("\n")));
            let (out, state) = (decision.to_json(), conversation.to_json());
            assert!(state.len() < 4_096, "{} bytes, seed {seed}", state.len());
            for secret in &planted {
                assert!(
                    !out.contains(secret) && !state.contains(secret),
                    "{secret}, seed {seed}: {out}\n{state}"
                );
            }
        }
    }
    assert!(resumed > 5_000 && refused > 5_000 && handoffs > 10_000, "{resumed} {refused} {handoffs}");
}

fn decide(conversation: &mut Conversation, text: &str, facts: &Context, random: &mut Random) -> Decision {
    match random.below(8) {
        0 => conversation.decide_burst(&[Message::new("kak"), Message::new(text).with_context(facts)]),
        _ => conversation.decide(Message::new(text).with_context(facts)),
    }
}

#[test]
fn whoever_repeats_himself_soon_speaks_to_a_person() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let silent = ["👍", "", "out of office", "[Sticker]"];
    for text in MESSAGES.iter().filter(|text| !silent.contains(text)) {
        let mut conversation = engine.conversation(Context::new());
        let mut course = Course::default();
        let handed = (0..12).any(|_| {
            let decision = conversation.decide(*text);
            course.goes_on(&decision, text);
            decision.action() == "handoff"
        });
        assert!(handed, "{text}: no handoff after twelve times");
    }
}
