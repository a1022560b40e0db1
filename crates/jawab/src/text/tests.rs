//! What a message is read into, in all languages.

mod measure;
mod values;

use proptest::prelude::*;

use super::*;

fn packs() -> Vec<&'static LanguagePack> {
    LANGUAGES.iter().filter_map(|language| LanguagePack::built_in(language)).collect()
}

fn builder() -> LexiconBuilder {
    let mut builder = LexiconBuilder::new(&packs());
    builder.filler("bosku");
    builder.synonym("deposit", &["depo", "dp", "top up", "topup", "isi saldo", "充值", "存款"]);
    builder.synonym("withdraw", &["wd", "penarikan", "tarik dana", "cash out", "提现"]);
    builder.synonym("minimum", &["min", "minimal", "最低"]);
    builder.synonym("password", &["kata sandi", "密码"]);
    let values =
        [("bca", vec!["bca", "klik bca"]), ("gopay", vec!["gopay", "go pay"]), ("icbc", vec!["工商银行"])];
    builder.list("bank", &values);
    for text in [
        "gmn cara deposit",
        "deposit saya belum masuk",
        "saldo tidak bertambah",
        "saya tidak bisa login",
        "akun saya diblokir",
        "kenapa verifikasi ditolak",
        "minimal withdraw berapa",
        "how do i change my password",
        "is my account blocked",
        "paano mag deposito",
        "hindi ako maka login",
        "magkano ang minimum",
        "怎么充值",
        "提款还没到账",
        "2fa",
        "transfer ke rekening bank",
        "buka aplikasi",
        "what do i want",
        "what now",
        "mengirim bukti",
        "账户",
    ] {
        builder.text(text, 1);
    }
    builder
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
    LEXICON.get_or_init(|| builder().build())
}

fn read(message: &str) -> Utterance {
    let mut utterance = Utterance::new();
    lexicon().read(message, &mut utterance);
    utterance
}

/// The standard forms of all tokens.
fn texts(message: &str) -> String {
    let utterance = read(message);
    let texts: Vec<&str> = (0..utterance.tokens.len()).map(|token| utterance.text(token)).collect();
    texts.join(" ")
}

fn units(message: &str) -> String {
    let utterance = read(message);
    let units: Vec<&str> = utterance.reading().iter().map(|unit| utterance.reading_text(unit)).collect();
    units.join(" ")
}

#[test]
fn words_are_read_in_their_standard_form() {
    let table = [
        ("GMN cara DEPO", "bagaimana cara depo", "chat spelling"),
        ("saldo gabisa bertambah", "saldo tidak bisa bertambah", "one spelling for two words"),
        ("tolooong depositnyaa", "tolong deposit", "stretched letters, with an ending"),
        ("depsoit rekneing", "deposit rekening", "typos"),
        ("masuuuuk", "masuk", "stretched"),
        ("verifikasiku di-blokir", "verifikasi di diblokir", "endings and hyphens"),
        ("memblokir", "diblokir", "another prefix than the rule set's, if the stem is found"),
        ("kirim", "mengirim", "the stem of an affixed word"),
        ("caradeposit", "cara deposit", "words run together"),
        ("blmmasuk", "belum masuk", "run together, one in chat spelling"),
        ("makan", "makan", "a common word is nobody's typo"),
        ("wnat", "want", "swapped letters rather than another frequent word"),
        ("bukam", "bukam", "too near a negation"),
        ("tidaj", "tidaj", "never corrected into a negation"),
        ("gk bs login", "tidak bisa login", "negation and ability"),
        ("I don't know", "i do not know", "the apostrophe"),
        ("帳戶", "账 户", "traditional characters"),
        ("怎么deposit", "怎 么 deposit", "two scripts"),
        ("冲值", "充 值", "a homophone"),
        ("50rb", "50 rb", "digits joined to a word"),
        ("2fa", "2fa", "digits in a word"),
        ("to\u{200b}long", "tolong", "a zero-width space"),
        ("สวัสดี", "สวัสดี", "another script"),
        ("😭😭", "😭 😭", "emoji one by one"),
    ];
    for (message, expected, why) in table {
        assert_eq!(texts(message), expected, "{message}: {why}");
    }
}

#[test]
fn an_apostrophe_that_tells_two_words_apart_is_heeded() {
    let lexicon = LexiconBuilder::new(&packs()).build();
    let mut utterance = Utterance::new();
    for (message, expected) in [
        ("i'd like an id card", "i would like an id card"),
        ("I’ll call, I am ill", "i will call i am ill"),
        ("it's its own", "it is its own"),
        ("let's go lets go", "let us go let us go"),
        ("we're well, we'll see, he'll go to hell", "we are well we will see he will go to hell"),
        ("can't cant won't wont", "cannot cannot will not will not"),
    ] {
        lexicon.read(message, &mut utterance);
        let words: Vec<&str> = (0..utterance.tokens.len()).map(|token| utterance.text(token)).collect();
        assert_eq!(words.join(" "), expected, "{message}");
    }
}

#[test]
fn the_reading_joins_phrases_and_leaves_fillers_and_emoji_out() {
    let table = [
        ("kak gmn cara top up 😭", "bagaimana cara deposit"),
        ("isi saldo bosku", "deposit"),
        ("怎么充值啊", "怎 么 deposit"),
        ("kata sandi kak", "password"),
        ("kak", "kak"),
        ("😭", "😭"),
        ("min wd brp", "minimum withdraw berapa"),
        ("", ""),
    ];
    for (message, expected) in table {
        assert_eq!(units(message), expected, "{message}");
    }
}

#[test]
fn words_of_one_meaning_have_one_id() {
    let word = |message: &str| read(message).reading()[0].word;
    for (one, other) in
        [("depo", "deposit"), ("top up", "充值"), ("wd", "penarikan"), ("min", "最低"), ("depositku", "dp")]
    {
        assert!(word(one).is_known());
        assert_eq!(word(one), word(other), "{one}, {other}");
    }
    assert_ne!(word("deposit"), word("withdraw"));
    assert!(!word("cuaca").is_known());
}

#[test]
fn the_form_as_written_stays_known() {
    let utterance = read("gmn depo depsoit");
    let written: Vec<&str> = utterance.tokens.iter().map(|token| lexicon().word(token.written)).collect();
    assert_eq!(written, ["gmn", "depo", ""]);
}

#[test]
fn negations_are_marked_and_never_fillers() {
    for message in ["tidak", "gak", "gaaak", "blm", "jgn", "don't", "hindi", "wala", "没", "不"] {
        let utterance = read(message);
        assert!(utterance.tokens.iter().any(|token| token.negation && !token.filler), "{message}");
    }
}

#[test]
fn a_message_votes_for_its_language() {
    let table = [
        ("gmn cara depo kak", Some("id")),
        ("how do i deposit pls", Some("en")),
        ("magkano po ang minimum", Some("fil")),
        ("提款还没到账", Some("zh")),
        ("deposit", None),
        ("", None),
    ];
    for (message, expected) in table {
        let language = read(message).language().map(|index| lexicon().pack_languages()[index as usize]);
        assert_eq!(language, expected, "{message}");
    }
}

#[test]
fn every_word_of_a_long_message_has_its_vote() {
    let message = |id: usize, en: usize| "bagaimana ".repeat(id) + &"because ".repeat(en);
    let of = |text: &str| read(text).language().map(|index| lexicon().pack_languages()[index as usize]);
    assert_eq!(of(&message(300, 299)), Some("id"));
    assert_eq!(of(&message(299, 300)), Some("en"));
    assert_eq!(of(&message(600, 600)), None, "as many of either");
    assert_eq!(of(&message(256, 1)), Some("id"));
}

#[test]
fn the_order_of_building_does_not_show() {
    let build = |order: &[usize]| {
        let mut builder = LexiconBuilder::new(&packs());
        for &step in order {
            match step {
                0 => builder.synonym("deposit", &["depo", "top up"]),
                1 => builder.synonym("recharge", &["top up", "isi"]),
                2 => builder.text("deposit belum masuk", 2),
                _ => builder.text("isi ulang depositnya", 1),
            }
        }
        let lexicon = builder.build();
        let mut utterance = Utterance::new();
        lexicon.read("top up isi depositnya ulang recharge", &mut utterance);
        (utterance.tokens, utterance.phrases)
    };
    let expected = build(&[0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
        assert_eq!(build(&order), expected, "{order:?}");
    }
}

proptest! {
    #[test]
    fn every_message_is_read_and_every_letter_belongs_to_a_token(message in message()) {
        let utterance = read(&message);
        let mut start = 0;
        for token in &utterance.tokens {
            prop_assert!(token.span.start >= start && token.span.start < token.span.end);
            prop_assert!(message.get(token.span.start as usize..token.span.end as usize).is_some());
            start = token.span.start;
        }
        for (at, character) in message.char_indices().filter(|(_, character)| character.is_alphanumeric()) {
            let covered = |token: &Token| (token.span.start as usize..token.span.end as usize).contains(&at);
            prop_assert!(utterance.tokens.iter().any(covered), "{} at {}", character, at);
        }
        for entity in &utterance.entities {
            prop_assert!(message.get(entity.span.start as usize..entity.span.end as usize).is_some());
            utterance.value(entity);
        }
        for at in 0..utterance.tokens.len() {
            prop_assert!(!utterance.text(at).is_empty() && !utterance.surface(at).is_empty());
        }
    }

    #[test]
    fn a_used_utterance_reads_like_a_fresh_one(one in message(), other in message()) {
        let mut used = read(&one);
        lexicon().read(&other, &mut used);
        let fresh = read(&other);
        prop_assert_eq!(&used.tokens, &fresh.tokens);
        prop_assert_eq!(&used.entities, &fresh.entities);
        prop_assert_eq!(used.reading(), fresh.reading());
    }

    #[test]
    fn reading_for_patterns_leaves_out_the_reading_alone(one in message(), other in message()) {
        let (whole, mut used) = (read(&other), read(&one));
        lexicon().read_for_patterns(&other, &mut used);
        prop_assert_eq!(&used.tokens, &whole.tokens);
        prop_assert_eq!(&used.entities, &whole.entities);
        prop_assert_eq!((used.language(), used.reading()), (whole.language(), &[][..]));
    }

    #[test]
    fn a_message_that_is_known_in_lower_case_differs_in_nothing_else(message in message()) {
        let (upper, utterance) = (message.to_ascii_uppercase(), read(&message.to_ascii_uppercase()));
        let lower = utterance.in_lower_case(&upper);
        prop_assert!(lower.is_none_or(|lower| lower == upper.to_ascii_lowercase()));
        prop_assert!(lower.is_some() || !upper.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' '));
    }
}

/// Anything, and what looks like messages.
fn message() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z0-9 .,:/@+#rpkjtgm'-]{0,60}",
        "((depo|gmn|blm|50|rb|jam|3|sore|12/3|08123456789|[+]62|top up|isi|saldo|充值|帳|五万|下午|点|😭|👍🏽|a@b.co)[ .-]?){0,12}",
    ]
}
