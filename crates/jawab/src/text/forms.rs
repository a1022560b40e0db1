//! Word forms: what is left of a word without its affixes.

use super::languages::LanguagePack;

/// Affixes of all packs in use.
#[derive(Debug, Default)]
pub(super) struct Affixes {
    suffixes: Vec<Box<str>>,
    /// A prefix and what stands in its place in the stem.
    prefixes: Vec<(Box<str>, Box<str>)>,
    clitics: Vec<Box<str>>,
}

/// A way to strip a word: bytes off its end, bytes off its start, what to put there.
#[derive(Clone, Copy)]
struct Cut<'a> {
    start: usize,
    with: &'a str,
    end: usize,
}

/// Most affixes of one kind that one word is tried with.
const MOST: usize = 8;

impl Affixes {
    pub(super) fn new(packs: &[&'static LanguagePack]) -> Self {
        let mut affixes = Affixes::default();
        for forms in packs.iter().map(|pack| &pack.forms) {
            let plain = |affix: &str| Box::from(affix.replace('\'', ""));
            affixes.suffixes.extend(forms.suffixes.iter().map(|affix| plain(affix)));
            affixes.clitics.extend(forms.clitics.iter().map(|affix| plain(affix)));
            affixes.prefixes.extend(forms.prefixes.iter().map(|prefix| (prefix.clone(), Box::default())));
            affixes.prefixes.extend(forms.replace.iter().cloned());
        }
        for list in [&mut affixes.suffixes, &mut affixes.clitics] {
            list.sort_unstable_by_key(|affix| (std::cmp::Reverse(affix.len()), affix.clone()));
            list.dedup();
        }
        affixes.prefixes.sort_unstable_by_key(|(prefix, with)| {
            (std::cmp::Reverse(prefix.len()), with.clone(), prefix.clone())
        });
        affixes.prefixes.dedup();
        affixes
    }

    /// Calls back with every stem of a word, those with the fewest affixes first, until one is accepted.
    pub(super) fn stem(&self, word: &str, buffer: &mut String, mut accept: impl FnMut(&str) -> bool) -> bool {
        let (mut ends, mut starts) = ([0; MOST], [(0, ""); MOST]);
        let ends = collect(&mut ends, self.ends(word));
        let starts = collect(&mut starts, self.starts(word));
        let mut attempt = |cut: Cut| write_stem(word, cut, buffer) && accept(buffer);
        ends.iter().any(|&end| attempt(Cut { start: 0, with: "", end }))
            || starts.iter().any(|&(start, with)| attempt(Cut { start, with, end: 0 }))
            || ends.iter().any(|&end| starts.iter().any(|&(start, with)| attempt(Cut { start, with, end })))
    }

    /// Calls back with every stem that a word has without an ending that leaves its meaning alone.
    pub(super) fn clitic_stems(&self, word: &str, mut each: impl FnMut(&str)) {
        for clitic in self.clitics.iter().filter(|clitic| word.ends_with(clitic.as_ref())) {
            let stem = word.get(..word.len() - clitic.len()).unwrap_or_default();
            if is_stem(stem, clitic.chars().count()) {
                each(stem);
            }
        }
    }

    /// Bytes of the endings of a word, and of a clitic after another ending ("-kannya").
    fn ends<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        let single = self.suffixes.iter().filter(|suffix| word.ends_with(suffix.as_ref()));
        let double =
            self.clitics.iter().filter(|clitic| word.ends_with(clitic.as_ref())).flat_map(move |clitic| {
                let rest = word.get(..word.len() - clitic.len()).unwrap_or_default();
                let inner = self.suffixes.iter().filter(move |suffix| rest.ends_with(suffix.as_ref()));
                inner.map(|suffix| suffix.len() + clitic.len())
            });
        single.map(|suffix| suffix.len()).chain(double)
    }

    fn starts<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> + 'a {
        let fits = |(prefix, _): &&(Box<str>, Box<str>)| word.starts_with(prefix.as_ref());
        self.prefixes
            .iter()
            .filter(move |prefix| fits(prefix))
            .map(|(prefix, with)| (prefix.len(), with.as_ref()))
    }
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
            assert!(affixes().stem(word, &mut String::new(), |found| found == stem), "{word}");
        }
        for (word, stem) in [("buku", "bu"), ("main", "ma"), ("dia", "a"), ("nya", "")] {
            assert!(!affixes().stem(word, &mut String::new(), |found| found == stem), "{word}");
        }
    }
}
