//! Stretched letters: "tolooong", "depositt".

use std::ops::ControlFlow;

/// Up to so many runs all combinations of one and two letters are tried; beyond, all twos and all ones.
const MOST_RUNS: u32 = 3;

/// Whether a letter stands at least so many times in a row.
fn has_run(word: &str, least: usize) -> bool {
    if word.is_ascii() {
        return word
            .as_bytes()
            .windows(least)
            .any(|run| run.iter().all(|letter| Some(letter) == run.first()));
    }
    let mut found = false;
    each_run(word, |_, len| found |= len >= least);
    found
}

/// Letters three times in a row or more.
pub(super) fn is_stretched(word: &str) -> bool {
    has_run(word, 3)
}

/// Letters two times in a row.
pub(super) fn has_doubles(word: &str) -> bool {
    has_run(word, 2)
}

/// Calls back with every shorter writing of a word whose letters stand `least` times in a row or more, until the
/// caller has seen enough; `buffer` is the writing. Twos come before ones; the last is ones throughout.
pub(super) fn shorten(
    word: &str,
    least: usize,
    buffer: &mut String,
    mut known: impl FnMut(&str) -> bool,
) -> bool {
    let runs = count_runs(word, least);
    let all_ones = if runs <= MOST_RUNS { (1_u32 << runs) - 1 } else { 1 };
    let first = u32::from(least == 2);
    let found = (first..=all_ones).try_for_each(|choice| {
        let ones = if choice == all_ones { u32::MAX } else { choice };
        write(word, least, ones, buffer);
        if known(buffer) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found.is_break()
}

fn count_runs(word: &str, least: usize) -> u32 {
    let mut runs = 0;
    each_run(word, |_, len| runs += u32::from(len >= least));
    runs
}

/// Writes a word with its runs cut: to one letter where `ones` has the run's bit, else to two.
fn write(word: &str, least: usize, ones: u32, buffer: &mut String) {
    buffer.clear();
    let mut run = 0;
    each_run(word, |character, len| {
        let mut kept = len;
        if len >= least {
            kept = if ones >> run.min(31) & 1 == 1 { 1 } else { 2 };
            run += 1;
        }
        buffer.extend(std::iter::repeat_n(character, kept));
    });
}

fn each_run(word: &str, mut run: impl FnMut(char, usize)) {
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        let mut len = 1;
        while characters.next_if_eq(&character).is_some() {
            len += 1;
        }
        run(character, len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writings(word: &str, least: usize) -> Vec<String> {
        let mut all = Vec::new();
        shorten(word, least, &mut String::new(), |writing| {
            all.push(writing.to_owned());
            false
        });
        all
    }

    #[test]
    fn stretched_letters_are_cut_to_two_then_to_one() {
        let table: &[(&str, usize, &[&str])] = &[
            ("tolooong", 3, &["toloong", "tolong"]),
            ("iyaaa", 3, &["iyaa", "iya"]),
            ("gooodnnnight", 3, &["goodnnight", "godnnight", "goodnight", "godnight"]),
            ("depositt", 2, &["deposit"]),
            ("aabbccdd", 2, &["abcd"]),
            ("massuukk", 2, &["masuukk", "massukk", "masukk", "massuuk", "masuuk", "massuk", "masuk"]),
        ];
        for (word, least, expected) in table {
            assert_eq!(writings(word, *least), *expected, "{word}");
        }
    }
}
