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
            table.concepts.push(Concept { name: name.clone(), key: word_key(name) });
            listed(words).for_each(|word| table.add(word, concept));
        }
        for (concept, (_, words)) in (0..).zip(&source.concepts) {
            for form in listed(words).flat_map(|word| forms(word, &source.endings)) {
                table.add_form(&form, concept);
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
        let mut source = Source::default();
        for (key, value) in map(yaml::parse(text)?)? {
            let pairs = strings_by_key(value).map_err(|error| format!("`{key}`: {error}"))?;
            match key.as_ref() {
                "endings" => source.endings = pairs,
                "concepts" => source.concepts = pairs,
                _ => return Err(format!("unknown key `{key}`")),
            }
        }
        Ok(source)
    }
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

/// A word with other endings; several words and Chinese ones have none.
fn forms(word: &str, endings: &[Pair]) -> impl Iterator<Item = String> {
    let inflected = word.len() >= SHORTEST && !word.contains(' ') && !word.starts_with(is_han);
    let stem = move |end: &str| word.strip_suffix(end).filter(|_| inflected);
    let stems = endings.iter().filter_map(move |(end, others)| Some((stem(end)?, others)));
    stems.flat_map(|(stem, others)| listed(others).map(move |other| format!("{stem}{other}")))
}

/// Number of words in a row: that of those before, and of the next.
fn join(before: Option<u64>, word: u64) -> u64 {
    before.map_or(word, |key| step(key, word))
}
