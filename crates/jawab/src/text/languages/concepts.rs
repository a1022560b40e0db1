//! What words mean: the words of each language by the concepts that they stand for, in tables that the build script makes
//! of the files in `concepts`.

use std::ops::Range;

use super::glosses::{Gloss, Glosses, longest};
use super::pack::LANGUAGES;

#[expect(clippy::unreadable_literal, reason = "nobody reads keys")]
mod made {
    use super::{Concept, Topic};

    include!(concat!(env!("OUT_DIR"), "/concepts.rs"));
}
#[cfg(test)]
pub(super) mod written;

use made::{CONCEPTS, MEANINGS, TOPICS};

/// What the words of some languages mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Concepts {
    /// The places of these languages in [`LANGUAGES`].
    places: Vec<usize>,
}

/// Something that words of any language stand for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Concept {
    /// An English word for it.
    pub(crate) name: &'static str,
    pub(crate) key: u64,
    /// Its place among all concepts.
    pub(crate) number: u16,
    /// A bit where it makes another matter of whatever else is said: to cancel an order is not to order. Concepts that do so
    /// alike have the same.
    pub(crate) turn: u16,
    /// A bit where it is a side of two opposites; that of the other stands beside it.
    pub(crate) side: u32,
    pub(crate) topics: &'static [&'static Topic],
}

/// What concepts are about: wider than any of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) key: u64,
    /// Its place among all topics.
    pub(crate) number: u16,
}

impl Concept {
    pub(crate) fn all() -> &'static [Concept] {
        &CONCEPTS
    }
}

impl Topic {
    pub(crate) fn all() -> &'static [Topic] {
        &TOPICS
    }
}

impl Concepts {
    /// Of the languages that are known.
    pub(in crate::text) fn of(languages: &[&'static str]) -> Self {
        let place = |language: &&str| LANGUAGES.iter().position(|known| known == language);
        Concepts { places: languages.iter().filter_map(place).collect() }
    }

    pub(in crate::text) fn languages(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.places.iter().map(|&place| LANGUAGES[place])
    }

    /// Where in glosses the languages stand.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.places.iter().copied()
    }

    /// Whether it is a word of which the meaning is known.
    pub(in crate::text) fn know(&self, word: &str) -> bool {
        Gloss::of(word).is_some_and(|gloss| self.mean_something(&[gloss]))
    }

    /// Whether words from a place on stand for a concept.
    pub(crate) fn know_at(&self, glosses: &Glosses, place: usize) -> bool {
        self.mean_something(glosses.from(place))
    }

    fn mean_something(&self, glosses: &[&'static Gloss]) -> bool {
        self.places().any(|language| longest(glosses, |gloss| gloss.meanings[language]).is_some())
    }

    /// Whether the meanings of both words are known, and none is common to them.
    pub(crate) fn differ(&self, one: &str, other: &str) -> bool {
        let (Some(one), Some(other)) = (Gloss::of(one), Gloss::of(other)) else { return false };
        let concepts = |gloss: &'static Gloss| {
            self.places().map(move |language| gloss.meanings[language]).flat_map(meant)
        };
        let common = |concept| concepts(other).any(|meant| meant == concept);
        concepts(one).next().is_some() && concepts(other).next().is_some() && !concepts(one).any(common)
    }

    /// Gives every concept that words stand for to `found`, with the words that do, the most words in a row that do so
    /// together, and how many concepts these may stand for in the language. What two languages say of the same words is
    /// told once.
    pub(crate) fn find(
        &self,
        glosses: &Glosses,
        mut found: impl FnMut(Range<usize>, &'static Concept, usize),
    ) {
        // Where each language goes on.
        let mut next = [0; LANGUAGES.len()];
        for at in 0..glosses.len() {
            let here = glosses.from(at);
            for (number, language) in self.places().enumerate() {
                if next[language] > at {
                    continue;
                }
                let Some((len, meaning)) = longest(here, |gloss| gloss.meanings[language]) else { continue };
                next[language] = at + len;
                let of = meant(meaning).count();
                let new = meant(meaning).filter(|&concept| !self.is_told(number, here[len - 1], concept));
                new.filter_map(|concept| CONCEPTS.get(usize::from(concept)))
                    .for_each(|concept| found(at..at + len, concept, of));
            }
        }
    }

    /// Whether one of the first so many languages says the same concept of the words.
    fn is_told(&self, languages: usize, gloss: &Gloss, concept: u16) -> bool {
        let before = self.places().take(languages);
        before.flat_map(|language| meant(gloss.meanings[language])).any(|told| told == concept)
    }
}

/// The places of the concepts that a number of a gloss stands for.
fn meant(meaning: u16) -> impl Iterator<Item = u16> {
    let places = MEANINGS.get(usize::from(meaning / 2)).map(<[u16; _]>::as_slice).unwrap_or_default();
    places.iter().copied().take_while(|&concept| usize::from(concept) < CONCEPTS.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::keys::word_key;
    use crate::text::pack_words::words_of;
    use crate::text::scan::Units;

    /// The concepts of a text, each with the place of its words.
    fn concepts(languages: &[&'static str], text: &str) -> Vec<(Range<usize>, &'static Concept)> {
        let keys: Vec<u64> =
            words_of(text, &Units::default()).iter().map(|(_, word)| word_key(word)).collect();
        let (mut glosses, mut found) = (Glosses::default(), Vec::new());
        glosses.look_up(&keys);
        Concepts::of(languages).find(&glosses, |words, concept, _| found.push((words, concept)));
        found
    }

    fn found(languages: &[&'static str], text: &str) -> Vec<(Range<usize>, &'static str)> {
        concepts(languages, text).into_iter().map(|(words, concept)| (words, concept.name)).collect()
    }

    fn meant(language: &'static str, text: &str) -> BTreeSet<&'static str> {
        found(&[language], text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn every_language_has_its_concepts() {
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
