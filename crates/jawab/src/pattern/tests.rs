//! Patterns against messages, and the trie against a slow and obvious reference.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::bounds::GAPS;
use super::lower::Tree;
use super::walk::GAP_WORDS;
use super::*;
use crate::text::{EntityKind, LanguagePack, Lexicon, LexiconBuilder, TokenKind, Utterance};

/// Patterns compiled with the words they use, the macro `<not-yet>` and the list `{bank}`.
struct Compiled {
    lexicon: Lexicon,
    program: Program,
}

fn compile(patterns: &[&str]) -> Compiled {
    let not_yet = parse("(belum|not|没)").expect("a macro");
    let macros: Macros = BTreeMap::from([("not-yet", &not_yet)]);
    let templates: Vec<Template> = patterns.iter().map(|p| parse(p).expect("a pattern")).collect();
    let lowered: Vec<Lowered> = templates.iter().map(|t| Lowered::new(t, &macros)).collect();
    let mut builder =
        LexiconBuilder::new(&["id", "en", "zh"].map(|l| LanguagePack::built_in(l).expect("a pack")));
    builder.synonym("deposit", &["depo", "top up", "充值"]);
    builder.filler("kak");
    builder.list("bank", &[("bca", vec!["bca", "klik bca"])]);
    lowered.iter().flat_map(Lowered::texts).for_each(|text| builder.text(text, 1));
    let lexicon = builder.build();
    let program = {
        let mut builder = ProgramBuilder::new(&lexicon);
        let kind_of = |slot: &SlotName| match slot.type_name.as_deref().unwrap_or(&slot.name) {
            "amount" => Some(EntityKind::Amount),
            _ => lexicon.list_named("bank").map(EntityKind::List),
        };
        lowered.iter().enumerate().for_each(|(at, e)| builder.add(at as u32, e, &kind_of));
        builder.finish().expect("a small program")
    };
    Compiled { lexicon, program }
}

impl Compiled {
    /// The patterns found in a message, with their captured slots as `name=text`.
    fn find(&self, message: &str) -> Vec<(u32, Vec<String>)> {
        let (mut utterance, mut scratch) = (Utterance::default(), Scratch::default());
        self.lexicon.read(message, &mut utterance);
        self.program.find(message, &utterance, &mut scratch);
        let slot = |capture: &Capture| {
            let words = &message[capture.span.0 as usize..capture.span.1 as usize];
            format!("{}={words}", self.program.slot_name(capture.name))
        };
        let slots = |found| scratch.captures(found).iter().map(slot).collect();
        scratch.matches.iter().map(|found| (found.pattern, slots(found))).collect()
    }

    fn matches(&self, message: &str) -> bool {
        !self.find(message).is_empty()
    }
}

#[test]
fn a_pattern_matches_what_the_language_reference_says() {
    for (pattern, matching, other) in [
        (
            "deposit masuk",
            vec!["deposit masuk", "DEPO MASUK ya", "top up masuk", "充值 masuk"],
            vec!["masuk deposit"],
        ),
        (
            "belum masuk",
            vec!["deposit belum masuk nih", "blm masuk", "belum kak masuk"],
            vec!["belum dan masuk"],
        ),
        ("\"depo\" masuk", vec!["depo masuk"], vec!["deposit masuk"]),
        ("(deposit|withdraw) gagal", vec!["depo gagal", "withdraw gagal"], vec!["gagal"]),
        ("saya [mau] deposit", vec!["saya deposit", "saya mau deposit"], vec!["saya harus deposit"]),
        ("(cepat;murah;aman) sekali", vec!["aman cepat murah sekali"], vec!["cepat murah sekali"]),
        (
            "deposit ... masuk",
            vec!["deposit masuk", "deposit a b c d e masuk"],
            vec!["deposit a b c d e f masuk"],
        ),
        (
            "deposit ... ... masuk",
            vec![
                "deposit masuk",
                "deposit a b c d e f g h i j masuk",
                "deposit 一二三四五六七八九 a 一二三四五六七八 masuk",
            ],
            vec![
                "deposit a b c d e f g h i j k masuk",
                "deposit 一二三四五六七八九 a 一二三四五六七八九 masuk",
            ],
        ),
        (
            "deposit ... [belum] ... masuk$",
            vec!["deposit a b c d e f g h i j masuk", "deposit a b c d e belum f g h i j masuk"],
            vec!["deposit a b c d e f g h i j k masuk", "deposit a b c d e belum f g h i j k masuk"],
        ),
        ("deposit ... <not-yet> masuk", vec!["depo dari tadi blm masuk", "充值没masuk"], vec!["depo masuk"]),
        ("^deposit", vec!["deposit besok", "kak deposit besok"], vec!["mau deposit"]),
        ("deposit$", vec!["mau deposit", "mau depo kak"], vec!["deposit besok"]),
        ("light[s] on", vec!["light on", "lights on"], vec!["light s on"]),
        ("...deposit...", vec!["a deposit b"], vec!["b"]),
        ("没有到账", vec!["充值没有到账啊"], vec!["没到账"]),
        ("50\\% bonus", vec!["50% bonus"], vec!["bonus"]),
        (
            r"/\bTRX\d{6,}\b.*belum/",
            vec!["trx123456 kok belum", "TRX123456\nbelum"],
            vec!["trx12345 belum", "TRX123456"],
        ),
        ("/belum[^.]*\u{17F}aldo/", vec!["belum ada saldo", "BELUM ADA SALDO"], vec!["belum"]),
    ] {
        let compiled = compile(&[pattern]);
        matching.iter().for_each(|m| assert!(compiled.matches(m), "`{pattern}` matches `{m}`"));
        other.iter().for_each(|m| assert!(!compiled.matches(m), "`{pattern}` does not match `{m}`"));
    }
}

#[test]
fn long_rows_of_fillers_and_emoji_cost_what_their_length_costs() {
    let compiled = compile(&["deposit ... masuk", "{*a} deposit [kak] masuk", "deposit ... kak ... masuk"]);
    for filler in ["kak ", "😀", "kak deposit "] {
        let walks = |times: usize| {
            let message = format!("deposit {}", filler.repeat(times));
            let (mut utterance, mut scratch) = (Utterance::default(), Scratch::default());
            compiled.lexicon.read(&message, &mut utterance);
            compiled.program.find(&message, &utterance, &mut scratch);
            scratch.ways.count()
        };
        assert!(walks(2000) <= 12 * walks(200), "{filler}: {} and {}", walks(200), walks(2000));
    }
}

#[test]
fn a_row_of_gaps_is_looked_behind_once() {
    let message = format!("deposit{}", " x".repeat(500));
    for gaps in [1, 2, GAPS] {
        let compiled = compile(&[&format!("deposit{} masuk", " ...".repeat(gaps))]);
        let (mut utterance, mut scratch) = (Utterance::default(), Scratch::default());
        compiled.lexicon.read(&format!("{message} masuk"), &mut utterance);
        compiled.program.find(&message, &utterance, &mut scratch);
        assert!(scratch.ways.count() <= 2, "{gaps} gaps: {}", scratch.ways.count());
        let far = |words: usize| format!("deposit{} masuk", " x".repeat(words));
        assert!(compiled.matches(&far(5 * gaps)) && !compiled.matches(&far(5 * gaps + 1)), "{gaps}");
    }
}

#[test]
fn what_an_unusual_message_needed_is_not_kept() {
    let wildcards: Vec<String> = (0..GAPS).map(|n| format!("{{*a{n}}}")).collect();
    let compiled = compile(&[&format!("deposit {} masuk", wildcards.join(" "))]);
    let (mut utterance, mut scratch) = (Utterance::default(), Scratch::default());
    let mut find = |message: &str, scratch: &mut Scratch| {
        compiled.lexicon.read(message, &mut utterance);
        compiled.program.find(message, &utterance, scratch);
        scratch.ways.is_small()
    };
    let long = format!("deposit{}", " x".repeat(2_000));
    assert!(!find(&long, &mut scratch) && find("deposit", &mut scratch));
    assert!(!find(&long, &mut scratch));
    scratch.let_go();
    assert!(scratch.ways.is_small() && find("deposit", &mut scratch));
}

#[test]
fn slots_capture_the_words_of_the_message() {
    for (pattern, message, slots) in [
        ("transfer {amount}", "sudah transfer 50rb tadi", vec!["amount=50rb"]),
        ("transfer {price:amount}", "transfer Rp50.000", vec!["price=Rp50.000"]),
        ("ke {bank}", "transfer ke Klik BCA saya", vec!["bank=Klik BCA"]),
        ("nama saya {*name} [dari] solo", "nama saya Siti Aminah dari Solo", vec!["name=Siti Aminah"]),
        ("nama saya {*name}", "nama saya Siti Aminah Putri", vec!["name=Siti Aminah Putri"]),
        (r"/no (?<order>\w+\d)/", "No AB12 ya", vec!["order=AB12"]),
    ] {
        let expected = slots.into_iter().map(str::to_owned).collect();
        assert_eq!(compile(&[pattern]).find(message), [(0, expected)], "{pattern}");
    }
}

#[test]
fn every_pattern_that_matches_is_found_once_in_order() {
    let compiled = compile(&["masuk", "x", "belum masuk", "masuk", "/masuk/"]);
    let found: Vec<u32> =
        compiled.find("belum masuk masuk").into_iter().map(|(pattern, _)| pattern).collect();
    assert_eq!(found, [0, 2, 3, 4]);
}

#[test]
fn a_syntax_error_names_its_place() {
    for (pattern, from, to) in [
        ("", 0, 0),
        ("deposit (a|b", 8, 9),
        ("a) b", 1, 2),
        ("a | b", 2, 3),
        ("(a|b;c)", 4, 5),
        ("{am ount}", 1, 8),
        ("<>", 1, 1),
        ("a \"\" b", 3, 3),
        ("x\\", 1, 2),
        ("/a(/", 2, 3),
        ("/(?=a)b/", 1, 4),
    ] {
        let error = parse(pattern).expect_err(pattern);
        assert_eq!((error.range.start, error.range.end), (from, to), "`{pattern}`: {error:?}");
        assert!(!error.problem.message().is_empty() && !error.problem.help().is_empty());
    }
}

#[test]
fn limits_hold_on_both_sides() {
    let check = |pattern: &str| check(&parse(pattern)?, &Macros::new(), pattern.len());
    let alternatives = |n: usize| format!("({})", vec!["a"; n].join("|"));
    let nested = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    let problem = |pattern: &str| check(pattern).map_err(|error| error.problem);
    assert_eq!(problem(&format!("{} {}", alternatives(250), alternatives(400))), Ok(()));
    let count = 250 * 401;
    let many = format!("{} {}", alternatives(250), alternatives(401));
    assert_eq!(problem(&many), Err(Problem::TooManySentences { count }));
    let joined = |n: usize| format!("xa{} y", "[b]".repeat(n));
    let thirds = "(a|b|c)".repeat(5);
    let apart = ["[最]".repeat(9), "x [b]".to_owned() + &" [b]".repeat(9), joined(7) + " " + &joined(7)];
    for fits in apart.iter().chain([&joined(8), &format!("{thirds} y")]) {
        assert_eq!(problem(&format!("x {fits}")), Ok(()), "{fits}");
    }
    assert_eq!(problem(&joined(9)), Err(Problem::TooManyJoined { count: 512 }));
    assert_eq!(problem(&format!("{} {}", joined(8), joined(1))), Err(Problem::TooManyJoined { count: 258 }));
    assert_eq!(problem(&format!("{thirds}[d]")), Err(Problem::TooManyJoined { count: 486 }));
    assert_eq!(problem(&nested(32)), Ok(()));
    assert_eq!(problem(&nested(33)), Err(Problem::TooDeep));
    assert_eq!(problem(&"a".repeat(4096)), Ok(()));
    assert_eq!(problem(&"a".repeat(4097)), Err(Problem::TooLong { bytes: 4097 }));
    let split = format!("(a|b{}|c) d", " ... e".repeat(33));
    assert_eq!(problem(&split), Err(Problem::TooManyGaps { count: 33 }));
    assert_eq!(problem(&split.replacen(" ... ", " ", 1)), Ok(()));
    for empty in ["[a]", "...", "^$", "(a|)", "[a] ... [b]", "?!"] {
        assert_eq!(problem(empty), Err(Problem::MatchesNothing), "{empty}");
    }
    assert_eq!(problem("/a*/"), Err(Problem::RegexMatchesNothing));
    for signs in ["^？", "^—", "^ “”", "^ …", "^ \"?!\"", "？$", "，", "(？|a)", "^ \u{200b}"] {
        assert_eq!(problem(signs), Err(Problem::MatchesNothing), "{signs}");
    }
    for word in ["^？a", "^充？", "^ 😀", "^ \"7\"", "^ ㎏", "é ？"] {
        assert_eq!(problem(word), Ok(()), "{word}");
    }
    assert_eq!(problem("/a{1000000}/"), Err(Problem::RegexTooLarge));
}

#[test]
fn the_ends_of_the_message_stand_at_the_ends_of_a_pattern() {
    let ends = parse("^ (halo|hai)").expect("a macro");
    let macros = Macros::from([("hello", &ends)]);
    let problem =
        |text: &str| check(&parse(text).expect(text), &macros, text.len()).map_err(|error| error.problem);
    for pattern in ["a ^ b", "^ ^ a", "a (^ b|c)", "a [^ b]", "a <hello>", "(a;b) ^", "{*a} ^ b", "^a ^b"] {
        assert_eq!(problem(pattern), Err(Problem::Misplaced { anchor: '^' }), "{pattern}");
    }
    for pattern in ["a $ b", "a $ $", "(a $|b) c", "$ a", "a [b $] {*c}", "$ <hello>"] {
        assert_eq!(problem(pattern), Err(Problem::Misplaced { anchor: '$' }), "{pattern}");
    }
    for pattern in ["^a$", "... ^ a $ ...", "[a] ^ b $ [c]", "(^ a|b $)", "<hello> a", "a (b $|c)", "? ^ a"] {
        assert_eq!(problem(pattern), Ok(()), "{pattern}");
    }
}

#[test]
fn a_sentence_has_each_name_once() {
    let fee = parse("fee {amount}").expect("a macro");
    let macros = Macros::from([("fee", &fee)]);
    let problem =
        |text: &str| check(&parse(text).expect(text), &macros, text.len()).map_err(|error| error.problem);
    for (pattern, name) in [
        ("{amount} and {amount}", "amount"),
        ("{amount} [or {amount}]", "amount"),
        ("({a:bank};{a:amount})", "a"),
        ("{*a} and {a:amount}", "a"),
        ("{amount} <fee>", "amount"),
    ] {
        assert_eq!(problem(pattern), Err(Problem::NamedTwice { name: name.to_owned() }), "{pattern}");
    }
    for pattern in
        ["{a:amount} and {b:amount}", "({amount} x|y {amount})", "<fee> {bank}", "(<fee>|{amount})"]
    {
        assert_eq!(problem(pattern), Ok(()), "{pattern}");
    }
}

/// Whether a sentence matches at some place: tries everything, shares nothing with the trie.
fn reference(sentence: &[Tree], lexicon: &Lexicon, utterance: &Utterance) -> bool {
    let steps = reference_steps(sentence, lexicon);
    (0..utterance.tokens.len()).any(|at| matches_from(&steps, utterance, at))
}

/// Every sentence that a tree of sequences and alternatives stands for.
fn written_out<'t>(tree: &Tree<'t>) -> Vec<Vec<Tree<'t>>> {
    match tree {
        Tree::Alternatives(inner) => inner.iter().flat_map(written_out).collect(),
        Tree::Sequence(inner) => inner.iter().fold(vec![Vec::new()], |heads, tree| {
            let tails = written_out(tree);
            heads.iter().flat_map(|head| tails.iter().map(|tail| [head.as_slice(), tail].concat())).collect()
        }),
        other => vec![vec![other.clone()]],
    }
}

#[derive(Debug, Clone, PartialEq)]
enum ReferenceStep {
    Word(crate::text::WordId),
    Gap,
}

fn reference_steps(sentence: &[Tree], lexicon: &Lexicon) -> Vec<ReferenceStep> {
    let mut steps = Vec::new();
    let mut utterance = Utterance::default();
    for part in sentence {
        match part {
            Tree::Gap => steps.push(ReferenceStep::Gap),
            Tree::Text(text) => {
                lexicon.read(text, &mut utterance);
                steps.extend(utterance.tokens.iter().map(|token| ReferenceStep::Word(token.word)));
            }
            _ => panic!("the reference knows words and gaps"),
        }
    }
    while steps.first() == Some(&ReferenceStep::Gap) {
        steps.remove(0);
    }
    while steps.last() == Some(&ReferenceStep::Gap) {
        steps.pop();
    }
    steps
}

fn matches_from(steps: &[ReferenceStep], utterance: &Utterance, at: usize) -> bool {
    let skippable = |at: usize| utterance.tokens.get(at).is_some_and(|token| token.filler);
    match steps.split_first() {
        None => true,
        Some((ReferenceStep::Word(word), rest)) => {
            utterance.tokens.get(at).is_some_and(|token| token.word == *word)
                && (matches_from(rest, utterance, at + 1)
                    || (skippable(at + 1) && matches_after_fillers(rest, utterance, at + 1)))
        }
        Some((ReferenceStep::Gap, rest)) => {
            let cost = |from: usize| utterance.tokens[at..from].iter().filter(|token| !token.filler).count();
            let reach = (at..=utterance.tokens.len()).filter(|&to| cost(to) <= GAP_WORDS as usize);
            reach
                .into_iter()
                .any(|to| matches_from(rest, utterance, to) || matches_after_fillers(rest, utterance, to))
        }
    }
}

fn matches_after_fillers(steps: &[ReferenceStep], utterance: &Utterance, at: usize) -> bool {
    let fillers = utterance.tokens[at..].iter().take_while(|token| token.filler).count();
    (0..=fillers).any(|skipped| matches_from(steps, utterance, at + skipped))
}

proptest! {
    #[test]
    fn the_trie_finds_what_the_reference_finds(
        patterns in prop::collection::vec("[abc]( [abc]| \\.\\.\\.| \\[[abc]\\]| \\([abc]\\|[abc] [abc]\\)){0,5}", 1..6),
        message in "([abcd]|kak)( ([abcd]|kak)){0,12}",
    ) {
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        let compiled = compile(&patterns);
        let mut utterance = Utterance::default();
        compiled.lexicon.read(&message, &mut utterance);
        prop_assert!(utterance.tokens.iter().all(|token| token.kind == TokenKind::Word));
        let found: Vec<u32> = compiled.find(&message).into_iter().map(|(pattern, _)| pattern).collect();
        let macros = Macros::new();
        let expected = patterns.iter().zip(0..).filter(|(pattern, _)| {
            let template = parse(pattern).expect("a pattern");
            let Lowered::Sentence(tree) = Lowered::new(&template, &macros) else { return false };
            written_out(&tree).iter().any(|sentence| reference(sentence, &compiled.lexicon, &utterance))
        });
        prop_assert_eq!(found, expected.map(|(_, at)| at).collect::<Vec<u32>>());
    }

    #[test]
    fn no_pattern_makes_the_parser_panic(text in "[a-z|;()\\[\\]{}<>\"^$./\\\\ :*]{0,40}") {
        if let Ok(template) = parse(&text) {
            let _ = check(&template, &Macros::new(), text.len());
        }
    }
}
