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
    let beyond = |word: &[u8; 8]| u64::from_le_bytes(*word) & 0x8080_8080_8080_8080;
    let passed = words.iter().take_while(|word| beyond(word) == 0).count();
    match words.get(passed) {
        Some(word) => 8 * passed + beyond(word).trailing_zeros() as usize / 8,
        None => 8 * passed + rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len()),
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
