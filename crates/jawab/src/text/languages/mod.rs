//! Language packs: what the engine knows of a language before it has seen a rule, as data.

mod concepts;
pub(super) mod yaml;

use std::sync::OnceLock;

pub(crate) use concepts::Concepts;
use yaml::{Node, list, map, string, strings_by_key};

/// How chats in one language are written.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct LanguagePack {
    pub(crate) language: Box<str>,
    /// Chat spellings and what each stands for: one word or a few.
    pub(crate) spellings: Vec<(Box<str>, Box<str>)>,
    /// Addresses and particles without meaning.
    pub(crate) fillers: Vec<Box<str>>,
    /// Words that carry negation.
    pub(crate) negations: Vec<Box<str>>,
    /// Common small words: they tell the language.
    pub(crate) function_words: Vec<Box<str>>,
    /// Common words of daily life, which are no misspelling of anything.
    pub(crate) common_words: Vec<Box<str>>,
    pub(crate) forms: Forms,
    /// Words and letters after a number that multiply it.
    pub(crate) scale: Vec<(Box<str>, f64)>,
    /// Names of money.
    pub(crate) currency: Vec<(Box<str>, Box<str>)>,
    /// Words for numbers.
    pub(crate) numbers: Vec<(Box<str>, f64)>,
}

/// Affixes of a language.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Forms {
    pub(crate) suffixes: Vec<Box<str>>,
    pub(crate) prefixes: Vec<Box<str>>,
    /// Prefixes that swallow the first letter of the stem, with that letter.
    pub(crate) replace: Vec<(Box<str>, Box<str>)>,
    /// Those of `suffixes` that leave a word's meaning alone ("-nya", plural "-s").
    pub(crate) clitics: Vec<Box<str>>,
}

static INDONESIAN: OnceLock<LanguagePack> = OnceLock::new();
static ENGLISH: OnceLock<LanguagePack> = OnceLock::new();
static FILIPINO: OnceLock<LanguagePack> = OnceLock::new();
static MANDARIN: OnceLock<LanguagePack> = OnceLock::new();

/// The languages that have a pack.
pub(crate) const LANGUAGES: [&str; 4] = ["id", "en", "fil", "zh"];

impl LanguagePack {
    /// The pack of a language that has one; parsed when first asked for.
    pub(crate) fn built_in(language: &str) -> Option<&'static LanguagePack> {
        let (pack, text) = match language {
            "id" => (&INDONESIAN, include_str!("id.yaml")),
            "en" => (&ENGLISH, include_str!("en.yaml")),
            "fil" => (&FILIPINO, include_str!("fil.yaml")),
            "zh" => (&MANDARIN, include_str!("zh.yaml")),
            _ => return None,
        };
        // A test parses every pack, so the default is never taken.
        Some(pack.get_or_init(|| LanguagePack::parse(text).unwrap_or_default()))
    }

    /// Reads the text of a pack; any key or value that packs do not have is an error.
    pub(crate) fn parse(text: &str) -> Result<LanguagePack, String> {
        let mut pack = LanguagePack::default();
        for (key, value) in map(yaml::parse(text)?)? {
            pack.set(&key, value).map_err(|error| format!("`{key}`: {error}"))?;
        }
        if pack.language.is_empty() { Err("no `language`".to_owned()) } else { Ok(pack) }
    }

    fn set(&mut self, key: &str, value: Node) -> Result<(), String> {
        match key {
            "language" => self.language = string(value)?,
            "spellings" => self.spellings = strings_by_key(value)?,
            "fillers" => self.fillers = strings(value)?,
            "negations" => self.negations = strings(value)?,
            "function_words" => self.function_words = strings(value)?,
            "common_words" => self.common_words = strings(value)?,
            "forms" => self.forms = forms(value)?,
            "units" => self.set_units(value)?,
            "numbers" => self.numbers = numbers(value)?,
            _ => return Err("unknown key".to_owned()),
        }
        Ok(())
    }

    fn set_units(&mut self, value: Node) -> Result<(), String> {
        for (key, value) in map(value)? {
            match key.as_ref() {
                "scale" => self.scale = numbers(value)?,
                "currency" => self.currency = strings_by_key(value)?,
                _ => return Err(format!("unknown key `{key}`")),
            }
        }
        Ok(())
    }
}

fn forms(value: Node) -> Result<Forms, String> {
    let mut forms = Forms::default();
    for (key, value) in map(value)? {
        match key.as_ref() {
            "suffixes" => forms.suffixes = strings(value)?,
            "prefixes" => forms.prefixes = strings(value)?,
            "clitics" => forms.clitics = strings(value)?,
            "replace" => {
                forms.replace = list(value)?.into_iter().map(replacement).collect::<Result<_, _>>()?;
            }
            _ => return Err(format!("unknown key `{key}`")),
        }
    }
    Ok(forms)
}

/// `{prefix: meny, with: s}`
fn replacement(value: Node) -> Result<(Box<str>, Box<str>), String> {
    let entries = strings_by_key(value)?;
    let find =
        |name: &str| entries.iter().find(|(key, _)| key.as_ref() == name).map(|(_, text)| text.clone());
    match (find("prefix"), find("with"), entries.len()) {
        (Some(prefix), Some(with), 2) => Ok((prefix, with)),
        _ => Err("a replacement has `prefix` and `with`".to_owned()),
    }
}

fn strings(value: Node) -> Result<Vec<Box<str>>, String> {
    list(value)?.into_iter().map(string).collect()
}

fn numbers(value: Node) -> Result<Vec<(Box<str>, f64)>, String> {
    let number = |(key, text): (Box<str>, Box<str>)| match text.parse() {
        Ok(number) => Ok((key, number)),
        Err(_) => Err(format!("`{text}` is no number")),
    };
    strings_by_key(value)?.into_iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn packs() -> Vec<LanguagePack> {
        let texts = [
            include_str!("id.yaml"),
            include_str!("en.yaml"),
            include_str!("fil.yaml"),
            include_str!("zh.yaml"),
        ];
        texts.iter().map(|text| LanguagePack::parse(text).expect("every pack parses")).collect()
    }

    fn lists(pack: &LanguagePack) -> [(&str, &[Box<str>]); 4] {
        [
            ("fillers", &pack.fillers),
            ("negations", &pack.negations),
            ("function_words", &pack.function_words),
            ("common_words", &pack.common_words),
        ]
    }

    #[test]
    fn every_language_has_its_pack_with_enough_in_it() {
        let least = [("id", 300), ("en", 100), ("fil", 100), ("zh", 150)];
        for (pack, (language, spellings)) in packs().iter().zip(least) {
            assert_eq!(pack.language.as_ref(), language);
            assert!(pack.spellings.len() >= spellings, "{language} has {} spellings", pack.spellings.len());
            assert!(
                !pack.negations.is_empty() && !pack.fillers.is_empty() && !pack.numbers.is_empty(),
                "{language}"
            );
        }
        assert_eq!(
            packs().iter().map(|pack| pack.language.as_ref().to_owned()).collect::<Vec<_>>(),
            LANGUAGES
        );
    }

    #[test]
    fn a_spelling_is_one_word_that_stands_for_one_to_four_standard_words() {
        for pack in packs() {
            let left: BTreeSet<_> = pack.spellings.iter().map(|(from, _)| from).collect();
            assert_eq!(left.len(), pack.spellings.len(), "{}: a spelling is there twice", pack.language);
            for (from, to) in &pack.spellings {
                let to: Vec<&str> = to.split(' ').collect();
                assert!(!from.contains(' ') && **from == from.to_lowercase(), "{from}");
                assert!((1..=4).contains(&to.len()), "{from}");
                assert!(
                    to.iter().all(|&word| !left.contains(&Box::from(word))),
                    "{from} leads to another spelling"
                );
            }
        }
    }

    #[test]
    fn no_spelling_is_a_word_of_any_language_or_means_two_things() {
        let packs = packs();
        let mut meanings = BTreeMap::new();
        for (from, to) in packs.iter().flat_map(|pack| &pack.spellings) {
            assert_eq!(meanings.entry(from).or_insert(to), &to, "{from}");
        }
        for (name, words) in packs.iter().flat_map(lists) {
            for word in words {
                assert!(!meanings.contains_key(word), "{word} is in {name}");
            }
        }
    }

    #[test]
    fn no_filler_means_something_in_any_language() {
        let packs = packs();
        let fillers: BTreeSet<_> = packs.iter().flat_map(|pack| &pack.fillers).collect();
        for (name, words) in packs.iter().flat_map(lists).filter(|(name, _)| *name != "fillers") {
            for word in words {
                assert!(!fillers.contains(word), "{word} is in {name}");
            }
        }
    }

    #[test]
    fn what_is_no_pack_is_refused_with_the_place() {
        let table = [
            ("a: 1", "`a`: unknown key"),
            ("fillers: x", "`fillers`: a list is wanted, not Text(\"x\")"),
            ("language: xx\nnumbers: {one: x}", "`numbers`: `x` is no number"),
            (
                "language: xx\nforms: {replace: [{prefix: a}]}",
                "`forms`: a replacement has `prefix` and `with`",
            ),
            ("fillers: []", "no `language`"),
        ];
        for (text, expected) in table {
            assert_eq!(LanguagePack::parse(text), Err(expected.to_owned()));
        }
    }
}
