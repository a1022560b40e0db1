//! Makes language packs and the tables of what words mean and of how messages ask of their files, so that no program parses
//! them when it starts.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use text::keys::word_key;
use text::languages::acts;
use text::languages::concepts::written::Tables;
use text::languages::glosses::written::{Joined, Numbers, joined};
use text::languages::pack::{Calendar, Forms, LANGUAGES, LanguagePack};

#[path = "src/codec"]
mod codec {
    #[expect(dead_code, reason = "it writes what the crate looks up")]
    mod slots;

    pub(crate) use slots::Slots;
}

#[path = "src/text"]
mod text {
    pub(crate) mod han;
    pub(crate) mod keys;
    pub(crate) mod languages {
        pub(crate) mod acts {
            #[expect(dead_code, reason = "it writes what the crate looks up")]
            mod sign;
            pub(crate) mod written;
        }
        pub(crate) mod concepts {
            pub(crate) mod written;
        }
        pub(crate) mod pack;
        pub(crate) mod glosses {
            pub(crate) mod written;
        }
        mod written;
        pub(crate) mod yaml;
    }
}

const FOLDER: &str = "src/text/languages";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("packs.rs"), packs()?)?;
    let files = LANGUAGES.iter().map(|&language| Ok((language, file(&format!("concepts/{language}.yaml"))?)));
    let files = files.collect::<Result<Vec<_>, String>>()?;
    let tables = Tables::of(&file("concepts/topics.yaml")?, &files)?;
    let signs = LANGUAGES.iter().map(|language| {
        let signs = acts::written::table(&file(&format!("acts/{language}.yaml"))?);
        signs.map_err(|error| format!("acts of {language}: {error}"))
    });
    let signs = signs.collect::<Result<Vec<Numbers>, String>>()?;
    let words = joined(&[tables.languages.as_slice(), &signs].concat());
    fs::write(out.join("words"), &words.slots)?;
    fs::write(out.join("glosses.rs"), glosses(&words)?)?;
    fs::write(out.join("concepts.rs"), concepts(&tables)?)?;
    Ok(())
}

fn file(name: &str) -> Result<String, String> {
    fs::read_to_string(Path::new(FOLDER).join(name)).map_err(|error| format!("{name}: {error}"))
}

/// The packs as the crate includes them.
fn packs() -> Result<String, Box<dyn Error>> {
    let mut source = format!("pub(super) static PACKS: [LanguagePack; {}] = [\n", LANGUAGES.len());
    for language in LANGUAGES {
        let pack = LanguagePack::parse(&file(&format!("{language}.yaml"))?);
        let pack = pack.map_err(|error| format!("{language}: {error}"))?;
        let LanguagePack { language, spellings, fillers, negations, function_words, common_words, .. } = pack;
        let LanguagePack { forms: Forms { suffixes, prefixes, replace, clitics }, .. } = pack;
        let LanguagePack { scale, parts, links, counted, days, ago, currency, numbers, .. } = pack;
        let LanguagePack { ranges, between, measures, symbols, .. } = pack;
        write!(
            source,
            "LanguagePack {{ language: {language:?}, spellings: &{spellings:?}, fillers: &{fillers:?}, "
        )?;
        write!(source, "negations: &{negations:?}, function_words: &{function_words:?}, ")?;
        write!(source, "common_words: &{common_words:?}, forms: Forms {{ suffixes: &{suffixes:?}, ")?;
        write!(source, "prefixes: &{prefixes:?}, replace: &{replace:?}, clitics: &{clitics:?} }}, ")?;
        write!(source, "scale: &{scale:?}, parts: &{parts:?}, links: &{links:?}, counted: &{counted:?}, ")?;
        write!(source, "days: &{days:?}, ago: &{ago:?}, ")?;
        write!(source, "ranges: &{ranges:?}, between: &{between:?}, measures: &{measures:?}, ")?;
        write!(source, "symbols: &{symbols:?}, currency: &{currency:?}, numbers: &{numbers:?}, ")?;
        writeln!(source, "calendar: {} }},", calendar(&pack.calendar)?)?;
    }
    source.push_str("];\n");
    Ok(source)
}

fn calendar(calendar: &Calendar) -> Result<String, std::fmt::Error> {
    let mut source = String::from("Calendar { ");
    let Calendar { days, lone_days, last, next, months, of, before_dates, days_of_month, .. } = calendar;
    let Calendar { ordinals, articles, clocks, oclock, day_parts, part_links, .. } = calendar;
    let Calendar { minutes, hour_links, hours, .. } = calendar;
    write!(source, "days: &{days:?}, lone_days: &{lone_days:?}, last: &{last:?}, next: &{next:?}, ")?;
    write!(source, "months: &{months:?}, of: &{of:?}, before_dates: &{before_dates:?}, ")?;
    write!(source, "days_of_month: &{days_of_month:?}, ordinals: &{ordinals:?}, articles: &{articles:?}, ")?;
    write!(source, "clocks: &{clocks:?}, oclock: &{oclock:?}, day_parts: &{day_parts:?}, ")?;
    write!(source, "part_links: &{part_links:?}, minutes: &{minutes:?}, hour_links: &{hour_links:?}, ")?;
    write!(source, "hours: &{hours:?} }}")?;
    Ok(source)
}

/// What languages say of words, as the crate includes it.
fn glosses(words: &Joined) -> Result<String, std::fmt::Error> {
    let mut source = String::new();
    writeln!(source, "pub(super) static GLOSSES: [Gloss; {}] = [", words.glosses.len())?;
    for gloss in &words.glosses {
        let (meanings, signs) = gloss.split_at(LANGUAGES.len());
        writeln!(source, "    Gloss {{ meanings: {meanings:?}, signs: {signs:?} }},")?;
    }
    writeln!(source, "];")?;
    let slots = format!("Slots::new(include_bytes!(\"words\").as_chunks().0, {})", words.count);
    writeln!(source, "pub(super) static WORDS: Slots<'static> = {slots};")?;
    Ok(source)
}

/// Concepts and topics, as the crate includes them.
fn concepts(tables: &Tables) -> Result<String, std::fmt::Error> {
    let mut source = String::new();
    writeln!(source, "pub(super) static TOPICS: [Topic; {}] = [", tables.topics.len())?;
    for (number, name) in tables.topics.iter().enumerate() {
        writeln!(source, "    Topic {{ name: {name:?}, key: {}, number: {number} }},", word_key(name))?;
    }
    writeln!(source, "];\npub(super) static CONCEPTS: [Concept; {}] = [", tables.concepts.len())?;
    for (number, (name, topics, contrasts)) in tables.concepts.iter().enumerate() {
        let key = word_key(name);
        let (turn, side) = (contrasts.turn, contrasts.side);
        write!(
            source,
            "    Concept {{ name: {name:?}, key: {key}, number: {number}, turn: {turn}, side: {side}, "
        )?;
        write!(source, "topics: &[")?;
        topics.iter().try_for_each(|topic| write!(source, "&TOPICS[{topic}], "))?;
        writeln!(source, "] }},")?;
    }
    let (count, most) = (tables.meanings.len(), tables.meanings.first().map_or(0, |meaning| meaning.len()));
    writeln!(source, "];\npub(super) static MEANINGS: [[u16; {most}]; {count}] = {:?};", tables.meanings)?;
    Ok(source)
}
