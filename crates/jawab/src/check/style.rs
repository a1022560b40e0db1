//! The style of what customers read: no chat abbreviations, no rude or blaming words, no longer than a channel allows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::outline::within;
use super::words::{Word, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{Condition, Contents, Outcome, Rule, Texts, Variant};
use crate::text::LanguagePack;

/// What a language's desk does not write.
#[derive(Debug, Default, Deserialize)]
struct Style {
    blaming: Vec<String>,
    rude: Vec<String>,
    impatient: Vec<String>,
    /// Chat spellings that are good style.
    allowed: Vec<String>,
    /// Words without which a question stays the same.
    empty: Vec<String>,
}

/// How many characters fit into one message.
#[derive(Debug, Default, Deserialize)]
struct Limits {
    /// On a channel that is not known beforehand.
    any: usize,
    channels: BTreeMap<String, usize>,
}

// A test parses both files, so the defaults are never taken.
static STYLES: LazyLock<BTreeMap<String, Style>> =
    LazyLock::new(|| serde_json::from_str(include_str!("style.json")).unwrap_or_default());
static LIMITS: LazyLock<Limits> =
    LazyLock::new(|| serde_json::from_str(include_str!("channels.json")).unwrap_or_default());

/// Whether a question stays the same without the word.
pub(super) fn is_empty_word(language: &str, word: &str) -> bool {
    STYLES.get(language).is_some_and(|style| style.empty.iter().any(|empty| empty == word))
}

/// Checks every text of the set.
pub(super) fn check(contents: &Contents) -> Vec<Diagnostic> {
    let mut guides = FxHashMap::default();
    let mut warnings = Vec::new();
    for variant in texts(contents).flat_map(|texts| &texts.variants) {
        let language = variant.language.as_str();
        let guide = guides.entry(language).or_insert_with(|| Guide::of(language));
        warnings.extend(too_long(variant));
        warnings.extend(unfinished(variant));
        warnings.extend(guide.check(variant));
    }
    warnings
}

/// All that customers read.
pub(super) fn texts(contents: &Contents) -> impl Iterator<Item = &Texts> {
    let settings = &contents.settings;
    let asks = settings.asks.iter().map(|(_, ask)| ask);
    let closed = contents.teams.iter().map(|team| &team.out_of_hours.say);
    let rules = contents.rules.iter().flat_map(texts_of);
    rules.chain(asks).chain(&settings.openings).chain(closed).chain([&settings.fallback.say])
}

pub(super) fn texts_of(rule: &Rule) -> Vec<&Texts> {
    match &rule.outcome {
        Outcome::Answer(texts) => vec![texts],
        Outcome::Handoff(handoff) => {
            handoff.collect.iter().map(|detail| &detail.ask).chain([&handoff.say]).collect()
        }
    }
}

fn unfinished(variant: &Variant) -> Option<Diagnostic> {
    let mut words = variant.text.source().split(|c: char| !c.is_alphanumeric());
    let todo = words.any(|word| word == "TODO");
    let warning =
        || Diagnostic::new(Code::UnfinishedText, variant.place.clone(), "the text is not finished: `TODO`");
    todo.then(|| warning().help("write what the customer should read"))
}

fn too_long(variant: &Variant) -> Option<Diagnostic> {
    let (limit, channel) = limit(&variant.when)?;
    let length: usize = variant.text.literals().map(|part| variant.text.source()[part].chars().count()).sum();
    if length <= limit {
        return None;
    }
    let message = format!("the text has {length} characters, {channel} at most {limit}");
    let warning = Diagnostic::new(Code::TooLongText, variant.place.clone(), message);
    Some(warning.help(
        "say the most important first and shorten the rest, or give a longer variant `when: {channel: …}`",
    ))
}

/// The least limit of the channels that the text is for, with its name.
fn limit(when: &[Condition]) -> Option<(usize, String)> {
    let Some(condition) = when.iter().find(|condition| condition.fact() == "channel") else {
        return Some((LIMITS.any, "some channels take".to_owned()));
    };
    let named = condition.texts().filter_map(|name| {
        let limit = LIMITS.channels.get(&name.to_ascii_lowercase())?;
        Some((*limit, format!("`{name}` takes")))
    });
    named.min()
}

/// Why a phrase is not used.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Blaming,
    Rude,
    Impatient,
}

impl Fault {
    fn note(self) -> (&'static str, &'static str) {
        match self {
            Fault::Blaming => {
                ("blames the customer", "say what happened and what to do next, not whose fault it is")
            }
            Fault::Rude => ("is rude", "use a neutral word, or leave it out"),
            Fault::Impatient => {
                ("sounds impatient", "say it again kindly, as if it were asked for the first time")
            }
        }
    }
}

/// What to look for in the texts of one language.
struct Guide {
    /// Chat abbreviations and what they stand for.
    abbreviations: FxHashMap<&'static str, &'static str>,
    /// Phrases by their first word.
    phrases: FxHashMap<String, Vec<(Vec<String>, Fault)>>,
    negations: Vec<&'static str>,
}

impl Guide {
    fn of(language: &str) -> Self {
        let pack = LanguagePack::built_in(language);
        let style = STYLES.get(language);
        let negations = pack.map(|pack| pack.negations.to_vec()).unwrap_or_default();
        let abbreviations = pack.map(|pack| abbreviations(pack, style)).unwrap_or_default();
        Guide { abbreviations, phrases: style.map(phrases).unwrap_or_default(), negations }
    }

    fn check(&self, variant: &Variant) -> Vec<Diagnostic> {
        let source = variant.text.source();
        let words: Vec<Word> = variant.text.literals().flat_map(|part| words(source, part)).collect();
        let mut warnings = Vec::new();
        for (at, word) in words.iter().enumerate() {
            warnings.extend(self.abbreviation(variant, word));
            warnings.extend(self.phrase(variant, &words, at));
        }
        warnings
    }

    fn abbreviation(&self, variant: &Variant, word: &Word) -> Option<Diagnostic> {
        let stands_for = self.abbreviations.get(word.folded.as_str())?;
        let written = &variant.text.source()[word.range.clone()];
        if written.len() == 1 && written != word.folded {
            return None;
        }
        let message = format!("`{written}` is chat language that not every customer understands");
        Some(warning(Code::ChatAbbreviation, variant, &word.range, message, &format!("write `{stands_for}`")))
    }

    fn phrase(&self, variant: &Variant, words: &[Word], at: usize) -> Option<Diagnostic> {
        let rest = &words[at..];
        let fits = |phrase: &[String]| {
            phrase.len() <= rest.len() && phrase.iter().zip(rest).all(|(a, b)| *a == b.folded)
        };
        let fitting = self.phrases.get(&rest[0].folded)?.iter().filter(|(phrase, _)| fits(phrase));
        let (phrase, fault) = fitting.max_by_key(|(phrase, _)| phrase.len())?;
        if self.negated(&words[..at]) {
            return None;
        }
        let range = rest[0].range.start..rest[phrase.len() - 1].range.end;
        let (what, help) = fault.note();
        let message = format!("`{}` {what}", &variant.text.source()[range.clone()]);
        Some(warning(Code::ImpoliteWord, variant, &range, message, help))
    }

    /// Whether a phrase after these words is denied: "it is not your fault".
    fn negated(&self, before: &[Word]) -> bool {
        let same_sentence = before.iter().rev().take(4).take_while(|word| !word.ends_sentence);
        let near: Vec<&str> = same_sentence.map(|word| word.folded.as_str()).collect();
        near.iter().any(|word| self.negations.contains(word) || word.ends_with("n't"))
    }
}

fn warning(code: Code, variant: &Variant, bytes: &Range<usize>, message: String, help: &str) -> Diagnostic {
    let place = within(&variant.place, variant.text.source(), bytes);
    Diagnostic::new(code, place, message).help(help)
}

fn phrases(style: &'static Style) -> FxHashMap<String, Vec<(Vec<String>, Fault)>> {
    let faults =
        [(&style.blaming, Fault::Blaming), (&style.rude, Fault::Rude), (&style.impatient, Fault::Impatient)];
    let mut by_first: FxHashMap<String, Vec<(Vec<String>, Fault)>> = FxHashMap::default();
    for (phrase, fault) in
        faults.iter().flat_map(|(phrases, fault)| phrases.iter().map(move |phrase| (phrase, *fault)))
    {
        let folded: Vec<String> = words(phrase, 0..phrase.len()).map(|word| word.folded).collect();
        if let Some(first) = folded.first().cloned() {
            by_first.entry(first).or_default().push((folded, fault));
        }
    }
    by_first
}

/// The chat spellings of a pack that are abbreviations, not mere colloquial forms or typos.
fn abbreviations(
    pack: &'static LanguagePack,
    style: Option<&Style>,
) -> FxHashMap<&'static str, &'static str> {
    let allowed = |short: &str| style.is_some_and(|style| style.allowed.iter().any(|word| word == short));
    let listed = |short: &str| pack.function_words.contains(&short) || pack.common_words.contains(&short);
    let spellings = pack.spellings.iter().copied();
    let abbreviations = spellings.filter(|(short, full)| is_abbreviation(short, full));
    abbreviations.filter(|(short, _)| !allowed(short) && !listed(short)).collect()
}

/// Whether `short` leaves most of `full` out: it has no vowel, at most three letters or a digit for letters, or is at
/// most three fifths as long.
fn is_abbreviation(short: &str, full: &str) -> bool {
    let (length, whole) = (short.len(), full.chars().count());
    let plain = short.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let clipped = length <= 3 || short.contains(|c: char| c.is_ascii_digit()) || 5 * length <= 3 * whole;
    let foreign = !full.is_ascii();
    plain && (foreign || length < whole && (clipped || !short.contains(['a', 'e', 'i', 'o', 'u'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_files_are_sound() {
        let styles: BTreeMap<String, Style> =
            serde_json::from_str(include_str!("style.json")).expect("valid");
        assert_eq!(styles.keys().collect::<Vec<_>>(), ["en", "fil", "id", "zh"]);
        let limits: Limits = serde_json::from_str(include_str!("channels.json")).expect("valid");
        assert!(limits.channels.values().any(|&limit| limit < limits.any));
    }

    #[test]
    fn only_what_leaves_letters_out_is_an_abbreviation() {
        for (short, full, expected) in [
            ("yg", "yang", true),
            ("blm", "belum", true),
            ("gr8", "great", true),
            ("mins", "minutes", true),
            ("kf", "客服", true),
            ("can't", "cannot", false),
            ("pasensya", "pasensiya", false),
            ("instal", "install", false),
            ("神马", "什么", false),
            ("allready", "already", false),
        ] {
            assert_eq!(is_abbreviation(short, full), expected, "{short}");
        }
    }
}
