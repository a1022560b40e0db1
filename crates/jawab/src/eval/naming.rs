//! Ids for new rules, of the words that tell most about their messages.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::Rarity;
use crate::text::{LanguagePack, is_han};

/// Most parts of an id, and most bytes.
const PARTS: usize = 3;
const BYTES: usize = 60;
/// Most Chinese characters in a row.
const CHARACTERS: usize = 6;
/// From how many letters on a word tells no more by being longer; a Chinese character counts as two.
const LETTERS: usize = 6;
/// Longest function word of Chinese.
const FUNCTION: usize = 4;

/// What names are made by.
pub(super) struct Naming<'q> {
    rarity: Rarity<'q>,
    function_words: BTreeSet<&'static str>,
}

/// The words of a message, and how often it was there.
pub(super) type Said = (Vec<String>, usize);

/// A word, or Chinese characters that stand together.
struct Part {
    text: String,
    tells: u64,
}

impl<'q> Naming<'q> {
    /// Names beside rules that have these questions: words that are common there tell little.
    pub(super) fn new(questions: &'q [Vec<String>]) -> Self {
        let function_words = LanguagePack::function_words().collect();
        Naming { rarity: Rarity::of(questions), function_words }
    }

    /// The words that most of the messages share, in the order of the first one; where these are too few, others of it.
    pub(super) fn name(&self, messages: &[Said]) -> String {
        let Some((first, _)) = messages.first() else { return String::new() };
        let counts = counts(messages);
        let all: usize = messages.iter().map(|(_, times)| times).sum();
        let grammar = self.grammar(first);
        let content = |at: usize, _: &str| !grammar.contains(&at);
        let shared = |at: usize, word: &str| content(at, word) && 2 * counts[word] > all;
        let parts = |keep: &dyn Fn(usize, &str) -> bool| self.parts(first, &counts, keep);
        let mut chosen = parts(&shared);
        if chosen.len() < 2 && !chosen.iter().any(|part| is_chinese(&part.text)) {
            chosen = parts(&content);
        }
        if chosen.is_empty() {
            chosen = parts(&|_, _| true);
        }
        joined(chosen)
    }

    /// The places of words that say nothing alone. In Chinese they are found in the characters that they consist of.
    fn grammar(&self, words: &[String]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let most = if is_chinese(word) { FUNCTION } else { 1 };
            let is_function = |len: &usize| {
                words
                    .get(at..at + len)
                    .is_some_and(|part| self.function_words.contains(part.concat().as_str()))
            };
            let len = (1..=most).rev().find(is_function);
            found.extend(at..at + len.unwrap_or_default());
            at += len.unwrap_or(1);
        }
        found
    }

    fn parts(
        &self,
        words: &[String],
        counts: &BTreeMap<&str, usize>,
        keep: &dyn Fn(usize, &str) -> bool,
    ) -> Vec<Part> {
        let mut parts = Vec::<Part>::new();
        let mut before = None;
        for (at, word) in words.iter().enumerate().filter(|(at, word)| can_stand(word) && keep(*at, word)) {
            let chinese = is_chinese(word);
            let letters = if chinese { 2 } else { word.chars().count().min(LETTERS) };
            let tells = (counts[word.as_str()] * letters) as u64 * self.rarity.bits(word);
            let row = |part: &&mut Part| is_chinese(&part.text) && part.text.chars().count() < CHARACTERS;
            match parts.last_mut().filter(|_| chinese && at > 0 && before == Some(at - 1)).filter(row) {
                Some(part) => {
                    part.text.push_str(word);
                    part.tells += tells;
                }
                None => parts.push(Part { text: word.to_lowercase(), tells }),
            }
            before = Some(at);
        }
        parts
    }
}

fn counts(messages: &[Said]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for (words, times) in messages {
        let words: BTreeSet<&str> = words.iter().map(String::as_str).collect();
        words.into_iter().for_each(|word| *counts.entry(word).or_default() += times);
    }
    counts
}

/// No single letter, and nothing that cannot stand in a name.
fn can_stand(word: &str) -> bool {
    let letter = word.chars().count() == 1 && !is_chinese(word);
    !letter && word.chars().all(char::is_alphanumeric)
}

fn is_chinese(word: &str) -> bool {
    word.chars().all(is_han)
}

/// The parts that tell most, in their order. A Chinese character alone is seldom a word: it goes where others are left.
fn joined(mut parts: Vec<Part>) -> String {
    let alone = |part: &Part| part.text.chars().count() == 1;
    if !parts.iter().all(alone) {
        parts.retain(|part| !alone(part));
    }
    let mut seen = BTreeSet::new();
    parts.retain(|part| seen.insert(part.text.clone()));
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(parts[at].tells));
    order.truncate(PARTS);
    order.sort_unstable();
    let mut name = String::new();
    for part in order.into_iter().map(|at| &parts[at].text) {
        let apart = if name.is_empty() { "" } else { "-" };
        if name.len() + part.len() < BYTES {
            name.push_str(apart);
            name.push_str(part);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chinese characters are words of their own.
    fn words(text: &str) -> Vec<String> {
        let mut apart = String::new();
        for letter in text.chars() {
            apart.push(letter);
            if is_han(letter) {
                apart.push(' ');
            }
        }
        apart.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_name_holds_what_the_messages_share_and_no_grammar() {
        let cases: [(&[&str], &str); 9] = [
            (&["how to change my phone number", "change phone number please"], "change-phone-number"),
            (&["what is the capital of mongolia", "ano capital ng mongolia"], "capital-mongolia"),
            (&["bagaimana cara tutup rekening saya", "tutup rekening saya sekarang"], "tutup-rekening"),
            (&["怎么修改手机号码", "修改手机号码"], "修改手机号码"),
            (&["ATM把我的银行卡吞了咋办", "钱包里的钱怎么弄回我银行卡"], "银行卡"),
            (&["我想要开发票", "可以开发票吗"], "开发票"),
            (&["rekening rekening", "rekening apa"], "rekening"),
            (&["what is it", "what is it"], "what-is-it"),
            (&["开", "开"], "开"),
        ];
        for (texts, name) in cases {
            let said: Vec<Said> = texts.iter().map(|text| (words(text), 1)).collect();
            assert_eq!(Naming::new(&[]).name(&said), name, "{texts:?}");
        }
    }

    #[test]
    fn of_many_words_those_are_taken_that_the_questions_of_the_set_do_not_say() {
        let questions = vec![words("deposit account help"), words("deposit account")];
        let said = [(words("deposit account tether wallet network"), 2)];
        assert_eq!(Naming::new(&questions).name(&said), "tether-wallet-network");
    }
}
