//! Makes the tables of what words mean of their files, so that no program parses them when it starts.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use text::keys::word_key;
use text::languages::written::Tables;

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
        #[path = "concepts/written.rs"]
        pub(crate) mod written;
        #[expect(dead_code, reason = "it reads language packs, too")]
        pub(crate) mod yaml;
    }
}

/// The files of what words mean, by language.
const FOLDER: &str = "src/text/languages/concepts";
const LANGUAGES: [&str; 4] = ["id", "en", "fil", "zh"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let file = |name: &str| fs::read_to_string(Path::new(FOLDER).join(name).with_extension("yaml"));
    let languages = LANGUAGES.iter().map(|language| file(language)).collect::<Result<Vec<_>, _>>()?;
    let tables = Tables::of(&file("topics")?, &languages)?;
    let out = env::var("OUT_DIR")?;
    for (language, words) in LANGUAGES.iter().zip(&tables.languages) {
        fs::write(Path::new(&out).join(language).with_extension("slots"), &words.slots)?;
    }
    fs::write(Path::new(&out).join("concepts.rs"), source(&tables)?)?;
    Ok(())
}

/// The tables as the crate includes them.
fn source(tables: &Tables) -> Result<String, std::fmt::Error> {
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
    writeln!(source, "pub(super) static TABLES: [Table; {}] = [", tables.languages.len())?;
    for (language, words) in LANGUAGES.iter().zip(&tables.languages) {
        let slots = format!("include_bytes!(\"{language}.slots\").as_chunks().0");
        writeln!(
            source,
            "    Table {{ language: {language:?}, words: Slots::new({slots}, {}) }},",
            words.count
        )?;
    }
    writeln!(source, "];")?;
    Ok(source)
}
