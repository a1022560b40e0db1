//! Figures over the support pack: `cargo test --release -p jawab text::tests::measure -- --ignored --nocapture`.

use std::path::Path;
use std::time::Instant;

use crate::text::languages::yaml::{Node, parse};
use crate::text::*;

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/support");

/// All texts under a key of the files of a folder.
fn texts(folder: &Path, key: &str) -> Vec<String> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "yaml")) {
        let node = parse(&std::fs::read_to_string(file).expect("a text")).expect("YAML");
        collect(&node, key, false, &mut texts);
    }
    texts
}

fn collect(node: &Node, key: &str, inside: bool, texts: &mut Vec<String>) {
    match node {
        Node::Text(text) if inside => texts.push(text.to_string()),
        Node::Text(_) => {}
        Node::List(items) => items.iter().for_each(|item| collect(item, key, inside, texts)),
        Node::Map(entries) => {
            for (name, value) in entries {
                collect(value, key, inside || name.as_ref() == key, texts);
            }
        }
    }
}

fn support_lexicon() -> (Lexicon, Vec<String>) {
    let packs: Vec<_> = LANGUAGES.iter().filter_map(|language| LanguagePack::built_in(language)).collect();
    let questions = texts(Path::new(PACK), "questions");
    let start = Instant::now();
    let mut builder = LexiconBuilder::new(&packs);
    builder.synonym(
        "deposit",
        &["depo", "dp", "top up", "topup", "isi saldo", "deposito", "充值", "存款", "存钱"],
    );
    builder.synonym(
        "withdraw",
        &["wd", "withdrawal", "penarikan", "tarik dana", "cash out", "提现", "提款", "取款"],
    );
    builder.synonym("account", &["akun", "账号", "账户"]);
    for question in &questions {
        builder.text(question, 1);
    }
    let lexicon = builder.build();
    println!("{} questions, {} forms, built in {:?}", questions.len(), lexicon.len(), start.elapsed());
    (lexicon, questions)
}

fn time(lexicon: &Lexicon, name: &str, messages: &[String]) {
    let mut utterance = Utterance::new();
    let mut best = f64::MAX;
    let mut tokens = 0;
    for _ in 0..20 {
        let start = Instant::now();
        tokens = 0;
        for message in messages {
            lexicon.read(message, &mut utterance);
            tokens += utterance.tokens.len();
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    let (count, each) = (messages.len(), best * 1e9 / messages.len() as f64);
    println!(
        "{name}: {count} messages, {:.1} tokens each, {each:.0} ns a message, {:.0} ns a token",
        tokens as f64 / count as f64,
        best * 1e9 / tokens as f64
    );
}

#[test]
#[ignore = "prints figures"]
fn how_long_reading_takes() {
    let (lexicon, questions) = support_lexicon();
    time(&lexicon, "questions", &questions);
    let tests = Path::new(PACK).join("tests");
    time(&lexicon, "scenarios", &texts(&tests, "messages"));
    time(&lexicon, "unanswerable", &texts(&tests, "unanswerable"));
    time(&lexicon, "eight words", &["saya sudah transfer deposit tapi saldo belum masuk".to_owned()]);
    time(&lexicon, "one typo", &["saya sudah transfer depsoit tapi saldo belum masuk".to_owned()]);
    time(
        &lexicon,
        "unknown words",
        &["qwertzui asdfghjkl yxcvbnmmn poiuztrewq lkjhgfdsa mnbvcxyyx".to_owned()],
    );
    time(&lexicon, "64 KiB of words", &["saya sudah transfer depsoit ".repeat(2340)]);
    time(&lexicon, "64 KiB of digits", &["0812 ".repeat(13_000)]);
    time(&lexicon, "64 KiB of one letter", &["a".repeat(65_536)]);
    time(&lexicon, "64 KiB of dots and at signs", &["a.@".repeat(21_000)]);
    time(&lexicon, "64 KiB of marks", &["e\u{301}".repeat(21_000)]);
}

#[test]
#[ignore = "prints what is done to words"]
fn what_is_done_to_words() {
    let (lexicon, _) = support_lexicon();
    let mut utterance = Utterance::new();
    for kind in ["messages", "unanswerable"] {
        for message in texts(&Path::new(PACK).join("tests"), kind) {
            lexicon.read(&message, &mut utterance);
            for (at, token) in utterance.tokens.iter().enumerate() {
                let change = token.change;
                if !matches!(change, Change::None | Change::Synonym | Change::Spelling)
                    || !token.word.is_known() && token.kind == TokenKind::Word
                {
                    println!(
                        "{kind} {change:?}: {} -> {} <{message}>",
                        utterance.surface(at),
                        utterance.text(at)
                    );
                }
            }
        }
    }
}
