//! What words mean: the words of each language by the concepts that they stand for, as data.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::{LANGUAGES, Pair, map, strings_by_key, yaml};
use crate::text::characters::is_han;
use crate::text::keys::{step, word_key};

/// What the words of some languages mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Concepts {
    tables: Vec<&'static Table>,
}

/// Something that words of any language stand for.
#[derive(Debug)]
pub(crate) struct Concept {
    /// An English word for it.
    pub(crate) name: Box<str>,
    pub(crate) key: u64,
    pub(crate) topics: Vec<&'static Topic>,
}

/// What concepts are about: wider than any of them.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: Box<str>,
    pub(crate) key: u64,
}

/// What the words of one language mean.
#[derive(Debug, Default)]
struct Table {
    language: &'static str,
    concepts: Vec<Concept>,
    words: FxHashMap<u64, Meaning>,
}

/// What a word means, or several in a row.
#[derive(Debug)]
struct Meaning {
    /// Places in `concepts`, then `NOTHING`.
    concepts: [u16; MOST],
    /// Not of a word of the table, but of one of its forms.
    form: bool,
    /// Whether something longer begins with it.
    begins: bool,
}

/// Concepts that a word may stand for.
const MOST: usize = 4;
const NOTHING: u16 = u16::MAX;
/// Shortest word that has forms, in bytes.
const SHORTEST: usize = 3;

/// Topics, and those of each concept by its name.
type Topics = (Vec<Topic>, FxHashMap<Box<str>, Vec<u16>>);

static TOPICS: OnceLock<Topics> = OnceLock::new();
static INDONESIAN: OnceLock<Table> = OnceLock::new();
static ENGLISH: OnceLock<Table> = OnceLock::new();
static FILIPINO: OnceLock<Table> = OnceLock::new();
static MANDARIN: OnceLock<Table> = OnceLock::new();

impl Concepts {
    /// Of the languages that have a table; each is parsed when first asked for.
    pub(in crate::text) fn of(languages: &[&'static str]) -> Self {
        Concepts { tables: languages.iter().filter_map(|&language| Table::built_in(language)).collect() }
    }

    pub(in crate::text) fn languages(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.tables.iter().map(|table| table.language)
    }

    /// Whether it is a word of which the meaning is known.
    pub(in crate::text) fn know(&self, word: &str) -> bool {
        let key = word_key(word);
        self.tables.iter().any(|table| table.meaning(key).is_some())
    }

    /// Gives every concept that the words with these keys stand for to `found`, with the words that do, the most words
    /// in a row that do so together. What two languages say of the same words is told once.
    pub(crate) fn find(&self, words: &[u64], mut found: impl FnMut(Range<usize>, &'static Concept)) {
        // Where each table goes on.
        let mut next = [0; LANGUAGES.len()];
        for at in 0..words.len() {
            for ((number, &table), next) in self.tables.iter().enumerate().zip(&mut next) {
                if *next > at {
                    continue;
                }
                let (len, meaning) = table.longest(&words[at..]);
                *next = at + len;
                let together = &words[at..*next];
                let told = |concept: &Concept| {
                    self.tables[..number].iter().any(|before| before.says(together, concept))
                };
                let concepts = meaning.into_iter().flat_map(|meaning| table.concepts(meaning));
                concepts.filter(|concept| !told(concept)).for_each(|concept| found(at..*next, concept));
            }
        }
    }
}

impl Table {
    fn built_in(language: &str) -> Option<&'static Table> {
        let (table, language, text) = match language {
            "id" => (&INDONESIAN, "id", include_str!("concepts/id.yaml")),
            "en" => (&ENGLISH, "en", include_str!("concepts/en.yaml")),
            "fil" => (&FILIPINO, "fil", include_str!("concepts/fil.yaml")),
            "zh" => (&MANDARIN, "zh", include_str!("concepts/zh.yaml")),
            _ => return None,
        };
        // A test parses every table, so the default is never taken.
        let make = || Table { language, ..Table::new(&Source::parse(text).unwrap_or_default()) };
        Some(table.get_or_init(make))
    }

    fn new(source: &Source) -> Table {
        let mut table = Table::default();
        for (name, words) in &source.concepts {
            let concept = table.concepts.len() as u16;
            let topics = topics_of(name).collect();
            table.concepts.push(Concept { name: name.clone(), key: word_key(name), topics });
            listed(words).for_each(|word| table.add(word, concept));
        }
        let mut form = String::new();
        for (concept, (_, words)) in (0..).zip(&source.concepts) {
            for word in listed(words) {
                each_form(word, &source.endings, &mut form, |form| table.add_form(form, concept));
            }
        }
        table
    }

    fn add(&mut self, text: &str, concept: u16) {
        let mut key = None;
        for word in words(text) {
            if let Some(begun) = key {
                self.words.entry(begun).or_default().begins = true;
            }
            key = Some(join(key, word_key(word)));
        }
        if let Some(key) = key {
            self.words.entry(key).or_default().insert(concept);
        }
    }

    /// A form that is a word of the table itself means what the table says of it.
    fn add_form(&mut self, form: &str, concept: u16) {
        let meaning = self.words.entry(word_key(form)).or_default();
        if meaning.form || meaning.is_empty() {
            meaning.form = true;
            meaning.insert(concept);
        }
    }

    /// What the words stand for.
    fn meaning(&self, key: u64) -> Option<&Meaning> {
        self.words.get(&key).filter(|meaning| !meaning.is_empty())
    }

    /// How many of the words mean something together, 1 where none do, and what.
    fn longest(&self, words: &[u64]) -> (usize, Option<&Meaning>) {
        let (mut key, mut longest) = (None, (1, None));
        for (before, &word) in words.iter().enumerate() {
            let joined = join(key, word);
            let Some(meaning) = self.words.get(&joined) else { break };
            if !meaning.is_empty() {
                longest = (before + 1, Some(meaning));
            }
            if !meaning.begins {
                break;
            }
            key = Some(joined);
        }
        longest
    }

    fn concepts(&self, meaning: &Meaning) -> impl Iterator<Item = &Concept> {
        meaning.concepts.into_iter().map_while(|concept| self.concepts.get(usize::from(concept)))
    }

    /// Whether the words stand for a concept of this name together.
    fn says(&self, words: &[u64], concept: &Concept) -> bool {
        let key = words.iter().fold(None, |key, &word| Some(join(key, word)));
        let meaning = key.and_then(|key| self.meaning(key));
        meaning.is_some_and(|meaning| self.concepts(meaning).any(|known| known.key == concept.key))
    }
}

impl Meaning {
    /// Adds a concept; what is too much for one word is left out.
    fn insert(&mut self, concept: u16) {
        let free = self.concepts.iter().position(|&known| known == concept || known == NOTHING);
        if let Some(free) = free {
            self.concepts[free] = concept;
        }
    }

    fn is_empty(&self) -> bool {
        self.concepts[0] == NOTHING
    }
}

impl Default for Meaning {
    fn default() -> Self {
        Meaning { concepts: [NOTHING; MOST], form: false, begins: false }
    }
}

/// A table as it is written.
#[derive(Debug, Default)]
struct Source {
    /// Ends of words, and what stands in their place in their forms.
    endings: Vec<Pair>,
    /// Concepts with their words.
    concepts: Vec<Pair>,
}

impl Source {
    fn parse(text: &str) -> Result<Source, String> {
        let [endings, concepts] = sections(text, ["endings", "concepts"])?;
        Ok(Source { endings, concepts })
    }
}

/// The maps of a file under these keys; it has no others.
fn sections<const N: usize>(text: &str, keys: [&str; N]) -> Result<[Vec<Pair>; N], String> {
    let mut sections = [const { Vec::new() }; N];
    for (key, value) in map(yaml::parse(text)?)? {
        let at = keys.iter().position(|known| *known == key.as_ref());
        let at = at.ok_or_else(|| format!("unknown key `{key}`"))?;
        sections[at] = strings_by_key(value).map_err(|error| format!("`{key}`: {error}"))?;
    }
    Ok(sections)
}

fn listed(words: &str) -> impl Iterator<Item = &str> {
    words.split(", ")
}

/// The words of a text as messages are split: each Chinese character is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').flat_map(|word| {
        let han = word.starts_with(is_han);
        word.split_inclusive(move |_| han)
    })
}

/// Gives a word with other endings to `found`; several words and Chinese ones have none.
fn each_form(word: &str, endings: &[Pair], form: &mut String, mut found: impl FnMut(&str)) {
    if word.len() < SHORTEST || word.contains(' ') || word.starts_with(is_han) {
        return;
    }
    for (end, others) in endings {
        let Some(stem) = word.strip_suffix(end.as_ref()) else { continue };
        for other in listed(others) {
            form.clear();
            form.push_str(stem);
            form.push_str(other);
            found(form);
        }
    }
}

/// The topics of a concept.
fn topics_of(concept: &str) -> impl Iterator<Item = &'static Topic> {
    // A test parses the file, so the default is never taken.
    let (topics, by_concept) =
        TOPICS.get_or_init(|| topics(include_str!("concepts/topics.yaml")).unwrap_or_default());
    let found = by_concept.get(concept).map(Vec::as_slice).unwrap_or_default();
    found.iter().filter_map(|&topic| topics.get(usize::from(topic)))
}

fn topics(text: &str) -> Result<Topics, String> {
    let (mut topics, mut by_concept) = Topics::default();
    let [source] = sections(text, ["topics"])?;
    for (name, concepts) in source {
        let topic = topics.len() as u16;
        topics.push(Topic { key: word_key(&name), name });
        for concept in listed(&concepts) {
            by_concept.entry(concept.into()).or_default().push(topic);
        }
    }
    Ok((topics, by_concept))
}

/// Number of words in a row: that of those before, and of the next.
fn join(before: Option<u64>, word: u64) -> u64 {
    before.map_or(word, |key| step(key, word))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::text::pack_words::words_of;
    use crate::text::scan::Units;

    const TABLES: [(&str, &str); LANGUAGES.len()] = [
        ("id", include_str!("concepts/id.yaml")),
        ("en", include_str!("concepts/en.yaml")),
        ("fil", include_str!("concepts/fil.yaml")),
        ("zh", include_str!("concepts/zh.yaml")),
    ];

    fn sources() -> impl Iterator<Item = (&'static str, Source)> {
        TABLES.into_iter().map(|(language, text)| (language, Source::parse(text).expect(language)))
    }

    /// The concepts of a text, each with the place of its words.
    fn found(languages: &[&'static str], text: &str) -> Vec<(Range<usize>, &'static str)> {
        let keys: Vec<u64> =
            words_of(text, &Units::default()).iter().map(|(_, word)| word_key(word)).collect();
        let mut found = Vec::new();
        Concepts::of(languages).find(&keys, |words, concept| found.push((words, concept.name.as_ref())));
        found
    }

    fn meant(language: &'static str, text: &str) -> BTreeSet<&'static str> {
        found(&[language], text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn every_language_has_a_table_with_enough_in_it() {
        let least = [("id", 1_000), ("en", 10_000), ("fil", 800), ("zh", 800)];
        for ((language, source), expected) in sources().zip(least) {
            let words: BTreeSet<&str> = source.concepts.iter().flat_map(|(_, words)| listed(words)).collect();
            assert_eq!(language, expected.0);
            assert!(words.len() >= expected.1, "{language} has {} words", words.len());
        }
    }

    #[test]
    fn concepts_have_english_names_that_are_the_same_in_all_languages() {
        let names = |source: &Source| -> Vec<Box<str>> {
            source.concepts.iter().map(|(name, _)| name.clone()).collect()
        };
        let english: BTreeSet<Box<str>> =
            sources().filter(|source| source.0 == "en").flat_map(|source| names(&source.1)).collect();
        for (language, source) in sources() {
            let names = names(&source);
            let unique: BTreeSet<_> = names.iter().collect();
            assert_eq!(unique.len(), names.len(), "{language}: a concept is there twice");
            for name in names {
                assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
                assert!(english.contains(&name), "{language}: {name} is no concept of English");
            }
        }
    }

    #[test]
    fn every_topic_is_one_of_concepts_that_are_there_and_no_concept_has_many() {
        let known: BTreeSet<Box<str>> =
            sources().flat_map(|(_, source)| source.concepts).map(|(name, _)| name).collect();
        let (topics, by_concept) = topics(include_str!("concepts/topics.yaml")).expect("topics");
        let names: BTreeSet<&str> = topics.iter().map(|topic| topic.name.as_ref()).collect();
        assert!(names.len() == topics.len() && topics.len() >= 100, "{} topics", topics.len());
        for (concept, topics) in by_concept {
            assert!(known.contains(&concept), "{concept} is no concept");
            let unique: BTreeSet<u16> = topics.iter().copied().collect();
            assert!(unique.len() == topics.len() && topics.len() <= 2, "{concept} has topics {topics:?}");
        }
    }

    #[test]
    fn words_of_different_concepts_share_what_they_are_about() {
        let topics = |language, text| -> BTreeSet<&str> {
            let names = meant(language, text);
            names.into_iter().flat_map(topics_of).map(|topic| topic.name.as_ref()).collect()
        };
        for (one, other) in [("lettuce", "carrots"), ("saxophone", "song"), ("mechanic", "tire")] {
            assert!(!topics("en", one).is_disjoint(&topics("en", other)), "{one}, {other}");
        }
        assert!(!topics("id", "hujan").is_disjoint(&topics("zh", "下雪")));
        assert!(topics("en", "lettuce").is_disjoint(&topics("en", "mechanic")));
    }

    #[test]
    fn a_word_is_written_as_messages_are_read_and_stands_for_few_concepts_each_once() {
        for (language, source) in sources() {
            let mut concepts = BTreeMap::<&str, BTreeSet<&str>>::new();
            for (name, list) in &source.concepts {
                for text in listed(list) {
                    let read: Vec<Box<str>> =
                        words_of(text, &Units::default()).into_iter().map(|(_, word)| word).collect();
                    assert!(words(text).eq(read.iter().map(AsRef::as_ref)), "{language}: {name}: `{text}`");
                    assert!(concepts.entry(text).or_default().insert(name), "{name} has {text} twice");
                }
            }
            for (text, names) in concepts {
                assert!(names.len() <= MOST, "{language}: {text} stands for {names:?}");
            }
        }
    }

    #[test]
    fn words_that_turn_an_answer_round_share_no_concept() {
        let opposites = [
            (
                "en",
                "lock unlock, block unblock, deposit withdraw, send receive, sent received, cancel confirm",
            ),
            ("en", "approve reject, accept decline, buy sell, login logout, open close, enable disable"),
            ("en", "activate deactivate, lost found, increase decrease, add remove, maximum minimum, yes no"),
            ("en", "lend borrow, win lose, start stop, before after, connect disconnect, upload download"),
            ("en", "pay refund, success failure, pending completed, freeze unfreeze, subscribe unsubscribe"),
            ("id", "kirim terima, setor tarik, deposit withdraw, batal konfirmasi, setuju tolak, buka tutup"),
            (
                "id",
                "masuk keluar, sudah belum, naik turun, beli jual, gagal berhasil, untung rugi, mulai selesai",
            ),
            ("fil", "padala tanggap, deposit withdraw, buksan isara, aprubado tinanggihan, bili benta"),
            ("fil", "kanselahin kumpirmahin, oo hindi, itaas ibaba, nabigo nagtagumpay"),
            (
                "zh",
                "充值 提款, 存款 取款, 发送 收到, 冻结 解冻, 取消 确认, 批准 拒绝, 登录 退出, 打开 关闭, 买 卖",
            ),
            ("zh", "锁定 解锁, 成功 失败, 增加 减少, 最多 最少, 开始 停止"),
        ];
        for (language, pairs) in opposites {
            for (one, other) in pairs.split(", ").filter_map(|pair| pair.split_once(' ')) {
                let (one_meant, other_meant) = (meant(language, one), meant(language, other));
                assert!(one_meant.is_disjoint(&other_meant), "{one} and {other} share {one_meant:?}");
            }
        }
    }

    #[test]
    fn words_that_mean_the_same_share_a_concept_in_any_language() {
        let table = [
            ("buy", [("en", "purchasing"), ("id", "membeli"), ("fil", "bumili"), ("zh", "购买")]),
            ("withdraw", [("en", "cash out"), ("id", "penarikan"), ("fil", "mag withdraw"), ("zh", "提现")]),
            ("forget", [("en", "forgotten"), ("id", "lupa"), ("fil", "nakalimutan"), ("zh", "忘记")]),
            ("fraud", [("en", "scammed"), ("id", "ditipu"), ("fil", "naloko niloko"), ("zh", "诈骗")]),
            (
                "refund",
                [("en", "money back"), ("id", "pengembalian dana"), ("fil", "ibalik"), ("zh", "退款")],
            ),
        ];
        for (concept, words) in table {
            for (language, text) in words {
                assert!(meant(language, text).contains(concept), "{text} means {:?}", meant(language, text));
            }
        }
    }

    #[test]
    fn most_words_in_a_row_that_mean_something_together_do_and_not_each_for_itself() {
        assert_eq!(found(&["en"], "call off the trip"), [(0..2, "cancel"), (3..4, "travel")]);
        assert_eq!(found(&["zh"], "我手机坏了").first(), Some(&(1..3, "phone")));
        assert_eq!(found(&["en"], "xyzzy"), []);
    }

    #[test]
    fn a_form_that_is_a_word_itself_means_what_the_table_says_of_it() {
        let source = Source {
            endings: vec![("".into(), "s, ing".into())],
            concepts: vec![("mean".into(), "mean".into()), ("sense".into(), "meaning".into())],
        };
        let table = Table::new(&source);
        let names = |word: &str| -> Vec<&str> {
            let meaning = table.meaning(word_key(word));
            meaning.into_iter().flat_map(|found| table.concepts(found)).map(|of| of.name.as_ref()).collect()
        };
        assert_eq!([names("means"), names("meaning"), names("meanings")], [["mean"], ["sense"], ["sense"]]);
    }

    #[test]
    fn what_two_languages_say_of_the_same_word_is_told_once() {
        assert_eq!(found(&["id", "en"], "bank"), [(0..1, "bank")]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(Source::parse("words: {a: b}").err(), Some("unknown key `words`".to_owned()));
        assert!(Source::parse("concepts: [a]").err().is_some_and(|error| error.starts_with("`concepts`: ")));
    }
}
