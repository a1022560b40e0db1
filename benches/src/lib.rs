//! Rule sets and messages for the benchmarks.

#[path = "../../crates/jawab/tests/common/random.rs"]
mod random;
pub mod workload;

use std::fmt::Write as _;
use std::path::PathBuf;

use jawab::{Scenarios, Source};

pub use random::Random;

/// Where the support pack is.
pub fn support_pack() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/support"))
}

/// Where cargo builds to.
pub fn target_directory() -> PathBuf {
    let own = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| own.join("target"), |target| own.join(target))
}

/// The files of the support pack.
///
/// # Panics
///
/// Where the repository is incomplete.
pub fn support_sources() -> Vec<Source> {
    let mut files: Vec<_> = std::fs::read_dir(support_pack()).expect("the support pack").flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    let yaml = files
        .iter()
        .map(std::fs::DirEntry::path)
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"));
    yaml.map(|path| {
        let text = std::fs::read_to_string(&path).expect("a file of the support pack");
        Source::new(&path.display().to_string(), text)
    })
    .collect()
}

/// The scenario messages of the support pack.
///
/// # Panics
///
/// Where the repository is incomplete.
pub fn support_messages(rules: &jawab::RuleSet) -> Vec<String> {
    let scenarios = Scenarios::from_path(support_pack(), rules).expect("the scenarios of the support pack");
    scenarios.files.iter().flat_map(|file| &file.messages).map(|message| message.text.clone()).collect()
}

/// A rule file with `count` further rules of one pattern each, over words of support chats and invented ones; none for
/// no rules.
pub fn extra_rules(count: usize) -> Option<Source> {
    let mut yaml = String::from("jawab: 1\nlanguage: id\nintents:\n");
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for number in 0..count {
        let mut word = || word(&mut random);
        let pattern = format!("{} [{}] ... ({}|{}) {}", word(), word(), word(), word(), word());
        let _ = writeln!(yaml, "  extra-{number}: {{any: ['{pattern}'], handoff: {{team: general}}}}");
    }
    (count > 0).then(|| Source::new("extra.yaml", yaml))
}

/// How customers put a question about some words.
const FRAMES: [&str; 10] = [
    "how do i 0 my 1 2",
    "i want to 0 a 1",
    "where can i 0 the 1 2 please",
    "1 0 3",
    "can you 0 the 2 of my 1",
    "why is my 1 not 0",
    "please 0 1 3",
    "2 1 0 help",
    "is there a 3 to 0 my 1",
    "my 1 needs 2 and 3",
];

/// A rule file with `count` rules of ten questions each.
pub fn question_rules(count: usize) -> Source {
    let mut yaml = String::from("jawab: 1\nlanguage: en\nsettings: {fallback: {say: One moment.}}\nfaq:\n");
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for number in 0..count {
        let words: [String; 4] = std::array::from_fn(|_| word(&mut random));
        let _ = writeln!(yaml, "  faq-{number}:\n    answer: Answer {number}.\n    questions:");
        for frame in FRAMES {
            let question =
                (0..4).fold(frame.to_owned(), |text, at| text.replace(&at.to_string(), &words[at]));
            let _ = writeln!(yaml, "    - \"{question}\"");
        }
    }
    Source::new("questions.yaml", yaml)
}

const DOMAIN: [&str; 24] = [
    "deposit",
    "saldo",
    "akun",
    "bonus",
    "transfer",
    "masuk",
    "belum",
    "berapa",
    "cara",
    "login",
    "password",
    "bank",
    "withdraw",
    "promo",
    "aplikasi",
    "verifikasi",
    "rekening",
    "how",
    "account",
    "money",
    "paano",
    "magkano",
    "hindi",
    "kode",
];
const SYLLABLES: [&str; 20] = [
    "ba", "ka", "ra", "ti", "mu", "lo", "si", "pe", "nga", "du", "wi", "sa", "ter", "lan", "gu", "men", "ja",
    "ki", "pro", "mas",
];

/// One word in four is of the domain: such rules share their words with the messages.
fn word(random: &mut Random) -> String {
    if random.below(4) == 0 {
        return DOMAIN[random.below(DOMAIN.len())].to_owned();
    }
    (0..2 + random.below(3)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect()
}
