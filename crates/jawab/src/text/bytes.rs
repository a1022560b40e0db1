//! Bytes looked at sixteen at once, as processors do. A test gives 1 for a byte that passes it and 0 for others, without
//! branches, so that sixteen take few steps.

/// Whether a byte passes. The last sixteen may overlap those before.
pub(crate) fn holds(bytes: &[u8], test: impl Fn(u8) -> u8) -> bool {
    match bytes.last_chunk() {
        Some(last) => in_chunk(last, &test) || bytes.as_chunks().0.iter().any(|chunk| in_chunk(chunk, &test)),
        None => bytes.iter().any(|&byte| test(byte) != 0),
    }
}

/// How many bytes come before the first that passes.
pub(crate) fn before(bytes: &[u8], test: impl Fn(u8) -> u8) -> usize {
    let chunks = bytes.as_chunks().0.iter().take_while(|chunk| !in_chunk(chunk, &test));
    let passed = 16 * chunks.count();
    let rest = bytes.get(passed..).unwrap_or_default();
    passed + rest.iter().position(|&byte| test(byte) != 0).unwrap_or(rest.len())
}

/// How many bytes come before the first that is not of ASCII.
pub(crate) fn ascii_before(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let beyond = |word: &[u8; 8]| u64::from_le_bytes(*word) & TOP;
    let passed = words.iter().take_while(|word| beyond(word) == 0).count();
    match words.get(passed) {
        Some(word) => 8 * passed + beyond(word).trailing_zeros() as usize / 8,
        None => 8 * passed + rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len()),
    }
}

/// Gives where each word begins and ends; false, maybe after some, where anything but letters of ASCII, white space and
/// punctuation other than dots and slashes is there.
pub(crate) fn plain_words(text: &[u8], mut word: impl FnMut(usize, usize)) -> bool {
    let (mut inside, mut start) = (false, 0);
    for at in (0..text.len()).step_by(8) {
        let eight = eight_at(text, at);
        if between(eight, b'.', b'9') != 0 || eight & TOP != 0 {
            return false;
        }
        let letters = bits(between(eight | 0x2020_2020_2020_2020, b'a', b'z'));
        let mut edges = (letters ^ (letters << 1 | u64::from(inside))) & 0xff;
        while edges != 0 {
            let edge = at + edges.trailing_zeros() as usize;
            if inside {
                word(start, edge);
            }
            (inside, start, edges) = (!inside, edge, edges & (edges - 1));
        }
    }
    if inside {
        word(start, text.len());
    }
    true
}

/// The highest bit of each of eight bytes.
const TOP: u64 = 0x8080_8080_8080_8080;

/// Eight bytes from a place on, the first lowest; zero behind the end.
#[inline]
fn eight_at(bytes: &[u8], place: usize) -> u64 {
    let rest = bytes.get(place..).unwrap_or_default();
    match (rest.first_chunk(), bytes.last_chunk()) {
        (Some(eight), _) => u64::from_le_bytes(*eight),
        (None, Some(last)) => u64::from_le_bytes(*last).checked_shr(64 - 8 * rest.len() as u32).unwrap_or(0),
        (None, None) => rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
    }
}

/// The highest bits of eight bytes, side by side.
#[inline]
fn bits(tops: u64) -> u64 {
    (tops >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The highest bit of those of eight bytes that are of ASCII and in a range (Lamport 1975: several bytes in one word).
#[inline]
fn between(eight: u64, first: u8, last: u8) -> u64 {
    let each = |byte: u8| u64::from(byte) * 0x0101_0101_0101_0101;
    let low = eight & !TOP;
    (low + each(128 - first)) & !(low + each(127 - last)) & !eight & TOP
}

/// Up to seven bytes as a number; of those of one length no two have the same.
#[inline]
pub(crate) fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        _ => bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// Whether two words are the same: in less time than `==` takes, which is made for longer texts.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    let end = |word: &[u8]| word.last_chunk().map(|last| u64::from_le_bytes(*last));
    let begin = |word: &[u8]| word.first_chunk().map(|first| u64::from_le_bytes(*first));
    one.len() == other.len()
        && match one.len() {
            0..8 => short(one) == short(other),
            8..=16 => begin(one) == begin(other) && end(one) == end(other),
            _ => one == other,
        }
}

/// The characters of a text that are not of ASCII.
pub(crate) fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut characters = rest.get(ascii_before(rest.as_bytes())..)?.chars();
        let next = characters.next()?;
        rest = characters.as_str();
        Some(next)
    })
}

fn in_chunk(chunk: &[u8; 16], test: &impl Fn(u8) -> u8) -> bool {
    chunk.iter().fold(0, |passes, &byte| passes | test(byte)) != 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_byte_that_passes_is_found(bytes in prop::collection::vec(0..20_u8, 0..70), least in 0..21_u8) {
            let first = bytes.iter().position(|&byte| byte >= least);
            let test = |byte: u8| u8::from(byte >= least);
            prop_assert_eq!(holds(&bytes, test), first.is_some());
            prop_assert_eq!(before(&bytes, test), first.unwrap_or(bytes.len()));
        }

        #[test]
        fn words_are_what_stands_between_white_space_and_punctuation(
            text in "([a-zA-Z]{0,12}[ ,@-C`-cX-}!:]){0,6}|[a-z .]{9}|[a-z 0-9/:]{0,20}|[a-z é]{0,20}",
        ) {
            let plain = text.bytes().all(|byte| byte.is_ascii() && !(b'.'..=b'9').contains(&byte));
            let mut found = Vec::new();
            prop_assert_eq!(plain_words(text.as_bytes(), |start, end| found.push(&text[start..end])), plain);
            let words = text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty());
            prop_assert!(!plain || words.eq(found));
        }

        #[test]
        fn words_are_the_same_where_all_bytes_are(
            bytes in prop::collection::vec(0..3_u8, 0..20), other in prop::collection::vec(0..3_u8, 0..20), at in 0..20_usize,
        ) {
            let mut changed = bytes.clone();
            changed.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 4);
            prop_assert!(same(&bytes, &bytes.clone()));
            for other in [&changed, &other] {
                prop_assert_eq!(same(&bytes, other), bytes == *other);
            }
        }

        #[test]
        fn the_first_byte_beyond_ascii_is_found(text in "[a-z é充👍]{0,40}") {
            let first = text.bytes().position(|byte| !byte.is_ascii());
            prop_assert_eq!(ascii_before(text.as_bytes()), first.unwrap_or(text.len()));
        }

        #[test]
        fn characters_beyond_ascii_come_in_their_order(text in "[a-z é充👍]{0,40}") {
            let expected: Vec<char> = text.chars().filter(|character| !character.is_ascii()).collect();
            prop_assert_eq!(beyond_ascii(&text).collect::<Vec<char>>(), expected);
        }
    }
}
