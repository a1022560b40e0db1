use serde::Deserialize;

use super::rules::{Kind, Rule};
use super::words::Words;
use crate::Random;

/// What is done to messages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spoil {
    misspelt: f64,
    bytes: usize,
    emoji: usize,
}

/// Every other message says what a rule asks for.
pub(super) fn message(
    number: usize,
    rules: &[Rule],
    words: &Words,
    spoil: &Spoil,
    random: &mut Random,
) -> String {
    let rule = &rules[random.below(rules.len())];
    let mut said: Vec<String> = Vec::new();
    if number.is_multiple_of(2) {
        let around = if rule.kind == Kind::Sentence { 1 } else { 4 };
        said.extend((0..random.below(around)).map(|_| words.any(random).to_owned()));
        said.extend(rule.said.split(' ').map(str::to_owned));
        said.extend((0..random.below(around)).map(|_| words.any(random).to_owned()));
    } else if rule.kind == Kind::Chinese {
        said.extend((0..2 + random.below(3)).map(|_| Words::han(random)));
    } else {
        said.extend((0..4 + random.below(6)).map(|_| words.any(random).to_owned()));
    }
    for word in &mut said {
        if random.below(1000) < (spoil.misspelt * 1000.0) as usize {
            misspell(word, random);
        }
    }
    for _ in 0..spoil.emoji {
        let at = random.below(said.len() + 1);
        said.insert(at, "😊".to_owned());
    }
    let mut message = said.join(if rule.kind == Kind::Chinese { "" } else { " " });
    while message.len() < spoil.bytes {
        message.push(' ');
        message.push_str(words.any(random));
    }
    message
}

/// A letter left out, doubled or changed, or two letters swapped.
fn misspell(word: &mut String, random: &mut Random) {
    if word.len() < 5 || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return;
    }
    let at = 1 + random.below(word.len() - 2);
    match random.below(3) {
        0 => drop(word.remove(at)),
        1 => word.replace_range(at..=at, "x"),
        _ => {
            let letter = word.remove(at);
            word.insert(at - 1, letter);
        }
    }
}
