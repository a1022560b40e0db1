//! Rule sets and messages from a seed.

use std::fmt::Write as _;

use crate::pattern::{Part, Pattern, text};
use crate::random::Random;
use crate::words::{BANKS, EMOJI, FILLERS, HAN, OTHERS, SYNONYMS, WORDS};

pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) any: Vec<Pattern>,
    pub(crate) all: Vec<Pattern>,
    pub(crate) none: Vec<Pattern>,
    pub(crate) priority: i32,
    /// Channels on which the rule applies; empty: on all.
    pub(crate) channels: Vec<&'static str>,
}

/// A generated rule set.
pub(crate) struct RuleBook {
    pub(crate) rules: Vec<Rule>,
}

/// What the macro `<maybe>` stands for.
fn maybe() -> Vec<Part> {
    vec![Part::OneOf(vec![
        vec![Part::Word("jorim")],
        vec![Part::Word("vinso"), Part::Gap, Part::Word("hasved")],
    ])]
}

impl RuleBook {
    pub(crate) fn new(random: &mut Random) -> Self {
        let rules = (0..2 + random.below(6)).map(|number| Rule::new(number, random)).collect();
        RuleBook { rules }
    }

    pub(crate) fn to_yaml(&self) -> String {
        let mut yaml = String::from("jawab: 1\nlanguage: en\nsettings: {threshold: 0.6}\nvocabulary:\n");
        let _ = writeln!(yaml, "  fillers: [{}]", FILLERS.join(", "));
        let pairs: Vec<String> = SYNONYMS.iter().map(|(word, other)| format!("{word}: [{other}]")).collect();
        let _ = writeln!(yaml, "  synonyms: {{{}}}", pairs.join(", "));
        let values: Vec<String> =
            BANKS.iter().map(|(value, written)| format!("{value}: [{}]", written.join(", "))).collect();
        let _ = writeln!(yaml, "  lists: {{bank: {{{}}}}}", values.join(", "));
        let _ = writeln!(yaml, "  macros: {{maybe: '{}'}}\nintents:", text(&maybe()));
        self.rules.iter().for_each(|rule| rule.write(&mut yaml));
        yaml
    }

    /// The words that the rule set uses.
    pub(crate) fn known(&self) -> Vec<String> {
        let patterns = self.rules.iter().flat_map(|rule| rule.any.iter().chain(&rule.all).chain(&rule.none));
        let banks = BANKS.iter().flat_map(|(_, written)| *written).copied();
        let synonyms = SYNONYMS.iter().flat_map(|(word, other)| [*word, *other]);
        let texts = patterns.flat_map(Pattern::words).chain(banks).chain(synonyms).chain(FILLERS);
        texts.flat_map(|text| text.split(' ')).map(str::to_owned).collect()
    }

    /// A message: what a pattern of the rules says, spoilt, among other words.
    pub(crate) fn message(&self, random: &mut Random) -> String {
        let mut words = Vec::new();
        for _ in 0..random.below(3) {
            words.push(loose_word(random));
        }
        for _ in 0..=random.below(2) {
            let rule = random.pick(&self.rules);
            let patterns: Vec<&Pattern> = rule.any.iter().chain(&rule.all).chain(&rule.none).collect();
            match *random.pick(&patterns) {
                Pattern::Sentence(parts) => say(parts, &mut words, random),
                Pattern::Regex(_) => words.push(format!("trx{}", random.below(300))),
            }
            if random.below(2) == 0 {
                words.push(loose_word(random));
            }
        }
        words.truncate(9);
        words.join(" ")
    }
}

fn loose_word(random: &mut Random) -> String {
    match random.below(6) {
        0 => (*random.pick(&OTHERS)).to_owned(),
        1 => (*random.pick(&EMOJI)).to_owned(),
        2 => (10 + random.below(90)).to_string(),
        3 => one_of(random, &HAN).to_owned(),
        _ => {
            let word = one_of(random, &WORDS);
            written(word, random)
        }
    }
}

/// A word as customers write it: now and then with a slip, in capitals, after a filler.
fn written(word: &str, random: &mut Random) -> String {
    let synonym = SYNONYMS.iter().find(|(head, _)| *head == word).map(|(_, other)| (*other).to_owned());
    let mut word = synonym.filter(|_| random.below(2) == 0).unwrap_or_else(|| word.to_owned());
    if random.below(6) == 0 && word.is_ascii() && word.len() > 4 && !word.contains(' ') {
        let at = 1 + random.below(word.len() - 2);
        match random.below(3) {
            0 => drop(word.remove(at)),
            1 => word.insert(at, 'x'),
            _ => word.replace_range(at..=at, "q"),
        }
    }
    if random.below(8) == 0 {
        word = word.to_uppercase();
    }
    if random.below(6) == 0 { format!("{} {word}", one_of(random, &FILLERS)) } else { word }
}

/// One of the sentences of a pattern.
fn say(parts: &[Part], words: &mut Vec<String>, random: &mut Random) {
    for part in parts {
        match part {
            Part::Word(word) => words.push(written(word, random)),
            Part::Exact(word) => words.push((*word).to_owned()),
            Part::Gap | Part::Wildcard(_) => {
                (0..random.below(4)).for_each(|_| words.push(loose_word(random)));
            }
            Part::Number(_) => words.push((10 + random.below(90)).to_string()),
            Part::Bank(_) => {
                let (_, banks) = random.pick(&BANKS);
                words.push((*random.pick(banks)).to_owned());
            }
            Part::Optional(inner) if random.below(2) == 0 => say(inner, words, random),
            Part::OneOf(branches) => {
                let at = random.below(branches.len());
                say(&branches[at], words, random);
            }
            Part::AnyOrder(branches) => {
                let first = random.below(branches.len());
                for at in 0..branches.len() {
                    say(&branches[(first + at) % branches.len()], words, random);
                }
            }
            Part::Macro(_, inner) => say(inner, words, random),
            Part::Optional(_) | Part::Start | Part::End => {}
        }
    }
}

impl Rule {
    fn new(number: usize, random: &mut Random) -> Self {
        let patterns = |count: usize, random: &mut Random| (0..count).map(|_| pattern(random)).collect();
        let some_all = if random.below(3) == 0 { 1 + random.below(2) } else { 0 };
        let some_any = if some_all > 0 { random.below(2) } else { 1 + random.below(3) };
        let some_none = usize::from(random.below(3) == 0);
        Rule {
            id: format!("rule-{number}"),
            any: patterns(some_any, random),
            all: patterns(some_all, random),
            none: patterns(some_none, random),
            priority: if random.below(5) == 0 { random.below(3) as i32 - 1 } else { 0 },
            channels: if random.below(5) == 0 { vec!["web", "app"] } else { Vec::new() },
        }
    }

    fn write(&self, yaml: &mut String) {
        let _ = writeln!(yaml, "  {}:\n    priority: {}\n    answer: Done.", self.id, self.priority);
        if !self.channels.is_empty() {
            let _ = writeln!(yaml, "    when: {{channel: [{}]}}", self.channels.join(", "));
        }
        for (key, patterns) in [("any", &self.any), ("all", &self.all), ("none", &self.none)] {
            let texts: Vec<String> =
                patterns.iter().map(|pattern| format!("'{}'", pattern.to_text())).collect();
            if !texts.is_empty() {
                let _ = writeln!(yaml, "    {key}: [{}]", texts.join(", "));
            }
        }
    }
}

fn pattern(random: &mut Random) -> Pattern {
    if random.below(12) == 0 {
        let sources = [r"trx\d+", r"trx(?P<code>\d\d)", r"\btrx(1|2)\d*\b.*banku", r"banku|\d{3}"];
        return Pattern::Regex((*random.pick(&sources)).to_owned());
    }
    let mut parts = Vec::new();
    let mut slots = 0;
    if random.below(12) == 0 {
        parts.push(Part::Start);
    }
    if random.below(4) == 0 {
        parts.push(part(random, 2, &mut slots));
    }
    parts.push(word(random));
    for _ in 0..random.below(4) {
        parts.push(part(random, 2, &mut slots));
    }
    if random.below(12) == 0 {
        parts.push(Part::End);
    }
    Pattern::Sentence(parts)
}

fn word(random: &mut Random) -> Part {
    Part::Word(match random.below(12) {
        0 | 1 => one_of(random, &HAN),
        2 => one_of(random, &FILLERS),
        _ => one_of(random, &WORDS),
    })
}

fn part(random: &mut Random, depth: usize, slots: &mut usize) -> Part {
    let mut name = || {
        *slots += 1;
        format!("s{slots}")
    };
    match random.below(if depth == 0 { 9 } else { 13 }) {
        0 | 1 => Part::Gap,
        2 => Part::Number(name()),
        3 => Part::Bank(name()),
        4 if random.below(2) == 0 => Part::Wildcard(name()),
        5 => Part::Exact(one_of(random, &WORDS)),
        6 => Part::Macro("maybe", maybe()),
        9 | 10 => Part::Optional(sequence(random, depth - 1, slots)),
        11 => Part::OneOf((0..2 + random.below(2)).map(|_| sequence(random, depth - 1, slots)).collect()),
        12 => Part::AnyOrder((0..2 + random.below(2)).map(|_| sequence(random, depth - 1, slots)).collect()),
        _ => word(random),
    }
}

fn sequence(random: &mut Random, depth: usize, slots: &mut usize) -> Vec<Part> {
    let mut parts = vec![word(random)];
    for _ in 0..random.below(2) {
        parts.push(part(random, depth, slots));
    }
    parts
}

fn one_of(random: &mut Random, words: &[&'static str]) -> &'static str {
    words[random.below(words.len())]
}
