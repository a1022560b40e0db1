//! Word forms: what is left of a word without its affixes.

use super::languages::LanguagePack;
use super::token::LanguageSet;
use crate::codec::{Reader, Stored, Writer, stored_fields};

/// Affixes of all packs in use.
#[derive(Debug, Default)]
pub(super) struct Affixes {
    suffixes: ByEdge,
    prefixes: ByEdge,
    /// Those suffixes that leave the meaning alone.
    clitics: ByEdge,
}

/// Affixes by the byte at the edge of the word, which tells of most that they are not there; then the longest first.
#[derive(Debug, Default)]
struct ByEdge {
    affixes: Vec<Affix>,
    /// Where those of each byte begin; one more at the end.
    starts: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Affix {
    text: Box<str>,
    /// What stands in its place in the stem.
    with: Box<str>,
    languages: LanguageSet,
}

stored_fields!(Affix { text, with, languages });

impl Stored for Affixes {
    fn write(&self, out: &mut Writer) {
        [&self.suffixes, &self.prefixes, &self.clitics].iter().for_each(|part| part.affixes.write(out));
    }

    fn read(from: &mut Reader) -> Option<Self> {
        let (suffixes, prefixes, clitics) = (Stored::read(from)?, Stored::read(from)?, Stored::read(from)?);
        Some(Affixes::of(suffixes, prefixes, clitics))
    }
}

fn first_byte(text: &str) -> u8 {
    text.as_bytes().first().copied().unwrap_or_default()
}

fn last_byte(text: &str) -> u8 {
    text.as_bytes().last().copied().unwrap_or_default()
}

impl ByEdge {
    fn new(mut affixes: Vec<Affix>, edge: fn(&str) -> u8) -> Self {
        affixes.sort_by_key(|affix| edge(&affix.text));
        let before = |byte| affixes.partition_point(|affix| u32::from(edge(&affix.text)) < byte) as u32;
        ByEdge { starts: (0..=256).map(before).collect(), affixes }
    }

    /// The affixes that have a byte at the edge.
    fn at(&self, edge: u8) -> &[Affix] {
        let ends = (self.starts.get(edge as usize), self.starts.get(edge as usize + 1));
        let (Some(&start), Some(&end)) = ends else { return &[] };
        self.affixes.get(start as usize..end as usize).unwrap_or_default()
    }

    fn ends<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Affix> {
        self.at(last_byte(word)).iter().filter(move |affix| word.ends_with(affix.text.as_ref()))
    }

    fn starts<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Affix> {
        self.at(first_byte(word)).iter().filter(move |affix| word.starts_with(affix.text.as_ref()))
    }
}

/// A way to strip a word: bytes off its start, what to put there, bytes off its end.
#[derive(Clone, Copy, Default)]
struct Cut<'a> {
    start: usize,
    with: &'a str,
    end: usize,
    languages: LanguageSet,
}

/// Most affixes of one kind that one word is tried with.
const MOST: usize = 8;

impl Affixes {
    pub(super) fn new(packs: &[&'static LanguagePack]) -> Self {
        let (mut suffixes, mut prefixes, mut clitics) = (Vec::new(), Vec::new(), Vec::new());
        for (index, pack) in packs.iter().enumerate() {
            let languages = LanguageSet::of(index);
            // Words have lost their apostrophes when they are stripped.
            let affix = |text: &str, with: &str| Affix {
                text: text.replace('\'', "").into(),
                with: with.into(),
                languages,
            };
            suffixes.extend(pack.forms.suffixes.iter().map(|text| affix(text, "")));
            clitics.extend(pack.forms.clitics.iter().map(|text| affix(text, "")));
            prefixes.extend(pack.forms.prefixes.iter().map(|text| affix(text, "")));
            prefixes.extend(pack.forms.replace.iter().map(|(text, with)| affix(text, with)));
        }
        [&mut suffixes, &mut clitics, &mut prefixes].into_iter().for_each(merge);
        Affixes::of(suffixes, prefixes, clitics)
    }

    fn of(suffixes: Vec<Affix>, prefixes: Vec<Affix>, clitics: Vec<Affix>) -> Self {
        Affixes {
            suffixes: ByEdge::new(suffixes, last_byte),
            prefixes: ByEdge::new(prefixes, first_byte),
            clitics: ByEdge::new(clitics, last_byte),
        }
    }

    /// Calls back with every stem of a word and the languages of what was stripped, the fewest affixes first, until
    /// one is accepted.
    pub(super) fn stem(
        &self,
        word: &str,
        buffer: &mut String,
        mut accept: impl FnMut(&str, LanguageSet) -> bool,
    ) -> bool {
        let (mut ends, mut starts) = ([Cut::default(); MOST], [Cut::default(); MOST]);
        let ends = collect(&mut ends, self.ends(word));
        let starts = collect(&mut starts, self.starts(word));
        let mut attempt = |cut: Cut| write_stem(word, cut, buffer) && accept(buffer, cut.languages);
        ends.iter().chain(starts).any(|&cut| attempt(cut))
            || ends.iter().any(|&end| starts.iter().any(|&start| both(start, end).is_some_and(&mut attempt)))
    }

    /// Calls back with every stem that a word has without an ending that leaves its meaning alone.
    pub(super) fn clitic_stems(&self, word: &str, mut each: impl FnMut(&str, LanguageSet)) {
        for clitic in self.clitics.ends(word) {
            let stem = word.get(..word.len() - clitic.text.len()).unwrap_or_default();
            if is_stem(stem, clitic.text.len()) {
                each(stem, clitic.languages);
            }
        }
    }

    /// The endings of a word, and a clitic after another ending ("-kannya").
    fn ends<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Cut<'a>> {
        let single = ends_of(&self.suffixes, word);
        let double = ends_of(&self.clitics, word).flat_map(move |outer| {
            let rest = word.get(..word.len() - outer.end).unwrap_or_default();
            ends_of(&self.suffixes, rest).filter_map(move |inner| {
                let languages = inner.languages.common(outer.languages);
                (!languages.is_empty()).then_some(Cut { end: inner.end + outer.end, languages, ..outer })
            })
        });
        single.chain(double)
    }

    fn starts<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Cut<'a>> {
        self.prefixes.starts(word).map(|prefix| Cut {
            start: prefix.text.len(),
            with: &prefix.with,
            end: 0,
            languages: prefix.languages,
        })
    }
}

fn ends_of<'a>(affixes: &'a ByEdge, word: &'a str) -> impl Iterator<Item = Cut<'a>> {
    affixes.ends(word).map(|affix| Cut {
        start: 0,
        with: "",
        end: affix.text.len(),
        languages: affix.languages,
    })
}

/// Longest first; equal ones of several languages become one.
fn merge(affixes: &mut Vec<Affix>) {
    affixes.sort_unstable_by(|one, other| other.text.len().cmp(&one.text.len()).then_with(|| one.cmp(other)));
    affixes.dedup_by(|next, first| {
        let same = next.text == first.text && next.with == first.with;
        if same {
            first.languages.insert(next.languages);
        }
        same
    });
}

/// A prefix and an ending of one language.
fn both<'a>(start: Cut<'a>, end: Cut) -> Option<Cut<'a>> {
    let languages = start.languages.common(end.languages);
    (!languages.is_empty()).then_some(Cut { end: end.end, languages, ..start })
}

fn collect<T>(array: &mut [T; MOST], found: impl Iterator<Item = T>) -> &[T] {
    let mut len = 0;
    for (slot, item) in array.iter_mut().zip(found) {
        *slot = item;
        len += 1;
    }
    array.get(..len).unwrap_or_default()
}

/// Writes the stem into the buffer; false if too little is left.
fn write_stem(word: &str, cut: Cut, buffer: &mut String) -> bool {
    let Some(rest) = word.len().checked_sub(cut.end).and_then(|end| word.get(cut.start..end)) else {
        return false;
    };
    buffer.clear();
    buffer.push_str(cut.with);
    buffer.push_str(rest);
    is_stem(buffer, if cut.start == 0 { cut.end } else { 0 })
}

/// Four letters make a stem; after an ending of three that no word has by chance ("wdnya"), two do.
fn is_stem(stem: &str, suffix: usize) -> bool {
    let least = if suffix == 3 { 2 } else { 4 };
    stem.chars().nth(least - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "language: xx\nforms:\n  suffixes: [nya, ku, kan, in]\n  clitics: [nya, ku]\n  prefixes: [di, men]\n  replace: [{prefix: meng, with: k}, {prefix: men, with: t}]\n";

    fn affixes() -> Affixes {
        Affixes::new(&[Box::leak(Box::new(LanguagePack::parse(PACK).expect("a pack")))])
    }

    #[test]
    fn affixes_come_off_where_a_stem_is_left() {
        let table = [
            ("depositnya", "deposit"),
            ("akunku", "akun"),
            ("wdnya", "wd"),
            ("diblokir", "blokir"),
            ("mengirim", "kirim"),
            ("mentransfer", "transfer"),
            ("menarik", "tarik"),
            ("didepositkan", "deposit"),
            ("depositkannya", "deposit"),
        ];
        for (word, stem) in table {
            assert!(affixes().stem(word, &mut String::new(), |found, _| found == stem), "{word}");
        }
        for (word, stem) in [("buku", "bu"), ("main", "ma"), ("dia", "a"), ("nya", "")] {
            assert!(!affixes().stem(word, &mut String::new(), |found, _| found == stem), "{word}");
        }
    }
}
