//! The files of what words mean, and the tables that the build script makes of them.

use std::collections::BTreeMap;

use crate::text::han::is_han;
use crate::text::keys::{join_words, word_key};
use crate::text::languages::glosses::written::Numbers;
use crate::text::languages::yaml::{self, Pair, map, strings_by_key};

/// What the words of all languages mean, as it is looked up.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) topics: Vec<Box<str>>,
    /// Concepts of any language, with the places of their topics.
    pub(crate) concepts: Vec<(Box<str>, Vec<usize>, Contrasts)>,
    /// What words mean: places of concepts, then [`NOTHING`]. The first is nothing.
    pub(crate) meanings: Vec<[u16; MOST]>,
    /// The words of each language, several in a row and forms among them: twice the place of a meaning, one more where
    /// something longer begins with the words.
    pub(crate) languages: Vec<Numbers>,
}

/// What sets a concept against others: a bit for each row of `turns` that has it, and for each side of `opposites`, those of
/// a row beside each other.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Contrasts {
    pub(crate) turn: u16,
    pub(crate) side: u32,
}

/// Concepts that a word may stand for.
pub(crate) const MOST: usize = 4;
pub(crate) const NOTHING: u16 = u16::MAX;
/// Shortest word that has forms, in bytes.
const SHORTEST: usize = 3;

/// A file of a language.
#[derive(Debug)]
pub(super) struct Source {
    /// Ends of words, and what stands in their place in their forms.
    pub(super) endings: Vec<Pair>,
    /// Concepts with their words.
    pub(super) concepts: Vec<Pair>,
}

/// What a word means, or several in a row.
#[derive(Debug)]
struct Meaning {
    concepts: [u16; MOST],
    /// Not of a word of the file, but of one of its forms.
    form: bool,
    /// Whether something longer begins with it.
    begins: bool,
}

/// The words of one language by their keys.
#[derive(Debug, Default)]
struct Draft {
    words: BTreeMap<u64, Meaning>,
}

impl Tables {
    /// The tables of these files: that of topics, and those of languages with their names.
    pub(crate) fn of(topics: &str, languages: &[(&str, String)]) -> Result<Tables, String> {
        let [topics, turns, opposites] =
            sections(topics, ["topics", "turns", "opposites"]).map_err(|error| format!("topics: {error}"))?;
        let contrasts = |name: &str| Contrasts::of(name, &turns, &opposites);
        let mut tables = Tables { meanings: vec![[NOTHING; MOST]], ..Tables::default() };
        let (mut places, mut rows) = (BTreeMap::new(), BTreeMap::from([([NOTHING; MOST], 0)]));
        for (language, file) in languages {
            let source = Source::parse(file).map_err(|error| format!("{language}: {error}"))?;
            for (name, _) in &source.concepts {
                places.entry(name.clone()).or_insert_with(|| tables.concept(name, &topics, contrasts(name)));
            }
            let draft = Draft::of(&source, &places);
            tables.languages.push(draft.finish(&mut tables.meanings, &mut rows));
        }
        if tables.meanings.len() > usize::from(u16::MAX / 2) {
            return Err(format!("{} meanings are more than glosses can number", tables.meanings.len()));
        }
        tables.topics = topics.into_iter().map(|(name, _)| name).collect();
        Ok(tables)
    }

    /// The place of a concept that is not there yet.
    fn concept(&mut self, name: &str, topics: &[Pair], contrasts: Contrasts) -> u16 {
        let topics = (0..).zip(topics).filter(|(_, (_, concepts))| holds(concepts, name));
        self.concepts.push((name.into(), topics.map(|(place, _)| place).collect(), contrasts));
        self.concepts.len() as u16 - 1
    }
}

impl Contrasts {
    fn of(name: &str, turns: &[Pair], opposites: &[Pair]) -> Self {
        let turns = (0..).zip(turns).filter(|(_, (_, concepts))| holds(concepts, name));
        let sides = (0..).zip(opposites.iter().flat_map(|(one, other)| [one, other]));
        let sides = sides.filter(|(_, concepts)| holds(concepts, name));
        Contrasts {
            turn: turns.fold(0, |bits, (place, _): (u16, _)| bits | 1 << place),
            side: sides.fold(0, |bits, (place, _): (u32, _)| bits | 1 << place),
        }
    }
}

/// Whether a list has a name.
fn holds(list: &str, name: &str) -> bool {
    listed(list).any(|listed| listed == name)
}

impl Source {
    pub(super) fn parse(text: &str) -> Result<Source, String> {
        let [endings, concepts] = sections(text, ["endings", "concepts"])?;
        Ok(Source { endings, concepts })
    }
}

impl Draft {
    /// The words of a file, of concepts with these places.
    fn of(source: &Source, places: &BTreeMap<Box<str>, u16>) -> Self {
        let mut draft = Draft::default();
        let concepts = || source.concepts.iter().map(|(name, words)| (places[name], words));
        for (concept, words) in concepts() {
            listed(words).for_each(|word| draft.add(word, concept));
        }
        let mut form = String::new();
        for (concept, words) in concepts() {
            for word in listed(words) {
                each_form(word, &source.endings, &mut form, |form| draft.add_form(form, concept));
            }
        }
        draft
    }

    fn add(&mut self, text: &str, concept: u16) {
        let mut key = None;
        for word in words(text) {
            if let Some(begun) = key {
                self.words.entry(begun).or_default().begins = true;
            }
            key = Some(join_words(key, word_key(word)));
        }
        if let Some(key) = key {
            self.words.entry(key).or_default().insert(concept);
        }
    }

    /// A form that is a word of the file itself means what the file says of it.
    fn add_form(&mut self, form: &str, concept: u16) {
        let meaning = self.words.entry(word_key(form)).or_default();
        if meaning.form || meaning.is_empty() {
            meaning.form = true;
            meaning.insert(concept);
        }
    }

    /// The words as they are looked up; meanings that are not there yet get a place.
    fn finish(self, meanings: &mut Vec<[u16; MOST]>, places: &mut BTreeMap<[u16; MOST], u16>) -> Numbers {
        let mut place = |concepts: [u16; MOST]| {
            *places.entry(concepts).or_insert_with(|| {
                meanings.push(concepts);
                meanings.len() as u16 - 1
            })
        };
        let number = |(key, word): (u64, Meaning)| (key, 2 * place(word.concepts) + u16::from(word.begins));
        self.words.into_iter().map(number).collect()
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

/// The maps of a file under these keys; it has no others.
pub(crate) fn sections<const N: usize>(text: &str, keys: [&str; N]) -> Result<[Vec<Pair>; N], String> {
    let mut sections = [const { Vec::new() }; N];
    for (key, value) in map(yaml::parse(text)?)? {
        let at = keys.iter().position(|known| *known == key.as_ref());
        let at = at.ok_or_else(|| format!("unknown key `{key}`"))?;
        sections[at] = strings_by_key(value).map_err(|error| format!("`{key}`: {error}"))?;
    }
    Ok(sections)
}

pub(crate) fn listed(words: &str) -> impl Iterator<Item = &str> {
    words.split(", ")
}

/// The words of a text as messages are split: each Chinese character is one.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::LANGUAGES;
    use crate::text::pack_words::words_of;
    use crate::text::scan::Units;

    const TABLES: [(&str, &str); LANGUAGES.len()] = [
        ("id", include_str!("id.yaml")),
        ("en", include_str!("en.yaml")),
        ("fil", include_str!("fil.yaml")),
        ("zh", include_str!("zh.yaml")),
    ];

    fn sources() -> impl Iterator<Item = (&'static str, Source)> {
        TABLES.into_iter().map(|(language, text)| (language, Source::parse(text).expect(language)))
    }

    #[test]
    fn every_language_has_a_table_with_enough_in_it() {
        let least = [("id", 5_000), ("en", 20_000), ("fil", 5_000), ("zh", 5_000)];
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
    fn a_concept_has_a_bit_for_each_row_and_each_side() {
        let pair = |one: &str, other: &str| -> Pair { (one.into(), other.into()) };
        let turns = [pair("end", "cancel, close"), pair("block", "block")];
        let opposites = [pair("deposit, top-up", "withdraw"), pair("open", "close")];
        for (name, turn, side) in
            [("close", 1, 8), ("block", 2, 0), ("top-up", 0, 1), ("withdraw", 0, 2), ("pay", 0, 0)]
        {
            let Contrasts { turn: turns, side: sides } = Contrasts::of(name, &turns, &opposites);
            assert_eq!((turns, sides), (turn, side), "{name}");
        }
    }

    #[test]
    fn every_topic_is_one_of_concepts_that_are_there_and_no_concept_has_many() {
        let names = |(_, source): (_, Source)| source.concepts.into_iter().map(|(name, _)| name);
        let known: BTreeSet<Box<str>> = sources().flat_map(names).collect();
        let [topics, turns, opposites] =
            sections(include_str!("topics.yaml"), ["topics", "turns", "opposites"]).expect("topics");
        let names: BTreeSet<&str> = topics.iter().map(|(name, _)| name.as_ref()).collect();
        assert!(names.len() == topics.len() && topics.len() >= 100, "{} topics", topics.len());
        let mut about = BTreeMap::<&str, Vec<&str>>::new();
        for (topic, concepts) in &topics {
            listed(concepts).for_each(|concept| about.entry(concept).or_default().push(topic));
        }
        let mut turning: Vec<&str> = turns.iter().flat_map(|(_, concepts)| listed(concepts)).collect();
        turning.sort_unstable();
        assert!(turning.iter().all(|concept| known.contains(*concept)), "a turn is no concept");
        assert!(turning.is_sorted_by(|one, two| one < two) && turns.len() < 16, "a concept turns once");
        let sides = opposites.iter().flat_map(|(one, other)| [one, other]);
        let mut opposed: Vec<&str> = sides.flat_map(|side| listed(side)).collect();
        opposed.sort_unstable();
        assert!(opposed.iter().all(|concept| known.contains(*concept)), "an opposite is no concept");
        assert!(opposed.is_sorted_by(|one, two| one < two) && opposites.len() <= 16, "a concept has one");
        for (concept, topics) in about {
            assert!(known.contains(concept), "{concept} is no concept");
            let unique: BTreeSet<&str> = topics.iter().copied().collect();
            assert!(unique.len() == topics.len() && topics.len() <= 2, "{concept} has topics {topics:?}");
        }
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
    fn a_form_that_is_a_word_itself_means_what_the_table_says_of_it() {
        let file = "endings: {\"\": \"s, ing\"}\nconcepts: {mean: mean, sense: meaning}";
        let tables = Tables::of("topics: {}", &[("en", file.to_owned())]).expect("a table");
        let name = |word: &str| {
            let number = tables.languages[0].get(&word_key(word))?;
            let [concept, NOTHING, ..] = tables.meanings[usize::from(number / 2)] else { return None };
            Some(tables.concepts[usize::from(concept)].0.as_ref())
        };
        let words = ["means", "meaning", "meanings", "sense"];
        assert_eq!(words.map(name), [Some("mean"), Some("sense"), Some("sense"), None]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let tables = Tables::of("topics: {}", &[("en", "concepts: [a]".to_owned())]);
        assert!(tables.err().is_some_and(|error| error.starts_with("en: `concepts`: ")));
        assert_eq!(Source::parse("words: {a: b}").err(), Some("unknown key `words`".to_owned()));
        assert!(Source::parse("concepts: [a]").err().is_some_and(|error| error.starts_with("`concepts`: ")));
    }
}
