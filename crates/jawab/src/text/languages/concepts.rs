//! What words mean: the words of each language by the concepts that they stand for, in tables that the build script makes
//! of the files in `concepts`.

use std::ops::Range;

use super::LANGUAGES;
use crate::codec::Slots;
use crate::text::keys::{join_words, word_key};

#[expect(clippy::unreadable_literal, reason = "nobody reads keys")]
mod made {
    use super::{Concept, Table, Topic};
    use crate::codec::Slots;

    include!(concat!(env!("OUT_DIR"), "/concepts.rs"));
}
#[cfg(test)]
pub(super) mod written;

use made::{CONCEPTS, MEANINGS, TABLES};

/// What the words of some languages mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Concepts {
    tables: Vec<&'static Table>,
}

/// Something that words of any language stand for.
#[derive(Debug)]
pub(crate) struct Concept {
    /// An English word for it.
    pub(crate) name: &'static str,
    pub(crate) key: u64,
    pub(crate) topics: &'static [&'static Topic],
}

/// What concepts are about: wider than any of them.
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) key: u64,
}

/// What the words of one language mean, and how messages in it are put.
#[derive(Debug)]
pub(super) struct Table {
    language: &'static str,
    words: Slots<'static>,
    /// How messages are put.
    pub(super) acts: Slots<'static>,
}

/// What a word means, or several in a row.
#[derive(Debug, Clone, Copy)]
struct Meaning(u32);

impl Concepts {
    /// Of the languages that have a table.
    pub(in crate::text) fn of(languages: &[&'static str]) -> Self {
        let table = |&language: &&str| TABLES.iter().find(|table| table.language == language);
        Concepts { tables: languages.iter().filter_map(table).collect() }
    }

    pub(in crate::text) fn languages(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.tables.iter().map(|table| table.language)
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &'static Table> {
        self.tables.iter().copied()
    }

    /// Whether it is a word of which the meaning is known.
    pub(in crate::text) fn know(&self, word: &str) -> bool {
        let key = word_key(word);
        self.tables.iter().any(|table| table.meaning(key).is_some_and(Meaning::is_something))
    }

    /// Gives every concept that the words with these keys stand for to `found`, with the words that do, the most words
    /// in a row that do so together, and how many concepts these may stand for in the language. What two languages say of
    /// the same words is told once.
    pub(crate) fn find(&self, words: &[u64], mut found: impl FnMut(Range<usize>, &'static Concept, usize)) {
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
                let concepts = || meaning.into_iter().flat_map(Meaning::concepts);
                let of = concepts().count();
                concepts().filter(|concept| !told(concept)).for_each(|concept| found(at..*next, concept, of));
            }
        }
    }
}

impl Table {
    /// What the words stand for, if they are there.
    fn meaning(&self, key: u64) -> Option<Meaning> {
        self.words.id(key).map(Meaning)
    }

    /// How many of the words mean something together, 1 where none do, and what.
    fn longest(&self, words: &[u64]) -> (usize, Option<Meaning>) {
        longest(self.words, words).map_or((1, None), |(len, number)| (len, Some(Meaning(number))))
    }

    /// Whether the words stand for the concept together.
    fn says(&self, words: &[u64], concept: &Concept) -> bool {
        let key = words.iter().fold(None, |key, &word| Some(join_words(key, word)));
        let meaning = key.and_then(|key| self.meaning(key));
        meaning.into_iter().flat_map(Meaning::concepts).any(|known| known.key == concept.key)
    }
}

/// How many of the words a table tells something of together, the most in a row, and its number of them: odd where something
/// longer begins with them, above 1 where they say something themselves.
pub(super) fn longest(table: Slots, words: &[u64]) -> Option<(usize, u32)> {
    let (mut key, mut longest) = (None, None);
    for (before, &word) in words.iter().enumerate() {
        let joined = join_words(key, word);
        let Some(number) = table.id(joined) else { break };
        if number > 1 {
            longest = Some((before + 1, number));
        }
        if number.is_multiple_of(2) {
            break;
        }
        key = Some(joined);
    }
    longest
}

impl Meaning {
    fn concepts(self) -> impl Iterator<Item = &'static Concept> {
        let places = MEANINGS.get(self.0 as usize / 2).map(<[u16; _]>::as_slice).unwrap_or_default();
        places.iter().map_while(|&concept| CONCEPTS.get(usize::from(concept)))
    }

    fn is_something(self) -> bool {
        self.0 > 1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::pack_words::words_of;
    use crate::text::scan::Units;

    /// The concepts of a text, each with the place of its words.
    fn concepts(languages: &[&'static str], text: &str) -> Vec<(Range<usize>, &'static Concept)> {
        let keys: Vec<u64> =
            words_of(text, &Units::default()).iter().map(|(_, word)| word_key(word)).collect();
        let mut found = Vec::new();
        Concepts::of(languages).find(&keys, |words, concept, _| found.push((words, concept)));
        found
    }

    fn found(languages: &[&'static str], text: &str) -> Vec<(Range<usize>, &'static str)> {
        concepts(languages, text).into_iter().map(|(words, concept)| (words, concept.name)).collect()
    }

    fn meant(language: &'static str, text: &str) -> BTreeSet<&'static str> {
        found(&[language], text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn every_language_has_a_table() {
        assert!(Concepts::of(&LANGUAGES).languages().eq(LANGUAGES));
        assert_eq!(Concepts::of(&["xx"]).languages().len(), 0);
    }

    #[test]
    fn words_of_different_concepts_share_what_they_are_about() {
        let topics = |language, text| -> BTreeSet<&str> {
            let topics = concepts(&[language], text).into_iter().flat_map(|(_, concept)| concept.topics);
            topics.map(|topic| topic.name).collect()
        };
        for (one, other) in [("lettuce", "carrots"), ("saxophone", "song"), ("mechanic", "tire")] {
            assert!(!topics("en", one).is_disjoint(&topics("en", other)), "{one}, {other}");
        }
        assert!(!topics("id", "hujan").is_disjoint(&topics("zh", "下雪")));
        assert!(topics("en", "lettuce").is_disjoint(&topics("en", "mechanic")));
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
    fn what_two_languages_say_of_the_same_word_is_told_once() {
        assert_eq!(found(&["id", "en"], "bank"), [(0..1, "bank")]);
    }
}
