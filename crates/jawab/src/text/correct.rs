//! Finds the word of the vocabulary that a misspelt one stands for.
//!
//! Every word is filed under what is left of its beginning after up to two deletions; a misspelt word looks under
//! what is left of its own. Two words within two edits of each other always share such a remainder, so nothing is
//! missed and the vocabulary is never scanned.

use super::edits::{edits, same_letters};
use super::filings::Filings;
use super::token::Stretch;

/// Only so many letters at the beginning of a word are filed.
const BEGINNING: usize = 7;
/// Most remainders of a beginning: all of it, without one letter, without two.
const REMAINDERS: usize = 1 + BEGINNING + BEGINNING * (BEGINNING - 1) / 2;
/// Longest word that is corrected, in letters.
pub(super) const LONGEST: usize = 32;
/// Shortest word that is corrected.
const SHORTEST: usize = 3;
/// From so many letters a word may have any typo; a shorter one has lost a letter inside: most are words or names.
pub(super) const ANY_EDIT_FROM: usize = 4;
/// Shortest word that another is corrected to.
const SHORTEST_TARGET: usize = 3;
/// From so many letters a word may have two typos.
const TWO_FROM: usize = 8;

/// A word that others may be misspellings of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target<'t> {
    /// The entry it stands for; ties are broken by the smallest.
    pub(super) entry: u32,
    pub(super) frequency: u32,
    /// A word that nothing is corrected to, and nothing as near to it either: a negation.
    pub(super) guarded: bool,
    pub(super) text: &'t str,
}

impl Target<'_> {
    /// Whether words are corrected to such a text at all.
    pub(super) fn suits(text: &str) -> bool {
        let letters = text.chars().count();
        (SHORTEST_TARGET..=LONGEST).contains(&letters) && text.chars().all(char::is_alphabetic)
    }
}

/// What a misspelt word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Correction {
    pub(super) entry: u32,
    pub(super) distance: u8,
}

/// An index of targets by their remainders.
#[derive(Debug, Default)]
pub(super) struct Corrector {
    kept: Vec<Kept>,
    texts: String,
    /// Targets by the hashes of their remainders, each with a tag of 32 bits: 27 tell which letters the target has
    /// ([`marks`]), 5 are bits of the hash. After two deletions these 5 are combined with the last letter ([`ending`]), so
    /// that words that end otherwise are passed over without being read.
    filings: Filings,
}

/// A target as it is kept.
#[derive(Debug)]
struct Kept {
    entry: u32,
    frequency: u32,
    guarded: bool,
    text: Stretch,
}

impl Corrector {
    pub(super) fn new<'t>(targets: impl IntoIterator<Item = Target<'t>>) -> Self {
        let (mut corrector, mut filed) = (Corrector::default(), Vec::new());
        for (target, index) in targets.into_iter().zip(0..) {
            let letters = Letters::new(target.text);
            let (marks, ending) = (marks(target.text), letters.ending_as_target(target.text));
            letters.remainders(letters.edits_as_target(), |hash, deletions| {
                let ending = if deletions > 1 { ending } else { 0 };
                filed.push((hash, (hash & !MARKS ^ ending | marks, index)));
            });
            corrector.keep(target);
        }
        if corrector.kept.iter().all(|kept| kept.guarded) {
            return Corrector::default();
        }
        corrector.filings = Filings::new(&filed);
        corrector.kept.shrink_to_fit();
        corrector.texts.shrink_to_fit();
        corrector
    }

    fn keep(&mut self, Target { entry, frequency, guarded, text }: Target) {
        let start = self.texts.len();
        self.texts.push_str(text);
        let text = Stretch::new(start..self.texts.len());
        self.kept.push(Kept { entry, frequency, guarded, text });
    }

    /// The words that others are corrected to.
    pub(super) fn targets(&self) -> impl ExactSizeIterator<Item = Target<'_>> {
        self.kept.iter().map(|kept| self.shown(kept))
    }

    /// One of them.
    pub(super) fn target(&self, index: u32) -> Option<Target<'_>> {
        self.kept.get(index as usize).map(|kept| self.shown(kept))
    }

    fn shown(&self, &Kept { entry, frequency, guarded, text }: &Kept) -> Target<'_> {
        Target { entry, frequency, guarded, text: self.texts.get(text.range()).unwrap_or_default() }
    }

    /// The nearest word within the edits that a word of this length may have: then the most frequent, then the first.
    pub(super) fn correct(&self, word: &str) -> Option<Correction> {
        let letters = Letters::new(word);
        let mut search = Search { corrector: self, word, letters: &letters, best: None, met: Met::default() };
        self.filed(word, &letters, letters.edits_as_word(), |target| search.visit(target));
        let (target, distance) = search.best?;
        (!target.guarded).then_some(Correction { entry: target.entry, distance })
    }

    /// Calls back with the words one edit from another, some of them several times, and whether they are guarded.
    pub(super) fn lookalikes(&self, word: &str, mut each: impl FnMut(u32, bool)) {
        let mut met = Met::default();
        self.filed(word, &Letters::new(word), 1, |index| {
            let new = met.is_new(index).then(|| self.target(index)).flatten();
            if let Some(target) = new.filter(|target| distance(word, target.text, 1) == Some(1)) {
                each(target.entry, target.guarded);
            }
        });
    }

    /// Calls back with the targets that share a remainder with a word and have letters that so many edits may lead to.
    fn filed(&self, word: &str, letters: &Letters, edits: usize, mut each: impl FnMut(u32)) {
        if !(SHORTEST..=LONGEST).contains(&letters.count) || self.kept.is_empty() {
            return;
        }
        let (marks, ending) = (marks(word), if edits > 1 { ending(word) } else { 0 });
        // All are fetched before any is looked at: they are far apart in memory, and most are empty.
        let (mut fetched, mut count) = ([(0, [].as_slice()); REMAINDERS], 0);
        letters.remainders(edits, |hash, _| {
            fetched[count] = (hash & !MARKS | marks, self.filings.under(hash));
            count += 1;
        });
        for &(tag, filings) in &fetched[..count] {
            for &(filed, target) in filings {
                let other = filed ^ tag;
                let is_filed = other & !MARKS == 0 || other & !MARKS == ending;
                if is_filed && may_be_apart(other & MARKS, edits) {
                    each(target);
                }
            }
        }
    }
}

/// The bits of a tag that tell the letters of a word.
const MARKS: u32 = (1 << 27) - 1;

/// A bit for each letter of the Latin alphabet. An edit changes two at most: it puts one letter in the place of another.
fn marks(word: &str) -> u32 {
    word.chars().fold(0, |marks, letter| marks | 1 << (u32::from(letter) % 32)) & MARKS
}

/// The last letter, in the bits of a tag that are no marks.
fn ending(word: &str) -> u32 {
    word.chars().next_back().map_or(0, |letter| u32::from(letter) << MARKS.count_ones())
}

/// Whether so many edits may lead to letters of which these differ. Clearing the lowest bit is cheaper than counting them.
fn may_be_apart(differing: u32, edits: usize) -> bool {
    let without_one = |bits: u32| bits & bits.wrapping_sub(1);
    let without_two = |bits| without_one(without_one(bits));
    let rest = without_two(differing);
    rest == 0 || edits > 1 && without_two(rest) == 0
}

/// The search for one word.
struct Search<'a> {
    corrector: &'a Corrector,
    word: &'a str,
    letters: &'a Letters,
    best: Option<(Target<'a>, u8)>,
    met: Met,
}

/// Targets met lately: most are filed under several remainders.
struct Met {
    targets: [u32; 16],
    next: usize,
}

impl Default for Met {
    fn default() -> Self {
        Met { targets: [u32::MAX; 16], next: 0 }
    }
}

impl Met {
    /// Whether a target was not met lately; now it is.
    fn is_new(&mut self, target: u32) -> bool {
        let new = !self.targets.contains(&target);
        if new && let Some(oldest) = self.targets.get_mut(self.next % 16) {
            *oldest = target;
            self.next += 1;
        }
        new
    }
}

impl Search<'_> {
    /// Apart from the search for remainders, which is then fast: few of them lead to a target.
    #[inline(never)]
    fn visit(&mut self, index: u32) {
        let new = self.met.is_new(index).then(|| self.corrector.target(index));
        let Some(target) = new.flatten() else { return };
        let most = self.best.map_or(self.letters.edits_as_word(), |(_, distance)| distance as usize);
        if let Some(distance) = distance(self.word, target.text, most)
            && self.best.is_none_or(|best| rank(self.word, (target, distance)) < rank(self.word, best))
        {
            self.best = Some((target, distance));
        }
    }
}

/// Nearer first; of equally near ones a guarded word, then by the slip, then the most frequent, then the smallest entry.
fn rank(word: &str, (target, distance): (Target, u8)) -> (u8, bool, Slip, std::cmp::Reverse<u32>, u32) {
    let slip = Slip::of(word, target.text, distance);
    (distance, !target.guarded, slip, std::cmp::Reverse(target.frequency), target.entry)
}

/// How a word came to be misspelt, what people do most first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    /// Two letters swapped after the first.
    Swapped,
    /// A letter left out.
    LeftOut,
    Other,
}

impl Slip {
    fn of(word: &str, target: &str, distance: u8) -> Self {
        let same_first = word.chars().next() == target.chars().next();
        if distance == 1 && same_first && same_letters(word, target) {
            Slip::Swapped
        } else if word.chars().count() < target.chars().count() {
            Slip::LeftOut
        } else {
            Slip::Other
        }
    }
}

/// Edits between two words that share their first or last letter, if they are no more than `most`. In words of four
/// letters, and for a second edit, the first must be right: too many others differ in it, as "boarding" and "loading".
/// In words of three letters both must be, and another must be missing.
fn distance(word: &str, target: &str, most: usize) -> Option<u8> {
    let ends = |text: &str| (text.chars().next(), text.chars().next_back());
    let ((first, last), (target_first, target_last)) = (ends(word), ends(target));
    let letters = length(word);
    let short = letters <= ANY_EDIT_FROM && !same_letters(word, target);
    if first != target_first && (last != target_last || short) {
        return None;
    }
    if letters < ANY_EDIT_FROM && (ends(word) != ends(target) || length(target) <= letters) {
        return None;
    }
    let most = if first == target_first { most } else { 1 };
    edits(word, target, most)
}

/// How many letters a word has; of one that is too long to be corrected, that it is.
pub(super) fn length(word: &str) -> usize {
    if word.is_ascii() { word.len() } else { word.chars().take(LONGEST + 1).count() }
}

/// The first letters of a word and how many it has.
struct Letters {
    first: [char; BEGINNING],
    kept: usize,
    count: usize,
}

impl Letters {
    fn new(word: &str) -> Self {
        let mut letters = Letters { first: ['\0'; BEGINNING], kept: 0, count: 0 };
        for (slot, letter) in letters.first.iter_mut().zip(word.chars()) {
            *slot = letter;
            letters.kept += 1;
        }
        letters.count = length(word);
        letters
    }

    fn edits_as_word(&self) -> usize {
        if self.count >= TWO_FROM { 2 } else { 1 }
    }

    /// A word of eight letters and two typos may stand for one of six.
    fn edits_as_target(&self) -> usize {
        if self.count + 2 >= TWO_FROM { 2 } else { 1 }
    }

    /// Where both of two edits are in the beginning, the word ends as what it is a typo of. Where one is at the end, what is
    /// left of both beginnings after one deletion is the same: so after two the ending must be right, if it is far enough
    /// behind the beginning.
    fn ending_as_target(&self, word: &str) -> u32 {
        if self.count > BEGINNING + 1 { ending(word) } else { 0 }
    }

    /// Calls back with the hash of what is left after up to so many deletions, and how many there were.
    fn remainders(&self, edits: usize, mut each: impl FnMut(u32, u8)) {
        let letters = self.first.get(..self.kept).unwrap_or_default();
        let mut behind = [Digits::NONE; BEGINNING + 1];
        for (at, &letter) in letters.iter().enumerate().rev() {
            behind[at] = Digits::from(letter).then(behind[at + 1]);
        }
        let (mut before, rest) = (Digits::NONE, &behind[1..]);
        each(behind[0].hash(), 0);
        for (at, (&one, &after)) in letters.iter().zip(rest).enumerate() {
            each(before.then(after).hash(), 1);
            if edits > 1 {
                let mut between = before;
                for (&two, &after) in letters.iter().zip(rest).skip(at + 1) {
                    each(between.then(after).hash(), 2);
                    between = between.then(Digits::from(two));
                }
            }
            before = before.then(Digits::from(one));
        }
    }
}

/// Letters as the digits of a number, so that those of two stretches give that of both (Karp and Rabin 1987).
#[derive(Clone, Copy)]
struct Digits {
    value: u64,
    /// What the digit before them counts.
    place: u64,
}

impl Digits {
    const NONE: Digits = Digits { value: 0, place: 1 };

    fn then(self, behind: Digits) -> Self {
        Digits {
            value: self.value.wrapping_mul(behind.place).wrapping_add(behind.value),
            place: self.place.wrapping_mul(behind.place),
        }
    }

    fn hash(self) -> u32 {
        (self.value.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
    }
}

impl From<char> for Digits {
    fn from(letter: char) -> Self {
        Digits { value: u64::from(letter), place: 0xd1b5_4a32_d192_ed03 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn target(entry: usize, text: &str, frequency: u32, guarded: bool) -> Target<'_> {
        Target { entry: entry as u32, frequency, guarded, text }
    }

    fn corrector(words: &[&str], negations: &[&str]) -> Corrector {
        let known = words.iter().enumerate().map(|(entry, word)| target(entry, word, 1, false));
        let guarded = negations.iter().map(|word| target(1000, word, 0, true));
        Corrector::new(known.chain(guarded))
    }

    #[test]
    fn typos_lead_to_the_nearest_word() {
        let words = ["deposit", "saldo", "transfer", "masuk", "rekening", "verifikasi", "buka"];
        let corrector = corrector(&words, &["bukan", "tidak"]);
        let table = [
            ("depsoit", Some("deposit"), "letters swapped"),
            ("depoit", Some("deposit"), "a letter lost"),
            ("slado", Some("saldo"), "letters swapped in a short word"),
            ("trasnfre", Some("transfer"), "two typos in eight letters"),
            ("masul", Some("masuk"), "the last letter wrong"),
            ("nasuk", Some("masuk"), "the first letter wrong"),
            ("mausk", Some("masuk"), "letters swapped"),
            ("msauk", Some("masuk"), "letters swapped at the beginning"),
            ("mask", Some("masuk"), "four letters suffice"),
            ("asuk", None, "the first of four letters wrong"),
            ("rekneign", Some("rekening"), "two swaps"),
            ("verivikassi", Some("verifikasi"), "two typos far apart"),
            ("dposi", None, "two typos in five letters"),
            ("sld", None, "two letters lost"),
            ("bka", Some("buka"), "one of four letters lost inside"),
            ("buk", None, "the last of four letters lost"),
            ("mzk", None, "three letters with a wrong one"),
            ("bk", None, "too short"),
            ("bukn", None, "as near to a negation as to a word"),
            ("tidk", None, "never into a negation"),
            ("xasul", None, "neither first nor last letter right"),
            ("verifikadi", Some("verifikasi"), "one typo"),
            ("berivikasi", None, "a second typo where the first letter is wrong"),
        ];
        for (word, expected, why) in table {
            let found = corrector.correct(word).map(|found| words[found.entry as usize]);
            assert_eq!(found, expected, "{word}: {why}");
        }
    }

    #[test]
    fn a_word_has_so_many_letters_in_any_script() {
        let words = ["кит", "mañas", "хорошо", "ngân"];
        let corrector = corrector(&words, &[]);
        for (word, expected, why) in [
            ("кот", None, "three letters with a wrong one"),
            ("ки", None, "too short"),
            ("хрошо", Some("хорошо"), "a letter lost"),
            ("орошо", Some("хорошо"), "the first letter lost of six"),
            ("aña", None, "two letters lost"),
            ("ngn", Some("ngân"), "one of four letters lost inside"),
            ("nân", Some("ngân"), "another one lost inside"),
            ("pgân", None, "the first of four letters wrong"),
        ] {
            let found = corrector.correct(word).map(|found| words[found.entry as usize]);
            assert_eq!(found, expected, "{word}: {why}");
        }
    }

    #[test]
    fn of_equally_near_words_the_one_that_lost_a_letter_wins() {
        let words = ["block", "back", "delete", "delta", "lowest", "lower"];
        let targets = words.iter().enumerate().map(|(entry, word)| target(entry, word, entry as u32, false));
        let corrector = Corrector::new(targets);
        for (word, expected) in [("blck", "block"), ("delte", "delete"), ("lowet", "lowest")] {
            let found = corrector.correct(word).map(|found| words[found.entry as usize]);
            assert_eq!(found, Some(expected), "{word}");
        }
    }

    #[test]
    fn of_equally_near_words_the_frequent_one_wins_then_the_first() {
        let targets =
            vec![target(2, "kirim", 1, false), target(1, "kirip", 5, false), target(0, "kiris", 1, false)];
        assert_eq!(Corrector::new(targets.clone()).correct("kirix").map(|found| found.entry), Some(1));
        let targets = vec![targets[0], targets[2]];
        assert_eq!(Corrector::new(targets).correct("kirix").map(|found| found.entry), Some(0));
    }

    #[test]
    fn lookalikes_are_one_edit_away_known_or_not() {
        let corrector = corrector(&["life", "like", "line", "lie", "lime", "live", "lies", "time"], &["lit"]);
        let found = |word: &str| {
            let mut found: Vec<u32> = Vec::new();
            corrector.lookalikes(word, |entry, _| found.push(entry));
            found.sort_unstable();
            found.dedup();
            found
        };
        assert_eq!(found("lie"), [0, 1, 2, 4, 5], "a letter left out inside");
        assert_eq!(found("lifes"), [0, 6], "a letter too many");
        assert_eq!(found("lite"), [0, 1, 2, 3, 4, 5, 1000], "a negation is told");
        assert_eq!(found("zzz"), [0; 0]);
    }

    /// The obvious way: measure every target.
    fn by_scanning(targets: &[Target], word: &str) -> Option<Correction> {
        let letters = word.chars().count();
        if !(SHORTEST..=LONGEST).contains(&letters) {
            return None;
        }
        let most = if letters >= TWO_FROM { 2 } else { 1 };
        let near = targets.iter().filter_map(|target| Some((target, distance(word, target.text, most)?)));
        let (target, distance) =
            near.map(|(target, distance)| (*target, distance)).min_by_key(|&found| rank(word, found))?;
        (!target.guarded).then_some(Correction { entry: target.entry, distance })
    }

    /// A word with a letter changed, lost, added or swapped with the next.
    fn edited(word: &str, (place, kind, letter): (usize, u8, char)) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = place % letters.len();
        match kind {
            0 => letters[at] = letter,
            1 => drop(letters.remove(at)),
            2 => letters.insert(place % (letters.len() + 1), letter),
            _ if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => {}
        }
        letters.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]
        #[test]
        fn a_word_is_found_wherever_it_was_misspelt(
            word in "[abcdé]{4,13}",
            edits in proptest::collection::vec((0..14_usize, 0..4_u8, proptest::char::range('a', 'e')), 0..3),
        ) {
            let misspelt = edits.into_iter().fold(word.clone(), |word, edit| edited(&word, edit));
            let targets = [target(0, &word, 1, false)];
            let corrector = Corrector::new(targets);
            prop_assert_eq!(corrector.correct(&misspelt), by_scanning(&targets, &misspelt), "{}", misspelt);
            let mut alike = false;
            corrector.lookalikes(&misspelt, |_, _| alike = true);
            let short = (SHORTEST..=LONGEST).contains(&misspelt.chars().count());
            prop_assert_eq!(alike, short && distance(&misspelt, &word, 1) == Some(1), "{}", misspelt);
        }
    }

    proptest! {
        #[test]
        fn lookalikes_are_what_a_scan_finds(
            words in proptest::collection::btree_set("[abé]{3,12}|[a-e]{3,9}", 1..60),
            queries in proptest::collection::vec("[abé]{3,12}|[a-e]{3,9}", 1..40),
        ) {
            let targets: Vec<Target> =
                words.iter().enumerate().map(|(entry, word)| target(entry, word, 1, false)).collect();
            let corrector = Corrector::new(targets.clone());
            for query in &queries {
                let mut found = std::collections::BTreeSet::new();
                corrector.lookalikes(query, |entry, _| { found.insert(entry); });
                let near = targets.iter().filter(|target| distance(query, target.text, 1) == Some(1));
                prop_assert_eq!(found, near.map(|target| target.entry).collect(), "{}", query);
            }
        }

        #[test]
        fn the_index_finds_what_a_scan_finds(
            words in proptest::collection::btree_set("[abé]{3,12}|[a-e]{3,9}", 1..60),
            queries in proptest::collection::vec("[abé]{3,12}|[a-e]{3,9}", 1..40),
        ) {
            let targets: Vec<Target> = words.iter().enumerate()
                .map(|(entry, word)| target(entry, word, (entry % 3) as u32, entry % 7 == 0)).collect();
            let corrector = Corrector::new(targets.clone());
            for query in &queries {
                prop_assert_eq!(corrector.correct(query), by_scanning(&targets, query), "{}", query);
            }
        }
    }
}
