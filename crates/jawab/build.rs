//! Makes language packs and the tables of what words mean and of how messages ask of their files, so that no program parses
//! them when it starts.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use text::keys::word_key;
use text::languages::acts;
use text::languages::concepts::written::{Tables, Words};
use text::languages::pack::{Forms, LANGUAGES, LanguagePack};

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
    let mut sources = Vec::new();
    for (language, words) in LANGUAGES.iter().zip(&tables.languages) {
        let acts = acts::written::table(&file(&format!("acts/{language}.yaml"))?);
        let acts = acts.map_err(|error| format!("acts of {language}: {error}"))?;
        let [words, acts] = [("words", words), ("acts", &acts)].map(|(name, table)| {
            let file = format!("{language}.{name}");
            fs::write(out.join(&file), &table.slots).map(|()| slots(&file, table))
        });
        sources.push(format!("Table {{ language: {language:?}, words: {}, acts: {} }}", words?, acts?));
    }
    fs::write(out.join("concepts.rs"), concepts(&tables, &sources)?)?;
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
        let LanguagePack { scale, currency, numbers, .. } = pack;
        write!(
            source,
            "LanguagePack {{ language: {language:?}, spellings: &{spellings:?}, fillers: &{fillers:?}, "
        )?;
        write!(source, "negations: &{negations:?}, function_words: &{function_words:?}, ")?;
        write!(source, "common_words: &{common_words:?}, forms: Forms {{ suffixes: &{suffixes:?}, ")?;
        write!(source, "prefixes: &{prefixes:?}, replace: &{replace:?}, clitics: &{clitics:?} }}, ")?;
        writeln!(source, "scale: &{scale:?}, currency: &{currency:?}, numbers: &{numbers:?} }},")?;
    }
    source.push_str("];\n");
    Ok(source)
}

/// A table in a file as the crate includes it.
fn slots(file: &str, table: &Words) -> String {
    format!("Slots::new(include_bytes!({file:?}).as_chunks().0, {})", table.count)
}

/// The tables as the crate includes them, those of the languages as their sources.
fn concepts(tables: &Tables, languages: &[String]) -> Result<String, std::fmt::Error> {
    let mut source = String::new();
    writeln!(source, "static TOPICS: [Topic; {}] = [", tables.topics.len())?;
    for name in &tables.topics {
        writeln!(source, "    Topic {{ name: {name:?}, key: {} }},", word_key(name))?;
    }
    writeln!(source, "];\npub(super) static CONCEPTS: [Concept; {}] = [", tables.concepts.len())?;
    for (name, topics) in &tables.concepts {
        write!(source, "    Concept {{ name: {name:?}, key: {}, topics: &[", word_key(name))?;
        topics.iter().try_for_each(|topic| write!(source, "&TOPICS[{topic}], "))?;
        writeln!(source, "] }},")?;
    }
    let (count, most) = (tables.meanings.len(), tables.meanings.first().map_or(0, |meaning| meaning.len()));
    writeln!(source, "];\npub(super) static MEANINGS: [[u16; {most}]; {count}] = {:?};", tables.meanings)?;
    writeln!(
        source,
        "pub(super) static TABLES: [Table; {}] = [{}];",
        languages.len(),
        languages.join(",\n")
    )?;
    Ok(source)
}
