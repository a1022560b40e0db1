//! The first step of reading: one spelling of every character, with the place each came from.

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::bytes;
use super::characters::{emoji_len, is_apostrophe, is_invisible, is_picture};
use super::han::is_han;

/// Where the bytes of a folded text came from.
#[derive(Debug, Default, Clone)]
pub(super) struct Origins {
    /// The stretch of the original for every folded byte; empty where the two have the same places.
    places: Vec<(u32, u32)>,
}

impl Origins {
    /// Whether every byte has the place that it had.
    pub(super) fn are_same(&self) -> bool {
        self.places.is_empty()
    }

    /// The stretch of the original that a non-empty stretch of folded bytes came from.
    pub(super) fn span(&self, start: u32, end: u32) -> std::ops::Range<u32> {
        if self.are_same() {
            return start..end;
        }
        let last = (end as usize).saturating_sub(1);
        match (self.places.get(start as usize), self.places.get(last)) {
            (Some(&(from, _)), Some(&(_, to))) => from..to,
            _ => start..end,
        }
    }
}

/// Folds a message into an empty buffer: NFKC, lower case, without invisible characters and apostrophes in words.
pub(super) fn fold(message: &str, folded: &mut String, origins: &mut Origins) {
    folded.clear();
    origins.places.clear();
    if !bytes::holds(message.as_bytes(), is_special) || keeps_its_places(message) {
        folded.push_str(message);
        folded.make_ascii_lowercase();
        return;
    }
    let mut work = Folder { message, folded, places: &mut origins.places };
    let mut at = 0;
    while at < message.len() {
        at += work.plain(at);
        at += if at < message.len() { work.step(at) } else { 0 };
    }
}

/// Whether folding a message changes nothing but the case of letters of ASCII: most are ASCII, emoji and Chinese.
fn keeps_its_places(message: &str) -> bool {
    let mut rest = message;
    if bytes::holds(message.as_bytes(), |byte| is_special(byte) & (byte >> 7 ^ 1)) {
        return false;
    }
    loop {
        rest = rest.get(bytes::ascii_before(rest.as_bytes())..).unwrap_or_default();
        let kept = kept_len(rest);
        if kept == 0 {
            return rest.is_empty();
        }
        rest = rest.get(kept..).unwrap_or_default();
    }
}

/// How many bytes of the emoji or Chinese character are kept that a text begins with; 0 where it begins with neither.
fn kept_len(text: &str) -> usize {
    let mut characters = text.chars();
    let han = characters.next().filter(|&first| is_han(first) && is_alone(first));
    match han.filter(|_| characters.next().is_none_or(starts_anew)) {
        Some(han) => han.len_utf8(),
        None => emoji_len(text),
    }
}

/// One for a byte that is not ASCII, is not seen or may be an apostrophe: the others keep their place when they are folded.
fn is_special(byte: u8) -> u8 {
    let seen = u8::from(byte.wrapping_sub(b' ') < 0x7f - b' ');
    let white = u8::from(byte == b'\t') | u8::from(byte == b'\n') | u8::from(byte == b'\r');
    let apostrophe = u8::from(byte == b'\'') | u8::from(byte == b'`');
    (seen ^ 1) & (white ^ 1) | apostrophe
}

struct Folder<'a> {
    message: &'a str,
    folded: &'a mut String,
    places: &'a mut Vec<(u32, u32)>,
}

/// A run of more combining marks is cut, so that the work stays linear; no script stacks so many.
const STRETCH: usize = 32;

impl Folder<'_> {
    /// Folds what stands at a place; returns how many bytes of the message that was.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.message.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return 1 };
        let emoji = if first.is_ascii() { 0 } else { emoji_len(rest) };
        if emoji > 0 {
            self.push(rest.get(..emoji).unwrap_or_default(), at, emoji);
            return emoji;
        }
        if is_invisible(first) || self.is_inner_apostrophe(first, rest) {
            return first.len_utf8();
        }
        self.stretch(first, rest, at)
    }

    /// Folds the bytes from a place on that keep theirs; returns how many there are.
    fn plain(&mut self, at: usize) -> usize {
        let rest = self.message.as_bytes().get(at..).unwrap_or_default();
        let len = bytes::before(rest, is_special);
        // What follows may compose with the last.
        let len = if len < rest.len() { len.saturating_sub(1) } else { len };
        let start = self.folded.len();
        self.folded.push_str(self.message.get(at..at + len).unwrap_or_default());
        if let Some(folded) = self.folded.get_mut(start..) {
            folded.make_ascii_lowercase();
        }
        self.places.extend((at as u32..(at + len) as u32).map(|at| (at, at + 1)));
        len
    }

    /// Folds a character with all that may compose with it.
    fn stretch(&mut self, first: char, rest: &str, at: usize) -> usize {
        let mut end = first.len_utf8();
        let alone = rest.get(end..).and_then(|rest| rest.chars().next()).is_none_or(starts_anew);
        if alone && first.is_ascii() {
            self.push(first.to_ascii_lowercase().encode_utf8(&mut [0; 4]), at, end);
        } else if alone && is_settled(first) {
            self.lower(first, at, end);
        } else {
            let more = rest.get(end..).unwrap_or_default().chars().take(STRETCH);
            end += more.take_while(|&next| !starts_anew(next)).map(char::len_utf8).sum::<usize>();
            self.normalise(rest.get(..end).unwrap_or_default(), at, end);
        }
        end
    }

    fn normalise(&mut self, stretch: &str, at: usize, len: usize) {
        let seen = stretch.chars().filter(|&character| !is_invisible(character));
        for character in seen.nfkc().flat_map(lower).nfkc() {
            self.push(character.encode_utf8(&mut [0; 4]), at, len);
        }
    }

    fn lower(&mut self, character: char, at: usize, len: usize) {
        for character in lower(character) {
            self.push(character.encode_utf8(&mut [0; 4]), at, len);
        }
    }

    fn push(&mut self, text: &str, at: usize, len: usize) {
        self.folded.push_str(text);
        self.places.extend(text.bytes().map(|_| (at as u32, (at + len) as u32)));
    }

    /// Whether an apostrophe stands between two letters of a word ("don't").
    fn is_inner_apostrophe(&self, first: char, rest: &str) -> bool {
        let is_letter = |character: char| character.is_alphabetic() && !is_han(character);
        is_apostrophe(first)
            && self.folded.chars().next_back().is_some_and(is_letter)
            && rest.chars().nth(1).is_some_and(|next| is_letter(next) && !is_apostrophe(next))
    }
}

/// Whether a character is in NFKC by itself.
fn is_settled(character: char) -> bool {
    is_alone(character) || is_nfkc_quick(std::iter::once(character)) == IsNormalized::Yes
}

/// Whether nothing before a character composes with it.
fn starts_anew(character: char) -> bool {
    if character.is_ascii() || is_alone(character) {
        return true;
    }
    canonical_combining_class(character) == 0
        && !matches!(character, '\u{1160}'..='\u{11ff}')
        && is_nfkc_quick(std::iter::once(character)) != IsNormalized::Maybe
}

/// Whether a character is of a block that has one spelling and composes with nothing: the most frequent ones beyond ASCII.
fn is_alone(character: char) -> bool {
    is_picture(character) || matches!(character, '\u{4e00}'..='\u{9fff}')
}

/// Lower case, with ß as ss, one sigma and one i.
fn lower(character: char) -> impl Iterator<Item = char> {
    let special = match character {
        'ß' | 'ẞ' => ['s', 's'],
        'ς' => ['σ', '\0'],
        'ı' | 'İ' => ['i', '\0'],
        _ => ['\0', '\0'],
    };
    let rest = (special[0] == '\0').then(|| character.to_lowercase());
    special.into_iter().filter(|&part| part != '\0').chain(rest.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(message: &str) -> String {
        let mut text = String::new();
        fold(message, &mut text, &mut Origins::default());
        text
    }

    #[test]
    fn every_character_has_one_spelling() {
        let table = [
            ("Cara DEPO", "cara depo"),
            ("Straße", "strasse"),
            ("ΟΔΟΣ", "οδοσ"),
            ("ＤＥＰＯ５０", "depo50"),
            ("e\u{301}", "é"),
            ("É", "é"),
            ("don't can’t", "dont cant"),
            ("'quoted'", "'quoted'"),
            ("to\u{200b}long", "tolong"),
            ("a\u{0}b", "ab"),
            ("a\nb", "a\nb"),
            ("İstanbul ısı", "istanbul isi"),
            ("1️⃣", "1"),
            ("👨‍👩‍👧", "👨‍👩‍👧"),
            ("充值", "充值"),
            ("ﬁ", "fi"),
            ("각", "각"),
        ];
        for (message, expected) in table {
            assert_eq!(folded(message), expected, "{message}");
        }
    }

    #[test]
    fn characters_that_are_taken_as_settled_are() {
        for character in ('\0'..=char::MAX).filter(|&character| is_alone(character)) {
            assert_eq!(canonical_combining_class(character), 0, "{character}");
            assert_eq!(is_nfkc_quick(std::iter::once(character)), IsNormalized::Yes, "{character}");
        }
    }

    #[test]
    fn places_lead_back_to_the_message() {
        let (mut text, mut origins) = (String::new(), Origins::default());
        let message = "Ｄon’t e\u{301}";
        fold(message, &mut text, &mut origins);
        assert_eq!(text, "dont é");
        assert_eq!(&message[origins.span(0, 4).start as usize..origins.span(0, 4).end as usize], "Ｄon’t");
        let last = origins.span(5, 7);
        assert_eq!(&message[last.start as usize..last.end as usize], "e\u{301}");
    }

    /// Character by character.
    fn by_steps(message: &str) -> (String, Vec<(u32, u32)>) {
        let (mut folded, mut places) = (String::new(), Vec::new());
        let mut work = Folder { message, folded: &mut folded, places: &mut places };
        let mut at = 0;
        while at < message.len() {
            at += work.step(at);
        }
        (folded, places)
    }

    proptest! {
        #[test]
        fn whole_stretches_are_folded_as_their_characters_are(
            message in "[a-zA-Z0-9 .,'\\t\u{300}’ßéÉ\u{301}充가ﬁＤ👍🏽\u{fe0f}\u{200d}]{0,60}",
        ) {
            let (mut text, mut origins) = (String::new(), Origins::default());
            fold(&message, &mut text, &mut origins);
            let (folded, places) = by_steps(&message);
            prop_assert_eq!(text, folded);
            if !origins.places.is_empty() {
                prop_assert_eq!(origins.places, places);
            }
        }

        #[test]
        fn text_that_keeps_its_places_needs_none(
            message in "[a-zA-Z0-9 .,充值帳👍🏽☺‼🇮🇩\u{fe0f}\u{200d}\u{301}]{0,12}", from in 0..60_usize, to in 0..60_usize,
        ) {
            prop_assume!(keeps_its_places(&message));
            let (folded, places) = by_steps(&message);
            prop_assert_eq!(&folded, &message.to_ascii_lowercase());
            let whole: Vec<u32> = places.iter().flat_map(|&(start, end)| [start, end]).collect();
            let (from, to) = (from as u32, to as u32);
            if from < to && whole.contains(&from) && whole.contains(&to) {
                prop_assert_eq!(Origins { places }.span(from, to), from..to);
            }
        }

        #[test]
        fn folding_again_changes_nothing(message in "[a-zA-Z0-9 .,'’ßéÉ\u{300}\u{301}充帳가ﬁＤ👍🏽]{0,40}") {
            let once = folded(&message);
            prop_assert_eq!(folded(&once), once);
        }

        #[test]
        fn plain_text_keeps_its_places(message in "[ -&(-_a-~]{0,40}") {
            prop_assert_eq!(folded(&message), message.to_ascii_lowercase());
        }
    }
}
