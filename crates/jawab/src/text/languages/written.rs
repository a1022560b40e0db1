//! The files of language packs as they are written. What they hold stays for good: the build script reads them once.

use super::pack::{Calendar, Forms, LanguagePack, Pairs, Texts};
use super::yaml::{self, Node, list, map, string, strings_by_key};

impl LanguagePack {
    /// Reads the file of a pack; any key or value that packs do not have is an error.
    pub(crate) fn parse(text: &str) -> Result<LanguagePack, String> {
        let mut pack = LanguagePack::default();
        for (key, value) in map(yaml::parse(text)?)? {
            pack.set(&key, value).map_err(|error| format!("`{key}`: {error}"))?;
        }
        if pack.language.is_empty() { Err("no `language`".to_owned()) } else { Ok(pack) }
    }

    fn set(&mut self, key: &str, value: Node) -> Result<(), String> {
        match key {
            "language" => self.language = Box::leak(string(value)?),
            "spellings" => self.spellings = pairs(value)?,
            "fillers" => self.fillers = texts(value)?,
            "negations" => self.negations = texts(value)?,
            "function_words" => self.function_words = texts(value)?,
            "common_words" => self.common_words = texts(value)?,
            "forms" => self.forms = forms(value)?,
            "units" => self.set_units(value)?,
            "numbers" => self.numbers = numbers(value)?,
            "calendar" => self.calendar = calendar(value)?,
            _ => return Err("unknown key".to_owned()),
        }
        Ok(())
    }

    fn set_units(&mut self, value: Node) -> Result<(), String> {
        for (key, value) in map(value)? {
            match key.as_ref() {
                "scale" => self.scale = numbers(value)?,
                "parts" => self.parts = numbers(value)?,
                "links" => self.links = texts(value)?,
                "counted" => self.counted = texts(value)?,
                "days" => self.days = numbers(value)?,
                "ago" => self.ago = texts(value)?,
                "ranges" => self.ranges = texts(value)?,
                "between" => self.between = texts(value)?,
                "measures" => self.measures = texts(value)?,
                "symbols" => self.symbols = texts(value)?,
                "currency" => self.currency = pairs(value)?,
                _ => return Err(format!("unknown key `{key}`")),
            }
        }
        Ok(())
    }
}

fn calendar(value: Node) -> Result<Calendar, String> {
    let mut calendar = Calendar::default();
    for (key, value) in map(value)? {
        match key.as_ref() {
            "days" => calendar.days = pairs(value)?,
            "lone_days" => calendar.lone_days = pairs(value)?,
            "last" => calendar.last = texts(value)?,
            "next" => calendar.next = texts(value)?,
            "months" => calendar.months = numbers(value)?,
            "of" => calendar.of = texts(value)?,
            "before_dates" => calendar.before_dates = texts(value)?,
            "days_of_month" => calendar.days_of_month = texts(value)?,
            "ordinals" => calendar.ordinals = texts(value)?,
            "articles" => calendar.articles = texts(value)?,
            "clocks" => calendar.clocks = texts(value)?,
            "oclock" => calendar.oclock = texts(value)?,
            "day_parts" => calendar.day_parts = pairs(value)?,
            "part_links" => calendar.part_links = texts(value)?,
            "minutes" => calendar.minutes = numbers(value)?,
            "hour_links" => calendar.hour_links = numbers(value)?,
            "hours" => calendar.hours = numbers(value)?,
            _ => return Err(format!("unknown key `{key}`")),
        }
    }
    Ok(calendar)
}

fn forms(value: Node) -> Result<Forms, String> {
    let mut forms = Forms::default();
    for (key, value) in map(value)? {
        match key.as_ref() {
            "suffixes" => forms.suffixes = texts(value)?,
            "prefixes" => forms.prefixes = texts(value)?,
            "clitics" => forms.clitics = texts(value)?,
            "replace" => forms.replace = stay(list(value)?.into_iter().map(replacement))?,
            _ => return Err(format!("unknown key `{key}`")),
        }
    }
    Ok(forms)
}

/// `{prefix: meny, with: s}`
fn replacement(value: Node) -> Result<(&'static str, &'static str), String> {
    let entries = pairs(value)?;
    let find = |name: &str| entries.iter().find(|(key, _)| *key == name).map(|&(_, text)| text);
    match (find("prefix"), find("with"), entries.len()) {
        (Some(prefix), Some(with), 2) => Ok((prefix, with)),
        _ => Err("a replacement has `prefix` and `with`".to_owned()),
    }
}

fn texts(value: Node) -> Result<Texts, String> {
    stay(list(value)?.into_iter().map(|value| Ok(&*Box::leak(string(value)?))))
}

fn pairs(value: Node) -> Result<Pairs<&'static str>, String> {
    let pair = |(key, text)| Ok((&*Box::leak(key), &*Box::leak(text)));
    stay(strings_by_key(value)?.into_iter().map(pair))
}

fn numbers(value: Node) -> Result<Pairs<f64>, String> {
    let number = |&(key, text): &(&'static str, &str)| {
        let number = text.parse().map_err(|_| format!("`{text}` is no number"))?;
        Ok((key, number))
    };
    stay(pairs(value)?.iter().map(number))
}

fn stay<T>(items: impl Iterator<Item = Result<T, String>>) -> Result<&'static [T], String> {
    Ok(items.collect::<Result<Vec<T>, String>>()?.leak())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::languages::LANGUAGES;

    #[test]
    fn built_in_packs_hold_what_their_files_say() {
        let files = [
            include_str!("id.yaml"),
            include_str!("en.yaml"),
            include_str!("fil.yaml"),
            include_str!("zh.yaml"),
        ];
        for (language, file) in LANGUAGES.into_iter().zip(files) {
            assert_eq!(
                LanguagePack::built_in(language),
                LanguagePack::parse(file).as_ref().ok(),
                "{language}"
            );
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
