//! Counts the edits between two words, where they are few: a letter changed, lost, added or swapped with the next (optimal
//! string alignment: Boytsov 2011).

/// Edits between two words, if they are no more than `most`, which is one or two.
pub(super) fn edits(one: &str, other: &str, most: usize) -> Option<u8> {
    one_edit(one, other).or_else(|| (most > 1 && are_two_edits_apart(one, other)).then_some(2))
}

/// Whether two words one edit apart have the same letters: no other single edit keeps length and sum.
pub(super) fn same_letters(one: &str, other: &str) -> bool {
    let sum = |word: &str| word.chars().map(u64::from).sum::<u64>();
    one.len() == other.len() && sum(one) == sum(other)
}

/// Whether two edits lead from one word to another: one where they begin to differ, and one more behind it.
fn are_two_edits_apart(word: &str, target: &str) -> bool {
    let (word, target) = apart(word, target);
    let (behind_word, behind_target) = (behind_first(word), behind_first(target));
    let swapped = || {
        let two = |text: &str| {
            let mut letters = text.chars();
            Some((letters.next()?, letters.next()?))
        };
        two(word).is_some() && two(word) == two(target).map(|(one, two)| (two, one))
    };
    one_edit(behind_word, behind_target).is_some()
        || one_edit(behind_word, target).is_some()
        || one_edit(word, behind_target).is_some()
        || swapped() && one_edit(behind_first(behind_word), behind_first(behind_target)).is_some()
}

fn behind_first(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

/// Edits between two words, if they are no more than one: then nothing else stands between what both begin and end with.
fn one_edit(word: &str, target: &str) -> Option<u8> {
    let (word, target) = apart(word, target);
    let few = |text: &str| {
        let mut letters = text.chars();
        (letters.next(), letters.next(), letters.next())
    };
    match (few(word), few(target)) {
        ((None, ..), (None, ..)) => Some(0),
        ((_, None, _), (_, None, _)) => Some(1),
        ((one, two, None), (other_one, other_two, None)) if (one, two) == (other_two, other_one) => Some(1),
        _ => None,
    }
}

/// Two words without what both begin with, and then without what both end with.
fn apart<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let alike = |(one, other): &(u8, u8)| one == other;
    let same = one.bytes().zip(other.bytes()).take_while(alike).count();
    let start = one.floor_char_boundary(same);
    let (one, other) = (&one[start..], &other[start..]);
    let same = one.bytes().rev().zip(other.bytes().rev()).take_while(alike).count();
    let end = one.ceil_char_boundary(one.len() - same);
    (&one[..end], &other[..other.len() - (one.len() - end)])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rapidfuzz::distance::osa;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]
        #[test]
        fn few_edits_are_counted_as_the_whole_matrix_counts_them(
            word in "[abé]{0,8}", target in "[abé]{0,8}", most in 1..=2_usize,
        ) {
            let all = osa::distance(word.chars(), target.chars());
            let expected = Some(all).filter(|&edits| edits <= most);
            prop_assert_eq!(edits(&word, &target, most).map(usize::from), expected);
        }
    }
}
