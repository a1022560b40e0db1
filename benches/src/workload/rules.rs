use std::fmt::Write as _;

use serde::Deserialize;

use super::words::Words;
use crate::Random;

/// A kind of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words in a row.
    Phrase,
    /// A gap, an optional word, alternatives, in one of four a slot.
    Template,
    /// A template of the whole message, without gaps.
    Sentence,
    /// A regular expression.
    Regex,
    /// An example message.
    Question,
    /// A phrase that begins with the word of all others.
    SharedWord,
    /// A phrase behind a gap.
    LeadingGap,
    /// Chinese characters.
    Chinese,
}

/// A rule of one pattern or question.
#[derive(Debug)]
pub struct Rule {
    /// Its kind.
    pub kind: Kind,
    /// The pattern or question.
    pub text: String,
    /// What a message says for which the rule is right.
    pub said: String,
}

impl Rule {
    #[expect(clippy::many_single_char_names, reason = "five words of which nothing is known")]
    pub(super) fn new(kind: Kind, words: &Words, random: &mut Random) -> Self {
        let [a, b, c, d, e] = &std::array::from_fn(|_| words.any(random).to_owned());
        let turn = random.below(4);
        let (text, said) = match kind {
            Kind::Phrase if turn == 0 => (format!("{a} {b} {c} {d}"), format!("{a} {b} {c} {d}")),
            Kind::Phrase => (format!("{a} {b} {c}"), format!("{a} {b} {c}")),
            Kind::Template if turn == 0 => {
                (format!("{a} ... ({b}|{c}) {{amount}}"), format!("{a} {d} {c} 50rb"))
            }
            Kind::Template => (format!("{a} [{b}] ... ({c}|{d}) {e}"), format!("{a} {b} nya {d} {e}")),
            Kind::Sentence => (format!("{a} [{b}] ({c}|{d}) {e}"), format!("{a} {c} {e}")),
            Kind::Regex => regex(turn, [a, b, c], random),
            Kind::Question => (format!("{a} {b} {c} {d} {e}"), format!("{b} {a} {c} {d} {e}")),
            Kind::SharedWord => (format!("saldo {a} {b} {c}"), format!("saldo {a} {b} {c}")),
            Kind::LeadingGap => (format!("... {a} {b} ... {c}"), format!("{a} {b} {d} {c}")),
            Kind::Chinese => {
                let (first, second) = (Words::han(random), Words::han(random));
                (format!("{first} ... {second}"), format!("{first}了{second}"))
            }
        };
        Rule { kind, text, said }
    }

    /// The words that a message says for the rule: what a search for phrases looks for.
    pub fn phrase(&self) -> String {
        self.said.to_lowercase()
    }
}

/// Codes, and words in one order: what desks write expressions for.
fn regex(turn: usize, [a, b, c]: [&str; 3], random: &mut Random) -> (String, String) {
    let number = 1000 + random.below(9000);
    match turn {
        0 => (format!(r"\b{a}-?\d{{4,}}\b"), format!("{a}-{number}")),
        1 => (format!(r"\b{a}\b.*\b({b}|{c})\b"), format!("{a} nya {c}")),
        2 => (format!(r"\b{a} (?P<number>\d+) {b}\b"), format!("{a} {number} {b}")),
        _ => (format!(r"\b{a}\w* {b}\w* {c}"), format!("{a} {b}nya {c}")),
    }
}

/// The rules as one rule file.
pub(super) fn to_yaml(rules: &[Rule]) -> String {
    let mut yaml = String::from(
        "jawab: 1\nlanguage: id\nsettings: {languages: [id, en, fil, zh], threshold: 0.6, fallback: {say: Sebentar.}}\nintents:\n",
    );
    for (number, rule) in rules.iter().enumerate() {
        let text = &rule.text;
        let evidence = match rule.kind {
            Kind::Question => format!("questions: ['{text}']"),
            Kind::Regex => format!("any: ['/{text}/']"),
            Kind::Sentence => format!("any: ['^ {text} $']"),
            _ => format!("any: ['{text}']"),
        };
        let _ = writeln!(yaml, "  r-{number}: {{{evidence}, answer: Ini jawaban nomor {number}.}}");
    }
    yaml
}
