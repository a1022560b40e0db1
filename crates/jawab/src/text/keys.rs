//! Words as numbers, the same on every machine. It names no other part of the crate: the build script asks it.

/// Number of a word. Two words share one by chance once in 2^64.
pub(crate) fn word_key(text: &str) -> u64 {
    let (chunks, rest) = text.as_bytes().as_chunks::<8>();
    let key = chunks.iter().fold(7, |key, chunk| step(key, u64::from_le_bytes(*chunk)));
    let rest = match text.as_bytes().last_chunk::<8>() {
        _ if rest.is_empty() => return key,
        Some(last) => u64::from_le_bytes(*last) >> (64 - 8 * rest.len()),
        None => rest.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    };
    step(key, rest)
}

/// One step of a hash: multiplies and folds the upper half back, so that all bits of the input reach all of the key.
pub(crate) fn step(key: u64, value: u64) -> u64 {
    let product = u128::from(key ^ 0x9e37_79b9_7f4a_7c15) * u128::from(value ^ 0xd1b5_4a32_d192_ed03);
    (product as u64) ^ ((product >> 64) as u64) ^ key.rotate_left(23)
}

/// Number of words in a row: that of those before, and of the next.
pub(crate) fn join_words(before: Option<u64>, word: u64) -> u64 {
    before.map_or(word, |key| step(key, word))
}
