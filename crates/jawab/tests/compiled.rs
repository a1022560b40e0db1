//! Compiled rule sets: an opened engine is that of the YAML, to the byte, and a file that is none is refused.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jawab::{Code, Context, Engine, Error, ErrorKind, Message, RuleSet, Scenarios, eval};

/// A small set with everything that a file holds.
const RULES: &str = r#"
jawab: 1
language: en
settings:
  languages: [en, id]
  out_of_scope: [who is president]
  fallback: {team: general, say: One moment.}
vocabulary:
  fillers: [please]
  synonyms: {deposit: [top up, depo]}
  lists: {bank: {bca: [bca, klik bca], mandiri: [mandiri]}}
  macros: {not-yet: "(not|never) [yet]"}
teams:
  general: {respond_within: 1m}
  money: {respond_within: 1m, hours: "Mon-Fri 09:00-17:00", time_zone: WIB, out_of_hours: {team: general}}
faq:
  opening-hours:
    questions: [when are you open, what are your opening hours]
    answer: "Always, {{ customer.name | default('dear customer') }}."
  minimum-deposit:
    questions: [what is the minimum deposit, how much must I deposit]
    answer: Ten.
intents:
  deposit-missing:
    any: [deposit ... <not-yet> arrived, 'deposit from {bank} ... {*rest}', '/\btrx(?P<code>\d{4,})\b.*missing/']
    none: [how to deposit]
    when: {level: "<3"}
    handoff: {team: money, priority: high, reason: not-credited, collect: [amount], say: We look., tags: [money]}
"#;

const MESSAGES: &[&str] = &[
    "when are you open",
    "my depo has not yet arrived",
    "top up from klik bca since monday please",
    "trx12345 is missing",
    "whta is teh minimun depost",
    "who is president",
    "",
];

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&RuleSet::from_yaml("r.yaml", RULES).expect("rules")).expect("an engine"));

fn support_pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/support")
}

fn opened(engine: &Engine) -> Engine {
    Engine::from_compiled(&engine.to_compiled()).expect("what was written is opened")
}

/// Puts the checksum right again.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > 44 {
        let sum = blake3::hash(&bytes[44..]);
        bytes[12..44].copy_from_slice(sum.as_bytes());
    }
    bytes
}

fn code(refused: Result<Engine, Error>) -> Code {
    refused.expect_err("refused").diagnostics()[0].code
}

#[test]
fn an_opened_engine_decides_and_explains_as_the_one_it_was_made_of() {
    let again = opened(&ENGINE);
    let context = Context::new()
        .with("level", 1)
        .with("customer.name", "Sari")
        .with("time", "2024-05-05T03:00:00+07:00");
    for text in MESSAGES {
        let message = Message::new(text).with_context(&context);
        assert_eq!(again.decide(message).to_json(), ENGINE.decide(message).to_json(), "{text}");
        assert_eq!(again.explain(message), ENGINE.explain(message), "{text}");
        for rule in ["opening-hours", "deposit-missing"] {
            assert_eq!(again.why_not(message, rule), ENGINE.why_not(message, rule), "{text}");
        }
    }
}

#[test]
fn an_opened_engine_has_the_rule_set() {
    let again = opened(&ENGINE);
    let (rules, known) = (again.rules(), ENGINE.rules());
    assert_eq!((rules.rules(), rules.settings()), (known.rules(), known.settings()));
    assert_eq!((rules.fingerprint(), rules.sources()), (known.fingerprint(), known.sources()));
    assert_eq!((rules.warnings(), again.settings()), (known.warnings(), ENGINE.settings()));
    assert_eq!(jawab::check(&again), jawab::check(&ENGINE));
}

#[test]
fn the_support_pack_is_the_same_opened() {
    let engine = Engine::from_path(support_pack()).expect("the support pack");
    let again = opened(&engine);
    let scenarios = Scenarios::from_path(support_pack(), engine.rules()).expect("its scenarios");
    let messages = scenarios.files.iter().flat_map(|file| &file.messages);
    let (mut of_yaml, mut of_file) = (engine.matcher(), again.matcher());
    for scenario in messages {
        let message = Message::new(&scenario.text).with_context(&scenario.context);
        assert_eq!(of_file.decide(message).to_json(), of_yaml.decide(message).to_json(), "{}", scenario.text);
        assert_eq!(again.explain(message), engine.explain(message), "{}", scenario.text);
    }
    let told = |engine| format!("{:?}", eval::conversations(engine, &scenarios));
    assert_eq!(told(&again), told(&engine));
}

#[test]
fn a_conversation_goes_on_in_an_opened_engine() {
    let again = opened(&ENGINE);
    let context = || Context::new().with("level", 1);
    let mut conversation = ENGINE.conversation(context());
    conversation.decide("my deposit has not arrived");
    let mut resumed = again.resume(&conversation.to_json()).expect("a state");
    assert_eq!(resumed.decide("50 dollars").to_json(), conversation.decide("50 dollars").to_json());
    assert_eq!(resumed.to_json(), conversation.to_json());
}

#[test]
fn the_same_rules_are_the_same_bytes_however_often_they_are_written_and_opened() {
    for engine in [ENGINE.clone(), Engine::from_path(support_pack()).expect("the support pack")] {
        let bytes = engine.to_compiled();
        assert_eq!(Engine::new(engine.rules()).expect("an engine").to_compiled(), bytes);
        let again = Engine::from_compiled(&bytes).expect("what was written is opened");
        assert_eq!(again.to_compiled(), bytes);
        again.decide("my deposit has not yet arrived");
        assert_eq!(again.to_compiled(), bytes, "deciding changes nothing");
    }
}

#[test]
fn a_file_is_opened_whatever_it_is_called_and_rule_sets_want_yaml() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for name in ["compiled.jawab", "compiled.bin"] {
        let path = folder.join(name);
        std::fs::write(&path, ENGINE.to_compiled()).expect("a file");
        let engine = Engine::from_path(&path).expect("an engine");
        assert_eq!(engine.decide("when are you open").rule(), Some("opening-hours"));
        let refused = RuleSet::from_path(&path).expect_err("no YAML");
        assert_eq!(refused.diagnostics()[0].code, Code::CompiledRules);
    }
    let path = folder.join("text.jawab");
    std::fs::write(&path, RULES).expect("a file");
    assert_eq!(code(Engine::from_path(&path)), Code::NotCompiledRules);
    let missing = Engine::from_path(folder.join("missing.jawab")).expect_err("nothing is there");
    assert_eq!((missing.kind(), missing.diagnostics()[0].code), (ErrorKind::Io, Code::UnreadableFile));
}

/// It is read in parts.
#[test]
fn a_large_file_is_opened_as_its_bytes_are() {
    let bytes = Engine::from_path(support_pack()).expect("the support pack").to_compiled();
    assert!(bytes.len() > 1 << 22, "{} bytes", bytes.len());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.jawab");
    std::fs::write(&path, &bytes).expect("a file");
    assert_eq!(Engine::from_path(&path).expect("an engine").to_compiled(), bytes);
    std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("a file");
    assert_eq!(code(Engine::from_path(&path)), Code::DamagedCompiledRules);
}

#[test]
fn what_is_no_compiled_file_is_refused() {
    let bytes = ENGINE.to_compiled();
    assert_eq!(code(Engine::from_compiled(b"")), Code::NotCompiledRules);
    assert_eq!(code(Engine::from_compiled(RULES.as_bytes())), Code::NotCompiledRules);
    let with_line_ends: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != b'\r').collect();
    assert_eq!(code(Engine::from_compiled(&with_line_ends)), Code::NotCompiledRules);
}

#[test]
fn a_file_of_another_version_is_refused_by_its_name() {
    let bytes = ENGINE.to_compiled();
    let mut other = bytes.clone();
    other[8] += 1;
    assert_eq!(code(Engine::from_compiled(&other)), Code::OtherCompiledVersion);
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let at = bytes.windows(version.len()).position(|window| window == version).expect("the version");
    let mut other = bytes;
    other[at] = b'9';
    let error = Engine::from_compiled(&sealed(other)).expect_err("another version");
    assert_eq!(error.diagnostics()[0].code, Code::OtherCompiledVersion);
    assert!(error.to_string().contains("jawab 9"), "{error}");
}

#[test]
fn a_damaged_file_is_refused() {
    let bytes = ENGINE.to_compiled();
    for at in (12..bytes.len()).step_by(101).chain([bytes.len() - 1]) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        let code = code(Engine::from_compiled(&changed));
        assert!(matches!(code, Code::DamagedCompiledRules | Code::OtherCompiledVersion), "byte {at}: {code}");
        assert_eq!(
            self::code(Engine::from_compiled(&bytes[..at])),
            Code::DamagedCompiledRules,
            "cut at {at}"
        );
    }
    let longer = [bytes.as_slice(), b"\n"].concat();
    assert_eq!(code(Engine::from_compiled(&longer)), Code::DamagedCompiledRules);
}

/// Whoever can write a file can write its checksum, too.
#[test]
fn a_file_with_the_right_checksum_and_the_wrong_numbers_is_refused_or_decides_without_a_panic() {
    let bytes = ENGINE.to_compiled();
    let context = Context::new().with("level", 1).with("time", "2024-05-05T03:00:00+07:00");
    let (mut refused, mut opened) = (0, 0);
    for at in (44..bytes.len()).step_by(1_009) {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = value;
            let Ok(engine) = Engine::from_compiled(&sealed(changed)) else {
                refused += 1;
                continue;
            };
            opened += 1;
            let mut matcher = engine.matcher();
            for text in MESSAGES {
                matcher.decide(Message::new(text).with_context(&context));
            }
        }
    }
    assert!(refused > 100 && opened > 100, "{refused} refused, {opened} opened");
}
